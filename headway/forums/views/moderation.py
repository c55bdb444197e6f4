from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.errors import RuleError
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.forums import actions
from headway.forums.access import MemberRequest, requires
from headway.forums.forms.conversations import QueueForm
from headway.forums.models import Forum
from headway.forums.queries.moderation import LOG_HEADING, log_page, log_rows, queue_page
from headway.initiatives.pages.write import page_of, posted, row_of, write


@requires("forums.moderate")
def moderation(request: MemberRequest) -> HttpResponseBase:
    """What waits for a decision in the whole initiative."""
    return _queue(request, None, page_of(request, "forums:moderation"))


@requires("forums.moderate")
def moderation_of_group(request: MemberRequest, forum_id: UUID) -> HttpResponseBase:
    """What waits for a decision in one group."""
    forum = row_of(request, Forum, forum_id)
    return _queue(request, forum, page_of(request, "forums:moderation_of_group", forum.pk))


def _queue(request: MemberRequest, forum: Forum | None, here: str) -> HttpResponseBase:
    page = queue_page(request.initiative, request.reader, request.GET, forum)
    offered = [(item.key, item.text) for item in page.items]
    form = QueueForm(posted(request), items=offered)

    def act(said: dict[str, Any]) -> int:
        if not said["items"]:
            raise RuleError(_("Tick at least one."), "items")
        return actions.decide_queue(by=request.actor, **said)

    return write(
        request,
        form=form,
        act=act,
        page=page,
        to=lambda _done: here,
        template="forums/moderation.html",
    )


@requires("forums.view_moderation")
def moderation_log(request: MemberRequest) -> HttpResponse:
    """What moderators decided, and under which rule."""
    page = log_page(request.initiative, request.reader, request.GET)
    return render_page(request, "forums/moderation_log.html", page)


@requires("forums.view_moderation")
def moderation_csv(request: MemberRequest) -> HttpResponseBase:
    """The log as a table file."""
    rows = log_rows(request.initiative, request.reader)
    name = f"{request.initiative.title} moderation"
    return csv_download(name, write_rows(LOG_HEADING, rows))
