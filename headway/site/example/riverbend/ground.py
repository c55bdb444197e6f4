"""Where Riverbend stands: the problem, who takes part, what is agreed and what is disputed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from headway.forums.actions import (
    AgendaLine,
    SaidLine,
    call_meeting,
    open_forum,
    open_phase,
    record_meeting,
    set_agenda,
    write_minutes,
)
from headway.forums.models import Forum
from headway.initiatives.models import Initiative
from headway.partners.actions import (
    add_partner,
    answer_need,
    make_offer,
    record_need,
    revise_partner,
    write_agreement,
)
from headway.partners.models import Partner
from headway.problems import actions as problems
from headway.problems.models import Baseline
from headway.site.example.riverbend.clock import Clock
from headway.site.example.riverbend.place import (
    CENTER,
    CITY,
    COLLEGE,
    FIRE,
    HOSPITAL,
    LANDLORDS,
    Place,
)

FALLS: Final = "Falls at home with an ambulance call in a month"
FIRST_COUNT: Final = Decimal(47)


@dataclass(frozen=True)
class Ground:
    """What later steps stand on."""

    forum: Forum
    baseline: Baseline

    @classmethod
    def laid(cls, clock: Clock, initiative: Initiative, place: Place) -> "Ground":
        """The first half year."""
        _partners(clock, initiative, place)
        baseline = _problem(clock, initiative, place)
        _facts(clock, initiative)
        forum = _meetings(clock, initiative, place)
        _resources(clock, initiative)
        return cls(forum, baseline)


def _partners(clock: Clock, initiative: Initiative, place: Place) -> None:
    """Five take part, one was asked and has not answered."""
    taking_part = (CITY, CENTER, HOSPITAL, FIRE, COLLEGE)
    for number, name in enumerate(taking_part):
        add_partner(
            by=clock.convener(-360 + number),
            initiative=initiative,
            organisation=place.organisations[name],
            when=clock.on(-360 + number),
        )
    add_partner(
        by=clock.convener(-40),
        initiative=initiative,
        organisation=place.organisations[LANDLORDS],
        state=Partner.State.INVITED,
    )


def _partner(initiative: Initiative, name: str) -> Partner:
    return Partner.of_initiative(initiative).get(organisation__name=name)


def _problem(clock: Clock, initiative: Initiative, place: Place) -> Baseline:
    by = clock.convener(-355)
    problems.state_problem(
        by=by,
        initiative=initiative,
        title="Falls at home among people over 75",
        statement="Every month some 47 people over 75 fall at home so badly that an ambulance is"
        " called. Each department sees its own part of it.",
    )
    _affected(clock, initiative)
    baseline = problems.add_baseline(
        by=by,
        initiative=initiative,
        measure=FALLS,
        value=FIRST_COUNT,
        unit="people",
        when=clock.on(-356),
    )
    _seen_as(clock, initiative)
    facet = problems.add_facet(by=by, initiative=initiative, name="Hazards in homes")
    problems.hold_facet(
        by=by, facet=facet, organisation=place.organisations[FIRE], kind="knowledge"
    )
    problems.add_vision_line(
        by=by,
        initiative=initiative,
        text="A third fewer falls with an ambulance call in two years.",
    )
    return baseline


def _affected(clock: Clock, initiative: Initiative) -> None:
    """Two groups, of which one has nobody who speaks for it."""
    by = clock.convener(-355)
    older = problems.add_affected_group(
        by=by, initiative=initiative, name="People over 75", how_many=6200
    )
    revise_partner(
        by=by,
        partner=_partner(initiative, CENTER),
        role_as_said="speaks for its members",
        represents=older,
    )
    problems.add_affected_group(
        by=by, initiative=initiative, name="Renters over 75 who live alone", how_many=1400
    )


def _seen_as(clock: Clock, initiative: Initiative) -> None:
    """One way to see the problem, adopted."""
    framing = problems.propose_framing(
        by=clock.convener(-355),
        initiative=initiative,
        title="A matter of homes, not of age",
        text="People fall over steps, rugs and dark halls. Homes can be changed.",
    )
    problems.adopt_framing(
        by=clock.convener(-330), framing=framing, because="All five partners can act on homes."
    )


def _facts(clock: Clock, initiative: Initiative) -> None:
    """One fact is agreed, one disputed."""
    by = clock.convener(-320)
    agreed = problems.add_fact(
        by=by, initiative=initiative, claim="Two of three falls happen in the bathroom or at steps."
    )
    problems.take_stance(by=by, fact=agreed, stance="agree")
    problems.take_stance(by=clock.partner(-319), fact=agreed, stance="agree")
    disputed = problems.add_fact(
        by=by, initiative=initiative, claim="Balance classes prevent one fall in four."
    )
    problems.take_stance(by=by, fact=disputed, stance="agree")
    problems.take_stance(
        by=clock.partner(-318),
        fact=disputed,
        stance="dispute",
        reason="The study counted people who could walk without help.",
    )


def _meetings(clock: Clock, initiative: Initiative, place: Place) -> Forum:
    """A group that met three times, with minutes of the last, and meets tomorrow."""
    forum = open_forum(
        by=clock.convener(-350),
        initiative=initiative,
        name="Falls group (illustrative)",
        purpose="Meets each month; everybody who takes part may come.",
        public_body=Forum.PublicBody.NO,
        led_by=place.organisations[CITY],
    )
    open_phase(
        by=clock.convener(-30),
        forum=forum,
        name="What to ask the council for",
        opens_at=clock.at(-30),
        closes_at=clock.at(30),
        rights=["discuss", "state", "choose", "decide"],
        product="A request with its cost",
        product_due=clock.day(18),
    )
    for days in (-300, -120):
        record_meeting(by=clock.convener(days, 20), forum=forum, when=clock.on(days))
    held = record_meeting(by=clock.convener(-29, 20), forum=forum, when=clock.on(-29))
    write_minutes(
        by=clock.convener(-28),
        meeting=held,
        notes="Decision: we ask the council for home visits.\nThe hospital looks for two nurses.",
        lines=[
            SaidLine(kind="decided", text="We ask the council for home visits."),
            SaidLine(kind="note", text="The hospital looks for two nurses."),
        ],
    )
    _tomorrow(clock, forum)
    return forum


def _tomorrow(clock: Clock, forum: Forum) -> None:
    meeting = call_meeting(
        by=clock.convener(-8),
        forum=forum,
        starts_at=clock.at(1),
        ends_at=clock.at(1, 12),
        place="City Hall, room 2",
        title="Falls group: before the vote",
    )
    lines = [
        AgendaLine(title="Who speaks at the council", minutes=20),
        AgendaLine(title="What the balance classes came to", minutes=30),
    ]
    set_agenda(by=clock.convener(-8), meeting=meeting, items=lines)


def _resources(clock: Clock, initiative: Initiative) -> None:
    """An offer, a need that it answers, and one that nothing answers."""
    by = clock.convener(-200)
    write_agreement(
        by=by,
        initiative=initiative,
        decisions="By consent; who objects says why.",
        sharing="Counts only, never names or addresses.",
    )
    center = _partner(initiative, CENTER)
    offer = make_offer(
        by=by, partner=center, kind="space", what="A hall for classes on three mornings"
    )
    need = record_need(by=by, initiative=initiative, kind="space", what="Rooms for classes")
    answer_need(by=by, need=need, offer=offer)
    record_need(by=by, initiative=initiative, kind="people", what="Two nurses for home visits")
