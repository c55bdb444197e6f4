from datetime import date, timedelta

import pytest

from headway.accounts.models import Event, OutboxMessage
from headway.commitments import actions
from headway.commitments.models import Commitment
from headway.core.errors import RuleError
from headway.directory.actions import OrganisationDetails, add_organisation
from headway.directory.actions.details import PersonDetails
from headway.directory.actions.people import add_person
from headway.directory.actions.posts import RoleDetails, add_membership
from headway.initiatives.models import Link, RecordState
from headway.initiatives.provenance import reported
from headway_analysis.partial_date import PartialDate
from tests.commitments.making import (
    DUE,
    LATER,
    LIST,
    a_confirmed_promise,
    a_promise,
    a_seat,
    a_source,
    fill,
    let_speak,
)
from tests.world import NOON, TODAY, World

State = Commitment.State


def states(promise: Commitment) -> list[tuple[str, str]]:
    return list(
        RecordState.objects.filter(record=promise.record)
        .order_by("recorded_at")
        .values_list("state", "because")
    )


def verbs(promise: Commitment) -> list[str]:
    return list(Event.objects.about(promise.pk).order_by("position").values_list("verb", flat=True))


def test_a_promise_is_an_intent_of_its_organisation_and_writes_one_event(world: World) -> None:
    promise = a_promise(world)
    assert (promise.state, promise.organisation, promise.text) == ("intent", world.shelter, LIST)
    assert verbs(promise) == ["promised"]
    assert promise.asked_by == world.members["convener"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"text": "  "}, "text"), ({"organisation": None}, "organisation")],
)
def test_a_promise_says_what_and_who(world: World, changes: dict[str, object], field: str) -> None:
    with pytest.raises(RuleError) as refused:
        a_promise(world, **changes)
    assert refused.value.field == field


def test_only_who_may_speak_for_the_organisation_confirms(world: World) -> None:
    promise = a_promise(world)
    for role in ("convener", "facilitator", "partner"):
        with pytest.raises(RuleError, match="mandate"):
            actions.confirm_promise(
                by=world.actor(role), commitment=promise, authority_stated="own"
            )
    let_speak(world)
    confirmed = actions.confirm_promise(
        by=world.actor("partner"), commitment=promise, authority_stated="own"
    )
    assert (confirmed.state, confirmed.authority_stated) == ("confirmed", "own")
    assert confirmed.confirmed_by == world.members["partner"]
    event = Event.objects.about(promise.pk).get(verb="confirmed")
    assert event.organisation_id == world.shelter.pk


def test_a_mandate_for_another_organisation_confirms_nothing(world: World) -> None:
    let_speak(world, organisation=world.office)
    with pytest.raises(RuleError, match="mandate"):
        actions.confirm_promise(
            by=world.actor("partner"), commitment=a_promise(world), authority_stated="own"
        )


def test_being_named_in_a_promise_lets_nobody_speak_for_another_organisation(world: World) -> None:
    registrar, partner = world.actor("registrar"), world.members["partner"]
    assert partner.user is not None
    person = add_person(
        by=registrar,
        authority=world.authority,
        details=PersonDetails(name=partner.name, email=partner.user.email),
    )
    promise = a_promise(world, organisation=world.office, person=person)
    with pytest.raises(RuleError, match="mandate"):
        actions.confirm_promise(
            by=world.actor("partner"), commitment=promise, authority_stated="own"
        )
    add_membership(
        by=registrar,
        person=person,
        organisation=world.office,
        details=RoleDetails(role="Director"),
    )
    actions.confirm_promise(by=world.actor("partner"), commitment=promise, authority_stated="own")
    promise.refresh_from_db()
    assert promise.state == "confirmed"


def test_what_has_ended_is_not_worded_anew(world: World) -> None:
    promise = actions.keep_promise(by=world.actor(), commitment=a_confirmed_promise(world))
    with pytest.raises(RuleError, match="has ended"):
        actions.revise_promise(by=world.actor("partner"), commitment=promise, text="Something else")
    promise.refresh_from_db()
    assert promise.text == LIST


def test_whoever_needs_the_board_says_when_it_decides(world: World) -> None:
    promise = a_promise(world)
    let_speak(world)
    by = world.actor("partner")
    with pytest.raises(RuleError) as refused:
        actions.confirm_promise(by=by, commitment=promise, authority_stated="board")
    assert refused.value.field == "board_by"
    with pytest.raises(RuleError, match="a day to come") as refused:
        actions.confirm_promise(
            by=by,
            commitment=promise,
            authority_stated="board",
            board_by=TODAY - timedelta(days=1),
        )
    assert refused.value.field == "board_by"
    confirmed = actions.confirm_promise(
        by=by, commitment=promise, authority_stated="board", board_by=LATER
    )
    assert confirmed.board_by == LATER


def test_every_change_of_state_stands_with_date_and_reason(world: World) -> None:
    promise = a_confirmed_promise(world)
    by = world.actor()
    actions.move_promise(
        by=by, commitment=promise, until=PartialDate.on(LATER), because="the permit is late"
    )
    dropped = actions.drop_promise(by=by, commitment=promise, because="no money")
    assert states(promise) == [
        ("intent", ""),
        ("confirmed", "within our authority"),
        ("new_date", "the permit is late"),
        ("dropped", "no money"),
    ]
    assert (dropped.first_due_to, dropped.due_to) == (DUE, LATER)
    assert verbs(promise) == ["promised", "confirmed", "moved", "dropped"]


def test_an_end_needs_its_reason_and_stands_until_opened_again(world: World) -> None:
    promise, by = a_promise(world), world.actor()
    with pytest.raises(RuleError) as refused:
        actions.drop_promise(by=by, commitment=promise, because=" ")
    assert refused.value.field == "because"
    actions.keep_promise(by=by, commitment=promise, evidence="list mailed")
    with pytest.raises(RuleError, match="has ended"):
        actions.drop_promise(by=by, commitment=promise, because="no money")
    opened = actions.reopen_promise(by=by, commitment=promise, because="only half was sent")
    assert (opened.state, opened.ended_on) == ("intent", None)


def test_a_new_date_lies_ahead_and_differs(world: World) -> None:
    promise, by = a_promise(world), world.actor()
    for until in (PartialDate.on(date(2026, 3, 1)), PartialDate.on(DUE)):
        with pytest.raises(RuleError) as refused:
            actions.move_promise(by=by, commitment=promise, until=until)
        assert refused.value.field == "until"


def test_another_organisation_confirms_anew_what_it_takes_over(world: World) -> None:
    promise = a_confirmed_promise(world)
    passed = actions.hand_over_promise(
        by=world.actor(), commitment=promise, organisation=world.office
    )
    assert (passed.organisation, passed.state, passed.confirmed_at) == (
        world.office,
        "intent",
        None,
    )


def test_the_old_seat_does_not_move_along(world: World) -> None:
    seat = a_seat(world, world.shelter)
    promise, by = a_promise(world, post=seat), world.actor()
    passed = actions.hand_over_promise(
        by=by, commitment=promise, organisation=world.office, post=seat
    )
    assert (passed.organisation, passed.post) == (world.office, None)
    with pytest.raises(RuleError) as refused:
        actions.hand_over_promise(by=by, commitment=promise, organisation=world.office, post=seat)
    assert refused.value.field == "post"


def test_what_comes_out_of_something_closed_is_closed_too(world: World) -> None:
    secret = a_promise(world, "among us", visibility="members")
    assert a_promise(world, "more", came_from=secret.record).record.visibility == "members"


def test_others_who_word_a_confirmed_promise_anew_make_it_an_intent(world: World) -> None:
    promise = a_confirmed_promise(world)
    actions.revise_promise(by=world.actor("partner"), commitment=promise, text=f"{LIST} and more")
    promise.refresh_from_db()
    assert promise.state == State.CONFIRMED
    actions.revise_promise(by=world.actor(), commitment=promise, text="Buy a bus")
    promise.refresh_from_db()
    assert (promise.state, promise.authority_stated) == (State.INTENT, "")


def test_parts_of_a_promise_know_what_they_came_from(world: World) -> None:
    promise, by = a_promise(world), world.actor()
    with pytest.raises(RuleError):
        actions.split_promise(by=by, commitment=promise, parts=["one"])
    parts = actions.split_promise(by=by, commitment=promise, parts=["Write it", "", "Send it"])
    assert [part.text for part in parts] == ["Write it", "Send it"]
    links = Link.objects.filter(target=promise.record, kind="came_from")
    assert {link.origin_id for link in links} == {part.pk for part in parts}
    promise.refresh_from_db()
    assert promise.state == State.SPLIT


def test_only_what_has_ended_goes_into_the_archive(world: World) -> None:
    promise, by = a_promise(world), world.actor()
    with pytest.raises(RuleError, match="ended"):
        actions.archive_promise(by=by, commitment=promise)
    actions.keep_promise(by=by, commitment=promise)
    assert actions.archive_promise(by=by, commitment=promise).archived_at == NOON


def test_milestones_say_how_much_is_done(world: World) -> None:
    promise, by = a_promise(world), world.actor()
    actions.note_progress(by=by, commitment=promise, percent=30)
    promise.refresh_from_db()
    assert promise.progress == 30
    steps = [
        actions.add_milestone(by=by, commitment=promise, title=title) for title in ("a", "b", "c")
    ]
    actions.reach_milestone(by=by, milestone=steps[0])
    assert Commitment.objects.get(pk=promise.pk).progress == 33
    actions.withdraw_milestone(by=by, milestone=steps[2])
    assert Commitment.objects.get(pk=promise.pk).progress == 50
    with pytest.raises(RuleError, match="milestones"):
        actions.note_progress(by=by, commitment=promise, percent=90)


def test_the_seat_belongs_to_the_organisation(world: World) -> None:
    post = a_seat(world, world.office)
    with pytest.raises(RuleError) as refused:
        a_promise(world, post=post)
    assert refused.value.field == "post"
    promise = a_promise(world, organisation=None, post=post)
    assert (promise.organisation, promise.post) == (world.office, post)


def test_what_a_source_reports_comes_in_once_and_mails_nobody(world: World) -> None:
    source = reported(a_source(world))
    first = a_promise(world, organisation_as_said="the shelter", provenance=source)
    again = a_promise(world, organisation_as_said="the shelter", provenance=source)
    other = a_promise(world, organisation_as_said="the county", provenance=source)
    assert first == again
    assert other != first
    actions.keep_promise(by=world.actor(), commitment=first, provenance=source)
    first.refresh_from_db()
    assert (first.state, first.ended_on) == (State.KEPT, None)
    assert not OutboxMessage.objects.exists()


def test_an_organisation_of_another_authority_is_refused(world: World) -> None:
    from headway.accounts.actions import make_authority

    other = make_authority(at=NOON, name="Ramsey County", host_name="other.example")
    theirs = add_organisation(
        by=world.actor("registrar"), authority=other, details=OrganisationDetails(name="Theirs")
    )
    with pytest.raises(RuleError) as refused:
        a_promise(world, organisation=theirs)
    assert refused.value.field == "organisation"


def test_one_of_everything_can_be_made(world: World) -> None:
    fill(world)
    assert set(Commitment.objects.values_list("state", flat=True)) == set(State.values)
