"""One vote on one page: what is decided, by which rule, how many voted, and what came out."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.core.marks import Term
from headway.core.numbers import number_words
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.forums.queries.parts import end_words, moment_words
from headway.initiatives.models import Wording
from headway.initiatives.pages.detail import (
    DetailPage,
    Passage,
    Step,
    address,
    beside,
    if_may,
)
from headway.initiatives.reader import Reader
from headway.solutions.models import Ballot, BallotOption, Objection
from headway.solutions.queries.ballots.results import ResultPart, result_part
from headway.solutions.queries.ballots.standing import objections_of, standing_of, still_open
from headway.solutions.queries.ballots.turnout import Turnout, may_close_by_hand, turnout_of
from headway.solutions.queries.ballots.voices import voices_of
from headway.solutions.queries.ballots.words import (
    MARKS,
    objector_words,
    rule_sentences,
    turnout_words,
)

OBJECTION_MARKS = {
    "open": "open",
    "met": "done",
    "taken_back": "ended",
    "stands": "not_going_ahead",
}
OBJECTIONS = (
    Column("objection", gettext_lazy("Objection")),
    Column("who", gettext_lazy("Who")),
    Column("state", gettext_lazy("State")),
    Column("answer", gettext_lazy("Answer")),
)


@dataclass(frozen=True)
class OptionLine:
    """One thing that can be chosen, in the words that are voted on."""

    number: int
    title: str
    href: str
    wording: str
    cost: str


@dataclass(frozen=True)
class VoiceLine:
    """A voice that the reader may give."""

    name: str
    has_voted: bool
    recused: bool


@dataclass(frozen=True)
class BallotPage:
    """One vote."""

    detail: DetailPage
    rule: str
    options: tuple[OptionLine, ...]
    turnout: str
    recused: str
    voices: tuple[VoiceLine, ...]
    vote_href: str
    secret: bool
    result: ResultPart | None
    objections: TablePage | None
    recount_href: str
    recount_label: str


def _wordings(options: list[BallotOption]) -> dict[object, str]:
    """The text of each recommendation at the version that is voted on."""
    wanted = {(each.solution_id, each.wording_number): each.pk for each in options}
    found = Wording.objects.filter(
        record__in=[each.solution_id for each in options if each.solution_id], field="text"
    )
    return {
        wanted[(row.record_id, row.number)]: row.text
        for row in found
        if (row.record_id, row.number) in wanted
    }


def options_of(ballot: Ballot) -> list[BallotOption]:
    """The options in the order of the ballot paper."""
    return list(ballot.options.select_related("solution__record").order_by("number"))


def option_lines(ballot: Ballot, reader: Reader) -> tuple[OptionLine, ...]:
    """The ballot paper."""
    options = options_of(ballot)
    texts = _wordings(options)
    return tuple(
        OptionLine(
            number=each.number,
            title=_title(each, reader),
            href=_href(each, reader),
            wording=texts.get(each.pk, "") if _readable(each, reader) else "",
            cost="" if each.cost is None else number_words(each.cost),
        )
        for each in options
    )


def _readable(option: BallotOption, reader: Reader) -> bool:
    """Whether the reader may see the recommendation behind an option."""
    if option.solution is None:
        return True
    record = option.solution.record
    return record.visibility in reader.readers and not record.withdrawn


def _title(option: BallotOption, reader: Reader) -> str:
    return str(option) if _readable(option, reader) else _("a recommendation for members only")


def _href(option: BallotOption, reader: Reader) -> str:
    if option.solution is None or not _readable(option, reader):
        return ""
    return address(reader, "initiatives:record", option.solution.pk)


def _recused_words(ballot: Ballot, turnout: Turnout, reader: Reader) -> str:
    """Who stays out, and what is needed without them."""
    if not turnout.recused:
        return ""
    rows = ballot.electors.filter(recused=True).select_related("organisation", "member")
    members = reader.may("initiatives.view_members")
    names = [str(each) if each.organisation or members else _("a member") for each in rows]
    said = ngettext(
        "%(count)s voice declared an interest and does not count: %(names)s.",
        "%(count)s voices declared an interest and do not count: %(names)s.",
        turnout.recused,
    ) % {"count": turnout.recused, "names": "; ".join(names)}
    anew = _("Of the %(voices)s voices left at least %(needed)s must vote.") % {
        "voices": turnout.voices,
        "needed": turnout.needed,
    }
    return f"{said} {anew}"


def _terms(ballot: Ballot, turnout: Turnout) -> tuple[Term, ...]:
    initiative = ballot.record.initiative
    shown = [Term(_("How we decide"), capfirst(str(ballot.get_rule_display())))]
    if ballot.forum is not None:
        shown.append(Term(_("Group"), ballot.forum.record.title))
    if ballot.opens_at is not None:
        shown.append(Term(_("Opens"), moment_words(ballot.opens_at, initiative)))
    if ballot.closes_at is not None:
        shown.append(Term(_("Closes"), end_words(ballot.closes_at, initiative)))
    if ballot.closed_at is not None:
        shown.append(Term(_("Closed"), moment_words(ballot.closed_at, initiative)))
    if turnout.entitled:
        needed = _("%(needed)s of %(voices)s") % {
            "needed": turnout.needed,
            "voices": turnout.voices,
        }
        shown.append(Term(_("Must vote"), needed))
    return tuple(shown)


def _recount_label(ballot: Ballot) -> str:
    """What the file of the votes is good for; consents are only told by number."""
    if ballot.rule == Ballot.Rule.CONSENT:
        return _("Save the votes (CSV)")
    return _("Save the votes to count them again (CSV)")


def _lead_steps(ballot: Ballot, turnout: Turnout, reader: Reader, now: datetime) -> list[Step]:
    """What who leads does next with a vote."""
    if ballot.record.withdrawn or not reader.may("solutions.prepare_ballot"):
        return []

    def step(label: str, name: str, *, first: bool = False) -> Step:
        return Step(label, address(reader, name, ballot.pk), first)

    if ballot.state == Ballot.State.DRAFT:
        return [
            step(_("Open the vote"), "solutions:open_ballot", first=True),
            step(_("Change it"), "solutions:edit_ballot"),
        ]
    if ballot.state == Ballot.State.OPEN:
        close = [step(_("Close and count"), "solutions:close_ballot")]
        return [
            *(close if may_close_by_hand(ballot, turnout, now) else []),
            step(_("Name a stand-in"), "solutions:stand_in"),
            step(_("Take a voice out for an interest"), "solutions:recuse"),
        ]
    return []


def _outcome_step(ballot: Ballot, reader: Reader) -> list[Step]:
    """Write the decision down, once a vote is closed."""
    closed = ballot.state == Ballot.State.CLOSED and not ballot.record.withdrawn
    href = if_may(reader, "solutions.decide", "solutions:record_outcome")
    if not closed or not href:
        return []
    label = _("Write down what we decided")
    return [Step(label, f"{href}?ballot={ballot.pk}", first=True)]


@dataclass(frozen=True)
class _Objected:
    """The objections in a closed vote, and those of them that still stop the proposal."""

    rows: tuple[Objection, ...] = ()
    unresolved: tuple[Objection, ...] = ()


def _objected(ballot: Ballot) -> _Objected:
    """What was objected where the rule asks for consent. One query."""
    if ballot.rule != Ballot.Rule.CONSENT or ballot.hides_its_result():
        return _Objected()
    rows = tuple(objections_of(ballot))
    return _Objected(rows, tuple(still_open(rows)))


def _objections(
    ballot: Ballot, objected: _Objected, reader: Reader, params: QueryDict
) -> TablePage | None:
    if ballot.rule != Ballot.Rule.CONSENT or ballot.hides_its_result():
        return None
    listed = [
        each
        for each in objected.rows
        # One that somebody else withdrew stays on the list until it is answered.
        if (not each.record.withdrawn or each in objected.unresolved)
        and each.record.visibility in reader.readers
    ]

    def row(objection: Objection) -> dict[str, object]:
        mark = OBJECTION_MARKS[objection.state]
        return {
            "objection": TextLink(
                objection.text, address(reader, "solutions:objection", objection.pk)
            ),
            "who": objector_words(objection.organisation, secret=ballot.secret),
            "state": Mark(mark, capfirst(str(objection.get_state_display()))),
            "answer": objection.answer,
        }

    return table_page(listed, OBJECTIONS, params, build=row, name="objections")


def _vote_href(ballot: Ballot, reader: Reader, now: datetime, voices: list[VoiceLine]) -> str:
    """Where the reader votes, while there is a voice to give."""
    left = [each for each in voices if not each.recused]
    if ballot.secret:
        left = [each for each in left if not each.has_voted]
    open_now = ballot.takes_votes(now) and not ballot.record.withdrawn
    return (
        if_may(reader, "solutions.vote", "solutions:vote", ballot.pk) if left and open_now else ""
    )


def _stay_out_step(ballot: Ballot, reader: Reader, voices: list[VoiceLine]) -> list[Step]:
    """Take one's own silent voice out of an open vote; who leads has a step for any voice."""
    silent = [each for each in voices if not (each.recused or each.has_voted)]
    leads = reader.may("solutions.prepare_ballot")
    if leads or not silent or ballot.state != Ballot.State.OPEN or ballot.record.withdrawn:
        return []
    href = if_may(reader, "solutions.vote", "solutions:recuse", ballot.pk)
    return [Step(_("Stay out because of an interest"), href)] if href else []


def ballot_page(ballot: Ballot, reader: Reader, now: datetime, params: QueryDict) -> BallotPage:
    """One vote; while it is open only how many have voted."""
    turnout = turnout_of(ballot)
    voices = [
        VoiceLine(str(each), each.has_voted, each.recused)
        for each in voices_of(ballot, reader.member_id, reader.today)
    ]
    closed = not ballot.hides_its_result()
    lines = option_lines(ballot, reader)
    vote_href = _vote_href(ballot, reader, now, voices)
    give = [Step(_("Vote"), vote_href, first=True)] if vote_href else []
    stay_out = _stay_out_step(ballot, reader, voices)
    objected = _objected(ballot)
    return BallotPage(
        detail=DetailPage(
            title=ballot.record.title,
            kicker=_("Votes"),
            kicker_href=address(reader, "solutions:ballots"),
            state=MARKS[ballot.state],
            state_label=capfirst(str(ballot.get_state_display())),
            passages=(Passage("", ballot.text),),
            terms=_terms(ballot, turnout),
            steps=(
                *give,
                *stay_out,
                *_lead_steps(ballot, turnout, reader, now),
                *_outcome_step(ballot, reader),
            ),
            **beside(ballot.record, reader),
        ),
        rule=rule_sentences(ballot),
        options=lines,
        turnout=turnout_words(turnout.cast, turnout.voices) if turnout.entitled else "",
        recused=_recused_words(ballot, turnout, reader),
        voices=tuple(voices),
        vote_href=vote_href,
        secret=ballot.secret,
        result=result_part(ballot, reader, lines, standing_of(ballot, objected.unresolved), params)
        if closed
        else None,
        objections=_objections(ballot, objected, reader, params),
        recount_href=address(reader, "solutions:recount_csv", ballot.pk) if turnout.cast else "",
        recount_label=_recount_label(ballot),
    )
