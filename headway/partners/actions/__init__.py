"""Every write among the partners: one verb-first function per thing that can happen."""

from headway.partners.actions.agreement import write_agreement
from headway.partners.actions.contacts import finish_next_step, log_contact, revise_contact
from headway.partners.actions.corrections import (
    accept_correction,
    ask_correction,
    decline_correction,
)
from headway.partners.actions.partners import add_partner, move_partner, revise_partner
from headway.partners.actions.resources import (
    answer_need,
    make_offer,
    record_need,
    revise_need,
    revise_offer,
)

__all__ = [
    "accept_correction",
    "add_partner",
    "answer_need",
    "ask_correction",
    "decline_correction",
    "finish_next_step",
    "log_contact",
    "make_offer",
    "move_partner",
    "record_need",
    "revise_contact",
    "revise_need",
    "revise_offer",
    "revise_partner",
    "write_agreement",
]
