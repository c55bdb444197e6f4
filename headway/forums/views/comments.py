from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.errors import Message
from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page
from headway.core.spreadsheets import write_rows
from headway.forums import actions
from headway.forums.access import MemberRequest, requires
from headway.forums.forms.talk import CommentForm, HideForm, ReportForm, RestoreForm
from headway.forums.models import Comment
from headway.forums.queries.comments import (
    COMMENT_HEADING,
    comment_rows,
    discussion_page,
    page_of_comment,
    wordings_page,
)
from headway.forums.queries.statements import spoken_for
from headway.initiatives.models import Mandate, Record
from headway.initiatives.pages.write import WritePage, page_of, posted, write


def record_of(request: MemberRequest, record_id: UUID) -> Record:
    """A record of this initiative whose page the reader may open; else 404."""
    found = Record.objects.in_initiative(request.initiative).select_related("initiative__stream")
    return get_object_or_404(request.reader.readable(found), pk=record_id)


def _comment(request: MemberRequest, comment_id: UUID) -> Comment:
    comment = get_object_or_404(
        Comment.objects.select_related("answers", "member__user"), pk=comment_id
    )
    comment.record = record_of(request, comment.record_id)
    return comment


def _not_taken_back(request: MemberRequest, comment_id: UUID) -> Comment:
    """A comment whose words still stand somewhere: its author did not take it back."""
    comment = _comment(request, comment_id)
    if comment.withdrawn_at is not None:
        raise Http404
    return comment


def _place(request: MemberRequest, comment: Comment) -> str:
    """Where a comment stands in the discussion."""
    href = page_of(request, "forums:discussion", comment.record_id)
    return f"{href}?page={page_of_comment(comment)}#comment-{comment.pk}"


@requires("forums.view")
def discussion(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """What was said about a record; whoever may, adds to it."""
    record = record_of(request, record_id)
    page = discussion_page(record, request.reader, request.GET, request.now)
    if request.method != "POST" and not page.may_write:
        return render_page(request, "forums/discussion.html", page)
    return _write_comment(request, record, page)


def _write_comment(request: MemberRequest, record: Record, page: Any) -> HttpResponseBase:
    form = CommentForm(
        posted(request) if request.may("forums.discuss") else None,
        organisations=spoken_for(request.reader, Mandate.Scope.FACTS),
    )
    return write(
        request,
        form=form,
        act=lambda said: actions.comment_on(by=request.actor, record=record, **said),
        page=page,
        to=lambda comment: _place(request, comment),
        template="forums/discussion.html",
    )


@requires("forums.view")
def discussion_csv(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """What was said about a record, as a table file."""
    record = record_of(request, record_id)
    rows = comment_rows(record, request.reader)
    return csv_download(f"{record.title} discussion", write_rows(COMMENT_HEADING, rows))


@requires("forums.follow")
def follow(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """Follow a record, or follow it no more."""
    record = record_of(request, record_id)
    if request.method == "POST":
        change = actions.unfollow if "stop" in request.POST else actions.follow
        change(by=request.actor, record=record)
    return redirect(page_of(request, "forums:discussion", record.pk))


@requires("forums.discuss")
def answer(request: MemberRequest, comment_id: UUID) -> HttpResponseBase:
    """Answer a comment."""
    first = _comment(request, comment_id)
    return _about(
        request,
        first,
        form=CommentForm(
            posted(request), organisations=spoken_for(request.reader, Mandate.Scope.FACTS)
        ),
        act=lambda said: actions.comment_on(
            by=request.actor, record=first.record, answers=first, **said
        ),
        title=_("Answer"),
        button=_("Answer"),
    )


@requires("forums.discuss")
def edit_comment(request: MemberRequest, comment_id: UUID) -> HttpResponseBase:
    """Word one's own comment anew."""
    row = _comment(request, comment_id)
    own = row.member_id == request.reader.member_id
    return _about(
        request,
        row,
        form=CommentForm(posted(request), initial={"text": row.text} if own else {}),
        act=lambda said: actions.edit_comment(by=request.actor, comment=row, **said),
        title=_("Change what you said"),
        lead=_("Every wording stays readable."),
    )


@requires("forums.discuss")
def take_back_comment(request: MemberRequest, comment_id: UUID) -> HttpResponseBase:
    """Take back one's own comment."""
    row = _comment(request, comment_id)
    place = _place(request, row)
    consequence = _("Its words leave the discussion. The thread shows that there was a comment.")
    title = _("Take back your comment")
    return write(
        request,
        form=PageForm(posted(request)),
        act=lambda _said: actions.take_back_comment(by=request.actor, comment=row),
        page=ConfirmPage(title, (consequence,), title, place),
        to=lambda _done: place,
        template="core/confirm.html",
    )


@requires("forums.report")
def report_comment(request: MemberRequest, comment_id: UUID) -> HttpResponseBase:
    """Ask a moderator to look at a comment."""
    row = _comment(request, comment_id)
    return _about(
        request,
        row,
        form=ReportForm(posted(request)),
        act=lambda said: actions.report_comment(by=request.actor, comment=row, **said),
        title=_("Report a comment"),
        lead=_("A moderator looks at it. Its author does not learn who reported it."),
        button=_("Report"),
    )


@requires("forums.moderate")
def hide_comment(request: MemberRequest, comment_id: UUID) -> HttpResponseBase:
    """Hide a comment under a rule of the policy."""
    row = _not_taken_back(request, comment_id)
    return _about(
        request,
        row,
        form=HideForm(posted(request)),
        act=lambda said: actions.hide_comment(by=request.actor, comment=row, **said),
        title=_("Hide a comment"),
        lead=row.text,
        button=_("Hide"),
    )


@requires("forums.moderate")
def restore_comment(request: MemberRequest, comment_id: UUID) -> HttpResponseBase:
    """Show a hidden comment again."""
    row = _not_taken_back(request, comment_id)
    return _about(
        request,
        row,
        form=RestoreForm(posted(request)),
        act=lambda said: actions.restore_comment(by=request.actor, comment=row, **said),
        title=_("Show a comment again"),
        lead=row.text,
        button=_("Show again"),
    )


@requires("forums.view")
def wordings(request: MemberRequest, comment_id: UUID) -> HttpResponse:
    """Every wording of a comment that stands."""
    row = _comment(request, comment_id)
    if row.hidden_at is not None or row.withdrawn_at is not None:
        raise Http404
    return render_page(request, "forums/wordings.html", wordings_page(row, request.reader))


def _about(
    request: MemberRequest,
    comment: Comment,
    *,
    form: PageForm,
    act: Callable[[dict[str, Any]], Any],
    title: Message,
    lead: Message = "",
    button: Message = "",
) -> HttpResponseBase:
    """One step about a comment, then back to where it stands."""
    place = _place(request, comment)
    page = WritePage(title, lead=lead, button=button, kicker=comment.record.title, back_href=place)
    return write(
        request,
        form=form,
        act=act,
        page=page,
        to=lambda made: _place(request, made) if isinstance(made, Comment) else place,
    )
