"""What hangs on a record beside its own row: votes, options, comments, milestones and the like.

Whatever table points at a record or at the row of a stage is told with it; what is not, and why
not, stands in `LEFT_OUT`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from headway.exchange.formats.records import ExportedDetail
from headway.exchange.queries.content import is_text, stage_models
from headway.initiatives.models import File, Record, RecordHold, StageModel, Wording
from headway.solutions.models import Ballot, NamedVote, OpenedVote

# Told in places of their own.
ELSEWHERE: Final = (File, RecordHold, Wording)
LEFT_OUT: Final = {
    "commitments.Reminder": "says only that a mail was written, to which private address",
    "forums.Choice": "would tell all that one participant without a name agreed to",
    "forums.InvitationCode": "holds nothing but the digest of a code",
    "forums.SealedStatement": "is read by nobody before it is stored as a statement",
    "forums.StatementContact": "an address that was left for answers alone",
    "forums.StatementTurn": "holds nothing but a digest",
    "measures.ReadingsFile": "rows that wait to be brought in, small numbers among them",
    "pilots.ResultsFile": "rows of single people or places that wait to be worked out",
    "pilots.SealedTelling": "is read by nobody before it is stored with others",
    "initiatives.SearchText": "repeats texts that are told in their own places",
    "solutions.SealedVote": "cannot be read before the close and is destroyed at it",
}
# What lets somebody in again, which voices were heard in a secret vote, and numbers of people as
# given: beside them stands what of them may be shown.
HIDDEN: Final = {"digest", "resume", "key_id", "has_voted", "kept", "kept_people"}


@dataclass(frozen=True, slots=True)
class DetailTable:
    """A table whose rows hang on a record, and by which lookup."""

    model: type[models.Model]
    lookup: str

    def rows(self) -> "QuerySet[Any]":
        """Its rows that may be told: no vote before its close."""
        rows = self.model._base_manager.all()
        return rows.filter(_told()) if self.model in {NamedVote, OpenedVote} else rows

    def texts(self) -> list[str]:
        """Its columns of free text."""
        return [field.name for field in self._columns() if is_text(field)]

    def of(self, keys: Iterable[UUID]) -> Iterator[tuple[UUID, UUID, ExportedDetail]]:
        """The details of some records, each with the record on which it hangs, and its key."""
        rows = self.rows().filter(**{f"{self.lookup}__in": list(keys)})
        rows = rows.annotate(hangs_on=models.F(self.lookup)).order_by("pk")
        for row in rows.select_related(*self._told_by_name()):
            said = {field.name: _said(row, field) for field in self._columns()}
            content = {name: value for name, value in said.items() if value}
            yield row.hangs_on, row.pk, ExportedDetail(str(self.model._meta.model_name), content)

    def _columns(self) -> "list[models.Field[Any, Any]]":
        fields = self.model._meta.concrete_fields
        return [field for field in fields if not field.primary_key and field.name not in HIDDEN]

    def _told_by_name(self) -> list[str]:
        return [field.name for field in self._columns() if _is_named(field)]


def _told() -> Q:
    withdrawn = Ballot.objects.filter(result__why="withdrawn").values("pk")
    return Q(ballot__state=Ballot.State.CLOSED) & ~Q(ballot__in=withdrawn)


def _is_named(field: "models.Field[Any, Any]") -> bool:
    """Whether a column points at somebody or something that has a name of its own."""
    to = field.related_model
    return to is not None and to._meta.app_label in {"directory", "initiatives"} and to != Record


def _said(row: models.Model, field: "models.Field[Any, Any]") -> str:
    """What a column says, in words; a record by its number."""
    value = getattr(row, field.attname)
    if value is None:
        return ""
    if _is_named(field):
        return str(getattr(row, field.name))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(getattr(row, f"get_{field.name}_display", lambda: value)())


def _hanging(
    owner: type[models.Model], before: str = "", seen: frozenset[type[models.Model]] = frozenset()
) -> Iterator[DetailTable]:
    """The tables below one, and those below them."""
    for relation in owner._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel):
            continue
        model, name = relation.related_model, relation.field.name
        if not isinstance(model, type) or model in seen or issubclass(model, StageModel):
            continue
        if model in ELSEWHERE or model._meta.label in LEFT_OUT:
            continue
        lookup = f"{name}__{before}" if before else name
        yield DetailTable(model, lookup)
        yield from _hanging(model, lookup, seen | {model})


@cache
def tables_of(kind: str) -> tuple[DetailTable, ...]:
    """The tables of details of one kind of record; an empty kind means those of any."""
    if not kind:
        return tuple(_hanging(Record))
    return tuple(_hanging(stage_models()[kind])) if kind in stage_models() else ()


def says_in_details(word: str) -> Q:
    """The condition that something which hangs on a record says a word."""
    says = Q(pk__in=[])
    for kind in ("", *stage_models()):
        found = Q(pk__in=[])
        for table in tables_of(kind):
            found |= _says(table, word)
        says |= (Q(kind=kind) & found) if kind else found
    return says


def _says(table: DetailTable, word: str) -> Q:
    texts = Q(pk__in=[])
    for name in table.texts():
        texts |= Q(**{f"{name}__icontains": word})
    rows = table.rows().filter(texts, **{table.lookup: OuterRef("pk")})
    return Q(Exists(rows)) if table.texts() else Q(pk__in=[])


def details_told(records: Iterable[Record]) -> dict[UUID, list[ExportedDetail]]:
    """What hangs on some records, with as many questions for many as for one of each kind."""
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for record in records:
        by_kind[record.kind].append(record.pk)
        by_kind[""].append(record.pk)
    # One row may hang on a record in two ways, like a vote and whose it was.
    found: dict[UUID, dict[UUID, ExportedDetail]] = defaultdict(dict)
    for kind, keys in by_kind.items():
        for table in tables_of(kind):
            for key, row, detail in table.of(keys):
                found[key][row] = detail
    return {key: list(details.values()) for key, details in found.items()}
