"""Start mid-way: an action plan that one already has becomes recommendations and promises."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import Subject, append_event
from headway.accounts.jobs import Reporter, begin_job, end_job, fail_job, start_job
from headway.commitments.actions.answers import drop_promise, keep_promise
from headway.commitments.actions.columns import must_mean_one_each
from headway.commitments.actions.promises import promise
from headway.commitments.formats.action_plan import ActionRow
from headway.commitments.models import Commitment, PlanFile
from headway.commitments.queries.plans import COLUMN_WORDS, kept_sheet, read_bytes, read_kept
from headway.core.errors import RuleError
from headway.directory.actions.sources import record_source
from headway.directory.models import Organisation, Source
from headway.directory.queries.finders import OrganisationFinder
from headway.initiatives.actions import append_state
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import Provenance, reported
from headway.solutions.actions import bring_idea, move_solution, name_owner
from headway.solutions.models import Solution

BLOCK: Final = 25
SHOWN_PROBLEMS: Final = 500
LONGEST_WAIT: Final = timedelta(days=2)
State = PlanFile.State


@transaction.atomic
def keep_plan(
    *, by: Actor, initiative: Initiative, file_name: str, content: bytes, title: str, url: str = ""
) -> PlanFile:
    """Look a file over and keep its rows until it is confirmed; nothing is brought in yet.

    Of a file that is refused, perhaps because it tells of clients, no row is kept.
    """
    found = read_bytes(content, file_name)
    plan = PlanFile(
        initiative=initiative,
        user=by.user,
        file_name=file_name[-250:],
        title=(title.strip() or file_name)[:500],
        url=url.strip(),
        sha256=sha256(content).hexdigest(),
        uploaded_at=by.at,
        problems=found.problem_list(SHOWN_PROBLEMS),
        counts=found.counts(),
        state=State.REFUSED if found.refused else State.READ,
        sheet={} if found.refused else kept_sheet(found.sheet),
        mapping=[] if found.refused else list(found.mapping),
    )
    plan.save(force_insert=True)
    _note(by, plan, "plan_kept")
    return plan


@transaction.atomic
def map_plan(*, by: Actor, plan: PlanFile, mapping: Sequence[str]) -> PlanFile:
    """Say which column of a kept plan means what.

    Raises:
        RuleError: where one meaning is given twice, no column holds the actions, or it is over.

    """
    current = _waiting(plan)
    given = must_mean_one_each(mapping, current.sheet.get("heading", ()), COLUMN_WORDS)
    if "action" not in given and "recommendation" not in given:
        raise RuleError(_("Choose which column says what is to be done."))
    found = read_kept(current, mapping)
    current.change(
        mapping=list(mapping), problems=found.problem_list(SHOWN_PROBLEMS), counts=found.counts()
    )
    _note(by, current, "plan_mapped")
    return current


@transaction.atomic
def confirm_plan(*, by: Actor, plan: PlanFile) -> PlanFile:
    """Say that a plan shall be brought in as its preview shows.

    Raises:
        RuleError: where it was confirmed already or cannot be read.

    """
    current = _waiting(plan)
    job = start_job(
        by=by,
        authority=current.initiative.authority,
        title=current.file_name,
        total=current.counts.get("actions", 0),
    )
    current.change(state=State.CONFIRMED.value, confirmed_at=by.at, job=job)
    _note(by, current, "plan_confirmed")
    return current


def _waiting(plan: PlanFile) -> PlanFile:
    rows = PlanFile.objects.select_for_update(of=("self",)).select_related(
        "initiative__authority", "initiative__stream"
    )
    current = rows.get(pk=plan.pk)
    if current.state != State.READ:
        raise RuleError(_("This file was confirmed already, or it cannot be read."))
    return current


def bring_in_plan(*, plan_id: UUID, now: datetime) -> PlanFile:
    """Make recommendations and promises of a confirmed plan; again, it makes nothing twice.

    A plan that fails waits for another confirmation, with its rows kept until it is forgotten.
    """
    plan = PlanFile.objects.select_related(
        "initiative__authority", "initiative__stream", "user", "job"
    ).get(pk=plan_id)
    if plan.state != State.CONFIRMED:
        return plan
    try:
        _bring_in(plan, Actor(kind="import", at=now, user=plan.user))
    except Exception:
        _wait_again(plan_id, now)
        raise
    plan.refresh_from_db()
    return plan


def _still_ours(plan: PlanFile) -> bool:
    """Hold the plan for one block of rows; False once another worker has brought it in."""
    rows = PlanFile.objects.select_for_update(of=("self",))
    return rows.get(pk=plan.pk).state == State.CONFIRMED


@transaction.atomic
def _wait_again(plan_id: UUID, now: datetime) -> None:
    plan = PlanFile.objects.select_for_update(of=("self",)).select_related("job").get(pk=plan_id)
    if plan.state != State.CONFIRMED:
        return
    plan.change(state=State.READ.value)
    if plan.job is not None:
        words = _("The plan was not brought in. Its rows are kept: bring it in once more.")
        fail_job(plan.job, now=now, finding=words)


def _bring_in(plan: PlanFile, by: Actor) -> None:
    found = read_kept(plan, plan.mapping)
    work = Work(plan, by)
    if plan.job is not None:
        begin_job(plan.job, total=len(found.rows))
    report = Reporter(plan.job) if plan.job is not None else None
    rows = iter(found.rows)
    while block := list(islice(rows, BLOCK)):
        with transaction.atomic():
            if not _still_ours(plan):
                return
            for row in block:
                work.take(row)
        if report is not None:
            report(work.done)
    _finish(plan, by, work)


@transaction.atomic
def _finish(plan: PlanFile, by: Actor, work: "Work") -> None:
    if not _still_ours(plan):
        return
    plan.change(state=State.DONE.value, sheet={}, counts={**plan.counts, **work.made})
    _note(by, plan, "plan_brought_in")
    if plan.job is not None:
        finding = _("%(recommendations)s recommendations and %(promises)s promises.") % work.made
        end_job(plan.job, now=by.at, finding=finding, problems=work.troubles)


def forget_plans(*, now: datetime) -> int:
    """Empty the rows of plans that wait for two days, or got stuck so long; answers how many."""
    before = now - LONGEST_WAIT
    waiting = Q(state=State.READ, uploaded_at__lt=before)
    stuck = Q(state=State.CONFIRMED, confirmed_at__lt=before)
    left = PlanFile.objects.filter(waiting | stuck)
    return int(left.update(state=State.REFUSED, sheet={}, counts={}))


def _note(by: Actor, plan: PlanFile, verb: str) -> None:
    append_event(
        stream=plan.initiative.stream,
        by=by,
        verb=verb,
        subject=Subject("action_plan", plan.pk, plan.file_name),
        changes={name: ("", number) for name, number in plan.counts.items()},
    )


@dataclass
class Work:
    """One plan being brought in: what was made so far, and names looked up once."""

    plan: PlanFile
    by: Actor
    done: int = 0
    made: dict[str, int] = field(default_factory=lambda: {"recommendations": 0, "promises": 0})
    troubles: list[str] = field(default_factory=list)
    _sources: dict[tuple[str, str], Source] = field(default_factory=dict)
    _owners: dict[str, Organisation | None] = field(default_factory=dict)

    def take(self, row: ActionRow) -> None:
        """Bring one row in; what one row lacks stops no other row."""
        self.done += 1
        try:
            with transaction.atomic():
                self._make(row)
        except RuleError as refusal:
            place = _("Row %(row)s: %(why)s") % {"row": row.row, "why": refusal}
            self.troubles.append(place)

    def _make(self, row: ActionRow) -> None:
        provenance = reported(self._source(row))
        solution = self._recommendation(row, provenance)
        if row.owner_stated:
            self._promise(row, solution, provenance)

    def _source(self, row: ActionRow) -> Source:
        said = (row.source, row.source_url) if row.source else (self.plan.title, self.plan.url)
        if said not in self._sources:
            self._sources[said] = record_source(
                by=self.by, authority=self.plan.initiative.authority, title=said[0], url=said[1]
            )
        return self._sources[said]

    def _owner(self, name: str) -> Organisation | None:
        """The organisation of exactly this name, where there is one and only one."""
        if name not in self._owners:
            known = OrganisationFinder(self.plan.initiative.authority).called(name[:250])
            self._owners[name] = known[0] if len(known) == 1 else None
        return self._owners[name]

    def _recommendation(self, row: ActionRow, provenance: Provenance) -> Solution:
        title = title_of(row.recommendation or row.action)
        known = Solution.objects.in_initiative(self.plan.initiative).filter(
            record__source=provenance.source, record__title=title
        )
        found = known.order_by("record__recorded_at").first()
        if found is not None:
            return found
        owner = self._owner(row.owner) if row.owner_stated else None
        self.made["recommendations"] += 1
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
        return solution

    def _promise(self, row: ActionRow, solution: Solution, provenance: Provenance) -> None:
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
        if Commitment.objects.in_initiative(self.plan.initiative).count() > before:
            self.made["promises"] += 1
            self._state(made, row, provenance)

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
