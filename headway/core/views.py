"""Pages for what cannot be shown: each says what happened and what to do next."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from headway.core.errors import RuleError
from headway.core.forms import MEGABYTE


@dataclass(frozen=True)
class HelpPage:
    """What happened, in a sentence, and what the reader can do about it."""

    status: int
    title: str
    steps: tuple[str, ...]
    back: str = ""


def _help(request: HttpRequest, page: HelpPage) -> HttpResponse:
    return render(request, "core/help.html", {"page": page}, status=page.status)


def unreadable_address(request: HttpRequest) -> HttpResponse:
    """400 for an address with signs that no address has."""
    steps = (
        _("Follow the link again from the page or the mail where you found it."),
        _("If you typed the address, type it again without what follows the question mark."),
    )
    return _help(request, HelpPage(400, _("This address holds a sign that cannot be read"), steps))


def too_much_sent(request: HttpRequest) -> HttpResponse:
    """413 for more than any page here takes at once."""
    limit = settings.FILES_LIMIT_BYTES // MEGABYTE
    steps = (
        _("Send files of at most %(limit)s MB each.") % {"limit": limit},
        _("Split a long text or a large table, and send one part after the other."),
    )
    return _help(request, HelpPage(413, _("That was more than can be sent at once"), steps))


def too_many_parts(request: HttpRequest) -> HttpResponse:
    """400 for a form with more fields or files than a person fills in."""
    steps = (
        _("Choose fewer rows at a time, and send them in several steps."),
        _("To bring in many rows at once, import them as a spreadsheet."),
    )
    return _help(request, HelpPage(400, _("That form had too many fields"), steps))


def only_a_button(request: HttpRequest) -> HttpResponse:
    """405 for whoever is led to an address that only the press of a button opens."""
    steps = (
        _("Go back to the page where the button is, and press it again. Nothing was done yet."),
        _("If you were signed out in between, you are signed in again now."),
    )
    return _help(request, HelpPage(405, _("Only a button leads there"), steps))


def broken_off(request: HttpRequest) -> HttpResponse:
    """400 for a body that ended early."""
    steps = (_("Check your connection, go back and send the form again. Nothing was saved."),)
    return _help(request, HelpPage(400, _("What you sent did not arrive whole"), steps))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 in the words that fit what was wrong with the request."""
    if isinstance(exception, RequestDataTooBig):
        return too_much_sent(request)
    if isinstance(exception, (TooManyFieldsSent, TooManyFilesSent)):
        return too_many_parts(request)
    steps = (
        _("Go back, load the page anew and try again. Nothing was saved."),
        _("If it happens again, tell your administrator the address and the time."),
    )
    return _help(request, HelpPage(400, _("This request could not be read"), steps))


def refused(request: HttpRequest, refusal: RuleError) -> HttpResponse:
    """422 with the words of the rule that stood in the way."""
    return _help(
        request,
        HelpPage(422, _("This cannot be done as asked"), (str(refusal),), back=request.path),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django names it
    """403 where a form was open too long, or cookies are off."""
    steps = (
        _("Go back, load the page anew and send the form again; a form left open long runs out."),
        _("If it happens every time, allow cookies for this site in your browser."),
    )
    page = HelpPage(403, _("The form had run out, so nothing was saved"), steps, back=request.path)
    return _help(request, page)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 for somebody without the right that a page needs: what to do instead, or whom to ask."""
    said = str(exception or "")
    if said:
        return _help(request, HelpPage(403, _("You may not do this here"), (said,)))
    steps = (
        _("Ask a convener of the initiative for the role you need: they can give it in Settings.")
        if hasattr(request, "initiative")
        else _("Ask an administrator of your organization for the role you need."),
        _("If you have several accounts, sign out and sign in with the other one."),
    )
    return _help(request, HelpPage(403, _("Your role does not open this page"), steps))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  # Django names it
    """404 alike for what never was and for what this person may not know of."""
    steps = (
        _("Check the address for a typing slip, or go to the start page and find your way there."),
        _("If somebody sent you the link, ask them whether you have been invited."),
    )
    return _help(request, HelpPage(404, _("There is no such page for you"), steps))


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429 for somebody who tries too often."""
    steps = (
        _("Wait a few minutes, then try once more. What you sent last was not carried out."),
        _("If a code does not arrive, look into your spam folder before asking for another."),
    )
    return _help(request, HelpPage(429, _("Too many tries in a short time"), steps))


def server_error(_request: HttpRequest) -> HttpResponse:
    """500, made without the request: what failed may be the session or the database."""
    html = render_to_string("core/failure.html", {"static_url": settings.STATIC_URL})
    return HttpResponse(html, status=500)
