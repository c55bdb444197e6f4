"""What several pages of the problem share: sources, buttons, numbers, and who may change what."""

from typing import TypedDict

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from headway.core.dates import date_words
from headway.core.marks import Source
from headway.core.numbers import number_words
from headway.core.tables import TextLink
from headway.directory.queries.sources import source_link
from headway.initiatives.models import Mandate, Record
from headway.initiatives.pages import detail
from headway.initiatives.pages.detail import Beside as RecordBeside
from headway.initiatives.pages.detail import Cited, Step, address
from headway.initiatives.pages.detail import beside as beside_record
from headway.initiatives.reader import Reader
from headway.problems.models import Baseline, Citation


def may_take_back(record: Record, reader: Reader) -> bool:
    """Whether the reader may withdraw a record or reword it alone: theirs, or they lead."""
    if record.withdrawn:
        return False
    if reader.may("problems.withdraw_any"):
        return True
    return reader.may("problems.speak") and _is_own(record, reader)


def _is_own(record: Record, reader: Reader) -> bool:
    """Whether the reader wrote it, or may speak today for the organisation in whose name it is."""
    if reader.member_id is None:
        return False
    if record.organisation_id is None:
        return record.author_id == reader.member_id
    held = Mandate.objects.filter(member=reader.member_id, organisation=record.organisation_id)
    return held.covering(Mandate.Scope.FACTS).holding(reader.today).exists()


def cited_for(record: Record, reader: Reader) -> tuple[Cited, ...]:
    """The sources set beside a record, with the one that reported it first."""
    may = reader.may("problems.write") and not record.withdrawn
    found = [
        Cited(
            source=Source(row.source.title, row.source.url),
            note=row.note,
            withdraw_href=address(reader, "problems:withdraw_citation", row.pk) if may else "",
        )
        for row in Citation.objects.on(record)
    ]
    return tuple(found)


class Cites(TypedDict):
    """The fields of a detail page that name its sources."""

    cited: tuple[Cited, ...]
    cite_href: str


class Beside(RecordBeside, Cites):
    """The fields of a detail page that every record of the problem has."""


def beside(record: Record, reader: Reader) -> Beside:
    """What a detail page shows beside a record's own content, ready for `DetailPage`."""
    may = reader.may("problems.write") and not record.withdrawn
    return {
        **beside_record(record, reader),
        "cited": cited_for(record, reader),
        "cite_href": address(reader, "problems:cite", record.pk) if may else "",
    }


def steps_for(record: Record, reader: Reader, edit: str) -> tuple[Step, ...]:
    """Edit for all who write; withdraw for who wrote it and who leads."""
    steps = []
    if reader.may("problems.write") and not record.withdrawn:
        steps.append(Step(_("Change the wording"), address(reader, edit, record.pk)))
    return (*steps, *withdraw_step(record, reader))


def withdraw_step(record: Record, reader: Reader) -> tuple[Step, ...]:
    """Withdraw, for who wrote it; who leads finds it beside the record already."""
    may = may_take_back(record, reader)
    return detail.withdraw_step(record, reader, "problems:withdraw", may=may)


def baseline_words(baseline: Baseline) -> str:
    """A starting point in few words: "2,800 people, January 25, 2006"."""
    when = date_words(baseline.record.when)
    amount = f"{number_words(baseline.value)} {baseline.unit}"
    return f"{amount}, {when}" if when else amount


def state_words(words: object) -> str:
    """A state as the beginning of a line."""
    return capfirst(str(words))


def reported_by(record: Record) -> TextLink | str:
    """The source that reported a record, a click away; nothing for what was recorded here."""
    return source_link(record.source)


def who_said(record: Record, reader: Reader) -> str:
    """To whom a record is credited; members' own names are for members."""
    if record.organisation is not None:
        return record.organisation.canonical.name
    if record.author is None:
        return _("a source") if record.source_id else _("not recorded")
    return member_words(record.author.name, reader)


def member_words(name: str, reader: Reader) -> str:
    """A member's name, for those who may see who takes part."""
    return name if reader.may("initiatives.view_members") else _("a member")
