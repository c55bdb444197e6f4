"""Uploaded files: the list, and one file with what it would change or has changed."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models import Authority
from headway.accounts.queries.jobs import job_progress
from headway.core.errors import Message
from headway.core.marks import Tab
from headway.core.progress import Progress
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.directory.formats.problem import Code, Problem
from headway.directory.models import Upload
from headway.directory.queries.common import directory_tabs
from headway.directory.queries.import_words import WORDS

VERDICTS: dict[str, Message] = {
    "new": gettext_lazy("to be added"),
    "changed": gettext_lazy("to be changed"),
    "same": gettext_lazy("as in the directory already"),
    "left_out": gettext_lazy("left out"),
}
DONE: dict[str, Message] = {
    "new": gettext_lazy("added"),
    "changed": gettext_lazy("changed"),
    "same": gettext_lazy("as in the directory before"),
    "left_out": gettext_lazy("left out"),
}
STATES = {
    Upload.State.WAITING: "under_way",
    Upload.State.READ: "waiting_on",
    Upload.State.CONFIRMED: "under_way",
    Upload.State.DONE: "done",
    Upload.State.REFUSED: "not_going_ahead",
    Upload.State.ABANDONED: "not_going_ahead",
}
ENDED = {Upload.State.DONE, Upload.State.REFUSED, Upload.State.ABANDONED}
COLUMNS = (
    Column("name", gettext_lazy("File"), sort="file_name"),
    Column("kind", gettext_lazy("What it holds"), sort="kind"),
    Column("state", gettext_lazy("State"), sort="state"),
    Column("when", gettext_lazy("Uploaded"), sort="uploaded_at"),
)
PROBLEM_COLUMNS = (
    Column("row", gettext_lazy("Row")),
    Column("column", gettext_lazy("Column")),
    Column("words", gettext_lazy("What to mend")),
)
FIRST_COLUMNS = (
    Column("row", gettext_lazy("Row")),
    Column("name", gettext_lazy("Name")),
    Column("verdict", gettext_lazy("What happens")),
)


@dataclass(frozen=True, slots=True)
class ImportsPage:
    """The files that were uploaded, and where to upload another."""

    tabs: tuple[Tab, ...]
    table: TablePage
    example: str


@dataclass(frozen=True, slots=True)
class CountLine:
    """How many rows of one fate."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One file: being read, waiting for an answer, being brought in, or done."""

    title: str
    kind: str
    state: str
    state_words: str
    progress: Progress | None
    counts: tuple[CountLine, ...]
    notes: tuple[str, ...]
    problems: TablePage
    problem_count: int
    problems_href: str
    first: TablePage
    may_confirm: bool
    changes_nothing: bool
    refused: bool
    abandoned: bool
    ended: bool
    fingerprint: str


def imports_page(authority: Authority, params: QueryDict) -> ImportsPage:
    """Every uploaded file, newest first."""
    return ImportsPage(
        tabs=directory_tabs("imports", may_import=True),
        table=table_page(Upload.objects.in_authority(authority), COLUMNS, params, build=_row),
        example="name,kind,sector,identifiers,website",
    )


def _row(upload: Upload) -> dict[str, object]:
    return {
        "name": TextLink(upload.file_name, reverse("directory:import", args=[upload.pk])),
        "kind": Upload.Kind(upload.kind).label,
        "state": Mark(STATES[Upload.State(upload.state)], Upload.State(upload.state).label),
        "when": upload.uploaded_at,
    }


def problem_of(packed: list[object]) -> Problem:
    """A problem as it was kept with the upload."""
    row, column, code, value = packed
    known: Code = next(one for one in WORDS if one == code)
    return Problem(int(str(row)), str(column), known, str(value))


def _words(problem: Problem) -> str:
    return str(WORDS[problem.code]) % {"value": problem.value, "column": problem.column}


def import_page(upload: Upload, params: QueryDict) -> ImportPage:
    """The page of one file."""
    preview = upload.preview
    state = Upload.State(upload.state)
    counts: dict[str, int] = preview.get("counts", {})
    problems = [problem_of(one) for one in preview.get("problems", ())]
    working = state in {Upload.State.WAITING, Upload.State.CONFIRMED} and upload.job is not None
    words = DONE if state == Upload.State.DONE else VERDICTS
    href = reverse("directory:import_problems", args=[upload.pk])
    return ImportPage(
        title=upload.file_name,
        kind=str(Upload.Kind(upload.kind).label),
        state=STATES[state],
        state_words=str(state.label),
        progress=_progress(upload) if working else None,
        counts=tuple(CountLine(counts.get(key, 0), str(words[key])) for key in words),
        notes=tuple(_words(problem_of(one)) for one in preview.get("notes", ())),
        problems=_problems_table(problems, params),
        problem_count=preview.get("problem_count", 0),
        problems_href=href if preview.get("problems_stored_as") else "",
        first=_first_table(preview.get("first", []), words, params),
        may_confirm=state == Upload.State.READ and bool(counts.get("new") or counts.get("changed")),
        changes_nothing=state == Upload.State.READ
        and not (counts.get("new") or counts.get("changed") or counts.get("left_out")),
        refused=state == Upload.State.REFUSED,
        abandoned=state == Upload.State.ABANDONED,
        ended=state in ENDED,
        fingerprint=upload.sha256 if state in ENDED else "",
    )


def _progress(upload: Upload) -> Progress | None:
    """How far the worker is; the result is this page itself."""
    if upload.job is None:
        return None
    found = job_progress(upload.job)
    here = reverse("directory:import", args=[upload.pk])
    return Progress(
        title=found.title,
        words=found.words,
        href=found.href,
        done=found.done,
        total=found.total,
        finished=found.finished,
        failed=found.failed,
        result_href=here if found.finished or found.failed else "",
        result_label=_("See the result"),
    )


def _problems_table(problems: list[Problem], params: QueryDict) -> TablePage:
    def cells(problem: Problem) -> dict[str, object]:
        row = problem.row or _("The file")
        return {"row": row, "column": problem.column or "–", "words": _words(problem)}

    return table_page(problems, PROBLEM_COLUMNS, params, build=cells, name="problems", size=50)


def _first_table(
    first: list[list[object]], words: dict[str, Message], params: QueryDict
) -> TablePage:
    def cells(one: list[object]) -> dict[str, object]:
        row, name, verdict = one
        return {"row": row, "name": name or "–", "verdict": words[str(verdict)]}

    return table_page(first, FIRST_COLUMNS, params, build=cells, name="rows", size=50)
