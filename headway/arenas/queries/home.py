"""The area of decisions on one page: dates to come, bodies, requests, what was decided."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.arenas.models import Arena, Ask, Seat
from headway.arenas.queries.arena import visible_arenas
from headway.arenas.queries.decisions import COLUMNS as DECISION_COLUMNS
from headway.arenas.queries.decisions import decision_row, visible_decisions
from headway.arenas.queries.parts import RELEASED, day_words
from headway.arenas.queries.path import late
from headway.arenas.queries.requests import COLUMNS as ASK_COLUMNS
from headway.arenas.queries.requests import ask_row, visible_asks
from headway.arenas.queries.seats import ENDS_SOON, Held, bodies_with_seats, holds, memberships_of
from headway.core.errors import Message
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.initiatives.models import Happening, Initiative
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.queries.happenings import COLUMNS as HAPPENING_COLUMNS
from headway.initiatives.queries.happenings import happening_row, visible_happenings
from headway.initiatives.reader import Reader

CATEGORIES = (
    Happening.Category.REQUEST,
    Happening.Category.DECISION,
    Happening.Category.RULE,
)
LATEST, MOST_DATES = 10, 200
DATE_COLUMNS = (
    Column("day", gettext_lazy("Day")),
    Column("what", gettext_lazy("What")),
    Column("about", gettext_lazy("About")),
    Column("state", gettext_lazy("State")),
)
BODY_COLUMNS = (
    Column("name", gettext_lazy("Decision body")),
    Column("seats", gettext_lazy("Seats filled")),
    Column("requests", gettext_lazy("Open requests"), numeric=True),
    Column("vote", gettext_lazy("Next vote expected")),
)


@dataclass(frozen=True)
class Ways:
    """Where the page leads; empty where the reader may not go."""

    add_arena: str
    add_ask: str
    add_happening: str
    asks: str
    asks_csv: str
    decisions: str
    seats_csv: str
    contacts_csv: str
    calendar_csv: str


@dataclass(frozen=True)
class HomePage:
    """The area of decisions."""

    title: str
    lead: str
    released: Message
    empty: bool
    dates: TablePage
    bodies: TablePage
    asks: TablePage
    decisions: TablePage
    happenings: TablePage
    ways: Ways


@dataclass(frozen=True)
class Dated:
    """One day to come, or past and not done."""

    day: date
    what: Message
    about: TextLink
    state: Mark


def home_page(initiative: Initiative, reader: Reader, params: QueryDict) -> HomePage:
    """Everything about decisions, the next date first."""
    arenas, seats = bodies_with_seats(visible_arenas(initiative, reader))
    asks = list(visible_asks(initiative, reader).still_open())
    decided = list(visible_decisions(initiative, reader)[:LATEST])
    held = memberships_of(seat.post_id for seat in seats)
    days = dates(asks, seats, held, arenas, reader)
    return HomePage(
        title=_("Decisions"),
        lead=_("Requests to decision bodies, what they decided, and by which rules."),
        released=RELEASED,
        empty=not (arenas or asks or decided),
        dates=table_page(days, DATE_COLUMNS, params, size=LATEST, build=_date_row, name="dates"),
        bodies=_bodies(arenas, asks, seats, held, reader, params),
        asks=table_page(
            asks, _plain(ASK_COLUMNS), params, build=lambda row: ask_row(row, reader), name="asks"
        ),
        decisions=table_page(
            decided,
            _plain(DECISION_COLUMNS),
            params,
            build=lambda row: decision_row(row, reader),
            name="decided",
        ),
        happenings=_happenings(initiative, reader, params),
        ways=_ways(reader),
    )


def _plain(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The same columns in one order only."""
    return tuple(Column(each.key, each.label, numeric=each.numeric) for each in columns)


def _happenings(initiative: Initiative, reader: Reader, params: QueryDict) -> TablePage:
    found = visible_happenings(initiative, reader).of(*CATEGORIES)
    return table_page(
        found, HAPPENING_COLUMNS, params, build=lambda each: happening_row(each, reader)
    )


def _ways(reader: Reader) -> Ways:
    return Ways(
        add_arena=if_may(reader, "arenas.write", "arenas:add_arena"),
        add_ask=if_may(reader, "arenas.write", "arenas:add_ask"),
        add_happening=if_may(reader, "initiatives.record_happening", "initiatives:add_happening"),
        asks=address(reader, "arenas:asks"),
        asks_csv=address(reader, "arenas:asks_csv"),
        decisions=address(reader, "arenas:decisions"),
        seats_csv=address(reader, "arenas:seats_csv"),
        contacts_csv=if_may(reader, "arenas.export_contacts", "arenas:contacts_csv"),
        calendar_csv=address(reader, "arenas:dates_csv"),
    )


def _bodies(
    arenas: list[Arena],
    asks: list[Ask],
    seats: list[Seat],
    held: Held,
    reader: Reader,
    params: QueryDict,
) -> TablePage:
    of_body: dict[UUID, list[Seat]] = defaultdict(list)
    for seat in seats:
        of_body[seat.arena_id].append(seat)
    open_asks: dict[UUID, list[Ask]] = defaultdict(list)
    for ask in asks:
        open_asks[ask.arena_id].append(ask)

    def row(arena: Arena) -> dict[str, object]:
        votes = sorted(ask.vote_on for ask in open_asks[arena.pk] if ask.vote_on)
        return {
            "name": TextLink(
                arena.organisation.canonical.name, address(reader, "arenas:arena", arena.pk)
            ),
            "seats": _filled(of_body[arena.pk], held, reader.today),
            "requests": len(open_asks[arena.pk]),
            "vote": day_words(votes[0]) if votes else "",
        }

    return table_page(arenas, BODY_COLUMNS, params, build=row, name="bodies")


def _filled(seats: list[Seat], held: Held, today: date) -> str:
    filled = sum(any(holds(row, today) for row in held[seat.post_id]) for seat in seats)
    words = ngettext("%(filled)s of %(all)s seat", "%(filled)s of %(all)s seats", len(seats))
    return words % {"filled": filled, "all": len(seats)} if seats else _("not recorded")


def _date_row(row: Dated) -> dict[str, object]:
    return {
        "day": day_words(row.day),
        "what": row.what,
        "about": row.about,
        "state": row.state,
    }


def dates(
    asks: list[Ask], seats: list[Seat], held: Held, arenas: list[Arena], reader: Reader
) -> list[Dated]:
    """Steps due, votes expected and terms that end, in the order of their days."""
    found = [
        *(each for ask in asks for each in _of_ask(ask, reader)),
        *_terms(seats, held, arenas, reader),
    ]
    return sorted(found, key=lambda each: each.day)[:MOST_DATES]


def _of_ask(ask: Ask, reader: Reader) -> Iterable[Dated]:
    if ask.vote_on is None:
        return
    about = TextLink(ask.record.title, address(reader, "arenas:ask", ask.pk))
    over = ask.vote_on < reader.today
    expected = Mark("late", _("No decision recorded")) if over else Mark("planned", _("Expected"))
    yield Dated(ask.vote_on, _("Vote expected"), about, expected)
    for step in ask.steps.all():
        due = step.due_on(ask.vote_on)
        if step.done_on is None and due is not None:
            is_late = late(step, ask.vote_on, reader.today)
            mark = Mark("late", _("Late")) if is_late else Mark("open", _("Due"))
            yield Dated(due, step.title, about, mark)


def _terms(seats: list[Seat], held: Held, arenas: list[Arena], reader: Reader) -> Iterable[Dated]:
    names = {arena.pk: arena.organisation.canonical.name for arena in arenas}
    for seat in seats:
        for row in held[seat.post_id]:
            if row.ends_to is None or not holds(row, reader.today):
                continue
            if row.ends_to <= reader.today + ENDS_SOON:
                words = f"{seat.post.label}, {names[seat.arena_id]}"
                about = TextLink(words, address(reader, "arenas:seat", seat.pk))
                what = _("The term of %s ends") % row.person.canonical.name
                yield Dated(row.ends_to, what, about, Mark("ended", _("Term ends")))


DATE_HEADING = ("day", "what", "about", "state")


def date_rows(initiative: Initiative, reader: Reader) -> Iterable[tuple[str, ...]]:
    """Every date to come as rows of a table file."""
    arenas, seats = bodies_with_seats(visible_arenas(initiative, reader))
    asks = list(visible_asks(initiative, reader).still_open())
    held = memberships_of(seat.post_id for seat in seats)
    for row in dates(asks, seats, held, arenas, reader):
        yield row.day.isoformat(), str(row.what), str(row.about.text), str(row.state.label)
