"""A page that shows every part, and the views that the tests of `core` need."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from headway.core import views
from headway.core.charts import Chart, table_of
from headway.core.context import NavigationItem
from headway.core.errors import RuleError
from headway.core.forms import DayField, LongTextField, PageForm, PartialDateField, UploadField
from headway.core.marks import SECTORS, STATES, Moment, PathMark, Source, Tab, Term
from headway.core.pages import ConfirmPage, render_page
from headway.core.progress import Progress, progress_partial
from headway.core.tables import Column, Mark, TextLink, table_page

CONDITIONS = ("Understood", "Joined", "Agreed", "Drafted", "Backed", "Promised", "Tested", "Result")
STATE_OF = (
    "met",
    "met",
    "under_way",
    "met",
    "waiting_on",
    "under_way",
    "not_needed",
    "not_recorded",
)


class EveryField(PageForm):
    name = forms.CharField(label="Name of the organization", help_text="As on its letterhead.")
    story = LongTextField(label="What happened", required=False)
    sector = forms.ChoiceField(
        label="Sector",
        choices=[("government", "Government"), ("nonprofit", "Nonprofit"), ("faith", "Faith")],
        widget=forms.RadioSelect,
    )
    body = forms.ChoiceField(label="Decision body", choices=[("1", "County board")])
    topics = forms.MultipleChoiceField(
        label="Topics",
        choices=[("shelter", "Shelter"), ("jobs", "Jobs")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Choose all that fit.",
    )
    day = DayField(label="Day of the vote")
    when = PartialDateField(label="When it began", required=False)
    people = forms.IntegerField(label="People affected", required=False)
    minutes = UploadField(label="Minutes", required=False, endings=("pdf", "docx"))
    agreed = forms.BooleanField(label="We may name you as a partner", required=False)


ROWS = [
    {
        "name": f"Organization {number:03}",
        "promises": number * 37 % 101 if number % 9 else None,
        "state": STATE_OF[number % len(STATE_OF)],
        "since": date(2006, 1 + number % 12, 1 + number % 28),
    }
    for number in range(1, 121)
]
COLUMNS = (
    Column("name", "Organization", sort="name"),
    Column("promises", "Promises", sort="promises", numeric=True),
    Column("state", "State"),
    Column("since", "Partner since", sort="since"),
)
COUNTS = [
    {"year": year, "people": people}
    for year, people in zip(
        range(2006, 2016), (580, 561, 505, 430, 398, 362, 340, 310, 251, 240), strict=True
    )
]
CHART = Chart(
    title="People sleeping outside fell by more than half",
    summary="The January count fell from 580 in 2006 to 240 in 2015.",
    spec={
        "data": {"values": COUNTS},
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {
                "field": "year",
                "type": "ordinal",
                "title": "January of",
                "axis": {"labelAngle": 0},
            },
            "y": {"field": "people", "type": "quantitative", "title": "People"},
            "tooltip": [{"field": "year"}, {"field": "people"}],
        },
    },
    table=table_of(COUNTS, {"year": "January of", "people": "People"}),
    name="street",
)


def _row(row: dict[str, Any]) -> dict[str, object]:
    return {**row, "name": TextLink(row["name"], "#there"), "state": Mark(row["state"])}


def _job(done: int) -> Progress:
    return Progress(
        title="Reading the action plan", words="Under way", href="/progress/", done=done, total=30
    )


def _navigation() -> tuple[NavigationItem, ...]:
    return (
        NavigationItem("Where we stand", "/parts/", current=True),
        NavigationItem("Problem & measures", "/a/", state="met"),
        NavigationItem("People", "/b/", state="met"),
        NavigationItem("Meetings & conversations", "/c/", state="under_way"),
        NavigationItem("Recommendations", "/d/", state="waiting_on"),
        NavigationItem("Decisions", "/e/", state="not_recorded"),
    )


def parts(request: HttpRequest) -> HttpResponse:
    request.navigation = _navigation()
    if request.method == "GET":
        messages.success(request, "Saved: the board's letter is now on the record.")
    form = EveryField(request.POST or None, request.FILES or None)
    page = {
        "table": table_page(ROWS, COLUMNS, request.GET, build=_row, size=10),
        "none": table_page([], COLUMNS, request.GET, name="none"),
        "path": [
            PathMark(label, state, count=number, href="#x")
            for number, (label, state) in enumerate(zip(CONDITIONS, STATE_OF, strict=True))
        ],
        "states": tuple(STATES),
        "sectors": tuple(SECTORS),
        "tabs": (Tab("Wording", "#a", current=True), Tab("History", "#b"), Tab("Files", "#c")),
        "terms": (
            Term("Owner", "Office to End Homelessness", "#o"),
            Term("Starting point", "580 people, January 2006"),
            Term("Grant deadline", None),
        ),
        "moments": (
            Moment(date(2006, 11, 28), "The city council adopted the plan", who="Clerk"),
            Moment("autumn 2007", "First outreach team", "Two people, four nights a week.", "#m"),
        ),
        "old": "The county will open 200 units by 2010.",
        "new": "The county and the city will open 250 units by 2012.",
        "source": Source("Board minutes", "https://example.org/m.pdf", "page 4", confirmed=False),
        "job": _job(12),
        "chart": CHART,
    }
    return render_page(request, "parts.html", page, form)


def progress(request: HttpRequest) -> HttpResponse:
    return progress_partial(request, _job(12))


def ruled_out(request: HttpRequest) -> HttpResponse:
    raise RuleError("The charter is signed; start a new version to change it.")


def confirm(request: HttpRequest) -> HttpResponse:
    page = ConfirmPage(
        title="Withdraw this promise?",
        what_happens=("The promise stays readable, marked as withdrawn.", "Nobody is mailed."),
        button="Withdraw the promise",
        back_href="/parts/",
    )
    return render_page(request, "core/confirm.html", page)


@csrf_exempt
def takes_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{len(request.POST)} fields")


def fails(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("parts/", parts, name="parts"),
    path("progress/", progress),
    path("ruled-out/", ruled_out),
    path("confirm/", confirm),
    path("takes-form/", takes_form),
    path("fails/", fails),
    path("too-many/", views.too_many_requests),
    path("denied/", views.permission_denied),
    path("word/<str:word>/", takes_form),
    path("i18n/", include("django.conf.urls.i18n")),
    path("account/", include("allauth.urls")),
]
handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error
