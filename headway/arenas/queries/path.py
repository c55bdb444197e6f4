"""The path to the agenda, counted back from the vote, and every date that is to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from headway.arenas.models import Ask, PathStep
from headway.arenas.queries.parts import day_words
from headway.core.errors import Message
from headway.core.tables import Mark
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader


@dataclass(frozen=True)
class StepLine:
    """One step with its owner and date, whether it is late, and what may be done with it."""

    title: str
    mark: Mark
    due_on: date | None
    due: str
    days_before: int
    moved: bool
    owner: str
    submitted: str
    done_href: str
    edit_href: str
    drop_href: str


def late(step: PathStep, vote_on: date | None, today: date) -> bool:
    """Whether a step's day is past and it is not done."""
    due = step.due_on(vote_on)
    return step.done_on is None and due is not None and due < today


def step_mark(step: PathStep, ask: Ask, today: date) -> Mark:
    """How a step stands by shape and word; what a decided request did not need is over."""
    if step.done_on is not None:
        return Mark("done", _("Done %(day)s") % {"day": day_words(step.done_on)})
    if ask.is_over:
        return Mark("ended", _("Over"))
    if late(step, ask.vote_on, today):
        return Mark("late", _("Late"))
    return Mark("open", _("Open") if ask.vote_on else _("No date yet"))


def owner_words(step: PathStep) -> str:
    """Who looks after a step: an organisation, or a seat of it."""
    names = [step.owner_post.label] if step.owner_post else []
    return ", ".join([*names, step.owner.canonical.name] if step.owner else names)


def next_step(ask: Ask) -> PathStep | None:
    """The first step that is not done; none once the request is over."""
    if ask.is_over:
        return None
    return next((step for step in ask.steps.all() if step.done_on is None), None)


def step_lines(ask: Ask, reader: Reader, *, may: bool) -> tuple[StepLine, ...]:
    """Every step of a request, the earliest first."""
    steps = ask.steps.select_related("owner__merged_into", "owner_post")
    return tuple(_line(step, ask, reader, may=may) for step in steps)


def _line(step: PathStep, ask: Ask, reader: Reader, *, may: bool) -> StepLine:
    def href(name: str) -> str:
        return address(reader, f"arenas:{name}", step.pk) if may else ""

    return StepLine(
        title=step.title,
        mark=step_mark(step, ask, reader.today),
        due_on=step.due_on(ask.vote_on),
        due=day_words(step.due_on(ask.vote_on)),
        days_before=step.days_before,
        moved=step.moved_to_work(ask.vote_on),
        owner=owner_words(step),
        submitted=step.submitted,
        done_href=href("finish_step") if step.done_on is None else "",
        edit_href=href("edit_step"),
        drop_href=href("drop_step"),
    )


def late_notice(ask: Ask, steps: Iterable[StepLine]) -> Message:
    """What is late on the way to the vote."""
    names = [step.title for step in steps if step.mark.state == "late"]
    if not names or ask.vote_on is None:
        return ""
    words = _("Late for the vote on %(day)s: %(steps)s.")
    return words % {"day": day_words(ask.vote_on), "steps": ", ".join(names)}
