import io
from argparse import Namespace
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.mime.text import MIMEText

import pytest

from config import mail as mail_command
from headway.accounts.models import OutboxMessage
from headway.commitments import actions as promises
from headway.commitments.models import Commitment
from headway.notices.actions import fetch_mail, fetching, incoming, take_mail
from headway.notices.models import IncomingMail
from tests.commitments.making import a_promise, let_speak
from tests.notices.imap import mailbox
from tests.world import NOON, World

PARTNER = "partner@county.example"
Fate = IncomingMail.Fate


def asked(world: World) -> tuple[Commitment, OutboxMessage]:
    """A promise, and the mail that asks its organisation to confirm it."""
    let_speak(world)
    promise = a_promise(world)
    promises.ask_to_confirm(by=world.actor(), commitment=promise)
    return promise, OutboxMessage.objects.get(kind="promise_confirm")


def reply(
    to: OutboxMessage,
    words: str = "yes",
    sender: str = PARTNER,
    name: str = "<1@st.example>",
    **headers: str,
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to.reply_to, f"Re: {to.subject}"
    if name:
        message["Message-ID"] = name
    for header, value in headers.items():
        message[header.replace("_", "-")] = value
    message.set_content(words + "\n\nOn Friday Headway wrote:\n> " + to.text.replace("\n", "\n> "))
    return message.as_bytes()


def state(promise: Commitment) -> str:
    promise.refresh_from_db()
    return promise.state


def test_a_mail_acts_as_the_form_would_and_the_same_mail_again_does_nothing(world: World) -> None:
    promise, mail = asked(world)

    first = take_mail(raw=reply(mail), now=NOON)
    again = take_mail(raw=reply(mail, "not going ahead because of rain"), now=NOON)

    assert (first.fate, first.record_id, again.pk) == (Fate.DONE, promise.pk, first.pk)
    assert state(promise) == "confirmed"
    assert IncomingMail.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "fate"),
    [
        ({"sender": "mallory@evil.example"}, Fate.REFUSED),
        ({"words": "What is this about?"}, Fate.ASKED_BACK),
        ({"Auto_Submitted": "auto-replied", "words": "I am out of office"}, Fate.AUTOMATIC),
        ({"Auto_Submitted": "auto-generated"}, Fate.AUTOMATIC),
    ],
)
def test_what_is_forged_unclear_or_automatic_changes_nothing(
    world: World, changes: dict[str, str], fate: str
) -> None:
    promise, mail = asked(world)

    taken = take_mail(raw=reply(mail, **changes), now=NOON)

    assert taken.fate == fate
    assert state(promise) == "intent"


def test_our_own_mail_that_comes_back_is_left_alone(world: World) -> None:
    _promise, mail = asked(world)
    OutboxMessage.objects.filter(pk=mail.pk).update(message_id="<own@headway.example>")

    taken = take_mail(raw=reply(mail, name="<own@headway.example>"), now=NOON)

    assert taken.fate == Fate.AUTOMATIC


def test_a_forged_token_opens_nothing(world: World) -> None:
    promise, mail = asked(world)
    local, _at, domain = mail.reply_to.partition("@")
    mail.reply_to = f"{local[:-4]}aaaa@{domain}"

    assert take_mail(raw=reply(mail), now=NOON).fate == Fate.UNKNOWN
    assert state(promise) == "intent"


def test_a_mail_in_html_only_is_read_and_what_it_quotes_is_not(world: World) -> None:
    promise, mail = asked(world)
    html = f"<p>yes</p><blockquote>not going ahead because {mail.subject}</blockquote>"
    message = MIMEText(html, "html")
    message["From"], message["To"], message["Message-ID"] = PARTNER, mail.reply_to, "<h@x.example>"

    assert take_mail(raw=message.as_bytes(), now=NOON).fate == Fate.DONE
    assert state(promise) == "confirmed"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"no headers at all",
        b"Message-ID: <" + b"x" * 900 + b">\r\n\r\nyes",
        b"Message-ID: <\x00\xed\xa0\x80>\r\nFrom: \xff\r\n\r\nyes",
        b"From: a@b.example\r\n" * 3 + b"\r\nyes",
    ],
)
def test_nonsense_is_kept_once_and_does_nothing(world: World, raw: bytes) -> None:
    first, again = take_mail(raw=raw, now=NOON), take_mail(raw=raw, now=NOON)

    assert (first.fate, first.pk) == (Fate.UNKNOWN, again.pk)


@pytest.mark.parametrize("sign", ["\x00", "\ufffd"])
def test_a_reason_that_no_table_can_hold_is_asked_for_again(world: World, sign: str) -> None:
    promise, mail = asked(world)
    raw = reply(mail, "not going ahead because SIGN of rain")

    taken = take_mail(raw=raw.replace(b"SIGN", sign.encode()), now=NOON)

    assert taken.fate == Fate.ASKED_BACK
    assert state(promise) == "intent"


def test_a_sender_that_never_stops_is_no_longer_answered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _promise, mail = asked(world)
    monkeypatch.setattr(incoming, "MOST_FROM_A_SENDER", 2)

    fates = [
        take_mail(raw=reply(mail, "What?", name=f"<{number}@loop.example>"), now=NOON).fate
        for number in range(4)
    ]

    assert fates == [Fate.ASKED_BACK, Fate.ASKED_BACK, Fate.REFUSED, Fate.REFUSED]
    later = NOON + incoming.WINDOW + timedelta(minutes=1)
    assert take_mail(raw=reply(mail, "What?", name="<9@loop.example>"), now=later).fate != (
        Fate.REFUSED
    )
    assert OutboxMessage.objects.filter(kind="promise_question").count() == 1


def test_replies_in_a_mailbox_are_taken_and_marked_as_seen(world: World) -> None:
    promise, mail = asked(world)
    with mailbox(b"nonsense", reply(mail)) as server:
        assert fetch_mail(url=server.url, now=NOON) == 2
        assert server.seen == {1, 2}
        assert fetch_mail(url=server.url, now=NOON) == 0
        server.seen.clear()
        assert fetch_mail(url=server.url, now=NOON) == 2
    assert state(promise) == "confirmed"
    assert IncomingMail.objects.count() == 2


def test_mails_that_always_fail_block_nothing_behind_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise, mail = asked(world)
    taken = fetching.take_mail

    def fails(*, raw: bytes, now: datetime) -> IncomingMail:
        if raw == b"broken":
            raise ValueError("cannot be read")
        return taken(raw=raw, now=now)

    monkeypatch.setattr(fetching, "take_mail", fails)
    monkeypatch.setattr(fetching, "MOST_AT_ONCE", 2)
    with mailbox(b"broken", b"broken", reply(mail)) as server:
        assert fetch_mail(url=server.url, now=NOON) == 0
        assert fetch_mail(url=server.url, now=NOON) == 1
        assert server.seen == {3}
    assert state(promise) == "confirmed"


def test_a_mailbox_that_refuses_or_is_away_is_asked_again_later(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with mailbox(accepts="another") as server:
        assert fetch_mail(url=server.url, now=NOON) == 0
    assert fetch_mail(url="imap://replies:secret@127.0.0.1:9/INBOX", now=NOON) == 0
    assert fetch_mail(url="http://nothing", now=NOON) == 0
    assert fetch_mail(url="", now=NOON) == 0
    assert "secret" not in caplog.text


def piped(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    return mail_command.run(Namespace())


def test_a_mail_server_pipes_a_mail_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    promise, mail = asked(world)

    assert piped(reply(mail, "yes"), monkeypatch) == 0
    assert state(promise) == "confirmed"


def test_a_mail_that_cannot_be_taken_now_is_kept_by_the_mail_server(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(**_given: object) -> None:
        raise OSError("the database is away, says mo@st.example")

    monkeypatch.setattr("headway.notices.actions.take_mail", fail)

    assert piped(b"anything", monkeypatch) == mail_command.TRY_LATER
    assert "mo@st.example" not in caplog.text
