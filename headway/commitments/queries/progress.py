"""What became of the promises, for everybody: numbers, steps and dates, a verdict on nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.commitments.models import Commitment
from headway.commitments.models.commitment import late_by
from headway.commitments.queries.lists import OPEN_STATES, visible_promises
from headway.commitments.queries.words import due_words, state_mark
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader

State = Commitment.State


@dataclass(frozen=True, slots=True)
class Sums:
    """How many promises stand how."""

    all: int
    kept: int
    open: int
    unconfirmed: int
    to_be_dated: int
    dropped: int


@dataclass(frozen=True)
class ProgressPage:
    """How far the promises are."""

    title: str
    finding: str
    details: tuple[str, ...]
    sums: Sums
    table: TablePage
    home_href: str
    export_href: str


COLUMNS = (
    Column("title", gettext_lazy("Promise"), sort="record__title"),
    Column("who", gettext_lazy("Organization"), sort="organisation__name"),
    Column("first", gettext_lazy("First due"), sort="first_due_to"),
    Column("due", gettext_lazy("Due now"), sort="due_to"),
    Column("state", gettext_lazy("State"), sort="state"),
    Column("done", gettext_lazy("Done"), numeric=True),
    Column("steps", gettext_lazy("Milestones")),
)


def promise_sums(initiative: Initiative, reader: Reader) -> Sums:
    """The numbers of an initiative's promises, in one query."""
    found = Commitment.objects.in_initiative(initiative).live().visible_to(reader.readers)
    still = Q(state__in=OPEN_STATES)
    counts = found.exclude(state=State.SPLIT).aggregate(
        all=Count("pk"),
        kept=Count("pk", filter=Q(state=State.KEPT)),
        open=Count("pk", filter=still),
        unconfirmed=Count("pk", filter=Q(state=State.INTENT)),
        to_be_dated=Count("pk", filter=late_by(reader.today)),
        dropped=Count("pk", filter=Q(state=State.DROPPED)),
    )
    return Sums(**counts)


def progress_page(initiative: Initiative, reader: Reader, params: QueryDict) -> ProgressPage:
    """Every promise that the reader may see, with its milestones, percent and dates."""
    sums = promise_sums(initiative, reader)
    rows = visible_promises(initiative, reader).exclude(state=State.SPLIT)
    return ProgressPage(
        title=_("What became of the promises"),
        finding=ngettext(
            "%(kept)s of %(all)s promise was kept.",
            "%(kept)s of %(all)s promises were kept.",
            sums.all,
        )
        % {"kept": sums.kept, "all": sums.all},
        details=_details(sums),
        sums=sums,
        table=table_page(rows, COLUMNS, params, build=lambda row: _row(row, reader)),
        home_href=address(reader, "commitments:home"),
        export_href=address(reader, "commitments:progress_export"),
    )


def _details(sums: Sums) -> tuple[str, ...]:
    shown = (
        (sums.open, ngettext("%s is open.", "%s are open.", sums.open)),
        (
            sums.unconfirmed,
            ngettext(
                "%s of them is an intent that its organization has not confirmed.",
                "%s of them are intents that their organizations have not confirmed.",
                sums.unconfirmed,
            ),
        ),
        (
            sums.to_be_dated,
            ngettext("%s waits for a new date.", "%s wait for a new date.", sums.to_be_dated),
        ),
        (
            sums.dropped,
            ngettext(
                "%s is not going ahead; its page says why.",
                "%s are not going ahead; their pages say why.",
                sums.dropped,
            ),
        ),
    )
    return tuple(words % count for count, words in shown if count)


def milestone_words(row: Commitment) -> str:
    """How many milestones are reached: "2 of 3"."""
    steps = [step for step in row.milestones.all() if step.withdrawn_at is None]
    if not steps:
        return ""
    done = sum(step.done_on is not None for step in steps)
    return _("%(done)s of %(all)s") % {"done": done, "all": len(steps)}


def _row(row: Commitment, reader: Reader) -> dict[str, object]:
    return {
        "title": TextLink(row.record.title, address(reader, "commitments:promise", row.pk)),
        "who": row.who or _("nobody named yet"),
        "first": _day(row.first_due_to),
        "due": due_words(row),
        "state": state_mark(row, reader.today, plain=True),
        "done": f"{row.progress}%",
        "steps": milestone_words(row) or _("none"),
    }


def _day(day: date | None) -> str:
    return date_format(day) if day else ""


HEADING = ("promise", "organization", "first_due", "due", "state", "percent", "milestones")


def progress_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """The same as rows of a table file."""
    rows = visible_promises(initiative, reader).exclude(state=State.SPLIT)
    for row in rows.iterator(chunk_size=500):
        yield (
            row.record.title,
            row.who,
            row.first_due_to.isoformat() if row.first_due_to else "",
            row.due_to.isoformat() if row.due_to else "",
            str(state_mark(row, reader.today, plain=True).label),
            str(row.progress),
            milestone_words(row),
        )
