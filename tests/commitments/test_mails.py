"""Mails about promises, and what is answered by link and by mail."""

import re
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest

from headway.accounts.models import Event, LinkToken, OutboxMessage
from headway.accounts.replies import reply_token
from headway.commitments import actions
from headway.commitments.actions.replying import MailAnswer
from headway.commitments.formats.reply import read
from headway.commitments.models import Commitment, Reminder
from headway.directory.actions.details import PersonDetails
from headway.directory.actions.people import add_person
from headway.directory.actions.posts import RoleDetails, add_membership
from headway.directory.models import Person
from headway.initiatives.actions import let_go
from headway_analysis.partial_date import PartialDate
from tests.commitments.making import (
    DUE,
    LATER,
    a_confirmed_promise,
    a_promise,
    a_seat,
    at,
    let_speak,
)
from tests.world import NOON, World

PARTNER = "partner@county.example"
LINK = re.compile(r"https?://[^/]+(/promises/answer/\S+)")


def mails(to: str = "") -> list[OutboxMessage]:
    found = OutboxMessage.objects.filter(kind__startswith="promise").order_by("written_at")
    return list(found.filter(recipient=to) if to else found)


def asked(world: World) -> tuple[Commitment, OutboxMessage]:
    """A promise whose organisation was asked to confirm it, and the mail that asks."""
    let_speak(world)
    promise = a_promise(world)
    assert actions.ask_to_confirm(by=world.actor(), commitment=promise) == 1
    (mail,) = mails()
    return promise, mail


def path_of(mail: OutboxMessage) -> str:
    found = LINK.search(mail.text)
    assert found is not None
    return found[1]


def answer(
    mail: OutboxMessage,
    words: str,
    *,
    sender: str = PARTNER,
    to: str = "",
    automatic: bool = False,
    now: datetime = NOON,
) -> MailAnswer:
    message = EmailMessage()
    message["From"], message["To"] = sender, to or mail.reply_to
    message["Subject"], message["Message-ID"] = f"Re: {mail.subject}", "<1@ststephens.example>"
    if automatic:
        message["Auto-Submitted"] = "auto-replied"
    message.set_content(words + "\n\n> " + mail.text.replace("\n", "\n> "))
    reply = read(message.as_bytes(), today=now.date())
    return actions.answer_by_mail(at=now, reply=reply)


def test_who_may_confirm_is_asked_once_a_day(world: World) -> None:
    promise, mail = asked(world)
    assert mail.recipient == PARTNER
    assert "not a contract" in mail.text
    assert actions.ask_to_confirm(by=world.actor(), commitment=promise) == 0
    assert len(mails()) == 1
    tomorrow = world.actor(at=NOON + timedelta(days=1))
    assert actions.ask_to_confirm(by=tomorrow, commitment=promise) == 1


def test_a_link_is_shown_by_a_get_and_acts_by_a_post_once(world: World) -> None:
    promise, mail = asked(world)
    LinkToken.objects.update(expires_at=at(LATER))
    path, visitor = path_of(mail), world.client()
    for _scan in range(3):
        shown = visitor.get(path)
        assert shown.status_code == 200
        assert promise.text in shown.content.decode()
    promise.refresh_from_db()
    assert promise.state == "intent"
    no_day = visitor.post(path, {"answer": "board"})
    assert no_day.status_code == 422
    done = visitor.post(path, {"answer": "board", "board_by": "2031-05-12"})
    assert done.status_code == 200
    promise.refresh_from_db()
    assert (promise.state, promise.board_by) == ("confirmed", LATER)
    assert (promise.confirmed_through, promise.confirmed_by) == ("link", world.members["partner"])
    event = Event.objects.about(promise.pk).get(verb="confirmed")
    assert (event.actor_kind, event.organisation_id) == ("link", world.shelter.pk)
    assert visitor.post(path, {"answer": "done"}).status_code == 410


def test_a_forged_or_foreign_link_opens_nothing(world: World) -> None:
    _promise, mail = asked(world)
    LinkToken.objects.update(expires_at=at(LATER))
    *_rest, token, secret, _end = path_of(mail).split("/")
    other = reply_token(purpose="promise", subject_id=_promise.pk, recipient="thief@x.example")
    for forged in (
        f"/promises/answer/{other}/{secret}/",
        f"/promises/answer/{token}/{secret[:-1]}/",
        f"/promises/answer/{token[:-1]}/{secret}/",
    ):
        assert world.client().get(forged).status_code == 404


def test_a_link_of_somebody_who_left_opens_nothing(world: World) -> None:
    _promise, mail = asked(world)
    LinkToken.objects.update(expires_at=at(LATER))
    let_go(by=world.actor(at=NOON), member=world.members["partner"])
    assert world.client().get(path_of(mail)).status_code == 410


@pytest.mark.parametrize(
    ("words", "state", "due"),
    [
        ("yes", "confirmed", DUE),
        ("done", "kept", DUE),
        ("late until 5/12/2031", "intent", LATER),
        ("not going ahead because the grant was not renewed", "dropped", DUE),
    ],
)
def test_an_answer_by_mail_acts_as_the_form_would(
    world: World, words: str, state: str, due: date
) -> None:
    promise, mail = asked(world)
    assert answer(mail, words).fate == "done"
    promise.refresh_from_db()
    assert (promise.state, promise.due_to) == (state, due)
    assert Event.objects.about(promise.pk).filter(actor_kind="mail").exists()
    if state == "dropped":
        assert promise.because == "the grant was not renewed"


def test_a_mail_that_says_both_board_and_no_day_is_asked_back(world: World) -> None:
    promise, mail = asked(world)
    assert answer(mail, "yes, but it needs our board").fate == "asked_back"
    promise.refresh_from_db()
    assert (promise.authority_stated, promise.state) == ("", "intent")


def test_an_unclear_answer_comes_back_with_one_question(world: World) -> None:
    promise, mail = asked(world)
    for _again in range(3):
        assert answer(mail, "hello there, nice weather").fate == "asked_back"
    questions = [each for each in mails(PARTNER) if each.kind == "promise_question"]
    assert len(questions) == 1
    assert questions[0].reply_to == mail.reply_to
    promise.refresh_from_db()
    assert promise.state == "intent"


def test_what_the_form_would_refuse_is_asked_back_too(world: World) -> None:
    promise, mail = asked(world)
    actions.keep_promise(by=world.actor(), commitment=promise)
    assert answer(mail, "late until 5/12/2031").fate == "asked_back"


def test_automatic_replies_are_left_alone(world: World) -> None:
    _promise, mail = asked(world)
    assert answer(mail, "I am out of office until May 12", automatic=True).fate == "automatic"
    assert len(mails()) == 1


def test_forged_and_foreign_mails_do_nothing(world: World) -> None:
    promise, mail = asked(world)
    assert answer(mail, "done", sender="thief@x.example").fate == "refused"
    token, domain = mail.reply_to.removeprefix("reply+").split("@")
    forged = f"reply+{token[:-9]}aaaaaaaa2@{domain}"
    assert answer(mail, "done", to=forged).fate == "unknown"
    assert answer(mail, "done", to=f"office@{domain}").fate == "unknown"
    let_go(by=world.actor(), member=world.members["partner"])
    assert answer(mail, "done").fate == "refused"
    promise.refresh_from_db()
    assert promise.state == "intent"


def test_a_member_without_a_mandate_says_done_but_confirms_nothing(world: World) -> None:
    promise = a_promise(world, due=PartialDate.on(date(2026, 4, 1)))
    assert actions.write_reminders(now=NOON) == 1
    (mail,) = mails(PARTNER)
    assert answer(mail, "yes").fate == "asked_back"
    promise.refresh_from_db()
    assert promise.state == "intent"
    assert answer(mail, "done").fate == "done"


def test_the_holder_of_the_seat_is_asked_and_confirms_without_an_account(world: World) -> None:
    seat = a_seat(world, world.shelter)
    registrar = world.actor("registrar")
    maria = add_person(
        by=registrar,
        authority=world.authority,
        details=PersonDetails(name="Maria Lopez", email="maria@ststephens.example"),
    )
    add_membership(
        by=registrar,
        person=maria,
        organisation=world.shelter,
        details=RoleDetails(role="Director", post=seat),
    )
    promise = a_promise(world, post=seat)
    assert actions.ask_to_confirm(by=world.actor(), commitment=promise) == 1
    (mail,) = mails("maria@ststephens.example")
    assert answer(mail, "yes", sender="Maria@StStephens.example").fate == "done"
    promise.refresh_from_db()
    assert (promise.confirmed_by, promise.confirmed_name) == (None, "Maria Lopez")


def test_what_is_no_address_stops_no_other_reminder(world: World) -> None:
    maria = add_person(
        by=world.actor("registrar"),
        authority=world.authority,
        details=PersonDetails(name="Maria Lopez", email="maria@ststephens.example"),
    )
    a_promise(world, person=maria, due=PartialDate.on(date(2026, 4, 1)))
    Person.objects.filter(pk=maria.pk).update(email="ask the front desk")
    assert actions.write_reminders(now=NOON) == 1
    assert [mail.recipient for mail in mails()] == [PARTNER]


def test_reminders_come_before_the_day_and_after_it_each_once(world: World) -> None:
    due = date(2026, 4, 5)
    a_promise(world, due=PartialDate.on(due))
    days: dict[date, list[str]] = {}
    for number in range(28):
        day = date(2026, 3, 27) + timedelta(days=number)
        for _again in range(2):
            actions.write_reminders(now=at(day))
        days[day] = sorted(
            f"{each.kind} {each.recipient.partition('@')[0]}"
            for each in mails()
            if each.written_at.date() == day
        )
    written = {day: kinds for day, kinds in days.items() if kinds}
    assert written == {
        date(2026, 3, 29): ["promise_reminder partner"],
        date(2026, 4, 6): ["promise_reminder partner", "promise_weekly convener"],
        date(2026, 4, 12): ["promise_reminder convener", "promise_reminder partner"],
        date(2026, 4, 13): ["promise_weekly convener"],
        date(2026, 4, 20): ["promise_weekly convener"],
    }


def test_the_weekly_report_waits_for_monday_morning_there(world: World) -> None:
    a_promise(world, due=PartialDate.on(date(2026, 4, 1)))
    monday = date(2026, 4, 6)
    Reminder.objects.all().delete()
    actions.write_reminders(now=at(monday, 11))
    assert not [each for each in mails() if each.kind == "promise_weekly"]
    actions.write_reminders(now=at(monday, 13))
    (report,) = [each for each in mails() if each.kind == "promise_weekly"]
    assert "1 promise is past its date" in report.subject


def test_nobody_is_reminded_of_what_ended_or_was_only_reported(world: World) -> None:
    from headway.initiatives.provenance import reported
    from tests.commitments.making import a_source

    soon = PartialDate.on(date(2026, 4, 1))
    done = a_promise(world, due=soon)
    actions.keep_promise(by=world.actor(), commitment=done)
    a_promise(world, "told by others", due=soon, provenance=reported(a_source(world)))
    assert actions.write_reminders(now=NOON) == 0


def test_a_reminder_is_answered_by_mail(world: World) -> None:
    promise = a_confirmed_promise(world, due=PartialDate.on(date(2026, 4, 1)))
    actions.write_reminders(now=NOON)
    (mail,) = mails(PARTNER)
    assert answer(mail, "done", now=NOON + timedelta(days=1)).fate == "done"
    promise.refresh_from_db()
    assert promise.ended_on == date(2026, 3, 28)


def test_a_mail_with_many_promises_names_an_address_for_each(world: World) -> None:
    from headway.commitments.actions.letters import write_letter
    from headway.commitments.queries.answerers import answerers

    rows = [a_promise(world, f"Promise {number}") for number in range(45)]
    (to,) = answerers(rows[0], NOON.date())
    write_letter(
        commitments=rows, to=to, at=NOON, kind="promise_meeting", subject="all", opening="these:"
    )
    first, second = mails(PARTNER)
    assert first.text.count("reply+") + second.text.count("reply+") == 45
    assert (first.reply_to, second.reply_to) == ("", "")
