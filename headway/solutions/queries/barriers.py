"""What is in the way: rules, procedures and habits, what each blocks, and who can waive it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Moment, Tab, Term
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.directory.queries.sources import source_words
from headway.initiatives.models import Initiative, Link, RecordState
from headway.initiatives.pages.detail import DetailPage, Passage, Step, address, if_may
from headway.initiatives.reader import Reader
from headway.problems.queries.parts import reported_by
from headway.solutions.models import Barrier, Solution
from headway.solutions.queries.parts import (
    barrier_mark,
    beside,
    organisation_words,
    state_words,
    steps_if,
    withdraw_step,
)

State = Barrier.State
Blocks = dict[UUID, tuple[TextLink, ...]]


@dataclass(frozen=True)
class BarriersPage:
    """Everything that is in the way."""

    title: str
    lead: str
    tabs: tuple[Tab, ...]
    table: TablePage
    add_href: str
    export_href: str
    home_href: str


@dataclass(frozen=True)
class BarrierPage:
    """One thing that is in the way, what it blocks and every answer so far."""

    detail: DetailPage
    blocks: tuple[TextLink, ...]
    moments: tuple[Moment, ...]


COLUMNS = (
    Column("title", gettext_lazy("What is in the way"), sort="record__title"),
    Column("kind", gettext_lazy("Kind"), sort="kind"),
    Column("blocks", gettext_lazy("What it holds up")),
    Column("waiver", gettext_lazy("Who can waive or change it"), sort="waiver__name"),
    Column("state", gettext_lazy("State"), sort="state"),
    Column("source", gettext_lazy("Source")),
)


def visible_barriers(initiative: Initiative, reader: Reader, state: str = "") -> QuerySet[Barrier]:
    """What is in the way, as far as the reader may see it, newest first."""
    found = Barrier.objects.in_initiative(initiative).live().visible_to(reader.readers)
    if state in State.values:
        found = found.filter(state=state)
    return found.select_related("record__source", "waiver__merged_into").order_by(
        "-record__recorded_at", "pk"
    )


def held_up(initiative: Initiative, reader: Reader) -> Blocks:
    """What each thing in the way holds up, in one query."""
    links = Link.objects.filter(
        kind=Link.Kind.BLOCKS,
        withdrawn_at=None,
        origin__initiative=initiative,
        origin__kind=Barrier.RECORD_KIND,
        target__kind=Solution.RECORD_KIND,
        target__visibility__in=reader.readers,
        target__withdrawn_at=None,
    )
    found: dict[UUID, list[TextLink]] = defaultdict(list)
    for link in links.select_related("target").order_by("made_at"):
        href = address(reader, "solutions:solution", link.target.pk)
        found[link.origin_id].append(TextLink(link.target.title, href))
    return {pk: tuple(each) for pk, each in found.items()}


def waiver_words(barrier: Barrier) -> str:
    """Who can waive or change it, or nothing where nobody said."""
    return organisation_words(barrier.waiver, barrier.waiver_as_said)


def barrier_row(barrier: Barrier, reader: Reader, blocks: Blocks) -> dict[str, object]:
    """Something in the way as a row of a table."""
    record = barrier.record
    held = ", ".join(str(link.text) for link in blocks.get(barrier.pk, ()))
    return {
        "title": TextLink(record.title, address(reader, "solutions:barrier", record.pk)),
        "kind": state_words(barrier.get_kind_display()),
        "blocks": held,
        "waiver": waiver_words(barrier) or _("nobody named yet"),
        "state": barrier_mark(barrier),
        "source": reported_by(record),
    }


def barriers_page(initiative: Initiative, reader: Reader, params: QueryDict) -> BarriersPage:
    """Everything that is in the way, whole or by state."""
    chosen = params.get("state", "")
    chosen = chosen if chosen in State.values else ""
    found, blocks = visible_barriers(initiative, reader, chosen), held_up(initiative, reader)
    shown: list[tuple[str, Message]] = [("", _("All")), *State.choices]
    return BarriersPage(
        title=_("What is in the way"),
        lead=_(
            "Laws, procedures and habits that hold a recommendation up, and who could waive or"
            " change them."
        ),
        tabs=tuple(
            Tab(state_words(label), f"?state={state}" if state else "?", state == chosen)
            for state, label in shown
        ),
        table=table_page(
            found, COLUMNS, params, build=lambda row: barrier_row(row, reader, blocks)
        ),
        add_href=if_may(reader, "solutions.propose", "solutions:add_barrier"),
        export_href=f"{address(reader, 'solutions:barriers_csv')}?state={chosen}",
        home_href=address(reader, "solutions:home"),
    )


BARRIER_HEADING = (
    "id",
    "what is in the way",
    "text",
    "kind",
    "holds up",
    "who can waive or change it",
    "state",
    "answer",
    "reported by",
)


def barrier_rows(initiative: Initiative, reader: Reader, state: str) -> Iterator[tuple[str, ...]]:
    """Everything in the way as rows of a table file."""
    blocks = held_up(initiative, reader)
    for row in visible_barriers(initiative, reader, state).iterator(chunk_size=500):
        yield (
            str(row.pk),
            row.record.title,
            row.text,
            row.kind,
            "; ".join(str(link.text) for link in blocks.get(row.pk, ())),
            waiver_words(row),
            row.state,
            row.answer,
            source_words(row.record.source),
        )


def _moments(barrier: Barrier) -> tuple[Moment, ...]:
    """Every state, oldest first, with what was answered."""
    words = dict(State.choices)
    rows = RecordState.objects.filter(record=barrier.pk, state__in=State.values)
    return tuple(
        Moment(date_words(row.when), state_words(words[row.state]), row.because)
        for row in rows.order_by("recorded_at")
    )


def _blocks(barrier: Barrier, reader: Reader) -> tuple[TextLink, ...]:
    links = Link.objects.filter(kind=Link.Kind.BLOCKS, withdrawn_at=None, origin=barrier.pk)
    seen = links.filter(target__visibility__in=reader.readers, target__withdrawn_at=None)
    return tuple(
        TextLink(link.target.title, address(reader, "solutions:solution", link.target.pk))
        for link in seen.filter(target__kind=Solution.RECORD_KIND).select_related("target")
    )


def _steps(barrier: Barrier, reader: Reader) -> tuple[Step, ...]:
    record = barrier.record
    may = reader.may("solutions.propose") and not record.withdrawn
    named = bool(waiver_words(barrier))
    edit = address(reader, "solutions:edit_barrier", record.pk)
    move = address(reader, "solutions:move_barrier", record.pk)
    asked = barrier.state == State.OPEN
    label = _("Note that they were asked") if asked else _("Note their answer")
    first = (
        Step(label, move, first=True)
        if named
        else Step(_("Say who can waive it"), edit, first=True)
    )
    if not may:
        return withdraw_step(record, reader)
    return (
        first,
        *steps_if((named, _("Change the wording"), edit)),
        *withdraw_step(record, reader),
    )


def barrier_page(barrier: Barrier, reader: Reader) -> BarrierPage:
    """One thing that is in the way."""
    record, mark = barrier.record, barrier_mark(barrier)
    return BarrierPage(
        detail=DetailPage(
            title=record.title,
            kicker=_("What is in the way"),
            kicker_href=address(reader, "solutions:barriers"),
            state=mark.state,
            state_label=mark.label,
            passages=(
                Passage("", barrier.text if barrier.text != record.title else ""),
                Passage(_("Their answer"), barrier.answer),
            ),
            terms=(
                Term(_("Kind"), state_words(barrier.get_kind_display())),
                Term(
                    _("Who can waive or change it"), waiver_words(barrier) or _("nobody named yet")
                ),
            ),
            steps=_steps(barrier, reader),
            **beside(record, reader),
        ),
        blocks=_blocks(barrier, reader),
        moments=_moments(barrier),
    )
