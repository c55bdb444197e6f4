import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from headway.forums import actions
from headway.forums.models import Choice, Comment, Conversation, Forum, Participant, Statement
from headway.forums.queries.results import by_sector
from tests.forums.making_meetings import a_forum
from tests.forums.making_talk import a_comment, a_conversation, statements_of, votes
from tests.world import World, a_happening


def an_open_one(world: World, **given: object) -> Conversation:
    """A conversation without a last day, as pages read the real clock."""
    return a_conversation(world, closes_at=None, **given)


def test_a_member_says_something_and_another_answers(world: World) -> None:
    record = a_happening(world).record
    address = world.address("forums:discussion", record.pk)
    said = world.client("partner").post(address, {"text": "Who counts?"}, follow=True)
    assert "Who counts?" in said.content.decode()
    first = Comment.objects.get()
    answer = world.address("forums:answer", first.pk)
    world.client("evaluator").post(answer, {"text": "@The partner, we do."})
    shown = world.client("convener").get(address).content.decode()
    assert shown.index("Who counts?") < shown.index("we do.")
    assert world.address("initiatives:member", world.members["partner"].pk) in shown


def test_an_answer_of_the_same_instant_stands_below(world: World) -> None:
    record = a_happening(world).record
    for number in range(4):
        first = a_comment(world, record, f"Question {number}?")
        by = world.actor("evaluator")
        actions.comment_on(by=by, record=record, text=f"Answer {number}.", answers=first)
    address = world.address("forums:discussion", record.pk)
    shown = world.client("convener").get(address).content.decode()
    for number in range(4):
        assert shown.index(f"Question {number}?") < shown.index(f"Answer {number}.")


def test_a_visitor_reads_without_names_and_is_offered_no_form(world: World) -> None:
    record = a_happening(world).record
    a_comment(world, record, "Ask @The evaluator")
    shown = world.client().get(world.address("forums:discussion", record.pk)).content.decode()
    assert "Ask" in shown
    assert "The evaluator" not in shown
    assert "The partner" not in shown
    assert "<textarea" not in shown


def test_a_hidden_comment_keeps_its_place_and_its_author_sees_why(world: World) -> None:
    record = a_happening(world).record
    comment = a_comment(world, record, "Bob from bed nine said so")
    hide = world.address("forums:hide_comment", comment.pk)
    assert world.client("convener").post(hide, {}).status_code == 422
    world.client("convener").post(hide, {"rule": "private"})
    address = world.address("forums:discussion", record.pk)
    others = world.client("observer").get(address).content.decode()
    assert "Hidden by a moderator" in others
    assert "bed nine" not in others
    assert "bed nine" in world.client("partner").get(address).content.decode()
    log = world.client().get(world.address("forums:moderation_log")).content.decode()
    assert "private data" in log
    assert "bed nine" not in log


def test_500_comments_are_paged_in_few_questions(
    world: World, django_assert_max_num_queries: object
) -> None:
    record = a_happening(world).record
    first = a_comment(world, record)
    copies = [
        Comment(
            record=record,
            thread_at=first.written_at + timedelta(seconds=number // 5),
            written_at=first.written_at + timedelta(seconds=number),
            member=first.member,
            text=f"Comment {number}",
        )
        for number in range(500)
    ]
    for number, comment in enumerate(copies):
        head = copies[number - number % 5]
        comment.thread_id = head.pk
        comment.answers = None if head is comment else head
    Comment.objects.bulk_create(copies)
    browser = world.client("partner")
    address = world.address("forums:discussion", record.pk)
    with django_assert_max_num_queries(15):
        shown = browser.get(address).content.decode()
    assert shown.count("<article") == 1 + 49 * 5
    assert "?page=3" in shown


def test_a_moderator_of_a_group_decides_there_and_nowhere_else(world: World) -> None:
    forum = a_forum(world)
    other = a_forum(world, "Others")
    actions.name_moderator(by=world.actor(), forum=forum, member=world.members["observer"])
    browser = world.client("observer")
    here = world.address("forums:moderation_of_group", forum.pk)
    assert browser.get(here).status_code == 200
    assert browser.get(world.address("forums:moderation_of_group", other.pk)).status_code == 403
    assert browser.get(world.address("forums:moderation")).status_code == 403
    assert browser.get(world.address("initiatives:settings")).status_code == 403


def test_the_queue_decides_about_several_at_once(world: World) -> None:
    conversation = an_open_one(world)
    address = reverse("forums:say", args=[conversation.pk])
    guest = world.client()
    shown = guest.post(address, {"text": "Dogs may come in."}, follow=True).content.decode()
    assert "A moderator reads it before the others see it." in shown
    guest.post(address, {"text": "Lights go out at ten."})
    actions.store_statements(now=timezone.now() + timedelta(days=1))
    waiting = Statement.objects.filter(state="waiting")
    assert waiting.count() == 2
    queue = world.address("forums:moderation")
    items = [f"s-{each.pk}" for each in waiting]
    refused = world.client("facilitator").post(queue, {"items": items, "outcome": "remove"})
    assert refused.status_code == 422
    world.client("facilitator").post(queue, {"items": items, "outcome": "keep"})
    assert not waiting.all().exists()
    assert len(statements_of(conversation)) == 5


def test_one_votes_one_statement_at_a_time_and_ends_with_the_results(world: World) -> None:
    conversation = an_open_one(world)
    address, browser = reverse("forums:take_part", args=[conversation.pk]), world.client()
    for left in (3, 2, 1):
        shown = browser.get(address).content.decode()
        assert f"{left} left" in shown
        asked = re.search(r'name="statement" value="([^"]+)"', shown)
        assert asked is not None
        voted = browser.post(address, {"statement": asked[1], "choice": "agree", "wording": 1})
        assert voted.status_code == 302
    results = browser.get(address, follow=True).content.decode()
    assert "Thank you" in results
    assert Choice.objects.count() == 3
    assert Participant.objects.get().resume


def test_who_goes_on_in_the_same_account_is_the_same_participant(world: World) -> None:
    conversation = an_open_one(world, open_to="members")
    address = reverse("forums:take_part", args=[conversation.pk])
    first, second, _third = statements_of(conversation)
    world.client("observer").post(address, {"statement": first.pk, "choice": "pass", "wording": 1})
    world.client("observer").post(
        address, {"statement": second.pk, "choice": "agree", "wording": 1}
    )
    assert Participant.objects.get().choices_made == 2
    assert world.client().get(address).status_code == 302
    assert world.client("stranger").get(address).status_code == 404


def test_a_code_opens_a_conversation_once_for_each_holder(world: World) -> None:
    conversation = an_open_one(world, open_to="codes")
    codes = actions.make_codes(by=world.actor(), conversation=conversation, count=2)
    address = reverse("forums:take_part", args=[conversation.pk])
    enter = reverse("forums:enter_code", args=[conversation.pk])
    first = statements_of(conversation)[0]
    for code in (codes[0], codes[0].lower().replace("-", " "), codes[1]):
        browser = world.client()
        assert browser.post(enter, {"code": "2222-2222-2222"}).status_code == 422
        assert browser.post(enter, {"code": code}).status_code == 302
        browser.post(address, {"statement": first.pk, "choice": "agree", "wording": 1})
    assert Participant.objects.filter(channel="link").count() == 2
    assert Choice.objects.count() == 2


def test_what_is_there_in_other_words_is_asked_about(world: World) -> None:
    conversation = an_open_one(world, checked_first=False)
    address, browser = reverse("forums:say", args=[conversation.pk]), world.client()
    like = {"text": "Shelters are open at noon in the winter."}
    asked = browser.post(address, like)
    assert asked.status_code == 422
    assert "Shelters open at noon in winter." in asked.content.decode()
    shown = browser.post(address, {**like, "another": "1"}, follow=True).content.decode()
    assert "Your statement arrived." in shown
    assert "Then all can vote on it." in shown
    actions.store_statements(now=timezone.now() + timedelta(days=1))
    assert len(statements_of(conversation)) == 4


def test_fewer_than_five_of_a_sector_never_show_apart(world: World) -> None:
    conversation = an_open_one(world)
    for number in range(6):
        votes(conversation, f"h{number}", "agree", sector="health")
    for number in range(5):
        votes(conversation, f"b{number}", "disagree", sector="business")
    for number in range(4):
        votes(conversation, f"f{number}", "pass", sector="faith")
    rows = by_sector(statements_of(conversation)[0])
    assert [(row.agree, row.disagree, row.passed) for row in rows] == [(6, 0, 0), (0, 5, 4)]


def test_results_wait_for_the_close_and_then_show_to_all(world: World) -> None:
    conversation = an_open_one(world)
    votes(conversation, "one", "agree", "disagree", "pass")
    address = world.address("forums:results", conversation.pk)
    assert world.client().get(address).status_code == 302
    actions.close_conversation(by=world.actor(), conversation=conversation)
    assert world.client().get(address).status_code == 200
    export = world.client().get(world.address("forums:results_csv", conversation.pk))
    rows = b"".join(export.streaming_content).decode().splitlines()
    assert rows[1] == "1,Shelters open at noon in winter.,1,0,0,1,,"


def test_a_lead_prepares_opens_and_closes(world: World) -> None:
    forum: Forum = a_forum(world)
    browser = world.client("facilitator")
    form = {
        "title": "What helps in winter?",
        "forum": forum.pk,
        "statements": "One thing.\n\nAnother thing.",
        "open_to": "anyone",
        "closes_on": "2099-04-10",
        "statements_each": "3",
    }
    made = browser.post(world.address("forums:start_conversation"), form)
    conversation = Conversation.objects.get()
    assert made.url == world.address("forums:conversation", conversation.pk)
    assert world.client().get(made.url).status_code == 404
    edit = browser.get(world.address("forums:edit_conversation", conversation.pk))
    assert "2099-04-10" in edit.content.decode()
    browser.post(world.address("forums:open_conversation", conversation.pk), {})
    assert "Take part" in world.client().get(made.url).content.decode()
    paper = browser.post(
        world.address("forums:type_in_paper", conversation.pk),
        {str(statements_of(conversation)[0].pk): "agree", "sector": "faith"},
    )
    assert paper.status_code == 302
    browser.post(world.address("forums:close_conversation", conversation.pk), {})
    conversation.refresh_from_db()
    assert conversation.state == "closed"
