"""Input that no page can use is answered with a page that helps, never with a failure."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    UnreadablePostError,
)
from django.http.request import RawPostDataException

from headway.core import views
from headway.core.errors import RuleError

NUL = "\x00"
NOT_SO = 405
METHODS = ["GET", "HEAD", "POST"]
log = logging.getLogger("headway.refused")


def _address_has_nul(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    return NUL in request.path or NUL in query or "%00" in query


def _body_is_too_long(request: HttpRequest) -> bool:
    """Whether the announced body passes what any page here takes; nothing of it is read."""
    longest = settings.FILES_LIMIT_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return not announced.isdecimal() or int(announced[:15]) > longest


def _drop_unreadable_session(request: HttpRequest) -> None:
    """Go on as a stranger where a cookie holds what the database cannot look up.

    A quoted cookie may spell NUL as an octal escape; PostgreSQL would fail on it.
    """
    if any(NUL in value for value in request.COOKIES.values()):
        request.COOKIES = {k: v for k, v in request.COOKIES.items() if NUL not in v}
        if hasattr(request, "session"):
            request.session = type(request.session)(None)


class RefusedInputMiddleware:
    """Turns refused requests into pages that say what to do.

    - a method that no page knows: 405;
    - NUL in the address: 400, before a database sees it;
    - an announced body beyond every limit: 413, unread;
    - a `RuleError` that a view let through: 422 with its own words;
    - a body that breaks off: 400;
    - a look at what only a button does, as after signing in again: 405 with what to do.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer early, or pass the request on."""
        if request.method not in METHODS and not request.path.startswith("/api/"):
            return HttpResponseNotAllowed(METHODS)
        _drop_unreadable_session(request)
        if _address_has_nul(request):
            return views.unreadable_address(request)
        if _body_is_too_long(request):
            return views.too_much_sent(request)
        response = self.get_response(request)
        if response.status_code == NOT_SO and request.method == "GET" and not response.content:
            allowed, response = response["Allow"], views.only_a_button(request)
            response["Allow"] = allowed
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal that nobody caught, or None for what is a fault of ours."""
        if isinstance(exception, RuleError):
            return views.refused(request, exception)
        if isinstance(exception, (UnreadablePostError, RawPostDataException)):
            log.info("a request body broke off")
            return views.broken_off(request)
        return None
