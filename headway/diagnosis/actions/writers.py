"""What the steps of practices write: from what was typed to the actions of each stage."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.commitments.actions import promise
from headway.core.errors import RuleError
from headway.diagnosis.queries.practices.agreed import AGREED
from headway.forums.actions import start_conversation
from headway.initiatives.actions import record_happening
from headway.initiatives.models import Happening, Initiative, Record, StageModel
from headway.measures.actions import add_measure, set_target
from headway.partners import actions as partners
from headway.partners.models import Partner, WorkingAgreement
from headway.pilots.actions import draw_lesson
from headway.problems import actions as problems
from headway.problems.models import EffortState, VisionLine
from headway.solutions.actions import note_barrier
from headway.solutions.actions.outcomes import record_outcome

Said = dict[str, Any]
Writer = Callable[[Actor, Initiative, Said], list[Record]]
SHORT_WIN_DAYS = 60


def _records(rows: Iterable[StageModel]) -> list[Record]:
    return [row.record for row in rows]


def _lines(act: Callable[..., StageModel], field: str, **also: Any) -> Writer:
    """One record for each line, by an action that takes the line under this name."""

    def writer(by: Actor, initiative: Initiative, said: Said) -> list[Record]:
        more = {name: value for name, value in said.items() if name != "lines"}
        made = (
            act(by=by, initiative=initiative, **{field: line}, **also, **more)
            for line in said["lines"]
        )
        return _records(made)

    return writer


def _partners(by: Actor, initiative: Initiative, said: Said) -> list[Record]:
    made = (
        partners.add_partner(
            by=by,
            initiative=initiative,
            organisation=each,
            role_as_said=said["role_as_said"],
            state=Partner.State.INVITED,
        )
        for each in said["organisations"]
    )
    return _records(made)


def _offers(by: Actor, _initiative: Initiative, said: Said) -> list[Record]:
    lines = said.pop("lines")
    return _records(partners.make_offer(by=by, what=line, **said) for line in lines)


def _stances(by: Actor, _initiative: Initiative, said: Said) -> list[Record]:
    """What is said to each fact; what was left open stays open."""
    spoken = [each for each in said["stances"] if each.stance]
    if not spoken:
        raise RuleError(_("Say to at least one fact whether it is right."))
    for each in spoken:
        problems.take_stance(
            by=by,
            fact=each.fact,
            stance=each.stance,
            reason=each.reason,
            organisation=said["organisation"],
        )
    return []


def _measure(by: Actor, initiative: Initiative, said: Said) -> list[Record]:
    """A measure, with its starting point and its target where they are known."""
    records, baseline = [], None
    title, unit = said["title"], said["unit"]
    if said["value"] is not None:
        baseline = problems.add_baseline(
            by=by,
            initiative=initiative,
            measure=title,
            value=said["value"],
            unit=unit,
            when=said["when"],
        )
        records.append(baseline.record)
    about = {"direction": said["direction"], "costs": said["costs"], "baseline": baseline}
    measure = add_measure(by=by, initiative=initiative, title=title, unit=unit, **about)
    if said["target"] is not None:
        set_target(by=by, measure=measure, value=said["target"], due=said["due"])
    return [measure.record, *records]


def _agreed(section: str, questions: str) -> Writer:
    """What was agreed, below what stands in a section of “How we work”."""

    def writer(by: Actor, initiative: Initiative, said: Said) -> list[Record]:
        labels = {question.name: question.label for question in AGREED[questions]}
        told = [f"{labels[name]}: {text.strip()}" for name, text in said.items() if text.strip()]
        if not told:
            raise RuleError(_("Answer at least one of them."), next(iter(labels)))
        known = WorkingAgreement.objects.in_initiative(initiative).live().first()
        texts: dict[str, Any] = {name: getattr(known, name, "") for name in WorkingAgreement.TEXTS}
        texts[section] = "\n".join(part for part in (texts[section], *told) if part)
        return [partners.write_agreement(by=by, initiative=initiative, **texts).record]

    return writer


def _one(act: Callable[..., StageModel], **also: Any) -> Writer:
    """One record out of the whole form."""

    def writer(by: Actor, initiative: Initiative, said: Said) -> list[Record]:
        return [act(by=by, initiative=initiative, **also, **said).record]

    return writer


def _small_win(by: Actor, initiative: Initiative, said: Said) -> list[Record]:
    """A promise within sixty days, with what would show that it is kept."""
    days = (said["due"].end - initiative.today(by.at)).days
    if not 0 <= days <= SHORT_WIN_DAYS:
        raise RuleError(_("Choose a day within the next sixty days."), "due")
    shown_by = _("What would show it: %s") % said.pop("shown_by").strip()
    said["text"] = f"{said['text'].strip()}\n{shown_by}"
    return [promise(by=by, initiative=initiative, **said).record]


def _conversation(by: Actor, _initiative: Initiative, said: Said) -> list[Record]:
    statements = said.pop("lines")
    return [start_conversation(by=by, statements=statements, **said).record]


WRITERS: Mapping[str, Writer] = {
    "groups": _lines(problems.add_affected_group, "name"),
    "partners": _partners,
    "contact": _one(partners.log_contact),
    "vision": _lines(problems.add_vision_line, "text"),
    "vision_out": _lines(problems.add_vision_line, "text", scope=VisionLine.Scope.OUT),
    "efforts": _lines(problems.record_effort, "title", state=EffortState.ENDED),
    "lessons": _lines(draw_lesson, "text"),
    "offers": _offers,
    "needs": _lines(partners.record_need, "what"),
    "data_needs": _lines(partners.record_need, "what"),
    "barriers": _lines(note_barrier, "text"),
    "conversation": _conversation,
    "facts": _lines(problems.add_fact, "claim"),
    "stances": _stances,
    "measure": _measure,
    "sharing": _agreed("sharing", "sharing"),
    "decides": _agreed("decisions", "decides"),
    "doubt": _agreed("decisions", "doubt"),
    "disagreements": _agreed("disagreements", "disagreements"),
    "role": _agreed("roles", "role"),
    "decision": _one(record_outcome),
    "promise": _one(promise),
    "small_win": _small_win,
    "report": _one(record_happening, category=Happening.Category.REVIEW),
}
