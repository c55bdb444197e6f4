import multiprocessing
import os
import signal
from datetime import timedelta

import pytest
from django.db import connections

from headway.accounts.models import OutboxMessage, User
from headway.core.errors import RuleError
from headway.initiatives.models import Member, Record, RoleGrant
from headway.notices.actions import choose_rhythm, mail_due, mailing, tell
from headway.notices.models import Notice, Preference, Rhythm
from tests.notices.making import LATER, MONDAY, MORNING, a_followed, mails_to, news, told, wants
from tests.world import NOON, World


def with_news(world: World, count: int = 1) -> None:
    followed = a_followed(world, "partner")
    tell(now=NOON)
    for number in range(count):
        news(world, followed.record, at=LATER + timedelta(seconds=number))
    tell(now=LATER)


@pytest.mark.parametrize(
    ("rhythm", "due"),
    [(Rhythm.IMMEDIATE, LATER), (Rhythm.DAILY, MORNING), (Rhythm.WEEKLY, MONDAY)],
)
def test_mail_comes_in_the_rhythm_that_somebody_chose(
    world: World, rhythm: Rhythm, due: object
) -> None:
    wants(world, "partner", rhythm)
    with_news(world)

    assert [notice.mail_due_at for notice in told(world, "partner")] == [due]
    mail_due(now=due - timedelta(seconds=1))
    assert mails_to(world, "partner") == []
    mail_due(now=due)
    mail_due(now=due)

    (mail,) = mails_to(world, "partner")
    assert "The facilitator: revised" in mail.subject
    assert [notice.mailed_in for notice in told(world, "partner")] == [mail]


def test_whoever_wants_no_mail_reads_it_here(world: World) -> None:
    wants(world, "partner", Rhythm.NEVER)
    with_news(world)

    mail_due(now=MONDAY)

    assert len(told(world, "partner")) == 1
    assert mails_to(world, "partner") == []


def test_a_mail_offers_one_press_to_end_such_mail(world: World) -> None:
    with_news(world)
    mail_due(now=MORNING)

    (mail,) = mails_to(world, "partner")
    path = mail.unsubscribe[mail.unsubscribe.index("/notices/") :]
    browser = world.client()
    assert mail.unsubscribe in mail.text
    assert "End this mail" in browser.get(path).content.decode()
    assert not Preference.objects.exists()
    assert browser.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Preference.objects.get(user=world.people["partner"]).rhythm == Rhythm.NEVER
    assert browser.get(path.replace("/stop/", "/stop/x")).status_code == 404


def test_the_headers_of_a_mail_name_the_one_press(world: World) -> None:
    from headway.accounts.mail import _as_email

    with_news(world)
    mail_due(now=MORNING)
    message = mails_to(world, "partner")[0]

    sent = _as_email(message).message()

    assert sent["List-Unsubscribe"] == f"<{message.unsubscribe}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["Message-ID"] == message.message_id


@pytest.mark.parametrize("loses", ["role", "membership", "account", "sight"])
def test_a_digest_is_silent_about_what_may_not_be_read_any_more(world: World, loses: str) -> None:
    with_news(world)
    partner = world.members["partner"]
    if loses == "role":
        RoleGrant.objects.filter(member=partner).update(ended_at=LATER)
    elif loses == "membership":
        Member.objects.filter(pk=partner.pk).update(left_at=LATER)
    elif loses == "account":
        User.objects.filter(pk=partner.user_id).update(is_active=False)
    else:
        Record.objects.all().update(visibility="office")

    mail_due(now=MORNING)

    assert mails_to(world, "partner") == []
    assert not Notice.objects.to_mail(MONDAY).filter(member=partner).exists()


def test_much_news_comes_in_several_mails_that_hold_all_of_it(world: World) -> None:
    count = 2 * mailing.MOST_IN_A_MAIL + 3
    with_news(world, count)

    mail_due(now=MORNING)

    mails = mails_to(world, "partner")
    assert len(mails) == 3
    assert sum(mail.text.count("you follow this") for mail in mails) == count
    assert "50 pieces of news" in mails[0].subject + mails[1].subject


def test_what_waits_goes_by_the_rhythm_chosen_last(world: World) -> None:
    with_news(world)
    wants(world, "partner", Rhythm.WEEKLY, LATER)
    mail_due(now=MORNING)
    assert mails_to(world, "partner") == []

    wants(world, "partner", Rhythm.IMMEDIATE, MORNING)
    mail_due(now=MORNING)
    assert len(mails_to(world, "partner")) == 1


def test_a_rhythm_is_one_of_those_offered_and_for_ones_own_initiative(world: World) -> None:
    for role, rhythm in (("partner", "hourly"), ("stranger", "daily")):
        with pytest.raises(RuleError):
            choose_rhythm(
                by=world.actor(role),
                user=world.people[role],
                initiative=world.hennepin,
                rhythm=rhythm,
            )


def test_two_blocks_hold_what_one_would(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    wants(world, "partner", Rhythm.IMMEDIATE)
    wants(world, "convener", Rhythm.IMMEDIATE)
    monkeypatch.setattr(mailing, "BLOCK", 2)
    with_news(world, 5)

    mail_due(now=LATER)

    for role in ("partner", "convener"):
        assert all(notice.mailed_in for notice in told(world, role))
        assert sum(mail.text.count("revised") for mail in mails_to(world, role)) == 5


def mail_and_die(blocks: int) -> None:
    """In a process of its own: mail some blocks, then end as by `kill -9` inside the next."""
    connections.close_all()
    written = mailing._mails
    left = [blocks]

    def mails(block: object, now: object) -> object:
        left[0] -= 1
        for number, mail in enumerate(written(block, now)):
            if left[0] < 0 and number:
                os.kill(os.getpid(), signal.SIGKILL)
            yield mail

    mailing._mails = mails
    mailing.BLOCK = 4
    mail_due(now=LATER)


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore:This process")
def test_after_kill_9_the_next_worker_writes_the_rest_and_nothing_twice(world: World) -> None:
    for role in ("partner", "convener", "observer"):
        wants(world, role, Rhythm.IMMEDIATE)
    followed = a_followed(world, "partner", "observer")
    tell(now=NOON)
    for number in range(6):
        news(world, followed.record, at=LATER + timedelta(seconds=number))
    tell(now=LATER)
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=mail_and_die, args=(1,))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    before = OutboxMessage.objects.filter(kind="notice").count()
    assert before > 0
    assert Notice.objects.to_mail(LATER).exists()

    mail_due(now=LATER)

    mails = OutboxMessage.objects.filter(kind="notice")
    assert not Notice.objects.to_mail(LATER).exists()
    assert sum(mail.text.count("revised") for mail in mails) == 18
