"""Votes on their pages: prepared, opened, given on a phone, hidden, counted and written down."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client

from headway.accounts.models import EventValue
from headway.exchange.actions import redact
from headway.initiatives.actions import withdraw_record
from headway.initiatives.models import Record
from headway.initiatives.queries.field_words import field_words
from headway.solutions.actions.ballots import (
    OptionLine,
    VoteRule,
    close_ballot,
    open_ballot,
    prepare_ballot,
)
from headway.solutions.models import Ballot, NamedVote, Objection, Outcome, SealedVote, Solution
from tests.solutions.voting import (
    AFTER,
    CONSENT,
    END,
    HARM,
    OBJECT,
    a_ballot,
    a_recommendation,
    a_voter,
    an_open_ballot,
    as_member,
    partners,
    vote,
)
from tests.world import NOON, World

FORM = {
    "title": "Do we open the church hall?",
    "rule": "consent",
    "voices": "organisations",
    "closes_on": "2026-04-03",
    "quorum_percent": "50",
    "needed_percent": "50",
}


def browser(member: object) -> Client:
    """A browser in which a member is signed in."""
    client = Client()
    client.force_login(member.user)
    return client


def text_of(client: Client, address: str) -> str:
    """A page as it reads."""
    return unescape(client.get(address).content.decode())


@time_machine.travel(NOON, tick=False)
def test_a_vote_goes_from_draft_to_decision(world: World) -> None:
    voters = partners(world, ["Ash", "Birch"])
    solution = a_recommendation(world)
    convener = world.client("convener")
    drafted = convener.post(
        world.address("solutions:prepare_ballot"), {**FORM, "solutions": str(solution.pk)}
    )
    assert drafted.status_code == 302, drafted.content.decode()
    ballot = Ballot.objects.get()
    page = text_of(convener, drafted["Location"])
    assert "nobody objects with a reason" in page
    assert "from November on" in page
    assert "It closes on Friday, April 3, 2026, end of the day" in page
    convener.post(world.address("solutions:open_ballot", ballot.pk), {})
    for name, said in (("Ash", CONSENT), ("Birch", OBJECT)):
        given = browser(voters[name]).post(
            world.address("solutions:vote", ballot.pk), {**said, "because": HARM}
        )
        assert given.status_code == 302
    shown = text_of(convener, drafted["Location"])
    assert "2 of 2 have voted" in shown
    assert HARM not in shown
    convener.post(world.address("solutions:close_ballot", ballot.pk), {})
    objection = Objection.objects.get()
    assert HARM in text_of(convener, drafted["Location"])
    decide = {"text": "We open it.", "solution": solution.pk, "decision": "adopted"}
    decide |= {"ballot": str(ballot.pk), "review_on": "2026-12-01"}
    refused = convener.post(world.address("solutions:record_outcome"), decide)
    assert refused.status_code == 422
    convener.post(
        world.address("solutions:answer_objection", objection.pk),
        {"state": "met", "answer": "Families keep their own entrance."},
    )
    assert "Adopted: no objection is open." in text_of(convener, drafted["Location"])
    assert convener.post(world.address("solutions:record_outcome"), decide).status_code == 302
    outcome = Outcome.objects.get()
    assert Solution.objects.get().state == "adopted"
    assert "We open it." in text_of(convener, world.address("solutions:outcome", outcome.pk))


@time_machine.travel(NOON, tick=False)
def test_whoever_votes_finds_the_way_to_stay_out_while_it_is_open(world: World) -> None:
    voters = partners(world, ["Ash", "Birch"])
    ballot = an_open_ballot(world)
    address = world.address("solutions:ballot", ballot.pk)
    way = world.address("solutions:recuse", ballot.pk)
    ash, birch = browser(voters["Ash"]), browser(voters["Birch"])
    assert way in text_of(ash, address)
    assert way not in text_of(world.client("observer"), address)
    assert text_of(world.client("convener"), address).count(way) == 1
    voice = ballot.electors.get(organisation=voters["Ash"].organisation)
    ash.post(way, {"elector": str(voice.pk), "because": "would run it"})
    assert way not in text_of(ash, address)
    vote(ballot, voters["Birch"], CONSENT)
    assert way not in text_of(birch, address)


@time_machine.travel(NOON, tick=False)
def test_the_form_says_when_no_recommendation_need_be_chosen(world: World) -> None:
    form = text_of(world.client("convener"), world.address("solutions:prepare_ballot"))
    assert "Exactly one for consent" not in form
    assert "none where the question itself is the proposal" in form


def test_the_log_says_the_words_of_the_options(world: World) -> None:
    ballot = a_ballot(world, rule="ranking", options=["Night shelter", "Day center"])
    said = EventValue.objects.filter(event__subject_id=ballot.pk, event__verb="prepared")
    told = dict(said.values_list("field", "new"))
    assert (told["option_1"], told["option_2"]) == ("Night shelter", "Day center")
    assert "options" not in told
    assert field_words("ballot", "option_2") == "Option 2"
    by = world.actor("records_officer")
    redact(by=by, record=ballot.record, fields=["ballotoption.title"], because="names a client")
    assert not said.filter(new__in=["Night shelter", "Day center"]).exists()


@time_machine.travel(NOON, tick=False)
def test_the_usual_two_ways_stand_in_front_until_more_are_switched_on(world: World) -> None:
    convener = world.client("convener")
    assert "split a budget" not in text_of(convener, world.address("solutions:prepare_ballot"))
    convener.post(world.address("solutions:ways_to_vote"), {"more_ways": "on"})
    assert "split a budget" in text_of(convener, world.address("solutions:prepare_ballot"))


@time_machine.travel(NOON, tick=False)
def test_what_was_typed_is_kept_where_something_does_not_fit(world: World) -> None:
    form = {**FORM, "rule": "ranking", "others": "Only one", "text": "Kept words"}
    answer = world.client("convener").post(world.address("solutions:prepare_ballot"), form)
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("rule", "sent", "content"),
    [
        ("ranking", {"option_2": "1", "option_1": "2"}, {"ranks": {"1": 2, "2": 1}}),
        ("approval", {"chosen": ["1", "2"]}, {"chosen": [1, 2]}),
        ("score", {"option_1": "5"}, {"scores": {"1": 5}}),
        ("budget", {"chosen": ["2"]}, {"chosen": [2]}),
    ],
)
def test_each_rule_has_its_paper(
    world: World, rule: str, sent: dict[str, object], content: dict[str, object]
) -> None:
    ash = partners(world, ["Ash"])["Ash"]
    ballot = an_open_ballot(world, rule=rule, options=("Beds", "Jobs"), budget=100)
    answer = browser(ash).post(world.address("solutions:vote", ballot.pk), sent)
    assert answer.status_code == 302, answer.content.decode()
    kept = dict(NamedVote.objects.get().content)
    kept.pop("because")
    assert kept == content


@time_machine.travel(NOON, tick=False)
def test_the_page_of_a_vote_asks_whoever_sends_it_empty(world: World) -> None:
    ash = partners(world, ["Ash"])["Ash"]
    ballot = an_open_ballot(world, rule="ranking", options=("Church hall", "Night bus"))
    address = world.address("solutions:vote", ballot.pk)
    refused = browser(ash).post(address, {"option_1": "", "option_2": ""})
    assert refused.status_code == 422
    assert "or say that you abstain" in refused.content.decode()
    assert not NamedVote.objects.exists()
    browser(ash).post(address, {"option_1": "", "option_2": "", "abstains": "on"})
    assert NamedVote.objects.get().content["ranks"] == {}


@time_machine.travel(NOON, tick=False)
def test_an_objection_without_a_reason_comes_back_with_what_was_chosen(world: World) -> None:
    ash = partners(world, ["Ash"])["Ash"]
    ballot = an_open_ballot(world)
    answer = browser(ash).post(world.address("solutions:vote", ballot.pk), OBJECT)
    assert answer.status_code == 422
    assert "Say what harm you see" in answer.content.decode()


@time_machine.travel(NOON, tick=False)
def test_the_paper_of_a_secret_vote_says_what_secrecy_is_worth(world: World, keys: object) -> None:
    ash = partners(world, ["Ash"])["Ash"]
    address = world.address("solutions:vote", an_open_ballot(world, secret=True).pk)
    page = text_of(browser(ash), address)
    assert "whoever runs the server and holds its key could look" in page
    assert "If all vote alike" in page
    assert "final" in page
    assert browser(ash).post(address, CONSENT).status_code == 302
    again = browser(ash).post(address, CONSENT)
    assert (again.status_code, SealedVote.objects.count()) == (422, 1)


@time_machine.travel(NOON, tick=False)
def test_the_convener_does_not_vote_for_others(world: World) -> None:
    partners(world, ["Ash"])
    address = world.address("solutions:vote", an_open_ballot(world).pk)
    assert world.client("convener").get(address).status_code == 403


@time_machine.travel(NOON, tick=False)
def test_a_file_of_the_votes_is_refused_while_the_vote_is_open(world: World) -> None:
    voters = partners(world, ["Ash", "Birch"])
    ballot = an_open_ballot(world)
    vote(ballot, voters["Ash"], CONSENT)
    address = world.address("solutions:recount_csv", ballot.pk)
    convener, shown = world.client("convener"), world.address("solutions:ballot", ballot.pk)
    assert "Close and count" not in text_of(convener, shown)
    refused = convener.get(address)
    assert refused.status_code == 409
    assert "April 3, 2026" in refused.content.decode()
    vote(ballot, voters["Birch"], CONSENT)
    assert "Close and count" in text_of(convener, shown)
    convener.post(world.address("solutions:close_ballot", ballot.pk), {})
    file = b"".join(world.client("convener").get(address)).decode()
    assert "consent,2" in file
    page = text_of(world.client("convener"), world.address("solutions:ballot", ballot.pk))
    assert "Save the votes (CSV)" in page
    assert "count them again" not in page


def test_a_file_of_the_votes_names_no_recommendation_that_its_reader_may_not_see(
    world: World,
) -> None:
    voters = partners(world, ["Ash"])
    hidden = a_recommendation(world, "Buy the old motel")
    Record.objects.filter(pk=hidden.pk).update(visibility="members")
    options = [OptionLine(solution=hidden), OptionLine(title="Rent rooms")]
    ballot = prepare_ballot(
        by=world.actor(),
        initiative=world.hennepin,
        title="Which one?",
        options=options,
        rule=VoteRule(rule="ranking", closes_at=END),
    )
    open_ballot(by=world.actor(), ballot=ballot)
    vote(ballot, voters["Ash"], {"ranks": {1: 1}})
    close_ballot(ballot=ballot, now=AFTER)
    address = world.address("solutions:recount_csv", ballot.pk)
    read = {role: b"".join(world.client(role).get(address)).decode() for role in ("", "convener")}
    assert "Buy the old motel" in read["convener"]
    assert "motel" not in read[""]
    assert "1 a recommendation for members only" in read[""]
    page = text_of(world.client(""), world.address("solutions:ballot", ballot.pk))
    assert "Save the votes to count them again (CSV)" in page


def test_nobody_withdraws_a_vote_to_see_how_it_stands(world: World) -> None:
    voters = partners(world, ["Ash"])
    ballot = an_open_ballot(world)
    vote(ballot, voters["Ash"], CONSENT)
    withdraw_record(by=world.actor(), record=ballot.record, because="asked too early")
    close_ballot(ballot=ballot, now=NOON)
    convener = world.client("convener")
    page = text_of(convener, world.address("solutions:ballot", ballot.pk))
    assert "withdrawn before its close" in page
    assert "consents" not in page
    file = convener.get(world.address("solutions:recount_csv", ballot.pk))
    assert "consent,0" in b"".join(file).decode()


@time_machine.travel(NOON, tick=False)
def test_a_visitor_reads_how_many_voted_and_after_the_close_how_organizations_did(
    world: World,
) -> None:
    voters = partners(world, ["Ash", "Birch"])
    ballot = an_open_ballot(world)
    for member in voters.values():
        vote(ballot, member, CONSENT)
    address = world.address("solutions:ballot", ballot.pk)
    assert "2 of 2 have voted" in text_of(world.client(), address)
    assert "consents" not in text_of(world.client(), address)
    world.client("convener").post(world.address("solutions:close_ballot", ballot.pk), {})
    shown = text_of(world.client(), address)
    assert "consents" in shown
    assert "Ash person" not in shown
    assert "Ash person" in text_of(world.client("observer"), address)


@time_machine.travel(AFTER + timedelta(days=1), tick=False)
def test_a_vote_that_is_over_takes_no_vote_by_its_page(world: World) -> None:
    ash = partners(world, ["Ash"])["Ash"]
    ballot = an_open_ballot(world)
    answer = browser(ash).post(world.address("solutions:vote", ballot.pk), CONSENT)
    assert answer.status_code == 422
    assert "not open now" in answer.content.decode()
    assert END < AFTER


@time_machine.travel(NOON, tick=False)
def test_a_stand_in_votes_and_the_history_says_so(world: World) -> None:
    voters = partners(world, ["Ash", "Birch"])
    ballot = an_open_ballot(world)
    voice = ballot.electors.get(organisation=voters["Ash"].organisation)
    named = browser(voters["Ash"]).post(
        world.address("solutions:stand_in", ballot.pk),
        {"elector": str(voice.pk), "member": str(voters["Birch"].pk)},
    )
    assert named.status_code == 302, named.content.decode()
    given = browser(voters["Birch"]).post(
        world.address("solutions:vote", ballot.pk), {"elector": str(voice.pk), **CONSENT}
    )
    assert given.status_code == 302
    address = world.address("initiatives:record_history", ballot.pk)
    assert "Birch person – Ash" in text_of(world.client("convener"), address)
    vote(ballot, voters["Birch"], CONSENT)
    world.client("convener").post(world.address("solutions:close_ballot", ballot.pk), {})
    address = world.address("solutions:ballot", ballot.pk)
    assert "Birch person, as a stand-in" in text_of(world.client("convener"), address)


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize("name", ["solutions:ballots", "solutions:outcomes"])
def test_an_empty_list_teaches_the_first_step(world: World, name: str) -> None:
    assert "empty" in world.client("convener").get(world.address(name)).content.decode()
    assert as_member(a_voter(world, world.shelter, "Shelter")).kind == "member"


@time_machine.travel(NOON, tick=False)
def test_the_lists_ask_as_little_for_many_rows_as_for_few(
    world: World, django_assert_max_num_queries: object
) -> None:
    partners(world, ["Ash"])
    for _number in range(6):
        an_open_ballot(world)
        a_ballot(world)
    client = world.client("convener")
    for name in ("solutions:ballots", "solutions:outcomes"):
        with django_assert_max_num_queries(12):
            assert client.get(world.address(name)).status_code == 200
