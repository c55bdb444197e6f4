"""The rule of a vote in plain sentences, and its result in one."""

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.numbers import number_words
from headway.directory.models import Organisation
from headway.forums.queries.parts import end_words
from headway.solutions.models import Ballot
from headway.solutions.queries.ballots.standing import Standing

MARKS = {"draft": "draft", "open": "open", "closed": "done"}


def objector_words(organisation: Organisation | None, *, secret: bool) -> str:
    """Whose objection it is, as far as anybody may know."""
    if organisation is not None:
        return organisation.canonical.name
    return _("secret vote") if secret else _("a member")


def _voices(ballot: Ballot) -> str:
    if ballot.voices == Ballot.Voices.ORGANISATIONS:
        return _("Each organization that takes part as a partner has one voice.")
    return _("Each member with a role other than observer has one voice.")


def _quorum(ballot: Ballot) -> str:
    return _("At least %(percent)s percent of the voices must be given.") % {
        "percent": ballot.quorum_percent
    }


def _consent(ballot: Ballot) -> str:
    return _(
        "The proposal is adopted if nobody objects with a reason and at most %(percent)s percent "
        "of those who vote stand aside; an objection that is met or taken back counts no longer."
    ) % {"percent": 100 - ballot.needed_percent}


def _approval(ballot: Ballot) -> str:
    return _(
        "Choose all options that you can support. The option that most support is chosen, if at "
        "least %(percent)s percent of those who vote support it."
    ) % {"percent": ballot.needed_percent}


def _ranking(ballot: Ballot) -> str:
    if ballot.method == Ballot.Method.IRV:
        return _(
            "Rank the options. As long as none has more than half, the one with the fewest first "
            "places drops out and its votes go to the next in rank."
        )
    return _(
        "Rank the options. Each pair is compared: the option that beats all others, if need be on "
        "the strongest path (Schulze), is chosen."
    )


def _score(_ballot: Ballot) -> str:
    return _(
        "Give each option from 0 to 5 points; one left empty gets 0. The highest sum is chosen."
    )


def _budget(ballot: Ballot) -> str:
    money = {"budget": number_words(ballot.budget or 0)}
    if ballot.method == Ballot.Method.GREEDY:
        return (
            _(
                "Choose what should be paid for out of %(budget)s. The option with most votes "
                "comes first, then the next that still fits."
            )
            % money
        )
    return (
        _(
            "Choose what should be paid for out of %(budget)s. Everybody has an equal share of the "
            "money; an option is paid for where those who chose it can pay it out of their shares."
        )
        % money
    )


RULES = {
    Ballot.Rule.CONSENT: _consent,
    Ballot.Rule.APPROVAL: _approval,
    Ballot.Rule.RANKING: _ranking,
    Ballot.Rule.SCORE: _score,
    Ballot.Rule.BUDGET: _budget,
}


def _secrecy(ballot: Ballot) -> str:
    if ballot.secret:
        return _("The vote is secret, and final once it is given.")
    return _(
        "Votes are given by name and shown after the close. Until then a later vote of the same "
        "voice replaces the earlier one."
    )


def _end(ballot: Ballot) -> str:
    if ballot.closes_at is None:
        return ""
    when = end_words(ballot.closes_at, ballot.record.initiative)
    early = (
        _("or earlier by hand, with the reason, once enough have voted")
        if ballot.closes_early
        else _("or earlier by hand once everybody has voted")
    )
    return _("It closes on %(when)s, %(early)s.") % {"when": when, "early": early}


def _ties(ballot: Ballot) -> str:
    if ballot.rule == Ballot.Rule.CONSENT:
        return ""
    if ballot.rule == Ballot.Rule.BUDGET:
        return _("Of equal options the cheaper one comes first, and the result says so.")
    return _("Of equal options the one listed first comes first, and the result says so.")


def rule_sentences(ballot: Ballot) -> str:
    """Everything that is fixed before a vote opens, as somebody would say it."""
    said = (
        _voices(ballot),
        _quorum(ballot),
        RULES[Ballot.Rule(ballot.rule)](ballot),
        _ties(ballot),
        _secrecy(ballot),
        _end(ballot),
    )
    return " ".join(each for each in said if each)


def _void_words(why: str) -> str:
    if why == "key_lost":
        return _(
            "The key of this secret vote was lost before the close, so that no vote can be opened. "
            "The vote is void; begin a new one."
        )
    if why == "tampered":
        return _(
            "The sealed votes do not match what was put in. The vote is void; begin a new one."
        )
    return _("The vote was withdrawn before its close, so that it is void.")


def _objected(standing: Standing) -> str:
    return ngettext(
        "Not adopted as long as %(count)s objection stands.",
        "Not adopted as long as %(count)s objections stand.",
        standing.open_objections,
    ) % {"count": standing.open_objections}


def result_sentence(ballot: Ballot, standing: Standing, winners: list[str]) -> str:
    """What a closed vote decided, in one sentence."""
    result: dict[str, Any] = ballot.result or {}
    if standing.code == "void":
        return _void_words(str(result.get("why", "")))
    if standing.code == "objected":
        return _objected(standing)
    return {
        "adopted": _("Adopted: no objection is open."),
        "too_many_aside": _("Not adopted: too many stood aside."),
        "no_quorum": _("Nothing is decided: too few voted."),
        "nothing_chosen": _("Nothing was chosen: no option had enough support."),
        "chosen": _("Chosen: %(names)s.") % {"names": "; ".join(winners)},
    }[standing.code]


def turnout_words(cast: int, voices: int) -> str:
    """All that is said while a vote is open: "12 of 40 have voted"."""
    return _("%(cast)s of %(voices)s have voted") % {"cast": cast, "voices": voices}


def figure_words(figure: str) -> str:
    """An exact figure as people read it: whole, else with one decimal."""
    value = Fraction(figure)
    return str(value) if value.denominator == 1 else f"{float(value):.1f}"
