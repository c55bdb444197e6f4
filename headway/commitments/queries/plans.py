"""Action plans as the pages show them: how they read, what was found, what they would make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.commitments.formats import action_plan, workbook
from headway.commitments.formats.action_plan import (
    ActionRow,
    Finding,
    Plan,
    PlanProblem,
    Sheet,
)
from headway.commitments.models import PlanFile
from headway.commitments.queries.brought import (
    FILE_COLUMNS,
    PROBLEM_COLUMNS,
    TROUBLE_WORDS,
    kept_problems,
    not_kept_words,
    sheet_of,
    take_table,
    work_on,
)
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.progress import Progress
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.directory.formats.problem import Code, Problem
from headway.directory.queries.import_words import problem_words
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader

State = PlanFile.State
COLUMN_WORDS: dict[str, Message] = {
    "": gettext_lazy("(not read)"),
    "goal": gettext_lazy("goal"),
    "recommendation": gettext_lazy("recommendation"),
    "action": gettext_lazy("action"),
    "owner": gettext_lazy("who does it"),
    "due": gettext_lazy("by when"),
    "status": gettext_lazy("how it stands"),
    "reason": gettext_lazy("why it is not going ahead"),
    "source": gettext_lazy("source"),
    "notes": gettext_lazy("notes"),
}
STATUS_WORDS: dict[str, Message] = {
    "not_started": gettext_lazy("not started"),
    "under_way": gettext_lazy("under way"),
    "kept": gettext_lazy("kept"),
    "late": gettext_lazy("late"),
    "not_going_ahead": gettext_lazy("not going ahead"),
    "not_recorded": gettext_lazy("not recorded"),
}
OWN_WORDS: dict[str, Promise] = {
    **TROUBLE_WORDS,
    "no_action": gettext_lazy("The row names no action (“%(value)s”). It was left out."),
    "not_a_status": gettext_lazy(
        "“%(value)s” says no state that we know. It is kept as it stands."
    ),
    "no_reason": gettext_lazy("It does not say why it is not going ahead. Add the reason later."),
    "too_many_rows": gettext_lazy("A plan may have 5,000 rows. Take out what is no action."),
}


@dataclass(frozen=True)
class Looked:
    """A file that was looked over: its table, what it says, and whether it can be used."""

    sheet: Sheet
    plan: Plan | None
    problems: tuple[PlanProblem, ...]
    trouble: str = ""

    @property
    def refused(self) -> bool:
        """Whether nothing of it can be used; a missing column can still be chosen."""
        stops = (each for each in self.problems if each.stops_file)
        return bool(self.trouble) or any(each.code != "missing_column" for each in stops)

    @property
    def mapping(self) -> tuple[str, ...]:
        """What each column means."""
        return self.plan.mapping if self.plan else ()

    @property
    def rows(self) -> tuple[ActionRow, ...]:
        """The actions."""
        return self.plan.rows if self.plan else ()

    def counts(self) -> dict[str, int]:
        """The first finding, to be kept."""
        if self.plan is None:
            return {}
        found = self.plan.finding
        return {
            "actions": found.actions,
            "without_owner": found.without_owner,
            "without_due": found.without_due,
        }

    def problem_list(self, most: int) -> list[list[object]]:
        """The problems as they are kept, at most so many."""
        return kept_problems(self.trouble, self.problems, most)


def read_bytes(raw: bytes, file_name: str = "") -> Looked:
    """Look a file over, whatever program wrote it."""
    taken = take_table(raw, file_name, workbook.MOST_ROWS)
    if taken.trouble:
        return Looked(taken.sheet, None, (), taken.trouble)
    return look_over(taken.sheet)


def look_over(sheet: Sheet, mapping: Sequence[str] | None = None) -> Looked:
    """Read a table with a mapping, or with the one that its headings suggest."""
    plan = action_plan.read(sheet, mapping)
    return Looked(sheet, plan, plan.problems)


def read_kept(plan: PlanFile, mapping: Sequence[str]) -> Looked:
    """Read a kept plan with a mapping."""
    return look_over(sheet_of(plan.sheet), mapping)


def plan_problem_words(column: str, code: str, value: str) -> str:
    """What is to be done about a problem of a plan."""
    own = OWN_WORDS.get(code)
    if own is not None:
        return str(own) % {"value": value, "column": column}
    # The place stands in columns of its own.
    return problem_words(Problem(0, column, cast("Code", code), value))


def finding_words(counts: Mapping[str, int]) -> str:
    """The first finding: "9 of 30 actions have no stated owner"."""
    actions, without = counts.get("actions", 0), counts.get("without_owner", 0)
    if not actions:
        return _("No action was found.")
    return ngettext(
        "%(without)s of %(actions)s action has no stated owner",
        "%(without)s of %(actions)s actions have no stated owner",
        actions,
    ) % {"without": without, "actions": actions}


@dataclass(frozen=True)
class PlansPage:
    """The plans brought along so far, above the form for another."""

    title: str
    lead: str
    table: TablePage
    home_href: str


@dataclass(frozen=True)
class PlanPage:
    """What a plan says, how its columns are read, and what it would make."""

    title: str
    kicker_href: str
    finding: str
    details: tuple[str, ...]
    state: str
    is_open: bool
    refused: str
    progress: Progress | None
    problems: TablePage
    preview: TablePage
    bring_in_href: str
    home_href: str
    headings: tuple[str, ...]


PREVIEW_COLUMNS = (
    Column("row", gettext_lazy("Row"), numeric=True),
    Column("action", gettext_lazy("Action")),
    Column("goal", gettext_lazy("Goal")),
    Column("owner", gettext_lazy("Who does it")),
    Column("due", gettext_lazy("By when")),
    Column("status", gettext_lazy("How it stands")),
)


def plans_page(initiative: Initiative, reader: Reader, params: QueryDict) -> PlansPage:
    """The plans of an initiative, newest first."""
    rows = PlanFile.objects.filter(initiative=initiative).defer("sheet", "problems")

    def build(plan: PlanFile) -> dict[str, object]:
        return {
            "file": TextLink(plan.file_name, address(reader, "commitments:plan", plan.pk)),
            "when": initiative.today(plan.uploaded_at),
            "finding": finding_words(plan.counts) if plan.counts else "",
            "state": plan.get_state_display(),
        }

    return PlansPage(
        title=_("Start mid-way"),
        lead=_(
            "Bring the action plan you have. Each action becomes a recommendation, and a promise "
            "where the plan says who does it; both stand as reported by the plan, until the "
            "organization confirms."
        ),
        table=table_page(rows.order_by("-uploaded_at"), FILE_COLUMNS, params, build=build),
        home_href=address(reader, "commitments:home"),
    )


def plan_page(plan: PlanFile, reader: Reader, params: QueryDict) -> PlanPage:
    """One plan with its first finding, its problems and what its rows would make."""
    waiting = plan.state == State.READ
    found = read_kept(plan, plan.mapping) if waiting else None
    return PlanPage(
        title=plan.title,
        kicker_href=address(reader, "commitments:plans"),
        finding=finding_words(plan.counts) if plan.counts else "",
        details=_details(plan, found.plan.finding if found and found.plan else None),
        state=plan.get_state_display(),
        is_open=waiting,
        refused=not_kept_words(plan),
        progress=work_on(plan),
        problems=table_page(
            plan.problems, PROBLEM_COLUMNS, params, build=_problem, name="problems"
        ),
        preview=table_page(
            found.rows if found else (),
            PREVIEW_COLUMNS,
            params,
            build=_action,
            name="preview",
            size=20,
        ),
        bring_in_href=(
            address(reader, "commitments:bring_in_plan", plan.pk)
            if waiting and found and found.rows
            else ""
        ),
        home_href=address(reader, "commitments:home"),
        headings=tuple(plan.sheet.get("heading", ())),
    )


def _details(plan: PlanFile, finding: Finding | None) -> tuple[str, ...]:
    counts = plan.counts
    shown = []
    if counts.get("without_due"):
        shown.append(
            ngettext("%s has no date.", "%s have no date.", counts["without_due"])
            % counts["without_due"]
        )
    if finding is not None:
        shown += [
            f"{STATUS_WORDS[status]}: {count}"
            for status, count in sorted(finding.by_status.items())
        ]
    if "recommendations" in counts:
        shown.append(
            _("%(recommendations)s recommendations and %(promises)s promises were made of it.")
            % counts
        )
    return tuple(shown)


def _problem(kept: Sequence[Any]) -> dict[str, object]:
    row, column, code, value = kept
    return {
        "row": row or "",
        "column": column,
        "words": plan_problem_words(str(column), str(code), str(value)),
    }


def _action(row: ActionRow) -> dict[str, object]:
    return {
        "row": row.row,
        "action": row.action,
        "goal": row.goal,
        "owner": row.owner or _("not stated"),
        "due": date_words(row.due, row.due_said) or _("no date said"),
        "status": STATUS_WORDS[row.status],
    }
