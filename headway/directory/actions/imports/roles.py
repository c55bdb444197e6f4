"""Roles that a file tells of, matched with those in the directory."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from headway.accounts.events import Deed
from headway.directory.actions.details import tidy
from headway.directory.actions.imports.tally import Import, Verdict
from headway.directory.actions.log import deed, shown
from headway.directory.formats.records import PersonRecord, PostRecord
from headway.directory.models import Membership, Organisation, Person, Post
from headway.directory.models.base import stretch_values
from headway_analysis.partial_date import PartialDate, parse

Told = tuple[Verdict, Membership | None, list[Deed]]


def _date(words: str) -> PartialDate | None:
    return parse(words) if words else None


class Seats:
    """Posts of some organisations by label; those that a file adds are kept until saved."""

    def __init__(self, run: Import, homes: Iterable[Organisation]) -> None:
        self.run = run
        self.fresh: list[Post] = []
        self._known: dict[tuple[UUID, str], Post] = {}
        rows = Post.objects.in_authority(run.authority).live().select_related("organisation")
        keys = {home.pk for home in homes}
        for post in rows.filter(organisation__in=keys):
            self._known[post.organisation_id, post.label] = post

    def seat(self, home: Organisation, label: str) -> tuple[Post, bool]:
        """The seat of this label, and whether the file adds it."""
        label = tidy(label)
        found = self._known.get((home.pk, label))
        if found is not None:
            return found, False
        post = Post(
            authority=self.run.authority,
            organisation=home,
            label=label,
            recorded_at=self.run.by.at,
        )
        self._known[home.pk, label] = post
        self.fresh.append(post)
        return post, True

    def save(self) -> None:
        """Write the seats that the file adds."""
        Post.objects.insert_all(self.fresh)

    def told(self, record: PostRecord, home: Organisation) -> tuple[Verdict, list[Deed]]:
        """What a record about a seat changes."""
        post, new = self.seat(home, record.label)
        values: dict[str, Any] = {
            "role": tidy(record.role) or post.role,
            **stretch_values("starts", _date(record.starts) or post.starts),
            **stretch_values("ends", _date(record.ends) or post.ends),
        }
        start, end = values["starts_from"], values["ends_to"]
        differs = {key: value for key, value in values.items() if getattr(post, key) != value}
        if start and end and end < start:
            differs = {}
        if new or not self.run.write:
            for key, value in differs.items():
                setattr(post, key, value)
            return ("new" if new else "changed" if differs else "same"), [
                _added(post)
            ] if new else []
        changes = shown(post, post.change(**differs))
        return ("changed", [deed(post, "post_revised", changes)]) if changes else ("same", [])


def _added(post: Post) -> Deed:
    return deed(post, "post_added", {"organisation": ("", post.organisation.name)})


class Roles:
    """Memberships of some people in some organisations, with what a file adds to them."""

    def __init__(self, run: Import, people: list[Person], homes: list[Organisation]) -> None:
        self.run = run
        self.seats = Seats(run, homes)
        self.fresh: list[Membership] = []
        self._known: dict[tuple[UUID, UUID], list[Membership]] = defaultdict(list)
        rows = Membership.objects.in_authority(run.authority).live()
        rows = rows.select_related("organisation", "person", "post")
        for row in rows.filter(person__in=[person.pk for person in people]):
            key = (row.person.canonical_pk, row.organisation.canonical_pk)
            self._known[key].append(row)

    def are_known(self, person: Person, home: Organisation | None) -> bool:
        """Whether a person has any role in an organisation."""
        return home is not None and bool(self._known.get((person.pk, home.pk)))

    def told(self, record: PersonRecord, person: Person, home: Organisation) -> Told:
        """What a record about a role changes."""
        seat, new_seat = self.seats.seat(home, record.post) if record.post else (None, False)
        deeds = [_added(seat)] if seat and new_seat else []
        starts, ends = _date(record.starts), _date(record.ends)
        same = self._same(record, person, home, seat)
        if same is None:
            row = self._new(record, person, home, seat)
            return "new", row, [*deeds, deed(row, "membership_added", _as_told(record, home))]
        values = {
            **stretch_values("starts", same.starts or starts),
            **stretch_values("ends", same.ends or ends),
        }
        return self._revised(same, values, deeds)

    def _revised(self, row: Membership, values: dict[str, Any], deeds: list[Deed]) -> Told:
        differs = {key: value for key, value in values.items() if getattr(row, key) != value}
        start, end = values["starts_from"], values["ends_to"]
        if not differs or (start and end and end < start):
            return "same", row, deeds
        if self.run.write and row not in self.fresh:
            ended = row.ends is None and values["ends_to"] is not None
            verb = "membership_ended" if ended else "membership_revised"
            deeds.append(deed(row, verb, shown(row, row.change(**differs))))
        else:
            for key, value in differs.items():
                setattr(row, key, value)
        return "changed", row, deeds

    def _same(
        self, record: PersonRecord, person: Person, home: Organisation, seat: Post | None
    ) -> Membership | None:
        """The role in the directory that the record tells of, or None."""
        role, starts = tidy(record.role), _date(record.starts)
        mine = [
            row
            for row in self._known[person.pk, home.pk]
            if row.post == seat and (seat is not None or row.role == role)
        ]
        begun = starts.start if starts else None
        for row in mine:
            if begun is None or row.starts_from is None or row.starts_from == begun:
                return row
        # One role is open once at a time, whenever it is said to have begun.
        return next((row for row in mine if row.ends is None and not record.ends), None)

    def _new(
        self, record: PersonRecord, person: Person, home: Organisation, seat: Post | None
    ) -> Membership:
        row = Membership(
            authority=self.run.authority,
            person=person,
            organisation=home,
            post=seat,
            role=tidy(record.role),
            recorded_at=self.run.by.at,
            **stretch_values("starts", _date(record.starts)),
            **stretch_values("ends", _date(record.ends)),
        )
        self._known[person.pk, home.pk].append(row)
        self.fresh.append(row)
        return row

    def save(self) -> None:
        """Write the new seats and roles."""
        self.seats.save()
        Membership.objects.insert_all(self.fresh)


def _as_told(record: PersonRecord, home: Organisation) -> dict[str, tuple[object, object]]:
    told = {
        "person": record.name,
        "organisation": home.name,
        "post": record.post,
        "role": record.role,
        "starts": record.starts,
        "ends": record.ends,
        "source": record.source,
    }
    return {name: ("", value) for name, value in told.items() if value}
