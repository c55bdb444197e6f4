"""The pages of learning reviews: three layers, wording that is looked at once, nothing refused."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from headway.initiatives.models import Record
from headway.pilots import actions
from headway.pilots.forms.wording import WordedForm
from headway.pilots.models import FollowUp, Review, ReviewDraft, ReviewParticipant, Telling
from tests.pilots.making import a_small_test
from tests.pilots.making_reviews import (
    LEARNED,
    a_closed_review,
    a_follow_up,
    a_review,
    all_agree,
    an_ended_test,
    answer,
    fill_reviews,
    tells,
)
from tests.world import World

INSIDE = ("notes", "answers", "agree")


def at(world: World, name: str, *args: object) -> str:
    """A page of the initiative."""
    return reverse(f"pilots:{name}", args=[world.hennepin.slug, *args])


def shown(world: World, role: str, address: str) -> str:
    """What a member reads there."""
    answer = world.client(role).get(address)
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer).decode()


def test_raw_notes_are_for_those_who_take_part_in_that_review(world: World) -> None:
    review = a_review(world)
    tells(world, "partner", review, "2026-03-02: the list was hung up")
    tells(world, "evaluator", review, "Nobody read it", part="difference")
    assert "the list was hung up" in shown(world, "partner", at(world, "notes", review.pk))
    for name in INSIDE:
        for role in ("convener", "observer", "facilitator"):
            assert world.client(role).get(at(world, name, review.pk)).status_code == 403
    other = a_review(world, "convener", tries="Another thing")
    assert "hung up" not in shown(world, "convener", at(world, "notes", other.pk))


def test_who_leads_the_conversation_reads_the_raw_notes(world: World) -> None:
    review = a_review(world)
    actions.name_conductor(by=world.actor(), review=review, conductor=world.members["facilitator"])
    assert shown(world, "facilitator", at(world, "notes", review.pk))


def test_answers_reach_the_partners_at_the_close_and_visitors_never(world: World) -> None:
    review = a_review(world)
    answer(world, review)
    page = at(world, "review", review.pk)
    assert LEARNED not in shown(world, "observer", page)
    assert LEARNED in shown(world, "partner", at(world, "answers", review.pk))
    all_agree(world, review)
    actions.close_review(by=world.actor(), review=review)
    assert LEARNED in shown(world, "observer", page)
    assert world.client().get(page).status_code == 404


def test_one_agrees_to_all_four_answers_and_reads_them(world: World) -> None:
    review = a_review(world)
    answer(world, review)
    page = shown(world, "partner", at(world, "agree", review.pk))
    draft = ReviewDraft.objects.get(review=review)
    for text in (draft.expected, draft.happened, draft.difference, draft.learned):
        assert text in page
        assert text in shown(world, "partner", at(world, "review", review.pk))
        assert text not in shown(world, "observer", at(world, "review", review.pk))


def test_every_page_says_that_misconduct_has_its_own_route(world: World) -> None:
    review = a_review(world)
    for role, name, args in (
        ("observer", "learning", ()),
        ("observer", "review", (review.pk,)),
        ("partner", "notes", (review.pk,)),
        ("facilitator", "join_review", (review.pk,)),
    ):
        page = shown(world, role, at(world, name, *args))
        assert "Misconduct has its own route outside Headway" in page
        assert "ecords law may override any promise" in page


def test_a_name_prompts_for_the_role_and_is_kept_where_one_says_so(world: World) -> None:
    review = a_review(world)
    world.members["facilitator"].change(name="Rosa Delgado")
    sent = {"events": "March 2026: Rosa should have called"}
    address = at(world, "tell", review.pk)
    asked = world.client("partner").post(address, sent)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Which role does this person have here?" in page
    assert "What could be seen then" in page
    assert "Keep it as it is" in page
    assert sent["events"] in page
    kept = world.client("partner").post(address, sent | {"keep": "1"})
    assert kept.status_code == 302
    tells(world, "evaluator", review, "It was late")
    assert Telling.objects.filter(text__contains="should have called").exists()


def test_what_is_worded_well_is_saved_at_once(world: World) -> None:
    review = a_review(world)
    sent = {"events": "March 2026: the pump failed", "learned": "Two keys are better"}
    assert world.client("partner").post(at(world, "tell", review.pk), sent).status_code == 302


def test_in_another_language_nothing_is_marked_and_the_page_says_so(world: World) -> None:
    review = a_review(world)
    world.hennepin.change(language="es")
    address = at(world, "tell", review.pk)
    assert "Wording is looked at in English only" in shown(world, "partner", address)
    sent = {"events": "She should have known, obviously"}
    assert world.client("partner").post(address, sent).status_code == 302


def test_two_tellers_make_one_timeline_by_keyboard_alone(world: World) -> None:
    review = an_ended_test(world)
    for role, text in (
        ("partner", "March 2026: the new forms came\n2025: somebody asked for them"),
        ("evaluator", "2/3/2026: the old ones ran out"),
    ):
        browser = world.client(role)
        assert browser.post(at(world, "join_review", review.pk)).status_code == 302
        assert browser.post(at(world, "tell", review.pk), {"events": text}).status_code == 302
    page = shown(world, "partner", at(world, "notes", review.pk))
    places = [page.index(words) for words in ("somebody asked", "ran out", "new forms came")]
    assert places == sorted(places)


def test_what_waits_is_counted_and_not_shown(world: World) -> None:
    review = a_review(world)
    tells(world, "partner", review, "It was cold", "It was late")
    page = shown(world, "evaluator", at(world, "notes", review.pk))
    assert "2 more things were told" in page
    assert "It was cold" not in page


def test_who_leads_and_was_involved_is_named_as_such_and_not_refused(world: World) -> None:
    review = a_review(world)
    page = at(world, "review", review.pk)
    sent = {"conductor": world.members["convener"].pk}
    browser = world.client("convener")
    assert browser.post(at(world, "name_conductor", review.pk), sent).status_code == 302
    assert "had a part in what it is about" in shown(world, "convener", page)
    sent = {"conductor": world.members["observer"].pk}
    assert browser.post(at(world, "name_conductor", review.pk), sent).status_code == 302
    assert "had a part in what it is about" not in shown(world, "convener", page)


def test_only_who_leads_names_the_conductor_and_closes(world: World) -> None:
    review = a_review(world)
    for name in ("name_conductor", "close_review", "withdraw_review"):
        assert world.client("partner").get(at(world, name, review.pk)).status_code == 403


def test_a_refused_close_says_what_is_missing(world: World) -> None:
    review = a_review(world)
    answer(world, review)
    a_follow_up(world, review, owner=None, due_on=None)
    refused = world.client("convener").post(at(world, "close_review", review.pk))
    assert refused.status_code == 422
    assert "1 follow-up has no owner" in refused.content.decode()
    assert Review.objects.get(pk=review.pk).state == "open"


def test_a_whole_review_from_record_to_lesson(world: World) -> None:
    test = a_small_test(world)
    lead, partner = world.client("convener"), world.client("partner")
    opened = lead.post(at(world, "open_review", test.pk), {"occasion": "missed"})
    review = Review.objects.get(about=test.record)
    assert opened.headers["Location"] == at(world, "review", review.pk)
    partner.post(at(world, "join_review", review.pk))
    draft = ReviewDraft.objects.filter(review=review)
    partner.post(at(world, "answers", review.pk), {"learned": LEARNED, "seen": "0"})
    assert draft.get().learned == LEARNED
    partner.post(at(world, "agree", review.pk), {"reach": "everybody"})
    owner = {"text": "Tell the desk", "owner": str(world.shelter), "due_on": "2031-04-10"}
    assert partner.post(at(world, "add_follow_up", review.pk), owner).status_code == 302
    assert lead.post(at(world, "close_review", review.pk)).status_code == 302
    asked = lead.post(at(world, "lesson_from", review.pk), {"text": LEARNED})
    assert asked.status_code == 302
    assert lead.post(asked.headers["Location"] + "publish/").status_code == 302
    assert LEARNED in world.client().get(asked.headers["Location"]).content.decode()


def test_a_change_of_the_answers_meanwhile_is_shown(world: World) -> None:
    review = a_review(world)
    answer(world, review)
    sent = {"learned": "Mine", "seen": "0"}
    refused = world.client("evaluator").post(at(world, "answers", review.pk), sent)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert LEARNED in page
    assert "Mine" in page


def test_follow_ups_are_ended_by_who_looks_after_them(world: World) -> None:
    review = a_review(world)
    row = a_follow_up(world, review, owner=None, owner_member=world.members["liaison"])
    sent = {"because": "booked until May"}
    assert world.client("evaluator").get(at(world, "follow_up", row.pk)).status_code == 200
    done = at(world, "finish_follow_up", row.pk)
    other = a_review(world, "convener", tries="Another thing")
    assert not ReviewParticipant.objects.filter(
        review=other, member=world.members["liaison"]
    ).exists()
    assert world.client("liaison").post(done, sent).status_code == 302
    assert FollowUp.objects.get(pk=row.pk).state == "done"
    given_up = a_follow_up(world, other, "Hang up a list")
    page = at(world, "refuse_follow_up", given_up.pk)
    assert world.client("liaison").get(page).status_code == 403
    assert world.client("convener").post(page, {"because": "it is glass"}).status_code == 302
    assert "it is glass" in shown(world, "observer", at(world, "follow_up", given_up.pk))


def test_tables_hold_lessons_and_follow_ups(world: World) -> None:
    fill_reviews(world)
    follow_ups = shown(world, "observer", at(world, "follow_ups_export"))
    assert "Hang up a bigger list" in follow_ups
    assert "the door is glass" in follow_ups
    lessons = shown(world, "observer", at(world, "lessons_export"))
    assert LEARNED in lessons
    told = b"".join(world.client().get(at(world, "lessons_export"))).decode()
    assert LEARNED in told
    assert "Large print" not in told


@pytest.mark.parametrize("part", ["lessons", "reviews", "follow_ups", "elsewhere", "nonsense"])
def test_lists_ask_as_much_for_many_as_for_one(
    world: World, part: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill_reviews(world)
    for number in range(20):
        a_closed_review(world, tries=f"Test {number}")
    browser = world.client("partner")
    with django_assert_max_num_queries(12):
        assert browser.get(at(world, "learning") + f"?part={part}").status_code == 200


def test_the_page_of_a_review_asks_as_much_for_many_as_for_one(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    review = a_review(world, "convener", "partner", "evaluator", "observer", "liaison")
    answer(world, review)
    for number in range(15):
        a_follow_up(world, review, f"Thing {number}")
    browser = world.client("convener")
    with django_assert_max_num_queries(15):
        assert browser.get(at(world, "review", review.pk)).status_code == 200


def test_a_withdrawn_review_is_closed_to_members_without_history(world: World) -> None:
    review = a_review(world)
    sent = {"because": "opened twice"}
    address = at(world, "withdraw_review", review.pk)
    assert world.client("facilitator").post(address, sent).status_code == 302
    assert Record.objects.get(pk=review.pk).withdrawn
    assert shown(world, "partner", at(world, "learning") + "?part=reviews")


def test_a_form_never_refuses_for_its_words() -> None:
    class Form(WordedForm):
        """No field at all."""

        WORDED = ("text",)

    assert Form({}).carry_out(lambda _said: None)


def test_answers_that_changed_are_read_before_they_are_agreed_to(world: World) -> None:
    review = a_review(world)
    answer(world, review)
    seen = ReviewDraft.objects.get(review=review).revision
    answer(world, review, "evaluator", learned="Something else")
    address, partner = at(world, "agree", review.pk), world.client("partner")
    refused = partner.post(address, {"reach": "partners", "seen": str(seen)})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "The words changed meanwhile" in page
    for words in ("Something else", "That most forms come back", "40 of 41 came back complete"):
        assert words in page
    agreed = partner.post(address, {"reach": "partners", "seen": str(seen + 1)})
    assert agreed.status_code == 302
