from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.core.dates import day_range
from headway.core.downloads import csv_download
from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page
from headway.core.spreadsheets import write_rows
from headway.forums import actions
from headway.forums.access import MemberRequest, requires
from headway.forums.forms.conversations import (
    CodesForm,
    ConversationForm,
    NewConversationForm,
    PaperForm,
    SeedsForm,
)
from headway.forums.models import Conversation, Statement
from headway.forums.queries.conversations import (
    CONVERSATION_HEADING,
    CodesPage,
    conversation_page,
    conversation_rows,
    conversations_page,
    draft_of,
    groups_to_ask,
)
from headway.forums.queries.results import HEADING, result_rows, results_page
from headway.initiatives.pages.write import (
    WritePage,
    page_of,
    posted,
    revise,
    row_of,
    withdraw,
    write,
)


def _row(request: MemberRequest, record_id: UUID) -> Conversation:
    draft = draft_of(request.initiative, request.reader, record_id)
    if draft is not None:
        return draft
    row = row_of(request, Conversation, record_id, "forum__record__initiative")
    if row.state == Conversation.State.DRAFT:
        raise Http404
    return row


def _home(request: MemberRequest, row: Conversation) -> str:
    return page_of(request, "forums:conversation", row.pk)


def _with_instants(request: MemberRequest, said: dict[str, Any]) -> dict[str, Any]:
    """Days as instants where the initiative is; the last day closes at its midnight."""
    first, last = said.pop("opens_on"), said.pop("closes_on")
    zone = request.initiative.zone
    said["opens_at"] = day_range(first, zone)[0] if first else None
    said["closes_at"] = day_range(last, zone)[1] if last else None
    return said


@requires("forums.view")
def conversations(request: MemberRequest) -> HttpResponse:
    """Every conversation of the initiative."""
    page = conversations_page(request.initiative, request.reader, request.GET)
    return render_page(request, "forums/conversations.html", page)


@requires("forums.view")
def conversations_csv(request: MemberRequest) -> HttpResponseBase:
    """The list as a table file."""
    rows = conversation_rows(request.initiative, request.reader)
    name = f"{request.initiative.title} conversations"
    return csv_download(name, write_rows(CONVERSATION_HEADING, rows))


@requires("forums.view")
def conversation(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One conversation with its statements."""
    row = _row(request, record_id)
    page = conversation_page(row, request.reader, request.GET, request.now)
    return render_page(request, "forums/conversation.html", page)


@requires("forums.converse")
def start_conversation(request: MemberRequest) -> HttpResponseBase:
    """Prepare a question to many people."""
    initial = {"open_to": "members", "checked_first": True, "asks_sector": True}
    form = NewConversationForm(
        posted(request), initial=initial, forums=groups_to_ask(request.initiative)
    )

    def act(said: dict[str, Any]) -> Conversation:
        texts = said.pop("statements").splitlines()
        said.pop("seen", None)
        return actions.start_conversation(
            by=request.actor, statements=texts, **_with_instants(request, said)
        )

    page = WritePage(
        _("Start a conversation"),
        lead=_("People vote on short statements and add their own. You see it before they do."),
        back_href=page_of(request, "forums:conversations"),
    )
    return write(request, form=form, act=act, page=page, to=lambda row: _home(request, row))


@requires("forums.converse")
def edit_conversation(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Change the question, its days and its rules."""
    row = _row(request, record_id)
    return revise(
        request,
        row=row,
        form=ConversationForm(posted(request), initial=_shown(row)),
        act=lambda said: actions.revise_conversation(
            by=request.actor, conversation=row, **_with_instants(request, said)
        ),
        title=_("Change this conversation"),
    )


def _shown(row: Conversation) -> dict[str, object]:
    """What the form shows at first: the days as people said them."""
    zone = ZoneInfo(row.record.initiative.zone)
    last = row.closes_at.astimezone(zone) if row.closes_at else None
    return {
        "title": row.record.title,
        "introduction": row.introduction,
        "open_to": row.open_to,
        "opens_on": row.opens_at.astimezone(zone).date() if row.opens_at else None,
        "closes_on": _day_before(last) if last else None,
        "checked_first": row.checked_first,
        "asks_sector": row.asks_sector,
        "statements_each": row.statements_each,
    }


def _day_before(instant: datetime) -> object:
    """The last day that ends at or before an instant."""
    just_before = instant.astimezone(UTC).timestamp() - 1
    return datetime.fromtimestamp(just_before, instant.tzinfo).date()


@requires("forums.converse")
def open_conversation(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Let people vote."""
    row = _row(request, record_id)
    consequence = _("People can vote from now on. Words that somebody voted on stay as they are.")
    return _confirm(
        request, row, _("Open this conversation"), consequence, actions.open_conversation
    )


@requires("forums.converse")
def close_conversation(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """End the vote for good."""
    row = _row(request, record_id)
    consequence = _("Nobody can vote any more, and the results show to all who may read them.")
    return _confirm(
        request, row, _("Close this conversation"), consequence, actions.close_conversation
    )


def _confirm(
    request: MemberRequest, row: Conversation, title: str, consequence: str, act: Any
) -> HttpResponseBase:
    home = _home(request, row)
    return write(
        request,
        form=PageForm(posted(request)),
        act=lambda _said: act(by=request.actor, conversation=row),
        page=ConfirmPage(title, (consequence,), title, home),
        to=lambda _done: home,
        template="core/confirm.html",
    )


@requires("forums.converse")
def add_seeds(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Add statements to begin with."""
    row = _row(request, record_id)
    home = _home(request, row)
    return write(
        request,
        form=SeedsForm(posted(request)),
        act=lambda said: actions.add_seeds(
            by=request.actor, conversation=row, texts=said["texts"].splitlines()
        ),
        page=WritePage(_("Add statements"), kicker=row.record.title, back_href=home),
        to=lambda _done: home,
    )


@requires("forums.converse")
def make_codes(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Make invitation codes; they are shown on the answer to this form and never again."""
    row = _row(request, record_id)
    form = CodesForm(posted(request))

    def act(said: dict[str, Any]) -> list[str]:
        return actions.make_codes(by=request.actor, conversation=row, count=said["count"])

    if request.method == "POST" and form.carry_out(act):
        enter_at = request.build_absolute_uri(reverse("forums:take_part", args=[row.pk]))
        shown = CodesPage(_("Codes"), tuple(form.result), enter_at, _home(request, row))
        response = render_page(request, "forums/codes.html", shown)
        response["Cache-Control"] = "no-store"
        return response
    page = WritePage(
        _("Make invitation codes"),
        lead=_("Each code lets one person take part. They are shown once: print them at once."),
        button=_("Make them"),
        kicker=row.record.title,
        back_href=_home(request, row),
    )
    return render_page(request, "initiatives/write.html", page, form)


@requires("forums.converse")
def type_in_paper(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Type in one paper ballot, then the next."""
    row = _row(request, record_id)
    statements = list(Statement.objects.filter(conversation=row).published().live())
    form = PaperForm(posted(request), statements=statements)

    def act(said: dict[str, Any]) -> object:
        marked = {form.statements[key]: said[key] for key in form.statements}
        return actions.type_in_paper(
            by=request.actor, conversation=row, choices=marked, sector=said["sector"]
        )

    page = WritePage(
        _("Type in a paper ballot"),
        lead=_("It counts with the others and stays marked as paper. Do not write any name."),
        button=_("Count it, then the next one"),
        kicker=row.record.title,
        back_href=_home(request, row),
    )
    again = page_of(request, "forums:type_in_paper", row.pk)
    return write(request, form=form, act=act, page=page, to=lambda _done: again)


@requires("forums.converse")
def withdraw_conversation(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take a conversation back with the reason."""
    row = _row(request, record_id)
    after = page_of(request, "forums:conversations")
    return withdraw(
        request, row.record, _("Withdraw this conversation"), _home(request, row), after
    )


def _readable_results(request: MemberRequest, record_id: UUID) -> Conversation | None:
    """The conversation whose results this reader may see now."""
    row = _row(request, record_id)
    closed = row.state == Conversation.State.CLOSED
    leads = request.may("forums.converse") and row.state == Conversation.State.OPEN
    return row if closed or leads else None


@requires("forums.view")
def results(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """How people voted on each statement, after the close."""
    row = _readable_results(request, record_id)
    home = page_of(request, "forums:conversation", record_id)
    if row is None:
        return redirect(home)
    export = page_of(request, "forums:results_csv", row.pk)
    page = results_page(row, request.GET, back=(home, ""), export_href=export)
    return render_page(request, "forums/results.html", page)


@requires("forums.view")
def results_csv(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """The results as a table file."""
    row = _readable_results(request, record_id)
    if row is None:
        return redirect(page_of(request, "forums:conversation", record_id))
    return csv_download(f"{row.record.title} results", write_rows(HEADING, result_rows(row)))
