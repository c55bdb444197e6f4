from django.http import HttpResponseBase
from django.views.decorators.http import require_POST

from headway.accounts.access import AuthorityRequest, requires
from headway.accounts.limits import limited
from headway.core.downloads import csv_download, download
from headway.core.spreadsheets import write_rows
from headway.exchange.actions import note_export
from headway.exchange.formats.records import HEADING, as_row, write_json
from headway.exchange.queries.export import exported_records
from headway.exchange.queries.search import found_records
from headway.exchange.views.asked import search_form, shown_search, wanted_in

NAME = "records"


@requires("exchange.export")
@limited("records_export", per_minute=10)
@require_POST
def export(request: AuthorityRequest) -> HttpResponseBase:
    """A search result as CSV or JSON, streamed, and noted in the log."""
    asked = search_form(request)
    wanted = wanted_in(asked)
    if wanted is None:
        return shown_search(request, asked)
    found = found_records(request.authority, wanted)
    form = "csv" if request.POST.get("format") == "csv" else "json"
    note_export(
        by=request.actor,
        authority=request.authority,
        form=form,
        count=found.count(),
        asked=wanted.as_said(),
    )
    records = exported_records(found)
    if form == "csv":
        return csv_download(NAME, write_rows(HEADING, (as_row(record) for record in records)))
    return download(NAME, "json", "application/json", write_json(records))
