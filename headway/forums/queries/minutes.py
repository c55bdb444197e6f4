"""Lines of minutes with what came of each; `site` and exports read them from here."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Tab, Term
from headway.core.slots import NOTES_AT, NotesPlace
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.forums.models import Meeting, MinuteLine
from headway.forums.queries.parts import by_when_words, came_of, due_words, owner_words
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import DetailPage, Passage, Step, address, beside
from headway.initiatives.reader import Reader

MARKS = {
    "will_do": "planned",
    "decided": "adopted",
    "idea": "draft",
    "in_the_way": "waiting_on",
    "fact": "open",
    "note": "not_recorded",
}
UNSURE: dict[str, Message] = {
    "kind": gettext_lazy("what it is"),
    "owner": gettext_lazy("who"),
    "due": gettext_lazy("by when"),
}


@dataclass(frozen=True)
class LineEntry:
    """One line of the minutes and what came of it."""

    id: UUID
    number: int
    kind: str
    kind_words: Message
    mark: str
    text: str
    href: str
    owner: str
    due: str
    by_when: str
    unsure: tuple[Message, ...]
    came_of: tuple[TextLink, ...]


@dataclass(frozen=True)
class LinesPage:
    """Every line of every meeting's minutes."""

    title: str
    lead: str
    tabs: tuple[Tab, ...]
    table: TablePage
    any: bool
    export_href: str
    home_href: str


def lines_with_owners(found: QuerySet[MinuteLine]) -> QuerySet[MinuteLine]:
    """Lines with all that their words need."""
    return found.select_related(
        "record", "owner__merged_into", "owner_post__organisation", "meeting__record"
    )


def line_entries(meeting: Meeting, reader: Reader) -> tuple[LineEntry, ...]:
    """The lines of one meeting that the reader may see, in order."""
    found = MinuteLine.objects.of(meeting).live().visible_to(reader.readers)
    rows = list(lines_with_owners(found))
    followed = came_of([row.pk for row in rows], reader)
    return tuple(line_entry(row, reader, followed.get(row.pk, ())) for row in rows)


def line_entry(line: MinuteLine, reader: Reader, followed: tuple[TextLink, ...] = ()) -> LineEntry:
    """One line in words."""
    return LineEntry(
        id=line.pk,
        number=line.number,
        kind=line.kind,
        kind_words=line.get_kind_display(),
        mark=MARKS[line.kind],
        text=line.text,
        href=address(reader, "forums:minute_line", line.pk),
        owner=owner_words(line),
        due=due_words(line),
        by_when=by_when_words(line),
        unsure=tuple(words for part, words in UNSURE.items() if part in line.unsure),
        came_of=followed,
    )


COLUMNS = (
    Column("text", gettext_lazy("Line"), sort="text"),
    Column("kind", gettext_lazy("Kind"), sort="kind"),
    Column("who", gettext_lazy("Who"), sort="owner__name"),
    Column("due", gettext_lazy("By when"), sort="due_to"),
    Column("meeting", gettext_lazy("Meeting"), sort="meeting__starts_at"),
    Column("sure", gettext_lazy("To look at")),
)


def visible_lines(
    initiative: Initiative, reader: Reader, params: QueryDict
) -> QuerySet[MinuteLine]:
    """The lines that the reader may see, of one kind where the address asks for it."""
    found = MinuteLine.objects.in_initiative(initiative).live().visible_to(reader.readers)
    kind = params.get("kind", "")
    found = found.filter(kind=kind) if kind in MinuteLine.Kind.values else found
    return lines_with_owners(found).order_by("-meeting__starts_at", "number", "pk")


def lines_page(initiative: Initiative, reader: Reader, params: QueryDict) -> LinesPage:
    """The list of lines."""

    def row(line: MinuteLine) -> dict[str, object]:
        entry = line_entry(line, reader)
        meeting = address(reader, "forums:meeting", line.meeting_id)
        return {
            "text": TextLink(line.text, entry.href),
            "kind": Mark(entry.mark, entry.kind_words),
            "who": entry.owner or _("Nobody named"),
            "due": entry.due or _("No day named"),
            "meeting": TextLink(line.meeting.record.title, meeting),
            "sure": ", ".join(map(str, entry.unsure)),
        }

    chosen = params.get("kind", "")
    everything = visible_lines(initiative, reader, QueryDict())
    return LinesPage(
        title=_("Lines of the minutes"),
        lead=_("Everything that was promised, decided, thought of or found in a meeting."),
        tabs=_tabs(chosen),
        table=table_page(visible_lines(initiative, reader, params), COLUMNS, params, build=row),
        any=everything.exists(),
        export_href=f"{address(reader, 'forums:minute_lines_csv')}?{params.urlencode()}",
        home_href=address(reader, "forums:meetings"),
    )


def _tabs(chosen: str) -> tuple[Tab, ...]:
    every = Tab(_("All"), "?", chosen not in MinuteLine.Kind.values)
    return (
        every,
        *(Tab(kind.label, f"?kind={kind.value}", chosen == kind.value) for kind in MinuteLine.Kind),
    )


LINE_HEADING = ("kind", "text", "who", "by when", "due from", "due to", "meeting", "held on")


def line_rows(
    initiative: Initiative, reader: Reader, params: QueryDict
) -> Iterator[tuple[str, ...]]:
    """The lines as rows of a table file, a few hundred at a time."""
    for line in visible_lines(initiative, reader, params).iterator(chunk_size=500):
        yield (
            line.kind,
            line.text,
            owner_words(line),
            due_words(line),
            line.due_from.isoformat() if line.due_from else "",
            line.due_to.isoformat() if line.due_to else "",
            line.meeting.record.title,
            line.meeting.record.date_as_said,
        )


def line_page(line: MinuteLine, reader: Reader) -> DetailPage:
    """One line with the meeting it was said in; what came of it stands in the trace."""
    entry = line_entry(line, reader)
    meeting = line.meeting.record
    unsure = ", ".join(map(str, entry.unsure))
    return DetailPage(
        title=line.record.title,
        kicker=meeting.title,
        kicker_href=address(reader, "forums:meeting", line.meeting_id),
        state=entry.mark,
        state_label=entry.kind_words,
        notice=_("Somebody should look at: %(parts)s.") % {"parts": unsure} if unsure else "",
        passages=(Passage("", line.text),),
        terms=(
            Term(_("Who"), entry.owner or _("Nobody named")),
            Term(_("By when"), entry.due or _("No day named")),
            Term(_("Said in"), f"{meeting.title}, {date_words(meeting.when)}"),
            Term(_("As typed"), line.as_typed),
        ),
        steps=_steps(line, reader),
        **beside(line.record, reader),
    )


def _steps(line: MinuteLine, reader: Reader) -> tuple[Step, ...]:
    if line.record.withdrawn or not reader.may("forums.take_notes"):
        return ()
    href = NOTES_AT.ask(NotesPlace(reader.slug, "line", line.pk))
    return (Step(_("Correct this line"), href),) if href else ()
