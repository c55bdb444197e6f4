from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from headway.core.marks import Tab

PLACES = (
    ("exchange:search", _("Search")),
    ("exchange:holds", _("Holds")),
    ("exchange:people", _("People")),
    ("exchange:due", _("Due for destruction")),
    ("exchange:log", _("Log")),
)


def office_tabs(here: str) -> tuple[Tab, ...]:
    """The pages of the records office."""
    return tuple(Tab(label, reverse(name), current=name == here) for name, label in PLACES)
