"""What if they leave? One organisation or role taken away, and everything read again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.core.tables import TextLink
from headway.diagnosis.queries.evidence import Told, tell
from headway.diagnosis.queries.evidence.rows import View
from headway.diagnosis.queries.leadership import parts_words
from headway.diagnosis.queries.starts import Place, record_href
from headway.diagnosis.queries.words import HELD, LEADING
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader
from headway_analysis.diagnosis import Holding, Spread, drill

MOST = 200


@dataclass(frozen=True)
class Lost:
    """What would lose its only holder."""

    what: Message
    things: tuple[TextLink, ...]


@dataclass(frozen=True)
class Change:
    """How one kind of leading would be spread."""

    label: Message
    before: str
    after: str


@dataclass(frozen=True)
class LeavePage:
    """What would break if an organisation left, and what would not."""

    title: str
    lead: str
    lost: tuple[Lost, ...]
    parts: str
    changes: tuple[Change, ...]
    home_href: str


def leave_page(
    initiative: Initiative,
    reader: Reader,
    holder: str,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> LeavePage:
    """Take one holder away.

    Raises:
        Http404: where nobody of this id holds or did anything here.

    """
    day = as_of or reader.today
    told = tell(View(initiative, reader.readers, known_at, day))
    if holder not in _known(told):
        raise Http404
    found = drill(told.evidence, holder, day, told.thresholds)
    return LeavePage(
        title=_("What if %s left?") % told.names.get(holder, _("somebody unknown")),
        lead=_("Nobody says that it will. It shows where a second holder would help."),
        lost=tuple(_lost(found.only, told, reader)),
        parts=parts_words(found.parts_before, found.parts_after),
        changes=tuple(
            Change(LEADING[name], spread_short(spread), spread_short(found.after[name]))
            for name, spread in found.before.items()
        ),
        home_href=address(reader, "diagnosis:leadership"),
    )


def _known(told: Told) -> set[str]:
    evidence = told.evidence
    return {each.holder for each in evidence.holdings} | {act.organisation for act in evidence.acts}


def _lost(only: tuple[Holding, ...], told: Told, reader: Reader) -> Iterator[Lost]:
    for kind, label in HELD.items():
        things = [_thing(each, told, reader) for each in only if each.kind == kind]
        if things:
            yield Lost(label, tuple(things[:MOST]))


def _thing(each: Holding, told: Told, reader: Reader) -> TextLink:
    found = told.records.get(each.thing)
    place = Place(each.thing, found.kind if found else "")
    return TextLink(each.title, record_href(place, reader))


def spread_short(spread: Spread) -> str:
    """How spread acts are, in a few words."""
    if spread.largest is None:
        return _("%d acts, too few to tell") % spread.acts
    told = {"acts": spread.acts, "most": round(spread.largest * spread.acts)}
    return _("%(acts)d acts, at most %(most)d of them by one") % told
