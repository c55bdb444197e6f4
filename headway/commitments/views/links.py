from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from headway.accounts.access import AuthorityRequest, public
from headway.accounts.limits import limited
from headway.accounts.links import LinkError
from headway.commitments.actions import answer_by_link
from headway.commitments.actions.links import OpenedLink, Said, open_answer_link
from headway.commitments.forms import LinkForm
from headway.commitments.models import Commitment
from headway.commitments.queries.links import answered_page, link_page, no_link_page
from headway.core.pages import render_page


@public("the link was mailed to whoever answers for the promise; a GET only shows it")
@limited("promise_links", per_minute=60)
def answer_link(request: AuthorityRequest, token: str, secret: str) -> HttpResponseBase:
    """Answer a promise by a link in a mail, without signing in."""
    try:
        return _answer(request, token, secret)
    except LinkError as refused:
        page = no_link_page(refused.message)
        return render(request, "accounts/link.html", {"page": page}, status=refused.status)


def _answer(request: AuthorityRequest, token: str, secret: str) -> HttpResponse:
    opened = open_answer_link(token=token, secret=secret, now=request.now)
    form = _form(request, opened)

    def act(said: dict[str, Any]) -> Commitment:
        return answer_by_link(token=token, secret=secret, now=request.now, said=Said(**said))

    if request.method == "POST" and form.carry_out(act):
        return _shown(request, "commitments/link.html", answered_page(form.result))
    page = link_page(opened.commitment, opened.answerer.name)
    return _shown(request, "commitments/link.html", page, form)


def _form(request: AuthorityRequest, opened: OpenedLink) -> LinkForm:
    confirming = opened.answerer.may_confirm and opened.commitment.is_open
    sent = request.POST if request.method == "POST" else None
    return LinkForm(sent, confirming=confirming)


def _shown(
    request: AuthorityRequest, template: str, page: object, form: LinkForm | None = None
) -> HttpResponse:
    """The page, with an address that no other page or store learns."""
    response = render_page(request, template, page, form)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response
