"""The directory as Popolo JSON (www.popoloproject.com): areas, organizations, posts, people."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from headway.directory.formats.organisations_csv import organisation_record
from headway.directory.formats.people_csv import person_record
from headway.directory.formats.popolo_objects import (
    AREA,
    MEMBERSHIP,
    ORGANISATION,
    PERSON,
    POST,
    Shape,
    area_record,
    post_record,
    row_of,
)
from headway.directory.formats.problem import Problem, short
from headway.directory.formats.records import (
    AreaRecord,
    OrganisationRecord,
    PersonRecord,
    PostRecord,
)
from headway.directory.formats.table import looks_like_client_data, plain_heading
from headway_analysis.partial_date import parse

ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
LISTS = ("areas", "organizations", "posts", "persons", "memberships")
Object = Mapping[str, Any]


@dataclass(frozen=True)
class Document:
    """Everything that one file says, references named by id and by name."""

    areas: tuple[AreaRecord, ...] = ()
    organisations: tuple[OrganisationRecord, ...] = ()
    posts: tuple[PostRecord, ...] = ()
    people: tuple[PersonRecord, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(text: str) -> Document:
    """Read everything that can be read; problems name the list and the place in it, from 1."""
    lists, problems = _lists(text)
    if lists is None:
        return Document(problems=problems)
    return _Reader(lists, list(problems)).document()


def _lists(text: str) -> tuple[dict[str, list[Object]] | None, tuple[Problem, ...]]:
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as trouble:
        return None, (Problem(trouble.lineno, "", "broken_json", str(trouble.colno)),)
    except (ValueError, RecursionError):
        return None, (Problem(1, "", "broken_json"),)
    if not isinstance(whole, dict) or not any(name in whole for name in LISTS):
        return None, (Problem(0, "", "not_popolo", ", ".join(LISTS)),)
    lists, problems = {}, []
    for name in LISTS:
        found = whole.get(name) or []
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            problems.append(Problem(0, name, "not_a_list"))
            found = []
        lists[name] = found
    refused = _client_data(lists["persons"])
    return (None if refused else lists), (*refused, *problems)


def _client_data(persons: list[Object]) -> tuple[Problem, ...]:
    keys = dict.fromkeys(key for person in persons for key, value in person.items() if value)
    return tuple(
        Problem(0, f"persons.{short(str(key))}", "client_column")
        for key in keys
        if looks_like_client_data(str(key)) or plain_heading(str(key)) == "national identity"
    )


class _Reader:
    """Turns the lists of one file into records and resolves what refers to what."""

    def __init__(self, lists: dict[str, list[Object]], problems: list[Problem]) -> None:
        self.lists = lists
        self.problems = problems
        self.areas = _by_id(lists["areas"])
        self.organisations = _by_id(lists["organizations"])
        self.posts = _by_id(lists["posts"])
        self.persons = _by_id(lists["persons"])

    def document(self) -> Document:
        """All records of the file."""
        found = (
            tuple(self._all("areas", AREA, area_record)),
            tuple(self._all("organizations", ORGANISATION, organisation_record)),
            tuple(self._all("posts", POST, post_record)),
            tuple(self._people()),
        )
        return Document(*found, problems=tuple(self.problems))

    def _all(self, name: str, shape: Shape, build: Any) -> Iterator[Any]:
        for number, item in enumerate(self.lists[name], 1):
            row = row_of(number, item, shape)
            self._resolve(row.cells, number, name)
            record, problems = build(row)
            self._note(problems, name)
            if record is not None:
                yield record

    def _note(self, problems: Iterable[Problem], name: str) -> None:
        for problem in problems:
            column = f"{name}.{problem.column}" if problem.column else name
            self.problems.append(replace(problem, column=column))

    def _resolve(self, cells: dict[str, str], number: int, name: str) -> None:
        """Add the name of everything that is referred to by id."""
        parents = self.areas if name == "areas" else self.organisations
        for column, known in (
            ("parent", parents),
            ("area", self.areas),
            ("organization", self.organisations),
            ("post", self.posts),
        ):
            wanted = cells.get(f"{column}_id", "")
            if not wanted:
                continue
            target = known.get(wanted)
            if target is None:
                place = f"{name}.{column}_id"
                self.problems.append(Problem(number, place, "no_such_id", short(wanted)))
                cells[f"{column}_id"] = ""
            else:
                cells[column] = str(target.get("label" if column == "post" else "name") or "")

    def _people(self) -> Iterator[PersonRecord]:
        roles = self._roles()
        for number, item in enumerate(self.lists["persons"], 1):
            record, problems = person_record(row_of(number, item, PERSON))
            self._note(problems, "persons")
            if record is not None:
                own = roles.get(record.id) if record.id else None
                yield from (self._in_role(record, role) for role in own or (record,))

    def _roles(self) -> dict[str, list[PersonRecord]]:
        roles: dict[str, list[PersonRecord]] = {}
        for number, item in enumerate(self.lists["memberships"], 1):
            row = row_of(number, item, MEMBERSHIP)
            self._resolve(row.cells, number, "memberships")
            owner = str(item.get("person_id") or "")
            if owner not in self.persons:
                place = "memberships.person_id"
                self.problems.append(Problem(number, place, "no_such_id", short(owner)))
                continue
            row.cells["name"] = owner
            record, problems = person_record(row)
            self._note(problems, "memberships")
            if record is not None:
                roles.setdefault(owner, []).append(record)
        return roles

    @staticmethod
    def _in_role(person: PersonRecord, role: PersonRecord) -> PersonRecord:
        return replace(
            role,
            id=person.id,
            name=person.name,
            email=person.email,
            other_names=person.other_names,
            source=role.source or person.source,
            source_url=role.source_url or person.source_url,
            row=person.row,
        )


def _by_id(items: list[Object]) -> dict[str, Object]:
    return {str(item["id"]): item for item in items if item.get("id")}


# Writing -----------------------------------------------------------------------------------------


def write(document: Document) -> Iterator[str]:
    """The same records as JSON text, in pieces; what no id names is given one."""
    return write_parts(document.areas, document.organisations, document.posts, document.people)


def write_parts(
    areas: Iterable[AreaRecord],
    organisations: Iterable[OrganisationRecord],
    posts: Sequence[PostRecord],
    people: Sequence[PersonRecord],
) -> Iterator[str]:
    """The same for parts that need not all be in memory: areas and organisations are read once."""
    seats = {
        (post.organization_id, post.label): post.id or f"post-{number}"
        for number, post in enumerate(posts, 1)
    }
    parts: tuple[tuple[str, Iterable[Object]], ...] = (
        ("areas", map(_area, areas)),
        ("organizations", map(_organisation, organisations)),
        ("posts", (_post(post, seats) for post in posts)),
        ("persons", _persons(people)),
        ("memberships", _memberships(people, seats)),
    )
    opening = "{\n"
    for name, items in parts:
        yield f'{opening}"{name}": ['
        yield from _joined(items)
        yield "]"
        opening = ",\n"
    yield "\n}\n"


def _joined(items: Iterable[Object]) -> Iterator[str]:
    between = "\n"
    for item in items:
        yield between + json.dumps({key: value for key, value in item.items() if value})
        between = ",\n"


def _dates(**said: str) -> dict[str, str]:
    """Popolo's dates as year, month and day; other words stand beside them."""
    found: dict[str, str] = {}
    for name, words in said.items():
        if not words:
            continue
        exact = ISO.fullmatch(words) is not None
        found[name] = words if exact else _reduced(words)
        if not exact:
            found[f"{name}_as_said"] = words
    return found


def _reduced(words: str) -> str:
    when = parse(words)
    return when.start.isoformat() if when.exact else when.start.isoformat()[:4]


def _sources(title: str, url: str) -> list[dict[str, str]]:
    found = {key: value for key, value in (("url", url), ("note", title)) if value}
    return [found] if found else []


def _area(area: AreaRecord) -> Object:
    return {
        "id": area.id,
        "name": area.name,
        "classification": area.kind,
        "identifier": area.identifier,
        "parent_id": area.parent_id,
    }


def _organisation(one: OrganisationRecord) -> Object:
    return {
        "id": one.id,
        "name": one.name,
        "classification": one.kind,
        "sector": one.sector,
        "identifiers": [{"scheme": scheme, "identifier": code} for scheme, code in one.identifiers],
        "other_names": [{"name": name} for name in one.other_names],
        "parent_id": one.parent_id,
        "area_id": one.area_id,
        **_dates(founding_date=one.founded, dissolution_date=one.dissolved),
        "links": [{"url": one.website, "note": "website"}] if one.website else [],
        "description": one.description,
        "sources": _sources(one.source, one.source_url),
    }


def _post(post: PostRecord, seats: Mapping[tuple[str, str], str]) -> Object:
    return {
        "id": seats[post.organization_id, post.label],
        "label": post.label,
        "role": post.role,
        "organization_id": post.organization_id,
        **_dates(start_date=post.starts, end_date=post.ends),
    }


def _person_id(one: PersonRecord) -> str:
    return one.id or one.email or one.name


def _persons(people: Iterable[PersonRecord]) -> Iterator[Object]:
    seen: set[str] = set()
    for one in people:
        if _person_id(one) not in seen:
            seen.add(_person_id(one))
            yield {
                "id": _person_id(one),
                "name": one.name,
                "email": one.email,
                "other_names": [{"name": name} for name in one.other_names],
                "sources": [] if one.organization_id else _sources(one.source, one.source_url),
            }


def _memberships(
    people: Iterable[PersonRecord], seats: Mapping[tuple[str, str], str]
) -> Iterator[Object]:
    for one in people:
        if one.organization_id:
            yield {
                "person_id": _person_id(one),
                "organization_id": one.organization_id,
                "post_id": seats.get((one.organization_id, one.post), ""),
                "role": one.role,
                **_dates(start_date=one.starts, end_date=one.ends),
                "sources": _sources(one.source, one.source_url),
            }
