from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from headway.accounts.access import AuthorityRequest, public, requires
from headway.accounts.kept import typed_in
from headway.accounts.limits import limited
from headway.core.pages import render_page
from headway.notices import actions
from headway.notices.actions.stopping import read_stop_token
from headway.notices.forms import RhythmsForm
from headway.notices.queries.pages import (
    notices_page,
    own_rhythms,
    rhythms_page,
    stop_page,
)


@requires("notices.own")
def notices(request: AuthorityRequest) -> HttpResponse:
    """What somebody was told."""
    today = request.authority.today(timezone.now())
    page = notices_page(request.user, request.authority, today, request.GET)
    return render_page(request, "notices/notices.html", page)


def _ids(sent: QueryDict) -> list[UUID]:
    """The notices that a form names; nonsense names none."""
    found = []
    for text in sent.getlist("notice"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@requires("notices.own")
@require_POST
def read(request: AuthorityRequest) -> HttpResponse:
    """Note that somebody has read some notices, or all that they were shown."""
    slug = request.POST.get("initiative", "")
    if request.POST.get("all"):
        actions.mark_all_read(
            user=request.user, authority=request.authority, slug=slug, now=request.now
        )
    else:
        actions.mark_read(user=request.user, notices=_ids(request.POST), now=request.now)
    query = QueryDict(mutable=True)
    query.update({"initiative": slug} if slug else {})
    return redirect(f"{reverse('notices:notices')}?{query.urlencode()}".rstrip("?"))


@requires("notices.own")
def rhythms(request: AuthorityRequest) -> HttpResponse:
    """Choose how often mail comes, for each initiative."""
    initiatives = own_rhythms(request.user, request.authority)
    form = RhythmsForm(typed_in(request), initiatives=initiatives)

    def choose(data: dict[str, str]) -> None:
        for initiative, _rhythm in initiatives:
            actions.choose_rhythm(
                by=request.actor,
                user=request.user,
                initiative=initiative,
                rhythm=data[str(initiative.pk)],
            )

    if request.method == "POST" and form.carry_out(choose):
        messages.success(request, _("Saved."))
        return redirect("notices:rhythms")
    page = rhythms_page(any_initiative=bool(initiatives))
    return render_page(request, "notices/rhythms.html", page, form)


@csrf_exempt
@public("a link in a mail ends such mail without signing in; its signature says whose")
@limited("stop-mail", per_minute=30)
def stop(request: AuthorityRequest, token: str) -> HttpResponse:
    """Show what a link ends; a press of the button, here or in the mail program, ends it."""
    named = read_stop_token(token)
    if named is None:
        raise Http404
    pressed = request.method == "POST"
    if pressed:
        actions.stop_mail(by=request.actor, stop=named)
    return render_page(request, "notices/stop.html", stop_page(stopped=pressed))
