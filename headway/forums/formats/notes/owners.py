"""Who answers for a line: whom its beginning, its brackets or its end name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from headway.forums.formats.notes.dates import deadlines
from headway.forums.formats.notes.names import Mention, Names
from headway.forums.formats.notes.records import Guess, Meeting, Owner

Owners = tuple[Owner, ...]
LEAD_IN = re.compile(
    r"[\s*_]*(?:(?:it was (?:agreed|decided) )?that |(?:the|our)\b(?= )|@)?\s*", re.IGNORECASE
)
CONNECTOR = re.compile(r"\s*(,? and\b|,? &|[&+/]|,|;)\s*", re.IGNORECASE)
BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{1,80})[)\]]")
MODAL = re.compile(
    r"\.?(?:[,.]?\s*(?:all|both|each|together|kindly|also|now|then))?(?:['’]ll|\s+(?:to|will|would|shall"
    r"|should|must|can|could|is to|are to|is going to|are going to|(?:agree[sd]?|promise[sd]?"
    r"|volunteer(?:s|ed)?|offer(?:s|ed)?|commit(?:s|ted)?|need(?:s)?|plan(?:s|ned)?) to))\b",
    re.IGNORECASE,
)
PROMISES = re.compile(
    r"(?:['’]ll|\s+(?:to|will|shall|is going to|are going to|(?:agree[sd]|promise[sd]?"
    r"|volunteer(?:s|ed)|offer(?:s|ed)|commit(?:s|ted)) to))\b(?! be\b)",
    re.IGNORECASE,
)
DELIMITER = re.compile(r"\s*(?::|[–—]|-(?=\s)|=|->|→|$)")
VERB = re.compile(r"\s+(?P<verb>[a-z]+)\b(?:\s+(?P<next>[a-z]+))?")
POSSESSIVE = re.compile(r"['’]s?$")
PASSIVE = re.compile(r"\b(?:be|been|being|get|gets) \w+(?:ed|en|t)\b", re.IGNORECASE)
COLLECTIVE = re.compile(
    r"(?:we|us|all|everyone|everybody|every member|all members|members|staff|the group|group|team"
    r"|tbd|tba|t\.b\.d\.|somebody|someone|nobody|who|\?+|volunteers?|facilitator|chairs?|co-?chairs?"
    r"|i|he|she|they|you|each\b.*?)(?=\W|$)",
    re.IGNORECASE,
)
STRANGER = re.compile(
    r"(?:[^\W\d_a-z][\w.'’]*)(?:[ /&-]+(?:of |and |for |the )?[^\W\d_a-z][\w.'’]*)*"
)
AS_PLACE = re.compile(r"(?:from|by|lead|leads|owner|for|per|with)?[ :]*", re.IGNORECASE)
WITH = re.compile(r"[,;]?\s*(?:with|together with|along with|helped by|supported by)\b")
AGENT = re.compile(r"\bby (?:the )?", re.IGNORECASE)
TAIL = re.compile(r"\s(?:[–—]|-{1,2}|@)\s*(?:by |from |owner:? ?|lead:? ?)?([^–—()\[\]]{2,60})$")
FIELD = re.compile(
    r"\b(?:responsible|owner|lead|leads|who|assigned to|assignee|by whom)\s*[:=]\s*"
    r"(?P<who>[^|;\n]*?)(?=\s*(?:[|;]|\.\s|\.?$|,?\s*\b(?:task|what|action|due|when|deadline"
    r"|by when)\b\s*[:=]))",
    re.IGNORECASE,
)
# Who needs or thinks something does not promise it.
NO_DEED = re.compile(
    r"\s+(?:needs?|wants?|thinks?|says?|hopes?|believes?|has|have|is|was|are|were|likes?|knows?"
    r"|wonders?|reports? that|remains?|seems?)\b(?! to\b)",
    re.IGNORECASE,
)
SOMEBODY = re.compile(
    r"(?:the |our |a )?(?:[^\W\d_]+ ){1,3}(?:will|shall|would|should|agree[sd] to|to)\b",
    re.IGNORECASE,
)
BASE_VERBS = frozenset(
    re.findall(
        r"\w+",
        """agree ask bring build call check circulate collect compare confirm contact coordinate
        count create decide discuss draft explore find finish follow gather get give help
        hold host identify invite join launch lead look make map meet move offer open
        organize pay pilot plan prepare present print propose provide publish pull put
        read reach recruit report request research review run schedule send set share sign
        submit support survey talk test track train translate update visit work write""",
    )
)


@dataclass(frozen=True, slots=True)
class Head:
    """The names at the beginning of a sentence, and where the rest begins."""

    mentions: tuple[Mention, ...]
    start: int
    end: int
    sure: bool = True


Part = Literal["acts", "decides", "says"]


def owners_in(text: str, names: Names, meeting: Meeting, *, part: Part) -> Guess[Owners]:
    """Who answers for a sentence.

    Args:
        text: the words after the marker.
        names: the roster's.
        meeting: from which dates count, as they may stand beside names.
        part: whether somebody is to act, was decided to act, or only said it.

    """
    field = FIELD.search(text)
    if field is not None:
        return listed(field["who"], names)
    if part == "says":
        return _attributed(text, names, meeting, several=False) or Guess(())
    found = _of_head(text, names, meeting, strangers=part == "acts")
    if found is not None or part == "decides":
        return found or Guess(())
    return _attributed(text, names, meeting, several=True) or _without_owner(text, names)


def promised_by(text: str, names: Names, meeting: Meeting) -> Guess[Owners] | None:
    """Who promises something in a sentence without a marker: "Denise will send the agenda"."""
    head = head_of(text, names, _after_date(text, meeting))
    if head is None or not PROMISES.match(text, head.end):
        return None
    return _guess(head, text, names)


def listed(text: str, names: Names) -> Guess[Owners]:
    """Those whom a text names that holds nothing but names."""
    mentions = names.mentions(text)
    if not mentions:
        return Guess((), sure=not text.strip(), others=_alone(names.resembling(text)), said=text)
    rest = _between(text, mentions)
    known = not re.search(r"\w{2,}", CONNECTOR.sub(" ", rest))
    return _guess(Head(tuple(mentions), 0, len(text), known), text, names)


def _between(text: str, mentions: Iterable[Mention]) -> str:
    """What stands between names."""
    for each in sorted(mentions, key=lambda one: -one.start):
        text = f"{text[: each.start]} {text[each.end :]}"
    return re.sub(r"['’]s\b", "", text)


def head_of(text: str, names: Names, start: int = 0) -> Head | None:
    """The names with which a sentence begins: "Maria (St. Stephen's) and the City"."""
    mention = _at(text, start, names)
    if mention is None:
        return None
    found, place, sure, commas = [mention], mention.end, True, 0
    while True:
        place, found, known = _beside(text, place, found, names)
        sure = sure and known
        connector = CONNECTOR.match(text, place)
        following = _at(text, connector.end(), names) if connector else None
        if connector is None or following is None:
            joined = connector is not None and not connector[1].startswith((",", ";"))
            stranger = connector is not None and joined and STRANGER.match(text, connector.end())
            return Head(tuple(found), found[0].start, place, sure and not stranger and commas != 1)
        commas = -9 if connector[1] not in {",", ";"} else commas + 1
        found, place = [*found, following], following.end


def _at(text: str, start: int, names: Names) -> Mention | None:
    """Whom a text names from a place on, with or without "the" in front."""
    found = [names.at(text, place) for place in (start, _after(LEAD_IN, text, start))]
    return max(filter(None, found), key=lambda one: one.end, default=None)


def _after(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _beside(
    text: str, place: int, found: list[Mention], names: Names
) -> tuple[int, list[Mention], bool]:
    """Names in brackets or in apposition behind a name: they say the same one more exactly."""
    bracket = BRACKET.match(text, place)
    inner = names.mentions(bracket[1]) if bracket else []
    if bracket and inner:
        merged = _merged(found[-1], inner[0])
        rest = re.search(r"\w{3,}", _between(bracket[1], inner))
        known = merged is not None and not rest and len(inner) == 1
        return bracket.end(), [*found[:-1], merged or found[-1]], known
    nearby = re.compile(r",? (?:the )?|/| / ").match(text, place)
    following = names.at(text, nearby.end()) if nearby else None
    merged = _merged(found[-1], following) if following else None
    if following and merged and (merged.sure or not nearby or nearby[0].strip() != "/"):
        comma = re.match(r",(?= )", text[following.end :]) if "," in (nearby or [""])[0] else None
        return following.end + (1 if comma else 0), [*found[:-1], merged], True
    return place, found, True


def _merged(first: Mention, second: Mention) -> Mention | None:
    """Two names of the same: a person with their organisation or seat; None where they differ."""
    both = [
        fitting
        for one in first.owners
        for other in second.owners
        if (fitting := _fitting(one, other)) is not None
    ]
    if not both:
        return None
    owners = tuple(dict.fromkeys(both))
    sure = len(owners) == 1 and (first.sure or second.sure)
    return Mention(first.start, max(first.end, second.end), owners, sure)


def _fitting(one: Owner, other: Owner) -> Owner | None:
    """What two readings have in common, or None where they cannot be the same or add nothing."""
    if one == other or not (one.person or other.person or one.post or other.post):
        return None
    if one.organisation != other.organisation:
        return None
    if one.person and other.person and one.person != other.person:
        return None
    return Owner(one.organisation, one.person or other.person, one.post or other.post)


def _of_head(text: str, names: Names, meeting: Meeting, *, strangers: bool) -> Guess[Owners] | None:
    """Who is named first, as the one who acts."""
    start = _after_date(text, meeting)
    head = head_of(text, names, start)
    if head is None:
        return _stranger(text, start, names) if strangers else None
    end = head.end
    followed = _acts(text, end)
    company = WITH.match(text, end)
    sure = head.sure and followed and company is None and not _another_acts(text, end, names)
    if company is not None:
        beside = names.mentions(text[company.end() : company.end() + 80])
        together = tuple(each.owner for each in (*head.mentions, *beside))
        return _guess(head, text, names, sure=False, others=(together,))
    return _guess(head, text, names, sure=sure)


def _another_acts(text: str, end: int, names: Names) -> bool:
    """Whether a second sentence names somebody else who acts."""
    return any(
        re.search(
            r"(?:[;.,]|\b(?:and|while|then|but))\s+(?:the )?$", text[: each.start], re.IGNORECASE
        )
        and MODAL.match(text, each.end)
        for each in names.mentions(text[end:])
        for each in [Mention(each.start + end, each.end + end, each.owners, each.sure)]
    )


def _after_date(text: str, meeting: Meeting) -> int:
    """Where a sentence goes on that begins with its date: "By Friday Sam sends the query"."""
    found = deadlines(text[:60], meeting)
    if found and found[0].start == 0:
        return _after(re.compile(r"[\s,:]*"), text, found[0].end)
    return 0


def _acts(text: str, end: int) -> bool:
    """Whether those named before this place surely act."""
    if DELIMITER.match(text, end) or re.match(r"\s*[,(\[.]", text[end:]):
        return not re.match(r"\s*\(", text[end:])
    if NO_DEED.match(text, end):
        return False
    modal = MODAL.match(text, end)
    if modal is not None:
        return not PASSIVE.match(text[modal.end() :].lstrip())
    verb = VERB.match(text, end)
    if verb is None or POSSESSIVE.search(text[:end]):
        return False
    word, following = verb["verb"], verb["next"] or ""
    if word in BASE_VERBS:
        return True
    return word.endswith("s") and following not in {"to", "will", "would", "shall", "should", "are"}


def _guess(
    head: Head,
    text: str,
    names: Names,
    *,
    sure: bool = True,
    others: tuple[Owners, ...] = (),
) -> Guess[Owners]:
    value = tuple(dict.fromkeys(each.owner for each in head.mentions))
    value = _without_own_organisation(value)
    known = sure and head.sure and all(each.sure for each in head.mentions)
    alternatives = [
        tuple(other if one is each else one.owner for one in head.mentions)
        for each in head.mentions
        for other in each.owners[1:]
    ]
    said = text[head.start : head.end].strip()
    if not known and not alternatives and not others:
        others = tuple(each for each in _alone(names.resembling(said)) if each != value)
    return Guess(value, known, tuple(dict.fromkeys((*alternatives, *others))), said)


def _without_own_organisation(owners: Owners) -> Owners:
    """An organisation that stands beside its own person is named once."""
    spoken_for = {each.organisation for each in owners if each.person}
    return tuple(each for each in owners if each.person or each.organisation not in spoken_for)


def _alone(owners: Iterable[Owner]) -> tuple[Owners, ...]:
    return tuple((each,) for each in owners)


def _stranger(text: str, start: int, names: Names) -> Guess[Owners] | None:
    """Somebody acts whom the roster lacks: "we all", "Lakeview Church"; never taken for sure."""
    start = _after(LEAD_IN, text, start)
    group = COLLECTIVE.match(text, start)
    if group is not None and (_acts(text, group.end()) or text[start : group.end()].isupper()):
        return Guess((), sure=False, said=group[0])
    found = STRANGER.match(text, start)
    if found is None:
        return None
    end = found.end()
    title = re.match(r"(?:\s+[a-z]+){0,3}?(?=\s+(?:will|to|would|shall)\b)", text[end:])
    if not (_acts(text, end) or (title and " " in found[0])) or _is_order(found[0], text, end):
        return None
    connector = CONNECTOR.match(text, end)
    beside = names.at(text, connector.end()) if connector else None
    near = names.resembling(found[0]) if len(found[0]) > 3 else ()
    value = (beside.owner,) if beside else near[:1] if " " in found[0] else ()
    others = _alone(each for each in near if (each,) != value)
    return Guess(value, sure=False, others=others, said=found[0])


def _is_order(word: str, text: str, end: int) -> bool:
    """Whether a first word is no name but tells to do something: "Send", "Call"."""
    return word.lower() in BASE_VERBS and MODAL.match(text, end) is None


def _attributed(
    text: str, names: Names, meeting: Meeting, *, several: bool
) -> Guess[Owners] | None:
    """Whom brackets or a dash at the end name and nothing else: "(Denise, by 3/18)"."""
    bare = text.rstrip(" .!*_")
    brackets = [each for each in BRACKET.finditer(bare) if several or each.end() == len(bare)]
    tail = TAIL.search(bare)
    for found in (*reversed(brackets), *([tail] if tail else [])):
        part = found[1]
        mentions = names.mentions(part)
        if not mentions or (len(mentions) > 1 and not several):
            continue
        undated = _without_dates(part, meeting)
        rest = _between(undated, names.mentions(undated))
        if AS_PLACE.fullmatch(rest.strip(" ,;:&+/.")) or not re.search(r"\w", rest):
            at_end = found.end() == len(bare)
            return _guess(Head(tuple(mentions), 0, len(part), at_end), part, names)
    return None


def _without_dates(text: str, meeting: Meeting) -> str:
    for found in reversed(deadlines(text, meeting)):
        text = f"{text[: found.start]} {text[found.end :]}"
    return text


def _without_owner(text: str, names: Names) -> Guess[Owners]:
    """Nobody is said to act; those whom the text names may yet be meant."""
    mentions = names.mentions(text)
    agent = next((each for each in mentions if AGENT.search(text[: each.start][-8:])), None)
    if agent is not None and AGENT.search(text[: agent.start]):
        said = text[agent.start : agent.end]
        return Guess((agent.owner,), sure=False, others=(*_alone(agent.owners[1:]), ()), said=said)
    others = _alone(dict.fromkeys(owner for each in mentions for owner in each.owners))
    somebody = SOMEBODY.match(text)
    unknown = somebody is not None and text.split(maxsplit=1)[0].lower() not in BASE_VERBS
    return Guess((), not others and not unknown, others, somebody[0] if somebody else "")
