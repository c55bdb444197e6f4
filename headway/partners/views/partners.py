from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.directory.models import Organisation
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import WritePage, page_of, posted, revise, row_of, write
from headway.partners import actions, queries
from headway.partners.actions.partners import FOLLOWS
from headway.partners.forms import EditPartnerForm, MoveForm, PartnerForm
from headway.partners.models import Partner
from headway.partners.views import texts
from headway.partners.views.gate import acts_for, as_key
from headway.problems.models import AffectedGroup


def find_partner(request: MemberRequest, record_id: UUID) -> Partner:
    """A partner of this initiative that the person may see, or 404."""
    return row_of(request, Partner, record_id, "organisation__merged_into", "represents__record")


def _groups(request: MemberRequest) -> QuerySet[AffectedGroup]:
    rows = AffectedGroup.objects.in_initiative(request.initiative).live()
    found = rows.visible_to(request.reader.readers)
    return found.select_related("record").order_by("record__title")


@requires("partners.view")
def home(request: MemberRequest) -> HttpResponse:
    """The partners and who is missing."""
    page = queries.people_page(request.initiative, request.reader, request.GET)
    return render_page(request, "partners/home.html", page)


@requires("partners.export")
def export(request: MemberRequest) -> StreamingHttpResponse:
    """The partners as a file."""
    asked = queries.asked_of(request.GET)
    rows = queries.partner_rows(request.initiative, request.reader, asked)
    return csv_download(
        f"{request.initiative.title} partners", write_rows(queries.PARTNER_HEADING, rows)
    )


@requires("partners.view")
def partner(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One partner."""
    found = find_partner(request, record_id)
    own = request.may("partners.own") and acts_for(request, found.organisation)
    page = queries.partner_page(found, request.reader, request.GET, own=own)
    return render_page(request, "partners/partner.html", page)


@requires("partners.view_own")
def mine(request: MemberRequest) -> HttpResponse:
    """What is recorded about the reader's own organisation."""
    own = queries.own_organisations(request.initiative, request.reader)
    page = queries.my_organisation_page(request.initiative, request.reader, request.GET, own)
    return render_page(request, "partners/mine.html", page)


def _not_yet_partners(request: MemberRequest) -> QuerySet[Organisation]:
    taken = Partner.objects.in_initiative(request.initiative).live().values("organisation")
    known = Organisation.objects.in_authority(request.authority).live().canonical()
    free = known.exclude(pk__in=taken).order_by("name")
    sector = request.GET.get("sector", "")
    narrowed = free.in_sector(sector)
    return narrowed if sector in Organisation.Sector.values and narrowed.exists() else free


@requires("partners.write")
def add(request: MemberRequest) -> HttpResponseBase:
    """Add or invite a partner."""
    asked = {name: as_key(request.GET.get(name, "")) for name in ("organisation", "represents")}
    form = PartnerForm(
        posted(request),
        initial={name: key for name, key in asked.items() if key},
        organisations=_not_yet_partners(request),
        groups=_groups(request),
    )
    back = page_of(request, "partners:home")
    return write(
        request,
        form=form,
        act=lambda said: actions.add_partner(
            by=request.actor, initiative=request.initiative, **said
        ),
        page=WritePage(texts.ADD_PARTNER, texts.ADD_PARTNER_LEAD, back_href=back),
        to=lambda row: page_of(request, "partners:partner", row.pk),
    )


@requires("partners.write")
def edit(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Change what a partner does here."""
    found = find_partner(request, record_id)
    shown = {
        "role_as_said": found.role_as_said,
        "represents": found.represents_id,
        "when": found.record.when,
    }
    return revise(
        request,
        row=found,
        form=EditPartnerForm(posted(request), initial=shown, groups=_groups(request)),
        act=lambda said: actions.revise_partner(by=request.actor, partner=found, **said),
        title=texts.EDIT_PARTNER,
    )


@requires("partners.write")
def move(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Note what became of an invitation, or that a partner left."""
    found = find_partner(request, record_id)
    states = [choice for choice in Partner.State.choices if choice[0] in FOLLOWS[found.state]]
    back = page_of(request, "partners:partner", found.pk)
    return write(
        request,
        form=MoveForm(posted(request), states=states),
        act=lambda said: actions.move_partner(by=request.actor, partner=found, **said),
        page=WritePage(texts.MOVE_PARTNER, texts.MOVE_LEAD, kicker=str(found), back_href=back),
        to=lambda _done: back,
    )
