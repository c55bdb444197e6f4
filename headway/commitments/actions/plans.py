"""Start mid-way: an action plan that one already has becomes recommendations and promises."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.commitments.actions.answers import drop_promise, keep_promise
from headway.commitments.actions.brought import (
    confirm_held,
    finish_file,
    forget_left,
    found_values,
    kept_values,
    note_file,
    still_ours,
    take_in_blocks,
    use_once,
    waiting_file,
)
from headway.commitments.actions.columns import must_mean_one_each
from headway.commitments.actions.named_sources import NamedSources
from headway.commitments.actions.promises import promise
from headway.commitments.formats.action_plan import ActionRow
from headway.commitments.models import Commitment, PlanFile
from headway.commitments.queries.plans import COLUMN_WORDS, read_bytes, read_kept
from headway.core.errors import RuleError
from headway.directory.models import Organisation, Source
from headway.directory.queries.finders import OrganisationFinder
from headway.initiatives.actions import append_state
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import Provenance, reported
from headway.solutions.actions import bring_idea, move_solution, name_owner
from headway.solutions.models import Solution

BLOCK: Final = 25


@transaction.atomic
def keep_plan(
    *, by: Actor, initiative: Initiative, file_name: str, content: bytes, title: str, url: str = ""
) -> PlanFile:
    """Look a file over and keep its rows until it is confirmed; nothing is brought in yet."""
    plan = PlanFile(
        initiative=initiative,
        title=(title.strip() or file_name)[:500],
        url=url.strip(),
        **kept_values(by, read_bytes(content, file_name), file_name=file_name, content=content),
    )
    plan.save(force_insert=True)
    note_file(by, plan, verb="plan_kept")
    return plan


@transaction.atomic
def map_plan(*, by: Actor, plan: PlanFile, mapping: Sequence[str]) -> PlanFile:
    """Say which column of a kept plan means what.

    Raises:
        RuleError: where one meaning is given twice, no column holds the actions, or it is over.

    """
    current = waiting_file(plan)
    given = must_mean_one_each(mapping, current.sheet.get("heading", ()), COLUMN_WORDS)
    if "action" not in given and "recommendation" not in given:
        raise RuleError(_("Choose which column says what is to be done."))
    current.change(**found_values(read_kept(current, mapping), mapping))
    note_file(by, current, verb="plan_mapped")
    return current


@transaction.atomic
def confirm_plan(*, by: Actor, plan: PlanFile) -> PlanFile:
    """Say that a plan shall be brought in as its preview shows.

    Raises:
        RuleError: where it was confirmed already or cannot be read.

    """
    current = waiting_file(plan)
    confirm_held(by, current, current.counts.get("actions", 0))
    note_file(by, current, verb="plan_confirmed")
    return current


def bring_in_plan(*, plan_id: UUID, now: datetime) -> PlanFile:
    """Make recommendations and promises of a confirmed plan; again, it makes nothing twice."""
    words = _("The plan was not brought in. Its rows are kept: bring it in once more.")
    return use_once(PlanFile, plan_id, now, use=_bring_in, otherwise=words)


def _bring_in(plan: PlanFile, by: Actor) -> None:
    work = Work(plan, by)
    if take_in_blocks(plan, read_kept(plan, plan.mapping).rows, BLOCK, work.take_all):
        _finish(plan, by, work)


@transaction.atomic
def _finish(plan: PlanFile, by: Actor, work: "Work") -> None:
    if not still_ours(plan):
        return
    words = _("%(recommendations)s recommendations and %(promises)s promises.") % work.made
    finish_file(by, plan, words, made=work.made, problems=work.troubles)
    note_file(by, plan, verb="plan_brought_in")


def forget_plans(*, now: datetime) -> int:
    """Empty the rows of plans that wait for two days, or got stuck so long; answers how many."""
    return forget_left(PlanFile, now)


@dataclass
class Work:
    """One plan being brought in: what was made so far, and names looked up once."""

    plan: PlanFile
    by: Actor
    made: dict[str, int] = field(default_factory=lambda: {"recommendations": 0, "promises": 0})
    troubles: list[str] = field(default_factory=list)
    _owners: dict[str, Organisation | None] = field(default_factory=dict)

    @cached_property
    def _sources(self) -> NamedSources:
        return NamedSources(self.by, self.plan.initiative.authority)

    def take_all(self, rows: Sequence[ActionRow]) -> None:
        """Bring some rows in; what one row lacks stops no other row."""
        for row in rows:
            try:
                with self._sources.savepoint():
                    recommended, promised = self._make(row)
            except RuleError as refusal:
                place = _("Row %(row)s: %(why)s") % {"row": row.row, "why": refusal}
                self.troubles.append(place)
            else:
                self.made["recommendations"] += recommended
                self.made["promises"] += promised

    def _make(self, row: ActionRow) -> tuple[bool, bool]:
        """Make what a row says; answer whether its recommendation and its promise are new."""
        provenance = reported(self._source(row))
        solution, recommended = self._recommendation(row, provenance)
        promised = row.owner_stated and self._promise(row, solution, provenance)
        return recommended, promised

    def _source(self, row: ActionRow) -> Source:
        """Where a row is printed, else the plan itself."""
        said = (row.source, row.source_url) if row.source else (self.plan.title, self.plan.url)
        return self._sources.called(*said)

    def _owner(self, name: str) -> Organisation | None:
        """The organisation of exactly this name, where there is one and only one."""
        if name not in self._owners:
            known = OrganisationFinder(self.plan.initiative.authority).called(name[:250])
            self._owners[name] = known[0] if len(known) == 1 else None
        return self._owners[name]

    def _recommendation(self, row: ActionRow, provenance: Provenance) -> tuple[Solution, bool]:
        """The recommendation that a row is of, and whether it is new."""
        title = title_of(row.recommendation or row.action)
        known = Solution.objects.in_initiative(self.plan.initiative).filter(
            record__source=provenance.source, record__title=title
        )
        found = known.order_by("record__recorded_at").first()
        if found is not None:
            return found, False
        owner = self._owner(row.owner) if row.owner_stated else None
        solution = bring_idea(
            by=self.by,
            initiative=self.plan.initiative,
            title=title,
            text=_text_of(row),
            organisations=[owner] if owner else [],
            provenance=provenance,
        )
        move_solution(
            by=self.by, solution=solution, state=Solution.State.DRAFT, provenance=provenance
        )
        if owner is not None:
            name_owner(by=self.by, solution=solution, owner=owner)
        return solution, True

    def _promise(self, row: ActionRow, solution: Solution, provenance: Provenance) -> bool:
        """Note the promise of a row, and how it came out; answer whether it is new."""
        text = row.action or row.recommendation
        before = Commitment.objects.in_initiative(self.plan.initiative).count()
        made = promise(
            by=self.by,
            initiative=self.plan.initiative,
            text=text,
            organisation=self._owner(row.owner),
            organisation_as_said=row.owner[:250],
            due=row.due,
            came_from=solution.record,
            provenance=provenance,
        )
        new = Commitment.objects.in_initiative(self.plan.initiative).count() > before
        if new:
            self._state(made, row, provenance)
        return new

    def _state(self, made: Commitment, row: ActionRow, provenance: Provenance) -> None:
        if row.status == "kept":
            keep_promise(
                by=self.by,
                commitment=made,
                evidence=row.status_said[:1_000],
                provenance=provenance,
            )
        elif row.status == "not_going_ahead":
            drop_promise(
                by=self.by,
                commitment=made,
                because=row.reason or row.status_said,
                provenance=provenance,
            )
        elif row.status_said:
            append_state(
                record=made.record,
                state="as_reported",
                by=self.by,
                because=row.status_said,
                provenance=provenance,
            )


def _text_of(row: ActionRow) -> str:
    """What a row says beside its title, each part under its name."""
    parts = [row.action or row.recommendation]
    if row.goal:
        parts.append(_("Goal: %s") % row.goal)
    if row.notes:
        parts.append(row.notes)
    return "\n\n".join(parts)
