"""Evidence for the diagnosis out of dated rows, as of any day and as known at any instant."""

from headway.diagnosis.queries.evidence.building import Told, tell

__all__ = ["Told", "tell"]
