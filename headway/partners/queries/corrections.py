from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.errors import Message
from headway.core.marks import Tab
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.initiatives import kinds
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address
from headway.initiatives.queries import RecordPanel, record_panel
from headway.initiatives.reader import Reader
from headway.partners.models import Correction
from headway.partners.queries.addresses import people_tabs
from headway.partners.queries.correctable import can_be_carried_out, says_now
from headway.partners.queries.home import shortened

LOOKS: dict[str, str] = {
    Correction.State.ASKED: "waiting_on",
    Correction.State.ACCEPTED: "done",
    Correction.State.DECLINED: "not_needed",
}
COLUMNS = (
    Column("what", gettext_lazy("What is said to be wrong"), sort="record__title"),
    Column("who", gettext_lazy("Asked for"), sort="organisation__name"),
    Column("part", gettext_lazy("Part"), sort="part"),
    Column("should", gettext_lazy("What it should say")),
    Column("asked", gettext_lazy("Asked on"), sort="record__recorded_at"),
    Column("state", gettext_lazy("State"), sort="state"),
)
WAITING_FIRST = Case(
    When(state=Correction.State.ASKED, then=Value(0)), default=Value(1), output_field=IntegerField()
)


@dataclass(frozen=True)
class CorrectionsPage:
    """What organisations say is wrong, what waits for an answer first."""

    title: str
    tabs: tuple[Tab, ...]
    waiting: int
    table: TablePage


@dataclass(frozen=True)
class CorrectionLine:
    """One request for correction, in short."""

    title: str
    href: str
    should_say: str
    state: str
    state_label: Message
    answer: str


@dataclass(frozen=True)
class CorrectionPage:
    """One request for correction: what is recorded, what it should say, and the answer."""

    title: str
    kicker: str
    state: str
    state_label: Message
    part: Message
    about: TextLink | None
    says_now: str
    moved_on: bool
    should_say: str
    answer: str
    carried_out: bool
    by_hand: bool
    automatic: bool
    may_decide: bool
    answer_href: str
    withdraw_href: str
    panel: RecordPanel


def visible_corrections(initiative: Initiative, reader: Reader) -> QuerySet[Correction]:
    """The requests that stand and the reader may see."""
    found = Correction.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.select_related("record", "organisation__merged_into", "about")


def corrections_page(initiative: Initiative, reader: Reader, params: QueryDict) -> CorrectionsPage:
    """All requests for correction, as a queue."""
    found = visible_corrections(initiative, reader)

    def row(each: Correction) -> dict[str, object]:
        return {
            "what": TextLink(each.record.title, address(reader, "partners:correction", each.pk)),
            "who": str(each.organisation.canonical),
            "part": each.get_part_display(),
            "should": shortened(each.should_say),
            "asked": each.record.recorded_at,
            "state": Mark(LOOKS[each.state], each.get_state_display()),
        }

    ordered = found.order_by(WAITING_FIRST, "record__recorded_at")
    return CorrectionsPage(
        title=_("Corrections"),
        tabs=people_tabs(reader, "corrections"),
        waiting=Correction.objects.in_initiative(initiative).live().waiting().count(),
        table=table_page(ordered, COLUMNS, params, build=row),
    )


def correction_lines(found: QuerySet[Correction], reader: Reader) -> tuple[CorrectionLine, ...]:
    """Requests in short, newest first."""
    return tuple(
        CorrectionLine(
            title=each.record.title,
            href=address(reader, "partners:correction", each.pk),
            should_say=each.should_say,
            state=LOOKS[each.state],
            state_label=each.get_state_display(),
            answer=each.answer,
        )
        for each in found.select_related("record").order_by("-record__recorded_at")[:50]
    )


def correction_page(correction: Correction, reader: Reader, *, own: bool) -> CorrectionPage:
    """One request; `own` says whether the reader asked for it and may take it back."""
    about, record = correction.about, correction.record
    waiting = correction.state == Correction.State.ASKED and not record.withdrawn
    current = says_now(correction.organisation, about, correction.part) if waiting else ""
    accepted = correction.state == Correction.State.ACCEPTED
    seen = about is not None and about.visibility in reader.readers
    return CorrectionPage(
        title=record.title,
        kicker=_("%(name)s, %(day)s")
        % {
            "name": correction.organisation.canonical.name,
            "day": date_format(record.recorded_at, "DATE_FORMAT"),
        },
        state=LOOKS[correction.state],
        state_label=correction.get_state_display(),
        part=correction.get_part_display(),
        about=TextLink(about.title, kinds.href(about, reader.slug)) if about and seen else None,
        says_now=correction.says_now,
        moved_on=waiting and current[:5_000] != correction.says_now,
        should_say=correction.should_say,
        answer=correction.answer,
        carried_out=correction.carried_out,
        by_hand=accepted and not correction.carried_out,
        automatic=can_be_carried_out(about, correction.part),
        may_decide=waiting and reader.may("partners.decide_corrections"),
        answer_href=address(reader, "partners:answer_correction", correction.pk),
        withdraw_href=(
            address(reader, "partners:withdraw_correction", correction.pk)
            if own and waiting and not reader.may("initiatives.withdraw")
            else ""
        ),
        panel=record_panel(record=record, reader=reader),
    )
