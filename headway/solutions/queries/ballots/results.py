"""The result of a closed vote, with every number that it rests on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.marks import Term
from headway.core.numbers import number_words
from headway.core.tables import Column, TablePage, table_page
from headway.initiatives.reader import Reader
from headway.solutions.models import Ballot, NamedVote, OpenedVote
from headway.solutions.queries.ballots.standing import Standing
from headway.solutions.queries.ballots.words import figure_words, result_sentence
from headway_analysis.ballots import ballot_csv

SAID = {
    "consent": gettext_lazy("consents"),
    "stand_aside": gettext_lazy("stands aside"),
    "object": gettext_lazy("objects"),
}
FIGURES: dict[str, Any] = {
    "approval": gettext_lazy("Support"),
    "score": gettext_lazy("Points"),
    "ranking": gettext_lazy("Options beaten"),
    "budget": gettext_lazy("Votes"),
}


class Line(Protocol):
    """An option as the page shows it."""

    @property
    def number(self) -> int:
        """Its place on the ballot paper."""

    @property
    def title(self) -> str:
        """What it is called."""


@dataclass(frozen=True)
class ResultPart:
    """What came out."""

    sentence: str
    positive: bool
    ties: str
    facts: tuple[Term, ...]
    figures: TablePage | None
    votes: TablePage | None
    reasons: tuple[str, ...]


def _facts(ballot: Ballot) -> tuple[Term, ...]:
    result: dict[str, Any] = ballot.result or {}
    words = (
        ("entitled", _("Voices")),
        ("recused", _("Out for an interest")),
        ("needed", _("Had to vote")),
        ("cast", _("Voted")),
        ("consent", _("Consent")),
        ("stand_aside", _("Stand aside")),
        ("objections", _("Object")),
        ("blank", _("Left empty")),
    )
    shown = [Term(label, str(result[name])) for name, label in words if name in result]
    if "cost" in result:
        shown.append(Term(_("Paid for together"), number_words_of(result["cost"])))
    return tuple(shown)


def number_words_of(amount: str) -> str:
    """A stored sum of money as people read it."""
    return number_words(Decimal(amount))


def _ties(result: Mapping[str, Any], names: Mapping[int, str]) -> str:
    tied = [names[number] for number in result.get("tied", ())]
    if len(tied) < 2:
        return ""
    return _("Equal at the top: %(names)s. The one listed first comes first.") % {
        "names": "; ".join(tied)
    }


def _figure_rows(ballot: Ballot, names: Mapping[int, str]) -> list[dict[str, object]]:
    """One row for each option: place, figure, and whether it was chosen."""
    result: dict[str, Any] = ballot.result or {}
    winners = set(result.get("winners", ()))
    if "places" in result:
        return [
            _row(names, each["option"], each["place"], figure_words(each["figure"]), winners)
            for each in result["places"]
        ]
    if "votes" in result:
        votes = {int(number): count for number, count in result["votes"].items()}
        order = sorted(votes, key=lambda number: (-votes[number], number))
        return [_row(names, each, None, str(votes[each]), winners) for each in order]
    return []


def _row(
    names: Mapping[int, str], number: int, place: int | None, figure: str, winners: set[int]
) -> dict[str, object]:
    chosen = _("chosen") if number in winners else ""
    return {"option": names[number], "place": place or "", "figure": figure, "chosen": chosen}


def _round_rows(result: Mapping[str, Any], names: Mapping[int, str]) -> list[dict[str, object]]:
    """The rounds of an instant runoff, one line for each."""
    rows: list[dict[str, object]] = []
    for number, each in enumerate(result.get("rounds", ()), start=1):
        votes = "; ".join(
            f"{names[int(option)]}: {figure_words(count)}"
            for option, count in each["votes"].items()
        )
        out = each["eliminated"]
        rows.append(
            {
                "option": _("Round %(number)s") % {"number": number},
                "figure": votes,
                "chosen": _("%(name)s drops out") % {"name": names[out]} if out else "",
            }
        )
    return rows


def _figures(ballot: Ballot, names: Mapping[int, str], params: QueryDict) -> TablePage | None:
    rows = _figure_rows(ballot, names)
    columns: tuple[Column, ...] = (
        Column("option", gettext_lazy("Option")),
        Column("place", gettext_lazy("Place"), numeric=True),
        Column("figure", FIGURES.get(ballot.rule, ""), numeric=True),
        Column("chosen", gettext_lazy("Result")),
    )
    if not rows:
        rows = _round_rows(ballot.result or {}, names)
        columns = (
            Column("option", gettext_lazy("Round")),
            Column("figure", gettext_lazy("Votes")),
            Column("chosen", gettext_lazy("Result")),
        )
    return table_page(rows, columns, params, name="figures") if rows else None


def said_words(content: Mapping[str, Any], names: Mapping[int, str]) -> str:
    """What one vote says, in words."""
    if "voice" in content:
        return str(SAID[content["voice"]])
    if "chosen" in content:
        chosen = [names[number] for number in content["chosen"]]
        return "; ".join(chosen) or _("nothing")
    given: Mapping[str, int] = content.get("ranks") or content.get("scores") or {}
    ordered = sorted(given.items(), key=lambda pair: (pair[1], int(pair[0])))
    return "; ".join(f"{names[int(number)]}: {value}" for number, value in ordered) or _("nothing")


def _votes(
    ballot: Ballot, reader: Reader, names: Mapping[int, str], params: QueryDict
) -> TablePage | None:
    """How each voted by name, for those who may see who takes part."""
    if ballot.secret or not _tells(ballot):
        return None
    rows = NamedVote.objects.filter(ballot=ballot).select_related(
        "elector__organisation__merged_into", "elector__member", "elector__stand_in", "member"
    )
    members = reader.may("initiatives.view_members")

    def row(vote: NamedVote) -> dict[str, object]:
        elector = vote.elector
        own = elector.organisation.canonical.name if elector.organisation else ""
        person = str(elector.member) if members else _("a member")
        stood_in = elector.stand_in_id is not None and elector.stand_in_id == vote.member_id
        return {
            "who": own or person,
            "said": said_words(vote.content, names),
            "because": _("see the objection") if _objects(vote) else vote.because,
            "by": _stand_in_words(vote, stood_in=stood_in) if members else "",
        }

    columns = [
        Column("who", gettext_lazy("Who")),
        Column("said", gettext_lazy("Voted")),
        Column("because", gettext_lazy("Reason")),
    ]
    if members:
        columns.append(Column("by", gettext_lazy("Given by")))
    ordered = rows.order_by("elector__organisation__name", "elector__member__name")
    return table_page(ordered, columns, params, build=row, name="votes")


def _tells(ballot: Ballot) -> bool:
    """Whether votes are told: of a vote that was withdrawn while it was open nobody learns them."""
    return (ballot.result or {}).get("why") != "withdrawn"


def _objects(vote: NamedVote) -> bool:
    return bool(vote.content.get("voice") == "object")


def _stand_in_words(vote: NamedVote, *, stood_in: bool) -> str:
    if stood_in:
        return _("%(name)s, as a stand-in") % {"name": vote.member.name}
    return vote.member.name


def result_part(
    ballot: Ballot,
    reader: Reader,
    options: Sequence[Line],
    standing: Standing,
    params: QueryDict,
) -> ResultPart:
    """Everything about the result of a closed vote."""
    names = {each.number: each.title for each in options}
    result: dict[str, Any] = ballot.result or {}
    winners = [names[number] for number in result.get("winners", ())]
    return ResultPart(
        sentence=result_sentence(ballot, standing, winners),
        positive=standing.positive,
        ties=_ties(result, names),
        facts=_facts(ballot),
        figures=_figures(ballot, names, params),
        votes=_votes(ballot, reader, names, params),
        reasons=_reasons(ballot),
    )


def _reasons(ballot: Ballot) -> tuple[str, ...]:
    """The reasons given in a secret vote, in an order that says nothing; others show by name."""
    if not ballot.secret:
        return ()
    opened = OpenedVote.objects.filter(ballot=ballot).exclude(because="")
    return tuple(sorted(opened.values_list("because", flat=True)))


def _cells(content: Mapping[str, Any]) -> dict[str, int]:
    """A vote as the numbers in the columns of its options."""
    if "chosen" in content:
        return {str(number): 1 for number in content["chosen"]}
    return dict(content.get("ranks") or content.get("scores") or {})


def _heading(options: Sequence[Line]) -> dict[str, str]:
    """The name of each column: the number keeps it apart from every other."""
    return {str(each.number): f"{each.number} {each.title}" for each in options}


def recount_rows(ballot: Ballot, options: Sequence[Line]) -> Iterator[str]:
    """The votes of a closed vote as CSV for a recount, in an order that says nothing."""
    model: Any = OpenedVote if ballot.secret else NamedVote
    votes = model.objects.filter(ballot=ballot) if _tells(ballot) else model.objects.none()
    contents = list(votes.values_list("content", flat=True))
    if ballot.rule == Ballot.Rule.CONSENT:
        yield "voice,count\n"
        for voice in SAID:
            yield f"{voice},{sum(each['voice'] == voice for each in contents)}\n"
        return
    names = _heading(options)
    votes = [{names[key]: value for key, value in _cells(each).items()} for each in contents]
    ordered = sorted(votes, key=lambda vote: sorted(vote.items()))
    yield from ballot_csv.write(list(names.values()), ordered)
