"""The list of people, and one person with their roles."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.accounts.models import Authority
from headway.core.marks import Tab, Term
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.directory.models import Membership, Person
from headway.directory.queries.common import (
    MergedLine,
    Ref,
    SourceLine,
    Step,
    directory_tabs,
    person_ref,
    sources_on,
)
from headway.directory.queries.history import HistoryLine, HistoryReader, history_of
from headway.directory.queries.roles import (
    ORGANISATION,
    RoleLine,
    RolesReader,
    role_line,
    roles_of,
    roles_table,
)

MOST_LISTED = 500
NAME = Column("name", gettext_lazy("Person"), sort="name")
HOME = Column("home", gettext_lazy("Current organization"), sort="home")
EMAIL = Column("email", gettext_lazy("Email"), sort="email")


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The list of people with its search."""

    tabs: tuple[Tab, ...]
    table: TablePage
    may_edit: bool
    export_href: str


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person as the API tells them; the address only for those who may see it."""

    id: str
    name: str
    other_names: tuple[str, ...]
    email: str
    counts_as: Ref | None
    withdrawn: bool
    roles: tuple[RoleLine, ...]
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything on the page of one person."""

    facts: PersonFacts
    terms: tuple[Term, ...]
    notice: str
    merged: tuple[MergedLine, ...]
    roles: TablePage
    history: tuple[HistoryLine, ...]
    shows_values: bool
    steps: tuple[Step, ...]
    may_edit: bool
    may_merge: bool


@dataclass(frozen=True, slots=True)
class PersonReader:
    """What somebody may see and do, on which day."""

    today: date
    may_edit: bool
    may_merge: bool
    may_see_email: bool
    history: HistoryReader


def people_page(
    authority: Authority, words: str, params: QueryDict, reader: PersonReader
) -> PeoplePage:
    """The list of people as the address asks for it."""
    rows = Person.objects.in_authority(authority).live().canonical()
    rows = rows.matching(words) if words else rows
    current = Membership.objects.live().current(reader.today).filter(person=OuterRef("pk"))
    homes = current.order_by("-recorded_at").values("organisation__name")[:1]
    counted = current.order_by().values("person").annotate(number=Count("pk")).values("number")
    rows = rows.annotate(home=Subquery(homes), roles=Subquery(counted))
    columns = (NAME, HOME, EMAIL) if reader.may_see_email else (NAME, HOME)
    return PeoplePage(
        tabs=directory_tabs("people", may_import=reader.may_edit),
        table=table_page(rows, columns, params, build=_cells),
        may_edit=reader.may_edit,
        export_href=reverse("directory:people_csv"),
    )


def _cells(row: Any) -> dict[str, object]:
    """A person with where they are now; `home` and `roles` were asked for with the row."""
    more = (row.roles or 0) - 1
    several = ngettext("%(home)s and %(more)s more", "%(home)s and %(more)s more", more)
    ref = person_ref(row)
    return {
        "name": TextLink(ref.name, ref.href),
        "home": several % {"home": row.home, "more": more} if more > 0 else row.home,
        "email": row.email,
    }


def person_facts(person: Person, *, may_see_email: bool, today: date) -> PersonFacts:
    """What is recorded about a person and the rows that count as them."""
    counted = [person.pk, *(row.pk for row in _merged(person))]
    roles = roles_of(counted)[:MOST_LISTED]
    return PersonFacts(
        id=str(person.pk),
        name=person.name,
        other_names=person.all_other_names,
        email=person.email if may_see_email else "",
        counts_as=person_ref(person.merged_into) if person.merged_into else None,
        withdrawn=not person.live,
        roles=tuple(role_line(row, today) for row in roles),
        sources=tuple(line for lines in sources_on(counted).values() for line in lines),
    )


def _merged(person: Person) -> list[Person]:
    return list(Person.objects.live().filter(merged_into=person))


def person_page(person: Person, params: QueryDict, reader: PersonReader) -> PersonPage:
    """The page of one person."""
    facts = person_facts(person, may_see_email=reader.may_see_email, today=reader.today)
    merged = _merged(person)
    counted = [person.pk, *(row.pk for row in merged)]
    may_edit = reader.may_edit and person.live and person.merged_into is None
    roles = RolesReader(reader.today, may_edit)
    subjects = [*counted, *(UUID(line.id) for line in facts.roles)]
    return PersonPage(
        facts=facts,
        terms=_terms(facts, may_see_email=reader.may_see_email),
        notice=_notice(person),
        merged=tuple(_merged_line(row) for row in merged),
        roles=roles_table(roles_of(counted), ORGANISATION, params, roles),
        history=history_of(person.authority, subjects, reader.history),
        shows_values=reader.history.values,
        steps=_steps(person, reader),
        may_edit=may_edit,
        may_merge=reader.may_merge,
    )


def _merged_line(row: Person) -> MergedLine:
    return MergedLine(person_ref(row), reverse("directory:unmerge_person", args=[row.pk]))


def _terms(facts: PersonFacts, *, may_see_email: bool) -> tuple[Term, ...]:
    terms = [Term(_("Also called"), ", ".join(facts.other_names))] if facts.other_names else []
    if may_see_email:
        href = f"mailto:{facts.email}" if facts.email else ""
        terms.append(Term(_("Email (seen by registrars only)"), facts.email, href))
    return tuple(terms)


def _notice(person: Person) -> str:
    if person.merged_into is not None:
        return _("This row counts as %(name)s.") % {"name": person.merged_into.name}
    if person.withdrawn_at is not None:
        day = date_format(person.withdrawn_at, "DATE_FORMAT")
        because = person.withdrawn_because
        return _("Withdrawn on %(day)s: %(because)s") % {"day": day, "because": because}
    return ""


def _steps(person: Person, reader: PersonReader) -> tuple[Step, ...]:
    """What a registrar may do, by the state of the row."""
    if person.merged_into is not None:
        names = [("unmerge_person", _("Undo the merge"))] if reader.may_merge else []
    elif not person.live:
        names = [("restore_person", _("Restore"))] if reader.may_edit else []
    else:
        names = [("edit_person", _("Edit"))] if reader.may_edit else []
        names += [("merge_person", _("Merge with another"))] if reader.may_merge else []
        names += [("withdraw_person", _("Withdraw"))] if reader.may_edit else []
    return tuple(
        Step(label, reverse(f"directory:{name}", args=[person.pk])) for name, label in names
    )
