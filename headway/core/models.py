import uuid
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any, Self, TypeVar

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message, Refusals
from headway.core.text import text_refusal
from headway_analysis.partial_date import PartialDate

ModelT = TypeVar("ModelT", bound=models.Model)
RANGES = BaseDatabaseOperations.integer_field_ranges


def _whole_number_refusal(field: "models.IntegerField[Any, Any]", value: int) -> Message | None:
    low, high = RANGES[field.get_internal_type()]
    if low <= value <= high:
        return None
    return _("Enter a whole number from %(low)s to %(high)s.") % {
        "low": f"{low:,}",
        "high": f"{high:,}",
    }


def _decimal_refusal(field: "models.DecimalField[Any, Any]", value: Decimal) -> Message | None:
    before = (field.max_digits or 0) - (field.decimal_places or 0)
    if value.is_finite() and abs(value) < Decimal(10) ** before:
        return None
    return _("Enter a number with at most %(digits)s digits before the point.") % {"digits": before}


def _value_refusal(field: "models.Field[Any, Any]", value: Any) -> Message | None:
    """Why one value cannot be stored on every engine, or None."""
    if isinstance(value, str) and isinstance(field, (models.CharField, models.TextField)):
        return text_refusal(value, field.max_length or 0)
    if isinstance(field, models.IntegerField) and isinstance(value, int):
        return _whole_number_refusal(field, value)
    if isinstance(field, models.DecimalField) and isinstance(value, Decimal):
        return _decimal_refusal(field, value)
    return None


class CheckedQuerySet(models.QuerySet[ModelT]):
    """A queryset whose bulk inserts are checked like single saves."""

    def bulk_create(self, objs: Iterable[ModelT], *args: Any, **kwargs: Any) -> list[ModelT]:
        """Insert many rows after checking every value of each."""
        rows = list(objs)
        for row in rows:
            if isinstance(row, CheckedModel):
                row.check_values()
        return super().bulk_create(rows, *args, **kwargs)

    def insert_all(self, objs: Iterable[ModelT]) -> None:
        """Insert very many checked rows by one prepared statement, in half the time of the above.

        For rows whose keys are known before, as ours are; what is saved is not read back.
        """
        rows = list(objs)
        for row in rows:
            if isinstance(row, CheckedModel):
                row.check_values()
        if rows:
            _execute_many(connections[self.db], self.model, rows)


def _execute_many(
    connection: BaseDatabaseWrapper, model: type[models.Model], rows: Sequence[models.Model]
) -> None:
    fields = model._meta.local_concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column or field.attname) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    values = [
        [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
        for row in rows
    ]
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        # Names of tables and columns only; every value is a parameter.
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)  # noqa: S608  # no value in it
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


class CheckedModel(models.Model):
    """Base of every table: refuses the same values on SQLite and on PostgreSQL."""

    id: "models.Field[Any, Any]" = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row after checking the values that will be written."""
        self.check_values(kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def check_values(self, only: Collection[str] | None = None) -> None:
        """Refuse what one of the engines could not store.

        Raises:
            Refusals: with a message for each field to mend.

        """
        refused = {}
        for field in self._meta.concrete_fields:
            if only is not None and field.name not in only:
                continue
            refusal = _value_refusal(field, getattr(self, field.attname))
            if refusal is not None:
                refused[field.name] = refusal
        if refused:
            raise Refusals(refused)

    def change(self, **values: object) -> dict[str, tuple[object, object]]:
        """Set and save only the fields that differ; answer {field: (old, new)}."""
        changed = {
            name: (getattr(self, name), value)
            for name, value in values.items()
            if getattr(self, name) != value
        }
        for name, (_old, value) in changed.items():
            setattr(self, name, value)
        if changed:
            self.save(update_fields=list(changed))
        return changed


class KeyedByRecord(CheckedModel):
    """Base of tables whose key is something other than an own UUID."""

    id = None  # Django's way to drop an inherited field

    class Meta:
        abstract = True


class Dated(models.Model):
    """When something happened, as exactly as anybody knows."""

    happened_from = models.DateField(null=True, blank=True)
    happened_to = models.DateField(null=True, blank=True)
    date_as_said = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True

    @property
    def when(self) -> PartialDate | None:
        """The date as one value, or None where nobody said."""
        if self.happened_from is None or self.happened_to is None:
            return None
        return PartialDate(self.happened_from, self.happened_to, self.date_as_said)

    def set_when(self, when: PartialDate | None) -> Self:
        """Put a partial date into its three columns."""
        self.happened_from = when.start if when else None
        self.happened_to = when.end if when else None
        self.date_as_said = when.as_said if when else ""
        return self
