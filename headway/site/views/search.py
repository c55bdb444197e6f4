from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from headway.accounts import access
from headway.accounts.limits import limited
from headway.core.pages import render_page
from headway.initiatives.access import MemberRequest, requires
from headway.site.queries.search import findable, findable_in, search_page

PER_MINUTE = 60


@access.public("finds only what each reader may open: for visitors, public records")
@limited("search", per_minute=PER_MINUTE)
def search(request: access.AuthorityRequest) -> HttpResponse:
    """Search all that one may see."""
    allowed = findable(request.authority, request.user, timezone.localdate(request.now))
    return render_page(request, "site/search.html", search_page(allowed, request.GET))


@requires("site.search")
@limited("search", per_minute=PER_MINUTE)
def search_initiative(request: MemberRequest) -> HttpResponse:
    """Search one initiative."""
    page = search_page(
        findable_in(request.initiative, request.reader),
        request.GET,
        within=request.initiative.title,
        elsewhere_href=reverse("site:search"),
    )
    return render_page(request, "site/search_initiative.html", page)
