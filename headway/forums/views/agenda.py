from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.core.pages import ConfirmPage, render_page
from headway.forums import actions
from headway.forums.access import MemberRequest, requires
from headway.forums.actions import AgendaLine
from headway.forums.forms.groups import ConfirmForm
from headway.forums.forms.meetings import AgendaForm
from headway.forums.models import AgendaItem
from headway.forums.queries.meeting import agenda_page, show_page
from headway.forums.views.meetings import meeting_of
from headway.initiatives.models import Record
from headway.initiatives.pages.write import CONFIRM, WritePage, page_of, posted, write

MOST_RECORDS = 300


def _records(request: MemberRequest) -> QuerySet[Record]:
    """The records that may stand on an agenda: the newest ones that the reader may open."""
    found = request.reader.readable(Record.objects.in_initiative(request.initiative)).live()
    newest = found.order_by("-recorded_at").values("pk")[:MOST_RECORDS]
    return Record.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).order_by("title")


def _item(request: MemberRequest, item_id: UUID) -> AgendaItem:
    item = get_object_or_404(AgendaItem.objects.select_related("record"), pk=item_id)
    item.meeting = meeting_of(request, item.meeting_id)
    return item


@requires("forums.meet")
def agenda(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """The agenda with its lines in order, and a form for the next one."""
    row = meeting_of(request, record_id)
    return write(
        request,
        form=AgendaForm(posted(request), records=_records(request)),
        act=lambda said: actions.put_on_agenda(
            by=request.actor, meeting=row, line=AgendaLine(**said)
        ),
        page=agenda_page(row, request.reader),
        to=lambda _item: page_of(request, "forums:agenda", row.pk),
        template="forums/agenda.html",
    )


@requires("forums.meet")
def edit_agenda_item(request: MemberRequest, item_id: UUID) -> HttpResponseBase:
    """Change one line of the agenda."""
    item = _item(request, item_id)
    back = page_of(request, "forums:agenda", item.meeting_id)
    names = ("title", "text", "minutes", "reason", "record")
    shown = {name: getattr(item, name) for name in names}
    records = _records(request) | Record.objects.filter(pk__in=[item.record_id])
    return write(
        request,
        form=AgendaForm(posted(request), records=records, initial=shown),
        act=lambda said: actions.revise_agenda_item(
            by=request.actor, item=item, line=AgendaLine(**said)
        ),
        page=WritePage(_("Change this line"), kicker=item.meeting.record.title, back_href=back),
        to=lambda _done: back,
    )


def _move(request: MemberRequest, item_id: UUID, by: int) -> HttpResponseBase:
    item = _item(request, item_id)
    back = page_of(request, "forums:agenda", item.meeting_id)
    title = _("Move it up") if by < 0 else _("Move it down")
    place = _("“%(line)s” becomes number %(number)s.") % {
        "line": item.about,
        "number": max(1, item.number + by),
    }
    return write(
        request,
        form=ConfirmForm(posted(request)),
        act=lambda _said: actions.move_agenda_item(
            by=request.actor, item=item, to=item.number + by
        ),
        page=ConfirmPage(title, (place,), title, back),
        to=lambda _done: back,
        template=CONFIRM,
    )


@requires("forums.meet")
def agenda_item_up(request: MemberRequest, item_id: UUID) -> HttpResponseBase:
    """Move one line up."""
    return _move(request, item_id, -1)


@requires("forums.meet")
def agenda_item_down(request: MemberRequest, item_id: UUID) -> HttpResponseBase:
    """Move one line down."""
    return _move(request, item_id, 1)


@requires("forums.meet")
def remove_agenda_item(request: MemberRequest, item_id: UUID) -> HttpResponseBase:
    """Take one line off the agenda."""
    item = _item(request, item_id)
    back = page_of(request, "forums:agenda", item.meeting_id)
    title = _("Take it off the agenda")
    consequence = _("“%s” leaves this agenda. Its record stays as it is.") % item.about
    return write(
        request,
        form=ConfirmForm(posted(request)),
        act=lambda _said: actions.take_off_agenda(by=request.actor, item=item),
        page=ConfirmPage(title, (consequence,), title, back),
        to=lambda _done: back,
        template=CONFIRM,
    )


@requires("forums.view")
def show(request: MemberRequest, record_id: UUID, number: int) -> HttpResponse:
    """One line of the agenda in big type, for the wall."""
    page = show_page(meeting_of(request, record_id), request.reader, number)
    if page is None:
        raise Http404
    return render_page(request, "forums/show.html", page)
