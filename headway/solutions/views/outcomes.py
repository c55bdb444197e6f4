from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import WritePage, page_of, posted, revise, row_of, write
from headway.solutions.actions import objections as objecting
from headway.solutions.actions import outcomes as actions
from headway.solutions.forms.ballots import ObjectionForm
from headway.solutions.forms.outcomes import OutcomeForm, ReviewForm, ReviseOutcomeForm
from headway.solutions.models import Ballot, Objection, Outcome
from headway.solutions.queries import outcomes as queries
from headway.solutions.queries.ballots.standing import standing_of

ABOUT = ("ballot", "meeting", "solution")


@requires("solutions.view")
def outcomes(request: MemberRequest) -> HttpResponse:
    """The decisions we took."""
    page = queries.outcomes_page(request.initiative, request.reader, request.GET)
    return render_page(request, "solutions/outcomes.html", page)


@requires("solutions.view")
def outcomes_csv(request: MemberRequest) -> HttpResponseBase:
    """The decisions as a table file."""
    shown = request.GET.get("show", "")
    rows = queries.outcome_rows(request.initiative, request.reader, shown)
    name = f"{request.initiative.title} decisions"
    return csv_download(name, write_rows(queries.HEADING, rows))


@requires("solutions.view")
def outcome(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One decision."""
    row = row_of(request, Outcome, record_id, "solution__record")
    page = queries.outcome_page(row, request.reader)
    return render_page(request, "initiatives/detail.html", page)


def _initial(request: MemberRequest) -> dict[str, Any]:
    """What an address says that the decision is about; nonsense counts as not said."""
    shown: dict[str, Any] = {name: _key(request.GET.get(name, "")) for name in ABOUT}
    ballots = Ballot.objects.in_initiative(request.initiative).live().filter(state="closed")
    ballot = ballots.filter(pk=shown["ballot"]).first() if shown["ballot"] else None
    if ballot is not None:
        winners = [each for each in standing_of(ballot).winners if each is not None]
        single = ballot.options.exclude(solution=None).values_list("solution", flat=True)
        shown["solution"] = winners[0] if winners else (single[0] if len(single) == 1 else None)
    if shown["solution"]:
        negative = ballot is not None and not standing_of(ballot).positive
        shown["decision"] = Outcome.Decision.NOT_ADOPTED if negative else Outcome.Decision.ADOPTED
    return shown


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@requires("solutions.decide")
def record_outcome(request: MemberRequest) -> HttpResponseBase:
    """Write down what we decided."""
    form = OutcomeForm(posted(request), initiative=request.initiative, initial=_initial(request))
    return write(
        request,
        form=form,
        act=lambda said: actions.record_outcome(
            by=request.actor, initiative=request.initiative, **said
        ),
        page=WritePage(
            _("Write down what we decided"),
            lead=_("Who is concerned gets a notice, and a reminder on the day of review."),
            back_href=page_of(request, "solutions:outcomes"),
        ),
        to=lambda row: page_of(request, "solutions:outcome", row.pk),
    )


@requires("solutions.decide")
def edit_outcome(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Word a decision anew, or set another day of review."""
    row = row_of(request, Outcome, record_id)
    shown = {
        "title": row.record.title,
        "text": row.text,
        "when": row.record.when,
        "review_on": row.review_on,
    }
    return revise(
        request,
        row=row,
        form=ReviseOutcomeForm(posted(request), initial=shown),
        act=lambda said: actions.revise_outcome(by=request.actor, outcome=row, **said),
        title=_("Change this decision"),
    )


@requires("solutions.decide")
def review_outcome(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Note what was found when a decision was looked at again."""
    row = row_of(request, Outcome, record_id)
    back = page_of(request, "solutions:outcome", row.pk)
    return write(
        request,
        form=ReviewForm(posted(request)),
        act=lambda said: actions.review_outcome(by=request.actor, outcome=row, **said),
        page=WritePage(
            _("Look at it again"), lead=row.text, kicker=row.record.title, back_href=back
        ),
        to=lambda _row: back,
    )


@requires("solutions.view")
def objection(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One objection."""
    row = row_of(request, Objection, record_id, "ballot__record", "organisation__merged_into")
    page = queries.objection_page(row, request.reader)
    return render_page(request, "initiatives/detail.html", page)


@requires("solutions.vote")
def answer_objection(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say that an objection was met, taken back or stands."""
    row = row_of(request, Objection, record_id, "ballot__record")
    back = page_of(request, "solutions:objection", row.pk)
    leads = request.reader.may("solutions.decide")
    initial = {"state": row.state, "answer": row.answer}
    return write(
        request,
        form=ObjectionForm(posted(request), leads=leads, initial=initial),
        act=lambda said: objecting.answer_objection(
            by=request.actor, objection=row, leads=leads, **said
        ),
        page=WritePage(
            _("Settle this objection"), lead=row.text, kicker=row.record.title, back_href=back
        ),
        to=lambda _row: back,
    )
