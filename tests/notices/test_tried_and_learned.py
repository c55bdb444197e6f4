"""Who hears of what is tried, learned and counted, and who is named in it."""

from datetime import timedelta

import pytest

from headway.accounts.models import Event, EventValue
from headway.initiatives.actions import note_event
from headway.initiatives.kinds import kinds
from headway.initiatives.models import Member, Record
from headway.measures import actions as measures
from headway.notices.actions import tell
from headway.notices.models import Why
from headway.notices.queries.rules import RULES
from headway.notices.queries.words import notice_words
from headway.pilots import actions
from headway.pilots.models import Review, ReviewParticipant
from headway.solutions.actions import bring_idea
from tests.measures.making import a_measure, a_reading, a_series
from tests.notices.making import LATER, told
from tests.pilots.making import a_card, a_running_pilot, a_small_test
from tests.pilots.making_reviews import (
    a_closed_review,
    a_follow_up,
    a_lesson,
    a_review,
    an_ended_test,
    answer,
)
from tests.world import World

EVENING = LATER + timedelta(hours=3)


def heard(world: World, role: str) -> list[tuple[str, str, str]]:
    """What somebody was told since the beginning: kind, verb and why."""
    return [(each.event.subject_kind, each.event.verb, each.why) for each in told(world, role)]


def test_every_rule_names_kinds_that_exist() -> None:
    known = {kind.kind for kind in kinds()}
    assert {kind for rule in RULES for kind in rule.kinds} <= known


def test_who_carries_a_test_out_and_whose_idea_it_was_hear_of_it(world: World) -> None:
    idea = bring_idea(
        by=world.actor("observer"), initiative=world.hennepin, title="Text", text="Text people"
    )
    test = a_small_test(world, solution=idea)
    actions.end_small_test(by=world.actor(), test=test, result="worked", saw="9 of 40")

    tell(now=LATER)

    assert ("small_test", "started", Why.ORGANISATION) in heard(world, "partner")
    assert ("small_test", "ended", Why.ORGANISATION) in heard(world, "partner")
    assert ("small_test", "ended", Why.GREW) in heard(world, "observer")


def test_who_decides_on_a_pilot_hears_of_its_end(world: World) -> None:
    pilot = a_card(world, owner=world.office, decider=world.shelter)
    with_events(world, pilot.record, "ended")

    tell(now=LATER)

    assert heard(world, "partner") == [("pilot", "ended", Why.ORGANISATION)]


def test_the_convener_hears_that_a_pilot_was_stopped(world: World) -> None:
    pilot = a_running_pilot(world)
    Record.objects.filter(pk=pilot.pk).update(author=None, owner=None)
    by = world.actor("facilitator", LATER)
    actions.stop_pilot(by=by, pilot=pilot, because="for harm: two families lost their place")

    tell(now=LATER)

    assert ("pilot", "stopped", Why.ROLE) in heard(world, "convener")
    assert ("learning_review", "opened", Why.ROLE) in heard(world, "convener")


def with_events(world: World, record: Record, *verbs: str) -> None:
    """Let things happen to a record by somebody who has nothing else to do with it."""
    from django.db import transaction

    for verb in verbs:
        with transaction.atomic():
            note_event(by=world.actor("facilitator"), record=record, verb=verb)


def test_who_leads_a_review_and_who_takes_part_hear_of_it(world: World) -> None:
    review = a_review(world, "evaluator")
    by = world.actor()
    actions.name_conductor(by=by, review=review, conductor=world.members["facilitator"])
    answer(world, review, "convener")

    tell(now=LATER)

    assert ("learning_review", "named", Why.OWNER) in heard(world, "facilitator")
    assert ("learning_review", "answers_drafted", Why.TAKES_PART) in heard(world, "evaluator")


def test_whose_agreement_was_noted_is_told_and_nobody_else(world: World) -> None:
    review = a_review(world)
    answer(world, review)
    tell(now=LATER)
    before = {role: len(told(world, role)) for role in world.members}
    mine = ReviewParticipant.objects.get(review=review, member=world.members["partner"])
    by = world.actor("convener", EVENING)
    actions.agree(by=by, review=review, reach="everybody", participant=mine)

    tell(now=EVENING)

    after = {role: len(told(world, role)) for role in world.members}
    assert {role for role in after if after[role] > before[role]} == {"partner"}
    notice = told(world, "partner")[-1]
    assert notice.why == Why.NOTED
    assert "change it if it is wrong" in notice_words(notice.event, review.record)
    page = world.client("partner").get(world.address("pilots:agree", review.pk))
    assert "If you did not say so, change it." in page.content.decode()


def test_who_agrees_alone_is_told_nothing_and_nothing_is_told_of_it(world: World) -> None:
    review = a_review(world)
    answer(world, review)
    tell(now=LATER)
    before = {role: len(told(world, role)) for role in world.members}
    actions.agree(by=world.actor("partner", EVENING), review=review, reach="partners")

    tell(now=EVENING)

    assert {role: len(told(world, role)) for role in world.members} == before


def test_the_history_of_a_review_names_nobody_who_agreed_or_noted_it(world: World) -> None:
    review = a_review(world)
    answer(world, review)
    for participant in ReviewParticipant.objects.filter(review=review):
        actions.agree(
            by=world.actor("liaison"), review=review, reach="partners", participant=participant
        )
    events = Event.objects.about(review.pk).filter(verb="agreed")
    assert set(events.values_list("user", "member_id", "organisation_id")) == {(None, None, None)}
    shown = EventValue.objects.filter(event__in=events).exclude(field="title")
    assert not shown.exists()


@pytest.mark.parametrize("kind", ["open", "closed"])
def test_no_notice_of_a_review_names_a_member(world: World, kind: str) -> None:
    review = a_review(world) if kind == "open" else a_closed_review(world)
    names = set(Member.objects.values_list("name", flat=True))
    for event in Event.objects.about(review.pk).select_related("user"):
        words = notice_words(event, review.record)
        assert not [name for name in names if name in words]


def test_that_somebody_takes_part_or_leaves_is_told_to_nobody(world: World) -> None:
    review = an_ended_test(world)
    actions.join_review(by=world.actor("evaluator"), review=review)
    actions.leave_review(by=world.actor("evaluator"), review=review)

    tell(now=LATER)

    verbs = {verb for role in world.members for _kind, verb, _why in heard(world, role)}
    assert not verbs & {"took_part", "left_review"}


def test_whose_follow_up_it_is_hears_of_it(world: World) -> None:
    review = a_review(world, "evaluator")
    of_member = a_follow_up(world, review, owner=None, owner_member=world.members["liaison"])
    of_shelter = a_follow_up(world, review, "Ask the library for a room")
    by = world.actor("facilitator")
    actions.refuse_follow_up(by=by, follow_up=of_shelter, because="no room before May")

    tell(now=LATER)

    assert [each.event.subject_id for each in told(world, "liaison")] == [of_member.pk]
    assert heard(world, "liaison")[0][2] == Why.OWNER
    assert ("follow_up", "dropped", Why.ORGANISATION) in heard(world, "partner")
    assert ("follow_up", "dropped", Why.TAKES_PART) in heard(world, "evaluator")


def test_who_took_part_hears_what_becomes_of_the_lesson(world: World) -> None:
    lesson = a_lesson(world, a_closed_review(world, "everybody"))
    actions.publish_lesson(by=world.actor(), lesson=lesson)
    actions.revise_lesson(by=world.actor(), lesson=lesson, text="Ask by text message only")

    tell(now=LATER)

    verbs = [(verb, why) for kind, verb, why in heard(world, "evaluator") if kind == "lesson"]
    assert verbs == [
        (verb, Why.TAKES_PART) for verb in ("noted", "published", "unpublished", "revised")
    ]


def test_who_looks_after_a_measure_hears_of_values_that_others_give(world: World) -> None:
    measure = a_measure(world, organisations=[world.shelter])
    a_reading(world, a_series(world, measure, organisation=world.office), 400)
    measures.set_target(by=world.actor(), measure=measure, value=None, because="none yet")

    tell(now=LATER)

    assert ("series", "counted", Why.ORGANISATION) in heard(world, "partner")
    assert ("measure", "target_set", Why.ORGANISATION) in heard(world, "partner")


def test_a_review_about_a_promise_concerns_who_promised(world: World) -> None:
    from headway.commitments.actions import promise

    made = promise(
        by=world.actor(),
        initiative=world.hennepin,
        text="Open ten beds",
        organisation=world.shelter,
    )
    actions.open_review(by=world.actor(), about=made.record, occasion="missed")

    tell(now=LATER)

    assert ("learning_review", "opened", Why.ORGANISATION) in heard(world, "partner")
    assert Review.objects.get(about=made.record).occasion == "missed"
