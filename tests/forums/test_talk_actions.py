from datetime import timedelta

import pytest

from headway.accounts.models import OutboxMessage
from headway.core.errors import RuleError
from headway.core.keys import KeyGoneError, key_bytes
from headway.forums import actions
from headway.forums.models import (
    Choice,
    CommentWording,
    Follow,
    Mention,
    Moderation,
    Participant,
    Report,
    Statement,
    StatementContact,
)
from headway.forums.queries.mentions import pieces_of
from tests.forums.making_meetings import a_forum, a_phase
from tests.forums.making_talk import (
    BARE,
    a_comment,
    a_conversation,
    digest,
    says,
    statements_of,
    votes,
)
from tests.world import NOON, World, a_happening


def test_an_answer_to_an_answer_stays_in_the_thread_of_the_first(world: World) -> None:
    record = a_happening(world).record
    first = a_comment(world, record)
    answer = actions.comment_on(
        by=world.actor("evaluator"), record=record, text="We do.", answers=first
    )
    further = actions.comment_on(
        by=world.actor("partner"), record=record, text="Since when?", answers=answer
    )
    assert {first.thread_id, answer.thread_id, further.thread_id} == {first.pk}
    assert further.answers_id == first.pk
    assert Follow.objects.filter(record=record).count() == 2


@pytest.mark.parametrize("text", ["", " \n "])
def test_nobody_says_nothing(world: World, text: str) -> None:
    with pytest.raises(RuleError) as refused:
        a_comment(world, a_happening(world).record, text)
    assert refused.value.field == "text"


def test_a_name_with_an_at_sign_tells_the_member(world: World) -> None:
    record = a_happening(world).record
    comment = a_comment(world, record, "@The evaluator, ask @The Convener. Mail me@county.example")
    named = set(Mention.objects.filter(comment=comment).values_list("member__name", flat=True))
    assert named == {"The evaluator", "The convener"}
    assert [piece.text for piece in pieces_of(comment) if piece.member] == [
        "@The evaluator",
        "@The Convener",
    ]


def test_a_name_that_could_mean_several_is_asked_about(world: World) -> None:
    with pytest.raises(RuleError, match=r"could mean several people.*@The convener"):
        a_comment(world, a_happening(world).record, "@The who?")


def test_every_wording_of_a_comment_is_kept(world: World) -> None:
    comment = a_comment(world, a_happening(world).record)
    by = world.actor("partner", NOON + timedelta(minutes=5))
    assert actions.edit_comment(by=by, comment=comment, text="Who counts the free beds?")
    assert not actions.edit_comment(by=by, comment=comment, text="Who counts the free beds?")
    kept = CommentWording.objects.filter(comment=comment).values_list("text", flat=True)
    assert list(kept) == ["Who counts the beds?", "Who counts the free beds?"]
    with pytest.raises(RuleError, match="Only who wrote"):
        actions.edit_comment(by=world.actor("convener"), comment=comment, text="Nobody")


def test_what_was_taken_back_stays_as_it_is(world: World) -> None:
    comment = a_comment(world, a_happening(world).record)
    actions.take_back_comment(by=world.actor("partner"), comment=comment)
    with pytest.raises(RuleError, match="no longer stands"):
        actions.edit_comment(by=world.actor("partner"), comment=comment, text="Again")
    with pytest.raises(RuleError, match="taken it back"):
        actions.hide_comment(by=world.actor(), comment=comment, rule="personal")


def test_a_public_body_does_not_discuss_between_its_meetings(world: World) -> None:
    open_group, body = a_forum(world), a_forum(world, "Commission", "yes")
    a_comment(world, open_group.record)
    with pytest.raises(RuleError, match="Discussion is closed"):
        a_comment(world, body.record)


def test_a_phase_closes_discussion_by_itself(world: World) -> None:
    forum = a_forum(world)
    phase = a_phase(world, forum)
    assert phase.closes_at is not None
    a_comment(world, forum.record)
    late = world.actor("partner", phase.closes_at)
    with pytest.raises(RuleError, match="Discussion is closed"):
        actions.comment_on(by=late, record=forum.record, text="One more thing")


def test_hiding_names_a_rule_answers_reports_and_can_be_undone(world: World) -> None:
    comment = a_comment(world, a_happening(world).record)
    actions.report_comment(by=world.actor("observer"), comment=comment, because="It names a guest.")
    with pytest.raises(RuleError, match="which rule"):
        actions.hide_comment(by=world.actor(), comment=comment, rule="")
    row = actions.hide_comment(by=world.actor(), comment=comment, rule="private")
    assert row is not None
    assert actions.hide_comment(by=world.actor(), comment=comment, rule="private") is None
    assert not Report.objects.waiting().exists()
    actions.restore_comment(by=world.actor(), comment=comment, because="She agreed.")
    comment.refresh_from_db()
    assert comment.hidden_at is None
    log = Moderation.objects.order_by("decision").values_list("decision", flat=True)
    assert list(log) == ["hidden", "restored"]


def test_a_statement_waits_until_it_was_read_and_its_author_hears_of_it(world: World) -> None:
    conversation = a_conversation(world)
    said = says(conversation, "  Dogs may stay with   their people. ", address="guest@home.example")
    assert (said.text, said.state) == ("Dogs may stay with their people.", "waiting")
    with pytest.raises(RuleError, match="no longer up for a vote"):
        actions.choose(
            by=BARE,
            conversation=conversation,
            resume=digest(conversation, "one"),
            statement=said,
            choice="agree",
        )
    actions.decide_statement(
        by=world.actor(), statement=said, decision="refused", rule="duplicate", because="See 2."
    )
    mail = OutboxMessage.objects.get(recipient="guest@home.example")
    assert "says what another one says: See 2." in mail.text
    assert StatementContact.objects.get().statement_id == said.pk


def test_each_adds_only_so_many_statements(world: World) -> None:
    conversation = a_conversation(world, statements_each=1)
    resume = digest(conversation, "one")
    actions.say_something(by=BARE, conversation=conversation, resume=resume, text="More light.")
    with pytest.raises(RuleError, match="Each may add 1"):
        actions.say_something(by=BARE, conversation=conversation, resume=resume, text="More beds.")


def test_words_somebody_voted_on_stay_and_a_new_version_begins_at_zero(world: World) -> None:
    conversation = a_conversation(world)
    first = statements_of(conversation)[0]
    assert actions.revise_statement(by=world.actor(), statement=first, text="Open at 11.")
    votes(conversation, "one", "agree")
    with pytest.raises(RuleError, match="so they stay"):
        actions.revise_statement(by=world.actor(), statement=first, text="Open at 10.")
    new = actions.replace_statement(by=world.actor(), statement=first, text="Open at 10.")
    first.refresh_from_db()
    assert (new.replaces_id, first.state) == (first.pk, Statement.State.REPLACED)
    assert Choice.objects.filter(statement=first).count() == 1
    assert not Choice.objects.filter(statement=new).exists()


def test_a_vote_may_be_changed_but_not_without_end(world: World) -> None:
    conversation = a_conversation(world, statements=["Only this."])
    votes(conversation, "one", "agree")
    votes(conversation, "one", "agree")
    votes(conversation, "one", "pass")
    votes(conversation, "one", "disagree")
    with pytest.raises(RuleError, match="as often as one may"):
        votes(conversation, "one", "agree")
    assert Choice.objects.get().choice == "disagree"
    assert Participant.objects.get().choices_made == 3


def test_nobody_votes_before_the_first_or_after_the_last_day(world: World) -> None:
    day = timedelta(days=1)
    early = a_conversation(world, opens_at=NOON + day)
    with pytest.raises(RuleError, match="takes no votes now"):
        votes(early, "one", "agree")
    over = a_conversation(world, a_forum(world, "Others"))
    actions.close_conversation(by=world.actor(), conversation=over)
    with pytest.raises(RuleError, match="takes no votes now"):
        votes(over, "one", "agree")


def test_a_group_that_may_be_a_public_body_opens_no_conversation(world: World) -> None:
    forum = a_forum(world, "Commission", "ask_counsel")
    with pytest.raises(RuleError, match="public body"):
        a_conversation(world, forum)


def test_the_key_goes_thirty_days_after_the_close(world: World) -> None:
    conversation = a_conversation(world)
    votes(conversation, "one", "agree", "pass", "disagree")
    key_id = conversation.key_id
    assert key_id is not None
    over = NOON + timedelta(days=14)
    assert actions.close_what_is_over(now=over) == 1
    assert actions.destroy_old_keys(now=over + timedelta(days=29)) == 0
    assert key_bytes(key_id)
    assert actions.destroy_old_keys(now=over + timedelta(days=30)) == 1
    assert actions.destroy_old_keys(now=over + timedelta(days=31)) == 0
    with pytest.raises(KeyGoneError):
        key_bytes(key_id)
    assert Participant.objects.get().resume is None
    assert Choice.objects.count() == 3


def test_paper_counts_with_the_others_and_stays_marked(world: World) -> None:
    conversation = a_conversation(world)
    first, second, _third = statements_of(conversation)
    for _ballot in range(12):
        actions.type_in_paper(
            by=world.actor(), conversation=conversation, choices={first: "agree", second: "pass"}
        )
    assert Choice.objects.filter(statement=first, choice="agree").count() == 12
    assert Participant.objects.filter(channel="paper", resume=None).count() == 12
    with pytest.raises(RuleError, match="at least one"):
        actions.type_in_paper(by=world.actor(), conversation=conversation, choices={})


def test_an_organization_speaks_only_under_a_mandate(world: World) -> None:
    statement = statements_of(a_conversation(world))[0]
    with pytest.raises(RuleError, match="No mandate"):
        actions.choose_for_organisation(
            by=world.actor("partner"),
            statement=statement,
            organisation=world.shelter,
            choice="agree",
        )
    assert not Choice.objects.exists()
