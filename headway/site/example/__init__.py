"""*Heading Home Hennepin*, a real initiative that is loaded from public reports."""

from headway.site.example.loading import OWNER, load_heading_home_hennepin

__all__ = ["OWNER", "load_heading_home_hennepin"]
