"""Lessons: what partners can learn from, the cases for and against it, and what it changed."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.initiatives.actions import (
    link_records,
    lock_all,
    locked,
    must_stand,
    note_event,
    open_record,
    revise_record,
    unlink_records,
    write_wording,
)
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.models import Initiative, Link, Record
from headway.initiatives.provenance import HERE, Provenance
from headway.pilots.actions.publishing import ask_anew, held_with_review, wait_for_agreement
from headway.pilots.actions.turning import held
from headway.pilots.models import Lesson, LessonCase, Review
from headway.problems.actions.citations import as_reported
from headway.solutions.actions import revise_solution
from headway.solutions.models import Solution
from headway_analysis.partial_date import PartialDate


@transaction.atomic
def draw_lesson(
    *,
    by: Actor,
    initiative: Initiative,
    text: str,
    applies_to: str = "",
    review: Review | None = None,
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
    visibility: str = "",
) -> Lesson:
    """Write down what others can learn from, without names.

    What comes out of a review is for the partners until everybody who took part agreed to more;
    what they agreed to before counts where a lesson says nothing but what they learned.

    Raises:
        RuleError: where nothing is said, or the review is not closed yet.

    """
    if not text.strip():
        raise RuleError(
            _("Say what you learned, like “Ask by text message, not by letter”."), "text"
        )
    known = as_reported(Lesson, initiative, provenance, text=text.strip())
    if known is not None:
        return known
    if review is not None:
        closed = _told_of(review, initiative)
        if (text.strip(), applies_to.strip()) != (closed.learned, ""):
            ask_anew(closed)
        visibility = visibility if provenance.reported else Visibility.MEMBERS
    row = Lesson(text=text.strip(), applies_to=applies_to.strip(), review=review)
    lock_all(review.record if review else None)
    row.record = open_record(
        by=by,
        initiative=initiative,
        kind=Lesson.RECORD_KIND,
        title=title_of(row.text),
        visibility=visibility,
        provenance=provenance,
        when=when,
    )
    _write(by, row)
    if review is not None:
        link_records(by=by, origin=row.record, target=review.record, kind=Link.Kind.CAME_FROM)
    return row


def _write(by: Actor, row: Lesson) -> None:
    row.save(force_insert=True)
    for field in Lesson.TEXTS:
        if getattr(row, field):
            write_wording(by=by, record=row.record, field=field, text=getattr(row, field))
    changes = {"text": ("", row.text), "applies_to": ("", row.applies_to)}
    note_event(by=by, record=row.record, verb="noted", changes=changes)


def _told_of(review: Review, initiative: Initiative) -> Review:
    """The closed review that a lesson came of, its record locked.

    Raises:
        RuleError: where it stands elsewhere, or is not closed yet.

    """
    record = locked(review.record)
    must_stand(record)
    if record.initiative_id != initiative.pk:
        raise RuleError(_("Choose a review of this initiative."), "review")
    row = Review.objects.get(pk=record.pk)
    if row.state != Review.State.CLOSED:
        raise RuleError(
            _("First close the review: until everybody agreed, its answers stay with them.")
        )
    return row


@transaction.atomic
def revise_lesson(
    *, by: Actor, lesson: Lesson, text: str, applies_to: str = "", seen: int | None = None
) -> bool:
    """Word it anew; every version is kept.

    Of a review it is for the partners until all who took part agree to the new words.

    Raises:
        RuleError: where nothing is said, or somebody else wrote in between.

    """
    if not text.strip():
        raise RuleError(
            _("Say what you learned, like “Ask by text message, not by letter”."), "text"
        )
    values: dict[str, object] = {"text": text.strip(), "applies_to": applies_to.strip()}
    current = held_with_review(lesson)
    if any(getattr(current, name) != value for name, value in values.items()):
        # First, so that the new words stand in no line of the log that everybody may read.
        wait_for_agreement(by=by, lesson=current)
    return revise_record(by=by, stage=lesson, title=title_of(text), values=values, seen=seen)


@transaction.atomic
def add_case(
    *, by: Actor, lesson: Lesson, case: Record, supports: bool, note: str = ""
) -> LessonCase:
    """Name a case that speaks for a lesson or against it, also of another initiative.

    Of another initiative only what everybody may read can be named.

    Raises:
        RuleError: where it is named already, does not stand, or is not to be seen.

    """
    row = held(lesson)
    if case.pk == row.pk:
        raise RuleError(_("Choose another record: a lesson is no case of itself."), "case")
    told = {case.visibility, case.initiative.visibility} == {Visibility.PUBLIC.value}
    if case.initiative_id != row.record.initiative_id and not told:
        raise RuleError(_("Choose a record of this initiative."), "case")
    if LessonCase.objects.filter(lesson=row, case=case, withdrawn_at__isnull=True).exists():
        raise RuleError(_("This case is named already. Take it off to say it anew."), "case")
    made = LessonCase(lesson=row, case=case, supports=supports, note=note.strip(), noted_at=by.at)
    made.save(force_insert=True)
    link_records(by=by, origin=row.record, target=case, kind=Link.Kind.LEARNED_FROM)
    here = case.initiative_id == row.record.initiative_id
    changes = {"supports" if supports else "contradicts": ("", case.title if here else case.pk)}
    note_event(by=by, record=row.record, verb="case_named", changes=changes)
    return made


@transaction.atomic
def withdraw_case(*, by: Actor, case: LessonCase) -> None:
    """Take a case off a lesson; the log keeps that it was named."""
    row = held(case.lesson)
    current = LessonCase.objects.select_for_update().select_related("case").get(pk=case.pk)
    if current.withdrawn_at is not None:
        return
    current.change(withdrawn_at=by.at)
    link = Link.objects.filter(
        origin=row.record,
        target=current.case,
        kind=Link.Kind.LEARNED_FROM,
        withdrawn_at__isnull=True,
    ).first()
    if link is not None:
        unlink_records(by=by, link=link)
    note_event(by=by, record=row.record, verb="case_withdrawn")


@transaction.atomic
def change_because_of(
    *,
    by: Actor,
    lesson: Lesson,
    solution: Solution,
    title: str,
    text: str,
    expects: str = "",
    seen: int | None = None,
) -> bool:
    """Word a recommendation anew because of a lesson; its new version names the lesson.

    Raises:
        RuleError: where nothing changes, or somebody else wrote in between.

    """
    kept: dict[str, Any] = {
        name: getattr(solution, name) for name in ("cost", "currency", "cost_note", "bought")
    }
    changed = revise_solution(
        by=by,
        solution=solution,
        title=title,
        text=text,
        expects=expects,
        seen=seen,
        came_from=lesson.record,
        **kept,
    )
    if not changed:
        raise RuleError(_("Change the wording: this lesson has changed nothing yet."), "text")
    return changed
