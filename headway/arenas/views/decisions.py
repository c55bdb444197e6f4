from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.arenas import actions
from headway.arenas.actions import OneVote, VoteCount
from headway.arenas.forms import DecisionForm, EditDecisionForm
from headway.arenas.models import Arena, Ask, BodyDecision
from headway.arenas.queries.decisions import (
    DECISION_HEADING,
    decision_page,
    decision_rows,
    decisions_page,
    doubt_about,
)
from headway.arenas.queries.parts import holders_of
from headway.arenas.queries.seats import seats_of
from headway.arenas.views.bodies import arena_of
from headway.arenas.views.requests import ask_of
from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.directory.models import Post
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import WritePage, page_of, posted, revise, row_of, write
from headway_analysis.decision_rule import Count
from headway_analysis.partial_date import PartialDate

NUMBERS = ("yes", "no", "abstained", "absent")


@requires("arenas.view")
def decisions(request: MemberRequest) -> HttpResponse:
    """What decision bodies decided."""
    page = decisions_page(request.initiative, request.reader, request.GET)
    return render_page(request, "arenas/decisions.html", page)


@requires("arenas.view")
def decisions_csv(request: MemberRequest) -> HttpResponseBase:
    """The decisions as a table file."""
    rows = decision_rows(request.initiative, request.reader)
    name = f"{request.initiative.title} decisions of bodies"
    return csv_download(name, write_rows(DECISION_HEADING, rows))


@requires("arenas.view")
def decision(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One decision with its vote."""
    row = row_of(
        request, BodyDecision, record_id, "arena__organisation__merged_into", "ask__record"
    )
    page = decision_page(row, request.reader)
    return render_page(request, "arenas/decision.html", page)


def _counted(said: dict[str, Any]) -> dict[str, Any]:
    """The values with the four numbers as one count."""
    count = VoteCount(**{name: said.pop(name) for name in NUMBERS})
    return {**said, "count": count}


def votes_on(votes: tuple[tuple[Post, str], ...], when: PartialDate) -> list[OneVote]:
    """Each vote with the one person who held the seat on the day, where that is known."""
    held = holders_of([post.pk for post, _vote in votes], when.start)
    found = []
    for post, vote in votes:
        rows = held[post.pk]
        person = rows[0].person.canonical if len(rows) == 1 else None
        found.append(OneVote(vote, post, person))
    return found


def _record(
    request: MemberRequest, arena: Arena, ask: Ask | None, page: WritePage
) -> HttpResponseBase:
    seats = [seat for seat in seats_of([arena.pk]) if seat.votes]

    def doubts(result: str, count: Count) -> str:
        return doubt_about(arena, result, count, request.reader)

    def act(said: dict[str, Any]) -> BodyDecision:
        votes = votes_on(said.pop("votes"), said["when"])
        return actions.record_decision(
            by=request.actor, arena=arena, ask=ask, votes=votes, **_counted(said)
        )

    return write(
        request,
        form=DecisionForm(posted(request), seats=seats, doubts=doubts),
        act=act,
        page=page,
        to=lambda row: page_of(request, "arenas:decision", row.pk),
    )


@requires("arenas.write")
def decide(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Record what a body decided on a request."""
    ask = ask_of(request, record_id)
    page = WritePage(
        _("Record the decision"),
        lead=_("It ends the request, unless it was postponed. No promise follows by itself."),
        kicker=ask.record.title,
        back_href=page_of(request, "arenas:ask", ask.pk),
    )
    return _record(request, ask.arena, ask, page)


@requires("arenas.write")
def add_decision(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Record what a body decided without a request from here."""
    arena = arena_of(request, record_id)
    page = WritePage(
        _("Record a decision"),
        kicker=arena.organisation.canonical.name,
        back_href=page_of(request, "arenas:arena", arena.pk),
    )
    return _record(request, arena, None, page)


@requires("arenas.write")
def edit_decision(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Correct what was recorded of a decision."""
    row = row_of(request, BodyDecision, record_id, "arena__record", "ask__record")
    shown = {
        "result": row.result,
        "when": row.record.when,
        "text": row.text,
        "link": row.link,
        **{name: getattr(row, name) for name in NUMBERS},
    }
    return revise(
        request,
        row=row,
        form=EditDecisionForm(posted(request), initial=shown),
        act=lambda said: actions.revise_decision(by=request.actor, decision=row, **_counted(said)),
        title=_("Correct this decision"),
    )
