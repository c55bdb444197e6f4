from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation, Post
from headway.forums.models import Forum
from headway.initiatives.actions import (
    append_state,
    link_records,
    lock_all,
    locked,
    must_be_of,
    must_stand,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Initiative, Link, Record
from headway.initiatives.provenance import HERE, Provenance
from headway.problems.actions.citations import as_reported
from headway.solutions.models import CoAuthor, Solution
from headway.solutions.models.solution import STEPS
from headway_analysis.partial_date import PartialDate


def _check_text(text: str) -> None:
    if not text.strip():
        raise RuleError(
            _("Say what could be done, like “Open the church hall on cold nights”."), "text"
        )


@transaction.atomic
def bring_idea(
    *,
    by: Actor,
    initiative: Initiative,
    text: str,
    title: str = "",
    organisations: Iterable[Organisation] = (),
    owner: Organisation | None = None,
    came_from: Record | None = None,
    forum: Forum | None = None,
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> Solution:
    """Write down what could be done; without a title its first words are one.

    An owner that is known from the start, as a report tells it, answers for it since its own day.

    Raises:
        RuleError: where nothing is said.

    """
    known = as_reported(Solution, initiative, provenance, text=text.strip())
    if known is not None:
        return known
    _check_text(text)
    must_be_of(initiative.authority_id, owner, "owner")
    lock_all(came_from)
    # What comes out of something that few may read is not told to everybody.
    visibility = visibility or (came_from.visibility if came_from is not None else "")
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Solution.RECORD_KIND,
        title=title.strip() or title_of(text),
        visibility=visibility,
        provenance=provenance,
        when=when,
    )
    solution = Solution(record=record, text=text.strip(), forum=forum, owner=owner)
    _keep(by, solution, organisations, when, provenance)
    if came_from is not None:
        link_records(by=by, origin=record, target=came_from, kind=Link.Kind.CAME_FROM)
    return solution


def _keep(
    by: Actor,
    solution: Solution,
    organisations: Iterable[Organisation],
    when: PartialDate | None,
    provenance: Provenance,
) -> None:
    """Write an idea down in its table, its texts, its states and the log, with its authors."""
    record, owner = solution.record, solution.owner
    solution.save(force_insert=True)
    write_wording(by=by, record=record, field="text", text=solution.text)
    append_state(record=record, state=solution.state, by=by, when=when, provenance=provenance)
    credited = _credit(by, solution, organisations)
    changes: dict[str, tuple[object, object]] = {
        "text": ("", solution.text),
        "authors": ("", credited),
        **({"owner": ("", owner)} if owner else {}),
    }
    note_event(by=by, record=record, verb="proposed", changes=changes)


def _credit(by: Actor, solution: Solution, organisations: Iterable[Organisation]) -> str:
    """Name authors, each once; answers the names of those who are new."""
    new = []
    for organisation in dict.fromkeys(organisations):
        _row, made = CoAuthor.objects.get_or_create(
            solution=solution,
            organisation=organisation,
            ended_at=None,
            defaults={"member_id": by.member_id, "since": by.at},
        )
        new += [organisation.name] if made else []
    return "; ".join(new)


@transaction.atomic
def credit_authors(*, by: Actor, solution: Solution, organisations: Iterable[Organisation]) -> bool:
    """Name organisations that draft it too; those named before stay.

    Raises:
        RuleError: where it was withdrawn.

    """
    record = locked(solution.record)
    must_stand(record)
    new = _credit(by, solution, organisations)
    if new:
        note_event(by=by, record=record, verb="credited", changes={"authors": ("", new)})
    return bool(new)


@transaction.atomic
def end_authorship(*, by: Actor, author: CoAuthor) -> None:
    """Note that an organisation drafts no longer; what it wrote keeps its name."""
    record = locked(author.solution.record)
    current = CoAuthor.objects.select_for_update().get(pk=author.pk)
    if current.ended_at is None:
        current.change(ended_at=by.at)
        name = author.organisation.name
        note_event(by=by, record=record, verb="left_authors", changes={"authors": (name, "")})


def _check_step(current: Solution, state: str, because: str, provenance: Provenance) -> None:
    if state not in Solution.State.values:
        raise ValueError(f"state must be one of {Solution.State.values}, got {state!r}")
    if not provenance.reported and state not in STEPS[current.state]:
        raise RuleError(
            _("From “%(now)s” it cannot become “%(then)s”.")
            % {"now": current.get_state_display(), "then": Solution.State(state).label}
        )
    given_up = state in {Solution.State.NOT_ADOPTED, Solution.State.SET_ASIDE}
    if given_up and not because.strip() and not provenance.reported:
        raise RuleError(_("Say why, like “the county starts the same in May”."), "because")


@transaction.atomic
def move_solution(
    *,
    by: Actor,
    solution: Solution,
    state: str,
    because: str = "",
    when: PartialDate | None = None,
    provenance: Provenance = HERE,
) -> bool:
    """Put it into another state, with the reason where it is given up; False where it is there.

    Raises:
        RuleError: where that step does not follow, or no reason is given for giving it up.

    """
    record = locked(solution.record)
    must_stand(record)
    current = Solution.objects.select_for_update().get(pk=record.pk)
    if current.state == state:
        return False
    _check_step(current, state, because, provenance)
    changes = current.change(state=state)
    append_state(
        record=record,
        state=state,
        by=by,
        when=when,
        because=because.strip(),
        provenance=provenance,
    )
    note_event(by=by, record=record, verb="moved", changes=changes, because=because.strip())
    return True


@transaction.atomic
def start_recommendation(*, by: Actor, solution: Solution, because: str = "") -> bool:
    """Begin to draft a recommendation out of an idea.

    Raises:
        RuleError: where it is no idea and was not set aside.

    """
    return move_solution(by=by, solution=solution, state=Solution.State.DRAFT, because=because)


@transaction.atomic
def revise_solution(
    *,
    by: Actor,
    solution: Solution,
    title: str,
    text: str,
    expects: str = "",
    cost: Decimal | None = None,
    currency: str = "USD",
    cost_note: str = "",
    bought: bool = False,
    seen: int | None = None,
    came_from: Record | None = None,
) -> bool:
    """Word it anew; every version is kept. Given a lesson, the new version names it.

    Raises:
        RuleError: where nothing is said, or somebody else wrote in between.

    """
    _check_text(text)
    if cost is not None and cost < 0:
        raise RuleError(_("Enter what it costs, like 45000000, or leave it empty."), "cost")
    if came_from is not None:
        lock_all(solution.record, came_from)
    changed = revise_record(
        by=by,
        stage=solution,
        title=title,
        values={
            "text": text.strip(),
            "expects": expects.strip(),
            "cost": cost,
            "currency": currency,
            "cost_note": cost_note.strip(),
            "bought": bought,
        },
        seen=seen,
    )
    if changed and came_from is not None:
        learned = Link.Kind.LEARNED_FROM
        link_records(by=by, origin=solution.record, target=came_from, kind=learned)
    return changed


@transaction.atomic
def name_owner(
    *, by: Actor, solution: Solution, owner: Organisation | None, post: Post | None = None
) -> bool:
    """Say which organisation, and which seat in it, answers for carrying it out.

    Raises:
        RuleError: where the seat belongs to another organisation.

    """
    record = locked(solution.record)
    must_stand(record)
    if post is not None and (owner is None or post.organisation_id != owner.pk):
        raise RuleError(_("Choose a seat of that organization, or leave the seat open."), "post")
    current = Solution.objects.select_for_update().get(pk=record.pk)
    changes = current.change(owner=owner, owner_post=post)
    if changes:
        note_event(by=by, record=record, verb="owner_named", changes=changes)
    return bool(changes)
