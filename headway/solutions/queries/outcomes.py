"""The decisions we took, and which of them are to be looked at again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.dates import date_words
from headway.core.marks import Tab, Term
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.core.templatetags.page import weekday
from headway.directory.queries.sources import source_words
from headway.initiatives.models import Initiative, Record
from headway.initiatives.pages.detail import DetailPage, Passage, Step, address, beside, if_may
from headway.initiatives.reader import Reader
from headway.solutions.models import Objection, Outcome
from headway.solutions.queries.ballots.detail import OBJECTION_MARKS
from headway.solutions.queries.ballots.standing import is_kept_up, is_theirs
from headway.solutions.queries.ballots.words import objector_words

COLUMNS = (
    Column("outcome", gettext_lazy("Decision"), sort="record__title"),
    Column("when", gettext_lazy("Decided"), sort="record__happened_from"),
    Column("organisation", gettext_lazy("Who answers for it")),
    Column("review", gettext_lazy("Look again on"), sort="review_on"),
    Column("state", gettext_lazy("State")),
)
HEADING = (
    "id",
    "title",
    "text",
    "decided",
    "organization",
    "recommendation",
    "decision",
    "review_on",
    "reviewed",
    "finding",
    "provenance",
    "source",
)


@dataclass(frozen=True)
class OutcomesPage:
    """The decisions we took."""

    title: str
    lead: str
    tabs: tuple[Tab, ...]
    table: TablePage
    any: bool
    add_href: str
    ballots_href: str
    export_href: str


def visible_outcomes(initiative: Initiative, reader: Reader, shown: str = "") -> QuerySet[Outcome]:
    """The decisions that a reader may see, the last one first."""
    found = Outcome.objects.in_initiative(initiative).live().visible_to(reader.readers)
    found = found.review_due(reader.today) if shown == "due" else found
    return found.select_related(
        "record__organisation__merged_into", "record__source", "solution__record"
    ).order_by("-record__happened_to", "-record__recorded_at")


def _state(outcome: Outcome, today: date) -> Mark | str:
    if outcome.review_on is None:
        return ""
    if outcome.reviewed_at is not None:
        return Mark("done", _("Looked at again"))
    if outcome.review_on <= today:
        return Mark("waiting_on", _("To be looked at again"))
    return Mark("planned", _("Review planned"))


def _answers(record: Record) -> str:
    return record.organisation.canonical.name if record.organisation else ""


def outcomes_page(initiative: Initiative, reader: Reader, params: QueryDict) -> OutcomesPage:
    """The list, all or those to be looked at again."""
    chosen = "due" if params.get("show") == "due" else ""

    def row(outcome: Outcome) -> dict[str, object]:
        record = outcome.record
        return {
            "outcome": TextLink(record.title, address(reader, "solutions:outcome", outcome.pk)),
            "when": date_words(record.when),
            "organisation": _answers(record),
            "review": outcome.review_on,
            "state": _state(outcome, reader.today),
        }

    table = table_page(visible_outcomes(initiative, reader, chosen), COLUMNS, params, build=row)
    return OutcomesPage(
        title=_("Decisions we took"),
        lead=_("What partners decided, from which vote or meeting, and when they look again."),
        tabs=(
            Tab(_("All"), "?", not chosen),
            Tab(_("To be looked at again"), "?show=due", bool(chosen)),
        ),
        table=table,
        any=bool(table.total or chosen),
        add_href=if_may(reader, "solutions.decide", "solutions:record_outcome"),
        ballots_href=address(reader, "solutions:ballots"),
        export_href=f"{address(reader, 'solutions:outcomes_csv')}?show={chosen}",
    )


def outcome_rows(initiative: Initiative, reader: Reader, shown: str) -> Iterator[tuple[str, ...]]:
    """The decisions as rows of a table file."""
    for outcome in visible_outcomes(initiative, reader, shown).iterator(chunk_size=500):
        record = outcome.record
        yield (
            str(outcome.pk),
            record.title,
            outcome.text,
            str(record.when or record.date_as_said),
            _answers(record),
            solution_title(outcome, reader),
            outcome.decision,
            outcome.review_on.isoformat() if outcome.review_on else "",
            outcome.reviewed_at.isoformat() if outcome.reviewed_at else "",
            outcome.review,
            record.provenance,
            source_words(record.source),
        )


def solution_title(outcome: Outcome, reader: Reader) -> str:
    """The recommendation that it is about, where the reader may see that."""
    record = outcome.solution.record if outcome.solution else None
    readable = record is not None and record.visibility in reader.readers and not record.withdrawn
    return record.title if record is not None and readable else ""


def _outcome_terms(outcome: Outcome, reader: Reader) -> tuple[Term, ...]:
    record = outcome.record
    title = solution_title(outcome, reader)
    shown: list[Term] = []
    if record.when:
        shown.append(Term(_("Decided"), date_words(record.when)))
    if _answers(record):
        shown.append(Term(_("Who answers for it"), _answers(record)))
    if title and outcome.solution:
        href = address(reader, "initiatives:record", outcome.solution.pk)
        shown.append(Term(_("Recommendation"), title, href))
    if outcome.decision:
        shown.append(Term(_("What becomes of it"), capfirst(str(outcome.get_decision_display()))))
    if outcome.review_on:
        shown.append(Term(_("We look at it again on"), weekday(outcome.review_on)))
    return tuple(shown)


def _outcome_steps(outcome: Outcome, reader: Reader) -> tuple[Step, ...]:
    if outcome.record.withdrawn or not reader.may("solutions.decide"):
        return ()
    due = outcome.review_on is not None and outcome.review_on <= reader.today
    review = Step(
        _("Look at it again"),
        address(reader, "solutions:review_outcome", outcome.pk),
        first=due and outcome.reviewed_at is None,
    )
    edit = Step(_("Change it"), address(reader, "solutions:edit_outcome", outcome.pk))
    return (review, edit)


def outcome_page(outcome: Outcome, reader: Reader) -> DetailPage:
    """One decision, with what was found when it was looked at again."""
    mark = _state(outcome, reader.today)
    found = outcome.review
    heading = _("What we found when we looked again")
    if found and outcome.reviewed_at:
        on = date_format(outcome.record.initiative.today(outcome.reviewed_at), "DATE_FORMAT")
        heading = _("What we found on %(day)s") % {"day": on}
    return DetailPage(
        title=outcome.record.title,
        kicker=_("Decisions we took"),
        kicker_href=address(reader, "solutions:outcomes"),
        state=mark.state if isinstance(mark, Mark) else "",
        state_label=mark.label if isinstance(mark, Mark) else "",
        passages=(
            Passage("", outcome.text if outcome.text != outcome.record.title else ""),
            Passage(heading, found),
        ),
        terms=_outcome_terms(outcome, reader),
        steps=_outcome_steps(outcome, reader),
        **beside(outcome.record, reader),
    )


def may_answer(objection: Objection, reader: Reader) -> bool:
    """Whether the reader may settle an objection: they lead, or it is their organisation's."""
    if not is_kept_up(objection):
        return False
    if reader.may("solutions.decide"):
        return True
    return reader.may("solutions.vote") and is_theirs(objection, reader.member_id, reader.today)


def objection_page(objection: Objection, reader: Reader) -> DetailPage:
    """One objection, and what became of it."""
    vote = objection.ballot.record
    href = address(reader, "solutions:answer_objection", objection.pk)
    who = objector_words(objection.organisation, secret=objection.ballot.secret)
    may = may_answer(objection, reader)
    return DetailPage(
        title=objection.record.title,
        kicker=vote.title,
        kicker_href=address(reader, "solutions:ballot", vote.pk),
        state=OBJECTION_MARKS[objection.state],
        state_label=capfirst(str(objection.get_state_display())),
        passages=(
            Passage(_("Objection"), objection.text),
            Passage(_("Answer"), objection.answer),
        ),
        terms=(Term(_("Who objects"), who),),
        steps=(Step(_("Settle this objection"), href, first=True),) if may else (),
        **beside(objection.record, reader),
    )
