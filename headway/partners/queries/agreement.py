from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.core.marks import Tab
from headway.initiatives.models import Initiative, Wording
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.queries import RecordPanel, record_panel
from headway.initiatives.reader import Reader
from headway.partners.models import WorkingAgreement
from headway.partners.queries.addresses import people_tabs


@dataclass(frozen=True)
class Section:
    """One section of how we work, as it stands."""

    key: str
    heading: Message
    text: str
    version: int
    changed_at: datetime | None
    compare_href: str


@dataclass(frozen=True)
class AgreementPage:
    """How we work."""

    title: str
    tabs: tuple[Tab, ...]
    sections: tuple[Section, ...]
    edit_href: str
    panel: RecordPanel | None


@dataclass(frozen=True)
class VersionChoice:
    """One version to compare."""

    number: int
    who: str
    at: datetime


@dataclass(frozen=True)
class ComparePage:
    """Two versions of one section, with what went out and what came in."""

    title: str
    heading: Message
    back_href: str
    sections: tuple[tuple[str, Message], ...]
    section: str
    versions: tuple[VersionChoice, ...]
    first: int
    second: int
    old: str
    new: str


def agreement_of(initiative: Initiative, reader: Reader) -> WorkingAgreement | None:
    """How we work, where it was written and the reader may see it."""
    found = WorkingAgreement.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.select_related("record").first()


def _wordings(agreement: WorkingAgreement) -> dict[str, list[Wording]]:
    found: dict[str, list[Wording]] = defaultdict(list)
    rows = Wording.objects.filter(record=agreement.record).select_related("member", "organisation")
    for wording in rows.order_by("number"):
        found[wording.field].append(wording)
    return found


def agreement_page(agreement: WorkingAgreement | None, reader: Reader) -> AgreementPage:
    """How we work, section by section."""
    written = _wordings(agreement) if agreement else {}
    sections = []
    for key, heading in WorkingAgreement.HEADINGS.items():
        versions = written.get(key, [])
        page = if_may(reader, "partners.view_versions", "partners:compare_agreement")
        compare = f"{page}?section={key}" if page and len(versions) > 1 else ""
        sections.append(
            Section(
                key=key,
                heading=heading,
                text=getattr(agreement, key, ""),
                version=len(versions),
                changed_at=versions[-1].recorded_at if versions else None,
                compare_href=compare,
            )
        )
    return AgreementPage(
        title=_("How we work"),
        tabs=people_tabs(reader, "agreement"),
        sections=tuple(sections) if agreement else (),
        edit_href=if_may(reader, "partners.write_agreement", "partners:edit_agreement"),
        panel=record_panel(record=agreement.record, reader=reader) if agreement else None,
    )


def _number(asked: str, versions: list[Wording], otherwise: int) -> int:
    return int(asked) if asked in {str(each.number) for each in versions} else otherwise


def compare_page(agreement: WorkingAgreement, reader: Reader, params: QueryDict) -> ComparePage:
    """Two versions of a section, by default the last two."""
    asked = params.get("section", "")
    section = asked if asked in WorkingAgreement.HEADINGS else "decisions"
    versions = _wordings(agreement)[section]
    last = len(versions)
    first = _number(params.get("from", ""), versions, max(last - 1, 0))
    second = _number(params.get("to", ""), versions, last)
    texts = {each.number: each.text for each in versions}
    return ComparePage(
        title=_("Compare versions"),
        heading=WorkingAgreement.HEADINGS[section],
        back_href=address(reader, "partners:agreement"),
        sections=tuple(WorkingAgreement.HEADINGS.items()),
        section=section,
        versions=tuple(
            VersionChoice(
                each.number, str(each.organisation or each.member or ""), each.recorded_at
            )
            for each in versions
        ),
        first=first,
        second=second,
        old=texts.get(first, ""),
        new=texts.get(second, ""),
    )
