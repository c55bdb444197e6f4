from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.arenas.actions.requests import move_ask
from headway.arenas.models import Arena, Ask, BodyDecision, Seat, SeatVote
from headway.core.errors import RuleError
from headway.directory.models import Person, Post
from headway.initiatives.actions import (
    link_records,
    lock_all,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.models import Link, RecordState
from headway.initiatives.provenance import HERE, Provenance, reported
from headway.problems.actions.citations import as_reported
from headway_analysis.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class VoteCount:
    """How a vote went, as far as anybody recorded it."""

    yes: int | None = None
    no: int | None = None
    abstained: int | None = None
    absent: int | None = None

    @property
    def said(self) -> int:
        """How many seats the numbers name together."""
        return sum(each or 0 for each in (self.yes, self.no, self.abstained, self.absent))


@dataclass(frozen=True, slots=True)
class OneVote:
    """How one seat or person voted."""

    vote: str
    post: Post | None = None
    person: Person | None = None


@transaction.atomic
def record_decision(
    *,
    by: Actor,
    arena: Arena,
    result: str,
    title: str = "",
    text: str = "",
    ask: Ask | None = None,
    count: VoteCount | None = None,
    votes: Sequence[OneVote] = (),
    link: str = "",
    stands_because: str = "",
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> BodyDecision:
    """Record what a body decided, with the vote where it is known and without where it is not.

    It ends the request it answers. No promise follows by itself.

    Raises:
        RuleError: where the numbers cannot be, or no date is given.

    """
    initiative = arena.record.initiative
    count = count or VoteCount()
    name = title.strip() or _title(arena, ask, result)
    known = as_reported(BodyDecision, initiative, provenance, record__title=name)
    if known is not None:
        return known
    count = _with_votes(arena, count, votes)
    _check(arena, result, count, when, provenance, by)
    if ask is not None and when is not None and not provenance.reported:
        _check_order(ask, when)
    lock_all(ask.record if ask else None)
    record = open_record(
        by=by,
        initiative=initiative,
        kind=BodyDecision.RECORD_KIND,
        title=name,
        visibility=visibility or (ask.record.visibility if ask else ""),
        provenance=provenance,
        when=when,
        organisation=arena.organisation,
    )
    decision = BodyDecision(
        record=record,
        arena=arena,
        ask=ask,
        result=result,
        text=text.strip(),
        yes=count.yes,
        no=count.no,
        abstained=count.abstained,
        absent=count.absent,
        link=link.strip(),
    )
    decision.save(force_insert=True)
    SeatVote.objects.bulk_create(
        SeatVote(decision=decision, post=each.post, person=each.person, vote=each.vote)
        for each in votes
    )
    write_wording(by=by, record=record, field="text", text=decision.text)
    why = stands_because.strip()
    note_event(by=by, record=record, verb="decided", changes={"result": ("", result)}, because=why)
    if ask is not None:
        _answer(by, ask, decision, when, provenance)
    return decision


@transaction.atomic
def revise_decision(
    *,
    by: Actor,
    decision: BodyDecision,
    result: str,
    text: str = "",
    count: VoteCount | None = None,
    link: str = "",
    when: PartialDate | None = None,
    seen: int | None = None,
) -> bool:
    """Correct what was recorded of a decision; every earlier wording stays.

    Raises:
        RuleError: where the numbers cannot be, or somebody else wrote in between.

    """
    count = count or VoteCount()
    source = decision.record.source
    provenance = reported(source) if source else HERE
    _check(decision.arena, result, count, when, provenance, by)
    if decision.ask is not None and when is not None and not provenance.reported:
        _check_order(decision.ask, when)
    _check_by_seat(count, Counter(decision.votes.values_list("vote", flat=True)))
    values: dict[str, object] = {
        "result": result,
        "text": text.strip(),
        "yes": count.yes,
        "no": count.no,
        "abstained": count.abstained,
        "absent": count.absent,
        "link": link.strip(),
    }
    revised = revise_record(by=by, stage=decision, when=when, values=values, seen=seen)
    was_postponed = decision.result == BodyDecision.Result.POSTPONED
    if was_postponed and result != decision.result and decision.ask is not None:
        over = _over_since(by, decision.ask, when, provenance)
        move_ask(by=by, ask=decision.ask, state=Ask.State.DECIDED, when=over)
    return revised


def _with_votes(arena: Arena, count: VoteCount, votes: Sequence[OneVote]) -> VoteCount:
    """The count, made of the votes by seat where every seat's is known and nobody counted."""
    by_seat = Counter(each.vote for each in votes)
    if set(by_seat) - set(SeatVote.Vote.values):
        raise RuleError(_("Choose how each seat voted, like “yes”."), "votes")
    if count == VoteCount() and len(votes) >= (_voting_seats(arena) or 1):
        return VoteCount(*(by_seat[each] for each in SeatVote.Vote.values))
    _check_by_seat(count, by_seat)
    return count


def _check_by_seat(count: VoteCount, by_seat: Counter[str]) -> None:
    """Refuse more votes by seat than the count says."""
    counted = zip(("yes", "no", "abstained", "absent"), SeatVote.Vote.values, strict=True)
    for field, vote in counted:
        said: int | None = getattr(count, field)
        if said is not None and by_seat[vote] > said:
            raise RuleError(
                _("You name %(named)s seats here, but count %(said)s. Correct one of them.")
                % {"named": by_seat[vote], "said": said},
                field,
            )


def _voting_seats(arena: Arena) -> int:
    return Seat.objects.filter(arena=arena, ended_at__isnull=True, votes=True).count()


def _title(arena: Arena, ask: Ask | None, result: str) -> str:
    said = BodyDecision.Result(result).label if result in BodyDecision.Result.values else result
    about = ask.record.title if ask else arena.organisation.name
    return f"{about[:200]}: {said}"


def _answer(
    by: Actor,
    ask: Ask,
    decision: BodyDecision,
    when: PartialDate | None,
    provenance: Provenance,
) -> None:
    link_records(by=by, origin=decision.record, target=ask.record, kind=Link.Kind.ANSWERS)
    if decision.result != BodyDecision.Result.POSTPONED:
        over = _over_since(by, ask, when, provenance)
        move_ask(by=by, ask=ask, state=Ask.State.DECIDED, when=over, provenance=provenance)


def _made_on(ask: Ask) -> date | None:
    """The day on which a request was made; None where a source reports it without one."""
    record = ask.record
    if record.happened_from is not None or record.source_id is not None:
        return record.happened_from
    return record.initiative.today(record.recorded_at)


def _check_order(ask: Ask, when: PartialDate) -> None:
    made = _made_on(ask)
    if made is not None and when.end < made:
        raise RuleError(
            _(
                "The request was made on %(day)s. Enter that day or a later one, or record the "
                "decision on the page of the body, without this request."
            )
            % {"day": made.isoformat()},
            "when",
        )


def _over_since(
    by: Actor, ask: Ask, when: PartialDate | None, provenance: Provenance
) -> PartialDate | None:
    """The day since when a request is decided: known by today, and after what was noted before.

    “This month” is not over yet, and a request that was moved on later than its decision is dated
    would come back to life wherever its states are read by their days.
    """
    if when is None or provenance.reported:
        return when
    rows = RecordState.objects.filter(record=ask.record)
    last = rows.aggregate(day=Max("happened_to"))["day"]
    day = min(when.end, ask.record.initiative.today(by.at))
    return PartialDate.on(max(day, last) if last else day)


def _check(
    arena: Arena,
    result: str,
    count: VoteCount,
    when: PartialDate | None,
    provenance: Provenance,
    by: Actor,
) -> None:
    if result not in BodyDecision.Result.values:
        raise RuleError(_("Choose the result, like “adopted”."), "result")
    if (count.yes is None) != (count.no is None):
        raise RuleError(_("Enter both yes and no, or leave both empty."), "yes")
    seats = _voting_seats(arena)
    if seats and count.said > seats and not provenance.reported:
        raise RuleError(
            _("%(said)s votes are more than the %(seats)s seats with a vote.")
            % {"said": count.said, "seats": seats},
            "yes",
        )
    if provenance.reported:
        return
    if when is None:
        raise RuleError(_("Enter the date of the decision, like 2026-03-27."), "when")
    if when.start > arena.record.initiative.today(by.at):
        raise RuleError(_("Enter the day it was decided; that day is still to come."), "when")
