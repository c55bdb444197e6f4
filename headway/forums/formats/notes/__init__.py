"""Plain-text notes of a meeting as lines with kind, owner and date, each sure or visibly not."""

from headway.forums.formats.notes.reading import read
from headway.forums.formats.notes.records import (
    KINDS,
    Guess,
    Kind,
    KnownOrganisation,
    KnownPerson,
    KnownPost,
    Meeting,
    NoteLine,
    Owner,
    Roster,
)
from headway.forums.formats.notes.writing import write

__all__ = [
    "KINDS",
    "Guess",
    "Kind",
    "KnownOrganisation",
    "KnownPerson",
    "KnownPost",
    "Meeting",
    "NoteLine",
    "Owner",
    "Roster",
    "read",
    "write",
]
