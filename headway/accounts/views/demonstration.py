from dataclasses import dataclass

from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from headway.accounts import demonstration
from headway.accounts.access import AuthorityRequest, public
from headway.accounts.links import LinkError
from headway.accounts.models import User
from headway.core.errors import RuleError
from headway.core.pages import render_page


@dataclass(frozen=True, slots=True)
class LinkPage:
    """What a link would do, or why it does nothing."""

    title: str
    text: str
    button: str = ""


def refused_link(request: HttpRequest, refusal: RuleError) -> HttpResponse:
    """Say why a link opens nothing and what to do instead."""
    status = refusal.status if isinstance(refusal, LinkError) else 404
    page = LinkPage(_("This link does not open anything"), str(refusal))
    return render_page(request, "accounts/link.html", page, status=status)


@never_cache
@public("the holder of a one-time link signs in as a demonstration person")
def demonstration_sign_in(request: AuthorityRequest, secret: str) -> HttpResponse:
    """Show as whom one would sign in; only a POST does it."""
    if settings.MODE != "demonstration":
        raise Http404
    try:
        if request.method == "POST":
            _sign_in(request, demonstration.use_sign_in(secret, request.now))
            return redirect(settings.LOGIN_REDIRECT_URL)
        user = demonstration.show_sign_in(secret, request.now).user
    except RuleError as refusal:
        return refused_link(request, refusal)
    role = demonstration.label_of(user) if user else ""
    return render_page(
        request,
        "accounts/link.html",
        LinkPage(
            title=_("Sign in as the demonstration %(role)s") % {"role": role},
            text=_("Made-up people, real history: try anything. This link works once."),
            button=_("Sign in as %(person)s") % {"person": user},
        ),
    )


def _sign_in(request: HttpRequest, user: User) -> None:
    """Sign somebody in, so that their list of sessions shows it."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, user, method="demonstration")
    UserSession.objects.create_from_request(request)
