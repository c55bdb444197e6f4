"""A mail that answers about a promise: done, late, not going ahead, confirmed, no, or unclear.

Rather asks back than takes a sentence for what it may not mean. Whether the sender may answer is
for others to judge; an automatic reply is never an answer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.message import Message
from typing import Literal

from headway.commitments.formats.letter import letter
from headway.forums.formats.notes import Meeting
from headway.forums.formats.notes.dates import due_in
from headway_analysis.partial_date import PartialDate
from headway_analysis.similarity import fold

Answer = Literal["done", "late", "not_going_ahead", "confirm", "no", "unclear", "automatic"]
Question = Literal[
    "",
    "nothing_said",
    "not_understood",
    "two_answers",
    "date_missing",
    "date_unsure",
    "reason_missing",
]
LONGEST = 4_000
LEAD_IN = re.compile(
    r"(?:(?:hi|hello|dear|good (?:morning|afternoon))\b[^,.!:]{0,40}[,.!:]?\s*|(?:yes|yep|no|sorry"
    r"|thanks|thank you|update|status|answer|fyi)\b[,.!:-]*\s*)*"
)
MINE = (
    r"(?:(?:it|this|that|everything|we|i|they|ours?)(?:'s|'re|'m|'ve| is| are| am| was| were| has"
    r"| have)?(?: been| got| all| now| already| just)*|all|already|has been|is|was|have)?"
)
DONE_FIRST = re.compile(
    rf"(?:{MINE} ?)(?:done|completed?|finished|fulfilled|kept|delivered|all set|taken care of)\b"
)
DONE_LATER = re.compile(r"\b(?:done|completed|finished|fulfilled|taken care of)\b")
PARTLY = re.compile(
    r"\b(?:not|never|nothing|almost|nearly|half|partly|partially|mostly|some|except|but|apart"
    r"|first|except|aside|until|unless|if|soon|hope\w*|expect\w*|yet|\d+ ?%|percent|progress)\b"
    r"|n't\b|\?"
)
TO_COME = re.compile(
    r"\b(?:will|would|should|to be|can|could|may|might|plan\w*|going to|when|once|before|after|by"
    r"|need\w*|want\w*|try\w*|get|getting|be)\b"
)
LATE = re.compile(
    r"\b(?:late|delayed|delay|postponed?|more time|extension|pushed? back|extended?|moved? to"
    r"|reschedul\w+|running behind|behind schedule|overdue|need (?:until|till)|not (?:done |ready "
    r"|finished |complete )?(?:before|until|till))\b|^(?:until|till)\b"
)
NOT_LATE = re.compile(r"\b(?:not|never|isn't|won't be|no) (?:be )?(?:late|delay\w*|overdue)\b")
DROPPED = re.compile(
    r"\b(?:not going (?:ahead|forward|to happen)|not go(?:ing)? ahead|not happening"
    r"|(?:will|can) ?not (?:go ahead|proceed|happen|be able to)"
    r"|(?:won't|can't) (?:go ahead|proceed|happen|be able to)"
    r"|(?:we|i) (?:can't|cannot|can not|won't|will not) (?:do|keep|deliver|make) (?:it|this|that)\b"
    r"|cancel(?:l?ed|l?ing)?|called off|withdrawn|withdrawing|dropp(?:ed|ing)"
    r"|have to (?:drop|withdraw)|no longer (?:going|able|possible|doing|happening))\b"
)
NOT_DROPPED = re.compile(r"\b(?:not|never|isn't|wasn't) (?:been )?(?:cancel|withdr|dropp|called)")
REASON = re.compile(
    r"(?:\bbecause(?: of)?\b|\bdue to\b|\bowing to\b|\bsince\b|\bas\b(?! of)|\bfor lack of\b"
    r"|\breason:?|[:,–—;.]|\s-\s)\s*(?P<why>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
BARE_YES = re.compile(
    r"(?:yes|yep|yeah|correct|agreed)(?:[, ]+(?:please|thanks|thank you|that's right|that is right"
    r"|correct|we (?:do|will|can|are in)|i (?:do|will)|of course|indeed|all good|definitely"
    r"|absolutely|sounds good|ok|okay))*[.! ]*"
)
CONFIRMED = re.compile(
    r"(?:yes[,.! ]+)?(?:(?:we|i)(?: can| do| both)?(?: hereby| now| gladly)?|hereby|this is to"
    r"|happy to|glad to)? ?confirm(?:ed|s|ing)?\b(?! (?:receipt|whether|if|that (?:you|the mail)))"
)
BARE_NO = re.compile(
    r"(?:no|nope)(?:[, ]+(?:thanks|thank you|sorry|not us|that's wrong|that is wrong|(?:we|i) "
    r"(?:don't|do not|can't|cannot|can not|won't|did not|didn't)(?: (?:confirm|promise)"
    r"(?: (?:this|that|it))?)?))*[.! ]*"
)
REFUSED = re.compile(
    r"(?:no[,.! ]+)?(?:sorry,? )?(?:we|i) (?:don't|do not|can't|cannot|can not|won't|will not)"
    r" confirm\b(?!.*\b(?:yet|until|before|today|now)\b)"
)
BARE = frozenset({"yes", "no"})


@dataclass(frozen=True, slots=True)
class Reply:
    """What a mail answers, and what is needed to judge whether it may.

    Attributes:
        answer: what it says; unclear where `question` has to be asked back.
        until: the new date where it is late; with a date that is not sure, the likeliest.
        reason: why it is not going ahead.
        question: what keeps the answer from being clear.
        said: the sender's own words, without quotes and signature.
        token: of the reply address it was sent to; empty where there is none or more than one.
        sender: the address in From; empty where there is none or more than one.
        message_id: tells a mail that comes twice.

    """

    answer: Answer
    until: PartialDate | None
    reason: str
    question: Question
    said: str
    token: str
    sender: str
    message_id: str
    in_reply_to: str
    subject: str


@dataclass(frozen=True, slots=True)
class Understood:
    """The answer in some words."""

    answer: Answer
    question: Question = ""
    until: PartialDate | None = None
    reason: str = ""


def read(raw: bytes | Message, *, today: date, domain: str = "") -> Reply:
    """Read a mail as an answer; never raises, whatever bytes came.

    Args:
        raw: the mail as it came.
        today: from which "until Friday" counts.
        domain: of the reply addresses; empty for any.

    """
    mail = letter(raw, domain=domain)
    told = Understood("automatic") if mail.automatic else understood(mail.text, today)
    return Reply(
        answer=told.answer,
        until=told.until,
        reason=told.reason,
        question=told.question,
        said=mail.text,
        token=mail.tokens[0] if len(mail.tokens) == 1 else "",
        sender=mail.sender,
        message_id=mail.message_id,
        in_reply_to=mail.in_reply_to,
        subject=mail.subject,
    )


def understood(said: str, today: date) -> Understood:
    """The one answer in somebody's own words.

    >>> understood("Late until 5/12", date(2026, 3, 1)).until.start
    datetime.date(2026, 5, 12)
    >>> understood("Thanks for asking!", date(2026, 3, 1)).question
    'not_understood'

    """
    words = said[:LONGEST].replace("’", "'").replace("‘", "'")
    if not re.search(r"\w", words):
        return Understood("unclear", "nothing_said")
    found = {answer for sentence in sentences(words) for answer in answers(sentence)}
    if len(found - BARE) > 1 or found == BARE or _contradicts(found):
        return Understood("unclear", "two_answers")
    plain = next(iter(found - BARE or found), "")
    if plain == "late":
        return _late(words, today)
    if plain == "not_going_ahead":
        return _dropped(words)
    simple: dict[str, Answer] = {"done": "done", "confirm": "confirm", "yes": "confirm", "no": "no"}
    if plain in simple and len(said) <= LONGEST:
        return Understood(simple[plain])
    return Understood("unclear", "not_understood")


def _contradicts(found: set[str]) -> bool:
    """Whether a plain yes or no stands beside its opposite."""
    return ("yes" in found and bool(found & {"not_going_ahead"})) or (
        "no" in found and bool(found & {"done", "confirm"})
    )


def sentences(said: str) -> Iterator[str]:
    """The sentences of a text; a line that was broken to fit goes on in the next."""
    whole = re.sub(r"(?<=\S{1}[^\n]{54})\n(?=\S)", " ", said)
    for part in re.split(r"\n+|(?<=[.!?;])\s+(?=[A-Z\"'(])", whole):
        if part.strip():
            yield " ".join(part.split())


def answers(sentence: str) -> set[str]:
    """Everything that one sentence may answer."""
    plain = fold(sentence).strip("\"'*_ ")
    start = LEAD_IN.match(plain)
    rest = plain[start.end() if start else 0 :].strip("\"'*_ ")
    found = set()
    if _says_done(sentence, rest):
        found.add("done")
    if LATE.search(rest) and not NOT_LATE.search(rest) and not rest.endswith("?"):
        found.add("late")
    if DROPPED.search(rest) and not NOT_DROPPED.search(rest) and not rest.endswith("?"):
        found.add("not_going_ahead")
    return found | _yes_or_no(plain, rest)


def _says_done(sentence: str, rest: str) -> bool:
    if PARTLY.search(rest):
        return False
    first = DONE_FIRST.match(rest)
    if first is not None:
        return not re.match(r" (?:list|deal|with that said)\b", rest[first.end() :])
    later = DONE_LATER.search(rest)
    return later is not None and len(sentence) <= 120 and not TO_COME.search(rest)


def _yes_or_no(plain: str, rest: str) -> set[str]:
    if REFUSED.match(plain):
        return {"no"}
    if any(CONFIRMED.match(one) for one in (plain, rest)):
        return set() if PARTLY.search(plain) else {"confirm"}
    if BARE_YES.fullmatch(plain) or (plain.startswith("yes") and plain != rest and rest):
        return {"yes"} if not PARTLY.search(plain) and BARE_YES.fullmatch(plain) else set()
    return {"no"} if BARE_NO.fullmatch(plain) else set()


def _late(said: str, today: date) -> Understood:
    """Late needs a day; one that is past or may be another is asked back."""
    by = re.sub(r"(?:\b|')(?:until|till?|to)\b", "by", said, flags=re.IGNORECASE)
    found = due_in(" ".join(by.split()), Meeting(today))
    if found.value is None:
        return Understood("unclear", "date_missing")
    if not found.sure or found.value.end < today:
        return Understood("unclear", "date_unsure", until=found.value)
    return Understood("late", until=found.value)


def _dropped(said: str) -> Understood:
    """Not going ahead needs a reason."""
    core = DROPPED.search(fold_in_place(said))
    behind = said[core.end() if core else 0 :]
    for words in (re.split(r"\n\s*\n", behind)[0], behind):
        found = REASON.search(words)
        reason = " ".join(found["why"].split()) if found else ""
        if len(re.findall(r"\w+", reason)) > 1:
            return Understood("not_going_ahead", reason=reason[:2_000])
    return Understood("unclear", "reason_missing")


def fold_in_place(text: str) -> str:
    """Small letters and single-sign spaces, each sign in its place."""
    return "".join(" " if sign.isspace() else sign.lower()[:1] for sign in text)
