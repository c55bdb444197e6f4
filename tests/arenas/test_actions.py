from datetime import date, timedelta

import pytest

from headway.arenas.actions import (
    RuleWords,
    VoteCount,
    answer_approach,
    finish_step,
    limit_advocacy,
    make_ask,
    move_ask,
    name_arena,
    note_approach,
    note_on_record,
    record_decision,
    revise_ask,
    revise_on_record,
    set_rule,
    set_window,
)
from headway.arenas.actions.speaking import limit_of
from headway.arenas.models import Arena, Ask, BodyDecision, OnRecord, PathStep, Seat
from headway.arenas.queries.speaking import limits_of
from headway.core.errors import RuleError
from headway.directory.actions import OrganisationDetails, add_organisation, record_source
from headway.directory.models import Post
from headway.initiatives.actions import give_mandate
from headway.initiatives.models import Link, Mandate
from headway.initiatives.provenance import reported
from headway.solutions.actions import bring_idea
from headway.solutions.actions.outcomes import record_outcome
from headway.solutions.models import Solution
from headway_analysis.partial_date import PartialDate
from tests.world import NOON, TODAY, World

SAID_ON = PartialDate.on(TODAY)


@pytest.fixture
def board(world: World) -> Arena:
    body = add_organisation(
        by=world.actor("registrar"),
        authority=world.authority,
        details=OrganisationDetails(name="County Board", sector="government"),
    )
    for number in range(1, 8):
        Post(
            authority=world.authority,
            organisation=body,
            label=f"District {number}",
            recorded_at=NOON,
        ).save(force_insert=True)
    return name_arena(by=world.actor(), initiative=world.hennepin, organisation=body)


@pytest.fixture
def idea(world: World) -> Solution:
    return bring_idea(by=world.actor(), initiative=world.hennepin, text="Open the halls")


@pytest.fixture
def ask(world: World, board: Arena, idea: Solution) -> Ask:
    return make_ask(
        by=world.actor(),
        arena=board,
        text="Pay for heat in four halls",
        solution=idea,
        vote_on=date(2026, 6, 30),
    )


def test_the_posts_of_a_body_become_its_seats(world: World, board: Arena) -> None:
    again = name_arena(by=world.actor(), initiative=world.hennepin, organisation=board.organisation)

    assert again == board
    assert Seat.objects.filter(arena=board).count() == 7


def test_a_rule_that_cannot_be_counted_is_refused(world: World, board: Arena) -> None:
    for words in (
        RuleWords(basis="all of us"),
        RuleWords(basis="members", numerator=3, denominator=2),
        RuleWords(basis="members", quorum=8),
        RuleWords(basis="members", override_numerator=2),
    ):
        with pytest.raises(RuleError):
            set_rule(by=world.actor(), arena=board, words=words)


def test_a_new_rule_leaves_the_old_one_readable(world: World, board: Arena) -> None:
    set_rule(by=world.actor(), arena=board, words=RuleWords(basis="members"))
    set_rule(by=world.actor(), arena=board, words=RuleWords(basis="voting", quorum=4))

    assert board.rules.count() == 2


def test_a_request_comes_from_the_version_of_its_recommendation(ask: Ask, idea: Solution) -> None:
    link = Link.objects.get(origin=ask.record)

    assert (link.target, link.kind) == (idea.record, Link.Kind.CAME_FROM)
    assert ask.wording_number == 1


def test_no_step_is_due_on_a_weekend(ask: Ask) -> None:
    sunday = date(2026, 7, 5)
    days = [step.due_on(ask.vote_on) for step in ask.steps.all()]
    assert days[1] == date(2026, 5, 15)
    assert {day.weekday() for day in days if day} <= set(range(5))
    assert PathStep(days_before=0).due_on(sunday) == sunday
    assert PathStep(days_before=1).due_on(sunday) == date(2026, 7, 3)


def test_a_vote_is_to_come_unless_a_source_reported_it(
    world: World, board: Arena, ask: Ask
) -> None:
    by, yesterday = world.actor(), TODAY - timedelta(days=1)
    with pytest.raises(RuleError) as refused:
        make_ask(by=by, arena=board, text="Buy the motel.", vote_on=yesterday)
    assert refused.value.field == "vote_on"
    with pytest.raises(RuleError):
        revise_ask(by=by, ask=ask, title="Heat", text=ask.text, vote_on=yesterday)
    assert make_ask(by=by, arena=board, text="Buy the motel.", vote_on=TODAY).vote_on == TODAY
    told = reported(record_source(by=by, authority=world.authority, title="Minutes of 2006"))
    old = make_ask(by=by, arena=board, text="Buy the hotel.", vote_on=yesterday, provenance=told)
    assert old.vote_on == yesterday
    late = world.actor(at=NOON + timedelta(days=200))
    assert revise_ask(by=late, ask=ask, title="Heat", text=ask.text, vote_on=ask.vote_on)


def test_moving_the_vote_moves_every_step(world: World, ask: Ask) -> None:
    before = [step.due_on(ask.vote_on) for step in ask.steps.all()]
    revise_ask(
        by=world.actor(),
        ask=ask,
        title=ask.record.title,
        text=ask.text,
        vote_on=date(2026, 7, 7),
    )
    moved = Ask.objects.get(pk=ask.pk)
    after = [step.due_on(moved.vote_on) for step in moved.steps.all()]

    assert before[0] == date(2026, 5, 1)
    assert [(b - a).days for a, b in zip(before, after, strict=True) if a and b] == [7] * 6


def test_a_step_cannot_be_done_tomorrow(world: World, ask: Ask) -> None:
    step = ask.steps.all()[0]
    with pytest.raises(RuleError, match="still to come"):
        finish_step(by=world.actor(), step=step, done_on=date(2026, 3, 28))
    finish_step(by=world.actor(), step=step, done_on=TODAY, submitted="Draft and budget note")


def test_a_request_taken_back_says_why_and_stays(world: World, ask: Ask) -> None:
    with pytest.raises(RuleError, match="Say why"):
        move_ask(by=world.actor(), ask=ask, state=Ask.State.TAKEN_BACK)
    move_ask(by=world.actor(), ask=ask, state=Ask.State.TAKEN_BACK, because="solved without")
    with pytest.raises(RuleError, match="Make a new one"):
        move_ask(by=world.actor(), ask=Ask.objects.get(pk=ask.pk), state=Ask.State.SUBMITTED)


@pytest.mark.parametrize(
    ("missing", "field"), [("when", "when"), ("link", "link"), ("post", "post"), ("text", "text")]
)
def test_what_is_said_on_the_record_needs_who_what_when_and_where(
    world: World, ask: Ask, missing: str, field: str
) -> None:
    said: dict[str, object] = {
        "post": Post.objects.all()[0],
        "text": "Wants to see the cost first",
        "when": SAID_ON,
        "link": "https://county.example/minutes#12",
    }
    empty = None if missing in {"when", "post"} else ""
    with pytest.raises(RuleError) as refusal:
        note_on_record(
            by=world.actor(),
            ask=ask,
            kind=OnRecord.Kind.CONDITION,
            **{**said, missing: empty},
        )
    assert refusal.value.field == field


def _may(world: World, limit: str, ask: Ask) -> None:
    give_mandate(
        by=world.actor(),
        member=world.members["partner"],
        organisation=world.shelter,
        scope=Mandate.Scope.DECISIONS,
        given_by="The board of St. Stephen's",
    )
    limit_advocacy(by=world.actor("partner"), ask=ask, organisation=world.shelter, limit=limit)


def test_who_may_inform_only_does_not_ask(world: World, ask: Ask) -> None:
    _may(world, "may_inform", ask)

    with pytest.raises(RuleError, match="may inform only"):
        note_approach(by=world.actor(), ask=ask, organisation=world.shelter, kind="ask")
    note_approach(by=world.actor(), ask=ask, organisation=world.shelter, kind="inform")


def test_nobody_asks_who_did_not_say_that_they_may(world: World, ask: Ask) -> None:
    with pytest.raises(RuleError, match="has not said yet"):
        note_approach(by=world.actor(), ask=ask, organisation=world.shelter, kind="ask")


def test_of_two_words_at_one_instant_the_stricter_holds(world: World, ask: Ask) -> None:
    _may(world, "may_ask", ask)
    for limit in ("may_not", "may_inform", "may_ask"):
        limit_advocacy(by=world.actor("partner"), ask=ask, organisation=world.shelter, limit=limit)
    assert limit_of(ask, world.shelter) == "may_not"
    assert limits_of(ask)[world.shelter.pk].limit == "may_not"
    later = world.actor("partner", at=NOON + timedelta(minutes=1))
    limit_advocacy(by=later, ask=ask, organisation=world.shelter, limit="may_ask")
    assert limit_of(ask, world.shelter) == "may_ask"


def test_only_its_own_people_and_who_leads_note_what_an_organization_asks(
    world: World, ask: Ask
) -> None:
    _may(world, "may_ask", ask)
    shelter, seat = world.shelter, ask.arena.seats.all()[0].post
    for role in ("observer", "evaluator", "administrator"):
        with pytest.raises(RuleError, match=r"Only St\. Stephen's"):
            note_approach(by=world.actor(role), ask=ask, organisation=shelter, kind="ask")
    elsewhere = Post(
        authority=world.authority, organisation=shelter, label="Director", recorded_at=NOON
    )
    elsewhere.save(force_insert=True)
    with pytest.raises(RuleError, match="Choose a seat of County Board"):
        note_approach(
            by=world.actor("partner"), ask=ask, organisation=shelter, kind="ask", post=elsewhere
        )
    row = note_approach(
        by=world.actor("partner"), ask=ask, organisation=shelter, kind="ask", post=seat
    )
    with pytest.raises(RuleError, match=r"Only St\. Stephen's"):
        answer_approach(by=world.actor("evaluator"), approach=row, done_on=TODAY)
    assert answer_approach(by=world.actor("liaison"), approach=row, done_on=TODAY)


def test_a_word_on_the_record_is_of_a_seat_of_the_body_that_is_asked(
    world: World, ask: Ask
) -> None:
    said: dict[str, object] = {
        "text": "Wants to see the cost first",
        "when": SAID_ON,
        "link": "https://county.example/minutes#12",
        "kind": "statement",
        "post": ask.arena.seats.all()[0].post,
    }
    elsewhere = Post(
        authority=world.authority, organisation=world.shelter, label="Director", recorded_at=NOON
    )
    elsewhere.save(force_insert=True)
    for wrong in ({"post": elsewhere}, {"kind": "rumor"}, {"stance": "likely"}):
        with pytest.raises(RuleError):
            note_on_record(by=world.actor(), ask=ask, **(said | wrong))
    row = note_on_record(by=world.actor(), ask=ask, **said)
    with pytest.raises(RuleError, match="Only who noted it"):
        revise_on_record(
            by=world.actor("partner"),
            row=row,
            kind="statement",
            text="Against it",
            stance="against",
            link=row.link,
            when=SAID_ON,
        )


def test_public_employees_make_no_requests_in_an_election_window(world: World, ask: Ask) -> None:
    give_mandate(
        by=world.actor(),
        member=world.members["convener"],
        organisation=world.office,
        scope=Mandate.Scope.DECISIONS,
        given_by="The director",
    )
    limit_advocacy(by=world.actor(), ask=ask, organisation=world.office, limit="may_ask")
    set_window(
        by=world.actor("administrator"),
        authority=world.authority,
        name="Primary",
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 4, 1),
    )
    with pytest.raises(RuleError, match="2026-04-01"):
        note_approach(by=world.actor(), ask=ask, organisation=world.office, kind="ask")
    note_approach(by=world.actor(), ask=ask, organisation=world.office, kind="inform")


def test_a_decision_ends_the_request_and_makes_no_promise(world: World, ask: Ask) -> None:
    decision = record_decision(
        by=world.actor(),
        arena=ask.arena,
        ask=ask,
        result=BodyDecision.Result.ADOPTED,
        count=VoteCount(yes=5, no=2),
        when=SAID_ON,
    )

    assert decision.vote_known
    assert Ask.objects.get(pk=ask.pk).state == Ask.State.DECIDED
    assert list(Link.objects.filter(target=decision.record)) == []


def test_a_postponed_request_stays_open(world: World, ask: Ask) -> None:
    record_decision(by=world.actor(), arena=ask.arena, ask=ask, result="postponed", when=SAID_ON)

    assert Ask.objects.get(pk=ask.pk).state == Ask.State.DRAFT


def test_more_votes_than_seats_are_refused(world: World, ask: Ask) -> None:
    with pytest.raises(RuleError, match="8 votes are more than the 7 seats"):
        record_decision(
            by=world.actor(),
            arena=ask.arena,
            result="adopted",
            count=VoteCount(yes=5, no=2, absent=1),
            when=SAID_ON,
        )


def test_a_decision_without_a_known_vote_is_recorded_without(world: World, board: Arena) -> None:
    decision = record_decision(
        by=world.actor(), arena=board, result="adopted", text="The plan", when=SAID_ON
    )

    assert not decision.vote_known


def test_what_comes_of_a_closed_record_stays_as_closed(world: World, board: Arena) -> None:
    idea = bring_idea(
        by=world.actor(), initiative=world.hennepin, text="Buy the motel.", visibility="members"
    )
    ask = make_ask(by=world.actor(), arena=board, text="Buy the motel.", solution=idea)
    said = note_on_record(
        by=world.actor(),
        ask=ask,
        kind=OnRecord.Kind.QUESTION,
        text="Who owns the motel?",
        link="https://county.example/minutes",
        post=Post.objects.filter(organisation=board.organisation).first(),
        when=SAID_ON,
    )
    decision = record_decision(
        by=world.actor(), arena=board, ask=ask, result=BodyDecision.Result.ADOPTED, when=SAID_ON
    )
    outcome = record_outcome(
        by=world.actor(), initiative=world.hennepin, text="We ask for the motel.", solution=idea
    )
    made = (ask, said, decision, outcome)
    assert {row.record.visibility for row in made} == {"members"}
