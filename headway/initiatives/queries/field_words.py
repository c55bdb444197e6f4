"""What the fields of records are called on pages, and what they hold, in plain words."""

import re
from contextlib import suppress
from datetime import datetime
from functools import cache

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message
from headway.initiatives.models import Record, StageModel

INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?[+-]\d\d:\d\d")
NUMBERED = re.compile(r"([a-z_]+)_([0-9]+)", re.ASCII)
YES_OR_NO: dict[str, Message] = {"True": _("yes"), "False": _("no")}
# For fields whose models say nothing better by a translated `verbose_name`.
COMMON: dict[str, Message] = {
    "about": _("what it is about"),
    "amount": _("how much"),
    "answer": _("answer"),
    "because": _("why"),
    "carried_out": _("carried out"),
    "category": _("kind"),
    "claim": _("what is said"),
    "country": _("country"),
    "date_as_said": _("when"),
    "decisions": _("how we decide"),
    "description": _("description"),
    "disagreements": _("what we do when we disagree"),
    "ends_on": _("last day"),
    "evidence": _("how we know"),
    "file": _("file"),
    "given_by": _("who gave it"),
    "happened_from": _("not before"),
    "happened_to": _("not after"),
    "how_many": _("how many"),
    "how_many_as_said": _("how many, as said"),
    "kind": _("kind"),
    "kind_as_said": _("kind, as reported"),
    "language": _("language"),
    "languages": _("languages people write in"),
    "member": _("member"),
    "name": _("name"),
    "next_step": _("next step"),
    "next_step_by": _("next step by"),
    "next_step_done_on": _("next step done on"),
    "note": _("note"),
    "option": _("option"),
    "organisation": _("organization"),
    "organisations": _("organizations"),
    "owner": _("looked after by"),
    "part": _("part"),
    "partner": _("partner"),
    "people": _("people"),
    "place": _("place"),
    "place_as_said": _("place, as said"),
    "rank": _("place in the order"),
    "record": _("record"),
    "represents": _("for whom they speak"),
    "role": _("role"),
    "role_as_said": _("role, as said"),
    "roles": _("who does what"),
    "says_now": _("what it says now"),
    "scope": _("what it is about"),
    "sharing": _("how we share data"),
    "should_say": _("what it should say"),
    "source": _("source"),
    "sources": _("sources"),
    "starts_on": _("first day"),
    "state": _("state"),
    "statement": _("the problem in a sentence"),
    "summary": _("what it is about"),
    "target": _("linked with"),
    "text": _("text"),
    "tied_to": _("what it is tied to"),
    "title": _("title"),
    "unit": _("unit"),
    "until": _("until"),
    "value": _("figure"),
    "visibility": _("who may read it"),
    "website": _("website"),
    "what": _("what it is"),
    "withdrawn_at": _("withdrawn"),
    "withdrawn_because": _("why it was withdrawn"),
    "zone": _("time zone"),
}


@cache
def _stages() -> dict[str, type[StageModel]]:
    """The table of each kind of record."""
    return {
        model.RECORD_KIND: model for model in apps.get_models() if issubclass(model, StageModel)
    }


def _own_words(model: type[models.Model], name: str) -> Message | None:
    """What a model calls its field in translatable words, if it says so."""
    try:
        words = getattr(model._meta.get_field(name), "verbose_name", None)
    except FieldDoesNotExist:
        return None
    return words if isinstance(words, Promise) else None


def field_words(kind: str, name: str) -> str:
    """What a field of a kind of record is called: as its model says, else as everywhere.

    One of several of a sort keeps its number: `option_2` is "Option 2".
    """
    if numbered := NUMBERED.fullmatch(name):
        return f"{field_words(kind, numbered[1])} {numbered[2]}"
    known = (_own_words(model, name) for model in (_stages().get(kind), Record) if model)
    words = next((each for each in known if each is not None), COMMON.get(name))
    return str(capfirst(str(words or name.replace("_", " "))))


def _chosen(kind: str, name: str) -> dict[str, Message]:
    """The words for what a field may hold, where its model offers a choice."""
    model = _stages().get(kind)
    with suppress(FieldDoesNotExist):
        field = model._meta.get_field(name) if model else None
        return {str(key): words for key, words in getattr(field, "flatchoices", ())}
    return {}


def value_words(kind: str, name: str, stored: str) -> str:
    """What a field held, as its page says it: a choice by its label, an instant by the clock."""
    if INSTANT.fullmatch(stored):
        moment = timezone.localtime(datetime.fromisoformat(stored))
        return date_format(moment, "DATETIME_FORMAT")
    return str(_chosen(kind, name).get(stored, YES_OR_NO.get(stored, stored)))
