"""The agenda of the next meeting as it drafts itself, each line with the record it is about."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.arenas.models import Ask, PathStep
from headway.commitments.models import Commitment
from headway.commitments.models.commitment import late_by
from headway.commitments.queries.words import due_words
from headway.core.dates import weekday_words
from headway.core.errors import Message
from headway.forums.models import AgendaItem, AgendaLine
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Record
from headway.initiatives.provenance import HERE
from headway.initiatives.reader import Reader
from headway.measures.models import Measure
from headway.measures.queries.words import finding
from headway.problems.models import Baseline, Fact, FactState
from headway.problems.queries.parts import baseline_words
from headway.site.queries.gaps import without_a_promise
from headway.site.queries.headline import headline_standing
from headway.solutions.models import Amendment, Barrier, Objection, Outcome, Solution

MOST_OF_A_KIND = 8
MOST_READ = 60
Reason = AgendaItem.Reason
HEADINGS: dict[str, Message] = {
    Reason.OVERDUE: gettext_lazy("Overdue"),
    Reason.DUE: gettext_lazy("Due before we meet"),
    Reason.WAITING: gettext_lazy("Waiting for an answer"),
    Reason.DECISION: gettext_lazy("One decision"),
    Reason.NEXT_MOVE: gettext_lazy("One next move"),
    Reason.HEADLINE: gettext_lazy("The number it is about"),
}


@dataclass(frozen=True)
class Suggestion:
    """One line that the agenda drafts by itself: a record, and why it belongs there."""

    key: str
    title: str
    why: str
    kind: Message
    href: str
    line: AgendaLine


@dataclass(frozen=True)
class Section:
    """The suggestions for one reason."""

    reason: str
    heading: Message
    suggestions: tuple[Suggestion, ...]


@dataclass
class Draft:
    """Collects suggestions; a record is suggested once, for the first reason found."""

    reader: Reader
    on_it: set[object]
    found: dict[str, list[Suggestion]] = field(default_factory=dict)

    def add(self, reason: str, record: Record, why: str = "") -> None:
        """Suggest a record for a reason."""
        there = self.found.setdefault(reason, [])
        if record.pk in self.on_it or len(there) >= MOST_OF_A_KIND:
            return
        self.on_it.add(record.pk)
        there.append(
            Suggestion(
                key=f"{reason}:{record.pk}",
                title=record.title,
                why=why,
                kind=kinds.label(record.kind),
                href=kinds.href(record, self.reader.slug),
                line=AgendaLine(text=why, reason=reason, record=record),
            )
        )


def drafted_agenda(
    initiative: Initiative, reader: Reader, until: date, on_it: Iterable[object] = ()
) -> tuple[Section, ...]:
    """What belongs on the agenda of a meeting on a day, without what is on it already.

    Args:
        initiative: whose.
        reader: who drafts it; nothing that they may not read is suggested.
        until: the day of the meeting.
        on_it: the keys of the records that stand on the agenda.

    """
    draft = Draft(reader, set(on_it))
    requests = _requests(initiative, reader)
    open_ends = _open_ends(initiative, reader)
    _promises(draft, initiative, until)
    _steps(draft, requests, until)
    _reviews(draft, open_ends)
    _waiting(draft, open_ends)
    _one_decision(draft, open_ends)
    _one_next_move(draft, initiative, requests, open_ends)
    _headline(draft, initiative)
    return tuple(
        Section(reason, heading, tuple(draft.found[reason]))
        for reason, heading in HEADINGS.items()
        if draft.found.get(reason)
    )


def chosen_lines(sections: Iterable[Section], keys: Collection[str] | None) -> list[AgendaLine]:
    """The lines that somebody chose; all of them where nobody chose."""
    everything = (each for section in sections for each in section.suggestions)
    return [each.line for each in everything if keys is None or each.key in keys]


def _promises(draft: Draft, initiative: Initiative, until: date) -> None:
    """What is overdue, due until then, or not confirmed by its organisation."""
    reader = draft.reader
    mine = Commitment.objects.in_initiative(initiative).live().visible_to(reader.readers)
    unconfirmed = Q(state=Commitment.State.INTENT, record__provenance=HERE.kind)
    dated = Q(due_to__gte=reader.today, due_to__lte=until) | late_by(reader.today)
    rows = mine.still_open().at_hand().filter(dated | unconfirmed)
    found = rows.select_related("record", "organisation__merged_into").earliest_first()
    for row in found[:MOST_READ]:
        draft.add(_reason(row, reader.today, until), row.record, _promise_words(row))


def _reason(row: Commitment, today: date, until: date) -> str:
    if row.is_late(today):
        return Reason.OVERDUE
    due = row.due_to is not None and row.due_to <= until
    return Reason.DUE if due else Reason.WAITING


def _promise_words(row: Commitment) -> str:
    who, due = row.who or _("nobody named yet"), due_words(row)
    said = _("%(who)s, due %(due)s") % {"who": who, "due": due} if due else who
    if row.state != Commitment.State.INTENT:
        return said
    return _("%(said)s; not confirmed yet") % {"said": said}


def _requests(initiative: Initiative, reader: Reader) -> list[Ask]:
    rows = Ask.objects.in_initiative(initiative).live().visible_to(reader.readers).still_open()
    related = rows.select_related("record").prefetch_related("steps")
    return list(related.order_by("vote_on", "pk")[:MOST_READ])


def _steps(draft: Draft, requests: list[Ask], until: date) -> None:
    """Requests with a step that is late, or due until then, or with their vote until then."""
    for ask in requests:
        step = next(_open_steps(ask, until), None)
        if step is not None:
            day = step.due_on(ask.vote_on)
            late = day is not None and day < draft.reader.today
            words = _("%(step)s, due %(day)s") % {"step": step.title, "day": weekday_words(day)}
            draft.add(Reason.OVERDUE if late else Reason.DUE, ask.record, words)
        elif ask.vote_on is not None and ask.vote_on <= until:
            draft.add(Reason.DUE, ask.record, _("vote on %s") % weekday_words(ask.vote_on))


def _open_steps(ask: Ask, until: date) -> Iterator[PathStep]:
    for step in ask.steps.all():
        day = step.due_on(ask.vote_on)
        if step.done_on is None and day is not None and day <= until:
            yield step


def _open_ends(initiative: Initiative, reader: Reader) -> list[Record]:
    """Records of five kinds on which somebody's word is waited for, the oldest first; one query."""
    asked = Barrier.objects.filter(state=Barrier.State.ASKED)
    changes = Amendment.objects.filter(state=Amendment.State.OPEN)
    objections = Objection.objects.unresolved()
    reviews = Outcome.objects.filter(review_on__lte=reader.today, reviewed_at__isnull=True)
    drafts = Solution.objects.filter(state=Solution.State.DRAFT)
    disputed = Fact.objects.filter(state=FactState.DISPUTED)
    each = (asked, changes, objections, reviews, drafts, disputed)
    any_of = Q()
    for rows in each:
        any_of |= Q(pk__in=rows.filter(record__initiative=initiative).values("pk"))
    found = Record.objects.in_initiative(initiative).live().visible_to(reader.readers)
    own = found.filter(any_of).filter(provenance=HERE.kind)
    return list(own.order_by("recorded_at", "pk")[: MOST_READ * 2])


def _of(records: list[Record], kind: str) -> Iterator[Record]:
    return (record for record in records if record.kind == kind)


def _reviews(draft: Draft, records: list[Record]) -> None:
    for record in _of(records, Outcome.RECORD_KIND):
        draft.add(Reason.DUE, record, _("We said we would look at it again."))


def _waiting(draft: Draft, records: list[Record]) -> None:
    for record in _of(records, Barrier.RECORD_KIND):
        draft.add(Reason.WAITING, record, _("They were asked and have not answered."))
    for record in _of(records, Amendment.RECORD_KIND):
        draft.add(Reason.WAITING, record, _("The authors have not answered."))


def _one_decision(draft: Draft, records: list[Record]) -> None:
    """An objection that is open, else the recommendation drafted for the longest time."""
    objections = ((record, _("Objection to be met")) for record in _of(records, "objection"))
    drafts = (
        (record, _("Drafted since %s") % weekday_words(record.recorded_at.date()))
        for record in _of(records, Solution.RECORD_KIND)
    )
    for record, why in islice((*objections, *drafts), 1):
        draft.add(Reason.DECISION, record, why)


def _one_next_move(
    draft: Draft, initiative: Initiative, requests: list[Ask], records: list[Record]
) -> None:
    """The first of: a decision without a promise, a step without an owner, a disputed fact."""
    for record, why in islice(_moves(draft, initiative, requests, records), 1):
        draft.add(Reason.NEXT_MOVE, record, why)


def _moves(
    draft: Draft, initiative: Initiative, requests: list[Ask], records: list[Record]
) -> Iterator[tuple[Record, str]]:
    decided = without_a_promise(initiative, draft.reader).exclude(pk__in=list(draft.on_it))
    for record in decided[:1]:
        yield record, _("Decided, and nobody has promised to carry it out.")
    for ask in requests:
        free = next((step for step in ask.steps.all() if _nobody_does(step)), None)
        if free is not None and ask.record_id not in draft.on_it:
            yield ask.record, _("Nobody owns the step “%s”.") % free.title
    for record in _of(records, Fact.RECORD_KIND):
        yield record, _("This fact is disputed. What would settle it?")


def _nobody_does(step: PathStep) -> bool:
    return step.done_on is None and step.owner_id is None


def _headline(draft: Draft, initiative: Initiative) -> None:
    """The number that where we stand tells; without a measure, the starting point."""
    reader = draft.reader
    found = Record.objects.in_initiative(initiative).live().visible_to(reader.readers)
    numbers = found.filter(kind__in=[Measure.RECORD_KIND, Baseline.RECORD_KIND]).order_by()
    there = set(numbers.values_list("kind", flat=True).distinct())
    told = Measure.RECORD_KIND in there and headline_standing(initiative, reader, reader.today)
    if told:
        draft.add(Reason.HEADLINE, told.measure.record, finding(told))
    elif Baseline.RECORD_KIND in there:
        _starting_point(draft, initiative)


def _starting_point(draft: Draft, initiative: Initiative) -> None:
    points = Baseline.objects.in_initiative(initiative).live().visible_to(draft.reader.readers)
    point = points.select_related("record").oldest_first().first()
    if point is not None:
        draft.add(Reason.HEADLINE, point.record, baseline_words(point))
