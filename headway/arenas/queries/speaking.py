"""What was said on the record, and who asks whom within what each organisation may do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.arenas.models import AdvocacyLimit, Approach, Ask, ElectionWindow, OnRecord
from headway.arenas.queries.parts import RELEASED, day_words, own_withdrawal, said_by, stance_words
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Term
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.directory.models import Organisation
from headway.directory.models.organisation import Sector
from headway.initiatives.models import Initiative, Mandate
from headway.initiatives.pages.detail import DetailPage, Passage, Step, address, beside, if_may
from headway.initiatives.reader import Reader
from headway.partners.models import Partner

Limit, Kind = AdvocacyLimit.Limit, Approach.Kind
LIMIT_MARKS = {
    Limit.MAY_ASK: "met",
    Limit.MAY_INFORM: "under_way",
    Limit.MAY_NOT: "not_going_ahead",
}
NOT_SAID = gettext_lazy("Has not said")
COLUMNS = (
    Column("who", gettext_lazy("Who")),
    Column("kind", gettext_lazy("What it does")),
    Column("seat", gettext_lazy("Whom")),
    Column("due", gettext_lazy("By when")),
    Column("state", gettext_lazy("State")),
    Column("answer", gettext_lazy("What they answered")),
)


@dataclass(frozen=True)
class LimitLine:
    """What one organisation may do for a request, and what is offered within that."""

    name: str
    mark: Mark
    because: str
    offered: Message
    add_href: str


@dataclass(frozen=True)
class WhoPage:
    """Who asks or informs whom about one request."""

    title: str
    kicker: str
    kicker_href: str
    lead: str
    released: Message
    window: str
    limits: tuple[LimitLine, ...]
    approaches: TablePage
    limit_href: str
    contacts_href: str


def window_on(initiative: Initiative, day: date) -> ElectionWindow | None:
    """The election window that a day falls into."""
    windows = ElectionWindow.objects.in_authority(initiative.authority)
    return windows.filter(withdrawn_at__isnull=True).on(day).order_by("-ends_on").first()


def limits_of(ask: Ask) -> dict[UUID, AdvocacyLimit]:
    """The last word of each organisation on what it may do for a request."""
    found = AdvocacyLimit.objects.filter(ask=ask).select_related("organisation__merged_into")
    return {row.organisation.canonical_pk: row for row in found.latest_word()}


def kinds_within(limit: str, sector: str, window: ElectionWindow | None) -> tuple[str, ...]:
    """What an organisation may be noted for: nothing, to inform, or to ask as well."""
    if limit not in {Limit.MAY_ASK, Limit.MAY_INFORM}:
        return ()
    closed = window is not None and sector == Sector.GOVERNMENT
    if limit == Limit.MAY_INFORM or closed:
        return (Kind.INFORM,)
    return (Kind.ASK, Kind.INFORM)


def kinds_offered(ask: Ask, organisation: Organisation, today: date) -> tuple[str, ...]:
    """What one organisation may be noted for on a day."""
    row = limits_of(ask).get(organisation.canonical_pk)
    window = window_on(ask.record.initiative, today)
    sector = organisation.canonical.sector
    return kinds_within(row.limit if row else "", sector, window)


def spoken_for(member_id: UUID | None, today: date) -> set[UUID]:
    """The organisations that a member may speak for on decisions."""
    held = Mandate.objects.filter(member=member_id).covering(Mandate.Scope.DECISIONS)
    return set(held.holding(today).values_list("organisation", flat=True))


def own_organisations(member_id: UUID | None, today: date) -> QuerySet[Organisation]:
    """The same as rows, to choose from."""
    return Organisation.objects.live().filter(pk__in=spoken_for(member_id, today)).order_by("name")


def _concerned(ask: Ask, said: dict[UUID, AdvocacyLimit]) -> list[Organisation]:
    """The partners that take part, and whoever said something about the request."""
    partners = Partner.of_initiative(ask.record.initiative).standing()
    partners = partners.select_related("organisation__merged_into")
    rows = [row.organisation.canonical for row in partners]
    rows += [row.organisation.canonical for row in said.values()]
    return sorted({row.pk: row for row in rows}.values(), key=lambda row: row.name.casefold())


def who_page(ask: Ask, reader: Reader, params: QueryDict) -> WhoPage:
    """What each partner may do for a request, and who was noted to ask or inform whom."""
    window = window_on(ask.record.initiative, reader.today)
    said = limits_of(ask)
    own = spoken_for(reader.member_id, reader.today)
    standing = not ask.record.withdrawn
    rows = visible_approaches(ask.record.initiative, reader).filter(ask=ask)
    return WhoPage(
        title=_("Who asks, and who informs"),
        kicker=ask.record.title,
        kicker_href=address(reader, "arenas:ask", ask.pk),
        lead=_(
            "Each organization says itself what it may do for this request. Nobody is assigned"
            " automatically."
        ),
        released=RELEASED,
        window=_window_words(window),
        limits=tuple(
            _limit(ask, row, said.get(row.pk), window, reader, own if standing else None)
            for row in _concerned(ask, said)
        ),
        approaches=table_page(rows, COLUMNS, params, build=lambda row: _row(row, reader)),
        limit_href=address(reader, "arenas:limit", ask.pk) if standing and own else "",
        contacts_href=if_may(reader, "arenas.export_contacts", "arenas:contacts_csv"),
    )


def _window_words(window: ElectionWindow | None) -> str:
    if window is None:
        return ""
    words = _("%(name)s: public employees make no requests until %(day)s. They may inform.")
    return words % {"name": window.name, "day": day_words(window.ends_on)}


def _limit(  # one line of a page needs what the page knows
    ask: Ask,
    organisation: Organisation,
    said: AdvocacyLimit | None,
    window: ElectionWindow | None,
    reader: Reader,
    own: set[UUID] | None,
) -> LimitLine:
    offered = kinds_within(said.limit if said else "", organisation.sector, window)
    may = own is not None and may_note(organisation.pk, own, reader)
    words = (capfirst(str(Kind(kind).label)) for kind in offered)
    return LimitLine(
        name=organisation.name,
        mark=_mark(said),
        because=said.because if said else "",
        offered=" / ".join(words),
        add_href=address(reader, "arenas:add_approach", ask.pk, organisation.pk)
        if may and offered
        else "",
    )


def may_note(organisation: UUID, own: set[UUID], reader: Reader) -> bool:
    """Whether the reader may note who asks for an organisation: theirs, or they lead."""
    if not reader.may("arenas.approach"):
        return False
    return (
        reader.may("arenas.write") or organisation in own or organisation == reader.organisation_id
    )


def _mark(said: AdvocacyLimit | None) -> Mark:
    if said is None:
        return Mark("not_recorded", NOT_SAID)
    return Mark(LIMIT_MARKS[Limit(said.limit)], capfirst(said.get_limit_display()))


def visible_approaches(initiative: Initiative, reader: Reader) -> QuerySet[Approach]:
    """Who asks whom, as far as the reader may see it, the next day first."""
    found = Approach.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.select_related(
        "record__author", "organisation__merged_into", "post__organisation", "ask__record"
    ).order_by("done_on", "due_on", "record__recorded_at")


def _row(row: Approach, reader: Reader) -> dict[str, object]:
    name = row.organisation.canonical.name
    return {
        "who": TextLink(name, address(reader, "arenas:approach", row.pk)),
        "kind": row.get_kind_display(),
        "seat": row.post.label if row.post else "",
        "due": day_words(row.due_on),
        "state": approach_mark(row, reader.today),
        "answer": row.answer,
    }


def approach_mark(row: Approach, today: date) -> Mark:
    """Whether it was done, is late or is to come."""
    if row.done_on is not None:
        return Mark("done", _("Done %(day)s") % {"day": day_words(row.done_on)})
    if row.due_on is not None and row.due_on < today:
        return Mark("late", _("Late"))
    return Mark("open", _("To do"))


CONTACT_HEADING = (
    "request",
    "decision body",
    "who",
    "sector",
    "what",
    "seat",
    "by when",
    "done on",
    "what they answered",
    "noted on",
)


def contact_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """Every contact with a body as rows of a table file, to be filed."""
    found = visible_approaches(initiative, reader).select_related(
        "ask__record", "ask__arena__organisation__merged_into"
    )
    for row in found.iterator(chunk_size=500):
        organisation = row.organisation.canonical
        yield (
            row.ask.record.title,
            row.ask.arena.organisation.canonical.name,
            organisation.name,
            organisation.sector,
            row.kind,
            row.post.label if row.post else "",
            row.due_on.isoformat() if row.due_on else "",
            row.done_on.isoformat() if row.done_on else "",
            row.answer,
            initiative.today(row.record.recorded_at).isoformat(),
        )


def approach_page(row: Approach, reader: Reader) -> DetailPage:
    """One contact: who, whom, by when, and what they answered."""
    mark = approach_mark(row, reader.today)
    own = spoken_for(reader.member_id, reader.today)
    may = may_note(row.organisation.canonical_pk, own, reader) and not row.record.withdrawn
    words = _("Note what they answered") if row.done_on is None else _("Correct the answer")
    href = address(reader, "arenas:answer_approach", row.pk)
    answer = (Step(words, href, first=True),) if may else ()
    return DetailPage(
        title=row.record.title,
        kicker=_("Who asks, and who informs"),
        kicker_href=address(reader, "arenas:who_asks", row.ask_id),
        state=mark.state,
        state_label=mark.label,
        notice=str(RELEASED),
        passages=(Passage(_("What they answered"), row.answer),),
        terms=_approach_terms(row),
        steps=(*answer, *own_withdrawal(row.record, reader)),
        **beside(row.record, reader),
    )


def _approach_terms(row: Approach) -> tuple[Term, ...]:
    shown = (
        Term(_("Who"), row.organisation.canonical.name),
        Term(_("What it does"), row.get_kind_display()),
        Term(_("Whom"), row.post.label if row.post else ""),
        Term(_("By when"), day_words(row.due_on)),
    )
    return tuple(term for term in shown if term.value)


def may_correct(row: OnRecord, reader: Reader) -> bool:
    """Whether the reader may correct what was noted: they noted it, or they lead."""
    own = reader.member_id is not None and row.record.author_id == reader.member_id
    return own or reader.may("arenas.write")


def on_record_page(row: OnRecord, reader: Reader) -> DetailPage:
    """One word on the record, with its date and source."""
    may = may_correct(row, reader) and not row.record.withdrawn
    href = if_may(reader, "arenas.record", "arenas:edit_on_record", row.pk) if may else ""
    edit = (Step(_("Correct this"), href),) if href else ()
    return DetailPage(
        title=row.record.title,
        kicker=_("On the record"),
        kicker_href=address(reader, "arenas:ask", row.ask_id),
        notice=str(RELEASED),
        passages=(Passage(_("What was said"), row.text),),
        terms=_said_terms(row),
        steps=(*edit, *own_withdrawal(row.record, reader)),
        **beside(row.record, reader),
    )


def _said_terms(row: OnRecord) -> tuple[Term, ...]:
    shown = (
        Term(_("Who"), said_by(row.post, row.person)),
        Term(_("Kind"), capfirst(row.get_kind_display())),
        Term(_("Stands"), stance_words(row)),
        Term(_("When"), date_words(row.record.when)),
        Term(_("Source"), row.link, row.link),
    )
    return tuple(term for term in shown if term.value)
