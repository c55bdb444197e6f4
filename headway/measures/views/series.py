from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.pages import ConfirmPage, render_page
from headway.directory.actions.sources import record_source
from headway.directory.models import Source
from headway.directory.queries.sources import source_words
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.forms import WithdrawForm
from headway.initiatives.pages.write import (
    CONFIRM,
    WritePage,
    posted,
    revise,
    withdraw,
    write,
)
from headway.measures import actions
from headway.measures.actions import CellLine
from headway.measures.forms import (
    FirstForm,
    ReadingForm,
    ReviseSeriesForm,
    SeriesForm,
    ShareForm,
)
from headway.measures.models import Measure, Reading, Series
from headway.measures.queries.giving import may_give
from headway.measures.queries.series import plain, series_page
from headway.measures.views.gate import (
    measure_href,
    measure_row,
    must_give,
    reading_row,
    series_href,
    series_row,
    settle,
    warn_of_persons,
)


@requires("measures.view")
def series(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """The values of one source."""
    row = series_row(request, record_id)
    mine = may_give(request.reader, row.organisation)
    page = series_page(row, request.reader, request.GET, may_give=mine)
    return render_page(request, "measures/series.html", page)


@requires("measures.give")
def open_series(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Make room for the values of a source."""
    row = measure_row(request, record_id)

    def act(said: dict[str, Any]) -> Series:
        must_give(request, said["organisation"])
        warn_of_persons(request, said)
        return actions.open_series(by=request.actor, measure=row, **said)

    return write(
        request,
        form=SeriesForm(
            posted(request),
            authority=request.authority,
            initial={"visibility": row.record.visibility},
        ),
        act=act,
        page=WritePage(
            _("Add a source of values"),
            lead=_("Sources that differ stand side by side; nothing is averaged."),
            kicker=row.name,
            back_href=measure_href(request, row),
        ),
        to=lambda made: series_href(request, made),
    )


@requires("measures.give")
def edit_series(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say better where values come from."""
    row = series_row(request, record_id)
    must_give(request, row.organisation)
    shown = {"title": row.name, "note": row.note}
    return revise(
        request,
        row=row,
        form=ReviseSeriesForm(posted(request), initial=shown),
        act=lambda said: actions.revise_series(by=request.actor, series=row, **said),
        title=_("Change what this source says"),
    )


@requires("measures.give")
def share(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Choose who may see the values of a source."""
    row = series_row(request, record_id)
    must_give(request, row.organisation)
    return settle(
        request,
        row,
        form=ShareForm(posted(request), initial={"visibility": row.record.visibility}),
        act=lambda said: actions.share_series(by=request.actor, series=row, **said),
        title=_("Who may see these values?"),
    )


@requires("measures.lead")
def show_first(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Let a source stand first where sources differ."""
    row = series_row(request, record_id)
    return settle(
        request,
        row,
        form=FirstForm(posted(request)),
        act=lambda said: actions.show_first(by=request.actor, series=row, **said),
        title=_("Show this source first"),
    )


@requires("measures.give")
def withdraw_series(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take a source back with all its values."""
    row = series_row(request, record_id)
    must_give(request, row.organisation)
    back, after = series_href(request, row), measure_href(request, row.measure)
    return withdraw(
        request,
        row.record,
        _("Withdraw this source"),
        back,
        after,
        act=lambda said: actions.withdraw_series(by=request.actor, series=row, **said),
    )


@requires("measures.give")
def add_reading(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Add what was counted for a time."""
    row = series_row(request, record_id)
    must_give(request, row.organisation)
    return _note(request, row, _("Add a data point"), {})


@requires("measures.give")
def correct(request: MemberRequest, reading_id: UUID) -> HttpResponseBase:
    """Correct a data point; what it said before stays on the page."""
    row = reading_row(request, reading_id)
    must_give(request, row.series.organisation)
    return _note(request, row.series, _("Correct this data point"), _shown(row))


def _shown(row: Reading) -> dict[str, Any]:
    counted = row.gap != Reading.Gap.NOT_COUNTED
    source = source_words(row.source)
    return {
        "when": row.when,
        "value": plain(row.value) if row.value is not None else None,
        "note": row.note if counted else "",
        "not_counted": "" if counted else row.note,
        "source": source,
    }


def _note(
    request: MemberRequest, series: Series, title: str, initial: dict[str, Any]
) -> HttpResponseBase:
    measure: Measure = series.measure
    back = series_href(request, series)
    return write(
        request,
        form=ReadingForm(posted(request), measure=measure, initial=initial),
        act=lambda said: actions.add_reading(
            by=request.actor, series=series, **_said(request, said)
        ),
        page=WritePage(
            title,
            lead=_("Totals only: nothing that would tell who somebody is. Unit: %s.")
            % measure.unit,
            kicker=f"{measure.name}: {series.name}",
            back_href=back,
        ),
        to=lambda _row: back,
    )


def _said(request: MemberRequest, said: dict[str, Any]) -> dict[str, Any]:
    """The form's values as the action takes them."""
    warn_of_persons(request, said)
    title, url = said["source"]
    groups = [CellLine(*group) for group in said["groups"]]
    kept = {"groups", "without_groups"}
    return {
        **{name: value for name, value in said.items() if name not in kept},
        "source": _source(request, title, url) if title else None,
        "cells": groups if groups or said["without_groups"] else None,
    }


def _source(request: MemberRequest, title: str, url: str) -> Source:
    return record_source(by=request.actor, authority=request.authority, title=title, url=url)


@requires("measures.give")
def withdraw_reading(request: MemberRequest, reading_id: UUID) -> HttpResponseBase:
    """Take a data point back, with the reason."""
    row = reading_row(request, reading_id)
    must_give(request, row.series.organisation)
    back = series_href(request, row.series)
    consequence = _("The value for %s leaves every list and chart.") % row.when
    page = ConfirmPage(_("Take this data point back"), (consequence,), _("Take it back"), back)
    return write(
        request,
        form=WithdrawForm(posted(request)),
        act=lambda said: actions.withdraw_reading(by=request.actor, reading=row, **said),
        page=page,
        to=lambda _done: back,
        template=CONFIRM,
    )
