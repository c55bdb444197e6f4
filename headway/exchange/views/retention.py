from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.accounts.access import AuthorityRequest, requires
from headway.accounts.jobs import start_job
from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page
from headway.exchange.queries.retention import due_for_destruction, due_page
from headway.exchange.tasks import destroy_what_is_due

DESTROY = gettext_lazy("Destroy what is due")


@requires("exchange.expunge")
def due(request: AuthorityRequest) -> HttpResponse:
    """Records whose time under the schedule is over."""
    today = request.authority.today(request.now)
    page = due_page(request.authority, today, request.GET)
    return render_page(request, "exchange/due.html", page)


@requires("exchange.expunge")
def destroy(request: AuthorityRequest) -> HttpResponseBase:
    """Destroy them all, after asking once."""
    if request.method == "POST":
        job = start_job(by=request.actor, authority=request.authority, title=str(DESTROY))
        destroy_what_is_due.enqueue(str(job.pk))
        return redirect("accounts:job", job.pk)
    today = request.authority.today(request.now)
    count = due_for_destruction(request.authority, today).count()
    words = ngettext("%s record is expunged.", "%s records are expunged.", count) % f"{count:,}"
    happens = (
        words,
        _("Nobody can bring them back. A restored backup forgets them as well."),
        _("What a hold keeps by then is left alone."),
    )
    page = ConfirmPage(DESTROY, happens, DESTROY, reverse("exchange:due"))
    return render_page(request, "core/confirm.html", page, PageForm())
