"""What the pages show that put the stages together."""

from headway.site.queries.area import AreaContent, area_content
from headway.site.queries.home import HomePage, WelcomePage, home_page, welcome_page
from headway.site.queries.stand import StandPage, stand_page

__all__ = [
    "AreaContent",
    "HomePage",
    "StandPage",
    "WelcomePage",
    "area_content",
    "home_page",
    "stand_page",
    "welcome_page",
]
