from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Source
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.directory.queries.sources import source_link
from headway.initiatives.models import Happening, HappeningOrganisation, Initiative
from headway.initiatives.models.happening import HappeningQuerySet
from headway.initiatives.queries.panel import RecordPanel, as_source, record_panel
from headway.initiatives.reader import Reader


@dataclass(frozen=True)
class HappeningsPage:
    """What happened, as a table by date."""

    title: str
    table: TablePage
    categories: tuple[tuple[str, Message], ...]
    chosen: str
    add_href: str


@dataclass(frozen=True)
class HappeningPage:
    """One thing that happened."""

    title: str
    text: str
    when: str
    category: Message
    kind_as_said: str
    organisations: tuple[str, ...]
    source: Source | None
    edit_href: str
    panel: RecordPanel


COLUMNS = (
    Column("when", gettext_lazy("When"), sort="record__happened_from"),
    Column("what", gettext_lazy("What happened"), sort="record__title"),
    Column("category", gettext_lazy("Kind"), sort="category"),
    Column("who", gettext_lazy("Who took part")),
    Column("source", gettext_lazy("Source")),
)


def visible_happenings(initiative: Initiative, reader: Reader) -> HappeningQuerySet:
    """Everything that happened and the reader may see, with those who took part."""
    took_part = HappeningOrganisation.objects.select_related("organisation").order_by(
        "organisation__name"
    )
    found = Happening.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return (
        found.select_related("record__source")
        .prefetch_related(Prefetch("organisations", queryset=took_part))
        .oldest_first()
    )


def happening_row(happening: Happening, reader: Reader) -> dict[str, object]:
    """One thing that happened, as a row of a table."""
    record = happening.record
    address = reverse("initiatives:happening", args=[reader.slug, record.pk])
    return {
        "when": date_words(record.when, record.date_as_said),
        "what": TextLink(record.title, address),
        "category": happening.get_category_display(),
        "who": ", ".join(part.organisation.name for part in happening.organisations.all()),
        "source": source_link(record.source) or _("Recorded here"),
    }


def happenings_page(initiative: Initiative, reader: Reader, params: QueryDict) -> HappeningsPage:
    """What happened, of all kinds or of one."""
    chosen = params.get("category", "")
    chosen = chosen if chosen in Happening.Category.values else ""
    found = visible_happenings(initiative, reader)
    found = found.of(chosen) if chosen else found
    may_add = reader.may("initiatives.record_happening")
    return HappeningsPage(
        title=_("What happened"),
        table=table_page(found, COLUMNS, params, build=lambda each: happening_row(each, reader)),
        categories=tuple(Happening.Category.choices),
        chosen=chosen,
        add_href=reverse("initiatives:add_happening", args=[reader.slug]) if may_add else "",
    )


def happening_page(happening: Happening, reader: Reader) -> HappeningPage:
    """One thing that happened, with everything that stands beside it."""
    record = happening.record
    may_edit = reader.may("initiatives.record_happening") and not record.withdrawn
    took_part = happening.organisations.select_related("organisation").order_by(
        "organisation__name"
    )
    edit = reverse("initiatives:edit_happening", args=[reader.slug, record.pk])
    return HappeningPage(
        title=record.title,
        text=happening.text if happening.text != record.title else "",
        when=date_words(record.when, record.date_as_said),
        category=happening.get_category_display(),
        kind_as_said=happening.kind_as_said,
        organisations=tuple(part.organisation.name for part in took_part),
        source=as_source(record),
        edit_href=edit if may_edit else "",
        panel=record_panel(record=record, reader=reader),
    )
