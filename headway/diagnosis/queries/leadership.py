"""How an initiative is led: three readings, what depends on one, what ends before it is needed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.core.errors import Message
from headway.core.numbers import number_words
from headway.diagnosis.queries.evidence.gathered import SAID
from headway.diagnosis.queries.keeping import kept
from headway.diagnosis.queries.lines import Lines
from headway.diagnosis.queries.told import Figured, LeadLine, Standing
from headway.diagnosis.queries.words import FIGURES, HELD, ORIGINS, days_words, listed
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader
from headway_analysis.diagnosis import Figure, Holding, LeadershipReading

MEANS: Mapping[str, Message] = {
    "distributive": gettext_lazy("Who runs groups, owns recommendations and has a deputy."),
    "integrative": gettext_lazy("Who is joined, on what, and where people still differ."),
    "catalysing": gettext_lazy("What is seen anew, and what is tried."),
}


@dataclass(frozen=True)
class ReadingPart:
    """One of the three readings with its figures."""

    line: LeadLine
    means: Message
    figures: tuple[Figured, ...]


@dataclass(frozen=True)
class Dependence:
    """An organisation that alone holds something, and what would be lost with it."""

    name: str
    words: str
    href: str


@dataclass(frozen=True)
class LeadershipPage:
    """The page about leading; everything looks at one day."""

    title: str
    lead: str
    standing: Standing
    as_of: str
    readings: tuple[ReadingPart, ...]
    depends: tuple[Dependence, ...]
    moves_href: str
    practices_href: str
    thresholds_href: str
    readiness_href: str


def leadership_page(
    initiative: Initiative,
    reader: Reader,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> LeadershipPage:
    """Three readings, what depends on one, and the next moves, as of a day."""
    day = as_of or reader.today
    found = kept(initiative, reader.readers, day, known_at)
    lines = Lines(found, reader, day, known_at, is_today=day == reader.today)
    return LeadershipPage(
        title=_("Leadership"),
        lead=_("How leading is spread, joined and moved on. It reads organizations, not people."),
        standing=lines.standing(),
        as_of=day.isoformat(),
        readings=tuple(_part(reading, lines) for reading in found.diagnosis.readings),
        depends=tuple(_depends(found.diagnosis.only, lines)),
        moves_href=address(reader, "diagnosis:moves"),
        practices_href=address(reader, "diagnosis:practices"),
        thresholds_href=address(reader, "diagnosis:thresholds"),
        readiness_href=address(reader, "diagnosis:readiness_list"),
    )


def _part(reading: LeadershipReading, lines: Lines) -> ReadingPart:
    figures = tuple(_figured(figure, lines) for figure in reading.figures)
    return ReadingPart(lines.reading(reading), MEANS[reading.leading], figures)


def _figured(figure: Figure, lines: Lines) -> Figured:
    return Figured(
        key=figure.name,
        label=FIGURES[figure.name],
        words=figure_words(figure),
        number=None if figure.value is None else float(figure.value),
        href=lines.evidence(f"figure-{figure.name}") if figure.records else "",
        alarm=figure.prompt,
        computed=str(COMPUTED.get(figure.name, "")) if figure.value is not None else "",
    )


COMPUTED: Mapping[str, Message] = {
    "cross_sector_ties": gettext_lazy(
        "Two organizations have a working relationship where they sat in one small meeting or"
        " drafted one text. Chance alone means: the same relationships, with the sectors dealt"
        " out anew by lot."
    ),
    "idea_to_test": gettext_lazy(
        "The median, with ideas that have no test yet counted as still waiting (Kaplan–Meier)."
    ),
}


def figure_words(figure: Figure) -> str:
    """A figure with what it is out of, compared with, or made of."""
    if figure.value is None:
        return _("nothing can be said yet")
    if figure.expected is not None:
        return _beside_chance(round(100 * figure.value), round(100 * figure.expected))
    if figure.of is not None and isinstance(figure.value, float):
        return _per_recommendation(round(figure.value * figure.of), figure.of)
    if figure.name == "idea_to_test":
        return _half_within(int(figure.value))
    if figure.parts:
        return f"{number_words(int(figure.value))}: {', '.join(_origins(figure))}"
    return _out_of(int(figure.value), figure.of)


def _beside_chance(found: int, chance: int) -> str:
    told = {"found": found, "chance": chance}
    if found == chance:
        return _("%(found)d of 100, as many as chance alone would give") % told
    return _("%(found)d of 100; chance alone would give %(chance)d") % told


def _per_recommendation(tests: int, recommendations: int) -> str:
    tried = ngettext("%d test", "%d tests", tests) % tests
    every = ngettext("%d recommendation", "%d recommendations", recommendations) % recommendations
    return _("%(tests)s for %(all)s") % {"tests": tried, "all": every}


def _half_within(days: int) -> str:
    if not days:
        return _("half of the ideas on the same day")
    return _("half of the ideas within %s") % days_words(days)


def _out_of(value: int, of: int | None) -> str:
    if of is None:
        return number_words(value)
    return _("%(n)d of %(all)d") % {"n": value, "all": of} if of else _("none recorded yet")


def _origins(figure: Figure) -> Iterator[str]:
    for name, count in figure.parts:
        yield _("%(n)d from %(origin)s") % {"n": count, "origin": ORIGINS[name]}


def _depends(only: Iterable[Holding], lines: Lines) -> Iterator[Dependence]:
    """Organisations by name, never by how much hangs on them: it is no ranking."""
    held: dict[str, list[Holding]] = {}
    for each in only:
        held.setdefault(each.holder, []).append(each)
    names = {holder: lines.kept.names.get(holder, "") for holder in held}
    for holder in sorted(held, key=lambda one: (names[one], one)):
        if names[holder]:
            known = not holder.startswith(SAID)
            href = lines.href("diagnosis:leave", holder) if known else ""
            yield Dependence(names[holder], held_words(held[holder]), href)


def held_words(held: Iterable[Holding]) -> str:
    """How much of each kind: "Groups: 2, Open promises: 5"."""
    counts: dict[str, int] = {}
    for each in held:
        label = str(HELD[each.kind])
        counts[label] = counts.get(label, 0) + 1
    return listed(f"{label}: {count}" for label, count in counts.items())


def parts_words(before: int, after: int) -> str:
    """Into how many parts the working relationships fall."""
    told = ngettext("into %d part", "into %d parts", after) % after
    if after > before:
        return _("Working relationships would fall %s.") % told
    return _("Working relationships would hold together as they do now.")
