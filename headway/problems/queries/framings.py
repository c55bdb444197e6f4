from dataclasses import dataclass

from django.db.models import Case, Q, QuerySet, Value, When
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.tables import Column, TablePage, table_page
from headway.initiatives.models import Initiative, RecordState
from headway.initiatives.pages.detail import DetailPage, Passage, Step, address, if_may
from headway.initiatives.reader import Reader
from headway.problems.models import Framing, FramingState
from headway.problems.queries.parts import (
    beside,
    may_take_back,
    state_words,
    who_said,
    withdraw_step,
)
from headway.problems.queries.start import missing_start

MARKS = {
    FramingState.PROPOSED: "open",
    FramingState.ADOPTED: "adopted",
    FramingState.SET_ASIDE: "ended",
}
A_PAGE = 12


@dataclass(frozen=True)
class FramingCard:
    """One way to see the problem, beside the others."""

    title: str
    text: str
    state: str
    state_label: Message
    who: str
    when: str
    because: str
    reported: bool
    href: str


@dataclass(frozen=True)
class FramingsPage:
    """The ways to see the problem side by side."""

    title: str
    lead: str
    cards: tuple[FramingCard, ...]
    table: TablePage
    add_href: str
    home_href: str
    warning: str


def visible_framings(initiative: Initiative, reader: Reader) -> QuerySet[Framing]:
    """Every way to see the problem: the adopted first, then the proposed, then those set aside."""
    found = Framing.objects.in_initiative(initiative).live().visible_to(reader.readers)
    order = Case(
        When(state=FramingState.ADOPTED, then=Value(0)),
        When(state=FramingState.PROPOSED, then=Value(1)),
        default=Value(2),
    )
    return found.select_related(
        "record__organisation__merged_into", "record__author", "record__source"
    ).order_by(order, "record__recorded_at", "record__title")


def _reasons(framings: list[Framing]) -> dict[object, str]:
    """Why each stands where it stands: the reason of the state that holds."""
    wanted = Q()
    for framing in framings:
        wanted |= Q(record=framing.pk, state=framing.state)
    if not wanted:
        return {}
    found = RecordState.objects.filter(wanted).order_by("recorded_at")
    return dict(found.values_list("record", "because"))


def _card(framing: Framing, reader: Reader, because: str) -> FramingCard:
    return FramingCard(
        title=framing.record.title,
        text=framing.text,
        state=MARKS[FramingState(framing.state)],
        state_label=state_words(framing.get_state_display()),
        who=who_said(framing.record, reader),
        when=date_words(framing.record.when),
        because=because,
        reported=framing.record.source_id is not None,
        href=address(reader, "problems:framing", framing.pk),
    )


def reframing_words(framings: QuerySet[Framing]) -> str:
    """How many ways to see the problem were opened, and by how many."""
    rows = list(
        framings.order_by().values_list(
            "record__organisation__merged_into", "record__organisation", "record__author"
        )
    )
    openers = {("o", merged or own) if own else ("m", member) for merged, own, member in rows}
    ways = ngettext("%(count)s way to see it", "%(count)s ways to see it", len(rows))
    by = ngettext(
        "opened by %(count)s organization or person",
        "opened by %(count)s organizations or people",
        len(openers),
    )
    if not rows:
        return ""
    return f"{ways % {'count': len(rows)}}, {by % {'count': len(openers)}}."


def framings_page(initiative: Initiative, reader: Reader, params: QueryDict) -> FramingsPage:
    """The ways to see the problem, the adopted one first."""
    found = visible_framings(initiative, reader)
    table = table_page(
        found,
        [Column("framing", gettext_lazy("Way to see it"))],
        params,
        size=A_PAGE,
        build=lambda framing: {"framing": framing},
    )
    values = [row[0].value for row in table.rows]
    shown = [value for value in values if isinstance(value, Framing)]
    reasons = _reasons(shown)
    adopted = any(framing.adopted for framing in shown)
    return FramingsPage(
        title=_("Ways to see the problem"),
        lead=reframing_words(found),
        cards=tuple(_card(each, reader, reasons.get(each.pk, "")) for each in shown),
        table=table,
        add_href=if_may(reader, "problems.speak", "problems:add_framing"),
        home_href=address(reader, "problems:home"),
        warning=adopted_without_start(initiative) if adopted else "",
    )


def adopted_without_start(initiative: Initiative) -> str:
    """What to say beside an adopted way to see the problem that nothing can be measured against."""
    missing = missing_start(initiative)
    return f"{_('Adopted without a starting point.')} {missing}" if missing else ""


def framing_page(framing: Framing, reader: Reader) -> DetailPage:
    """One way to see the problem."""
    record = framing.record
    reasons = _reasons([framing])
    why = reasons.get(framing.pk, "")
    return DetailPage(
        title=record.title,
        kicker=_("Ways to see the problem"),
        kicker_href=address(reader, "problems:framings"),
        state=MARKS[FramingState(framing.state)],
        state_label=state_words(framing.get_state_display()),
        notice=adopted_without_start(record.initiative) if framing.adopted else "",
        passages=(
            Passage(_("How the problem is seen"), framing.text),
            Passage(_why_heading(framing), why),
        ),
        steps=(*_decisions(framing, reader), *_rewording(framing, reader)),
        **beside(record, reader),
    )


def _why_heading(framing: Framing) -> str:
    return _("Why it was adopted") if framing.adopted else _("Why it was set aside")


def _decisions(framing: Framing, reader: Reader) -> list[Step]:
    """Adopt or set aside, for who leads."""
    if framing.record.withdrawn or not reader.may("problems.adopt"):
        return []
    steps = []
    if not framing.adopted:
        steps.append(
            Step(_("Adopt this"), address(reader, "problems:adopt", framing.pk), first=True)
        )
    if framing.state != FramingState.SET_ASIDE:
        steps.append(Step(_("Set it aside"), address(reader, "problems:set_aside", framing.pk)))
    return steps


def _rewording(framing: Framing, reader: Reader) -> list[Step]:
    """A way to see the problem is reworded by who opened it, or by who leads."""
    if not may_take_back(framing.record, reader):
        return []
    edit = Step(_("Change the wording"), address(reader, "problems:edit_framing", framing.pk))
    return [edit, *withdraw_step(framing.record, reader)]
