"""Every write of the records office: holds stand above all of them."""

from headway.exchange.actions.export import note_export
from headway.exchange.actions.expunge import expunge_record
from headway.exchange.actions.ledger import complete_ledger
from headway.exchange.actions.person import erase_person
from headway.exchange.actions.redact import redact
from headway.exchange.actions.replay import replay_expunges
from headway.exchange.actions.retention import destroy_due

__all__ = [
    "complete_ledger",
    "destroy_due",
    "erase_person",
    "expunge_record",
    "note_export",
    "redact",
    "replay_expunges",
]
