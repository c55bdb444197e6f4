"""The records behind a figure: every figure of the diagnosis opens them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.diagnosis.queries.evidence.items import record_id
from headway.diagnosis.queries.keeping import Kept, kept
from headway.diagnosis.queries.lines import PROMISES, promises_by_word
from headway.diagnosis.queries.words import CONDITIONS, FIGURES, LEADING, LEVERS, STEPS
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Record
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader
from headway_analysis.diagnosis import Diagnosis

COLUMNS = (
    Column("title", gettext_lazy("Record")),
    Column("kind", gettext_lazy("What it is")),
    Column("part", gettext_lazy("Counts as")),
    Column("when", gettext_lazy("When")),
)
PIECE = 500
HEADING = ("record", "what it is", "counts as", "when", "address")


@dataclass(frozen=True)
class Behind:
    """A figure's name, and the ids behind it by what they count as."""

    title: Message
    parts: tuple[tuple[Message, tuple[str, ...]], ...]


@dataclass(frozen=True)
class BehindPage:
    """The records behind one figure."""

    title: str
    lead: str
    table: TablePage
    export_href: str
    home_href: str


def behind(found: Diagnosis, name: str, reader: Reader) -> Behind:
    """What stands behind a figure by its name; a visitor is told of met conditions only.

    Raises:
        Http404: where there is no such figure, or the reader may not open it.

    """
    group, _dash, key = name.partition("-")
    for reading in found.conditions:
        if group == "condition" and reading.condition == key:
            if reader.may("diagnosis.view"):
                parts = ((_("met by"), reading.through), (_("open"), reading.open))
                return Behind(CONDITIONS[reading.condition], parts)
            if reading.state == "met":
                return Behind(CONDITIONS[reading.condition], ((_("met by"), reading.through),))
    if not reader.may("diagnosis.view"):
        raise Http404
    shown = next((each for each in _figures(found, group, key)), None)
    if shown is None:
        raise Http404
    return shown


def _figures(found: Diagnosis, group: str, key: str) -> Iterator[Behind]:
    every = {
        "lever": _levers,
        "acts": _acts,
        "figure": _of_readings,
        "step": _steps,
        "promises": _promises,
    }
    if group in every:
        yield from every[group](found, key)
    if (group, key) == ("last", "result") and found.last_result:
        yield Behind(_("Last result"), ((_("result"), (found.last_result,)),))
    if group == "terms":
        needed = tuple(gap.milestone.record for gap in found.gaps)
        yield Behind(_("Ends before it is needed"), ((_("needs it"), needed),))


def _levers(found: Diagnosis, key: str) -> Iterator[Behind]:
    for lever in found.levers:
        if lever.lever == key:
            yield Behind(LEVERS[lever.lever], ((_("reason"), lever.records),))


def _acts(found: Diagnosis, key: str) -> Iterator[Behind]:
    for reading in found.readings:
        if reading.leading == key:
            yield Behind(LEADING[reading.leading], ((_("act"), reading.spread.records),))


def _of_readings(found: Diagnosis, key: str) -> Iterator[Behind]:
    for reading in found.readings:
        for figure in reading.figures:
            if figure.name == key:
                yield Behind(FIGURES[figure.name], ((_("counted"), figure.records),))


def _steps(found: Diagnosis, key: str) -> Iterator[Behind]:
    for step in found.conversions:
        if step.end == key:
            left = tuple(each for each in step.there if each not in step.further)
            parts = ((STEPS[step.end], step.further), (STEPS[step.start], left))
            yield Behind(STEPS[step.end], parts)


def _promises(found: Diagnosis, key: str) -> Iterator[Behind]:
    tally = found.promises
    if key == "on_time":
        late = tuple(each for each in tally.due if each not in tally.on_time)
        yield Behind(_("Kept on time"), ((_("on time"), tally.on_time), (_("was due"), late)))
    ids = promises_by_word(tally).get(key)
    if ids is not None:
        yield Behind(PROMISES[key], ((_("promise"), ids),))


@dataclass(frozen=True)
class Line:
    """One record behind a figure."""

    record: Record
    part: Message


def _lines(
    parts: Sequence[tuple[Message, Iterable[str]]], initiative: Initiative, reader: Reader
) -> list[Line]:
    """The records themselves, as the reader may see them; one question."""
    seen = Record.objects.in_initiative(initiative).visible_to(reader.readers)
    records = {record.pk: record for record in _in_pieces(seen, parts)}
    found: dict[tuple[UUID, str], Line] = {}
    for part, ids in parts:
        for key in ids:
            record = records.get(UUID(record_id(key)))
            if record is not None:
                found.setdefault((record.pk, str(part)), Line(record, part))
    return list(found.values())


def _in_pieces(
    seen: "QuerySet[Record]", parts: Sequence[tuple[Message, Iterable[str]]]
) -> Iterator[Record]:
    """SQLite bounds how many values one question may carry."""
    keys = sorted({record_id(key) for _part, ids in parts for key in ids})
    for first in range(0, len(keys), PIECE):
        yield from seen.filter(pk__in=keys[first : first + PIECE])


def behind_page(
    initiative: Initiative,
    reader: Reader,
    name: str,
    params: QueryDict,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> BehindPage:
    """The page of the records behind a figure."""
    told, lines = _asked(initiative, reader, name, as_of, known_at)

    def row(line: Line) -> dict[str, object]:
        return {
            "title": TextLink(line.record.title, kinds.href(line.record, reader.slug)),
            "kind": kinds.label(line.record.kind),
            "part": line.part,
            "when": _day_words(line.record, initiative),
        }

    home = "diagnosis:leadership" if reader.may("diagnosis.view") else "diagnosis:conditions"
    return BehindPage(
        title=str(told.title),
        lead=_("These records stand behind the figure."),
        table=table_page(lines, COLUMNS, params, build=row),
        export_href=address(reader, "diagnosis:evidence_csv", name) + _same_view(params),
        home_href=address(reader, home),
    )


def _day_words(record: Record, initiative: Initiative) -> str:
    """When it was; of what has no day of its own, when it was recorded."""
    if record.when is not None:
        return date_words(record.when)
    day = date_format(initiative.today(record.recorded_at), "DATE_FORMAT")
    return _("recorded on %s") % day


def _same_view(params: QueryDict) -> str:
    same = {name: str(params[name]) for name in ("as_of", "known_at") if params.get(name)}
    return f"?{urlencode(same)}" if same else ""


def behind_rows(
    initiative: Initiative,
    reader: Reader,
    name: str,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> Iterator[tuple[str, ...]]:
    """The same as rows of a table file."""
    _told, lines = _asked(initiative, reader, name, as_of, known_at)
    for line in lines:
        yield (
            line.record.title,
            str(kinds.label(line.record.kind)),
            str(line.part),
            _day_words(line.record, initiative),
            kinds.href(line.record, reader.slug),
        )


def _asked(
    initiative: Initiative,
    reader: Reader,
    name: str,
    as_of: date | None,
    known_at: datetime | None,
) -> tuple[Behind, list[Line]]:
    found: Kept = kept(initiative, reader.readers, as_of or reader.today, known_at)
    told = behind(found.diagnosis, name, reader)
    return told, _lines(told.parts, initiative, reader)
