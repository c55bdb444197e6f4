"""From notes of a meeting to a promise that carries out a board's decision, by keyboard alone."""

import fcntl
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from tests.e2e.conftest import Installation, Visit, Visitor, holding
from tests.e2e.test_keyboard_journey import NAME, Keyboard, go, main_text

pytestmark = pytest.mark.browser
INITIATIVE = "Heading Home Hennepin"
PARTNER = "St. Stephen's Human Services"
BOARD = "Hennepin County Board of Commissioners"
SEAT = "Commissioner of District 3"
REASON = "Nobody is there after midnight"
LONGEST_WAIT = 60
MOST_STEPS = 600
TICKED = "() => document.activeElement.checked"
SEATED = f"""
import django
django.setup()
from django.utils import timezone
from headway.accounts.actor import Actor
from headway.arenas.actions import seat_post
from headway.arenas.models import Arena
from headway.directory.actions.posts import PostDetails, add_post
from headway.directory.models import Organisation, Post
board = Organisation.objects.get(name={BOARD!r})
by = Actor(kind="worker", at=timezone.now())
post = Post.objects.filter(organisation=board, label={SEAT!r}).first()
post = post or add_post(by=by, organisation=board, details=PostDetails(label={SEAT!r}))
seat_post(by=by, arena=Arena.objects.get(organisation=board), post=post)
"""
TAKEN = """
import sys, django
django.setup()
from django.utils import timezone
from headway.notices.actions.incoming import take_mail
print(take_mail(raw=RAW, now=timezone.now()).fate)
"""


class Hands(Keyboard):
    """Somebody without a mouse who has patience on long pages."""

    def reach(self, name: str) -> None:
        """Press Tab until something whose name begins like this has the focus."""
        for _step in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(NAME).startswith(name):
                return
        raise AssertionError(f"{name!r} cannot be reached by Tab on {self.page.url}")

    def take(self, name: str) -> None:
        """Reach what is called exactly so, and press Enter."""
        for _step in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(NAME) == name:
                with self.page.expect_navigation():
                    self.page.keyboard.press("Enter")
                return
        raise AssertionError(f"{name!r} cannot be reached by Tab on {self.page.url}")

    def choose(self, first: str, name: str) -> None:
        """In a group of round buttons, go from the one that Tab reaches to another."""
        self.reach(first)
        for _step in range(20):
            if self.page.evaluate(NAME).startswith(name):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name!r} is not among the choices on {self.page.url}")

    def write(self, name: str, text: str) -> None:
        """Replace what stands in a field."""
        self.reach(name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def add(self, name: str, text: str) -> None:
        """Write on below what stands in a field."""
        self.reach(name)
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)

    def tick(self, name: str) -> None:
        """Tick a box, where it is not ticked yet."""
        self.reach(name)
        if not self.page.evaluate(TICKED):
            self.page.keyboard.press("Space")


def enter(visit: Visit) -> Hands:
    """Come in at the front and go to the initiative."""
    visit.open("/home/")
    hands = Hands(visit.page)
    hands.follow(INITIATIVE)
    return hands


def hold_a_meeting(visit: Visit, promise: str, idea: str) -> None:
    """As the convener: open the next meeting, type its notes, mail the promises."""
    hands = enter(visit)
    hands.follow("Partners of Heading Home Hennepin")
    hands.follow("Type the notes")
    hands.add("Notes", f"\nWill do: {PARTNER} will {promise} by 2030-04-10\nIdea: {idea}\n")
    hands.follow("Save the notes")
    assert "What was recognized" in main_text(visit)
    hands.follow("Mail each organization its own promises")
    assert PARTNER in main_text(visit)
    hands.follow("Mail them now")
    assert promise in main_text(visit)


def answer_by_mail(installation: Installation, promise: str) -> None:
    """As the partner: answer the mail that came, with one word."""
    folder = Path(json.loads(installation.python(MAIL_FOLDER)))
    until = time.monotonic() + LONGEST_WAIT
    while not (mails := [raw for raw in _mails(folder) if promise in _words(raw)]):
        assert time.monotonic() < until, "no mail about the promise came within a minute"
        time.sleep(0.5)
    asked = message_from_bytes(mails[-1], policy=default)
    reply = EmailMessage()
    reply["From"], reply["To"] = asked["To"], asked["Reply-To"]
    reply["Subject"] = f"Re: {asked['Subject']}"
    reply["Message-ID"] = f"<{time.monotonic_ns()}@partner.example>"
    reply.set_content("Yes, confirm\n")
    raw = reply.as_bytes()
    assert installation.python(TAKEN.replace("RAW", repr(raw))) == "done"


MAIL_FOLDER = """
import json, django
django.setup()
from django.conf import settings
print(json.dumps(str(settings.MAIL_FOLDER)))
"""


def _mails(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]


def _words(raw: bytes) -> str:
    message = message_from_bytes(raw)
    parts = (part.get_payload(decode=True) for part in message.walk())
    return " ".join(part.decode(errors="replace") for part in parts if isinstance(part, bytes))


def draft(visit: Visit, idea: str) -> None:
    """As the convener: make the idea a recommendation that two organizations draft."""
    hands = enter(visit)
    go(visit, "Recommendations")
    hands.follow(idea)
    hands.follow("Draft a recommendation from it")
    hands.follow("Begin to draft")
    hands.follow("Add who drafts it")
    hands.write("Name 1", f"{PARTNER}; YouthLink")
    hands.follow("Save")
    assert "YouthLink" in main_text(visit)


def suggest(visit: Visit, idea: str) -> None:
    """As the partner: word it otherwise."""
    hands = enter(visit)
    go(visit, "Recommendations")
    hands.follow(idea)
    hands.follow("Suggest a change")
    hands.write("Your wording", f"{idea}, with a paid night host")
    hands.follow("Suggest it")


def accept(visit: Visit, idea: str) -> None:
    """As the convener: accept what was suggested."""
    hands = enter(visit)
    go(visit, "Recommendations")
    hands.follow(idea)
    hands.follow(f"{idea}, with a paid night host")
    hands.follow("Accept it")
    hands.follow("Take this wording over")
    assert "paid night host" in main_text(visit)


def put_to_the_vote(visit: Visit, idea: str) -> None:
    """As the convener: ask for consent, open the vote, and consent."""
    hands = enter(visit)
    go(visit, "Recommendations")
    hands.follow(idea)
    hands.follow("Prepare a vote on it")
    hands.write("Question", f"Do we agree: {idea}?")
    hands.fill("Last day", "12312030")
    hands.tick("May be closed earlier")
    hands.write("How many must vote", "1")
    hands.follow("Save")
    hands.follow("Open the vote")
    hands.follow("Open the vote")
    hands.take("Vote")
    hands.choose("I consent", "I consent")
    hands.take("Vote")


def object_with_a_reason(visit: Visit, idea: str) -> None:
    """As the partner: object, and say why."""
    hands = enter(visit)
    go(visit, "Recommendations")
    hands.follow(idea)
    hands.follow("Go to the open vote")
    hands.take("Vote")
    hands.choose("I consent", "I object")
    hands.write("Your reason", REASON)
    hands.take("Vote")


def settle_and_decide(visit: Visit, idea: str) -> None:
    """As the convener: close, meet the objection, write down the decision."""
    hands = enter(visit)
    go(visit, "Recommendations")
    hands.follow(idea)
    hands.follow("Go to the open vote")
    hands.follow("Close and count")
    hands.write("Why it closes before its end", "Everybody who came has voted.")
    hands.follow("Close and count")
    hands.follow(REASON)
    hands.follow("Settle this objection")
    hands.choose("met by a change", "met by a change")
    hands.write("Answer", "The host is paid until five.")
    hands.follow("Save")
    go(visit, "Recommendations")
    hands.follow(idea)
    hands.follow("Do we agree")
    hands.follow("Write down what we decided")
    hands.write("What we decided", f"{idea}, with a paid host")
    hands.follow("Save")


def ask_and_be_answered(visit: Visit, idea: str) -> None:
    """As the convener: ask the board, note what was said, record its decision."""
    hands = enter(visit)
    go(visit, "Recommendations")
    hands.follow(idea)
    hands.follow("Ask a decision body for it")
    hands.write("Decision body", BOARD)
    hands.write("Title", f"Pay for it: {idea}")
    hands.fill("Vote expected on", "12312030")
    hands.follow("Save")
    assert "Path to the agenda" in main_text(visit)
    hands.follow("Note what was said on the record")
    hands.write("Seat that said it", SEAT)
    hands.choose("public statement", "public statement")
    hands.write("What was said", "Wants to see the cost first.")
    hands.write("When it was said", today())
    hands.write("Web address", "https://county.example/minutes")
    hands.follow("Save")
    assert "Wants to see the cost" in main_text(visit)
    assert not visit.page.locator("#error-summary").is_visible()


def decide_and_promise(visit: Visit, idea: str, promise: str) -> None:
    """As the convener: record the decision, and the promise that carries it out."""
    hands = enter(visit)
    go(visit, "Decisions")
    hands.follow(f"Pay for it: {idea}")
    hands.follow("Record the decision")
    hands.choose("adopted", "adopted")
    hands.write("Date of the decision", today())
    hands.follow("Save")
    hands.follow("Make a promise from this")
    hands.write("What is promised", promise)
    hands.write("Organization that promises it", PARTNER)
    hands.follow("Save")


def back_to_the_meeting(visit: Visit, idea: str) -> None:
    """From the promise along its whole path to where it began: notes for a meeting to come."""
    hands = Hands(visit.page)
    hands.follow("Follow it to both ends")
    hands.follow("Partners of Heading Home Hennepin")
    said = main_text(visit)
    assert idea in said[said.index("Noted before the meeting") :]


def today() -> str:
    """This day, where the initiative is or shortly before."""
    return (datetime.now(UTC) - timedelta(hours=12)).date().isoformat()


@pytest.fixture
def alone(shared: Path) -> Iterator[None]:
    """Both journeys write into the same next meeting, so one goes after the other."""
    with holding(shared / "next-meeting", fcntl.LOCK_EX):
        yield


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_talk_becomes_a_decision_and_a_promise(
    visitor: Visitor, installation: Installation, scripts: bool
) -> None:
    how = "with" if scripts else "without"
    promise, idea = f"call three shelters {how} scripts", f"Open a hall {how} scripts"
    installation.python(SEATED)
    look = {"java_script_enabled": scripts}
    with visitor("convener", **look) as visit:
        hold_a_meeting(visit, promise, idea)
        answer_by_mail(installation, promise)
        draft(visit, idea)
    with visitor("partner", **look) as visit:
        suggest(visit, idea)
    with visitor("convener", **look) as visit:
        accept(visit, idea)
        put_to_the_vote(visit, idea)
    with visitor("partner", **look) as visit:
        object_with_a_reason(visit, idea)
    with visitor("convener", **look) as visit:
        settle_and_decide(visit, idea)
        ask_and_be_answered(visit, idea)
        decide_and_promise(visit, idea, f"pay the host {how} scripts")
        back_to_the_meeting(visit, idea)
        assert visit.warned == []
