from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.commitments import actions
from headway.commitments.actions.links import Said, give_answer
from headway.commitments.forms import (
    AnswerForm,
    ConfirmForm,
    HandOverForm,
    MilestoneForm,
    ProgressForm,
    ReopenForm,
    SplitForm,
)
from headway.commitments.models import Commitment, Milestone
from headway.commitments.views.gate import must_answer, promise_href, promise_row
from headway.core.errors import Message
from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import CONFIRM, WritePage, posted, write


def _page(request: MemberRequest, row: Commitment, title: Message, button: Message) -> WritePage:
    return WritePage(
        title,
        lead=row.text,
        button=button,
        kicker=row.record.title,
        back_href=promise_href(request, row),
    )


def _carry_out(
    request: MemberRequest, row: Commitment, form: PageForm, act: Any, title: Message
) -> HttpResponseBase:
    """Show the form of one step, do it, and go back to the promise."""
    return write(
        request,
        form=form,
        act=act,
        page=_page(request, row, title, title),
        to=lambda _done: promise_href(request, row),
    )


@requires("commitments.confirm")
def confirm(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Confirm a promise in the organisation's name."""
    row = promise_row(request, record_id)
    shown = {"authority_stated": row.authority_stated, "board_by": row.board_by}
    return _carry_out(
        request,
        row,
        ConfirmForm(posted(request), initial=shown),
        lambda said: actions.confirm_promise(by=request.actor, commitment=row, **said),
        _("Confirm this promise"),
    )


@requires("commitments.confirm")
def answer(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say how a promise stands: done, a new date, or not going ahead."""
    row = promise_row(request, record_id)
    must_answer(request, row)
    return _carry_out(
        request,
        row,
        AnswerForm(posted(request)),
        lambda said: give_answer(by=request.actor, commitment=row, said=Said(**said)),
        _("Say how it stands"),
    )


@requires("commitments.answer")
def hand_over(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Give a promise to another seat or organisation."""
    row = promise_row(request, record_id)
    must_answer(request, row)
    shown = {"post": row.post, "person": row.person.canonical if row.person else None}
    form = HandOverForm(posted(request), authority=request.authority, initial=shown)
    return _carry_out(
        request,
        row,
        form,
        lambda said: actions.hand_over_promise(by=request.actor, commitment=row, **said),
        _("Hand it over"),
    )


@requires("commitments.answer")
def split(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Make several promises out of one."""
    row = promise_row(request, record_id)
    must_answer(request, row)

    def act(said: dict[str, Any]) -> object:
        parts = said["parts"].split("\n")
        return actions.split_promise(by=request.actor, commitment=row, parts=parts)

    form = SplitForm(posted(request), initial={"parts": row.text})
    return _carry_out(request, row, form, act, _("Split it"))


@requires("commitments.answer")
def add_milestone(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Name one step of a promise."""
    row = promise_row(request, record_id)
    must_answer(request, row)
    return _carry_out(
        request,
        row,
        MilestoneForm(posted(request)),
        lambda said: actions.add_milestone(by=request.actor, commitment=row, **said),
        _("Add a milestone"),
    )


@requires("commitments.answer")
def note_progress(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say how much is done."""
    row = promise_row(request, record_id)
    must_answer(request, row)
    return _carry_out(
        request,
        row,
        ProgressForm(posted(request), initial={"percent": row.percent}),
        lambda said: actions.note_progress(by=request.actor, commitment=row, **said),
        _("Say how much is done"),
    )


@requires("commitments.answer")
def reopen(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Open a promise again."""
    row = promise_row(request, record_id)
    must_answer(request, row)
    return _carry_out(
        request,
        row,
        ReopenForm(posted(request)),
        lambda said: actions.reopen_promise(by=request.actor, commitment=row, **said),
        _("Open it again"),
    )


@requires("commitments.answer")
def archive(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Put an ended promise into the archive."""
    row = promise_row(request, record_id)
    must_answer(request, row)
    consequence = _("“%s” leaves the lists and stays in the archive.") % row.record.title
    title = _("Put into the archive")
    return _ask(
        request,
        row,
        ConfirmPage(title, (consequence,), title, promise_href(request, row)),
        lambda _said: actions.archive_promise(by=request.actor, commitment=row),
    )


@requires("commitments.note")
def ask(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Mail those who may confirm a promise."""
    row = promise_row(request, record_id)
    consequence = _(
        "Those who may speak for %s on promises get a mail with a link. Each is asked at most "
        "once a day."
    ) % (row.who or _("the organization"))
    title = _("Ask them to confirm")

    def act(_said: dict[str, Any]) -> int:
        written = actions.ask_to_confirm(by=request.actor, commitment=row)
        words = ngettext("%s person was asked by mail.", "%s people were asked by mail.", written)
        nobody = _("They were asked today already.")
        messages.success(request, words % written if written else nobody)
        return written

    page = ConfirmPage(title, (consequence,), title, promise_href(request, row))
    return _ask(request, row, page, act)


def _ask(request: MemberRequest, row: Commitment, page: ConfirmPage, act: Any) -> HttpResponseBase:
    return write(
        request,
        form=PageForm(posted(request)),
        act=act,
        page=page,
        to=lambda _done: promise_href(request, row),
        template=CONFIRM,
    )


def _milestone(request: MemberRequest, milestone_id: UUID) -> tuple[Commitment, Milestone]:
    """A step of a promise that the person answers for; else 404 or 403."""
    found = Milestone.objects.filter(
        commitment__record__initiative=request.initiative, withdrawn_at__isnull=True
    )
    step = get_object_or_404(found, pk=milestone_id)
    row = promise_row(request, step.commitment_id)
    must_answer(request, row)
    step.commitment = row
    return row, step


@requires("commitments.answer")
def reach_milestone(request: MemberRequest, milestone_id: UUID) -> HttpResponseBase:
    """Mark a step as done, or as not done after all."""
    row, step = _milestone(request, milestone_id)
    done = step.done_on is None
    title = _("Mark as done") if done else _("Not done after all")
    return _ask(
        request,
        row,
        ConfirmPage(title, (step.title,), title, promise_href(request, row)),
        lambda _said: actions.reach_milestone(by=request.actor, milestone=step, done=done),
    )


@requires("commitments.answer")
def withdraw_milestone(request: MemberRequest, milestone_id: UUID) -> HttpResponseBase:
    """Take a step off a promise."""
    row, step = _milestone(request, milestone_id)
    title = _("Take this step off")
    consequence = _("“%s” no longer counts. The history keeps that it was there.") % step.title
    return _ask(
        request,
        row,
        ConfirmPage(title, (consequence,), title, promise_href(request, row)),
        lambda _said: actions.withdraw_milestone(by=request.actor, milestone=step),
    )
