"""Makers of votes: partners with a voice, ballots of every rule, and what people say in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from headway.accounts.actor import Actor
from headway.directory.actions import OrganisationDetails, add_organisation
from headway.directory.models import Organisation
from headway.forums.actions import open_forum
from headway.forums.models import Forum
from headway.initiatives.actions import give_mandate, invite_member
from headway.initiatives.models import Initiative, Mandate, Member
from headway.partners.actions import add_partner
from headway.solutions.actions import bring_idea, start_recommendation
from headway.solutions.actions.ballots import (
    OptionLine,
    VoteRule,
    cast_vote,
    close_ballot,
    open_ballot,
    prepare_ballot,
    set_ways_to_vote,
)
from headway.solutions.actions.objections import note_objection
from headway.solutions.actions.outcomes import record_outcome
from headway.solutions.models import Ballot, Elector, Solution
from tests.world import NOON, TODAY, World

END = NOON + timedelta(days=7)
AFTER = END + timedelta(minutes=1)
CONSENT, ASIDE = {"voice": "consent"}, {"voice": "stand_aside"}
OBJECT = {"voice": "object"}
HARM = "It closes the only shelter for families."


def a_partner(world: World, name: str) -> tuple[Organisation, Member]:
    """A partner that takes part, with a member who may vote for it."""
    by = Actor(kind="worker", at=NOON)
    organisation = add_organisation(
        by=by,
        authority=world.authority,
        details=OrganisationDetails(name=name, sector="nonprofit"),
    )
    return organisation, a_voter(world, organisation, name)


def a_voter(world: World, organisation: Organisation, name: str) -> Member:
    """The organisation as a partner, and somebody of it with a mandate for decisions."""
    by = Actor(kind="worker", at=NOON)
    add_partner(by=by, initiative=world.hennepin, organisation=organisation)
    member = a_member(world, organisation, name)
    give_mandate(
        by=by,
        member=member,
        organisation=organisation,
        scope=Mandate.Scope.DECISIONS,
        given_by="Board",
        starts_on=TODAY,
    )
    return member


def a_member(world: World, organisation: Organisation, name: str) -> Member:
    """Somebody of an organisation who takes part."""
    slug = "".join(sign for sign in name.lower() if sign.isalnum())
    return invite_member(
        by=Actor(kind="worker", at=NOON),
        initiative=world.hennepin,
        email=f"{slug}@partner.example",
        name=f"{name} person",
        role="partner",
        organisation=organisation,
    )


def as_member(member: Member, at: datetime = NOON) -> Actor:
    """A member acting."""
    return Actor(kind="member", at=at, user=member.user, member_id=member.pk)


def partners(world: World, names: Sequence[str]) -> dict[str, Member]:
    """Several partners, each with a member who may vote for it."""
    return {name: a_partner(world, name)[1] for name in names}


def a_recommendation(
    world: World, title: str = "Open the church hall on cold nights", cost: Decimal | None = None
) -> Solution:
    """A recommendation that is being drafted."""
    solution = bring_idea(
        by=world.actor(), initiative=world.hennepin, title=title, text=f"{title}, from November on."
    )
    start_recommendation(by=world.actor(), solution=solution)
    Solution.objects.filter(pk=solution.pk).update(cost=cost)
    return Solution.objects.select_related("record__initiative").get(pk=solution.pk)


def a_group(
    world: World, public_body: str = Forum.PublicBody.NO, name: str = "Steering group"
) -> Forum:
    """A group that meets."""
    return open_forum(
        by=world.actor(),
        initiative=world.hennepin,
        name=name,
        public_body=public_body,
    )


def a_ballot(
    world: World,
    *,
    rule: str = Ballot.Rule.CONSENT,
    options: Sequence[str] = ("Open the church hall",),
    forum: Forum | None = None,
    solution: Solution | None = None,
    **settings: Any,
) -> Ballot:
    """A vote being prepared."""
    if rule not in {Ballot.Rule.CONSENT, Ballot.Rule.RANKING}:
        set_ways_to_vote(by=world.actor(), initiative=world.hennepin, more_ways=True)
    lines = [OptionLine(title=option, cost=Decimal(100)) for option in options]
    return prepare_ballot(
        by=world.actor(),
        initiative=world.hennepin,
        title="What do we do this winter?",
        text="We decide together.",
        options=[OptionLine(solution=solution)] if solution else lines,
        rule=VoteRule(rule=rule, **{"closes_at": END, **settings}),
        forum=forum,
    )


def an_open_ballot(world: World, **settings: Any) -> Ballot:
    """A vote in which one may vote."""
    return open_ballot(by=world.actor(), ballot=a_ballot(world, **settings))


def vote(
    ballot: Ballot,
    member: Member,
    said: Mapping[str, Any],
    because: str = "",
    at: datetime = NOON,
) -> Elector:
    """A member gives the voice of its organisation."""
    voices = Elector.objects.select_related("ballot__record__initiative").filter(ballot=ballot)
    own = {"organisation": member.organisation}
    elector = voices.get(**(own if ballot.voices == "organisations" else {"member": member}))
    return cast_vote(by=as_member(member, at), elector=elector, said=said, because=because)


def fill_votes(by: Actor, initiative: Initiative, words: str = "Winter") -> None:
    """A vote in each state, an objection and a decision, each with the words in its title."""
    options = [OptionLine(title=words)]
    drafted, opened, closed = (
        prepare_ballot(
            by=by,
            initiative=initiative,
            title=words,
            text=words,
            options=options,
            rule=VoteRule(voices=voices, closes_at=END),
        )
        for voices in ("persons", "organisations", "organisations")
    )
    assert drafted.state == Ballot.State.DRAFT
    for ballot in (opened, closed):
        open_ballot(by=by, ballot=ballot)
    close_ballot(ballot=closed, now=AFTER)
    note_objection(by=by, ballot=closed, text=words)
    record_outcome(by=by, initiative=initiative, text=words, review_on=TODAY + timedelta(days=30))


def fill(world: World) -> None:
    """Votes and decisions of every interesting state."""
    voters = partners(world, ["Ash", "Birch", "Cedar"])
    fill_votes(world.actor(), world.hennepin)
    for rule in Ballot.Rule.values:
        options = ("Beds",) if rule == Ballot.Rule.CONSENT else ("Beds", "Jobs")
        an_open_ballot(world, rule=rule, options=options, budget=100)
    objected = an_open_ballot(world, secret=True)
    vote(objected, voters["Ash"], OBJECT, HARM)
    vote(objected, voters["Birch"], CONSENT)
    close_ballot(ballot=objected, now=AFTER)


def keys_in(folder: Path) -> list[Path]:
    """The keys that lie in a folder."""
    return sorted(Path(folder).glob("*.key"))
