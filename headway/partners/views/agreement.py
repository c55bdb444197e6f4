from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from headway.core.pages import render_page
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import WritePage, page_of, posted, row_of, write
from headway.partners import actions, queries
from headway.partners.forms import AgreementForm
from headway.partners.models import WorkingAgreement
from headway.partners.views import texts


@requires("partners.view")
def agreement(request: MemberRequest) -> HttpResponse:
    """How we work."""
    found = queries.agreement_of(request.initiative, request.reader)
    page = queries.agreement_page(found, request.reader)
    return render_page(request, "partners/agreement.html", page)


@requires("partners.view")
def kept_agreement(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """How we work as one record kept it, also where it was withdrawn."""
    found = row_of(request, WorkingAgreement, record_id)
    page = queries.agreement_page(found, request.reader)
    return render_page(request, "partners/agreement.html", page)


@requires("partners.view_versions")
def compare(request: MemberRequest) -> HttpResponseBase:
    """Two versions of one section."""
    found = queries.agreement_of(request.initiative, request.reader)
    if found is None:
        return redirect(page_of(request, "partners:agreement"))
    page = queries.compare_page(found, request.reader, request.GET)
    return render_page(request, "partners/compare.html", page)


@requires("partners.write_agreement")
def edit(request: MemberRequest) -> HttpResponseBase:
    """Write how we work, or a new version of it."""
    found = queries.agreement_of(request.initiative, request.reader)
    sections = WorkingAgreement.HEADINGS
    shown: dict[str, object] = {name: getattr(found, name, "") for name in sections}
    if found is None:
        shown["seen"] = 0
    back = page_of(request, "partners:agreement")
    return write(
        request,
        form=AgreementForm(posted(request), initial=shown),
        act=lambda said: actions.write_agreement(
            by=request.actor, initiative=request.initiative, **said
        ),
        page=WritePage(texts.EDIT_AGREEMENT, texts.AGREEMENT_LEAD, back_href=back),
        to=lambda _row: back,
        row=found,
    )
