from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.pages import ConfirmPage, render_page
from headway.core.spreadsheets import write_rows
from headway.forums import actions
from headway.forums.access import MemberRequest, requires
from headway.forums.forms.groups import ConfirmForm, ForumForm, ModeratorForm, PhaseForm
from headway.forums.models import Forum, ForumModerator, Phase
from headway.forums.queries import forums as queries
from headway.forums.queries.phases import phase_page
from headway.initiatives.pages.write import (
    CONFIRM,
    WritePage,
    page_of,
    posted,
    revise,
    row_of,
    write,
)


def forum_of(request: MemberRequest, record_id: UUID) -> Forum:
    """A group that the reader may open, else 404."""
    return row_of(request, Forum, record_id)


@requires("forums.view")
def forums(request: MemberRequest) -> HttpResponse:
    """Every group that meets and talks."""
    page = queries.forums_page(request.initiative, request.reader, request.GET)
    return render_page(request, "forums/forums.html", page)


@requires("forums.view")
def forums_csv(request: MemberRequest) -> HttpResponseBase:
    """The groups as a table file."""
    rows = queries.forum_rows(request.initiative, request.reader)
    name = f"{request.initiative.title} groups"
    return csv_download(name, write_rows(queries.FORUM_HEADING, rows))


@requires("forums.view")
def forum(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One group."""
    page = queries.forum_page(forum_of(request, record_id), request.reader, request.now)
    return render_page(request, "forums/forum.html", page)


@requires("forums.lead")
def add_forum(request: MemberRequest) -> HttpResponseBase:
    """Open a group."""
    return write(
        request,
        form=ForumForm(posted(request), authority=request.authority),
        act=lambda said: actions.open_forum(
            by=request.actor, initiative=request.initiative, **_with_counsel(said)
        ),
        page=WritePage(
            _("Open a group"),
            lead=_("Who meets and talks: all partners, a committee, a working group."),
            back_href=page_of(request, "forums:forums"),
        ),
        to=lambda row: page_of(request, "forums:forum", row.pk),
    )


def _with_counsel(said: dict[str, Any]) -> dict[str, Any]:
    """What the form asks about counsel in four fields, as the one word that it is."""
    word = actions.WordOfCounsel(
        text=said.pop("counsel").strip(),
        name=said.pop("counsel_name"),
        on=said.pop("counsel_on"),
        source=said.pop("counsel_source"),
    )
    return {**said, "counsel": word}


@requires("forums.lead")
def edit_forum(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Change a group."""
    row = forum_of(request, record_id)
    shown: dict[str, Any] = {
        "name": row.name,
        "purpose": row.purpose,
        "public_body": row.public_body,
        "counsel": row.counsel,
        "counsel_name": row.counsel_name,
        "counsel_on": row.counsel_on,
        "counsel_source": row.counsel_source,
        "notice_days": row.notice_days,
        "led_by": row.record.organisation,
        "policy": row.policy,
    }
    return revise(
        request,
        row=row,
        form=ForumForm(posted(request), authority=request.authority, initial=shown),
        act=lambda said: actions.revise_forum(by=request.actor, forum=row, **_with_counsel(said)),
        title=_("Change this group"),
    )


@requires("forums.name_moderators")
def moderator(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Name a moderator of a group."""
    row = forum_of(request, record_id)
    back = page_of(request, "forums:forum", row.pk)
    return write(
        request,
        form=ModeratorForm(posted(request), initiative=request.initiative),
        act=lambda said: actions.name_moderator(by=request.actor, forum=row, **said),
        page=WritePage(
            _("Name a moderator"),
            lead=_(
                "Moderators read statements and reports of this group and may hide with a reason."
                " It gives no other rights."
            ),
            kicker=row.name,
            back_href=back,
        ),
        to=lambda _term: back,
    )


@requires("forums.name_moderators")
def end_moderator(request: MemberRequest, term_id: UUID) -> HttpResponseBase:
    """Take a moderator's rights."""
    terms = ForumModerator.objects.filter(forum__record__initiative=request.initiative)
    found = terms.select_related("forum__record__initiative__stream", "member")
    term = get_object_or_404(found, pk=term_id)
    back = page_of(request, "forums:forum", term.forum_id)
    consequence = _("%(name)s no longer moderates “%(group)s”. What was decided stays.") % {
        "name": term.member.name,
        "group": term.forum.name,
    }
    title = _("End this moderator's term")
    return write(
        request,
        form=ConfirmForm(posted(request)),
        act=lambda _said: actions.end_moderator(by=request.actor, term=term),
        page=ConfirmPage(title, (consequence,), title, back),
        to=lambda _done: back,
        template=CONFIRM,
    )


def _phase_form(request: MemberRequest, **kwargs: Any) -> PhaseForm:
    return PhaseForm(posted(request), zone=request.initiative.zone, **kwargs)


@requires("forums.lead")
def add_phase(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Plan a phase of a group."""
    row = forum_of(request, record_id)
    return write(
        request,
        form=_phase_form(request),
        act=lambda said: actions.open_phase(by=request.actor, forum=row, **said),
        page=WritePage(
            _("Plan a phase"),
            lead=_("Rights open and close by themselves at these times."),
            kicker=row.name,
            back_href=page_of(request, "forums:forum", row.pk),
        ),
        to=lambda _phase: page_of(request, "forums:forum", row.pk),
    )


@requires("forums.view")
def phase(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One phase."""
    row = row_of(request, Phase, record_id, "forum__record")
    page = phase_page(row, request.reader, request.now)
    return render_page(request, "initiatives/detail.html", page)


@requires("forums.lead")
def edit_phase(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Change a phase; moved dates are logged."""
    row = row_of(request, Phase, record_id, "forum__record__initiative")
    names = ("opens_at", "closes_at", "rights", "product", "product_due")
    shown = {"name": row.record.title} | {name: getattr(row, name) for name in names}
    return revise(
        request,
        row=row,
        form=_phase_form(request, initial=shown),
        act=lambda said: actions.revise_phase(by=request.actor, phase=row, **said),
        title=_("Change this phase"),
    )


@requires("forums.lead")
def close_phase(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Close a phase before its time."""
    row = row_of(request, Phase, record_id, "forum__record__initiative")
    back = page_of(request, "forums:phase", row.pk)
    title = _("Close this phase now")
    consequences = (
        _("What is open in “%s” closes now.") % row.record.title,
        _("The log keeps both ends: the planned one and this one."),
    )
    return write(
        request,
        form=ConfirmForm(posted(request)),
        act=lambda _said: actions.close_phase_now(by=request.actor, phase=row),
        page=ConfirmPage(title, consequences, title, back),
        to=lambda _done: back,
        template=CONFIRM,
    )
