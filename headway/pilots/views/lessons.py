"""Lessons, what speaks for and against them, and what follows from a review."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page
from headway.directory.models import Organisation
from headway.initiatives import kinds
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import (
    CONFIRM,
    WritePage,
    page_of,
    posted,
    row_of,
    withdraw,
    write,
)
from headway.pilots import actions
from headway.pilots.forms.lessons import CaseForm, ChangeForm, LessonForm
from headway.pilots.forms.reviews import DoneForm, FollowUpForm, NotDoingForm
from headway.pilots.models import FollowUp, Lesson, LessonCase, Review
from headway.pilots.queries import lesson as queries
from headway.pilots.queries.review import leads, reads_notes
from headway.pilots.queries.words import who_reads
from headway.pilots.views.reviews import review_href, review_row
from headway.pilots.views.wording import wording_of, write_worded
from headway.solutions.models import Solution
from headway.solutions.queries.drafters import must_draft


def lesson_row(request: MemberRequest, record_id: UUID) -> Lesson:
    """A lesson of this initiative that the reader may open; else 404."""
    return row_of(request, Lesson, record_id, "review__record")


def lesson_href(request: MemberRequest, row: Lesson) -> str:
    """The page of a lesson."""
    return page_of(request, "pilots:lesson", row.pk)


@requires("pilots.view")
def lesson(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One lesson."""
    page = queries.lesson_page(lesson_row(request, record_id), request.reader)
    return render_page(request, "pilots/lesson.html", page)


@requires("pilots.learn")
def draw_lesson(request: MemberRequest) -> HttpResponseBase:
    """Write down a lesson that no review led to."""
    return _draw(request, None)


@requires("pilots.learn")
def lesson_from(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Write down a lesson out of a review."""
    return _draw(request, review_row(request, record_id))


def _draw(request: MemberRequest, review: Review | None) -> HttpResponseBase:
    back = review_href(request, review) if review else page_of(request, "pilots:learning")
    return write_worded(
        request,
        form=LessonForm(
            posted(request),
            initial={"text": review.learned if review else ""},
            **wording_of(request),
        ),
        act=lambda said: actions.draw_lesson(
            by=request.actor, initiative=request.initiative, review=review, **said
        ),
        title=_("Write down a lesson"),
        lead=_(
            "One sentence that helps somebody elsewhere. No names. Members of this initiative "
            "read it, and everybody once it is shown to everybody."
        ),
        kicker=review.record.title if review else _("What we learned"),
        back_href=back,
        to=lambda row: lesson_href(request, row),
    )


@requires("pilots.learn")
def edit_lesson(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Word a lesson anew."""
    row = lesson_row(request, record_id)
    shown = {"text": row.text, "applies_to": row.applies_to}
    return write_worded(
        request,
        form=LessonForm(posted(request), initial=shown, **wording_of(request)),
        act=lambda said: actions.revise_lesson(by=request.actor, lesson=row, **said),
        title=_("Change this lesson"),
        lead=who_reads(row.record),
        kicker=row.record.title,
        back_href=lesson_href(request, row),
        to=lambda _done: lesson_href(request, row),
        row=row,
    )


@requires("pilots.publish")
def publish_lesson(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Show a lesson to everybody."""
    row = lesson_row(request, record_id)
    href = lesson_href(request, row)
    happens = (
        _("Anybody can read it, and other initiatives can name cases for it and against it."),
        _("Of a review it came from, nothing else is shown."),
    )
    title = _("Show it to everybody")
    return write(
        request,
        form=PageForm(posted(request)),
        act=lambda _said: actions.publish_lesson(by=request.actor, lesson=row),
        page=ConfirmPage(title, happens, title, href),
        to=lambda _done: href,
        template=CONFIRM,
    )


@requires("pilots.learn")
def withdraw_lesson(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take back a lesson one wrote down."""
    row = lesson_row(request, record_id)
    if row.record.author_id != request.reader.member_id and not request.reader.may("pilots.lead"):
        raise PermissionDenied
    after = page_of(request, "pilots:learning")
    return withdraw(
        request, row.record, _("Withdraw this lesson"), lesson_href(request, row), after
    )


@requires("pilots.learn")
def add_case(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Name a case for a lesson or against it."""
    row = lesson_row(request, record_id)
    words = str(request.GET.get("words", "")).replace("\x00", "")[:100]
    cases = queries.case_targets(row, request.reader, words)
    page = queries.cases_page(row, request.reader, words, len(cases))
    return write(
        request,
        form=CaseForm(posted(request), cases=cases),
        act=lambda said: actions.add_case(by=request.actor, lesson=row, **said),
        page=page,
        to=lambda _case: page.back_href,
        template="pilots/case.html",
    )


@requires("pilots.learn")
def withdraw_case(request: MemberRequest, case_id: UUID) -> HttpResponseBase:
    """Take a case off a lesson."""
    mine = LessonCase.objects.filter(lesson__record__initiative=request.initiative)
    found = get_object_or_404(mine.filter(withdrawn_at__isnull=True), pk=case_id)
    row = lesson_row(request, found.lesson_id)
    href = lesson_href(request, row)
    title = _("Take this case off")
    happens = (_("The record itself stays. The history keeps that it was named."),)
    return write(
        request,
        form=PageForm(posted(request)),
        act=lambda _said: actions.withdraw_case(by=request.actor, case=found),
        page=ConfirmPage(title, happens, title, href),
        to=lambda _done: href,
        template=CONFIRM,
    )


@requires("pilots.learn")
def changes(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """Choose which recommendation a lesson changes."""
    row = lesson_row(request, record_id)
    words = str(request.GET.get("words", "")).replace("\x00", "")[:100]
    return render_page(
        request, "pilots/changes.html", queries.changes_page(row, request.reader, words)
    )


@requires("pilots.learn")
def change(request: MemberRequest, record_id: UUID, solution_id: UUID) -> HttpResponseBase:
    """Word a recommendation anew because of a lesson."""
    row = lesson_row(request, record_id)
    solution = row_of(request, Solution, solution_id)
    if not request.reader.may("solutions.draft"):
        raise PermissionDenied
    must_draft(solution, request.reader)
    shown = {
        "title": solution.record.title,
        "text": solution.text,
        "expects": solution.expects,
    }
    return write_worded(
        request,
        form=ChangeForm(posted(request), initial=shown, **wording_of(request)),
        act=lambda said: actions.change_because_of(
            by=request.actor, lesson=row, solution=solution, **said
        ),
        title=_("Change it because of what we learned"),
        lead=_("Its new version will name the lesson: %(lesson)s") % {"lesson": row.record.title},
        kicker=solution.record.title,
        back_href=lesson_href(request, row),
        to=lambda _done: kinds.href(solution.record, request.initiative.slug),
        row=solution,
    )


def follow_up_row(request: MemberRequest, record_id: UUID) -> FollowUp:
    """A follow-up of this initiative that the reader may open; else 404."""
    return row_of(
        request,
        FollowUp,
        record_id,
        *("review__record", "owner__merged_into", "owner_post__organisation", "owner_member"),
        "review__conductor",
    )


def _may_change(request: MemberRequest, row: FollowUp) -> bool:
    """Whoever leads, takes part in the review, wrote it down, or looks after it."""
    member = request.reader.member_id
    if member is None or not request.reader.may("pilots.review"):
        return False
    if member in {row.owner_member_id, row.record.author_id}:
        return True
    if leads(row.review, request.reader) or reads_notes(row.review, request.reader):
        return True
    return row.owner is not None and any(
        request.speaks_for(each) for each in Organisation.objects.counted_as(row.owner)
    )


def _changeable(request: MemberRequest, record_id: UUID) -> FollowUp:
    row = follow_up_row(request, record_id)
    if not _may_change(request, row):
        raise PermissionDenied
    return row


@requires("pilots.view")
def follow_up(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One follow-up."""
    row = follow_up_row(request, record_id)
    page = queries.follow_up_page(row, request.reader, change=_may_change(request, row))
    return render_page(request, "initiatives/detail.html", page)


@requires("pilots.review")
def add_follow_up(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Write down what follows from a review."""
    row = review_row(request, record_id)
    if not (leads(row, request.reader) or reads_notes(row, request.reader)):
        raise PermissionDenied
    back = review_href(request, row)
    return write_worded(
        request,
        form=_follow_up_form(request, {}),
        act=lambda said: actions.add_follow_up(by=request.actor, review=row, **said),
        title=_("Write down a follow-up"),
        lead=_("Nothing for people who are not in the room. Who does it may be named later."),
        kicker=row.record.title,
        back_href=back,
        to=lambda _row: back,
    )


def _follow_up_form(request: MemberRequest, shown: dict[str, Any]) -> FollowUpForm:
    return FollowUpForm(
        posted(request),
        authority=request.authority,
        initiative=request.initiative,
        initial=shown,
        **wording_of(request),
    )


@requires("pilots.review")
def edit_follow_up(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Word a follow-up anew, or name who does it by when."""
    row = _changeable(request, record_id)
    names = ("text", "owner", "owner_post", "owner_member", "due_on")
    href = kinds.href(row.record, request.initiative.slug)
    return write_worded(
        request,
        form=_follow_up_form(request, {name: getattr(row, name) for name in names}),
        act=lambda said: actions.revise_follow_up(by=request.actor, follow_up=row, **said),
        title=_("Change this follow-up"),
        kicker=row.record.title,
        back_href=href,
        to=lambda _done: href,
        row=row,
    )


@requires("pilots.review")
def finish_follow_up(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say that it is done."""
    row = _changeable(request, record_id)
    href = kinds.href(row.record, request.initiative.slug)
    return write(
        request,
        form=DoneForm(posted(request)),
        act=lambda said: actions.finish_follow_up(by=request.actor, follow_up=row, **said),
        page=_step_page(_("It is done"), row, href),
        to=lambda _done: href,
    )


def _step_page(title: str, row: FollowUp, href: str) -> WritePage:
    return WritePage(title, button=title, kicker=row.record.title, back_href=href)


@requires("pilots.review")
def refuse_follow_up(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say that it is not done, and why."""
    row = _changeable(request, record_id)
    href = kinds.href(row.record, request.initiative.slug)
    return write_worded(
        request,
        form=NotDoingForm(posted(request), **wording_of(request)),
        act=lambda said: actions.refuse_follow_up(by=request.actor, follow_up=row, **said),
        title=_("Not doing it"),
        kicker=row.record.title,
        back_href=href,
        to=lambda _done: href,
    )


@requires("pilots.review")
def withdraw_follow_up(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take back a follow-up that was written down by mistake."""
    row = _changeable(request, record_id)
    href = kinds.href(row.record, request.initiative.slug)
    after = review_href(request, row.review)
    return withdraw(request, row.record, _("Withdraw this follow-up"), href, after)
