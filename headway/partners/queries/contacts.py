"""The contact log: what was logged, and what follows from meetings and other happenings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast, overload
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.errors import Message
from headway.core.marks import Source, Tab, Term
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.directory.models import Organisation
from headway.initiatives import kinds
from headway.initiatives.models import Happening, HappeningOrganisation, Initiative, Record
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.queries import RecordPanel, record_panel
from headway.initiatives.queries.panel import as_source
from headway.initiatives.reader import Reader
from headway.partners.models import Contact, ContactOrganisation, Partner
from headway.partners.models.contact import ContactQuerySet
from headway.partners.models.partner import COUNTED_AS
from headway.partners.queries.addresses import people_tabs
from headway.partners.queries.resources import day_words

KINDS: dict[str, Message] = dict(Contact.Kind.choices)
CATEGORIES: dict[str, Message] = dict(Happening.Category.choices)
LOGGED, INFERRED = "logged", "inferred"
SHOWN: tuple[tuple[str, Message], ...] = (
    (LOGGED, gettext_lazy("recorded by somebody")),
    (INFERRED, gettext_lazy("inferred from what happened")),
)
COLUMNS = (
    Column("when", gettext_lazy("When")),
    Column("what", gettext_lazy("What it was about")),
    Column("kind", gettext_lazy("Kind")),
    Column("who", gettext_lazy("With")),
    Column("how", gettext_lazy("How we know")),
    Column("next", gettext_lazy("Next step")),
)
LATE_SHOWN = 20


@dataclass(frozen=True)
class LogLine:
    """One contact, logged by somebody or inferred from what happened."""

    record: Record
    kind: Message
    inferred: bool
    organisations: tuple[str, ...]
    next_step: str
    next_step_by: date | None
    next_step_done: bool


@dataclass(frozen=True)
class NextStep:
    """Something that was to follow from a contact and is overdue."""

    words: str
    due: date
    title: str
    href: str
    done_href: str


@dataclass(frozen=True)
class ContactsPage:
    """The contact log, overdue next steps first."""

    title: str
    tabs: tuple[Tab, ...]
    overdue: tuple[NextStep, ...]
    table: TablePage
    shown: tuple[tuple[str, Message], ...]
    chosen: str
    only: str
    all_href: str
    add_href: str
    export_href: str


@dataclass(frozen=True)
class ContactPage:
    """One contact."""

    title: str
    kind: Message
    text: str
    terms: tuple[Term, ...]
    organisations: tuple[TextLink | str, ...]
    late: bool
    source: Source | None
    panel: RecordPanel
    edit_href: str
    done_href: str
    withdraw_href: str


def visible_contacts(initiative: Initiative, reader: Reader) -> ContactQuerySet:
    """The contacts that stand and the reader may see."""
    return Contact.objects.in_initiative(initiative).live().visible_to(reader.readers)


def _counted_as(path: str, organisations: object) -> Q:
    """That a row's organisation, or what it was merged into, is one of these."""
    return Q(**{f"{path}__in": organisations}) | Q(**{f"{path}__merged_into__in": organisations})


def contact_records(
    initiative: Initiative,
    reader: Reader,
    *,
    shown: str = "",
    organisation: Organisation | None = None,
) -> QuerySet[Record]:
    """Contacts and happenings with partners, newest first; those without a date come last."""
    who: Any = [organisation.canonical_pk] if organisation else _partner_organisations(initiative)
    named = HappeningOrganisation.objects.filter(_counted_as("organisation", who))
    happened = Q(kind=Happening.RECORD_KIND) & Q(Exists(named.filter(happening=OuterRef("pk"))))
    logged = Q(kind=Contact.RECORD_KIND)
    if organisation is not None:
        mine = ContactOrganisation.objects.filter(_counted_as("organisation", who))
        logged &= Q(Exists(mine.filter(contact=OuterRef("pk"))))
    wanted = {LOGGED: logged, INFERRED: happened}.get(shown, logged | happened)
    found = Record.objects.in_initiative(initiative).live().visible_to(reader.readers)
    newest = F("happened_to").desc(nulls_last=True)
    return found.filter(wanted).order_by(newest, "-recorded_at", "pk")


def _partner_organisations(initiative: Initiative) -> QuerySet[Any]:
    return Partner.objects.in_initiative(initiative).live().values(counted_as=COUNTED_AS)


def _with_details(records: QuerySet[Record]) -> QuerySet[Record]:
    """Each record with what its contact or its happening says, in the same query."""
    contact = Contact.objects.filter(pk=OuterRef("pk"))
    happening = Happening.objects.filter(pk=OuterRef("pk"))
    return records.annotate(
        contact_kind=Subquery(contact.values("kind")),
        next_step=Subquery(contact.values("next_step")),
        next_step_by=Subquery(contact.values("next_step_by")),
        next_step_done_on=Subquery(contact.values("next_step_done_on")),
        category=Subquery(happening.values("category")),
    )


def _names(records: Iterable[Record]) -> dict[UUID, tuple[str, ...]]:
    """Whom each contact and each happening was with."""
    keys = [record.pk for record in records]
    name = ("organisation__name", "organisation__merged_into__name")
    logged = ContactOrganisation.objects.filter(contact__in=keys)
    happened = HappeningOrganisation.objects.filter(happening__in=keys)
    rows = logged.values_list("contact_id", *name).union(
        happened.values_list("happening_id", *name), all=True
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for key, own, merged in rows:
        found[key].add(merged or own)
    return {key: tuple(sorted(names)) for key, names in found.items()}


def _lines(records: Sequence[Record]) -> Iterator[LogLine]:
    names = _names(records) if records else {}
    for record in records:
        said: dict[str, Any] = vars(record)
        inferred = record.kind == Happening.RECORD_KIND
        yield LogLine(
            record=record,
            kind=CATEGORIES[said["category"]] if inferred else KINDS[said["contact_kind"]],
            inferred=inferred,
            organisations=names.get(record.pk, ()),
            next_step=said["next_step"] or "",
            next_step_by=said["next_step_by"],
            next_step_done=said["next_step_done_on"] is not None,
        )


class LogLines(Sequence[LogLine]):
    """The log as a sequence that reads only the part that is asked for."""

    def __init__(self, records: QuerySet[Record]) -> None:
        self._records = records

    def __len__(self) -> int:
        return self._records.count()

    @overload
    def __getitem__(self, index: int) -> LogLine: ...
    @overload
    def __getitem__(self, index: slice) -> list[LogLine]: ...
    def __getitem__(self, index: int | slice) -> LogLine | list[LogLine]:
        if isinstance(index, slice):
            return list(_lines(list(_with_details(self._records)[index])))
        return self[index : index + 1][0]


def all_lines(records: QuerySet[Record], size: int = 1_000) -> Iterator[LogLine]:
    """The whole log in parts, for a file."""
    lines, start = LogLines(records), 0
    while part := lines[start : start + size]:
        yield from part
        start += size


def next_step_words(line: LogLine) -> str:
    """The next step with its date, as one text."""
    if not line.next_step or line.next_step_by is None:
        return line.next_step
    return _("%(what)s, by %(day)s") % {"what": line.next_step, "day": day_words(line.next_step_by)}


def _next(line: LogLine, today: date) -> object:
    if not line.next_step:
        return _("none") if not line.inferred else "–"
    if line.next_step_done:
        return Mark("done", _("done: %s") % line.next_step)
    late = line.next_step_by is not None and line.next_step_by < today
    return Mark("late" if late else "open", next_step_words(line))


def log_table(
    records: QuerySet[Record], reader: Reader, params: QueryDict, *, size: int = 50
) -> TablePage:
    """Contacts as a table."""

    def row(line: LogLine) -> dict[str, object]:
        record = line.record
        return {
            "when": str(record.when or record.date_as_said),
            "what": TextLink(record.title, kinds.href(record, reader.slug)),
            "kind": line.kind,
            "who": ", ".join(line.organisations),
            "how": _("inferred") if line.inferred else _("recorded"),
            "next": _next(line, reader.today),
        }

    return table_page(LogLines(records), COLUMNS, params, build=row, size=size, name="log")


def overdue_steps(initiative: Initiative, reader: Reader) -> tuple[NextStep, ...]:
    """What should have been done before today, the oldest first."""
    late = visible_contacts(initiative, reader).overdue(reader.today).select_related("record")
    return tuple(
        NextStep(
            words=contact.next_step,
            due=cast("date", contact.next_step_by),  # without one it is not overdue
            title=contact.record.title,
            href=address(reader, "partners:contact", contact.pk),
            done_href=if_may(reader, "partners.log_contact", "partners:done", contact.pk),
        )
        for contact in late.order_by("next_step_by")[:LATE_SHOWN]
    )


def contacts_page(
    initiative: Initiative, reader: Reader, params: QueryDict, partner: Partner | None
) -> ContactsPage:
    """The contact log of the initiative, or of one partner."""
    chosen = params.get("shown", "")
    chosen = chosen if chosen in dict(SHOWN) else ""
    organisation = partner.organisation.canonical if partner else None
    records = contact_records(initiative, reader, shown=chosen, organisation=organisation)
    return ContactsPage(
        title=_("Contacts"),
        tabs=people_tabs(reader, "contacts"),
        overdue=overdue_steps(initiative, reader),
        table=log_table(records, reader, params),
        shown=SHOWN,
        chosen=chosen,
        only=str(partner) if partner else "",
        all_href=address(reader, "partners:contacts"),
        add_href=if_may(reader, "partners.log_contact", "partners:log_contact"),
        export_href=f"{address(reader, 'partners:export_contacts')}?shown={chosen}",
    )


def _organisations(contact: Contact, reader: Reader) -> tuple[TextLink | str, ...]:
    rows = contact.organisations.select_related("organisation__merged_into")
    named = {row.organisation.canonical for row in rows}
    partners = Partner.of_initiative(contact.record.initiative).visible_to(reader.readers)
    pages = {each.organisation.canonical_pk: each.pk for each in partners}
    return tuple(
        TextLink(each.name, address(reader, "partners:partner", pages[each.pk]))
        if each.pk in pages
        else each.name
        for each in sorted(named, key=lambda each: each.name.casefold())
    )


def _contact_terms(contact: Contact) -> tuple[Term, ...]:
    record = contact.record
    terms = [Term(_("When"), str(record.when or record.date_as_said))]
    if contact.next_step:
        terms.append(Term(_("Next step"), contact.next_step))
        terms.append(Term(_("By when"), day_words(contact.next_step_by)))
    if contact.next_step_done_on:
        terms.append(Term(_("Done on"), day_words(contact.next_step_done_on)))
    return tuple(terms)


def contact_page(contact: Contact, reader: Reader, *, own: bool) -> ContactPage:
    """One contact; `own` says whether the reader may change it."""
    record = contact.record
    may = own and not record.withdrawn
    waiting = bool(contact.next_step) and contact.next_step_done_on is None
    may_finish = waiting and not record.withdrawn and reader.may("partners.log_contact")
    return ContactPage(
        title=record.title,
        kind=contact.get_kind_display(),
        text=contact.text if contact.text != record.title else "",
        terms=_contact_terms(contact),
        organisations=_organisations(contact, reader),
        late=contact.late(reader.today),
        source=as_source(record),
        panel=record_panel(record=record, reader=reader),
        edit_href=address(reader, "partners:edit_contact", contact.pk) if may else "",
        done_href=address(reader, "partners:done", contact.pk) if may_finish else "",
        withdraw_href=(
            address(reader, "partners:withdraw_contact", contact.pk)
            if may and not reader.may("initiatives.withdraw")
            else ""
        ),
    )
