"""Details sorted by what they say, ready to be asked for by record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter

from headway.arenas.models import AdvocacyLimit
from headway.diagnosis.queries.evidence.details import Detail
from headway.diagnosis.queries.evidence.rows import RecordRow
from headway_analysis.diagnosis import NEEDS

SAID = "said:"


_order = attrgetter("tag", "record", "other")


@dataclass(frozen=True)
class Gathered:
    """What stages know of each record.

    Attributes:
        rows: the records that the reader may see; details of others are never asked for.
        by_tag: the details by what they say.
        organisations: name and sector of each organisation.

    """

    rows: Mapping[str, RecordRow]
    by_tag: Mapping[str, tuple[Detail, ...]]
    organisations: Mapping[str, tuple[str, str]]

    @classmethod
    def of(
        cls,
        rows: Mapping[str, RecordRow],
        told: Iterable[Detail],
        organisations: Mapping[str, tuple[str, str]],
    ) -> "Gathered":
        """Sort details by what they say, the same ones always in the same order."""
        sorted_: dict[str, list[Detail]] = {}
        for one in sorted(told, key=_order):
            sorted_.setdefault(one.tag, []).append(one)
        return cls(rows, {tag: tuple(each) for tag, each in sorted_.items()}, organisations)

    def each(self, tag: str) -> tuple[Detail, ...]:
        """The details that say one thing."""
        return self.by_tag.get(tag, ())

    def one(self, tag: str) -> Mapping[str, Detail]:
        """The same by record, where each has one."""
        return {each.record: each for each in self.each(tag)}

    def many(self, tag: str) -> Mapping[str, tuple[Detail, ...]]:
        """The same by record, where each has several."""
        found: dict[str, list[Detail]] = {}
        for each in self.each(tag):
            found.setdefault(each.record, []).append(each)
        return {key: tuple(of) for key, of in found.items()}

    def others(self, tag: str) -> Mapping[str, tuple[str, ...]]:
        """What each record has to do with, by one tag."""
        return {
            key: tuple(one.other for one in of if one.other) for key, of in self.many(tag).items()
        }

    def other(self, tag: str) -> Mapping[str, str]:
        """The same where each has one."""
        return {key: of[0] for key, of in self.others(tag).items() if of}

    @cached_property
    def readings(self) -> tuple[tuple[str, str, date], ...]:
        """Data points: of which measure, which, and for which day."""
        return tuple(
            (one.record, one.other, one.day)
            for one in self.each("reading")
            if one.record in self.rows and one.other and one.day is not None
        )

    @cached_property
    def marked(self) -> Mapping[str, frozenset[str]]:
        """Records with a mark: undone decisions, moves taken, dated meetings, own performance."""
        tags = ("undone", "taken", "met", "met_with", "own")
        found = {tag: frozenset(one.record for one in self.each(tag)) for tag in tags}
        return found | {"met": found["met"] | found["met_with"]}

    @cached_property
    def parties(self) -> Mapping[str, tuple[str, ...]]:
        """The organisations that took part in each record."""
        return {**self.others("party"), **self.others("met_with")}

    @cached_property
    def owner_on(self) -> Mapping[str, datetime]:
        """When an owner of a recommendation was first named here."""
        first: dict[str, datetime] = {}
        for one in self.each("owner_on"):
            if one.at is not None:
                first[one.record] = min(one.at, first.get(one.record, one.at))
        return first

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """Who answers for each recommendation."""
        return self.other("owner")

    @cached_property
    def checks(self) -> Mapping[str, tuple[tuple[date, tuple[str, ...]], ...]]:
        """When somebody looked what carrying out each record needs, and what was missing."""
        found: dict[str, list[tuple[date, tuple[str, ...]]]] = {}
        told = [one for one in self.each("ready") if one.record in self.rows]
        for one in sorted(told, key=lambda each: (self.rows[each.record].on, str(each.at))):
            answers = zip(NEEDS, one.words.split(","), strict=False)
            missing = tuple(need for need, answer in answers if answer == "missing")
            found.setdefault(one.other, []).append((self.rows[one.record].on, missing))
        return {key: tuple(of) for key, of in found.items()}

    @cached_property
    def authors(self) -> Mapping[str, tuple[str, ...]]:
        """The organisations that draft each recommendation."""
        return self.others("author")

    def sectors_of(self, key: str) -> frozenset[str]:
        """The sectors of those who draft a recommendation."""
        whose = self.authors.get(key, ())
        return frozenset(filter(None, (self.organisations.get(one, ("", ""))[1] for one in whose)))

    @cached_property
    def _limits(self) -> Mapping[str, Mapping[str, str]]:
        """What each organisation may do for each request, by its last word."""
        last: dict[str, dict[str, str]] = {}
        told = (one for one in self.each("limit") if one.other and one.at is not None)
        for one in sorted(told, key=lambda each: str(each.at)):
            last.setdefault(one.record, {})[one.other] = one.words
        return last

    def may_ask(self, key: str) -> frozenset[str]:
        """The organisations that may ask for a request."""
        limits = self._limits.get(key, {})
        return frozenset(one for one, may in limits.items() if may == AdvocacyLimit.Limit.MAY_ASK)

    @cached_property
    def due(self) -> Mapping[str, Detail]:
        """By when and by which organisation each promise is to be kept."""
        return self.one("due")

    @cached_property
    def answers(self) -> Mapping[str, str]:
        """Who answers for each promise: a post or a person."""
        return self.other("answers")

    @cached_property
    def _as_said(self) -> Mapping[str, str]:
        return {one.record: SAID + one.words for one in self.each("as_said")}

    @property
    def said(self) -> Mapping[str, str]:
        """What those are called whom nobody found in the directory."""
        return {key: key.removeprefix(SAID) for key in self._as_said.values()}

    def promised_by(self, key: str) -> str:
        """Whose promise it is: an organisation of the directory, or as somebody said."""
        told = self.due.get(key)
        return told.other if told and told.other else self._as_said.get(key, "")

    @cached_property
    def tests(self) -> Mapping[str, Detail]:
        """When each test ends, who carries it out, what was decided."""
        return self.one("test")
