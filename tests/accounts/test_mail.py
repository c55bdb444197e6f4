import errno
import logging
import smtplib
import threading
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import IntegrityError, connection, transaction
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from headway.accounts.actions import post_mail
from headway.accounts.mail import KEPT, LEASE, MOST_ATTEMPTS, Folder, deliver, forget
from headway.accounts.models import OutboxMessage
from headway.core.errors import RuleError
from tests.accounts.conftest import NOON, People, signed_in

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process died here."""


def post(subject: str = "Your promises", **values: Any) -> OutboxMessage:
    wish: dict[str, Any] = {
        "at": NOON,
        "recipient": "mo@partner.example",
        "text": "Two are due.",
        **values,
    }
    return post_mail(subject=subject, **wish)


def files(settings: Settings) -> list[Path]:
    return sorted(Path(settings.MAIL_FOLDER).glob("*"))


def test_a_mail_lies_in_the_folder_once_under_its_message_id(pages: Settings) -> None:
    message = post(subject="Grüße\nBcc: all@county.example", html="<p>Two are due.</p>")
    assert deliver(NOON) == 1
    assert deliver(NOON + timedelta(days=1)) == 0
    (file,) = files(pages)
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert mail["Message-ID"] == message.message_id
    assert file.stem == message.message_id.strip("<>")
    assert mail["Subject"] == "Grüße Bcc: all@county.example"
    assert mail["Bcc"] is None
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "Two are due."


def test_a_mail_that_is_not_due_waits(pages: Settings) -> None:
    post(due_at=NOON + timedelta(hours=1))
    assert deliver(NOON) == 0
    assert deliver(NOON + timedelta(hours=1)) == 1


def test_a_mail_falls_with_the_change_that_caused_it(pages: Settings) -> None:
    @transaction.atomic
    def fail() -> None:
        post()
        raise IntegrityError

    with pytest.raises(IntegrityError):
        fail()
    assert OutboxMessage.objects.count() == 0


@pytest.mark.parametrize("recipient", ["a@b.example\nBcc: c@d.example", "", "x" * 300, "a\x00@b"])
def test_an_address_that_cannot_be_one_is_refused(recipient: str) -> None:
    with pytest.raises(RuleError):
        post(recipient=recipient)


def test_a_kill_between_rename_and_commit_sends_nothing_twice(
    pages: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    post()

    def die(*_args: object) -> None:
        raise Killed

    monkeypatch.setattr("headway.accounts.mail._note_sent", die)
    with pytest.raises(Killed):
        deliver(NOON)
    monkeypatch.undo()
    (file,) = files(pages)
    first = file.stat().st_mtime_ns

    assert deliver(NOON + timedelta(seconds=1)) == 0, "another worker may still be at it"
    assert deliver(NOON + LEASE) == 1
    assert [place.stat().st_mtime_ns for place in files(pages)] == [first]
    assert OutboxMessage.objects.get().state == "sent"


def test_a_kill_while_writing_leaves_no_half_mail(
    pages: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    post()

    def die(_file: int) -> None:
        raise Killed

    monkeypatch.setattr("headway.accounts.mail.os.fsync", die)
    with pytest.raises(Killed):
        deliver(NOON)
    monkeypatch.undo()
    assert [place.suffix for place in files(pages)] == [".part"]
    assert deliver(NOON + LEASE) == 1
    assert [place.suffix for place in files(pages)] == [".eml"]


class Server:
    """A mail server that answers as it is told."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble = trouble
        self.taken: list[str] = []

    def carry(self, message: OutboxMessage) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.taken.append(message.message_id)


def test_a_server_that_is_away_is_tried_again_ever_more_seldom() -> None:
    message = post()
    away = Server(smtplib.SMTPServerDisconnected("gone\x00"))
    now, waits = NOON, []
    for _attempt in range(4):
        assert deliver(now, away) == 0
        message.refresh_from_db()
        waits.append(message.due_at - now)
        now = message.due_at
    assert waits == sorted(set(waits))
    back = Server()
    assert deliver(now, back) == 1
    assert back.taken == [message.message_id]


def test_nobody_is_tried_for_ever() -> None:
    message = post()
    away = Server(OSError(errno.EHOSTUNREACH, "no route"))
    for _attempt in range(MOST_ATTEMPTS + 3):
        deliver(message.due_at, away)
        message.refresh_from_db()
    assert (message.state, message.attempts) == ("refused", MOST_ATTEMPTS)
    assert message.trouble == "OSError: EHOSTUNREACH"


@pytest.mark.parametrize(("code", "state"), [(550, "refused"), (451, "waiting")])
def test_an_address_that_the_server_does_not_know_is_given_up(code: int, state: str) -> None:
    message = post()
    refusal = smtplib.SMTPRecipientsRefused({message.recipient: (code, b"no")})
    deliver(NOON, Server(refusal))
    message.refresh_from_db()
    assert message.state == state


def test_a_kill_over_smtp_repeats_only_the_one_in_flight_under_its_id() -> None:
    class Dying(Server):
        def carry(self, message: OutboxMessage) -> None:
            super().carry(message)
            if message.subject == "second":
                raise Killed

    written = [post(subject) for subject in ("first", "second", "third")]
    dying, living = Dying(), Server()
    with pytest.raises(Killed):
        deliver(NOON, dying)
    for wait in (timedelta(seconds=1), LEASE):
        deliver(NOON + wait, living)
    ids = [message.message_id for message in written]
    assert sorted(dying.taken + living.taken) == sorted([*ids, ids[1]])


def test_one_bad_mail_does_not_hold_up_the_next() -> None:
    class Picky(Server):
        def carry(self, message: OutboxMessage) -> None:
            if message.subject == "first":
                raise OSError
            super().carry(message)

    post("first")
    second = post("second")
    server = Picky()
    assert deliver(NOON, server) == 1
    assert server.taken == [second.message_id]


MO = "mo@partner.example"
NAMING = {
    "the address is refused": smtplib.SMTPRecipientsRefused(
        {MO: (550, b"5.1.1 <mo@partner.example> unknown here")}
    ),
    "the text is refused": smtplib.SMTPDataError(554, b"5.7.1 no mail for mo@partner.example"),
    "the sender is refused": smtplib.SMTPSenderRefused(553, b"not for mo", MO),
    "the server is away": OSError(f"no route for {MO}"),
    "nobody thought of it": RuntimeError(f"surprise about {MO}"),
}


@pytest.mark.parametrize("trouble", NAMING.values(), ids=NAMING)
def test_neither_log_nor_outbox_keeps_the_words_of_a_refusal(
    trouble: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    message = post()
    with caplog.at_level(logging.DEBUG):
        deliver(NOON, Server(trouble))
    message.refresh_from_db()
    assert message.message_id in caplog.text
    assert type(trouble).__name__ in message.trouble
    assert "mo@" not in caplog.text + message.trouble


def test_what_nobody_thought_of_holds_up_no_other_mail() -> None:
    class Strange(Server):
        def carry(self, message: OutboxMessage) -> None:
            if message.subject == "first":
                raise UnicodeError
            super().carry(message)

    first, second = post("first"), post("second")
    server = Strange()
    assert deliver(NOON, server) == 1
    assert server.taken == [second.message_id]
    first.refresh_from_db()
    assert (first.state, first.attempts, first.due_at > NOON) == ("waiting", 1, True)


@pytest.mark.parametrize(("confidential", "kept"), [(True, ""), (False, "Two are due.")])
def test_a_confidential_text_is_not_kept_where_nobody_takes_it(
    confidential: bool, kept: str
) -> None:
    message = post(confidential=confidential, html=kept)
    deliver(NOON, Server(smtplib.SMTPRecipientsRefused({MO: (550, b"no")})))
    message.refresh_from_db()
    assert (message.state, message.text, message.html) == ("refused", kept, kept)


def test_a_text_is_forgotten_once_it_is_sent() -> None:
    message = post(html="<p>Two are due.</p>")
    deliver(NOON, Server())
    message.refresh_from_db()
    assert (message.state, message.text, message.html) == ("sent", "", "")


def test_after_a_while_the_outbox_knows_only_what_became_of_a_mail() -> None:
    sent, refused = post(kind="reminder", reply_to="reply@county.example"), post("Second")
    deliver(NOON, Server(smtplib.SMTPRecipientsRefused({MO: (550, b"no")})))
    OutboxMessage.objects.filter(pk=sent.pk).update(state="sent", sent_at=NOON)
    waiting = post("Third", due_at=NOON + KEPT * 2)
    assert forget(NOON + KEPT) == 0

    assert forget(NOON + KEPT + timedelta(seconds=1)) == 2

    for message in (sent, refused, waiting):
        message.refresh_from_db()
    assert (sent.recipient, sent.subject, sent.text, sent.reply_to) == ("", "", "", "")
    assert (sent.kind, sent.written_at, sent.state) == ("reminder", NOON, "sent")
    assert (refused.recipient, refused.text) == ("", "")
    assert refused.trouble == "SMTPRecipientsRefused: 550"
    assert (waiting.recipient, waiting.subject) == (MO, "Third")


def test_a_message_keeps_its_id_over_smtp(
    settings: Settings, mailoutbox: list[EmailMultiAlternatives], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.mail.backends.locmem import EmailBackend

    monkeypatch.setattr("headway.accounts.mail.SmtpBackend", EmailBackend)
    settings.MAIL_DELIVERY = "smtp"
    message = post(reply_to="reply@county.example", html="<p>due</p>")
    assert deliver(NOON) == 1
    (sent,) = mailoutbox
    assert sent.message()["Message-ID"] == message.message_id
    assert sent.to == ["mo@partner.example"]
    assert sent.reply_to == ["reply@county.example"]


def test_what_django_sends_goes_out_at_once_in_a_folder_and_its_text_is_forgotten(
    pages: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    pages.EMAIL_BACKEND = "headway.accounts.mail.OutboxBackend"
    with django_capture_on_commit_callbacks(execute=True):
        send_mail("Your code", "7KQF", None, ["mo@partner.example", "two@partner.example"])
    assert len(files(pages)) == 2
    assert {row.text for row in OutboxMessage.objects.all()} == {""}
    assert all("7KQF" in file.read_text() for file in files(pages))


@pytest.mark.django_db(transaction=True)
def test_two_workers_hand_over_each_mail_once(pages: Settings) -> None:
    for number in range(20):
        post(f"mail {number}")
    taken: list[str] = []

    def work() -> None:
        try:
            server = Server()
            deliver(NOON, server)
            taken.extend(server.taken)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(taken) == len(set(taken)) == 20


def test_an_administrator_reads_the_folder_where_nothing_is_sent(
    people: People, pages: Settings
) -> None:
    message = post("Look <script>alert(1)</script>")
    deliver(NOON)
    client = signed_in(people.administrator)
    listed = client.get("/account/mail/").content.decode()
    assert "Look &lt;script&gt;" in listed
    page = f"/account/mail/{message.message_id.strip('<>')}/"
    assert "Two are due." in client.get(page).content.decode()

    for name in ("..%2F..%2Fsecret-key", "nothing", ".."):
        assert client.get(f"/account/mail/{name}/").status_code == 404
    pages.MODE = "production"
    assert client.get("/account/mail/").status_code == 404


def test_a_folder_names_files_safely(tmp_path: Path) -> None:
    message = OutboxMessage(message_id="<../../etc/passwd@x>")
    assert Folder(tmp_path).path_of(message).parent == tmp_path
