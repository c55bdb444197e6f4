from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import render

from headway.accounts.models import Authority


class AuthorityMiddleware:
    """Finds the authority that a request is for by its host name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put the authority on the request, or say that none is set up."""
        authority = Authority.objects.for_host(split_domain_port(request.get_host())[0])
        if authority is None:
            return render(request, "accounts/no_authority.html", status=503)
        request.authority = authority  # type: ignore[attr-defined]
        return self.get_response(request)
