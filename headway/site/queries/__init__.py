"""What the pages show that put the stages together."""

from headway.site.queries.area import MeetingsArea, meetings_area
from headway.site.queries.home import HomePage, WelcomePage, home_page, welcome_page
from headway.site.queries.stand import StandPage, stand_page

__all__ = [
    "HomePage",
    "MeetingsArea",
    "StandPage",
    "WelcomePage",
    "home_page",
    "meetings_area",
    "stand_page",
    "welcome_page",
]
