from collections.abc import Mapping
from urllib.parse import urlsplit

from django.http import HttpResponse, JsonResponse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from headway.accounts.access import Cell
from headway.core.dates import weekday_words
from headway.core.pages import render_page
from headway.initiatives.access import MemberRequest, requires
from headway.site.formats.hand_over import as_pdf
from headway.site.permissions import REGISTRAR_ALONE
from headway.site.queries.handover import hand_over_page, is_led
from headway.site.queries.handover.values import Paper, as_data

REGISTRAR: Cell = "registrar@authority"


def registrar_alone(request: MemberRequest, _at: Mapping[str, object]) -> frozenset[Cell]:
    """What a registrar may in addition where nobody leads: read the pack as a member would."""
    if REGISTRAR not in request.cells or is_led(request.initiative, request.today):
        return frozenset()
    return frozenset({REGISTRAR_ALONE, "observer@initiative"})


@requires("site.hand_over", registrar_alone)
def hand_over(request: MemberRequest) -> HttpResponse:
    """What whoever goes on needs to know."""
    page = hand_over_page(request.initiative, request.reader)
    return render_page(request, "site/hand_over.html", page)


@requires("site.hand_over", registrar_alone)
def hand_over_json(request: MemberRequest) -> HttpResponse:
    """The pack for a program."""
    page = hand_over_page(request.initiative, request.reader)
    answer = JsonResponse(as_data(page, _paper(request)), json_dumps_params={"ensure_ascii": False})
    return _to_save(answer, request, "json")


@requires("site.hand_over", registrar_alone)
def hand_over_pdf(request: MemberRequest) -> HttpResponse:
    """The pack as it is printed, tagged for screen readers."""
    page = hand_over_page(request.initiative, request.reader)
    content = as_pdf(as_data(page, _paper(request)))
    return _to_save(HttpResponse(content, content_type="application/pdf"), request, "pdf")


def _paper(request: MemberRequest) -> Paper:
    initiative = request.initiative
    whole = urlsplit(request.build_absolute_uri(initiative.get_absolute_url()))
    said = {"initiative": initiative.title, "day": weekday_words(request.today)}
    return Paper(
        initiative=initiative.title,
        label=initiative.label,
        language=get_language() or "en",
        footer=_("%(initiative)s, as recorded on %(day)s") % said,
        root=f"{whole.scheme}://{whole.netloc}",
    )


def _to_save(answer: HttpResponse, request: MemberRequest, ending: str) -> HttpResponse:
    name = slugify(_("%s hand over") % request.initiative.title)[:80] or "hand-over"
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    answer["Cache-Control"] = "no-store"
    return answer
