from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from headway.core.marks import Tab
from headway.initiatives.reader import Reader

TABS = (
    ("home", _("Partners"), "partners.view"),
    ("contacts", _("Contacts"), "partners.contacts"),
    ("resources", _("Offered and needed"), "partners.view"),
    ("agreement", _("How we work"), "partners.view"),
    ("mine", _("My organization"), "partners.view_own"),
    ("corrections", _("Corrections"), "partners.decide_corrections"),
)


def address(reader: Reader, name: str, *ids: object) -> str:
    """A page of this area."""
    return reverse(f"partners:{name}", args=[reader.slug, *ids])


def if_may(reader: Reader, permission: str, name: str, *ids: object) -> str:
    """A page of this area where the reader may open it, else nothing."""
    return address(reader, name, *ids) if reader.may(permission) else ""


def people_tabs(reader: Reader, current: str) -> tuple[Tab, ...]:
    """The pages of this area that the reader may open."""
    own = tuple(
        Tab(label, address(reader, name), current=name == current)
        for name, label, permission in TABS
        if reader.may(permission)
    )
    if not reader.may("initiatives.view_members"):
        return own
    return (*own, Tab(_("Members and roles"), reverse("initiatives:members", args=[reader.slug])))
