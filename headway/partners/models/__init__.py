from headway.partners.models.agreement import WorkingAgreement
from headway.partners.models.contact import Contact, ContactOrganisation
from headway.partners.models.correction import Correction
from headway.partners.models.partner import Partner, PartnerQuerySet
from headway.partners.models.resource import Need, Offer, ResourceKind

__all__ = [
    "Contact",
    "ContactOrganisation",
    "Correction",
    "Need",
    "Offer",
    "Partner",
    "PartnerQuerySet",
    "ResourceKind",
    "WorkingAgreement",
]
