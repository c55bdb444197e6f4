"""Answers by mail: what real mail programs send, and what is never taken for an answer."""

from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.commitments.formats.letter import own_words
from headway.commitments.formats.reply import Reply, read, understood

TODAY = date(2026, 3, 12)
ADDRESS = "reply+ovkz4a7qtoken@hennepin.example"


def mail(body: str, *, headers: str = "", kind: str = "text/plain; charset=utf-8") -> bytes:
    """A mail as it comes in, from Maria to the reply address."""
    head = (
        f"From: Maria Lopez <Maria@StStephens.example>\r\nTo: Headway <{ADDRESS}>\r\n"
        "Subject: Re: Your promise: call the two shelters\r\n"
        "Date: Thu, 12 Mar 2026 09:30:00 -0500\r\nMessage-ID: <one@mail.ststephens.example>\r\n"
        f"In-Reply-To: <ask@hennepin.example>\r\nMIME-Version: 1.0\r\n{headers}"
        f"Content-Type: {kind}\r\n\r\n"
    )
    return head.encode() + body.encode()


def answer(raw: bytes) -> Reply:
    return read(raw, today=TODAY, domain="hennepin.example")


GMAIL = """Done

On Wed, Mar 11, 2026 at 4:05 PM Headway <reply+ovkz4a7qtoken@hennepin.example>
wrote:

> Is it done? Answer "done", "late until 5/12" or "not going ahead because".
> --
> Headway
"""
OUTLOOK = """Late until 5/12.

Maria Lopez
Outreach Director

________________________________
From: Headway <reply+ovkz4a7qtoken@hennepin.example>
Sent: Wednesday, March 11, 2026 4:05 PM
To: Maria Lopez <maria@ststephens.example>
Subject: Your promise: call the two shelters

Answer "done", "late until 5/12" or "not going ahead because".
"""
OUTLOOK_WITHOUT_RULE = """We confirm.

From: Headway <reply+ovkz4a7qtoken@hennepin.example>
Sent: Wednesday, March 11, 2026 4:05 PM
To: Maria Lopez
Subject: Your promise

Are you done?
"""
APPLE = """Not going ahead because our board turned down the lease.

Maria

> On Mar 11, 2026, at 4:05 PM, Headway <reply+ovkz4a7qtoken@hennepin.example> wrote:
>
> Answer "done", "late until 5/12" or "not going ahead because".
"""
PHONE = """Done!

Sent from my iPhone

> On Mar 11, 2026, at 4:05 PM, Headway wrote:
>
> Is it late?
"""
BELOW = """On Wed, Mar 11, 2026, Headway wrote:
> Is it done, late until a day, or not going ahead?

Late until April 20
--
Maria Lopez
We get things done.
"""


@pytest.mark.parametrize(
    ("body", "expected", "until", "reason"),
    [
        (GMAIL, "done", None, ""),
        (OUTLOOK, "late", "2026-05-12", ""),
        (OUTLOOK_WITHOUT_RULE, "confirm", None, ""),
        (APPLE, "not_going_ahead", None, "our board turned down the lease."),
        (PHONE, "done", None, ""),
        (BELOW, "late", "2026-04-20", ""),
    ],
)
def test_mail_programs_quote_in_their_own_ways(
    body: str, expected: str, until: str | None, reason: str
) -> None:
    for text in (body, body.replace("\n", "\r\n")):
        found = answer(mail(text))
        assert found.answer == expected
        assert (found.until.end.isoformat() if found.until else None) == until
        assert found.reason == reason


HTML = """<html><head><style>p{color:red}</style><title>late</title></head><body>
<div dir="ltr">Yes,&nbsp;we confirm<br></div><span style="display:none">done</span>
<script>document.write("done")</script>
<div class="gmail_quote"><div>On Wed wrote:</div><blockquote>done? late?</blockquote></div>
</body></html>"""
OUTLOOK_HTML = """<html><body><p>Not going ahead due to a lost grant</p>
<div id="divRplyFwdMsg"><b>From:</b> Headway<br><b>Sent:</b> Wednesday</div>
<div><p><b>From:</b> Headway<br><b>Sent:</b> Wednesday<br>Say done.</p></div></body></html>"""


@pytest.mark.parametrize(
    ("html", "expected"), [(HTML, "confirm"), (OUTLOOK_HTML, "not_going_ahead")]
)
def test_html_alone_is_read_without_quotes_scripts_and_hidden_words(
    html: str, expected: str
) -> None:
    assert answer(mail(html, kind="text/html; charset=utf-8")).answer == expected


@pytest.mark.parametrize("charset", ["utf-8", "us-ascii", "x-unknown", "utf-16", "rot13", ""])
@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_a_wrong_charset_or_encoding_keeps_the_words(charset: str, encoding: str) -> None:
    from base64 import b64encode
    from quopri import encodestring

    words = "Not going ahead because Café José closed".encode()
    body = {"8bit": words, "base64": b64encode(words), "quoted-printable": encodestring(words)}
    kind = f"text/plain; charset={charset}" if charset else "text/plain"
    raw = mail("", headers=f"Content-Transfer-Encoding: {encoding}\r\n", kind=kind)
    found = answer(raw + body[encoding])
    # Read as what they are not, two bytes for each sign, the words are gone: it is asked again.
    assert found.answer == ("unclear" if charset == "utf-16" else "not_going_ahead")
    if charset != "utf-16":
        assert "Café José" in found.reason


def test_the_plain_part_of_a_mail_with_attachments_is_read() -> None:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "maria@ststephens.example", ADDRESS, "Re: promise"
    made.set_content("Done\n")
    made.add_alternative("<p>Done</p>", subtype="html")
    made.add_attachment("late until 5/12", filename="old.txt")
    made.add_attachment(message_from_bytes(mail("not going ahead because of rain")))
    assert answer(made.as_bytes()).answer == "done"
    assert read(made, today=TODAY).answer == "done"


@pytest.mark.parametrize(
    "headers",
    [
        "Auto-Submitted: auto-replied\r\n",
        "X-Autoreply: yes\r\n",
        "X-Autorespond: Out\r\n",
        "Precedence: auto_reply\r\n",
        "Precedence: bulk\r\n",
        "Return-Path: <>\r\n",
        "X-Failed-Recipients: a@b.example\r\n",
    ],
)
def test_an_automatic_reply_is_never_an_answer(headers: str) -> None:
    assert answer(mail("Done")).answer == "done"
    found = answer(mail("Done", headers=headers))
    assert (found.answer, found.question) == ("automatic", "")


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Your promise",
        "Out of office: Your promise",
        "Auto-Reply: away",
        "Undeliverable: Your promise",
        "Delivery Status Notification (Failure)",
        "=?utf-8?b?T3V0IG9mIE9mZmljZQ==?=",
    ],
)
def test_a_subject_of_machines_is_never_an_answer(subject: str) -> None:
    raw = mail("Done").replace(b"Re: Your promise: call the two shelters", subject.encode())
    assert answer(raw).answer == "automatic"


def test_a_report_and_a_machine_as_sender_are_automatic() -> None:
    report = mail("--x\r\n\r\nDone\r\n--x--", kind="multipart/report; boundary=x")
    assert answer(report).answer == "automatic"
    machine = mail("Done").replace(b"Maria@StStephens.example", b"MAILER-DAEMON@mx.example")
    assert answer(machine).answer == "automatic"


def test_who_wrote_what_to_which_address_is_told() -> None:
    found = answer(mail("Done"))
    assert (found.sender, found.token) == ("maria@ststephens.example", "ovkz4a7qtoken")
    assert found.message_id == "<one@mail.ststephens.example>"
    assert found.in_reply_to == "<ask@hennepin.example>"


@pytest.mark.parametrize("header", ["Cc", "Delivered-To", "X-Original-To", "Envelope-To"])
def test_the_token_is_found_wherever_a_server_keeps_it(header: str) -> None:
    raw = mail("Done", headers=f"{header}: {ADDRESS.upper()}\r\n")
    bare = raw.replace(f"To: Headway <{ADDRESS}>".encode(), b"To: office@hennepin.example")
    assert answer(bare).token == "ovkz4a7qtoken"


@pytest.mark.parametrize(
    "headers",
    [
        "Cc: reply+another@hennepin.example\r\n",
        "Cc: reply+another@hennepin.example, x@y.example\r\n",
    ],
)
def test_two_tokens_are_none(headers: str) -> None:
    assert answer(mail("Done", headers=headers)).token == ""


def test_a_token_in_a_name_or_of_another_domain_is_none() -> None:
    named = mail("Done").replace(b"Headway <reply+", b'"reply+x@hennepin.example" <office+')
    assert answer(named).token == ""
    other = mail("Done").replace(b"@hennepin.example>", b"@elsewhere.example>")
    assert answer(other).token == ""


def test_a_forged_or_doubled_sender_is_told_as_it_is() -> None:
    forged = mail("Done").replace(b"Maria@StStephens.example", b"mallory@elsewhere.example")
    assert answer(forged).sender == "mallory@elsewhere.example"
    two = mail("Done").replace(b"Maria Lopez <Maria@", b"a@b.example, Maria Lopez <Maria@")
    assert answer(two).sender == ""
    again = mail("Done", headers="From: mallory@elsewhere.example\r\n")
    assert answer(again).sender == ""


@pytest.mark.parametrize(
    "said",
    [
        "done", "Done.", "DONE!", "It's done", "This is done, thanks!", "Yes, done", "All done",
        "We have finished it.", "Completed on 3/10 by our team", "We finished this last week.",
        "Hi Denise,\n\nThis has been completed.\n\nBest,\nMaria",
        "Done. Thanks for the reminder! We will send photos next week.",
    ],
)  # fmt: skip
def test_done_is_done(said: str) -> None:
    assert understood(said, TODAY).answer == "done"


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("late until 5/12", "2026-05-12"),
        ("Late until May 12", "2026-05-12"),
        ("Sorry, this is delayed until the end of April.", "2026-04-30"),
        ("We need until 4/15 because the printer broke", "2026-04-15"),
        ("No, late until 5/12", "2026-05-12"),
        ("Moved to June 3", "2026-06-03"),
        ("We need two more weeks; late until March 27.", "2026-03-27"),
        ("It will be late. New date: May 12.", "2026-05-12"),
        ("Not done yet, late until 2026-05-12", "2026-05-12"),
        ("Late until Mar. 30", "2026-03-30"),
    ],
)
def test_late_with_a_day_is_late(said: str, until: str) -> None:
    found = understood(said, TODAY)
    assert found.answer == "late"
    assert found.until is not None
    assert found.until.end.isoformat() == until


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Not going ahead because the grant ended", "the grant ended"),
        ("not going ahead because of the\nlease", "of the lease"),
        ("Cancelled: the landlord sold the building.", "the landlord sold the building."),
        ("We can't do this because two people left.", "two people left."),
        ("No, not going ahead. Our board said no.", "Our board said no."),
    ],
)
def test_not_going_ahead_needs_its_reason(said: str, reason: str) -> None:
    found = understood(said, TODAY)
    assert (found.answer, found.reason.removeprefix("of ")) == (
        "not_going_ahead",
        reason.removeprefix("of "),
    )


@pytest.mark.parametrize(
    "said", ["confirm", "Yes", "yes we confirm", "We confirm.", "Yes, we do.", "Confirmed!"]
)
def test_yes_confirms(said: str) -> None:
    assert understood(said, TODAY).answer == "confirm"


@pytest.mark.parametrize("said", ["No", "no.", "No, sorry", "We cannot confirm this."])
def test_no_is_no(said: str) -> None:
    assert understood(said, TODAY).answer == "no"


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("", "nothing_said"),
        ("!", "nothing_said"),
        ("Who is this?", "not_understood"),
        ("Thanks for the reminder", "not_understood"),
        ("OK", "not_understood"),
        ("Is it done?", "not_understood"),
        ("not done yet", "not_understood"),
        ("Almost done", "not_understood"),
        ("Half of it is done", "not_understood"),
        ("It will be done soon", "not_understood"),
        ("We hope to have it done by Friday", "not_understood"),
        ("We can't confirm yet", "not_understood"),
        ("Please confirm receipt", "not_understood"),
        ("Not late at all", "not_understood"),
        ("Late", "date_missing"),
        ("It is delayed, no idea how long", "date_missing"),
        ("late until 3/1/2026", "date_unsure"),
        ("late until next Friday", "date_unsure"),
        ("late until the board meets", "date_missing"),
        ("Not going ahead", "reason_missing"),
        ("Done. Late until 5/12.", "two_answers"),
        ("Done with the report\nNot going ahead because of the lease", "two_answers"),
        ("Yes\nNo", "two_answers"),
        ("No\nDone", "two_answers"),
        ("We confirm.\nDone.", "two_answers"),
    ],
)
def test_what_is_not_clear_is_asked_back(said: str, question: str) -> None:
    found = understood(said, TODAY)
    assert (found.answer, found.question) == ("unclear", question)


@given(st.one_of(st.binary(), st.text().map(lambda text: mail(text, headers=text[:9]))))
@settings(deadline=None)
def test_any_bytes_are_read(raw: bytes) -> None:
    assert read(raw, today=TODAY).answer


@given(st.text().map(lambda text: mail(text, kind="text/html")))
@settings(deadline=None)
def test_any_html_is_read(raw: bytes) -> None:
    assert read(raw, today=TODAY).answer


def test_what_is_only_quoted_is_not_said() -> None:
    assert own_words("> done\n>> late") == ""
    assert answer(mail("> done")).question == "nothing_said"


def test_mail_made_to_hang_is_read_quickly() -> None:
    begun = process_time()
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
                    for n in range(400))  # fmt: skip
    answer(b"From: a@b.example\r\n" + deep + b"\r\nDone")
    answer(mail("On " * 30_000))
    answer(mail("<div>" * 50_000, kind="text/html"))
    answer(mail("a" * 500_000))
    answer(mail("not going ahead " + ", " * 50_000))
    assert process_time() - begun < 10
