"""What the directory's files hold, as small frozen values with dates as they were said."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from headway.directory.formats.problem import Problem

SECTORS = (
    "government",
    "business",
    "nonprofit",
    "philanthropy",
    "faith",
    "education_research",
    "health",
    "residents",
    "cross_sector",
)
KINDS = ("organisation", "department", "arena", "body", "network")

LONGEST_ORGANISATION = {
    "id": 120,
    "name": 250,
    "kind": 60,
    "sector": 60,
    "identifiers": 2_000,
    "other_names": 5_000,
    "parent": 250,
    "parent_id": 120,
    "area": 250,
    "area_id": 120,
    "founded": 60,
    "dissolved": 60,
    "website": 500,
    "description": 5_000,
    "source": 1_500,
    "source_url": 1_000,
}
LONGEST_PERSON = {
    "id": 120,
    "name": 250,
    "email": 250,
    "other_names": 5_000,
    "organization": 250,
    "organization_id": 120,
    "post": 250,
    "role": 250,
    "starts": 60,
    "ends": 60,
    "source": 1_500,
    "source_url": 1_000,
}
RecordT = TypeVar("RecordT", bound="OrganisationRecord | PersonRecord")
Found = tuple[RecordT | None, tuple[Problem, ...]]


@dataclass(frozen=True)
class Reading(Generic[RecordT]):
    """A file under way: what its heading says, then records and problems in the order of rows."""

    problems: tuple[Problem, ...]
    columns: tuple[str, ...]
    rows: Iterator[Found[RecordT]]


def once(
    found: Iterable[Found[RecordT]], key: Callable[[RecordT], Hashable]
) -> Iterator[Found[RecordT]]:
    """Leave out rows that repeat an earlier row, naming that row."""
    seen: dict[Hashable, int] = {}
    for record, problems in found:
        first = seen.setdefault(key(record), record.row) if record else 0
        if record is None or first == record.row:
            yield record, problems
        else:
            yield None, (*problems, Problem(record.row, "name", "duplicate", str(first)))


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """One organisation as a file tells it; empty means that the file does not say."""

    name: str
    kind: str = "organisation"
    sector: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    other_names: tuple[str, ...] = ()
    parent: str = ""
    parent_id: str = ""
    area: str = ""
    area_id: str = ""
    founded: str = ""
    dissolved: str = ""
    website: str = ""
    description: str = ""
    source: str = ""
    source_url: str = ""
    id: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One person and at most one role of theirs, as one row of a file tells it."""

    name: str
    email: str = ""
    other_names: tuple[str, ...] = ()
    organization: str = ""
    organization_id: str = ""
    post: str = ""
    role: str = ""
    starts: str = ""
    ends: str = ""
    source: str = ""
    source_url: str = ""
    id: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class AreaRecord:
    """One area; `parent` is the name of the area around it."""

    name: str
    kind: str
    identifier: str = ""
    parent: str = ""
    parent_id: str = ""
    id: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PostRecord:
    """One seat of an organisation, held or not."""

    organization: str
    organization_id: str
    label: str
    role: str = ""
    starts: str = ""
    ends: str = ""
    id: str = ""
    row: int = field(default=0, compare=False)
