from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.accounts.models import Authority
from headway.core.marks import Tab
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.exchange.queries.tabs import office_tabs
from headway.initiatives.models import Hold, Record, RecordHold


@dataclass(frozen=True)
class HoldsPage:
    """Every hold, the ones in force first."""

    tabs: tuple[Tab, ...]
    table: TablePage
    place_href: str


COLUMNS = (
    Column("name", gettext_lazy("Hold"), sort="name"),
    Column("reason", gettext_lazy("Why")),
    Column("covers", gettext_lazy("What it keeps")),
    Column("placed", gettext_lazy("Placed"), sort="placed_at"),
    Column("state", gettext_lazy("State"), sort="released_at"),
    Column("step", gettext_lazy("Next step")),
)


def holds_on(records: Collection[Record]) -> dict[UUID, list[str]]:
    """The names of the holds that keep each of some records, in two questions."""
    initiatives = {record.initiative_id for record in records}
    whole: dict[UUID, list[str]] = {}
    for hold in Hold.objects.active().filter(initiative__in=initiatives):
        if hold.initiative_id is not None:
            whole.setdefault(hold.initiative_id, []).append(hold.name)
    found = {record.pk: list(whole.get(record.initiative_id, [])) for record in records}
    single = RecordHold.objects.filter(record__in=list(found), hold__released_at__isnull=True)
    for key, name in single.values_list("record", "hold__name"):
        found[key].append(name)
    return found


def covers_words(hold: Hold, count: int) -> str:
    """What a hold keeps, in words."""
    parts = [_("all of “%s”") % hold.initiative.title] if hold.initiative else []
    if count:
        parts.append(ngettext("%s record", "%s records", count) % f"{count:,}")
    return _(" and ").join(parts)


def _row(hold: Hold) -> dict[str, object]:
    active = hold.released_at is None
    release = reverse("exchange:release_hold", args=[hold.pk])
    search = f"{reverse('exchange:search')}?hold={hold.pk}"
    return {
        "name": TextLink(hold.name, search),
        "reason": hold.reason if active else f"{hold.reason} – {hold.released_because}",
        "covers": covers_words(hold, hold.records_held),  # type: ignore[attr-defined]  # annotated by the query
        "placed": hold.placed_at,
        "state": Mark("open" if active else "ended", _("In force") if active else _("Released")),
        "step": TextLink(_("Release %s") % hold.name, release) if active else "–",
    }


def holds_page(authority: Authority, params: QueryDict) -> HoldsPage:
    """Every hold of the authority."""
    holds = (
        Hold.objects.in_authority(authority)
        .select_related("initiative")
        .annotate(records_held=Count("records"))
        .order_by(F("released_at").desc(nulls_first=True), "-placed_at")
    )
    return HoldsPage(
        tabs=office_tabs("exchange:holds"),
        table=table_page(holds, COLUMNS, params, build=_row),
        place_href=reverse("exchange:place_hold"),
    )
