"""Learning reviews: they open by themselves, merge what several tell, and know no teller."""

from datetime import UTC, datetime, timedelta

import pytest

from headway.accounts.actor import Actor
from headway.accounts.models import Event, EventValue, RetentionClass
from headway.core.errors import RuleError
from headway.core.keys import UnreadableError
from headway.initiatives.actions import place_hold, release_hold, withdraw_record
from headway.initiatives.models import Link, RecordState, Wording
from headway.pilots import actions
from headway.pilots.actions import Told
from headway.pilots.actions.sealing import ROOM, seal_told, unseal_told
from headway.pilots.models import (
    FollowUp,
    Review,
    ReviewDraft,
    ReviewParticipant,
    SealedTelling,
    Telling,
)
from tests.pilots.making import a_running_pilot, a_small_test
from tests.pilots.making_reviews import (
    LEARNED,
    a_closed_review,
    a_follow_up,
    a_review,
    all_agree,
    an_ended_test,
    answer,
    tells,
    when,
)
from tests.world import NOON, TODAY, World

TOMORROW = NOON + timedelta(days=1)


def told(review: Review) -> list[str]:
    """What stands there, by date."""
    rows = Telling.objects.filter(review=review)
    return [row.text for row in rows.order_by("happened_from", "text")]


def test_a_review_opens_by_itself_when_a_small_test_ends_with_owner_and_day(world: World) -> None:
    review = an_ended_test(world)
    assert review.record.owner == world.members["convener"]
    assert review.due_on == TODAY + timedelta(days=14)
    assert review.occasion == "ended"
    assert Link.objects.filter(origin=review.record, kind="came_from").exists()
    assert RecordState.objects.get(record=review.record).state == "open"


def test_a_review_opens_by_itself_when_a_pilot_is_stopped(world: World) -> None:
    pilot = a_running_pilot(world)
    actions.stop_pilot(by=world.actor(), pilot=pilot, because="a family lost its place")
    assert Review.objects.get(about=pilot.record).occasion == "stopped"


def test_while_a_review_is_open_the_same_one_answers(world: World) -> None:
    test = a_small_test(world)
    asked = {"by": world.actor(), "about": test.record, "occasion": "asked"}
    first = actions.open_review(**asked)
    assert actions.open_review(**asked) == first
    answer(world, first)
    actions.close_review(by=world.actor(), review=first)
    assert actions.open_review(**asked) != first


def test_what_two_tell_merges_in_order_of_partial_dates(world: World) -> None:
    review = a_review(world)
    tells(world, "partner", review, "March 2026: it was printed", "2025: it was planned")
    assert told(review) == []
    tells(world, "evaluator", review, "2026-02-03: the old forms ran out")
    assert told(review) == ["it was planned", "the old forms ran out", "it was printed"]
    assert not SealedTelling.objects.exists()


def test_what_one_tells_alone_waits_until_the_day_is_over(world: World) -> None:
    review = a_review(world)
    tells(world, "partner", review, "It was cold")
    tells(world, "partner", review, "It was late")
    assert actions.store_told(now=NOON) == 0
    assert told(review) == []
    assert actions.store_told(now=TOMORROW) == 2
    assert set(told(review)) == {"It was cold", "It was late"}
    assert actions.store_told(now=TOMORROW) == 0


def test_nothing_stored_says_who_told_or_when(world: World) -> None:
    review = a_review(world)
    before = Event.objects.count()
    tells(world, "partner", review, "It was cold")
    tells(world, "evaluator", review, "It was late")
    assert Event.objects.count() == before
    assert not EventValue.objects.filter(new__contains="cold").exists()
    assert not Wording.objects.filter(text__contains="cold").exists()
    columns = {field.name for field in Telling._meta.get_fields()}
    assert columns == {
        *("id", "review", "part", "text", "happened_from", "happened_to", "date_as_said")
    }
    of_people = {field.name for field in ReviewParticipant._meta.get_fields()}
    assert of_people == {
        *("id", "review", "member", "joined_on", "agreed_to", "agreed_on", "noted_at", "left_on")
    }
    # The one instant among them is that at which somebody else noted an agreement.
    assert not ReviewParticipant.objects.exclude(noted_at=None).exists()


def test_only_who_takes_part_tells(world: World) -> None:
    review = a_review(world)
    for role in ("convener", "observer"):
        with pytest.raises(RuleError, match="First take part"):
            tells(world, role, review, "It was cold")
    actions.leave_review(by=world.actor("partner"), review=review)
    with pytest.raises(RuleError, match="First take part"):
        tells(world, "partner", review, "It was cold")
    with pytest.raises(RuleError, match="Tell at least one thing"):
        tells(world, "evaluator", review)


def test_a_sealed_telling_opens_under_its_key_and_for_its_review_alone(world: World) -> None:
    review = an_ended_test(world)
    key = b"k" * 32
    longest = Told("event", "\U0001f9e1" * 2_500 + "é" * 2_500, when("autumn 2007"))
    sealed = seal_told(longest, key=key, review_id=review.pk)
    assert unseal_told(sealed, key=key, review_id=review.pk) == longest
    short = seal_told(Told("learned", "x"), key=key, review_id=review.pk)
    assert len(short) == len(sealed) > ROOM
    with pytest.raises(UnreadableError):
        unseal_told(sealed, key=key, review_id=world.hennepin.pk)


def test_answers_stay_with_those_who_take_part_until_all_agreed(world: World) -> None:
    review = a_review(world)
    answer(world, review)
    assert not Wording.objects.filter(record=review.record).exists()
    assert not EventValue.objects.filter(new__contains=LEARNED).exists()
    with pytest.raises(RuleError, match="2 people who take part have not agreed"):
        actions.close_review(by=world.actor(), review=review)
    all_agree(world, review)
    closed = actions.close_review(by=world.actor(), review=review)
    assert closed.learned == LEARNED
    assert Wording.objects.filter(record=review.record, text=LEARNED).exists()


def test_whoever_agreed_is_asked_anew_when_the_answers_change(world: World) -> None:
    review = a_review(world)
    answer(world, review)
    all_agree(world, review)
    answer(world, review)
    assert not ReviewParticipant.objects.filter(agreed_to="").exists()
    answer(world, review, learned="Something else")
    assert not ReviewParticipant.objects.exclude(agreed_to="").exists()


def test_who_left_the_initiative_or_the_review_need_not_agree(world: World) -> None:
    review = a_review(world)
    answer(world, review)
    actions.agree(by=world.actor("evaluator"), review=review, reach="partners")
    actions.leave_review(by=world.actor("partner"), review=review)
    assert actions.close_review(by=world.actor(), review=review).state == "closed"


def test_an_agreement_noted_by_somebody_else_says_so_until_one_answers_oneself(
    world: World,
) -> None:
    review = a_review(world)
    answer(world, review)
    all_agree(world, review)
    noted = ReviewParticipant.objects.get(review=review, member=world.members["partner"])
    assert noted.noted_at == NOON
    own = actions.agree(by=world.actor("partner"), review=review, reach="everybody")
    assert (own.noted_at, own.agreed_to) == (None, "everybody")
    log = Event.objects.about(review.pk).filter(verb="agreed")
    assert set(log.values_list("user", "member_id")) == {(None, None)}


def test_a_change_of_the_answers_meanwhile_is_noticed(world: World) -> None:
    review = a_review(world)
    answer(world, review)
    with pytest.raises(RuleError, match="Somebody changed this"):
        actions.draft_answers(by=world.actor("partner"), review=review, learned="Mine", seen=0)
    assert ReviewDraft.objects.get(review=review).learned == LEARNED


def test_a_review_with_an_ownerless_follow_up_cannot_close(world: World) -> None:
    review = a_review(world)
    answer(world, review)
    all_agree(world, review)
    loose = a_follow_up(world, review, owner=None, due_on=None)
    with pytest.raises(RuleError, match="1 follow-up has no owner"):
        actions.close_review(by=world.actor(), review=review)
    actions.revise_follow_up(
        by=world.actor(),
        follow_up=loose,
        text=loose.text,
        owner_member=world.members["partner"],
        due_on=TODAY,
    )
    assert actions.close_review(by=world.actor(), review=review).state == "closed"


def test_a_closed_review_keeps_no_follow_up_that_nobody_looks_after(world: World) -> None:
    review = a_review(world)
    owned = a_follow_up(world, review)
    answer(world, review)
    all_agree(world, review)
    actions.close_review(by=world.actor(), review=review)
    with pytest.raises(RuleError, match="Name who does it, or say why") as refused:
        actions.revise_follow_up(by=world.actor(), follow_up=owned, text="Print them")
    assert refused.value.field == "owner"
    with pytest.raises(RuleError, match="Name who does it, or say why"):
        a_follow_up(world, review, "Ask the library", owner=None, due_on=None)
    assert a_follow_up(world, review, "Ask the library").owner == world.shelter


def test_a_follow_up_is_not_due_on_a_day_gone_by(world: World) -> None:
    review = a_review(world)
    gone = TODAY - timedelta(days=1)
    with pytest.raises(RuleError) as refused:
        a_follow_up(world, review, due_on=gone)
    assert refused.value.field == "due_on"
    late = a_follow_up(world, review)
    with pytest.raises(RuleError, match="still to come"):
        actions.revise_follow_up(
            by=world.actor(), follow_up=late, text="Sooner", owner=world.shelter, due_on=gone
        )
    FollowUp.objects.filter(pk=late.pk).update(due_on=gone)
    assert actions.revise_follow_up(
        by=world.actor(), follow_up=late, text="Worded anew", owner=world.shelter, due_on=gone
    )


def test_a_member_who_left_looks_after_nothing(world: World) -> None:
    review = a_review(world)
    a_follow_up(world, review, owner=None, owner_member=world.members["liaison"])
    assert not FollowUp.objects.ownerless().exists()
    world.members["liaison"].change(left_at=NOON)
    assert FollowUp.objects.ownerless().exists()


def test_not_doing_because_is_an_answer_and_needs_no_owner(world: World) -> None:
    review = a_review(world)
    answer(world, review)
    all_agree(world, review)
    loose = a_follow_up(world, review, owner=None, due_on=None)
    with pytest.raises(RuleError, match="Say why"):
        actions.refuse_follow_up(by=world.actor(), follow_up=loose, because=" ")
    actions.refuse_follow_up(by=world.actor(), follow_up=loose, because="no room before May")
    assert actions.close_review(by=world.actor(), review=review).state == "closed"
    assert FollowUp.objects.get(pk=loose.pk).state == "not_doing"
    with pytest.raises(RuleError, match="done or given up"):
        actions.finish_follow_up(by=world.actor(), follow_up=loose)


def test_an_owner_is_named_with_a_day(world: World) -> None:
    review = a_review(world)
    with pytest.raises(RuleError, match="Say by when"):
        a_follow_up(world, review, due_on=None)
    with pytest.raises(RuleError, match="Say what is to be done"):
        a_follow_up(world, review, " ")


def test_a_closed_review_takes_nothing_more(world: World) -> None:
    review = a_closed_review(world)
    for act in (
        lambda: tells(world, "partner", review, "One more thing"),
        lambda: answer(world, review),
        lambda: actions.join_review(by=world.actor("liaison"), review=review),
        lambda: actions.close_review(by=world.actor(), review=review),
    ):
        with pytest.raises(RuleError, match="This review is closed"):
            act()


def after(years: int) -> datetime:
    """Some years and a day later."""
    return datetime(TODAY.year + years, TODAY.month, TODAY.day, 17, tzinfo=UTC) + timedelta(days=1)


def test_raw_notes_are_destroyed_under_the_schedule_and_the_answers_stay(world: World) -> None:
    review = a_closed_review(world)
    assert review.notes_kept_until == TODAY.replace(year=TODAY.year + 3)
    assert actions.destroy_notes(now=after(3) - timedelta(days=2)) == 0
    assert Telling.objects.count() == 3
    assert actions.destroy_notes(now=after(3)) == 1
    assert not Telling.objects.exists()
    assert not ReviewDraft.objects.exists()
    kept = Review.objects.get(pk=review.pk)
    assert kept.learned == LEARNED
    assert kept.notes_destroyed_on is not None
    assert actions.destroy_notes(now=after(3)) == 0


def test_a_class_of_their_own_in_the_schedule_decides_how_long_they_are_kept(world: World) -> None:
    RetentionClass.objects.create(
        authority=world.authority, code="review_notes", name="Raw notes of reviews", keep_years=0
    )
    review = a_closed_review(world)
    assert review.notes_kept_until == TODAY
    assert actions.destroy_notes(now=NOON) == 0
    assert actions.destroy_notes(now=TOMORROW) == 1


def test_a_hold_stops_the_destruction_of_raw_notes(world: World) -> None:
    review = a_closed_review(world)
    officer: Actor = world.actor("records_officer")
    hold = place_hold(
        by=officer,
        authority=world.authority,
        name="Request 7",
        reason="records request",
        records=[review.record],
    )
    assert actions.destroy_notes(now=after(3)) == 0
    assert Telling.objects.count() == 3
    release_hold(by=officer, hold=hold, because="answered")
    assert actions.destroy_notes(now=after(3)) == 1


def test_raw_notes_of_a_withdrawn_review_are_destroyed_as_well(world: World) -> None:
    review = a_review(world)
    tells(world, "partner", review, "The van came at nine")
    tells(world, "evaluator", review, "Nobody was there")
    answer(world, review)
    withdraw_record(by=world.actor(), record=review.record, because="opened by mistake")
    assert actions.destroy_notes(now=after(3) - timedelta(days=2)) == 0
    assert actions.destroy_notes(now=after(3)) == 1
    assert not Telling.objects.exists()
    assert not ReviewDraft.objects.exists()
    assert Review.objects.get(pk=review.pk).key_id is None


def test_nobody_agrees_to_answers_that_they_have_not_read(world: World) -> None:
    review = a_review(world)
    answer(world, review)
    seen = ReviewDraft.objects.get(review=review).revision
    answer(world, review, "evaluator", learned="Something else")
    partner = world.actor("partner")
    with pytest.raises(RuleError, match="The words changed meanwhile"):
        actions.agree(by=partner, review=review, reach="partners", seen=seen)
    agreed = actions.agree(by=partner, review=review, reach="partners", seen=seen + 1)
    assert agreed.agreed_to == "partners"
