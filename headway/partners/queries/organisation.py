"""What one organisation is to the initiative: its people, offers, needs, contacts, record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.core.marks import Source, Tab, Term
from headway.core.tables import Mark, SectorCell, TablePage
from headway.directory.models import Membership, Organisation
from headway.initiatives.models import Initiative, Mandate, Member
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.queries import RecordPanel, record_panel
from headway.initiatives.queries.panel import as_source
from headway.initiatives.reader import Reader
from headway.partners.models import Correction, Partner
from headway.partners.queries.addresses import people_tabs
from headway.partners.queries.contacts import contact_records, log_table
from headway.partners.queries.corrections import CorrectionLine, correction_lines
from headway.partners.queries.home import sector_cell, state_of
from headway.partners.queries.named import named_table
from headway.partners.queries.resources import (
    need_table,
    offer_table,
    visible_needs,
    visible_offers,
)

LATEST = 8


@dataclass(frozen=True)
class PersonLine:
    """Somebody who belongs to the organisation; never with an address."""

    name: str
    role: str
    past: bool


@dataclass(frozen=True)
class SpeakerLine:
    """Somebody who may speak for the organisation here, in what, and who said so."""

    name: str
    scope: Message
    given_by: str
    until: date | None


@dataclass(frozen=True)
class AboutOrganisation:
    """What stands about an organisation, the same on its page and on its own members' page."""

    ours: bool
    people: tuple[PersonLine, ...]
    members: tuple[str, ...]
    speakers: tuple[SpeakerLine, ...]
    shows_members: bool
    offers: TablePage
    needs: TablePage
    contacts: TablePage | None
    recorded: TablePage
    offer_href: str
    need_href: str
    contact_href: str
    contacts_href: str


@dataclass(frozen=True)
class PartnerPage:
    """One partner."""

    title: str
    sector: SectorCell | None
    state: Mark
    role: str
    terms: tuple[Term, ...]
    source: Source | None
    about: AboutOrganisation
    panel: RecordPanel
    edit_href: str
    move_href: str
    move_label: str


@dataclass(frozen=True)
class Choice:
    """One of several organisations that a member may act for."""

    name: str
    href: str
    current: bool


@dataclass(frozen=True)
class MyOrganisationPage:
    """What is recorded about the reader's own organisation, and how to put it right."""

    title: str
    tabs: tuple[Tab, ...]
    name: str
    choices: tuple[Choice, ...]
    sector: SectorCell | None
    role: str
    partner_href: str
    about: AboutOrganisation | None
    corrections: tuple[CorrectionLine, ...]
    directory_href: str
    role_href: str


def _people(organisation: Organisation, today: date) -> tuple[PersonLine, ...]:
    same = Organisation.objects.counted_as(organisation)
    rows = Membership.objects.live().filter(organisation__in=same)
    lines = [
        PersonLine(
            name=row.person.canonical.name,
            role=row.label or (row.post.label if row.post else "") or row.role,
            past=row.ended(today),
        )
        for row in rows.select_related("person__merged_into", "post")
    ]
    return tuple(sorted(set(lines), key=lambda line: (line.past, line.name.casefold())))


def _members(initiative: Initiative, same: Iterable[object]) -> tuple[str, ...]:
    found = Member.objects.in_initiative(initiative).filter(left_at__isnull=True)
    rows = found.filter(organisation__in=same).order_by("name")
    return tuple(rows.values_list("name", flat=True))


def _speakers(
    initiative: Initiative, same: Iterable[object], today: date
) -> tuple[SpeakerLine, ...]:
    rows = Mandate.objects.filter(organisation__in=same, member__initiative=initiative)
    return tuple(
        SpeakerLine(
            row.member.name,
            row.get_scope_display(),
            row.given_by,
            row.ends_on,
        )
        for row in rows.holding(today).select_related("member").order_by("member__name")
    )


def _own(partner: Partner | None, reader: Reader, name: str, *, own: bool) -> str:
    return f"{address(reader, name)}?partner={partner.pk}" if partner and own else ""


def about_organisation(
    initiative: Initiative,
    organisation: Organisation,
    reader: Reader,
    params: QueryDict,
    *,
    partner: Partner | None,
    own: bool,
    ours: bool = False,
) -> AboutOrganisation:
    """Gather what stands about an organisation.

    `partner` is its row in the initiative, None where it takes no part or was withdrawn;
    `own` opens what its members may add; `ours` is their own page, where they ask for corrections.
    """
    same = list(Organisation.objects.counted_as(organisation).values_list("pk", flat=True))
    rows = Partner.of_initiative(initiative).filter(organisation__in=same)
    sees_members = reader.may("initiatives.view_members")
    sees_contacts = reader.may("partners.contacts")
    offers = visible_offers(initiative, reader).filter(partner__in=rows)
    needs = visible_needs(initiative, reader).filter(partner__in=rows)
    records = contact_records(initiative, reader, organisation=organisation)
    contact = if_may(reader, "partners.log_contact", "partners:log_contact")
    ask = if_may(reader, "partners.ask_correction", "partners:ask_correction") if ours else ""
    asked = f"{ask}?organisation={organisation.pk}" if ask else ""
    log = (
        f"{address(reader, 'partners:contacts')}?partner={partner.pk}"
        if partner and sees_contacts
        else ""
    )
    return AboutOrganisation(
        ours=ours,
        people=_people(organisation, reader.today) if sees_members else (),
        members=_members(initiative, same) if sees_members else (),
        speakers=_speakers(initiative, same, reader.today) if sees_members else (),
        shows_members=sees_members,
        offers=offer_table(offers, reader, params, whose=False),
        needs=need_table(needs, reader, params, whose=False),
        contacts=log_table(records, reader, params, size=LATEST) if sees_contacts else None,
        recorded=named_table(initiative, same, reader, params, ask=asked),
        offer_href=_own(partner, reader, "partners:add_offer", own=own),
        need_href=_own(partner, reader, "partners:add_need", own=own),
        contact_href=f"{contact}?partner={partner.pk}" if partner and contact else "",
        contacts_href=log,
    )


def _terms(partner: Partner, reader: Reader) -> tuple[Term, ...]:
    group = partner.represents
    shown = group if group and group.record.visibility in reader.readers else None
    since = partner.record.when
    terms = [Term(_("Takes part since"), str(since))] if since else []
    if shown is not None:
        terms.append(Term(_("Speaks for"), shown.record.title))
    website = partner.organisation.canonical.website
    if website:
        terms.append(Term(_("Website"), website, website))
    return tuple(terms)


def partner_page(partner: Partner, reader: Reader, params: QueryDict, *, own: bool) -> PartnerPage:
    """One partner; `own` says whether the reader acts for it."""
    organisation = partner.organisation.canonical
    record = partner.record
    edits = reader.may("partners.write") and not record.withdrawn
    sector = sector_cell(organisation)
    return PartnerPage(
        title=organisation.name,
        sector=sector if isinstance(sector, SectorCell) else None,
        state=state_of(partner),
        role=partner.role_as_said,
        terms=_terms(partner, reader),
        source=as_source(record),
        about=about_organisation(
            record.initiative,
            organisation,
            reader,
            params,
            partner=None if record.withdrawn else partner,
            own=own,
        ),
        panel=record_panel(record=record, reader=reader),
        edit_href=address(reader, "partners:edit", partner.pk) if edits else "",
        move_href=address(reader, "partners:move", partner.pk) if edits else "",
        move_label=_("Note the answer")
        if partner.state == Partner.State.INVITED
        else _("Note a change"),
    )


def own_organisations(initiative: Initiative, reader: Reader) -> tuple[Organisation, ...]:
    """The organisations that the reader came for or may speak for, the first one their own."""
    mandates = Mandate.objects.filter(member=reader.member_id, member__initiative=initiative)
    spoken_for = mandates.holding(reader.today).values_list("organisation", flat=True)
    keys = {*spoken_for, *filter(None, [reader.organisation_id])}
    rows = Organisation.objects.filter(pk__in=keys).select_related("merged_into").order_by("name")
    found = {row.canonical_pk: row.canonical for row in rows}
    return tuple(found.values())


def my_organisation_page(
    initiative: Initiative,
    reader: Reader,
    params: QueryDict,
    mine: tuple[Organisation, ...],
) -> MyOrganisationPage:
    """What is recorded about one of the reader's organisations."""
    chosen = params.get("organisation", "")
    own = next((each for each in mine if str(each.pk) == chosen), mine[0] if mine else None)
    here = address(reader, "partners:mine")
    ask = if_may(reader, "partners.ask_correction", "partners:ask_correction") if own else ""
    partner = Partner.of_initiative(initiative).of(own).first() if own else None
    sector = sector_cell(own) if own else ""
    return MyOrganisationPage(
        title=_("My organization"),
        tabs=people_tabs(reader, "mine"),
        name=own.name if own else "",
        choices=tuple(
            Choice(each.name, f"{here}?organisation={each.pk}", each is own)
            for each in mine
            if len(mine) > 1
        ),
        sector=sector if isinstance(sector, SectorCell) else None,
        role=partner.role_as_said if partner else "",
        partner_href=address(reader, "partners:partner", partner.pk) if partner else "",
        about=about_organisation(
            initiative, own, reader, params, partner=partner, own=True, ours=True
        )
        if own
        else None,
        corrections=_corrections(initiative, own, reader) if own else (),
        directory_href=f"{ask}?organisation={own.pk}" if own and ask else "",
        role_href=(
            f"{ask}?organisation={own.pk}&about={partner.pk}" if own and ask and partner else ""
        ),
    )


def _corrections(
    initiative: Initiative, own: Organisation, reader: Reader
) -> tuple[CorrectionLine, ...]:
    found = Correction.objects.in_initiative(initiative).live().visible_to(reader.readers).of(own)
    return correction_lines(found, reader)
