from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.accounts.access import AuthorityRequest, requires
from headway.accounts.views.gate import permissions_of, sent
from headway.arenas import actions
from headway.arenas.forms import WindowForm
from headway.arenas.models import ElectionWindow
from headway.arenas.queries.windows import windows_page
from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page


@requires("arenas.election_windows")
def windows(request: AuthorityRequest) -> HttpResponse:
    """When public employees make no requests; set one."""
    form = WindowForm(sent(request))
    if request.method == "POST" and form.carry_out(
        lambda said: actions.set_window(by=request.actor, authority=request.authority, **said)
    ):
        messages.success(request, _("%s is set.") % form.result.name)
        return redirect("arenas:windows")
    page = windows_page(request.authority, permissions_of(request), request.GET)
    return render_page(request, "arenas/windows.html", page, form)


@requires("arenas.election_windows")
def withdraw_window(request: AuthorityRequest, window_id: UUID) -> HttpResponse:
    """Take an election window back."""
    found = ElectionWindow.objects.in_authority(request.authority)
    window = get_object_or_404(found.filter(withdrawn_at__isnull=True), pk=window_id)
    form = PageForm(sent(request))
    if request.method == "POST" and form.carry_out(
        lambda _said: actions.withdraw_window(by=request.actor, window=window)
    ):
        messages.success(request, _("%s was taken back.") % window.name)
        return redirect("arenas:windows")
    title = _("Take back: %s") % window.name
    consequence = _("From now on requests of public employees can be noted in these days.")
    page = ConfirmPage(title, (consequence,), _("Take it back"), reverse("arenas:windows"))
    return render_page(request, "core/confirm.html", page, form)
