from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.accounts.access import AuthorityRequest, requires
from headway.core.pages import ConfirmPage, render_page
from headway.exchange.forms import HoldForm, ReasonForm
from headway.exchange.queries.holds import holds_page
from headway.exchange.queries.search import found_records
from headway.exchange.views.asked import (
    initiatives_of,
    search_form,
    shown_search,
    wanted_in,
)
from headway.initiatives import actions
from headway.initiatives.models import Hold
from headway.initiatives.models.record import RecordQuerySet
from headway.initiatives.pages.write import WritePage, posted, write

PLACE = gettext_lazy("Place a hold")
RELEASE = gettext_lazy("Release the hold")


@requires("exchange.hold")
def holds(request: AuthorityRequest) -> HttpResponse:
    """Every hold."""
    return render_page(request, "exchange/holds.html", holds_page(request.authority, request.GET))


def _lead(records: RecordQuerySet | None) -> str:
    if records is None:
        return _(
            "It keeps everything in one initiative from every deletion until you release it. To "
            "keep single records only, search for them first and put what was found on hold."
        )
    count = records.count()
    words = ngettext(
        "It keeps %s record from every deletion until you release it.",
        "It keeps %s records from every deletion until you release it.",
        count,
    )
    return words % f"{count:,}"


@requires("exchange.hold")
def place_hold(request: AuthorityRequest) -> HttpResponseBase:
    """Stop every deletion of an initiative or of what a search has found."""
    asked = search_form(request)
    wanted = wanted_in(asked)
    if wanted is None:
        return shown_search(request, asked)
    records = found_records(request.authority, wanted) if wanted.as_said() else None
    form = HoldForm(posted(request), initiatives=initiatives_of(request), found=records is not None)

    def place(said: dict[str, Any]) -> Hold:
        covered = () if records is None else records.only("pk", "initiative")
        return actions.place_hold(
            by=request.actor, authority=request.authority, records=covered, **said
        )

    def to(hold: Hold) -> str:
        messages.success(request, _("The hold “%s” is in force.") % hold.name)
        return reverse("exchange:holds")

    page = WritePage(PLACE, _lead(records), PLACE, back_href=reverse("exchange:holds"))
    template = "exchange/form.html"
    return write(request, form=form, act=place, page=page, to=to, template=template)


@requires("exchange.hold")
def release_hold(request: AuthorityRequest, hold_id: UUID) -> HttpResponseBase:
    """End a hold."""
    mine = Hold.objects.in_authority(request.authority).active()
    hold = get_object_or_404(mine, pk=hold_id)
    form = ReasonForm(posted(request))
    if form.carry_out(lambda said: actions.release_hold(by=request.actor, hold=hold, **said)):
        messages.success(request, _("The hold “%s” is released.") % hold.name)
        return redirect("exchange:holds")
    consequence = _("What “%s” keeps can be destroyed again, where no other hold keeps it.")
    page = ConfirmPage(RELEASE, (consequence % hold.name,), RELEASE, reverse("exchange:holds"))
    return render_page(request, "core/confirm.html", page, form)
