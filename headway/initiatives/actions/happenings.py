from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.initiatives.actions.records import (
    locked,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.models import Happening, HappeningOrganisation, Initiative, Record
from headway.initiatives.provenance import HERE, Provenance
from headway_analysis.partial_date import PartialDate

TITLE_LENGTH = 120


def title_of(text: str) -> str:
    """The first words of a text, as a title."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1].rstrip()}…"


def _take_part(happening: Happening, organisations: Iterable[Organisation]) -> None:
    for organisation in organisations:
        HappeningOrganisation.objects.get_or_create(happening=happening, organisation=organisation)


def _as_reported(
    initiative: Initiative, text: str, when: PartialDate | None, provenance: Provenance
) -> Happening | None:
    """The same happening from the same source, loaded before; withdrawn ones stay withdrawn."""
    if not provenance.reported:
        return None
    known = Happening.objects.in_initiative(initiative).filter(record__source=provenance.source)
    said = when.as_said if when else ""
    return known.filter(text=text.strip(), record__date_as_said=said).first()


def _check_has_come(by: Actor, initiative: Initiative, when: PartialDate | None) -> None:
    if when is not None and when.start > initiative.today(by.at):
        raise RuleError(_("Enter a day that has come; what is planned has not happened."), "when")


def _check(initiative: Initiative, category: str, organisations: list[Organisation]) -> None:
    if category not in Happening.Category.values:
        raise RuleError(_("Choose what it was, like a meeting."), "category")
    if any(each.authority_id != initiative.authority_id for each in organisations):
        raise RuleError(_("Choose organizations of this directory."), "organisations")


@transaction.atomic
def record_happening(
    *,
    by: Actor,
    initiative: Initiative,
    category: str,
    text: str,
    when: PartialDate | None,
    organisations: Iterable[Organisation] = (),
    kind_as_said: str = "",
    visibility: str = "",
    provenance: Provenance = HERE,
) -> Happening:
    """Record something that happened; the same from the same source is kept once.

    Raises:
        RuleError: where the text or, unless reported, the date is missing.

    """
    known = _as_reported(initiative, text, when, provenance)
    if known is not None:
        return known
    if not text.strip():
        raise RuleError(_("Say what happened, like “County Board approved the plan”."), "text")
    if when is None and not provenance.reported:
        raise RuleError(_("Enter when it happened, like 2026-03-27 or spring 2026."), "when")
    took_part = list(organisations)
    _check(initiative, category, took_part)
    _check_has_come(by, initiative, when)
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Happening.RECORD_KIND,
        title=title_of(text),
        visibility=visibility,
        provenance=provenance,
        when=when,
    )
    happening = Happening(
        record=record, category=category, text=text.strip(), kind_as_said=kind_as_said
    )
    happening.save(force_insert=True)
    write_wording(by=by, record=record, field="text", text=happening.text)
    _take_part(happening, took_part)
    note_event(by=by, record=record, verb="recorded", changes={"text": ("", happening.text)})
    return happening


@transaction.atomic
def revise_happening(
    *,
    by: Actor,
    happening: Happening,
    category: str,
    text: str,
    when: PartialDate | None,
    organisations: Iterable[Organisation],
    seen: int | None = None,
) -> Record:
    """Correct what was recorded as having happened.

    Raises:
        RuleError: where the text is missing, the record was withdrawn, or somebody else wrote.

    """
    if not text.strip():
        raise RuleError(_("Say what happened, like “County Board approved the plan”."), "text")
    chosen = list(organisations)
    _check(happening.record.initiative, category, chosen)
    _check_has_come(by, happening.record.initiative, when)
    locked(happening.record)
    before = _who_took_part(happening)
    happening.organisations.exclude(organisation__in=chosen).delete()
    _take_part(happening, chosen)
    after = _who_took_part(happening)
    revise_record(
        by=by,
        stage=happening,
        title=title_of(text),
        when=when,
        values={"category": category, "text": text.strip()},
        seen=seen,
        also={"organisations": (before, after)} if before != after else None,
    )
    return happening.record


def _who_took_part(happening: Happening) -> str:
    names = happening.organisations.order_by("organisation__name")
    return ", ".join(names.values_list("organisation__name", flat=True))
