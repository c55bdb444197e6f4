from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.models import Link, Record
from headway.initiatives.pages.write import (
    WritePage,
    page_of,
    posted,
    revise,
    withdraw,
    write,
)
from headway.measures import actions
from headway.measures.forms import (
    FloorForm,
    HeadlineForm,
    MeasureForm,
    MoverForm,
    TargetForm,
)
from headway.measures.models import Measure
from headway.measures.queries.home import measures_page
from headway.measures.queries.measure import measure_page
from headway.measures.queries.series import HEADING, reading_rows
from headway.measures.views.gate import measure_href, measure_row, settle, warn_of_persons
from headway.pilots.models import Pilot
from headway.pilots.views.gate import may_change


@requires("measures.view")
def home(request: MemberRequest) -> HttpResponse:
    """The measures of the initiative."""
    page = measures_page(request.initiative, request.reader, request.GET)
    return render_page(request, "measures/home.html", page)


@requires("measures.view")
def export(request: MemberRequest) -> HttpResponseBase:
    """Every data point of every measure, as a table file."""
    rows = reading_rows(request.initiative, request.reader)
    name = _("%s data points") % request.initiative.title
    return csv_download(name, write_rows(HEADING, rows))


@requires("measures.view")
def measure(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One measure with its chart, its sources and its story."""
    page = measure_page(measure_row(request, record_id), request.reader)
    return render_page(request, "measures/measure.html", page)


@requires("measures.view")
def measure_export(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Every data point of one measure, as a table file."""
    row = measure_row(request, record_id)
    rows = reading_rows(request.initiative, request.reader, row)
    return csv_download(row.name, write_rows(HEADING, rows))


@requires("measures.write")
def add(request: MemberRequest) -> HttpResponseBase:
    """Say what is counted."""
    usual = {"kind": "result", "direction": "lower", "subject": "people", "every_months": 12}
    form = _form(request, usual)
    page = WritePage(
        _("Add a measure"),
        lead=_("What should move if the work succeeds, and how would you know?"),
        kicker=_("Measures"),
        back_href=page_of(request, "measures:home"),
    )

    def act(said: dict[str, Any]) -> Measure:
        warn_of_persons(request, said)
        return actions.add_measure(by=request.actor, initiative=request.initiative, **said)

    return write(
        request,
        form=form,
        act=act,
        page=page,
        to=lambda row: measure_href(request, row),
    )


def _form(request: MemberRequest, initial: dict[str, Any]) -> MeasureForm:
    return MeasureForm(
        posted(request),
        authority=request.authority,
        initiative=request.initiative,
        reader=request.reader,
        initial=initial,
    )


@requires("measures.write")
def edit(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Change what a measure says of itself."""
    row = measure_row(request, record_id)
    owners = row.owners.select_related("organisation__merged_into")
    texts = ("unit", "kind", "direction", "subject", "counts", "story", "gains", "costs")
    shown: dict[str, Any] = {
        "title": row.name,
        "every_months": row.every_months,
        "baseline": row.baseline_id,
        "organisations": [each.organisation.canonical for each in owners],
        **{name: getattr(row, name) for name in texts},
    }
    form = _form(request, shown)

    def act(said: dict[str, Any]) -> bool:
        warn_of_persons(request, said)
        return actions.revise_measure(by=request.actor, measure=row, **said)

    return revise(
        request,
        row=row,
        form=form,
        act=act,
        title=_("Change what this measure says"),
    )


@requires("measures.write")
def withdraw_measure(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take back a measure that was added by mistake; its author or who leads may."""
    row = measure_row(request, record_id)
    own = row.record.author_id is not None and row.record.author_id == request.reader.member_id
    if not own and not request.may("measures.lead"):
        raise PermissionDenied
    back, after = measure_href(request, row), page_of(request, "measures:home")
    return withdraw(request, row.record, _("Withdraw this measure"), back, after)


@requires("measures.write")
def set_target(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say what shall be reached by when."""
    row = measure_row(request, record_id)
    return settle(
        request,
        row,
        form=TargetForm(posted(request)),
        act=lambda said: actions.set_target(by=request.actor, measure=row, **said),
        title=_("Set the target"),
        lead=_("Earlier targets stay on the page with their dates."),
    )


@requires("measures.lead")
def set_floor(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say which numbers of people are too small to be shown."""
    row = measure_row(request, record_id)
    shown = {"floor": row.floor, "agreement": row.agreement}
    return settle(
        request,
        row,
        form=FloorForm(posted(request), initial=shown),
        act=lambda said: actions.set_floor(by=request.actor, measure=row, **said),
        title=_("Which numbers are too small to be shown?"),
        lead=_("What was hidden or shown before is worked out anew for every data point."),
    )


@requires("measures.lead")
def put_first(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Put a measure first in the initiative."""
    row = measure_row(request, record_id)
    return settle(
        request,
        row,
        form=HeadlineForm(posted(request)),
        act=lambda said: actions.choose_headline(by=request.actor, measure=row, **said),
        title=_("Put this measure first"),
        lead=_("It stands on the first page of the initiative, and on its public page."),
    )


@requires("measures.write")
def add_mover(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say what is meant to move a measure; a pilot's card is filled by whoever may change it."""
    row = measure_row(request, record_id)

    def act(said: dict[str, Any]) -> Link:
        mine = _may_fill_card(request, said["record"])
        return actions.say_what_moves(by=request.actor, measure=row, fills_card=mine, **said)

    return settle(
        request,
        row,
        form=MoverForm(posted(request), initiative=request.initiative, reader=request.reader),
        act=act,
        title=_("What is meant to move it?"),
    )


def _may_fill_card(request: MemberRequest, record: Record) -> bool:
    pilot = (
        Pilot.objects.filter(pk=record.pk).select_related("record", "owner__merged_into").first()
    )
    return pilot is not None and may_change(request, pilot)
