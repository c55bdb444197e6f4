"""Everything that an initiative records about an organisation, whichever app keeps it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Field, Model, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.directory.models import Organisation
from headway.directory.queries.sources import source_link
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Record, StageModel
from headway.initiatives.reader import Reader
from headway.partners.models import Correction, Partner

COLUMNS = (
    Column("what", gettext_lazy("What is recorded"), sort="title"),
    Column("kind", gettext_lazy("Kind")),
    Column("when", gettext_lazy("When"), sort="happened_from"),
    Column("source", gettext_lazy("Source"), sort="source__title"),
)
ASK = Column("ask", gettext_lazy("Something wrong?"))


@dataclass(frozen=True)
class Naming:
    """A table whose rows name an organisation, and how to get to the record they belong to."""

    model: type[Model]
    organisation: str
    record: str


def _keys(model: type[Model], to: type[Model]) -> Iterator["Field[Any, Any]"]:
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model is to:
            yield field


def _record_path(model: type[Model]) -> str:
    """How rows of a table lead to their record, empty where they belong to none."""
    if issubclass(model, StageModel):
        return "pk"
    for field in model._meta.concrete_fields:
        target = field.related_model if field.is_relation else None
        if isinstance(target, type) and (target is Record or issubclass(target, StageModel)):
            return f"{field.name}_id"
    return ""


@cache
def naming_tables() -> tuple[Naming, ...]:
    """Every table that names an organisation and belongs to a record.

    Read from the models themselves, so that what a later app keeps about an organisation can not
    be left out of the page where it reads what is recorded about it.
    """
    return tuple(
        naming for model in apps.get_models() if model is not Record for naming in _namings(model)
    )


def _namings(model: type[Model]) -> Iterator[Naming]:
    path = _record_path(model)
    if path:
        for field in _keys(model, Organisation):
            yield Naming(model, field.name, path)
        for field in _keys(model, Partner):
            yield Naming(model, f"{field.name}__organisation", path)


def _rows(naming: Naming, organisations: list[UUID]) -> QuerySet[Model]:
    rows = naming.model._default_manager.filter(**{f"{naming.organisation}__in": organisations})
    if any(field.name == "withdrawn_at" for field in naming.model._meta.concrete_fields):
        rows = rows.filter(withdrawn_at__isnull=True)
    return rows


def records_naming(initiative: Initiative, same: list[UUID], reader: Reader) -> QuerySet[Record]:
    """The records of an initiative that name one of these organisations and one may see."""
    named = Q(organisation__in=same)
    for naming in naming_tables():
        named |= Q(pk__in=_rows(naming, same).values(naming.record))
    found = Record.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.filter(named).select_related("source").order_by("-happened_to", "-recorded_at")


def _ask(record: Record, ask: str) -> TextLink | str:
    if not ask or record.kind == Correction.RECORD_KIND:
        return "–"
    return TextLink(_("Ask for a correction"), f"{ask}&about={record.pk}")


def named_table(
    initiative: Initiative,
    same: list[UUID],
    reader: Reader,
    params: QueryDict,
    *,
    ask: str = "",
) -> TablePage:
    """What is recorded about an organisation, a page at a time.

    `same` is its key and those of all that were merged into it. `ask` is the page where its own
    members ask for a correction; each record then leads there.
    """

    def row(record: Record) -> dict[str, object]:
        return {
            "what": TextLink(record.title, kinds.href(record, reader.slug)),
            "kind": kinds.label(record.kind),
            "when": str(record.when or record.date_as_said),
            "source": source_link(record.source) or _("recorded here"),
            "ask": _ask(record, ask),
        }

    found = records_naming(initiative, same, reader)
    columns = (*COLUMNS, ASK) if ask else COLUMNS
    return table_page(found, columns, params, build=row, size=20, name="recorded")
