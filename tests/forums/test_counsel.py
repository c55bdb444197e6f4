"""Open-meeting law is left only by counsel's recorded word; until then nothing is added."""

from datetime import timedelta

import pytest

from headway.accounts.models import EventValue
from headway.core.errors import RuleError
from headway.forums import actions
from headway.forums.actions import WordOfCounsel
from headway.forums.models import Conversation, Forum, Statement
from tests.forums.making_meetings import a_forum, a_meeting
from tests.forums.making_talk import a_conversation, digest, statements_of
from tests.world import NOON, TODAY, World

WORD = WordOfCounsel("Advisory, not covered.", "County attorney Lee", TODAY, "Letter, file 26-114")


def revised(world: World, forum: Forum, public_body: str, word: WordOfCounsel) -> bool:
    """Say anew whether a group is a public body."""
    return actions.revise_forum(
        by=world.actor("facilitator"),
        forum=forum,
        name=forum.name,
        public_body=public_body,
        counsel=word,
    )


@pytest.mark.parametrize("before", ["yes", "ask_counsel"])
def test_a_group_leaves_open_meeting_law_only_by_counsels_recorded_word(
    world: World, before: str
) -> None:
    forum = a_forum(world, public_body=before)
    for word in (WordOfCounsel(), WordOfCounsel("They said it is fine.")):
        with pytest.raises(RuleError, match="until counsel says otherwise") as refused:
            revised(world, forum, "no", word)
        assert refused.value.field == "public_body"
    assert revised(world, forum, "no", WORD)
    told = EventValue.objects.filter(event__subject_id=forum.pk, new="County attorney Lee")
    assert told.get().event.verb == "revised"
    with pytest.raises(RuleError, match="until counsel says otherwise"):
        revised(world, Forum.objects.get(pk=forum.pk), "no", WordOfCounsel())


@pytest.mark.parametrize(
    ("word", "field"),
    [
        (WordOfCounsel(name="Lee"), "counsel_on"),
        (WordOfCounsel(on=TODAY), "counsel_name"),
        (WordOfCounsel(name="Lee", on=TODAY), "counsel_source"),
        (WordOfCounsel("", "Lee", TODAY + timedelta(days=1), "Letter"), "counsel_on"),
    ],
)
def test_half_a_word_of_counsel_or_one_to_come_is_refused(
    world: World, word: WordOfCounsel, field: str
) -> None:
    with pytest.raises(RuleError) as refused:
        revised(world, a_forum(world, public_body="yes"), "ask_counsel", word)
    assert refused.value.field == field


def test_counsels_word_is_asked_and_shown_on_the_pages_of_a_group(world: World) -> None:
    forum = a_forum(world, public_body="ask_counsel")
    browser = world.client("facilitator")
    edit = world.address("forums:edit_forum", forum.pk)
    sent = {
        "name": forum.name,
        "public_body": "no",
        "notice_days": "3",
        "seen": str(forum.record.revision),
    }
    refused = browser.post(edit, sent)
    assert refused.status_code == 422
    assert "until counsel says otherwise" in refused.content.decode()
    word = {"counsel_name": "Lee", "counsel_on": "2026-03-03", "counsel_source": "File 26-114"}
    assert browser.post(edit, {**sent, **word}).status_code == 302
    shown = world.client().get(world.address("forums:forum", forum.pk)).content.decode()
    assert "Word of counsel: Lee, March 3, 2026, File 26-114" in " ".join(shown.split())


def open_while_it_sat(world: World) -> Conversation:
    """A conversation that a public body opened in its meeting, which is over by now."""
    forum = a_forum(world, public_body="yes")
    meeting = a_meeting(world, forum)
    draft = a_conversation(world, forum, opened=False, closes_at=None)
    during = world.actor(at=meeting.starts_at)
    return actions.open_conversation(by=during, conversation=draft)


def test_between_its_meetings_nothing_is_added_in_a_conversation_of_a_public_body(
    world: World,
) -> None:
    conversation = open_while_it_sat(world)
    later = NOON + timedelta(days=9)
    before = Statement.objects.count()
    with pytest.raises(RuleError, match="Adding statements is closed"):
        actions.say_something(
            by=world.actor("partner", later),
            conversation=conversation,
            resume=digest(conversation, "one"),
            text="Dogs may come in.",
        )
    lead = world.actor(at=later)
    with pytest.raises(RuleError, match="only while it meets"):
        actions.add_seeds(by=lead, conversation=conversation, texts=["Dogs may come in."])
    first = statements_of(conversation)[0]
    with pytest.raises(RuleError, match="only while it meets"):
        actions.replace_statement(by=lead, statement=first, text="Shelters open at one.")
    assert Statement.objects.count() == before


def test_while_it_meets_a_public_body_adds_statements(world: World) -> None:
    conversation = open_while_it_sat(world)
    during = world.actor(at=NOON + timedelta(days=7, hours=1))
    made = actions.add_seeds(by=during, conversation=conversation, texts=["Dogs may come in."])
    assert [each.text for each in made] == ["Dogs may come in."]


def test_the_form_is_gone_where_the_law_closes_it(world: World) -> None:
    conversation = open_while_it_sat(world)
    conversation.change(opens_at=NOON - timedelta(days=1))
    page = world.client().get(f"/c/{conversation.pk}/").content.decode()
    assert "add a statement" not in page
    say = world.client().post(f"/c/{conversation.pk}/say/", {"text": "Dogs may come in."})
    assert say.status_code == 422
