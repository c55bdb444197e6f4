"""Suggested changes: the list, one of them, and the page on which texts are put together."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.errors import Message
from headway.core.marks import Tab, Term
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.initiatives.models import Initiative, Wording
from headway.initiatives.pages.detail import DetailPage, Passage, Step, address
from headway.initiatives.queries.field_words import field_words
from headway.initiatives.reader import Reader
from headway.problems.queries.parts import who_said
from headway.solutions.models import Amendment, Solution
from headway.solutions.queries.drafters import may_draft
from headway.solutions.queries.parts import (
    beside,
    change_mark,
    state_words,
    steps_if,
    withdraw_step,
)

State = Amendment.State


@dataclass(frozen=True)
class Compared:
    """Two wordings of one text, and what the change would make of the newer one."""

    base: str
    suggested: str
    now: str
    base_number: int
    newest: int

    @property
    def moved(self) -> bool:
        """Whether the text was worded anew after the change was suggested."""
        return self.newest != self.base_number


@dataclass(frozen=True)
class AmendmentPage:
    """One suggested change with the visible difference."""

    detail: DetailPage
    compared: Compared


@dataclass(frozen=True)
class AcceptPage:
    """The form on which a suggested wording is taken over, or put together with a newer one."""

    title: Message
    lead: Message
    button: Message
    kicker: Message
    back_href: str
    compared: Compared


@dataclass(frozen=True)
class AmendmentsPage:
    """Every suggested change."""

    title: str
    lead: str
    tabs: tuple[Tab, ...]
    table: TablePage
    export_href: str
    home_href: str


COLUMNS = (
    Column("change", gettext_lazy("Suggested change"), sort="record__title"),
    Column("solution", gettext_lazy("Recommendation"), sort="solution__record__title"),
    Column("who", gettext_lazy("Suggested by")),
    Column("when", gettext_lazy("When"), sort="record__recorded_at"),
    Column("state", gettext_lazy("State"), sort="state"),
)


AMENDMENT_COLUMNS = tuple(replace(each, sort="") for each in COLUMNS if each.key != "solution")


def visible_amendments(
    initiative: Initiative, reader: Reader, state: str = ""
) -> QuerySet[Amendment]:
    """The suggested changes that the reader may see, newest first."""
    found = Amendment.objects.in_initiative(initiative).live().visible_to(reader.readers)
    found = found.filter(
        solution__record__withdrawn_at__isnull=True,
        solution__record__visibility__in=reader.readers,
    )
    if state in State.values:
        found = found.filter(state=state)
    return found.select_related(
        "record__author", "record__organisation__merged_into", "solution__record"
    ).order_by("-record__recorded_at", "pk")


def amendment_row(
    amendment: Amendment, reader: Reader, initiative: Initiative
) -> dict[str, object]:
    """A suggested change as a row of a table."""
    record, solution = amendment.record, amendment.solution.record
    return {
        "change": TextLink(record.title, address(reader, "solutions:amendment", record.pk)),
        "solution": TextLink(solution.title, address(reader, "solutions:solution", solution.pk)),
        "who": who_said(record, reader),
        "when": initiative.today(record.recorded_at),
        "state": change_mark(amendment),
    }


def amendments_page(initiative: Initiative, reader: Reader, params: QueryDict) -> AmendmentsPage:
    """What others would word otherwise, whole or by state."""
    chosen = params.get("state", "")
    chosen = chosen if chosen in State.values else ""
    found = visible_amendments(initiative, reader, chosen)
    shown: list[tuple[str, Message]] = [("", _("All")), *State.choices]
    return AmendmentsPage(
        title=_("Suggested changes"),
        lead=_("Each is made to the version that its author read, and answered with the reason."),
        tabs=tuple(
            Tab(state_words(label), f"?state={state}" if state else "?", state == chosen)
            for state, label in shown
        ),
        table=table_page(
            found, COLUMNS, params, build=lambda row: amendment_row(row, reader, initiative)
        ),
        export_href=f"{address(reader, 'solutions:amendments_csv')}?state={chosen}",
        home_href=address(reader, "solutions:home"),
    )


AMENDMENT_HEADING = (
    "id",
    "recommendation",
    "which text",
    "made to version",
    "suggested wording",
    "why",
    "suggested by",
    "state",
    "answer",
)


def amendment_rows(initiative: Initiative, reader: Reader, state: str) -> Iterator[tuple[str, ...]]:
    """Every suggested change as a row of a table file."""
    for row in visible_amendments(initiative, reader, state).iterator(chunk_size=500):
        yield (
            str(row.pk),
            row.solution.record.title,
            row.field,
            str(row.base_number),
            row.text,
            row.reason,
            who_said(row.record, reader),
            row.state,
            row.answer,
        )


def compared(amendment: Amendment) -> Compared:
    """The text that was changed, the suggestion, and the text as it stands now."""
    wordings = Wording.objects.filter(record=amendment.solution.pk, field=amendment.field)
    found = wordings.order_by("number")
    texts = {each.number: each.text for each in found}
    newest = max(texts, default=0)
    return Compared(
        base=texts.get(amendment.base_number, ""),
        suggested=amendment.text,
        now=texts.get(newest, ""),
        base_number=amendment.base_number,
        newest=newest,
    )


def _steps(amendment: Amendment, reader: Reader) -> tuple[Step, ...]:
    record = amendment.record
    waits = amendment.state == State.OPEN and not record.withdrawn
    may = waits and may_draft(amendment.solution, reader)

    def to(name: str) -> str:
        return address(reader, f"solutions:{name}", record.pk)

    return (
        *([Step(_("Accept it"), to("accept_change"), first=True)] if may else []),
        *steps_if(
            (may, _("Do not accept it"), to("refuse_change")),
            (may, _("Make it an idea of its own"), to("promote_change")),
        ),
        *withdraw_step(record, reader),
    )


def amendment_page(amendment: Amendment, reader: Reader) -> AmendmentPage:
    """One suggested change, with the difference to the version its author read."""
    record, solution = amendment.record, amendment.solution.record
    mark, texts = change_mark(amendment), compared(amendment)
    notice = ""
    if amendment.state == State.OPEN and texts.moved:
        notice = _("The text was worded anew since. Whoever accepts this sees both.")
    return AmendmentPage(
        detail=DetailPage(
            title=record.title,
            kicker=_("Suggested change to “%(title)s”") % {"title": solution.title},
            kicker_href=address(reader, "solutions:solution", solution.pk),
            state=mark.state,
            state_label=mark.label,
            notice=notice,
            passages=(
                Passage(_("Why"), amendment.reason),
                Passage(_("Answer"), amendment.answer),
            ),
            terms=(
                Term(_("Which text"), field_words(Solution.RECORD_KIND, amendment.field)),
                Term(_("Made to version"), amendment.base_number),
                Term(_("Suggested by"), who_said(record, reader)),
            ),
            steps=_steps(amendment, reader),
            **beside(record, reader),
        ),
        compared=texts,
    )


def accept_page(amendment: Amendment, reader: Reader) -> AcceptPage:
    """What stands above the form on which a change is accepted."""
    record, texts = amendment.record, compared(amendment)
    lead = (
        _(
            "The text was worded anew after this was suggested. Read both, then write below what"
            " it should say."
        )
        if texts.moved
        else _("Take the wording over as it is, or change it below first.")
    )
    return AcceptPage(
        title=_("Accept this change"),
        lead=lead,
        button=_("Take this wording over"),
        kicker=record.title,
        back_href=address(reader, "solutions:amendment", record.pk),
        compared=texts,
    )
