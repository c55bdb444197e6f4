from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.pages import render_page
from headway.forums import actions
from headway.forums.access import MemberRequest, requires
from headway.forums.forms.conversations import MergeForm, StatementForm, VoiceForm
from headway.forums.forms.talk import ReportForm
from headway.forums.models import Statement
from headway.forums.queries.statements import (
    closed_statement,
    could_keep,
    may_read_closed,
    spoken_for,
    statement_page,
    votes_stay_words,
)
from headway.initiatives.actions.records import last_number
from headway.initiatives.pages.write import WritePage, page_of, posted, revise, row_of, write


def _row(request: MemberRequest, record_id: UUID) -> Statement:
    """A statement; what is not published is only for those who decide about it."""
    closed = closed_statement(request.initiative, request.reader, record_id)
    if closed is None:
        return row_of(request, Statement, record_id, "conversation__record", "conversation__forum")
    if not may_read_closed(closed, request.reader):
        raise Http404
    return closed


@requires("forums.view")
def statement(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One statement."""
    page = statement_page(_row(request, record_id), request.reader)
    return render_page(request, "forums/statement.html", page)


@requires("forums.converse")
def edit_statement(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Word a statement anew before anybody voted on it."""
    row = _row(request, record_id)
    return revise(
        request,
        row=row,
        form=StatementForm(posted(request), initial={"text": row.text}),
        act=lambda said: actions.revise_statement(by=request.actor, statement=row, **said),
        title=_("Change the wording"),
    )


@requires("forums.converse")
def replace_statement(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Publish another wording, whose votes begin at zero."""
    row = _row(request, record_id)
    return write(
        request,
        form=StatementForm(posted(request), initial={"text": row.text}),
        act=lambda said: actions.replace_statement(
            by=request.actor, statement=row, text=said["text"]
        ),
        page=WritePage(
            _("Write a new version"),
            lead=_("The votes on the old words stay with them; the new words begin at zero."),
            kicker=row.record.title,
            back_href=page_of(request, "forums:statement", row.pk),
        ),
        to=lambda new: page_of(request, "forums:statement", new.pk),
    )


@requires("forums.converse")
def merge_statement(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Merge a statement with another that says the same; its votes stay where they are."""
    row = _row(request, record_id)
    home = page_of(request, "forums:statement", row.pk)

    def act(said: dict[str, Any]) -> object:
        return actions.merge_statements(
            by=request.actor,
            statement=row,
            into=_row(request, UUID(said["into"])),
            because=said["because"],
        )

    page = WritePage(
        _("Merge with another one"),
        lead=f"“{row.text}” {votes_stay_words(row)}",
        button=_("Merge"),
        kicker=row.conversation.record.title,
        back_href=home,
    )
    form = MergeForm(posted(request), offered=could_keep(row))
    return write(request, form=form, act=act, page=page, to=lambda _row: home)


@requires("forums.speak_for")
def speak_for(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say what an organisation thinks, in its own name."""
    row = _row(request, record_id)
    home = page_of(request, "forums:statement", row.pk)
    return write(
        request,
        form=VoiceForm(
            posted(request),
            organisations=spoken_for(request.reader),
            wording=last_number(row.record, "text"),
        ),
        act=lambda said: actions.choose_for_organisation(by=request.actor, statement=row, **said),
        page=WritePage(
            _("Speak for an organization"),
            lead=_("“%s” This is public and shown apart from people's votes.") % row.text,
            button=_("Say so"),
            kicker=row.conversation.record.title,
            back_href=home,
        ),
        to=lambda _done: home,
    )


@requires("forums.report")
def report_statement(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Ask a moderator to look at a statement."""
    row = _row(request, record_id)
    home = page_of(request, "forums:statement", row.pk)

    def act(said: dict[str, Any]) -> object:
        return actions.report_statement(by=request.actor, statement=row, **said)

    page = WritePage(
        _("Report a statement"),
        lead=_("A moderator looks at it. Nobody else learns who reported it."),
        button=_("Report"),
        kicker=row.record.title,
        back_href=home,
    )
    return write(request, form=ReportForm(posted(request)), act=act, page=page, to=lambda _d: home)
