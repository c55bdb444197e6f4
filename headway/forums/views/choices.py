"""Taking part in a conversation: what these views answer depends on no role, only on who may vote.

They write no session and no form mark: nothing that names an account is written beside a vote.
A statement typed when the sign-in had ended is kept as in every form, where only its browser reads.
"""

import secrets
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.accounts.access import AuthorityRequest, public
from headway.accounts.actor import Actor
from headway.accounts.kept import send_to_sign_in
from headway.accounts.limits import limited
from headway.accounts.models import User
from headway.core.errors import RuleError
from headway.core.forms import PageForm
from headway.core.pages import render_page
from headway.forums import actions
from headway.forums.forms.choices import ChoiceForm, CodeForm, SayForm, SectorForm
from headway.forums.models import Choice, Conversation, Participant
from headway.forums.queries.results import results_page
from headway.forums.queries.resuming import (
    account_holder,
    browser_holder,
    code_holder,
    is_code,
    plain_code,
    resume_digest,
)
from headway.forums.queries.taking_part import (
    like_statements,
    statement_asked,
    take_part_page,
)
from headway.initiatives.access import membership_of
from headway.initiatives.pages.write import WritePage, posted
from headway.initiatives.queries.similar import Alike

WHY = "who may vote is the conversation's own rule: members, holders of a code, or anyone"
DAYS_KEPT = 120
LATER = "Sign in to take part."


@dataclass(frozen=True)
class Entry:
    """How somebody comes in: known again by a digest, or not known yet."""

    conversation: Conversation
    resume: str = ""
    channel: str = Participant.Channel.WEB
    cookie: str = ""
    asks_code: bool = False


class MustSignInError(Exception):
    """Only members vote here, and this is nobody yet."""


def _cookie_name(conversation: Conversation) -> str:
    return f"part-{conversation.pk.hex}"


def _conversation(request: AuthorityRequest, conversation_id: UUID) -> Conversation:
    rows = Conversation.objects.live().exclude(state=Conversation.State.DRAFT)
    rows = rows.select_related("record__initiative", "forum__record__initiative")
    found = rows.filter(record__initiative__authority=request.authority, pk=conversation_id).first()
    if found is None:
        raise Http404
    return found


def _enter(request: AuthorityRequest, conversation_id: UUID) -> Entry:
    """Find out who this is to the conversation, and no more."""
    conversation = _conversation(request, conversation_id)
    kept = request.COOKIES.get(_cookie_name(conversation), "")
    if conversation.open_to == Conversation.OpenTo.CODES:
        return _by_code(conversation, kept)
    user = request.user if isinstance(cast("object", request.user), User) else None
    if conversation.open_to == Conversation.OpenTo.MEMBERS:
        _must_be_member(user, conversation)
    if user is not None:
        return Entry(conversation, _digest(conversation, account_holder(user.pk)))
    resume = _digest(conversation, browser_holder(kept)) if kept else ""
    return Entry(conversation, resume, cookie=kept)


def _must_be_member(user: User | None, conversation: Conversation) -> None:
    if user is None:
        raise MustSignInError(LATER)
    if membership_of(user, conversation.record.initiative) is None:
        raise Http404


def _by_code(conversation: Conversation, code: str) -> Entry:
    if not code or not is_code(conversation, code):
        return Entry(conversation, asks_code=True, channel=Participant.Channel.LINK)
    resume = _digest(conversation, code_holder(code))
    return Entry(conversation, resume, Participant.Channel.LINK, cookie=code)


def _digest(conversation: Conversation, holder: str) -> str:
    """The digest, or nothing where the key is gone and nobody is known again."""
    try:
        return resume_digest(conversation, holder)
    except RuleError:
        return ""


def _known(entry: Entry) -> Entry:
    """Whoever votes without an account is given a random secret, which stays in their browser."""
    if entry.resume or entry.asks_code:
        return entry
    secret = secrets.token_urlsafe(24)
    digest = _digest(entry.conversation, browser_holder(secret))
    return replace(entry, resume=digest, cookie=secret)


def _answered(entry: Entry, response: HttpResponse) -> HttpResponse:
    """The answer, which no store keeps, with the secret by which this browser goes on."""
    response["Cache-Control"] = "no-store"
    if entry.cookie:
        response.set_cookie(
            _cookie_name(entry.conversation),
            entry.cookie,
            max_age=DAYS_KEPT * 24 * 3600,
            path=reverse("forums:take_part", args=[entry.conversation.pk]),
            secure=bool(settings.SESSION_COOKIE_SECURE),
            httponly=True,
            samesite="Lax",
        )
    return response


def _nobody(request: AuthorityRequest) -> Actor:
    """Whoever votes: an instant, and nothing else."""
    return Actor(kind="participant", at=request.now)


@public(WHY)
def take_part(request: AuthorityRequest, conversation_id: UUID) -> HttpResponseBase:
    """Vote on one statement, then on the next."""
    try:
        entry = _enter(request, conversation_id)
    except MustSignInError:
        return send_to_sign_in(request, keep=False)
    if request.method == "POST" and not entry.asks_code:
        return _vote(request, _known(entry))
    return _shown(request, entry, CodeForm() if entry.asks_code else None)


def _shown(
    request: AuthorityRequest, entry: Entry, form: PageForm | None, again: str = ""
) -> HttpResponse:
    page = take_part_page(
        entry.conversation,
        request.now,
        resume=entry.resume,
        asks_code=entry.asks_code,
        again=again or request.GET.get("statement", ""),
        said=bool(request.GET.get("said")),
    )
    arrived = page.arrived or page.closed
    if page.asked is None and page.results_href and not arrived and form is None:
        return _answered(entry, redirect(page.results_href))
    return _answered(entry, render_page(request, "forums/take_part.html", page, form))


def _vote(request: AuthorityRequest, entry: Entry) -> HttpResponse:
    form = ChoiceForm(request.POST)

    def act(said: dict[str, Any]) -> Choice:
        asked = statement_asked(entry.conversation, said["statement"])
        if asked is None:
            raise RuleError(_("This statement is no longer up for a vote. Go on with the next."))
        return actions.choose(
            by=_nobody(request),
            conversation=entry.conversation,
            resume=entry.resume,
            statement=asked,
            choice=said["choice"],
            channel=entry.channel,
            wording=said["wording"],
        )

    if form.carry_out(act):
        return _answered(entry, redirect(_home(entry)))
    return _shown(request, entry, form, again=request.POST.get("statement", ""))


def _home(entry: Entry) -> str:
    return reverse("forums:take_part", args=[entry.conversation.pk])


@public(WHY)
@limited("conversation_codes", per_minute=20)
def enter_code(request: AuthorityRequest, conversation_id: UUID) -> HttpResponseBase:
    """Come in with an invitation code."""
    conversation = _conversation(request, conversation_id)
    if conversation.open_to != Conversation.OpenTo.CODES:
        raise Http404
    form = CodeForm(posted(request))

    def act(said: dict[str, Any]) -> str:
        if not is_code(conversation, said["code"]):
            raise RuleError(
                _("No such code opens this conversation. Look at its letters again."), "code"
            )
        return plain_code(said["code"])

    entry = Entry(conversation, asks_code=True)
    if request.method == "POST" and form.carry_out(act):
        return _answered(replace(entry, cookie=form.result), redirect(_home(entry)))
    return _shown(request, entry, form)


@public(WHY)
def tell_sector(request: AuthorityRequest, conversation_id: UUID) -> HttpResponseBase:
    """Say from which part of the community one comes."""
    return _step(
        request,
        conversation_id,
        SectorForm(posted(request)),
        lambda entry, said: actions.tell_sector(
            by=_nobody(request),
            conversation=entry.conversation,
            resume=entry.resume,
            channel=entry.channel,
            **said,
        ),
        WritePage(_("About you"), lead=_("You may leave this out.")),
    )


@public(WHY)
def say(request: AuthorityRequest, conversation_id: UUID) -> HttpResponseBase:
    """Add a statement of one's own."""

    def act(entry: Entry, said: dict[str, Any]) -> None:
        actions.say_something(
            by=_nobody(request), conversation=entry.conversation, resume=entry.resume, **said
        )

    page = WritePage(_("Add a statement"), button=_("Add it"))
    return _step(request, conversation_id, SayForm(posted(request)), act, page)


def _step(
    request: AuthorityRequest, conversation_id: UUID, form: PageForm, act: Any, page: WritePage
) -> HttpResponseBase:
    """A form beside the vote; what resembles a statement that stands is asked about first."""
    try:
        entry = _enter(request, conversation_id)
    except MustSignInError:
        return send_to_sign_in(request)
    if entry.asks_code:
        return redirect(_home(entry))
    entry = _known(entry) if request.method == "POST" else entry
    page = replace(page, kicker=entry.conversation.record.title, back_href=_home(entry))
    alike = _alike(request, entry, form)
    if alike:
        page = replace(page, asks_alike=True, alike=alike)
        return _answered(entry, _written(request, page, form, 422))
    if request.method == "POST" and form.carry_out(lambda said: act(entry, said)):
        said = "?said=1" if isinstance(form, SayForm) else ""
        return _answered(entry, redirect(_home(entry) + said))
    return _answered(entry, _written(request, page, form))


def _written(
    request: AuthorityRequest, page: WritePage, form: PageForm, status: int | None = None
) -> HttpResponse:
    return render_page(request, "forums/beside_vote.html", page, form, status)


def _alike(request: AuthorityRequest, entry: Entry, form: PageForm) -> tuple[Alike, ...]:
    """Statements that say almost the same, unless somebody has seen them."""
    asks = request.method == "POST" and isinstance(form, SayForm) and "another" not in request.POST
    if not asks or not form.is_valid():
        return ()
    found = like_statements(entry.conversation, form.cleaned_data["text"])
    return tuple(Alike(text, "", _home(entry)) for text in found)


@public(WHY)
def your_results(request: AuthorityRequest, conversation_id: UUID) -> HttpResponseBase:
    """What all chose, with one's own votes beside, after the last vote or after the close."""
    try:
        entry = _enter(request, conversation_id)
    except MustSignInError:
        return send_to_sign_in(request)
    page = take_part_page(
        entry.conversation, request.now, resume=entry.resume, asks_code=entry.asks_code
    )
    if not page.results_href or entry.asks_code:
        # The page says what has to be done first: vote, or type in the code.
        return redirect(_home(entry))
    back = (_home(entry), "" if page.closed else _("Look at your votes again"))
    shown = results_page(entry.conversation, request.GET, resume=entry.resume, back=back)
    return _answered(entry, render_page(request, "forums/your_results.html", shown))
