from django.utils.translation import gettext_lazy as _

from headway.core.marks import Tab
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader

TABS = (
    ("home", _("Partners"), "partners.view"),
    ("contacts", _("Contacts"), "partners.contacts"),
    ("resources", _("Offered and needed"), "partners.view"),
    ("agreement", _("How we work"), "partners.view"),
    ("mine", _("My organization"), "partners.view_own"),
    ("corrections", _("Corrections"), "partners.decide_corrections"),
)


def people_tabs(reader: Reader, current: str) -> tuple[Tab, ...]:
    """The pages of this area that the reader may open."""
    own = tuple(
        Tab(label, address(reader, f"partners:{name}"), current=name == current)
        for name, label, permission in TABS
        if reader.may(permission)
    )
    if not reader.may("initiatives.view_members"):
        return own
    return (*own, Tab(_("Members and roles"), address(reader, "initiatives:members")))
