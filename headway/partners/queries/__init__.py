"""What the pages about the partners show, as frozen dataclasses."""

from headway.partners.queries.agreement import agreement_of, agreement_page, compare_page
from headway.partners.queries.contacts import contact_page, contacts_page, visible_contacts
from headway.partners.queries.correctable import parts_of, says_now
from headway.partners.queries.corrections import (
    correction_page,
    corrections_page,
    visible_corrections,
)
from headway.partners.queries.export import (
    CONTACT_HEADING,
    PARTNER_HEADING,
    contact_rows,
    partner_rows,
)
from headway.partners.queries.home import Asked, asked_of, partners_once_each, people_page
from headway.partners.queries.organisation import (
    my_organisation_page,
    own_organisations,
    partner_page,
)
from headway.partners.queries.resources import (
    need_page,
    offer_page,
    resources_page,
    visible_needs,
    visible_offers,
)
from headway.partners.queries.roster import visible_partners

__all__ = [
    "CONTACT_HEADING",
    "PARTNER_HEADING",
    "Asked",
    "agreement_of",
    "agreement_page",
    "asked_of",
    "compare_page",
    "contact_page",
    "contact_rows",
    "contacts_page",
    "correction_page",
    "corrections_page",
    "my_organisation_page",
    "need_page",
    "offer_page",
    "own_organisations",
    "partner_page",
    "partner_rows",
    "partners_once_each",
    "parts_of",
    "people_page",
    "resources_page",
    "says_now",
    "visible_contacts",
    "visible_corrections",
    "visible_needs",
    "visible_offers",
    "visible_partners",
]
