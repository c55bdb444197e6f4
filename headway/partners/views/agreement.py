from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from headway.core.pages import render_page
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.actions import versions_of
from headway.partners import actions, queries
from headway.partners.forms import AgreementForm
from headway.partners.models import WorkingAgreement
from headway.partners.views import texts
from headway.partners.views.gate import EditPage, newest, sent


def _address(request: MemberRequest, name: str) -> str:
    return reverse(f"partners:{name}", args=[request.initiative.slug])


@requires("partners.view")
def agreement(request: MemberRequest) -> HttpResponse:
    """How we work."""
    found = queries.agreement_of(request.initiative, request.reader)
    page = queries.agreement_page(found, request.reader)
    return render_page(request, "partners/agreement.html", page)


@requires("partners.view")
def kept_agreement(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """How we work as one record kept it, also where it was withdrawn."""
    rows = WorkingAgreement.objects.in_initiative(request.initiative)
    seen = rows.visible_to(request.reader.readers).select_related("record")
    page = queries.agreement_page(get_object_or_404(seen, pk=record_id), request.reader)
    return render_page(request, "partners/agreement.html", page)


@requires("partners.view_versions")
def compare(request: MemberRequest) -> HttpResponseBase:
    """Two versions of one section."""
    found = queries.agreement_of(request.initiative, request.reader)
    if found is None:
        return redirect(_address(request, "agreement"))
    page = queries.compare_page(found, request.reader, request.GET)
    return render_page(request, "partners/compare.html", page)


@requires("partners.write_agreement")
def edit(request: MemberRequest) -> HttpResponseBase:
    """Write how we work, or a new version of it."""
    found = queries.agreement_of(request.initiative, request.reader)
    sections = WorkingAgreement.HEADINGS
    shown: dict[str, object] = {name: getattr(found, name, "") for name in sections}
    shown["seen"] = versions_of(found.record) if found else 0
    form = AgreementForm(sent(request), initial=shown)
    if form.carry_out(
        lambda said: actions.write_agreement(
            by=request.actor, initiative=request.initiative, **said
        )
    ):
        return redirect(_address(request, "agreement"))
    page = EditPage(
        texts.EDIT_AGREEMENT,
        texts.AGREEMENT_LEAD,
        back_href=_address(request, "agreement"),
        newest=newest(form, found, sections) if found else (),
    )
    return render_page(request, "partners/form.html", page, form)
