from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import render
from django.utils import timezone, translation

from headway.accounts.access import AuthorityRequest
from headway.accounts.kept import tidy
from headway.accounts.models import Authority, User


class AuthorityMiddleware:
    """Finds the authority that a request is for by its host name; its clock shows the times."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put the authority on the request, or say that none is set up."""
        authority = Authority.objects.for_host(split_domain_port(request.get_host())[0])
        if authority is None:
            return render(request, "accounts/no_authority.html", status=503)
        cast("AuthorityRequest", request).authority = authority
        _speak_as_chosen(request)
        with timezone.override(authority.zone):
            response = self.get_response(request)
        tidy(request, response)
        # A shared computer must not show a page again to whoever sits there next.
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


def _speak_as_chosen(request: HttpRequest) -> None:
    """The language of the account, unless this browser was told another one."""
    told = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if told or not isinstance(request.user, User):
        return
    if request.user.language in dict(settings.LANGUAGES):
        translation.activate(request.user.language)
        request.LANGUAGE_CODE = request.user.language  # as LocaleMiddleware does
