from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static

from headway.accounts import access
from headway.accounts.models import Job
from headway.core.pages import render_page
from headway.core.progress import progress_partial
from headway.diagnosis.forms import ViewForm
from headway.initiatives.access import MemberRequest, requires
from headway.site import queries
from headway.site.queries.all_dates import dates_page
from headway.site.queries.area import meetings_area
from headway.site.queries.health import last_runs
from headway.site.queries.home import own_progress

CLOSED_TO_ROBOTS = ("/account", "/directory", "/settings", "/api/")


@access.public("the front page says what this is and which initiatives are public")
def welcome(request: access.AuthorityRequest) -> HttpResponse:
    """What this is, and the public initiatives."""
    today = request.authority.today(request.now)
    page = queries.welcome_page(request.authority, today)
    return render_page(request, "site/welcome.html", page)


@access.public("shows how far the installation's own work is: a title and a share, no content")
def loading(request: access.AuthorityRequest, job_id: UUID) -> HttpResponse:
    """How far the installation's own work is."""
    own = Job.objects.in_authority(request.authority).filter(started_by__isnull=True)
    return progress_partial(request, own_progress(get_object_or_404(own, pk=job_id)))


@access.requires("site.home")
def home(request: access.AuthorityRequest) -> HttpResponse:
    """The initiatives of whoever signed in."""
    today = request.authority.today(request.now)
    page = queries.home_page(request.authority, request.user, request.may, today)
    return render_page(request, "site/home.html", page)


@access.public("a monitor asks whether the installation answers and its own tasks run; no content")
def health(_request: access.AuthorityRequest) -> JsonResponse:
    """Whether the web server reaches its database, and when each scheduled task ran last."""
    said = {"status": "ok", "tasks": last_runs()}
    return JsonResponse(said, headers={"Cache-Control": "no-store"})


@access.public("browsers ask for the icon at this address before they read the page")
def favicon(_request: access.AuthorityRequest) -> HttpResponse:
    """Where the icon of every page is."""
    return redirect(static("core/icon.ico"))


@access.public("says to search engines which pages they may list")
def robots(_request: access.AuthorityRequest) -> HttpResponse:
    """Public pages may be found; those of people and settings open to nobody without a role."""
    lines = ["User-agent: *", *(f"Disallow: {place}" for place in CLOSED_TO_ROBOTS), "Allow: /", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@requires("site.where_we_stand")
def where_we_stand(request: MemberRequest) -> HttpResponse:
    """Where an initiative stands, today or on another day."""
    asked = ViewForm(request.GET, request.today)
    page = queries.stand_page(request.initiative, request.reader, **asked.asked())
    return render_page(request, "site/stand.html", page, asked)


@requires("site.where_we_stand")
def dates(request: MemberRequest) -> HttpResponse:
    """Every date that matters."""
    page = dates_page(request.initiative, request.reader, request.GET)
    return render_page(request, "site/dates.html", page)


@requires("site.area")
def meetings(request: MemberRequest) -> HttpResponse:
    """Meetings and conversations, and what happened in them before."""
    page = meetings_area(request.initiative, request.reader, request.GET, request.now)
    return render_page(request, "site/meetings.html", page)
