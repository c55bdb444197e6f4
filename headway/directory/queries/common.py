"""Small parts that several pages of the directory share."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.marks import Tab
from headway.directory.models import Organisation, Person, Source, SourceOn
from headway_analysis.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Ref:
    """A row of the directory by name, with its page."""

    id: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where something can be read."""

    id: str
    title: str
    url: str
    publisher: str
    published: str
    note: str


@dataclass(frozen=True, slots=True)
class Step:
    """A link to something that the reader may do here."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class MergedLine:
    """A row that counts as the one shown."""

    ref: Ref
    undo_href: str


WITHDRAWN, MERGED = gettext_lazy("Withdrawn"), gettext_lazy("Merged")


def organisation_ref(row: Organisation) -> Ref:
    """An organisation by name, with its page."""
    return Ref(str(row.pk), row.name, reverse("directory:organisation", args=[row.pk]))


def person_ref(row: Person) -> Ref:
    """A person by name, with their page."""
    return Ref(str(row.pk), row.name, reverse("directory:person", args=[row.pk]))


def said(when: PartialDate | None) -> str:
    """A date in the words of whoever said it, or nothing."""
    return str(when) if when else ""


def source_line(source: Source, note: str = "", line_id: str = "") -> SourceLine:
    """A source as pages show it."""
    return SourceLine(
        line_id or str(source.pk),
        source.title,
        source.url,
        source.publisher,
        said(source.published),
        note,
    )


def sources_on(subjects: Iterable[UUID]) -> Mapping[UUID, tuple[SourceLine, ...]]:
    """What each of these rows can be read in."""
    found: dict[UUID, list[SourceLine]] = defaultdict(list)
    for row in SourceOn.objects.live().about(subjects):
        found[row.subject_id].append(source_line(row.source, row.note, str(row.pk)))
    return {subject: tuple(lines) for subject, lines in found.items()}


def directory_tabs(current: str, *, may_import: bool) -> tuple[Tab, ...]:
    """The sections of the directory."""
    offered = [
        ("organisations", _("Organizations"), reverse("directory:organisations")),
        ("people", _("People"), reverse("directory:people")),
        ("areas", _("Areas"), reverse("directory:areas")),
    ]
    if may_import:
        offered.append(("imports", _("Import"), reverse("directory:imports")))
    return tuple(Tab(label, href, key == current) for key, label, href in offered)
