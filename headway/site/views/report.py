from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language

from headway.arenas.models import Ask
from headway.core.pages import render_page
from headway.diagnosis.forms import ViewForm
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import row_of
from headway.site.formats import paper_pdf
from headway.site.formats.paper import Paper
from headway.site.queries.brief import brief_page, brief_paper
from headway.site.queries.report import report_page, report_paper


@requires("site.report")
def report(request: MemberRequest) -> HttpResponse:
    """The story of an initiative in numbers and words."""
    asked = ViewForm(request.GET, request.today)
    page = report_page(request.initiative, request.reader, asked.asked()["as_of"])
    return render_page(request, "site/report.html", page, asked)


@requires("site.report")
def report_pdf(request: MemberRequest) -> HttpResponse:
    """The same to print or send."""
    page = report_page(request.initiative, request.reader)
    return _pdf(report_paper(page, _language(), _site(request)))


@requires("site.brief")
def brief(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """What a decision body needs to know about one request, on one page."""
    page = brief_page(_ask(request, record_id), request.reader)
    return render_page(request, "site/brief.html", page)


@requires("site.brief")
def brief_pdf(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """The same to print or hand out."""
    page = brief_page(_ask(request, record_id), request.reader)
    return _pdf(brief_paper(page, _language(), _site(request)))


def _ask(request: MemberRequest, record_id: UUID) -> Ask:
    return row_of(
        request, Ask, record_id, "arena__organisation__merged_into", "solution__record__source"
    )


def _language() -> str:
    return get_language() or "en"


def _site(request: HttpRequest) -> str:
    """What stands before every address on paper."""
    return request.build_absolute_uri("/").rstrip("/")


def _pdf(paper: Paper) -> HttpResponse:
    response = HttpResponse(paper_pdf.write(paper), content_type="application/pdf")
    stem = slugify(f"{paper.kicker} {paper.title}")[:80]
    response["Content-Disposition"] = f'attachment; filename="{stem}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
