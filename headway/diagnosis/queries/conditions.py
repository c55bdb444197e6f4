"""The eight conditions on one page; visitors read of those that are met."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from headway.core.marks import PathMark
from headway.diagnosis.queries.standing import ConditionLine, Standing, standing
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import if_may
from headway.initiatives.reader import Reader


@dataclass(frozen=True)
class Stated:
    """One condition, and where somebody can state that it was met outside."""

    line: ConditionLine
    state_href: str


@dataclass(frozen=True)
class ConditionsPage:
    """Eight conditions with what each rests on."""

    title: str
    lead: str
    standing: Standing
    path: tuple[PathMark, ...]
    conditions: tuple[Stated, ...]


def conditions_page(
    initiative: Initiative,
    reader: Reader,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> ConditionsPage:
    """The path from understood to result, as of a day."""
    found = standing(initiative, reader, reader.today, as_of, known_at)
    shown = [line for line in found.conditions if line.state]
    return ConditionsPage(
        title=_("Eight conditions"),
        lead=_("They can be met in any order. Not recorded is a normal state."),
        standing=found,
        path=tuple(_mark(line) for line in found.conditions),
        conditions=tuple(
            Stated(line, if_may(reader, "diagnosis.state", "diagnosis:state", line.key))
            for line in shown
        ),
    )


def _mark(line: ConditionLine) -> PathMark:
    return PathMark(line.label, line.mark, line.count or None, line.href, line.state_label)
