"""The page of one pilot: its card, what was expected, what the numbers say, what was decided."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Term
from headway.initiatives.pages.detail import (
    DetailPage,
    Passage,
    Step,
    address,
    beside,
    if_may,
    withdraw_step,
)
from headway.initiatives.reader import Reader
from headway.pilots.models import Pilot, PilotFinding, Prediction
from headway.pilots.queries.card import Lacking, missing
from headway.pilots.queries.cautions import caution_words
from headway.pilots.queries.scores import scored
from headway.pilots.queries.words import (
    amount,
    day_words,
    result_words,
    sort_words,
    state_mark,
    who_words,
)
from headway_analysis.experiment.prediction import Score
from headway_analysis.experiment.verdict import Direction, Verdict, reading

State = Pilot.State


@dataclass(frozen=True)
class Expected:
    """What one team expects, and how near it came once that is known."""

    team: str
    words: str
    reasons: str
    locked: str
    score: str


@dataclass(frozen=True)
class Found:
    """One finding in words, with its cautions."""

    words: str
    basis: str
    caveats: tuple[str, ...]
    source: str
    source_href: str
    withdraw_href: str
    withdrawn: str


@dataclass(frozen=True)
class PilotPage:
    """One pilot."""

    detail: DetailPage
    lacking: tuple[Lacking, ...]
    ready: bool
    expected: tuple[Expected, ...]
    found: tuple[Found, ...]
    predict_href: str
    result_href: str
    file_href: str


def may_change(pilot: Pilot, reader: Reader, *, acts_for: bool) -> bool:
    """Whether the reader may fill in the card: its author, its organisation, and who leads."""
    if pilot.record.withdrawn or not reader.may("pilots.prepare"):
        return False
    own = pilot.record.author_id is not None and pilot.record.author_id == reader.member_id
    return own or acts_for or reader.may("pilots.lead")


def pilot_page(pilot: Pilot, reader: Reader, *, change: bool) -> PilotPage:
    """One pilot with everything on its card."""
    said = list(pilot.predictions.filter(withdrawn_at__isnull=True))
    found = list(pilot.findings.select_related("source"))
    card = pilot.state == State.CARD
    lacking = missing(pilot, predicted=bool(said)) if card else ()
    mark = state_mark(pilot, reader.today)
    stands = not pilot.record.withdrawn
    measured = stands and not card and reader.may("pilots.record_result")
    return PilotPage(
        detail=DetailPage(
            title=pilot.record.title,
            kicker=_("Small tests and pilots"),
            kicker_href=address(reader, "pilots:home"),
            state=mark.state,
            state_label=mark.label,
            notice=_notice(pilot, reader),
            passages=_passages(pilot),
            terms=_terms(pilot, reader),
            steps=_steps(pilot, reader, change=change),
            **beside(pilot.record, reader),
        ),
        lacking=lacking if change else (),
        ready=card and not lacking,
        expected=tuple(_expected(each, pilot, found) for each in said),
        found=tuple(_found(each, pilot, reader, change=measured) for each in found),
        predict_href=if_may(reader, "pilots.predict", "pilots:predict", pilot.pk)
        if card and stands
        else "",
        result_href=address(reader, "pilots:record_finding", pilot.pk) if measured else "",
        file_href=address(reader, "pilots:results", pilot.pk) if measured else "",
    )


def _notice(pilot: Pilot, reader: Reader) -> str:
    """What has to be known first."""
    if pilot.state == State.CARD:
        return _("The card has to be complete before it starts; then it stays as it is.")
    if pilot.state == State.RUNNING and pilot.ends_on and pilot.ends_on < reader.today:
        return _("Its end date has come: adopt it, adapt it or abandon it.")
    return ""


def _passages(pilot: Pilot) -> tuple[Passage, ...]:
    return (
        Passage(_("What we think happens, and why"), pilot.hypothesis),
        Passage(_("Who is affected"), pilot.affected),
        Passage(_("How they consent"), pilot.consent),
        Passage(_("With whom it is compared"), pilot.comparison),
        Passage(_("We stop for harm when"), pilot.stop_for_harm),
        Passage(_("We stop for cost when"), pilot.stop_for_cost),
        Passage(_("We stop because it leads nowhere when"), pilot.stop_for_futility),
        Passage(_("Why it was stopped"), pilot.stopped_because),
        Passage(_("What we saw"), pilot.saw),
        Passage(_("Why we decided so"), pilot.because),
    )


def _terms(pilot: Pilot, reader: Reader) -> tuple[Term, ...]:
    solution = pilot.solution
    if solution is not None and solution.record.visibility not in reader.readers:
        solution = None
    effect = amount(pilot.minimum_effect)
    shown = (
        Term(_("What it is"), sort_words(pilot)),
        Term(
            _("What it tests"),
            solution.record.title if solution else "",
            address(reader, "solutions:solution", solution.pk) if solution else "",
        ),
        Term(_("What is measured"), _measured(pilot)),
        Term(_("Starting point"), pilot.baseline),
        Term(_("How it is compared"), pilot.get_design_display() if pilot.design else ""),
        Term(
            _("Smallest difference that is worth it"),
            f"{effect} {pilot.unit}".strip() if effect else "",
        ),
        Term(_("Who carries it out"), who_words(pilot.owner, None)),
        Term(_("Who decides at the end"), who_words(pilot.decider, pilot.decider_post)),
        Term(_("Starts"), day_words(pilot.starts_on) or date_words(pilot.record.when)),
        Term(_("Ends"), day_words(pilot.ends_on)),
        Term(_("Ended"), day_words(pilot.ended_on)),
        Term(_("How it came out"), result_words(pilot)),
        Term(_("What we do now"), pilot.get_decision_display() if pilot.decision else ""),
        Term(_("Who decided"), who_words(pilot.decided_by, pilot.decided_post)),
        Term(_("Decided"), day_words(pilot.decided_on)),
    )
    return tuple(term for term in shown if term.value)


def _measured(pilot: Pilot) -> str:
    if not pilot.measure:
        return ""
    unit = f" ({pilot.unit})" if pilot.unit else ""
    better = f": {pilot.get_better_display()}" if pilot.better else ""
    return f"{pilot.measure}{unit}{better}"


def _steps(pilot: Pilot, reader: Reader, *, change: bool) -> tuple[Step, ...]:
    lead = reader.may("pilots.lead") and not pilot.record.withdrawn
    card, running = pilot.state == State.CARD, pilot.state == State.RUNNING
    open_end = pilot.state in {State.ENDED, State.STOPPED}
    shown: list[tuple[bool, Message, str]] = [
        (card and change, _("Fill in the card"), "fill_card"),
        (card and lead, _("Start the pilot"), "start_pilot"),
        (running and lead, _("End the pilot"), "end_pilot"),
        (running and lead, _("Stop it early"), "stop_pilot"),
        (running and lead, _("Move its end"), "move_end"),
        (open_end and lead, _("Decide what is done with it"), "decide_pilot"),
    ]
    wanted = [(label, name) for may, label, name in shown if may]
    found = [
        Step(label, address(reader, f"pilots:{name}", pilot.pk), first=place == 0)
        for place, (label, name) in enumerate(wanted)
    ]
    own = pilot.record.author_id is not None and pilot.record.author_id == reader.member_id
    may = own and card and reader.may("pilots.prepare")
    return (*found, *withdraw_step(pilot.record, reader, "pilots:withdraw", may=may))


def _expected(said: Prediction, pilot: Pilot, found: list[PilotFinding]) -> Expected:
    return Expected(
        team=said.team,
        words=_("between %(low)s and %(high)s, %(percent)s percent sure")
        % {
            "low": amount(said.low),
            "high": f"{amount(said.high)} {pilot.unit}".strip(),
            "percent": said.percent,
        },
        reasons=said.reasons,
        locked=day_words(pilot.record.initiative.today(said.locked_at)) if said.locked_at else "",
        score=_score_words(scored(said, found)),
    )


def _score_words(score: Score | None) -> str:
    if score is None:
        return ""
    hit = _("It came out inside the range.") if score.inside else _("It came out outside it.")
    return f"{hit} " + _("Score %(score)s (0 is best, 1 is worst).") % {
        "score": amount(score.brier)
    }


def _found(found: PilotFinding, pilot: Pilot, reader: Reader, *, change: bool) -> Found:
    gone = found.withdrawn_at is not None
    return Found(
        words=_in_words(found, pilot),
        basis=_basis(found),
        caveats=tuple(caution_words(each) for each in found.caveats),
        source=found.source.title if found.source else "",
        source_href=found.source.url if found.source else "",
        withdraw_href=address(reader, "pilots:withdraw_finding", found.pk)
        if change and not gone
        else "",
        withdrawn=found.withdrawn_because if gone else "",
    )


def _in_words(found: PilotFinding, pilot: Pilot) -> str:
    """The difference with its interval, and whether it is worth it."""
    if found.estimate is None:
        return found.note
    said = {
        "estimate": f"{amount(found.estimate)} {pilot.unit}".strip(),
        "low": amount(found.low),
        "high": amount(found.high),
    }
    if found.low is None or found.high is None:
        first = _("A difference of %(estimate)s; no interval was reported.") % said
    else:
        first = _("A difference of %(estimate)s, likely between %(low)s and %(high)s.") % said
    other = found.outcome if found.outcome != pilot.measure else ""
    named = f"{other}: {first}" if other else first
    return " ".join(part for part in (named, _against_least(found, pilot), found.note) if part)


def _against_least(found: PilotFinding, pilot: Pilot) -> str:
    """What the interval says beside the smallest difference that is worth it."""
    if not pilot.better or pilot.minimum_effect is None:
        return ""
    if found.low is None or found.high is None:
        return ""
    direction: Direction = "down" if pilot.better == Pilot.Better.LOWER else "up"
    read = reading((found.low, found.high), float(pilot.minimum_effect), direction)
    words: dict[Verdict, str] = {
        "worked": _("All of it is at least what was said to be worth it."),
        "did_not": _("All of it is less than what was said to be worth it."),
        "inconclusive": _("It may be worth it or not: more would have to be known."),
    }
    return words[read]


def _basis(found: PilotFinding) -> str:
    """How it was found and on how many."""
    parts = [str(found.get_through_display())]
    if found.design:
        parts.append(str(found.get_design_display()))
    if found.count:
        parts.append(_("%(count)s compared") % {"count": f"{found.count:,}"})
    if found.dropped:
        parts.append(_("%(count)s rows left out") % {"count": f"{found.dropped:,}"})
    return "; ".join(parts)
