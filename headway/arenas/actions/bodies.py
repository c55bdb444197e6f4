from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.arenas.models import Arena, DecisionRule, PathTemplateStep, Seat
from headway.core.errors import RuleError
from headway.directory.models import Organisation, Post
from headway.initiatives.actions import (
    locked,
    must_stand,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import HERE, Provenance
from headway_analysis.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class RuleWords:
    """How a body decides, as somebody enters it."""

    basis: str
    numerator: int = 1
    denominator: int = 2
    more_than: bool = True
    quorum: int | None = None
    tie: str = DecisionRule.Tie.FAILS
    veto: Post | None = None
    override_numerator: int | None = None
    override_denominator: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TemplateStep:
    """One step on the way to a body's agenda, so many days before the vote."""

    title: str
    days_before: int


@transaction.atomic
def name_arena(
    *,
    by: Actor,
    initiative: Initiative,
    organisation: Organisation,
    about: str = "",
    agenda_page: str = "",
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> Arena:
    """Name a body of the directory as one that decides here; naming it twice is the same.

    Its live posts become its seats.

    Raises:
        RuleError: where the organisation belongs to another authority.

    """
    Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    body = organisation.canonical
    if body.authority_id != initiative.authority_id:
        raise RuleError(_("Choose an organization of this directory."), "organisation")
    same = Organisation.objects.counted_as(body)
    known = Arena.objects.in_initiative(initiative).live().filter(organisation__in=same).first()
    if known is not None:
        return known
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Arena.RECORD_KIND,
        title=body.name,
        visibility=visibility,
        provenance=provenance,
        when=when,
        organisation=body,
    )
    arena = Arena(
        record=record, organisation=body, about=about.strip(), agenda_page=agenda_page.strip()
    )
    arena.save(force_insert=True)
    write_wording(by=by, record=record, field="about", text=arena.about)
    note_event(by=by, record=record, verb="named", changes={"about": ("", arena.about)})
    posts = Post.objects.filter(organisation__in=same, withdrawn_at__isnull=True)
    Seat.objects.bulk_create(Seat(arena=arena, post=post, added_at=by.at) for post in posts)
    return arena


@transaction.atomic
def revise_arena(
    *, by: Actor, arena: Arena, about: str, agenda_page: str = "", seen: int | None = None
) -> bool:
    """Say anew what the body decides here, and where its agenda is posted."""
    values: dict[str, object] = {"about": about.strip(), "agenda_page": agenda_page.strip()}
    return revise_record(by=by, stage=arena, values=values, seen=seen)


@transaction.atomic
def seat_post(
    *,
    by: Actor,
    arena: Arena,
    post: Post,
    votes: bool = True,
    presides: bool = False,
    appointed_by: Organisation | None = None,
    appointed_as_said: str = "",
) -> Seat:
    """Count a post among the seats of a body, or change what kind of seat it is.

    Raises:
        RuleError: where the post belongs to another organisation.

    """
    record = locked(arena.record)
    must_stand(record)
    if post.organisation.canonical.pk != arena.organisation.canonical.pk:
        raise RuleError(_("Choose a seat of %(name)s.") % {"name": arena.organisation}, "post")
    seat = Seat.objects.filter(arena=arena, post=post, ended_at__isnull=True).first()
    if seat is None:
        seat = Seat(arena=arena, post=post, added_at=by.at)
        seat.save(force_insert=True)
    changes = seat.change(
        votes=votes,
        presides=presides,
        appointed_by=appointed_by,
        appointed_as_said=appointed_as_said.strip(),
    )
    told = {name: (str(old), str(new)) for name, (old, new) in changes.items()}
    note_event(by=by, record=record, verb="seated", changes={"seat": ("", post.label), **told})
    return seat


@transaction.atomic
def end_seat(*, by: Actor, seat: Seat) -> None:
    """Note that a post is no seat of the body any more; its history stays."""
    record = locked(seat.arena.record)
    current = Seat.objects.select_for_update().get(pk=seat.pk)
    if current.ended_at is None:
        current.change(ended_at=by.at)
        note_event(by=by, record=record, verb="unseated", changes={"seat": (seat.post.label, "")})


def _check_rule(words: RuleWords, seats: int) -> None:
    if words.basis not in DecisionRule.Basis.values:
        raise RuleError(_("Choose what is counted, like “those present and voting”."), "basis")
    if not 1 <= words.numerator <= words.denominator:
        raise RuleError(_("Enter a share like 1 out of 2, or 2 out of 3."), "numerator")
    if words.numerator == words.denominator and words.more_than:
        raise RuleError(_("More than all cannot vote for it; choose “at least”."), "more_than")
    if words.quorum is not None and seats and words.quorum > seats:
        raise RuleError(
            _("The body has %(seats)s seats with a vote; a quorum cannot be larger.")
            % {"seats": seats},
            "quorum",
        )
    if (words.override_numerator is None) != (words.override_denominator is None):
        raise RuleError(
            _("Enter both numbers of the share, like 2 out of 3."), "override_numerator"
        )


@transaction.atomic
def set_rule(
    *,
    by: Actor,
    arena: Arena,
    words: RuleWords,
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> DecisionRule:
    """Say how a body decides since a day; the rule before it stays readable.

    Raises:
        RuleError: where the rule cannot be counted.

    """
    record = locked(arena.record)
    must_stand(record)
    seats = Seat.objects.filter(arena=arena, ended_at__isnull=True, votes=True).count()
    _check_rule(words, seats)
    own = open_record(
        by=by,
        initiative=record.initiative,
        kind=DecisionRule.RECORD_KIND,
        title=_("How %(name)s decides") % {"name": arena.organisation.name},
        visibility=visibility or record.visibility,
        provenance=provenance,
        when=when or (None if provenance.reported else _today(by, record.initiative)),
    )
    rule = DecisionRule(
        record=own,
        arena=arena,
        basis=words.basis,
        numerator=words.numerator,
        denominator=words.denominator,
        more_than=words.more_than,
        quorum=words.quorum,
        tie=words.tie,
        veto=words.veto,
        override_numerator=words.override_numerator,
        override_denominator=words.override_denominator,
        note=words.note.strip(),
    )
    rule.save(force_insert=True)
    write_wording(by=by, record=own, field="note", text=rule.note)
    share = f"{rule.numerator}/{rule.denominator}"
    note_event(by=by, record=own, verb="set", changes={"share": ("", share)})
    return rule


def _today(by: Actor, initiative: Initiative) -> PartialDate:
    return PartialDate.on(initiative.today(by.at))


@transaction.atomic
def set_template(*, by: Actor, arena: Arena, steps: Iterable[TemplateStep]) -> None:
    """Say which steps lead to the body's agenda; requests made before keep their own.

    Raises:
        RuleError: where a step has no name.

    """
    record = locked(arena.record)
    must_stand(record)
    wanted = list(steps)
    if any(not step.title.strip() for step in wanted):
        raise RuleError(_("Name each step, like “County attorney reads it”."), "steps")
    PathTemplateStep.objects.filter(arena=arena).delete()
    PathTemplateStep.objects.bulk_create(
        PathTemplateStep(
            arena=arena, number=number, title=step.title.strip(), days_before=step.days_before
        )
        for number, step in enumerate(wanted, start=1)
    )
    told = "; ".join(f"{step.title} ({step.days_before})" for step in wanted)
    note_event(by=by, record=record, verb="template_set", changes={"steps": ("", told)})
