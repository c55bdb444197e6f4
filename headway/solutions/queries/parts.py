"""What several pages of ideas and recommendations share: states, authors, who may take back."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.core.marks import Source
from headway.core.tables import Mark
from headway.directory.models import Organisation
from headway.initiatives.models import Mandate, Record
from headway.initiatives.pages import detail
from headway.initiatives.pages.detail import Cited, Step, address
from headway.initiatives.pages.detail import beside as beside_record
from headway.initiatives.reader import Reader
from headway.problems.models import Citation
from headway.problems.queries.parts import Beside
from headway.solutions.models import Amendment, Barrier, Solution

SOLUTION_MARKS = {
    Solution.State.IDEA: "open",
    Solution.State.DRAFT: "under_way",
    Solution.State.ADOPTED: "adopted",
    Solution.State.NOT_ADOPTED: "not_going_ahead",
    Solution.State.SET_ASIDE: "ended",
    Solution.State.CARRIED_OUT: "done",
}
BARRIER_MARKS = {
    Barrier.State.OPEN: "open",
    Barrier.State.ASKED: "waiting_on",
    Barrier.State.WAIVED: "met",
    Barrier.State.CHANGED: "met",
    Barrier.State.REFUSED: "not_going_ahead",
}
CHANGE_MARKS = {
    Amendment.State.OPEN: "open",
    Amendment.State.ACCEPTED: "met",
    Amendment.State.EDITED: "met",
    Amendment.State.REFUSED: "not_going_ahead",
    Amendment.State.PROMOTED: "ended",
}


def state_words(words: object) -> str:
    """A state as the beginning of a line."""
    return capfirst(str(words))


def solution_mark(solution: Solution) -> Mark:
    """How an idea or a recommendation stands."""
    state = Solution.State(solution.state)
    return Mark(SOLUTION_MARKS[state], state_words(state.label))


def barrier_mark(barrier: Barrier) -> Mark:
    """How something in the way stands."""
    state = Barrier.State(barrier.state)
    return Mark(BARRIER_MARKS[state], state_words(state.label))


def change_mark(amendment: Amendment) -> Mark:
    """How a suggested change stands."""
    state = Amendment.State(amendment.state)
    return Mark(CHANGE_MARKS[state], state_words(state.label))


def organisation_words(organisation: Organisation | None, as_said: str = "") -> str:
    """An organisation by the name that counts, else the words that were said."""
    return organisation.canonical.name if organisation else as_said


def author_names(solution: Solution) -> tuple[str, ...]:
    """Everybody who drafts it or did; `authors` come prefetched with their organisations."""
    authors = sorted(solution.authors.all(), key=lambda each: each.since)
    return tuple(dict.fromkeys(each.organisation.canonical.name for each in authors))


def may_take_back(record: Record, reader: Reader) -> bool:
    """Whether the reader may withdraw a record: it is theirs, or they lead."""
    if record.withdrawn or reader.member_id is None:
        return False
    if reader.may("solutions.lead"):
        return True
    if not reader.may("solutions.propose"):
        return False
    if record.organisation_id is None:
        return record.author_id == reader.member_id
    held = Mandate.objects.filter(member=reader.member_id, organisation=record.organisation_id)
    return held.covering(Mandate.Scope.DECISIONS).holding(reader.today).exists()


def withdraw_step(record: Record, reader: Reader) -> tuple[Step, ...]:
    """Withdraw, for who wrote it; who leads finds it beside the record already."""
    if record.withdrawn or reader.may("initiatives.withdraw"):
        return ()
    may = may_take_back(record, reader)
    return detail.withdraw_step(record, reader, "solutions:withdraw", may=may)


def beside(record: Record, reader: Reader) -> Beside:
    """What a detail page shows beside a record's own content, with its sources."""
    may = reader.may("solutions.propose") and not record.withdrawn
    cited = tuple(
        Cited(Source(row.source.title, row.source.url), row.note, withdraw_href="")
        for row in Citation.objects.on(record)
    )
    href = address(reader, "solutions:cite", record.pk) if may else ""
    return {**beside_record(record, reader), "cited": cited, "cite_href": href}


def steps_if(*steps: tuple[bool, Message, str]) -> tuple[Step, ...]:
    """The steps whose condition holds; the first of them is the one to take."""
    return tuple(Step(label, href) for may, label, href in steps if may and href)


def sentence(parts: Sequence[str]) -> str:
    """Several names as one line."""
    return ", ".join(part for part in parts if part) or _("nobody named yet")
