"""Who holds which role in which organisation, from and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.directory.models import Membership, Organisation
from headway.directory.models.membership import Membership as Row
from headway.directory.queries.common import Ref, organisation_ref, person_ref, said

ROLE = Column("role", gettext_lazy("Role or seat"), sort="role")
SPAN = (
    Column("starts", gettext_lazy("Since"), sort="starts_from"),
    Column("ends", gettext_lazy("Until"), sort="ends_to"),
    Column("state", gettext_lazy("State")),
    Column("source", gettext_lazy("Source")),
)
STEP = Column("step", gettext_lazy("Next step"))
PERSON = Column("person", gettext_lazy("Person"), sort="person__name")
ORGANISATION = Column("organisation", gettext_lazy("Organization"), sort="organisation__name")


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role of one person in one organisation."""

    id: str
    person: Ref
    organisation: Ref
    role: str
    post: str
    starts: str
    ends: str
    ended: bool
    source: str
    source_url: str


def roles_in(organisation_ids: Sequence[UUID]) -> "Row.MembershipQuerySet":
    """Roles in these organisations, those that last first."""
    return _ordered(Membership.objects.live().filter(organisation__in=organisation_ids))


def roles_of(person_ids: Sequence[UUID]) -> "Row.MembershipQuerySet":
    """Roles of these rows of a person, those that last first."""
    return _ordered(Membership.objects.live().filter(person__in=person_ids))


def _ordered(rows: "Row.MembershipQuerySet") -> "Row.MembershipQuerySet":
    related = ("person__merged_into", "organisation__merged_into", "post", "reported")
    lasting_first = F("ends_to").desc(nulls_first=True)
    return rows.select_related(*related).order_by(lasting_first, "person__name")


def role_words(row: Membership) -> str:
    """What a role is called: its label, its seat, what it does, or plain membership."""
    said_words = [row.label or (row.post.label if row.post else ""), row.role]
    return ", ".join(dict.fromkeys(filter(None, said_words))) or _("member")


def role_line(row: Membership, today: date) -> RoleLine:
    """A role as the API tells it."""
    return RoleLine(
        id=str(row.pk),
        person=person_ref(row.person.canonical),
        organisation=organisation_ref(row.organisation.canonical),
        role=role_words(row),
        post=row.post.label if row.post else "",
        starts=said(row.starts),
        ends=said(row.ends),
        ended=row.ended(today),
        source=row.reported.title if row.reported else "",
        source_url=row.reported.url if row.reported else "",
    )


@dataclass(frozen=True, slots=True)
class RolesReader:
    """For whom and for which day a table of roles is drawn up."""

    today: date
    may_edit: bool


def roles_table(
    rows: "Row.MembershipQuerySet", other: Column, params: QueryDict, reader: RolesReader
) -> TablePage:
    """Roles with the other side of each: the person, or the organisation."""
    columns = (other, ROLE, *SPAN, *((STEP,) if reader.may_edit else ()))
    return table_page(
        rows, columns, params, build=lambda row: _cells(row, reader), name="roles", size=25
    )


def _cells(row: Membership, reader: RolesReader) -> dict[str, object]:
    line = role_line(row, reader.today)
    return {
        "person": TextLink(line.person.name, line.person.href),
        "organisation": TextLink(_home(row), line.organisation.href),
        "role": line.role,
        "starts": line.starts,
        "ends": line.ends or ("–" if not line.ended else ""),
        "state": Mark("ended") if line.ended else Mark("met", _("Current")),
        "source": TextLink(line.source, line.source_url) if line.source_url else line.source,
        "step": TextLink(
            _("Change or end: %(role)s") % {"role": line.role},
            reverse("directory:role", args=[row.pk]),
        ),
    }


def _home(row: Membership) -> str:
    """The organisation, and in whose name the role was recorded where the two were merged."""
    home: Organisation = row.organisation
    if home.merged_into is None:
        return home.name
    return _("%(name)s (as %(former)s)") % {"name": home.merged_into.name, "former": home.name}
