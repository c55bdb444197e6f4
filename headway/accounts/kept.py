"""What somebody typed when their sign-in had ended: kept an hour, for them and this browser alone.

The text lies in the signed-out session, closed under a key that only the browser holds and bound to
the account that was signed in. So nobody else opens it: neither whoever signs in next on the same
computer, nor whoever reads the database. It is shown again in its form and never sent by itself.
"""

import base64
import json
import secrets
from collections.abc import Mapping
from typing import Any, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from headway.accounts.models import User
from headway.core.typed import TypedBefore

ACCOUNT_COOKIE, KEY_COOKIE = "account-here", "kept-key"
ACCOUNT_DAYS, KEPT_SECONDS = 30, 3600
SALT = "headway.accounts.kept"
SEALED = "kept"
NONCE = 12
# All lengths look alike up to the next step, so that the length does not tell which form it was.
STEP, LONGEST = 16 * 1024, 1024 * 1024
UNSAID = frozenset({"csrfmiddlewaretoken"})


def send_to_sign_in(request: HttpRequest, *, keep: bool = True) -> HttpResponse:
    """Lead somebody to sign in and back, with what they typed kept until they are.

    What the browser asks for by itself while somebody types is refused instead: led elsewhere,
    it would put the sign-in page into their form.

    Args:
        request: what came, from nobody who is signed in.
        keep: whether to keep what was typed; not where the form is a press and nothing else.

    """
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    answer = redirect_to_login(request.get_full_path())
    account = _account_here(request)
    if keep and account and request.method == "POST":
        _keep(request, answer, account)
    return answer


def _account_here(request: HttpRequest) -> str:
    """The account that this browser was last signed in to, or nothing."""
    try:
        return str(signing.loads(request.COOKIES.get(ACCOUNT_COOKIE, ""), salt=SALT))
    except signing.BadSignature:
        return ""


def _keep(request: HttpRequest, answer: HttpResponse, account: str) -> None:
    sent = cast("Mapping[str, UploadedFile[Any]]", request.FILES)
    said = {
        "path": request.get_full_path(),
        "at": timezone.now().timestamp(),
        "typed": {name: texts for name, texts in request.POST.lists() if name not in UNSAID},
        "files": [each.name for each in sent.values()],
    }
    plain = json.dumps(said).encode()
    if len(plain) > LONGEST:
        messages.warning(request, _("Your sign-in had ended. The text was too long to be kept."))
        return
    key, nonce = secrets.token_bytes(32), secrets.token_bytes(NONCE)
    room = -(-len(plain) // STEP) * STEP
    sealed = nonce + AESGCM(key).encrypt(nonce, plain.ljust(room), account.encode())
    request.session[SEALED] = base64.b64encode(sealed).decode()
    _set_cookie(answer, KEY_COOKIE, base64.urlsafe_b64encode(key).decode(), KEPT_SECONDS)
    messages.info(
        request,
        _(
            "Your sign-in had ended. What you typed is kept for an hour: sign in again with the "
            "same account, and it stands in its form."
        ),
    )


def _set_cookie(answer: HttpResponseBase, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def typed_in(request: HttpRequest) -> QueryDict | None:
    """What was sent; what was typed before signing in again; None where neither is."""
    if request.method == "POST":
        return request.POST
    kept = _opened(request)
    if kept is None or kept["path"] != request.get_full_path():
        return None
    return _shown_again(request, kept)


def _shown_again(request: HttpRequest, kept: Mapping[str, Any]) -> TypedBefore:
    typed = TypedBefore(mutable=True)
    for name, texts in kept["typed"].items():
        typed.setlist(name, texts)
    if vars(request).setdefault("kept_is_told", False):
        return typed
    vars(request)["kept_is_told"] = True
    words = [_("Here is what you typed before your sign-in ended. Look through it and send it.")]
    if kept["files"]:
        files = ", ".join(f"“{name}”" for name in kept["files"])
        words.append(_("Choose the file again: %s. Files are not kept.") % files)
    messages.info(request, " ".join(words))
    return typed


def _opened(request: HttpRequest) -> dict[str, Any] | None:
    """What is kept for whoever is signed in, with this browser's key; None where nothing is."""
    key = request.COOKIES.get(KEY_COOKIE, "")
    if not key or not isinstance(request.user, User):
        return None
    try:
        sealed = base64.b64decode(request.session.get(SEALED, ""))
        opener = AESGCM(base64.urlsafe_b64decode(key))
        plain = opener.decrypt(sealed[:NONCE], sealed[NONCE:], str(request.user.pk).encode())
    except (InvalidTag, ValueError):
        return None
    found: dict[str, Any] = json.loads(plain)
    age = timezone.now().timestamp() - found["at"]
    return found if 0 <= age <= KEPT_SECONDS else None


def tidy(request: HttpRequest, answer: HttpResponseBase) -> None:
    """Note whose browser this is, and let go of what was sent or belongs to somebody else."""
    account = str(request.session.get(SESSION_KEY, ""))
    if not account or not isinstance(request.user, User):
        return
    shared = "public" in answer.get("Cache-Control", "")
    if _account_here(request) != account and not shared:
        signed = signing.dumps(account, salt=SALT)
        _set_cookie(answer, ACCOUNT_COOKIE, signed, ACCOUNT_DAYS * 24 * 3600)
    if KEY_COOKIE in request.COOKIES and _is_done(request, answer):
        request.session.pop(SEALED, None)
        answer.delete_cookie(KEY_COOKIE, samesite="Lax")


def _is_done(request: HttpRequest, answer: HttpResponseBase) -> bool:
    """Whether nothing is kept for this account any more, or it was sent and carried out."""
    kept = _opened(request)
    if kept is None:
        return True
    sent = request.method == "POST" and kept["path"] == request.get_full_path()
    return sent and answer.status_code == 302
