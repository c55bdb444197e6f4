"""Consent: a proposal is adopted unless somebody has a reasoned objection."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from headway_analysis.ballots.quorum import Quorum

Voice = Literal["consent", "stand_aside", "object"]
ConsentResult = Literal["adopted", "objected", "too_many_aside", "no_quorum"]
VOICES: tuple[Voice, ...] = get_args(Voice)
ALL_OF_THEM = Fraction(1)


@dataclass(frozen=True, slots=True)
class ConsentVoice:
    """What one voice says.

    Attributes:
        voice: *consent* ("I can live with it"), *stand_aside* ("not I, but I do not stop you") or
            *object* ("it would harm what we are here for").
        reason: why; an objection needs one, so that the others can answer it.

    Raises:
        ValueError: for another voice, or for an objection without a reason.

    >>> ConsentVoice("object", " ")
    Traceback (most recent call last):
    ...
    ValueError: an objection needs a reason, got ' '

    """

    voice: Voice
    reason: str = ""

    def __post_init__(self) -> None:
        if self.voice not in VOICES:
            raise ValueError(f"voice must be one of {', '.join(VOICES)}, got {self.voice!r}")
        if self.voice == "object" and not self.reason.strip():
            raise ValueError(f"an objection needs a reason, got {self.reason!r}")


@dataclass(frozen=True, slots=True)
class ConsentRule:
    """When a proposal is adopted; fixed before the ballot opens.

    Attributes:
        objections_allowed: how many objections it may carry; 0 is consent as it is meant.
        most_aside: the largest share of the voices cast that may stand aside, from 0 to 1.

    Raises:
        ValueError: where a number is outside its bounds.

    """

    objections_allowed: int = 0
    most_aside: Fraction = ALL_OF_THEM

    def __post_init__(self) -> None:
        if self.objections_allowed < 0:
            raise ValueError(
                f"objections_allowed must be at least 0, got {self.objections_allowed}"
            )
        if not 0 <= self.most_aside <= 1:
            raise ValueError(f"most_aside must be from 0 to 1, got {self.most_aside}")


CONSENT = ConsentRule()


@dataclass(frozen=True, slots=True)
class ConsentOutcome:
    """What came of a consent round, with everything that it rests on.

    Attributes:
        result: *adopted*, else the first of these that holds: *no_quorum*, *objected*,
            *too_many_aside*.
        consent: how many consent.
        stand_aside: how many stand aside.
        objections: the reason of each objection, in the order given.
        quorum: who was entitled and how many were needed.
        rule: the rule it was counted by.

    """

    result: ConsentResult
    consent: int
    stand_aside: int
    objections: tuple[str, ...]
    quorum: Quorum
    rule: ConsentRule

    @property
    def cast(self) -> int:
        """How many took part."""
        return self.consent + self.stand_aside + len(self.objections)

    @property
    def adopted(self) -> bool:
        """Whether the proposal is adopted."""
        return self.result == "adopted"


def count_consent(
    voices: Iterable[ConsentVoice], quorum: Quorum, rule: ConsentRule = CONSENT
) -> ConsentOutcome:
    """Count a consent round.

    All who speak make the quorum, whatever they say. One objection more than the rule allows stops
    the proposal; so does a larger share standing aside than it allows. Who is silent says nothing:
    silence is not consent. The order of the voices changes nothing but the order of the reasons.

    Args:
        voices: one for each who took part, as last said.
        quorum: who was entitled, and how many are needed.
        rule: when it is adopted.

    Raises:
        ValueError: where more took part than may.

    Source: Rau and Koch-Gonzalez, "Many Voices One Song" (2018), chapter 3; Seeds for Change,
    "A Consensus Handbook" (2013), for standing aside and quorum.

    >>> outcome = count_consent([ConsentVoice("consent")] * 5, Quorum(entitled=8))
    >>> outcome.result, outcome.cast, outcome.quorum.needed
    ('adopted', 5, 4)

    """
    said = list(voices)
    aside = sum(each.voice == "stand_aside" for each in said)
    objections = tuple(each.reason.strip() for each in said if each.voice == "object")
    consent = len(said) - aside - len(objections)
    if not quorum.met_by(len(said)):
        result: ConsentResult = "no_quorum"
    elif len(objections) > rule.objections_allowed:
        result = "objected"
    elif aside > rule.most_aside * len(said):
        result = "too_many_aside"
    else:
        result = "adopted"
    return ConsentOutcome(result, consent, aside, objections, quorum, rule)
