"""What happens to a measure: added, changed, given a target, put first, tied to what moves it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.initiatives.actions import (
    as_closed_as,
    link_records,
    locked,
    must_be_of,
    must_stand,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.models import Initiative, Link, Record
from headway.initiatives.provenance import HERE, Provenance
from headway.measures.actions.hiding import hide_anew
from headway.measures.models import USUAL_FLOOR, Headline, Measure, MeasureOwner, Reading, Target
from headway.pilots.actions import fill_card
from headway.pilots.models import Pilot
from headway.problems.models import Baseline
from headway_analysis.partial_date import PartialDate

MOST_OWNERS, HIGHEST_FLOOR, MOST_MONTHS = 20, 1_000, 240
USUAL: dict[str, Any] = {
    "kind": Measure.Kind.RESULT.value,
    "direction": Measure.Direction.NEITHER.value,
    "subject": Measure.Subject.PEOPLE.value,
}
CHOICES = {
    "kind": Measure.Kind.values,
    "direction": Measure.Direction.values,
    "subject": Measure.Subject.values,
}


class About(TypedDict, total=False):
    """What a measure may say of itself when it is added; what is left out is as usual."""

    kind: str
    direction: str
    subject: str
    counts: str
    every_months: int | None
    baseline: Baseline | None
    story: str
    gains: str
    costs: str
    floor: int
    agreement: str


@transaction.atomic
def add_measure(
    *,
    by: Actor,
    initiative: Initiative,
    title: str,
    unit: str,
    organisations: Sequence[Organisation] = (),
    came_from: Record | None = None,
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
    **about: Unpack[About],
) -> Measure:
    """Say what is counted to see whether anything gets better.

    A measure of the same name that stands is the same one: it is answered as it is.

    Raises:
        RuleError: where it has no unit, or a value is none that one may choose.

    """
    known = Measure.objects.in_initiative(initiative).live().filter(record__title=title.strip())
    found = known.select_related("record__initiative__stream").first()
    if found is not None:
        return found
    said = {name: each.strip() if isinstance(each, str) else each for name, each in about.items()}
    measure = Measure(**{**USUAL, **said, "unit": unit.strip()})
    _check(initiative, measure)
    measure.record = open_record(
        by=by,
        initiative=initiative,
        kind=Measure.RECORD_KIND,
        title=title,
        visibility=visibility,
        provenance=provenance,
        when=when,
    )
    measure.save(force_insert=True)
    for field in Measure.TEXTS:
        if getattr(measure, field):
            write_wording(by=by, record=measure.record, field=field, text=getattr(measure, field))
    named = _name_owners(measure, organisations)
    if came_from is not None:
        link_records(by=by, origin=measure.record, target=came_from, kind=Link.Kind.CAME_FROM)
    changes = {"unit": ("", measure.unit), "kind": ("", measure.kind), **named}
    note_event(by=by, record=measure.record, verb="measured", changes=changes)
    return measure


def _check(initiative: Initiative, measure: Measure) -> None:
    if not measure.unit:
        raise RuleError(_("Say in what it is counted, like “people” or “days”."), "unit")
    for field, values in CHOICES.items():
        if getattr(measure, field) not in values:
            raise RuleError(_("Choose one of the options."), field)
    _check_rhythm(measure.every_months)
    _check_floor(measure.floor, measure.agreement)
    baseline = measure.baseline
    if baseline is not None and baseline.record.initiative_id != initiative.pk:
        raise RuleError(_("Choose a starting point of this initiative."), "baseline")
    if baseline is not None and not measure.compares_with(baseline):
        raise RuleError(
            _(
                "That starting point is told in “%(unit)s”. Give the measure the same unit, or "
                "choose another starting point."
            )
            % {"unit": baseline.unit},
            "baseline",
        )


def _check_rhythm(months: int | None) -> None:
    if months is not None and not 1 <= months <= MOST_MONTHS:
        raise RuleError(_("Enter a number of months from 1 to 240, like 12."), "every_months")


def _check_floor(floor: int, agreement: str) -> None:
    if not 1 <= floor <= HIGHEST_FLOOR:
        raise RuleError(_("Enter a number from 1 to 1,000, like 11."), "floor")
    if floor < USUAL_FLOOR and not agreement:
        raise RuleError(
            _(
                "Name the agreement that lets smaller numbers be shown, like “Data agreement of"
                " May 2024” or “Published by HUD already”."
            ),
            "agreement",
        )


def _name_owners(
    measure: Measure, organisations: Collection[Organisation]
) -> dict[str, tuple[object, object]]:
    """Let exactly these look after the measure; answer the change."""
    wanted = {each.canonical_pk: each.canonical for each in organisations}
    if len(wanted) > MOST_OWNERS:
        raise RuleError(_("Name at most 20 organizations."), "organisations")
    for each in wanted.values():
        must_be_of(measure.record.initiative.authority_id, each, "organisations")
    rows = {row.organisation_id: row for row in measure.owners.select_related("organisation")}
    if set(rows) == set(wanted):
        return {}
    for key in set(rows) - set(wanted):
        rows[key].delete()
    for key in set(wanted) - set(rows):
        MeasureOwner(measure=measure, organisation=wanted[key]).save(force_insert=True)
    before = ", ".join(sorted(row.organisation.name for row in rows.values()))
    after = ", ".join(sorted(each.name for each in wanted.values()))
    return {"organisations": (before, after)}


@transaction.atomic
def revise_measure(
    *,
    by: Actor,
    measure: Measure,
    title: str,
    organisations: Sequence[Organisation] | None = None,
    seen: int | None = None,
    **values: Any,
) -> bool:
    """Change what a measure says of itself; its floor and its targets have actions of their own.

    Raises:
        RuleError: where a value is none that one may choose, numbers of people would not be told
            as such any more, or somebody else wrote in between.

    """
    current = held(measure)
    subject = current.subject
    for name, value in values.items():
        setattr(current, name, value.strip() if isinstance(value, str) else value)
    _check(current.record.initiative, current)
    if current.subject != subject:
        _check_still_hides(current, subject)
    said = {name: getattr(current, name) for name in values}
    also = _name_owners(current, organisations) if organisations is not None else {}
    done = revise_record(by=by, stage=measure, title=title, values=said, seen=seen, also=also)
    if current.subject != subject:
        _note_hidden(by, current.record, hide_anew(measure=held(measure)))
    return done


def _check_still_hides(measure: Measure, before: str) -> None:
    """Refuse to tell numbers of people as something else: what is small in them would be shown.

    Numbers and shares of people are hidden by different counts, so neither becomes the other.
    """
    numbers = Reading.objects.filter(series__measure=measure, kept__isnull=False)
    if before != Measure.Subject.OTHER and numbers.exists():
        raise RuleError(
            _(
                "There are numbers of people already, and small ones are hidden. Add another "
                "measure, or ask whoever leads to name the agreement that lets them be shown."
            ),
            "subject",
        )


def _note_hidden(by: Actor, record: Record, count: int) -> None:
    """Say in the log that numbers shown before are hidden now."""
    if count:
        note_event(by=by, record=record, verb="values_hidden")


@transaction.atomic
def set_floor(
    *, by: Actor, measure: Measure, floor: int, agreement: str = "", because: str = ""
) -> bool:
    """Say which numbers of people are too small to be shown, and hide everything anew.

    Raises:
        RuleError: where it is lower than usual and no agreement is named.

    """
    current = held(measure)
    _check_floor(floor, agreement.strip())
    lower = floor < current.floor
    changes = current.change(floor=floor, agreement=agreement.strip())
    if changes:
        count = hide_anew(measure=current, afresh=lower)
        note_event(
            by=by, record=current.record, verb="floor_set", changes=changes, because=because.strip()
        )
        _note_hidden(by, current.record, count)
    return bool(changes)


@transaction.atomic
def set_target(
    *,
    by: Actor,
    measure: Measure,
    value: Decimal | None,
    due: PartialDate | None = None,
    because: str = "",
    when: PartialDate | None = None,
    provenance: Provenance = HERE,
) -> Target:
    """Say what shall be reached by when; earlier targets stay with their dates.

    Raises:
        RuleError: where a target is given up without a reason.

    """
    current = held(measure)
    last = current.targets.latest_first().first()
    if value is None and not because.strip():
        raise RuleError(_("Enter the number, or say why there is no target any more."), "value")
    if last is not None and (last.value, last.due) == (value, due):
        return last
    today = PartialDate.on(current.record.initiative.today(by.at))
    target = Target(
        measure=current,
        value=value,
        due_from=due.start if due else None,
        due_to=due.end if due else None,
        due_as_said=due.as_said if due else "",
        because=because.strip(),
        member_id=by.member_id,
        recorded_at=_after(last, by),
    ).set_when(when or (None if provenance.reported else today))
    target.save(force_insert=True)
    changes = {
        "target": (last.value if last else "", value),
        "due": (last.due if last else "", due),
    }
    note_event(
        by=by, record=current.record, verb="target_set", changes=changes, because=because.strip()
    )
    return target


def _after(last: Target | None, by: Actor) -> datetime:
    """The instant of a target; one action may set two, whose order must stay readable."""
    if last is None or last.recorded_at < by.at:
        return by.at
    return last.recorded_at + timedelta(microseconds=1)


@transaction.atomic
def say_what_moves(*, by: Actor, record: Record, measure: Measure, fills_card: bool = True) -> Link:
    """Say that a promise, a test or a recommendation is meant to move a measure.

    The card of a pilot that names no other measure takes from this one what it does not say yet,
    where whoever says so may change the card: `fills_card`.

    Raises:
        RuleError: where the two are of different initiatives, are one, or do not stand.

    """
    link = link_records(by=by, origin=record, target=measure.record, kind=Link.Kind.MOVES)
    cards = Pilot.objects.filter(pk=record.pk, state=Pilot.State.CARD).select_related("record")
    pilot = cards.first() if fills_card else None
    taken = _taken_over(pilot, measure) if pilot is not None else {}
    if pilot is not None and taken:
        fill_card(by=by, pilot=pilot, **taken)
    return link


def _taken_over(pilot: Pilot, measure: Measure) -> dict[str, Any]:
    """What the card of a pilot lacks and the measure that it is meant to move can tell its readers.

    A card that more people may read than the measure takes nothing over.
    """
    known = as_closed_as([pilot.record, measure.record]) == pilot.record.visibility
    if not known or pilot.measure not in {"", measure.name}:
        return {}
    better = measure.direction if measure.direction in Pilot.Better.values else ""
    told = {"measure": measure.name, "unit": measure.unit, "better": better}
    return {field: word for field, word in told.items() if word and not getattr(pilot, field)}


@transaction.atomic
def choose_headline(*, by: Actor, measure: Measure, because: str = "") -> Headline:
    """Put a measure first in its initiative; which one stood there before is kept.

    Raises:
        RuleError: where it was withdrawn.

    """
    initiative = Initiative.objects.select_for_update(of=("self",)).get(
        pk=measure.record.initiative_id
    )
    current = held(measure)
    standing = Headline.objects.filter(initiative=initiative, ended_at__isnull=True)
    last = standing.select_related("measure__record").first()
    if last is not None and last.measure_id == current.pk:
        return last
    if last is not None:
        last.change(ended_at=by.at)
    row = Headline(initiative=initiative, measure=current, because=because.strip(), chosen_at=by.at)
    row.save(force_insert=True)
    before = last.measure.name if last is not None else ""
    note_event(
        by=by,
        record=current.record,
        verb="put_first",
        changes={"headline": (before, current.name)},
        because=because.strip(),
    )
    return row


def held(measure: Measure) -> Measure:
    """The measure as it stands now, its record and row locked until the transaction ends.

    Raises:
        RuleError: where it was withdrawn.

    """
    record = locked(measure.record)
    must_stand(record)
    row = Measure.objects.select_for_update(of=("self",)).get(pk=record.pk)
    row.record = record
    return row
