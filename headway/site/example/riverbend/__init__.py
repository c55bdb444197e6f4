"""*Riverbend*, an illustrative initiative that is alive on the day on which it is loaded."""

from headway.site.example.riverbend.loading import TITLE, load_riverbend

__all__ = ["TITLE", "load_riverbend"]
