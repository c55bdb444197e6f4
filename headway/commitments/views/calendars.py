from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from headway.accounts.access import AuthorityRequest, public
from headway.accounts.actions.tokens import digest
from headway.accounts.limits import limited
from headway.commitments import actions
from headway.commitments.formats import calendar as ical
from headway.commitments.queries.calendar import calendar_page, feed_entries, feed_of
from headway.core.forms import PageForm
from headway.core.pages import render_page
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.models import Member
from headway.initiatives.pages.write import page_of, posted


def _member(request: MemberRequest) -> Member:
    if request.membership is None:
        raise Http404
    return request.membership


@never_cache
@requires("commitments.calendar")
def calendar(request: MemberRequest) -> HttpResponse:
    """One's own calendar address; a new one shows once and ends the one before."""
    member, form, made = _member(request), PageForm(posted(request)), ""
    if request.method == "POST" and form.carry_out(
        lambda _said: actions.make_calendar_feed(by=request.actor, member=member)
    ):
        made = request.build_absolute_uri(reverse("commitments:feed", args=[form.result]))
    page = calendar_page(member, request.reader, made)
    return render_page(request, "commitments/calendar.html", page, form)


@requires("commitments.calendar")
def stop_calendar(request: MemberRequest) -> HttpResponseBase:
    """End one's own calendar address."""
    if request.method == "POST":
        actions.revoke_calendar_feed(by=request.actor, member=_member(request))
        messages.success(request, _("The address shows nothing any more."))
    return redirect(page_of(request, "commitments:calendar"))


@public("the secret address was made by a member for their own calendar program")
@limited("calendar_feeds", per_minute=60)
def feed(request: AuthorityRequest, secret: str) -> HttpResponse:
    """A member's promises as a calendar file."""
    found = feed_of(digest(secret))
    if found is None or found.member.initiative.authority_id != request.authority.pk:
        raise Http404
    initiative = found.member.initiative
    text = ical.write(
        feed_entries(found, request.now),
        name=_("%s: promises") % initiative.title,
        zone=initiative.zone,
        now=request.now,
    )
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="promises.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
