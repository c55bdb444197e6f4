"""What the views of measures share: finding a row, and who may change the values of a source."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.core.forms import PageForm
from headway.directory.models import Organisation
from headway.initiatives.access import MemberRequest
from headway.initiatives.pages.write import WritePage, page_of, row_of, write
from headway.measures.formats.persons import tells_of_a_person
from headway.measures.models import Measure, Reading, Series
from headway.measures.queries.giving import may_give


def measure_row(request: MemberRequest, record_id: UUID) -> Measure:
    """A measure of this initiative that the reader may open; else 404."""
    return row_of(request, Measure, record_id, "baseline__record")


def series_row(request: MemberRequest, record_id: UUID) -> Series:
    """A series that the reader may open, its measure too; else 404."""
    row = row_of(request, Series, record_id, "measure__record", "organisation__merged_into")
    if row.measure.record.visibility not in request.reader.readers:
        raise Http404
    return row


def reading_row(request: MemberRequest, reading_id: UUID) -> Reading:
    """A data point that stands, of a series that the reader may open; else 404."""
    rows = Reading.objects.standing().exclude(gap=Reading.Gap.WITHDRAWN)
    mine = rows.filter(series__record__initiative=request.initiative)
    row = get_object_or_404(mine.visible_to(request.reader.readers), pk=reading_id)
    row.series = series_row(request, row.series_id)
    return row


def must_give(request: MemberRequest, organisation: Organisation | None) -> None:
    """Refuse whoever may not change what an organisation gives.

    Raises:
        PermissionDenied: where it is another organisation's.

    """
    if not may_give(request.reader, organisation):
        raise PermissionDenied


def warn_of_persons(request: MemberRequest, said: Mapping[str, object]) -> None:
    """Say where words would tell who somebody is; what was written is kept all the same."""
    texts = [value for value in said.values() if isinstance(value, str)]
    if any(tells_of_a_person(text) for text in texts):
        messages.warning(
            request,
            _(
                "What you wrote holds what looks like a client number, a birth date or a"
                " social-security number. It is saved; change it so that nobody can be recognized."
            ),
        )


def settle(
    request: MemberRequest,
    row: Measure | Series,
    *,
    form: PageForm,
    act: Callable[[dict[str, Any]], object],
    title: str,
    lead: str = "",
) -> HttpResponseBase:
    """Show the form of one thing to be said of a measure or a source, do it, and go back there."""
    name = "measures:measure" if isinstance(row, Measure) else "measures:series"
    back = page_of(request, name, row.pk)
    page = WritePage(title, lead=lead, kicker=row.name, back_href=back)
    return write(request, form=form, act=act, page=page, to=lambda _done: back)


def measure_href(request: MemberRequest, measure: Measure) -> str:
    """The page of a measure."""
    return page_of(request, "measures:measure", measure.pk)


def series_href(request: MemberRequest, series: Series) -> str:
    """The page of a series."""
    return page_of(request, "measures:series", series.pk)
