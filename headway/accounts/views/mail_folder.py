from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse

from headway.accounts.access import AuthorityRequest, requires
from headway.accounts.queries.mail_folder import letter, mail_folder_page
from headway.core.pages import render_page


def _folder() -> Path:
    """The folder, which no page shows in production: sign-in codes lie in it."""
    if settings.MODE == "production" or settings.MAIL_DELIVERY != "folder":
        raise Http404
    return Path(settings.MAIL_FOLDER)


@requires("accounts.mail_folder")
def mail_folder(request: AuthorityRequest) -> HttpResponse:
    """The mails that this installation wrote instead of sending."""
    return render_page(
        request, "accounts/mail_folder.html", mail_folder_page(_folder(), request.GET)
    )


@requires("accounts.mail_folder")
def mail_message(request: AuthorityRequest, name: str) -> HttpResponse:
    """One mail of the folder."""
    found = letter(_folder(), name)
    if found is None:
        raise Http404
    return render_page(request, "accounts/mail_message.html", found)
