"""Bring in a table of data points: looked over, mapped, confirmed, then noted in blocks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.commitments.actions.brought import (
    confirm_held,
    finish_file,
    forget_left,
    note_file,
    still_ours,
    take_in_blocks,
    use_once,
    waiting_file,
)
from headway.commitments.actions.columns import must_mean_one_each
from headway.commitments.actions.large import look_over, read_anew, received_values
from headway.commitments.actions.named_sources import NamedSources
from headway.core.errors import RuleError
from headway.directory.models import Organisation, Source
from headway.initiatives.provenance import reported
from headway.measures.actions.noting import CellLine, ReadingLine
from headway.measures.actions.readings import note_readings
from headway.measures.actions.series import open_series, shared
from headway.measures.formats.readings_table import PointGroup
from headway.measures.models import Measure, ReadingsFile, Series
from headway.measures.queries.files import COLUMN_WORDS, finding_words, read_all

BLOCK: Final = 500


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
    """Keep a table until it is looked over and confirmed; nothing is brought in yet.

    Raises:
        RuleError: where the values are to be more open than their measure.

    """
    shown_to = shared(measure, visibility)
    initiative = measure.record.initiative
    file = ReadingsFile(
        measure=measure,
        organisation=organisation,
        title=(title.strip() or file_name)[:500],
        url=url.strip(),
        visibility=shown_to,
        **received_values(by, initiative, file_name=file_name, content=content),
    )
    file.save(force_insert=True)
    note_file(by, file, verb="table_kept")
    return file


def look_over_file(*, file_id: UUID, now: datetime) -> ReadingsFile:
    """Read a kept table for its preview, and list what is wrong with it."""
    return look_over(
        ReadingsFile,
        file_id,
        now,
        read=lambda file, report: read_all(file, file.belongs_to.today(now), report),
        finding=finding_words,
    )


@transaction.atomic
def map_file(*, by: Actor, file: ReadingsFile, mapping: Sequence[str]) -> ReadingsFile:
    """Say which column of a kept table means what; it is then looked over anew.

    Raises:
        RuleError: where one meaning is given twice, time or number is missing, or it is over.

    """
    current = waiting_file(file)
    given = must_mean_one_each(mapping, current.sheet.get("heading", ()), COLUMN_WORDS)
    if not {"when", "value"} <= given:
        raise RuleError(_("Choose which column says when, and which holds the number."))
    read_anew(by, current, mapping)
    note_file(by, current, verb="table_mapped")
    return current


@transaction.atomic
def confirm_file(*, by: Actor, file: ReadingsFile) -> ReadingsFile:
    """Say that a table shall be brought in as its preview shows.

    Raises:
        RuleError: where it was confirmed already or cannot be read.

    """
    current = waiting_file(file)
    confirm_held(by, current, current.counts.get("points", 0))
    note_file(by, current, verb="table_confirmed")
    return current


def bring_in_readings(*, file_id: UUID, now: datetime) -> ReadingsFile:
    """Note the data points of a confirmed table; again, it makes nothing twice."""
    words = _("The table was not brought in. Its rows are kept: bring it in once more.")
    return use_once(ReadingsFile, file_id, now, use=_bring_in, otherwise=words)


def _bring_in(file: ReadingsFile, by: Actor) -> None:
    found = read_all(file, file.belongs_to.today(by.at)).found
    work = Work(file, by)
    if take_in_blocks(file, found.points if found is not None else (), BLOCK, work.take):
        _finish(file, by, work)


@transaction.atomic
def _finish(file: ReadingsFile, by: Actor, work: "Work") -> None:
    if not still_ours(file):
        return
    words = _("%s new data points.") % work.made
    finish_file(by, file, words, made={"made": work.made}, problems=work.troubles)
    note_file(by, file, verb="table_brought_in")


def forget_files(*, now: datetime) -> int:
    """Empty the rows of tables that wait for two days, or got stuck so long; answers how many."""
    return forget_left(ReadingsFile, now)


@dataclass
class Work:
    """One table being brought in: what was made so far, and names looked up once."""

    file: ReadingsFile
    by: Actor
    made: int = 0
    troubles: list[str] = field(default_factory=list)
    _series: dict[str, Series] = field(default_factory=dict)

    @cached_property
    def _sources(self) -> NamedSources:
        return NamedSources(self.by, self.file.belongs_to.authority)

    def take(self, block: Sequence[PointGroup]) -> None:
        """Bring some data points in; what one of them lacks stops no other."""
        by_series: dict[str, list[PointGroup]] = defaultdict(list)
        for point in block:
            by_series[point.whole.series].append(point)
        for name, points in by_series.items():
            series = self._series_of(name)
            try:
                with self._sources.savepoint():
                    self._note(series, points)
            except RuleError:
                self._one_by_one(series, points)

    def _one_by_one(self, series: Series, points: Sequence[PointGroup]) -> None:
        for point in points:
            try:
                with self._sources.savepoint():
                    self._note(series, [point])
            except RuleError as refusal:
                place = {"row": point.whole.row, "why": refusal}
                self.troubles.append(_("Row %(row)s: %(why)s") % place)

    def _note(self, series: Series, points: Sequence[PointGroup]) -> None:
        source = self._sources.called(self.file.title, self.file.url)
        provenance = reported(source)
        lines = [self._line(point, source) for point in points]
        self.made += note_readings(by=self.by, series=series, lines=lines, provenance=provenance)

    def _series_of(self, name: str) -> Series:
        if name not in self._series:
            source = self._sources.called(self.file.title, self.file.url)
            self._series[name] = open_series(
                by=self.by,
                measure=self.file.measure,
                title=name or self.file.title[:250],
                organisation=self.file.organisation,
                visibility=self.file.visibility,
                provenance=reported(source),
            )
        return self._series[name]

    def _line(self, point: PointGroup, source: Source) -> ReadingLine:
        whole = point.whole
        own = self._sources.called(whole.source[:500], whole.source_url) if whole.source else source
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
            cells=tuple(cells) or None,
            because=_("brought in with %s") % self.file.file_name,
        )
