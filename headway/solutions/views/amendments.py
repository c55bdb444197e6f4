"""Suggested changes to a recommendation."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page
from headway.core.spreadsheets import write_rows
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.actions.records import last_number
from headway.initiatives.pages.write import CONFIRM, WritePage, page_of, posted, row_of, write
from headway.initiatives.queries.field_words import field_words
from headway.solutions import actions
from headway.solutions.actions.amendments import CHANGEABLE
from headway.solutions.forms.work import AcceptForm, ChangeForm, PromoteForm, RefuseForm
from headway.solutions.models import Amendment, Solution
from headway.solutions.queries import amendments as queries
from headway.solutions.queries.drafters import must_draft
from headway.solutions.queries.interests import may_declare_for
from headway.solutions.views.work import solution_href, solution_row


def amendment_row(request: MemberRequest, record_id: UUID) -> Amendment:
    """A suggested change that the reader may open, to a recommendation they may open; else 404."""
    row = row_of(request, Amendment, record_id, "solution__record__initiative__stream")
    if row.solution.record.visibility not in request.reader.readers:
        raise Http404
    return row


def _waiting_row(request: MemberRequest, record_id: UUID) -> Amendment:
    """A suggested change that the member may settle; 403 where others draft what it changes."""
    row = amendment_row(request, record_id)
    must_draft(row.solution, request.reader)
    return row


@requires("solutions.view")
def amendments(request: MemberRequest) -> HttpResponse:
    """Every suggested change."""
    page = queries.amendments_page(request.initiative, request.reader, request.GET)
    return render_page(request, "solutions/amendments.html", page)


@requires("solutions.view")
def amendments_csv(request: MemberRequest) -> HttpResponseBase:
    """The suggested changes as a table file."""
    state = request.GET.get("state", "")
    rows = queries.amendment_rows(request.initiative, request.reader, state)
    name = f"{request.initiative.title} suggested changes"
    return csv_download(name, write_rows(queries.AMENDMENT_HEADING, rows))


@requires("solutions.view")
def amendment(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One suggested change with the visible difference."""
    page = queries.amendment_page(amendment_row(request, record_id), request.reader)
    return render_page(request, "solutions/amendment.html", page)


@requires("solutions.suggest")
def suggest_change(request: MemberRequest, record_id: UUID, field: str) -> HttpResponseBase:
    """Suggest another wording of one text, made on the version that is shown."""
    if field not in CHANGEABLE:
        raise Http404
    row = solution_row(request, record_id)
    href = solution_href(request, row)
    shown = {"text": getattr(row, field), "base_number": last_number(row.record, field)}
    voices = may_declare_for(request.initiative, request.reader, request.today)
    words = field_words(Solution.RECORD_KIND, field)
    page = WritePage(
        _("Suggest a change to: %(field)s") % {"field": words},
        button=_("Suggest it"),
        kicker=row.record.title,
        back_href=href,
    )
    return write(
        request,
        form=ChangeForm(posted(request), initial=shown, voices=voices),
        act=lambda said: actions.suggest_change(
            by=request.actor, solution=row, field=field, **said
        ),
        page=page,
        to=lambda made: page_of(request, "solutions:amendment", made.pk),
    )


@requires("solutions.draft")
def accept_change(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take a suggested wording over, or put it together with what was written meanwhile."""
    row = _waiting_row(request, record_id)
    page = queries.accept_page(row, request.reader)
    newest = page.compared.newest
    read = posted(request)
    sent = _sent_number(read) if read else newest
    # Where the text moved, it begins with the newest words: nothing of them goes unseen.
    begin = page.compared.now if page.compared.moved else row.text
    shown = {"merged": begin, "seen_number": newest}

    def accept(said: dict[str, Any]) -> Solution:
        return actions.accept_change(
            by=request.actor, amendment=row, **{**said, "seen_number": sent}
        )

    return write(
        request,
        form=AcceptForm(_with_number(read, newest), initial=shown),
        act=accept,
        page=page,
        to=lambda _done: solution_href(request, row.solution),
        template="solutions/accept.html",
    )


def _sent_number(sent: QueryDict) -> int:
    """The version that whoever sent the form had read; 0 where it does not say."""
    said = sent.get("seen_number", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0


def _with_number(sent: QueryDict | None, newest: int) -> QueryDict | None:
    """The form as it was sent, now with the version that it is shown beside."""
    if sent is None:
        return None
    shown = sent.copy()
    shown["seen_number"] = str(newest)
    return shown


@requires("solutions.draft")
def refuse_change(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Leave the text as it is, and say why."""
    row = _waiting_row(request, record_id)
    href = page_of(request, "solutions:amendment", row.pk)
    return write(
        request,
        form=RefuseForm(posted(request)),
        act=lambda said: actions.refuse_change(by=request.actor, amendment=row, **said),
        page=WritePage(_("Do not accept this change"), kicker=row.record.title, back_href=href),
        to=lambda _done: href,
    )


@requires("solutions.draft")
def promote_change(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Make a suggestion an idea of its own."""
    row = _waiting_row(request, record_id)
    href = page_of(request, "solutions:amendment", row.pk)
    return write(
        request,
        form=PromoteForm(posted(request), initial={"title": row.record.title}),
        act=lambda said: actions.promote_change(by=request.actor, amendment=row, **said),
        page=WritePage(_("Make it an idea of its own"), kicker=row.record.title, back_href=href),
        to=lambda idea: solution_href(request, idea),
    )


@requires("solutions.lead")
def close_suggestions(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take no more suggestions; those made stay readable."""
    happens = _("Nobody can suggest changes any more. Those that were made stay on the page.")
    row = solution_row(request, record_id)
    page = ConfirmPage(
        _("Take no more suggestions"), (happens,), _("Close"), solution_href(request, row)
    )
    return _turn(request, row, actions.close_suggestions, page)


@requires("solutions.lead")
def reopen_suggestions(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take suggestions again."""
    row = solution_row(request, record_id)
    happens = _("Whoever takes part can suggest changes again.")
    page = ConfirmPage(
        _("Take suggestions again"), (happens,), _("Open"), solution_href(request, row)
    )
    return _turn(request, row, actions.reopen_suggestions, page)


def _turn(request: MemberRequest, row: Solution, turn: Any, page: ConfirmPage) -> HttpResponseBase:
    return write(
        request,
        form=PageForm(posted(request)),
        act=lambda _said: turn(by=request.actor, solution=row),
        page=page,
        to=lambda _done: solution_href(request, row),
        template=CONFIRM,
    )
