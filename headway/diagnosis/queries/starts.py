"""Where the button of each next move leads: the page of the stage that begins it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from headway.diagnosis.queries.evidence.building import Titled
from headway.initiatives import kinds
from headway.initiatives.models import Record
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.reader import Reader
from headway_analysis.diagnosis import Trigger


@dataclass(frozen=True)
class Place:
    """What a next move is about: a record, or a role."""

    key: str
    kind: str = ""

    @property
    def pk(self) -> UUID:
        """Its id."""
        return UUID(self.key)


def start_href(trigger: Trigger, about: Titled | None, reader: Reader) -> str:
    """The page that begins a next move, prefilled where the stage can; empty without the right."""
    first = trigger.records[0] if trigger.records else ""
    place = Place(first.partition(":")[0], about.kind if about else "")
    return STARTS[trigger.lever](trigger, place, reader)


def record_href(place: Place, reader: Reader) -> str:
    """The page of a record of which kind and id are known."""
    return kinds.href(Record(pk=place.pk, kind=place.kind), reader.slug) if place.kind else ""


def _open(_trigger: Trigger, place: Place, reader: Reader) -> str:
    return record_href(place, reader)


def _phase(_trigger: Trigger, place: Place, reader: Reader) -> str:
    return if_may(reader, "forums.lead", "forums:edit_phase", place.pk)


def _win(_trigger: Trigger, _place: Place, reader: Reader) -> str:
    return if_may(reader, "commitments.note", "commitments:add")


def _sponsor(trigger: Trigger, place: Place, reader: Reader) -> str:
    if trigger.reason == "role_vacant":
        return if_may(reader, "partners.view", "partners:home")
    return if_may(reader, "arenas.who_asks", "arenas:who_asks", place.pk)


def _owner(trigger: Trigger, place: Place, reader: Reader) -> str:
    if trigger.reason == "no_recommendation":
        return if_may(reader, "solutions.propose", "solutions:bring_idea")
    # Whoever drafts it finds the step on its page; who leads may name one for every draft.
    named = if_may(reader, "solutions.lead", "solutions:name_owner", place.pk)
    return named or record_href(place, reader)


def _promise(trigger: Trigger, place: Place, reader: Reader) -> str:
    if trigger.reason == "condition_unmet":
        return if_may(reader, "diagnosis.check", "diagnosis:check", place.pk)
    return if_may(reader, "commitments.note", "commitments:promise_from", place.pk)


def _path(_trigger: Trigger, place: Place, reader: Reader) -> str:
    return address(reader, "arenas:ask", place.pk)


def _small_test(_trigger: Trigger, place: Place, reader: Reader) -> str:
    return if_may(reader, "pilots.test", "pilots:small_test_from", place.pk)


def _report(_trigger: Trigger, _place: Place, reader: Reader) -> str:
    return if_may(reader, "initiatives.record_happening", "initiatives:add_happening")


STARTS: dict[str, Callable[[Trigger, Place, Reader], str]] = {
    "deadline": _phase,
    "shared_facts": _open,
    "small_win": _win,
    "sponsor": _sponsor,
    "owner": _owner,
    "implementer": _promise,
    "path": _path,
    "resources": _open,
    "small_test": _small_test,
    "report_back": _report,
    "act_before": _open,
}
