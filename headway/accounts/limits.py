"""How often one account and one address may ask for what is costly or could be guessed."""

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.accounts.access import P, RequestT, View
from headway.core.views import HelpPage

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Spent:
    """A limit that is used up."""

    seconds_left: int


def client_address(request: HttpRequest) -> str:
    """The address that a request comes from, seen through the trusted proxies.

    Whatever stands in X-Forwarded-For beyond the proxies' own entries was written by the client.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted and hops[-trusted]:
        return _network(hops[-trusted])
    return _network(request.META.get("REMOTE_ADDR") or "")


def _network(address: str) -> str:
    """An IPv6 customer has a whole /64 to send from."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if found.version == 6:
        return str(ipaddress.ip_network(f"{found}/64", strict=False).network_address)
    return str(found)


def count(name: str, who: str, most: int, seconds: int = MINUTE) -> Spent | None:
    """Count one request of somebody; answer how long to wait where it is one too many."""
    now = time.time()
    window = int(now // seconds)
    key = f"limit:{name}:{sha256(who.encode(errors='replace')).hexdigest()[:32]}:{window}"
    if cache.add(key, 1, timeout=seconds * 2):
        return None if most >= 1 else Spent(seconds)
    try:
        used = cache.incr(key)
    except ValueError:  # it ran out between the two calls
        return None
    return Spent(max(1, round((window + 1) * seconds - now))) if used > most else None


def limit_of(request: HttpRequest, name: str, most: int, per_address: int) -> Spent | None:
    """Count a request for its account and for its address."""
    person = f"user:{request.user.pk}" if request.user.is_authenticated else ""
    spent = count(name, person, most) if person else None
    most_there = per_address if person else most
    return spent or count(name, f"address:{client_address(request)}", most_there)


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """429: says when to try again, to a person and to a program."""
    when = ngettext(
        "Wait %(seconds)s second, then try once more. What you sent last was not carried out.",
        "Wait %(seconds)s seconds, then try once more. What you sent last was not carried out.",
        seconds,
    ) % {"seconds": seconds}
    page = HelpPage(429, _("Too many tries in a short time"), (when,))
    answer = render(request, "core/help.html", {"page": page}, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def limited(
    name: str, *, per_minute: int, per_address: int | None = None
) -> Callable[[View[RequestT, P]], View[RequestT, P]]:
    """Let an account open a view so often a minute, and an address somewhat more often.

    Stands below `@requires` or `@public`. Somebody who is not signed in is counted by address
    alone; behind one address sit the people of a whole office, hence five times as often.
    """
    most_there = per_minute * 5 if per_address is None else per_address

    def decorate(view: View[RequestT, P]) -> View[RequestT, P]:
        @wraps(view)
        def counted(request: RequestT, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            spent = limit_of(request, name, per_minute, most_there)
            return (
                too_many(request, spent.seconds_left) if spent else view(request, *args, **kwargs)
            )

        return counted

    return decorate
