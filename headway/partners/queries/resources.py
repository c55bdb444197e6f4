from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum, Value
from django.db.models.functions import Lower, Trim
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.core.errors import Message
from headway.core.marks import Source, Tab, Term
from headway.core.numbers import number_words
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.queries import RecordPanel, record_panel
from headway.initiatives.queries.panel import as_source
from headway.initiatives.reader import Reader
from headway.partners.models import Need, Offer, Partner, ResourceKind
from headway.partners.models.resource import ResourceQuerySet
from headway.partners.queries.addresses import people_tabs

OFFER_COLUMNS = (
    Column("what", gettext_lazy("What is offered"), sort="record__title"),
    Column("kind", gettext_lazy("Kind"), sort="kind"),
    Column("amount", gettext_lazy("How much"), sort="amount"),
    Column("until", gettext_lazy("Until"), sort="until"),
    Column("who", gettext_lazy("By whom"), sort="partner__organisation__name"),
)
NEED_COLUMNS = (
    Column("what", gettext_lazy("What is needed"), sort="record__title"),
    Column("kind", gettext_lazy("Kind"), sort="kind"),
    Column("amount", gettext_lazy("How much"), sort="amount"),
    Column("until", gettext_lazy("Until"), sort="until"),
    Column("who", gettext_lazy("By whom"), sort="partner__organisation__name"),
    Column("answered", gettext_lazy("Answered"), sort="answers"),
)


@dataclass(frozen=True)
class Gap:
    """What is offered and needed of one kind in one unit; None where nobody gave an amount."""

    kind: Message
    unit: str
    offered: Decimal | None
    needed: Decimal | None
    offers: int
    needs: int

    @property
    def missing(self) -> Decimal:
        """How much is needed beyond what is offered."""
        return max((self.needed or Decimal(0)) - (self.offered or Decimal(0)), Decimal(0))

    @property
    def state(self) -> str:
        """How the gap is marked."""
        if not self.needs:
            return "open"
        if self.needed is None:
            return "under_way" if self.offers else "waiting_on"
        return "waiting_on" if self.missing else "met"

    @property
    def words(self) -> str:
        """The gap in a few words."""
        if not self.needs:
            return _("offered, nobody has said they need it")
        if self.needed is None:
            return _("compare by hand: no amounts") if self.offers else _("nothing offered yet")
        if not self.missing:
            return _("covered")
        return _("%(amount)s short") % {"amount": amount_words(self.missing, self.unit)}


@dataclass(frozen=True)
class ResourcesPage:
    """What is offered, what is needed, and the gap of each kind."""

    title: str
    tabs: tuple[Tab, ...]
    gaps: TablePage
    short: int
    offers: TablePage
    needs: TablePage
    offer_href: str
    need_href: str


@dataclass(frozen=True)
class ResourcePage:
    """One offer or one need."""

    title: str
    kicker: str
    kicker_href: str
    text: str
    terms: tuple[Term, ...]
    source: Source | None
    panel: RecordPanel
    edit_href: str
    withdraw_href: str
    answer_href: str


GAP_COLUMNS = (
    Column("kind", gettext_lazy("Kind")),
    Column("unit", gettext_lazy("Counted in")),
    Column("offered", gettext_lazy("Offered"), numeric=True),
    Column("needed", gettext_lazy("Needed"), numeric=True),
    Column("gap", gettext_lazy("Gap")),
)


def amount_words(amount: Decimal | None, unit: str) -> str:
    """An amount with its unit, or nothing."""
    return "" if amount is None else f"{number_words(amount)} {unit}".strip()


def day_words(day: date | None) -> str:
    """A day as the page's language writes it, or nothing."""
    return date_format(day, "DATE_FORMAT") if day else ""


def visible_offers(initiative: Initiative, reader: Reader) -> QuerySet[Offer]:
    """The offers that stand and the reader may see, with their partners."""
    found = Offer.objects.in_initiative(initiative).standing().visible_to(reader.readers)
    return found.select_related(
        "record__source", "partner__record", "partner__organisation__merged_into"
    )


def visible_needs(initiative: Initiative, reader: Reader) -> QuerySet[Need]:
    """The needs that stand and the reader may see, with how many offers answer them."""
    found = Need.objects.in_initiative(initiative).standing().visible_to(reader.readers)
    full = found.select_related(
        "record__source", "partner__record", "partner__organisation__merged_into"
    )
    return full.with_answers()


def _base(row: Offer | Need, name: str, reader: Reader) -> dict[str, object]:
    return {
        "what": TextLink(row.record.title, address(reader, f"partners:{name}", row.pk)),
        "kind": row.get_kind_display(),
        "amount": amount_words(row.amount, row.unit),
        "until": row.until or _("no end said"),
        "who": partner_link(row.partner, reader),
    }


def partner_link(partner: Partner | None, reader: Reader) -> TextLink | str:
    """Whose an offer or a need is."""
    if partner is None:
        return _("everybody together")
    if partner.record.visibility not in reader.readers:
        return _("a partner")
    return TextLink(str(partner), address(reader, "partners:partner", partner.pk))


def offer_table(
    rows: QuerySet[Offer], reader: Reader, params: QueryDict, *, whose: bool = True
) -> TablePage:
    """Offers as a table; `whose` leaves out who offers where that is plain."""
    return table_page(
        rows.order_by("kind", "record__title"),
        _columns(OFFER_COLUMNS, whose=whose),
        params,
        build=lambda row: _base(row, "offer", reader),
        name="offers",
    )


def _columns(columns: tuple[Column, ...], *, whose: bool) -> tuple[Column, ...]:
    return tuple(column for column in columns if whose or column.key != "who")


def need_table(
    rows: QuerySet[Need], reader: Reader, params: QueryDict, *, whose: bool = True
) -> TablePage:
    """Needs as a table."""

    def build(row: Need) -> dict[str, object]:
        number = int(getattr(row, "answers", 0))
        words = ngettext("%s offer", "%s offers", number) % number
        state = Mark("under_way", words) if number else Mark("waiting_on", _("by nobody yet"))
        return _base(row, "need", reader) | {"answered": state}

    return table_page(
        rows.order_by("kind", "record__title"),
        _columns(NEED_COLUMNS, whose=whose),
        params,
        build=build,
        name="needs",
    )


Sums = QuerySet[Any, tuple[str, str, str, str, int, Decimal | None]]


def _summed(rows: ResourceQuerySet[Any], side: str, today: date) -> Sums:
    running = rows.running(today).order_by()
    plain = running.annotate(side=Value(side), counted_in=Lower(Trim("unit")))
    grouped = plain.values("side", "kind", "counted_in")
    summed = grouped.annotate(said=Max("unit"), number=Count("pk"), total=Sum("amount"))
    sums: Sums = summed.values_list("side", "kind", "counted_in", "said", "number", "total")
    return sums


def gaps(initiative: Initiative, reader: Reader) -> tuple[Gap, ...]:
    """Offered beside needed, by kind and unit; what no longer runs does not count."""
    offers = Offer.objects.in_initiative(initiative).standing().visible_to(reader.readers)
    needs = Need.objects.in_initiative(initiative).standing().visible_to(reader.readers)
    rows = _summed(offers, "offer", reader.today).union(
        _summed(needs, "need", reader.today), all=True
    )
    return _gaps(rows)


def _gaps(rows: Sums) -> tuple[Gap, ...]:
    found: dict[tuple[str, str], dict[str, tuple[int, Decimal | None]]] = defaultdict(dict)
    said: dict[str, str] = {}
    for side, kind, unit, words, number, total in rows:
        found[kind, unit][side] = (number, total)
        said[unit] = words
    labels: dict[str, Message] = dict(ResourceKind.choices)
    order = list(labels)
    none: tuple[int, Decimal | None] = (0, None)
    return tuple(
        Gap(
            kind=labels.get(kind, kind),
            unit=said[unit],
            offered=sides.get("offer", none)[1],
            needed=sides.get("need", none)[1],
            offers=sides.get("offer", none)[0],
            needs=sides.get("need", none)[0],
        )
        for (kind, unit), sides in sorted(
            found.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
    )


def _side(total: Decimal | None, number: int) -> str:
    if total is not None:
        return number_words(total)
    return ngettext("%s without amount", "%s without amount", number) % number if number else "0"


def _gap_row(gap: Gap) -> dict[str, object]:
    return {
        "kind": gap.kind,
        "unit": gap.unit or _("no amounts given"),
        "offered": _side(gap.offered, gap.offers),
        "needed": _side(gap.needed, gap.needs),
        "gap": Mark(gap.state, gap.words),
    }


def resources_page(initiative: Initiative, reader: Reader, params: QueryDict) -> ResourcesPage:
    """Everything offered and needed."""
    found = gaps(initiative, reader)
    return ResourcesPage(
        title=_("Offered and needed"),
        tabs=people_tabs(reader, "resources"),
        gaps=table_page(found, GAP_COLUMNS, params, build=_gap_row, name="gaps"),
        short=sum(gap.state == "waiting_on" for gap in found),
        offers=offer_table(visible_offers(initiative, reader), reader, params),
        needs=need_table(visible_needs(initiative, reader), reader, params),
        offer_href=if_may(reader, "partners.own", "partners:add_offer"),
        need_href=if_may(reader, "partners.need", "partners:add_need"),
    )


def _terms(row: Offer | Need, reader: Reader) -> tuple[Term, ...]:
    until = day_words(row.until)
    if row.until and not row.runs(reader.today):
        until = _("%(day)s, which is past") % {"day": until}
    return (
        Term(_("Kind"), row.get_kind_display()),
        Term(_("How much"), amount_words(row.amount, row.unit)),
        Term(_("Until"), until),
    )


def _page(row: Offer | Need, reader: Reader, name: str, *, own: bool) -> ResourcePage:
    may = own and not row.record.withdrawn
    whose = partner_link(row.partner, reader)
    return ResourcePage(
        title=row.record.title,
        kicker=str(whose.text) if isinstance(whose, TextLink) else whose,
        kicker_href=whose.href if isinstance(whose, TextLink) else "",
        text=row.what if row.what != row.record.title else "",
        terms=_terms(row, reader),
        source=as_source(row.record),
        panel=record_panel(record=row.record, reader=reader),
        edit_href=address(reader, f"partners:edit_{name}", row.pk) if may else "",
        withdraw_href=(
            address(reader, f"partners:withdraw_{name}", row.pk)
            if may and not reader.may("initiatives.withdraw")
            else ""
        ),
        answer_href="",
    )


def offer_page(offer: Offer, reader: Reader, *, own: bool) -> ResourcePage:
    """One offer; `own` says whether the reader may change it."""
    page = _page(offer, reader, "offer", own=own)
    tied = Term(_("Tied to"), offer.tied_to)
    answer = address(reader, "partners:answer_need", offer.pk) if page.edit_href else ""
    return replace(page, terms=(*page.terms, tied), answer_href=answer)


def need_page(need: Need, reader: Reader, *, own: bool) -> ResourcePage:
    """One need; `own` says whether the reader may change it."""
    return _page(need, reader, "need", own=own)
