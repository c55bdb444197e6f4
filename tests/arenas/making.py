"""Makers of decision bodies, requests and decisions, and of one of each in every state."""

from datetime import date, timedelta

from headway.accounts.actor import Actor
from headway.arenas import actions
from headway.arenas.actions import OneVote, RuleWords, TemplateStep, VoteCount
from headway.arenas.models import AdvocacyLimit, Approach, Arena, Ask, BodyDecision, OnRecord
from headway.directory import actions as directory
from headway.directory.actions import OrganisationDetails, PersonDetails, PostDetails, RoleDetails
from headway.directory.models import Organisation, Person, Post
from headway.initiatives.actions import give_mandate
from headway.initiatives.models import Initiative, Mandate
from headway.initiatives.provenance import reported
from headway.solutions.actions import bring_idea, note_barrier
from headway_analysis.partial_date import PartialDate
from tests.world import NOON, TODAY, World

VOTE_ON = date(2026, 6, 30)
SAID_ON = PartialDate.on(TODAY)
MINUTES = "https://county.example/minutes#12"
HEAT = "Pay for heat in four halls"


def a_body(by: Actor, initiative: Initiative, name: str = "County Board") -> Organisation:
    """A body of the directory with seven seats and the deputy of its first."""
    body = directory.add_organisation(
        by=by,
        authority=initiative.authority,
        details=OrganisationDetails(name=name, sector="government"),
    )
    for number in range(1, 8):
        directory.add_post(
            by=by, organisation=body, details=PostDetails(label=f"District {number}")
        )
    return body


def seat_of(body: Organisation, number: int) -> Post:
    """One of its seats in the directory."""
    return Post.objects.get(organisation=body, label=f"District {number}")


def a_holder(
    world: World,
    post: Post,
    name: str,
    since: date = date(2023, 1, 2),
    until: date | None = None,
) -> Person:
    """Somebody who holds a seat, until a day where one is given."""
    by = world.actor("registrar")
    person = directory.add_person(
        by=by, authority=world.authority, details=PersonDetails(name=name)
    )
    details = RoleDetails(
        post=post,
        role="Commissioner",
        starts=PartialDate.on(since),
        ends=PartialDate.on(until) if until else None,
    )
    directory.add_membership(by=by, person=person, organisation=post.organisation, details=details)
    return person


def an_arena(world: World, name: str = "County Board") -> Arena:
    """A board of seven that decides here."""
    body = a_body(world.actor("registrar"), world.hennepin, name)
    return actions.name_arena(by=world.actor(), initiative=world.hennepin, organisation=body)


def an_ask(world: World, arena: Arena | None = None, text: str = HEAT, **said: object) -> Ask:
    """A request to the board, to be voted on at the end of June."""
    return actions.make_ask(
        by=world.actor(),
        arena=arena or an_arena(world),
        text=text,
        **({"vote_on": VOTE_ON} | said),
    )


def on_record(
    world: World, ask: Ask, post: Post, text: str, stance: str = "unknown", minutes: int = 0
) -> OnRecord:
    """A public statement from a seat."""
    return actions.note_on_record(
        by=world.actor(at=NOON + timedelta(minutes=minutes)),
        ask=ask,
        kind=OnRecord.Kind.STATEMENT,
        post=post,
        text=text,
        stance=stance,
        link=MINUTES,
        when=SAID_ON,
    )


def let_speak(
    world: World, role: str = "partner", organisation: Organisation | None = None
) -> None:
    """Let a member speak for an organisation on decisions."""
    give_mandate(
        by=world.actor(),
        member=world.members[role],
        organisation=organisation or world.shelter,
        scope=Mandate.Scope.DECISIONS,
        given_by="The board, letter of March 3",
    )


def may(world: World, ask: Ask, limit: str = AdvocacyLimit.Limit.MAY_ASK, minutes: int = 0) -> None:
    """Let the shelter say what it may do for a request."""
    if not Mandate.objects.filter(member=world.members["partner"]).exists():
        let_speak(world)
    by = world.actor("partner", at=NOON + timedelta(minutes=minutes))
    actions.limit_advocacy(by=by, ask=ask, organisation=world.shelter, limit=limit)


def an_approach(world: World, ask: Ask, kind: str = Approach.Kind.ASK) -> Approach:
    """The shelter asks the first seat; it may."""
    may(world, ask)
    return actions.note_approach(
        by=world.actor("partner"),
        ask=ask,
        organisation=world.shelter,
        kind=kind,
        post=seat_of(ask.arena.organisation, 1),
        due_on=date(2026, 4, 10),
    )


def _some_seat(by: Actor, organisation: Organisation) -> Post:
    """A seat of an organisation, made where it has none."""
    known = Post.objects.filter(organisation=organisation).first()
    details = PostDetails(label="Chair")
    return known or directory.add_post(by=by, organisation=organisation, details=details)


def one_of_each(by: Actor, initiative: Initiative, body: Organisation, words: str) -> None:
    """One record of each kind about a body, with the words in its title or text."""
    seat = _some_seat(by, body)
    arena = actions.name_arena(by=by, initiative=initiative, organisation=body, about=words)
    actions.set_rule(by=by, arena=arena, words=RuleWords(basis="members", note=words))
    ask = actions.make_ask(by=by, arena=arena, text=words, title=words, vote_on=VOTE_ON)
    actions.note_on_record(
        by=by,
        ask=ask,
        kind=OnRecord.Kind.QUESTION,
        post=seat,
        text=words,
        link=MINUTES,
        when=SAID_ON,
    )
    actions.record_decision(
        by=by, arena=arena, ask=ask, title=words, text=words, result="postponed", when=SAID_ON
    )
    AdvocacyLimit(
        ask=ask,
        organisation=body,
        limit=AdvocacyLimit.Limit.MAY_ASK,
        because=words,
        recorded_at=by.at,
    ).save(force_insert=True)
    actions.note_approach(by=by, ask=ask, organisation=body, kind="ask", post=seat)


def _seated(world: World) -> Arena:
    """A board with holders, a vacancy, a deputy, a rule and its own steps."""
    by, arena = world.actor(), an_arena(world)
    body = arena.organisation
    a_holder(world, seat_of(body, 1), "Ana Ruiz")
    a_holder(world, seat_of(body, 2), "Bo Lund", until=date(2026, 6, 1))
    a_holder(world, seat_of(body, 3), "Cy Old", until=date(2025, 1, 6))
    deputy = directory.add_post(
        by=world.actor("registrar"),
        organisation=body,
        details=PostDetails(label="Vice chair", deputy_to=seat_of(body, 1)),
    )
    a_holder(world, deputy, "Di Vale")
    actions.seat_post(
        by=by, arena=arena, post=seat_of(body, 1), presides=True, appointed_by=world.office
    )
    gone = arena.seats.get(post=seat_of(body, 7))
    actions.end_seat(by=by, seat=gone)
    actions.set_rule(by=by, arena=arena, words=RuleWords(basis="voting"))
    two_thirds = RuleWords(
        basis="present",
        numerator=2,
        denominator=3,
        more_than=False,
        quorum=4,
        veto=seat_of(body, 1),
        override_numerator=2,
        override_denominator=3,
        note="By-laws, section 4",
    )
    later = world.actor(at=NOON + timedelta(minutes=1))
    actions.set_rule(by=later, arena=arena, words=two_thirds)
    steps = [TemplateStep("Attorney reads it", 100), TemplateStep("Committee", 14)]
    actions.set_template(by=by, arena=arena, steps=steps)
    return arena


def _requests(world: World, arena: Arena) -> None:
    """A request in every state, with steps, words on the record, contacts and decisions."""
    by, body = world.actor(), arena.organisation
    idea = bring_idea(by=by, initiative=world.hennepin, text="Open the halls at night")
    ask = an_ask(world, arena, solution=idea)
    first, _second = ask.steps.all()
    actions.revise_step(
        by=by,
        step=first,
        title=first.title,
        days_before=first.days_before,
        owner=body,
        owner_post=seat_of(body, 1),
    )
    on_record(world, ask, seat_of(body, 1), "Wants to see the cost first", "neutral")
    on_record(world, ask, seat_of(body, 1), "Will vote for it", "for", minutes=1)
    done = an_approach(world, ask)
    actions.answer_approach(by=by, approach=done, done_on=TODAY, answer="Will read it")
    an_approach(world, ask, Approach.Kind.INFORM)
    barrier = note_barrier(by=by, initiative=world.hennepin, text="The spacing rule of shelters")
    waiver = an_ask(world, arena, "Waive the spacing rule", barrier=barrier, vote_on=None)
    actions.move_ask(by=by, ask=waiver, state=Ask.State.SUBMITTED)
    back = an_ask(world, arena, "Name a liaison")
    actions.move_ask(by=by, ask=back, state=Ask.State.TAKEN_BACK, because="named without a vote")
    agenda = an_ask(world, arena, "Open two halls")
    actions.move_ask(by=by, ask=agenda, state=Ask.State.ON_AGENDA)
    decided = an_ask(world, arena, "Keep the van")
    votes = [OneVote("yes", seat_of(body, 1)), OneVote("no", seat_of(body, 2))]
    actions.record_decision(
        by=by,
        arena=arena,
        ask=decided,
        result=BodyDecision.Result.ADOPTED,
        text="The van stays for a year.",
        count=VoteCount(yes=4, no=1, absent=1),
        votes=votes,
        link=MINUTES,
        when=SAID_ON,
    )


def fill(world: World) -> None:
    """At least one record of every kind in every interesting state."""
    arena = _seated(world)
    _requests(world, arena)
    source = directory.record_source(
        by=Actor(kind="worker", at=NOON), authority=world.authority, title="Ten-Year Plan, page 12"
    )
    actions.record_decision(
        by=world.actor(),
        arena=arena,
        result=BodyDecision.Result.CHANGED,
        title="The plan of 2006",
        provenance=reported(source),
        when=PartialDate.on(date(2006, 11, 28)),
    )
    actions.set_window(
        by=world.actor("administrator"),
        authority=world.authority,
        name="General election 2026",
        starts_on=date(2026, 9, 1),
        ends_on=date(2026, 11, 3),
    )
