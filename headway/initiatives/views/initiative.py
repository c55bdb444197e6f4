from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse

from headway.accounts import access
from headway.core.downloads import csv_download
from headway.core.pages import ConfirmPage, render_page
from headway.core.spreadsheets import write_rows
from headway.initiatives import actions, queries
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.forms import CloseForm, NewInitiativeForm, SettingsForm
from headway.initiatives.models import Initiative
from headway.initiatives.pages.write import CONFIRM, WritePage, page_of, posted, write
from headway.initiatives.queries.history import changes_words
from headway.initiatives.views import texts


@dataclass(frozen=True)
class SettingsPage(WritePage):
    """The settings, and where the initiative is closed or opened again."""

    close_href: str = ""
    closed_on: date | None = None


HEADING = ("position", "when", "who", "what", "kind", "about", "changes")


@access.requires("initiatives.create")
def new(request: access.AuthorityRequest) -> HttpResponseBase:
    """Open an initiative and name its convener."""
    shown = {"zone": request.authority.zone, "visibility": Initiative.Reader.MEMBERS}
    form = NewInitiativeForm(posted(request), initial=shown, authority=request.authority)

    def open_it(said: dict[str, Any]) -> Initiative:
        name, email = said.pop("convener_name"), said.pop("convener_email")
        initiative = actions.open_initiative(by=request.actor, authority=request.authority, **said)
        actions.invite_member(
            by=request.actor,
            initiative=initiative,
            email=email,
            name=name,
            role="convener",
            organisation=said["owner"],
            address=request.build_absolute_uri(initiative.get_absolute_url()),
        )
        return initiative

    return write(
        request,
        form=form,
        act=open_it,
        page=WritePage(texts.NEW_INITIATIVE),
        to=lambda _initiative: reverse("site:home"),
        template="initiatives/new.html",
    )


@requires("initiatives.settings")
def settings(request: MemberRequest) -> HttpResponseBase:
    """Change what an initiative is called, whom it belongs to and who may read it."""
    initiative = request.initiative
    names = ("title", "summary", "owner", "visibility", "zone", "language", "languages")
    shown = {name: getattr(initiative, name) for name in names}
    return write(
        request,
        form=SettingsForm(posted(request), initial=shown, authority=request.authority),
        act=lambda said: actions.revise_initiative(by=request.actor, initiative=initiative, **said),
        page=SettingsPage(
            texts.SETTINGS,
            close_href=page_of(request, "initiatives:close"),
            closed_on=initiative.closed_on,
        ),
        to=lambda _done: page_of(request, "initiatives:settings"),
        template="initiatives/settings.html",
    )


@requires("initiatives.close")
def close(request: MemberRequest) -> HttpResponseBase:
    """Close the initiative with the reason, or open it again."""
    closed = request.initiative.closed_on is not None
    title, what = (texts.REOPEN, texts.REOPENING) if closed else (texts.CLOSE, texts.CLOSING)
    turn = actions.reopen_initiative if closed else actions.close_initiative
    back = page_of(request, "initiatives:settings")
    return write(
        request,
        form=CloseForm(posted(request)),
        act=lambda said: turn(by=request.actor, initiative=request.initiative, **said),
        page=ConfirmPage(title, what, title, back),
        to=lambda _done: back,
        template=CONFIRM,
    )


def _lines(request: MemberRequest, kind: str) -> Iterator[tuple[str, ...]]:
    for line in queries.history_rows(request.initiative, request.reader, kind):
        yield (
            str(line.position),
            line.at.isoformat(),
            line.who,
            str(line.verb),
            str(line.kind),
            line.about,
            changes_words(line.changes),
        )


@requires("initiatives.view_history")
def history(request: MemberRequest) -> HttpResponseBase:
    """Everything that was done, as a page or as a file."""
    if request.GET.get("format") == "csv":
        rows = _lines(request, str(request.GET.get("kind", "")))
        return csv_download(f"{request.initiative.slug}-history", write_rows(HEADING, rows))
    page = queries.history_page(request.initiative, request.reader, request.GET)
    return render_page(request, "initiatives/history.html", page)
