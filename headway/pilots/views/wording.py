"""What every form of a review does besides: it looks at the wording once, and never refuses."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase

from headway.initiatives.access import MemberRequest
from headway.initiatives.models import StageModel
from headway.initiatives.pages.write import WritePage, write
from headway.pilots.forms.wording import WordedForm
from headway.pilots.queries.review import language_notice, names_known


def wording_of(request: MemberRequest) -> dict[str, Any]:
    """What a form needs to look at the wording: the people's names, and the language."""
    return {"names": names_known(request.initiative), "language": request.initiative.language}


def write_worded(
    request: MemberRequest,
    *,
    form: WordedForm,
    act: Callable[[dict[str, Any]], Any],
    title: str,
    to: Callable[[Any], str],
    back_href: str,
    lead: str = "",
    button: str = "",
    kicker: str = "",
    row: StageModel | None = None,
) -> HttpResponseBase:
    """Carry the form out, or show first which phrases one may want to put as a question."""
    notice = language_notice(request.initiative.language)
    page = WritePage(
        title,
        lead=f"{lead} {notice}".strip(),
        button=button,
        kicker=kicker,
        back_href=back_href,
    )
    template = "pilots/worded.html"
    answer = write(request, form=form, act=act, page=page, to=to, row=row, template=template)
    if form.heard and answer.status_code == 200:
        answer.status_code = 422
    return answer
