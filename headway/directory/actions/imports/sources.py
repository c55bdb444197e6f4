"""Sources named in the rows of a file, each recorded once."""

from collections.abc import Iterable
from uuid import UUID

from headway.accounts.actor import Actor
from headway.accounts.models import Authority
from headway.core.errors import RuleError
from headway.directory.actions.sources import record_source
from headway.directory.models import Source, SourceOn
from headway.directory.models.base import DirectoryRow


class SourceShelf:
    """The sources of one import by title and address."""

    def __init__(self, by: Actor, authority: Authority) -> None:
        self.by = by
        self.authority = authority
        self._known: dict[tuple[str, str], Source | None] = {}

    def source(self, title: str, url: str) -> Source | None:
        """The source of a row, recorded on first use; None where the row names none."""
        if not title:
            return None
        if (title, url) not in self._known:
            try:
                found = record_source(by=self.by, authority=self.authority, title=title, url=url)
            except RuleError:
                found = None
            self._known[title, url] = found
        return self._known[title, url]

    def attach(self, wanted: Iterable[tuple[DirectoryRow, Source | None]]) -> None:
        """Say of many rows at once where they come from, each once."""
        pairs = [(row, source) for row, source in wanted if source is not None]
        said = SourceOn.objects.live().filter(subject_id__in=[row.pk for row, _source in pairs])
        known: set[tuple[UUID, UUID]] = set(said.values_list("subject_id", "source_id"))
        fresh: list[SourceOn] = []
        for row, source in pairs:
            if (row.pk, source.pk) not in known:
                known.add((row.pk, source.pk))
                fresh.append(self._said(row, source))
        SourceOn.objects.insert_all(fresh)

    def _said(self, row: DirectoryRow, source: Source) -> SourceOn:
        return SourceOn(
            authority=self.authority,
            source=source,
            subject_kind=row._meta.model_name or "",
            subject_id=row.pk,
            recorded_at=self.by.at,
        )
