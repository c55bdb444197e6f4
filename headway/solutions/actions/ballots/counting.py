"""From the votes to the result that is stored: numbers of options and whole figures only."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from headway.solutions.actions.ballots.sealing import Vote
from headway.solutions.models import Ballot, BallotOption
from headway_analysis.ballots.budget import BudgetElection, BudgetOutcome, Project, greedy
from headway_analysis.ballots.consent import ConsentRule, ConsentVoice, count_consent
from headway_analysis.ballots.equal_shares import equal_shares
from headway_analysis.ballots.places import Place
from headway_analysis.ballots.quorum import Quorum
from headway_analysis.ballots.ranking import Ranking
from headway_analysis.ballots.runoff import instant_runoff
from headway_analysis.ballots.schulze import schulze
from headway_analysis.ballots.tally import approval, score

Result = dict[str, Any]
Options = Sequence[BallotOption]


def _ids(options: Options) -> list[str]:
    return [str(option.number) for option in options]


def _numbers(names: Sequence[str]) -> list[int]:
    return [int(name) for name in names]


def _places(places: Sequence[Place]) -> list[dict[str, Any]]:
    return [
        {"option": int(each.option), "place": each.place, "figure": str(each.figure)}
        for each in places
    ]


def _consent(ballot: Ballot, options: Options, votes: Sequence[Vote], quorum: Quorum) -> Result:
    del options
    rule = ConsentRule(most_aside=1 - Fraction(ballot.needed_percent, 100))
    voices = [ConsentVoice(vote.content["voice"], vote.because) for vote in votes]
    outcome = count_consent(voices, quorum, rule)
    return {
        "result": outcome.result,
        "consent": outcome.consent,
        "stand_aside": outcome.stand_aside,
        "objections": len(outcome.objections),
    }


def _approval(ballot: Ballot, options: Options, votes: Sequence[Vote], quorum: Quorum) -> Result:
    del quorum
    chosen = [[str(number) for number in vote.content["chosen"]] for vote in votes]
    tally = approval(chosen, _ids(options))
    best = max((place.figure for place in tally.places), default=Fraction(0))
    enough = best * 100 >= ballot.needed_percent * len(votes)
    return {
        "result": "chosen" if tally.winner and enough else "nothing_chosen",
        "winners": [int(tally.winner)] if tally.winner and enough else [],
        "tied": _numbers(tally.tied),
        "places": _places(tally.places),
        "blank": tally.blank,
    }


def _score(ballot: Ballot, options: Options, votes: Sequence[Vote], quorum: Quorum) -> Result:
    del ballot, quorum
    tally = score([vote.content["scores"] for vote in votes], _ids(options))
    return {
        "result": "chosen" if tally.winner else "nothing_chosen",
        "winners": [int(tally.winner)] if tally.winner else [],
        "tied": _numbers(tally.tied),
        "places": _places(tally.places),
        "blank": tally.blank,
    }


def _ranking(ballot: Ballot, options: Options, votes: Sequence[Vote], quorum: Quorum) -> Result:
    del quorum
    ballots = [Ranking.from_ranks(vote.content["ranks"]) for vote in votes]
    counted = _schulze if ballot.method == Ballot.Method.SCHULZE else _runoff
    return counted(ballots, _ids(options))


def _schulze(ballots: Sequence[Ranking], ids: Sequence[str]) -> Result:
    outcome = schulze(ballots, ids)
    return {
        "result": "chosen" if outcome.winner else "nothing_chosen",
        "winners": [int(outcome.winner)] if outcome.winner else [],
        "tied": _numbers(outcome.tied),
        "places": _places(outcome.places),
        "blank": outcome.blank,
        "preferred": [list(map(int, row)) for row in outcome.preferred],
    }


def _runoff(ballots: Sequence[Ranking], ids: Sequence[str]) -> Result:
    outcome = instant_runoff(ballots, ids)
    rounds = [
        {
            "votes": {option: str(votes) for option, votes in each.votes},
            "exhausted": str(each.exhausted),
            "eliminated": int(each.eliminated) if each.eliminated else None,
            "decided_by": each.decided_by,
        }
        for each in outcome.rounds
    ]
    return {
        "result": "chosen" if outcome.winner else "nothing_chosen",
        "winners": [int(outcome.winner)] if outcome.winner else [],
        "tied": _numbers(outcome.tied),
        "blank": outcome.blank,
        "rounds": rounds,
    }


def _budget(ballot: Ballot, options: Options, votes: Sequence[Vote], quorum: Quorum) -> Result:
    del quorum
    projects = tuple(Project(str(each.number), Fraction(each.cost or 0)) for each in options)
    chosen = tuple(tuple(str(number) for number in vote.content["chosen"]) for vote in votes)
    election = BudgetElection(Fraction(ballot.budget or 1), projects, chosen)
    count: Callable[[BudgetElection], BudgetOutcome] = (
        equal_shares if ballot.method == Ballot.Method.MES else greedy
    )
    outcome = count(election)
    return {
        "result": "chosen" if outcome.winners else "nothing_chosen",
        "winners": _numbers(outcome.winners),
        "tied": [],
        "votes": election.votes,
        "blank": sum(not ballot for ballot in chosen),
        "cost": _money(outcome.cost),
        "purchases": [
            {
                "option": int(each.project),
                "votes": each.votes,
                "cost": _money(each.cost),
                "tied": _numbers(each.tied),
            }
            for each in outcome.rounds
        ],
    }


def _money(amount: Fraction) -> str:
    """Cents are the smallest part of every sum here, so that this is exact."""
    whole, cents = divmod(int(amount * 100), 100)
    return f"{whole}.{cents:02}"


COUNTS: dict[str, Callable[[Ballot, Options, Sequence[Vote], Quorum], Result]] = {
    Ballot.Rule.CONSENT: _consent,
    Ballot.Rule.APPROVAL: _approval,
    Ballot.Rule.SCORE: _score,
    Ballot.Rule.RANKING: _ranking,
    Ballot.Rule.BUDGET: _budget,
}


def count(ballot: Ballot, votes: Sequence[Vote], *, entitled: int, recused: int) -> Result:
    """The result of a vote, with everything that it rests on.

    Too few votes decide nothing; how those that were given fell is told all the same.
    """
    quorum = Quorum(entitled, Fraction(ballot.quorum_percent, 100), recused)
    about = {
        "entitled": entitled,
        "recused": recused,
        "needed": quorum.needed,
        "cast": len(votes),
    }
    if not votes:
        return {**about, "result": "no_quorum"}
    found = COUNTS[ballot.rule](ballot, list(ballot.options.all()), votes, quorum)
    if not quorum.met_by(len(votes)):
        found |= {"result": "no_quorum", "winners": []}
    return {**about, **found}
