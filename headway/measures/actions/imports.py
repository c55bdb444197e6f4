"""Bring in a table of data points: looked over, mapped, confirmed, then noted in blocks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import Subject, append_event
from headway.accounts.jobs import Reporter, begin_job, end_job, fail_job, start_job
from headway.commitments.actions.columns import must_mean_one_each
from headway.commitments.queries.brought import kept_sheet
from headway.core.errors import RuleError
from headway.directory.actions.sources import record_source
from headway.directory.models import Organisation, Source
from headway.initiatives.provenance import reported
from headway.measures.actions.readings import CellLine, ReadingLine, note_readings
from headway.measures.actions.series import open_series, shared
from headway.measures.formats.readings_table import PointGroup
from headway.measures.models import Measure, ReadingsFile, Series
from headway.measures.queries.files import COLUMN_WORDS, read_all, read_bytes

BLOCK: Final = 500
SHOWN_PROBLEMS: Final = 500
LONGEST_WAIT: Final = timedelta(days=2)
State = ReadingsFile.State


@transaction.atomic
def keep_file(
    *,
    by: Actor,
    measure: Measure,
    file_name: str,
    content: bytes,
    title: str,
    url: str = "",
    organisation: Organisation | None = None,
    visibility: str = "",
) -> ReadingsFile:
    """Look a table over and keep its rows until it is confirmed; nothing is brought in yet.

    Of a table that would tell who somebody is, no row is kept.

    Raises:
        RuleError: where the values are to be more open than their measure.

    """
    shown_to = shared(measure, visibility)
    found = read_bytes(content, file_name, today=measure.record.initiative.today(by.at))
    file = ReadingsFile(
        measure=measure,
        user=by.user,
        organisation=organisation,
        file_name=file_name[-250:],
        title=(title.strip() or file_name)[:500],
        url=url.strip(),
        visibility=shown_to,
        sha256=sha256(content).hexdigest(),
        uploaded_at=by.at,
        problems=found.problem_list(SHOWN_PROBLEMS),
        counts=found.counts(),
        state=State.REFUSED if found.refused else State.READ,
        sheet={} if found.refused else kept_sheet(found.sheet),
        mapping=list(found.found.mapping) if found.found and not found.refused else [],
    )
    file.save(force_insert=True)
    _note(by, file, "table_kept")
    return file


@transaction.atomic
def map_file(*, by: Actor, file: ReadingsFile, mapping: Sequence[str]) -> ReadingsFile:
    """Say which column of a kept table means what.

    Raises:
        RuleError: where one meaning is given twice, time or number is missing, or it is over.

    """
    current = _waiting(file)
    given = must_mean_one_each(mapping, current.sheet.get("heading", ()), COLUMN_WORDS)
    if not {"when", "value"} <= given:
        raise RuleError(_("Choose which column says when, and which holds the number."))
    found = read_all(current, mapping, current.measure.record.initiative.today(by.at))
    current.change(
        mapping=list(mapping), problems=found.problem_list(SHOWN_PROBLEMS), counts=found.counts()
    )
    _note(by, current, "table_mapped")
    return current


@transaction.atomic
def confirm_file(*, by: Actor, file: ReadingsFile) -> ReadingsFile:
    """Say that a table shall be brought in as its preview shows.

    Raises:
        RuleError: where it was confirmed already or cannot be read.

    """
    current = _waiting(file)
    job = start_job(
        by=by,
        authority=current.measure.record.initiative.authority,
        title=current.file_name,
        total=current.counts.get("points", 0),
    )
    current.change(state=State.CONFIRMED.value, confirmed_at=by.at, job=job)
    _note(by, current, "table_confirmed")
    return current


def _waiting(file: ReadingsFile) -> ReadingsFile:
    rows = ReadingsFile.objects.select_for_update(of=("self",)).select_related(
        "measure__record__initiative__authority", "measure__record__initiative__stream"
    )
    current = rows.get(pk=file.pk)
    if current.state != State.READ:
        raise RuleError(_("This file was confirmed already, or it cannot be read."))
    return current


def bring_in_readings(*, file_id: UUID, now: datetime) -> ReadingsFile:
    """Note the data points of a confirmed table; again, it makes nothing twice."""
    file = ReadingsFile.objects.select_related(
        "measure__record__initiative__authority",
        "measure__record__initiative__stream",
        "organisation",
        "user",
        "job",
    ).get(pk=file_id)
    if file.state != State.CONFIRMED:
        return file
    try:
        _bring_in(file, Actor(kind="import", at=now, user=file.user))
    except Exception:
        _wait_again(file_id, now)
        raise
    file.refresh_from_db()
    return file


def _still_ours(file: ReadingsFile) -> bool:
    """Hold the table for one block; False once another worker has brought it in."""
    rows = ReadingsFile.objects.select_for_update(of=("self",))
    return rows.get(pk=file.pk).state == State.CONFIRMED


@transaction.atomic
def _wait_again(file_id: UUID, now: datetime) -> None:
    rows = ReadingsFile.objects.select_for_update(of=("self",)).select_related("job")
    file = rows.get(pk=file_id)
    if file.state != State.CONFIRMED:
        return
    file.change(state=State.READ.value)
    if file.job is not None:
        words = _("The table was not brought in. Its rows are kept: bring it in once more.")
        fail_job(file.job, now=now, finding=words)


def _bring_in(file: ReadingsFile, by: Actor) -> None:
    today = file.measure.record.initiative.today(by.at)
    found = read_all(file, file.mapping, today).found
    points = found.points if found is not None else ()
    work = Work(file, by)
    if file.job is not None:
        begin_job(file.job, total=len(points))
    report = Reporter(file.job) if file.job is not None else None
    rows = iter(points)
    while block := list(islice(rows, BLOCK)):
        with transaction.atomic():
            if not _still_ours(file):
                return
            work.take(block)
        if report is not None:
            report(work.done)
    _finish(file, by, work)


@transaction.atomic
def _finish(file: ReadingsFile, by: Actor, work: "Work") -> None:
    if not _still_ours(file):
        return
    file.change(state=State.DONE.value, sheet={}, counts={**file.counts, "made": work.made})
    _note(by, file, "table_brought_in")
    if file.job is not None:
        finding = _("%s new data points.") % work.made
        end_job(file.job, now=by.at, finding=finding, problems=work.troubles)


def forget_files(*, now: datetime) -> int:
    """Empty the rows of tables that wait for two days, or got stuck so long; answers how many."""
    before = now - LONGEST_WAIT
    waiting = Q(state=State.READ, uploaded_at__lt=before)
    stuck = Q(state=State.CONFIRMED, confirmed_at__lt=before)
    left = ReadingsFile.objects.filter(waiting | stuck)
    return int(left.update(state=State.REFUSED, sheet={}, counts={}))


def _note(by: Actor, file: ReadingsFile, verb: str) -> None:
    record = file.measure.record
    append_event(
        stream=record.initiative.stream,
        by=by,
        verb=verb,
        subject=Subject("readings_file", file.pk, file.file_name),
        changes={name: ("", number) for name, number in file.counts.items()},
    )


@dataclass
class Work:
    """One table being brought in: how far it is, and names looked up once."""

    file: ReadingsFile
    by: Actor
    done: int = 0
    made: int = 0
    troubles: list[str] = field(default_factory=list)
    _sources: dict[tuple[str, str], Source] = field(default_factory=dict)
    _series: dict[str, Series] = field(default_factory=dict)

    def take(self, block: Sequence[PointGroup]) -> None:
        """Bring some data points in; what one of them lacks stops no other."""
        by_series: dict[str, list[PointGroup]] = defaultdict(list)
        for point in block:
            by_series[point.whole.series].append(point)
        for name, points in by_series.items():
            series = self._series_of(name)
            try:
                with transaction.atomic():
                    self._note(series, points)
            except RuleError:
                self._one_by_one(series, points)
        self.done += len(block)

    def _one_by_one(self, series: Series, points: Sequence[PointGroup]) -> None:
        for point in points:
            try:
                with transaction.atomic():
                    self._note(series, [point])
            except RuleError as refusal:
                place = {"row": point.whole.row, "why": refusal}
                self.troubles.append(_("Row %(row)s: %(why)s") % place)

    def _note(self, series: Series, points: Sequence[PointGroup]) -> None:
        source = self._source(self.file.title, self.file.url)
        provenance = reported(source)
        lines = [self._line(point, source) for point in points]
        self.made += note_readings(by=self.by, series=series, lines=lines, provenance=provenance)

    def _series_of(self, name: str) -> Series:
        if name not in self._series:
            source = self._source(self.file.title, self.file.url)
            self._series[name] = open_series(
                by=self.by,
                measure=self.file.measure,
                title=name or self.file.title[:250],
                organisation=self.file.organisation,
                visibility=self.file.visibility,
                provenance=reported(source),
            )
        return self._series[name]

    def _source(self, title: str, url: str) -> Source:
        if (title, url) not in self._sources:
            self._sources[title, url] = record_source(
                by=self.by,
                authority=self.file.measure.record.initiative.authority,
                title=title,
                url=url,
            )
        return self._sources[title, url]

    def _line(self, point: PointGroup, source: Source) -> ReadingLine:
        whole = point.whole
        own = self._source(whole.source[:500], whole.source_url) if whole.source else source
        cells = [
            CellLine(part.dimension, part.group, part.value, part.people)
            for part in point.parts
            if part.value is not None
        ]
        return ReadingLine(
            when=whole.when,
            value=whole.value,
            not_counted=whole.not_counted,
            note=whole.note,
            source=own,
            people=whole.people,
            cells=tuple(cells),
            because=_("brought in with %s") % self.file.file_name,
        )
