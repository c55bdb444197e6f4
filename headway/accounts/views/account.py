from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from headway.accounts import actions
from headway.accounts.access import AuthorityRequest, requires
from headway.accounts.forms import AccountForm, TokenForm, default_last_day
from headway.accounts.limits import limited
from headway.accounts.models import ApiToken
from headway.accounts.queries.account import (
    account_page,
    offered_scopes,
    scope_choices,
    tokens_page,
)
from headway.accounts.views.gate import permissions_of, sent
from headway.core.pages import ConfirmPage, render_page


@requires("accounts.own_account")
def account(request: AuthorityRequest) -> HttpResponse:
    """Show a person's own account, and change their name and language."""
    now = {"name": request.user.name, "language": request.user.language}
    form = AccountForm(sent(request), initial=now)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.change_own_account(
            by=request.actor, authority=request.authority, **data
        )
    ):
        messages.success(request, _("Saved."))
        answer = redirect("accounts:account")
        # What this browser was told before gives way to the choice for the account.
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return answer
    page = account_page(request.user, permissions_of(request))
    return render_page(request, "accounts/account.html", page, form)


def _end_of(day: date, request: AuthorityRequest) -> datetime:
    """The last moment of a day where the authority is."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(request.authority.zone))


@never_cache
@requires("accounts.own_tokens")
@limited("tokens", per_minute=30)
def tokens(request: AuthorityRequest) -> HttpResponse:
    """List a person's tokens, and make one, whose secret shows once."""
    form = TokenForm(
        sent(request),
        scopes=scope_choices(request.cells),
        initial={"expires_on": default_last_day(request.authority.today(request.now))},
    )
    made = None
    if request.method == "POST" and form.carry_out(
        lambda data: actions.make_token(
            by=request.actor,
            authority=request.authority,
            name=data["name"],
            scopes=data["scopes"],
            offered=offered_scopes(request.cells),
            expires_at=_end_of(data["expires_on"], request),
        )
    ):
        made = form.result
    page = tokens_page(
        user=request.user,
        authority=request.authority,
        now=request.now,
        params=request.GET,
        secret=made.secret if made else "",
        made=made.token.name if made else "",
    )
    return render_page(request, "accounts/tokens.html", page, None if made else form)


@requires("accounts.own_tokens")
def revoke_token(request: AuthorityRequest, token_id: UUID) -> HttpResponse:
    """Ask once, then end a token."""
    own = ApiToken.objects.in_authority(request.authority).filter(user=request.user)
    token = get_object_or_404(own, pk=token_id)
    if request.method == "POST":
        actions.revoke_token(by=request.actor, token=token)
        messages.success(request, _("“%(name)s” is revoked.") % {"name": token.name})
        return redirect("accounts:tokens")
    page = ConfirmPage(
        title=_("Revoke “%(name)s”") % {"name": token.name},
        what_happens=(
            _("Programs that use it stop working at once."),
            _("It cannot be brought back; you can make another."),
        ),
        button=_("Revoke the token"),
        back_href=reverse("accounts:tokens"),
    )
    return render_page(request, "core/confirm.html", page)
