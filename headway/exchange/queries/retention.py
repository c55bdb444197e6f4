from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models import Authority, RetentionClass
from headway.core.marks import Tab
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.exchange.queries.quotes import in_quote_hold
from headway.exchange.queries.tabs import office_tabs
from headway.initiatives import kinds
from headway.initiatives.models import Hold, Record, RecordHold
from headway.initiatives.models.record import RecordQuerySet


@dataclass(frozen=True)
class DuePage:
    """Records whose time under the schedule is over, minus those on hold."""

    tabs: tuple[Tab, ...]
    schedule: str
    table: TablePage
    destroy_href: str


COLUMNS = (
    Column("title", gettext_lazy("Record"), sort="title"),
    Column("kind", gettext_lazy("Kind"), sort="kind"),
    Column("initiative", gettext_lazy("Initiative"), sort="initiative__title"),
    Column("retention", gettext_lazy("Class"), sort="retention__name"),
    Column("ended", gettext_lazy("Kept since"), sort="withdrawn_at"),
)


def in_hold() -> Q:
    """The condition that an active hold keeps a record, singly or with its initiative."""
    whole = Hold.objects.active().filter(initiative=OuterRef("initiative"))
    single = RecordHold.objects.filter(record=OuterRef("pk"), hold__released_at__isnull=True)
    return Q(Exists(whole)) | Q(Exists(single))


def years_before(day: date, years: int) -> date:
    """The same day some years earlier; February 29 becomes the 28th."""
    year = max(1, day.year - years)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _over(authority: Authority, kept: RetentionClass, today: date) -> Q:
    """Withdrawn, or in an initiative closed, so long ago that the class's years are over."""
    cutoff = years_before(today, kept.keep_years or 0)
    end = datetime.combine(cutoff + timedelta(days=1), time(), ZoneInfo(authority.zone))
    return Q(retention=kept) & (Q(withdrawn_at__lt=end) | Q(initiative__closed_on__lte=cutoff))


def due_for_destruction(authority: Authority, today: date) -> RecordQuerySet:
    """Records whose class's years have passed since they were withdrawn or their initiative closed.

    What is on hold, kept permanently, without a class or expunged already is not among them.
    """
    over = Q(pk__in=[])
    for kept in RetentionClass.objects.in_authority(authority).filter(keep_years__isnull=False):
        over |= _over(authority, kept, today)
    mine = Record.objects.filter(initiative__authority=authority, expunged_at__isnull=True)
    held = in_hold() | in_quote_hold()
    return mine.filter(over).exclude(held).order_by("recorded_at", "pk")


def _row(record: Record) -> dict[str, object]:
    ended = record.withdrawn_at or record.initiative.closed_on
    return {
        "title": TextLink(record.title, reverse("exchange:record", args=[record.pk])),
        "kind": kinds.label(record.kind),
        "initiative": record.initiative.title,
        "retention": str(record.retention or ""),
        "ended": date_format(ended) if ended else "",
    }


def due_page(authority: Authority, today: date, params: QueryDict) -> DuePage:
    """What the schedule says to destroy now."""
    records = due_for_destruction(authority, today).select_related("initiative", "retention")
    table = table_page(records, COLUMNS, params, build=_row)
    return DuePage(
        tabs=office_tabs("exchange:due"),
        schedule=authority.retention_schedule or _("none named"),
        table=table,
        destroy_href=reverse("exchange:destroy") if table.total else "",
    )
