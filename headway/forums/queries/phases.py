from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Term
from headway.forums.models import Forum, Phase
from headway.forums.queries.parts import end_words, moment_words
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import DetailPage, Step, address, beside
from headway.initiatives.reader import Reader
from headway_analysis.partial_date import PartialDate


@dataclass(frozen=True)
class PhaseLine:
    """One phase of a group, with what it opens."""

    name: str
    href: str
    mark: str
    words: str
    when: str
    rights: str
    product: str


def right_words(rights: frozenset[str]) -> tuple[Message, ...]:
    """Rights in words, in the order of the form."""
    return tuple(capfirst(right.label) for right in Phase.Right if right.value in rights)


def phase_state(phase: Phase, now: datetime) -> tuple[str, str]:
    """Whether a phase lies ahead, is open or is over, as a mark and a word."""
    if phase.opens_at > now:
        return "planned", _("Planned")
    if phase.is_open(now):
        return "under_way", _("Open now")
    return "done", _("Over")


def _when(phase: Phase, initiative: Initiative) -> str:
    opens = moment_words(phase.opens_at, initiative)
    if phase.closes_at is None:
        return _("from %(opens)s") % {"opens": opens}
    return _("%(opens)s to %(closes)s") % {
        "opens": opens,
        "closes": end_words(phase.closes_at, initiative),
    }


def _product(phase: Phase) -> str:
    if not phase.product:
        return ""
    due = date_words(PartialDate.on(phase.product_due)) if phase.product_due else ""
    return (
        _("%(product)s, due %(due)s") % {"product": phase.product, "due": due}
        if due
        else phase.product
    )


def _rights(phase: Phase) -> str:
    return ", ".join(map(str, right_words(frozenset(phase.rights)))) or _("Nothing")


def phases_of(forum: Forum) -> list[Phase]:
    """Every phase of a group, by when they open."""
    return list(Phase.objects.filter(forum=forum).live().select_related("record").in_order())


def phase_lines(
    phases: Iterable[Phase], forum: Forum, reader: Reader, now: datetime
) -> tuple[PhaseLine, ...]:
    """Those phases of a group that the reader may see, in the order given."""
    lines = []
    for phase in phases:
        if phase.record.visibility not in reader.readers:
            continue
        mark, words = phase_state(phase, now)
        line = PhaseLine(
            name=phase.record.title,
            href=address(reader, "forums:phase", phase.pk),
            mark=mark,
            words=words,
            when=_when(phase, forum.record.initiative),
            rights=_rights(phase),
            product=_product(phase),
        )
        lines.append(line)
    return tuple(lines)


def phase_page(phase: Phase, reader: Reader, now: datetime) -> DetailPage:
    """One phase: when it is open, what it opens, and what it brings forth."""
    mark, words = phase_state(phase, now)
    return DetailPage(
        title=phase.record.title,
        kicker=phase.forum.name,
        kicker_href=address(reader, "forums:forum", phase.forum_id),
        state=mark,
        state_label=words,
        terms=(
            Term(_("When"), _when(phase, phase.record.initiative)),
            Term(_("What is open"), _rights(phase)),
            Term(_("What it brings forth"), _product(phase) or _("Nothing named")),
        ),
        steps=_steps(phase, reader, now),
        **beside(phase.record, reader),
    )


def _steps(phase: Phase, reader: Reader, now: datetime) -> tuple[Step, ...]:
    if phase.record.withdrawn or not reader.may("forums.lead"):
        return ()
    edit = Step(_("Change this"), address(reader, "forums:edit_phase", phase.pk))
    close = Step(_("Close it now"), address(reader, "forums:close_phase", phase.pk))
    return (edit, close) if phase.is_open(now) else (edit,)
