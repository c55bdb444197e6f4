"""What Riverbend promised, what it tries, and what it still has to learn."""

from decimal import Decimal
from typing import Any, Final

from headway.commitments.actions import confirm_promise, keep_promise, promise
from headway.commitments.models import Commitment
from headway.directory.models import Organisation
from headway.initiatives.models import Initiative
from headway.measures.actions import say_what_moves
from headway.measures.models import Measure
from headway.pilots.actions import (
    Numbers,
    end_pilot,
    predict,
    prepare_pilot,
    record_finding,
    start_pilot,
    start_small_test,
)
from headway.pilots.models import Pilot
from headway.site.example.riverbend.asking import Asking
from headway.site.example.riverbend.clock import Clock
from headway.site.example.riverbend.place import CENTER, CITY, FIRE, HOSPITAL, Place

# Text, whose, by when in days, when it was made; the center's are confirmed.
PROMISES: Final = (
    ("Open the hall on three mornings", CENTER, -60, -180),
    ("Phone everybody who was visited", CENTER, -12, -70),
    ("Bring two people of 80 to the council", CENTER, 20, -26),
    ("Lend two nurses for a year", HOSPITAL, 30, -28),
    ("Count falls by ward", FIRE, 10, -28),
    ("Put home visits on the council's agenda", CITY, 14, -28),
)
KEPT: Final = "Open the hall on three mornings"


def acting(
    clock: Clock, initiative: Initiative, place: Place, asking: Asking, measure: Measure
) -> None:
    """Promises in every state, a small test, a pilot under way and one to be decided."""
    for text, whose, due, made in PROMISES:
        _promise(clock, initiative, place, asking, (text, whose, due, made))
    _ended(clock, initiative, place, asking, measure)
    _running(clock, initiative, place, asking, measure)
    start_small_test(
        by=clock.convener(-16),
        initiative=initiative,
        tries="A bright strip on the first and the last step",
        expects="Nobody of the twenty who got one falls on the stairs",
        owner=place.organisations[CENTER],
        look_on=clock.day(5),
        came_from=asking.visits.record,
    )


def _promise(
    clock: Clock,
    initiative: Initiative,
    place: Place,
    asking: Asking,
    told: tuple[str, str, int, int],
) -> Commitment:
    text, whose, due, made = told
    row = promise(
        by=clock.convener(made),
        initiative=initiative,
        text=text,
        organisation=place.organisations[whose],
        due=clock.on(due),
        came_from=asking.visits.record,
    )
    if whose == CENTER:
        row = confirm_promise(by=clock.partner(made + 1), commitment=row, authority_stated="own")
    if text == KEPT:
        keep_promise(
            by=clock.partner(due - 3), commitment=row, evidence="The hall is open since then."
        )
    return row


def _card(owner: Organisation, decider: Organisation) -> dict[str, Any]:
    """What both cards say alike."""
    return {
        "affected": "People over 75 who live in the chosen wards",
        "consent": "Each is asked at the door, and may stop on any day",
        "measure": "Falls with an ambulance call in a month, for each 100 homes",
        "unit": "falls",
        "better": Pilot.Better.LOWER,
        "baseline": "0.76 in the year before",
        "design": "two-arm",
        "comparison": "Two other wards, chosen by lot",
        "minimum_effect": Decimal("0.1"),
        "stop_for_harm": "Somebody falls because of what was changed",
        "stop_for_cost": "It costs more than 400 dollars a home",
        "stop_for_futility": "Fewer than 50 homes have joined after three months",
        "owner": owner,
        "decider": decider,
    }


def _begin(
    clock: Clock,
    initiative: Initiative,
    title: str,
    start: int,
    expected: tuple[str, str],
    **card: Any,
) -> Pilot:
    """A pilot with a complete card and what its team expects, locked at the start."""
    pilot = prepare_pilot(by=clock.convener(start - 10), initiative=initiative, title=title, **card)
    predict(
        by=clock.partner(start - 1),
        pilot=pilot,
        team="Senior center",
        low=Decimal(expected[0]),
        high=Decimal(expected[1]),
        percent=70,
        reasons="That is what three other places saw.",
    )
    return start_pilot(by=clock.convener(start), pilot=pilot)


def _ended(
    clock: Clock, initiative: Initiative, place: Place, asking: Asking, measure: Measure
) -> None:
    """Balance classes: over, with numbers, nobody decided, and the review is past its day."""
    card = _card(place.organisations[CENTER], place.organisations[CITY])
    pilot = _begin(
        clock,
        initiative,
        "Balance classes in two wards",
        -200,
        ("-0.3", "-0.1"),
        **card,
        hypothesis="Who trains twice a week keeps their balance.",
        ends_on=clock.day(-20),
        solution=asking.classes,
    )
    say_what_moves(by=clock.convener(-199), record=pilot.record, measure=measure)
    end_pilot(by=clock.convener(-20), pilot=pilot)
    record_finding(
        by=clock.member("evaluator", -18),
        pilot=pilot,
        numbers=Numbers(estimate=-0.04, low=-0.21, high=0.13, standard_error=0.087, count=412),
        design="two-arm",
        outcome="Falls for each 100 homes",
        note="Made up: the difference is smaller than chance alone would make it.",
    )


def _running(
    clock: Clock, initiative: Initiative, place: Place, asking: Asking, measure: Measure
) -> None:
    """Home visits in two wards, under way, with a locked prediction."""
    card = _card(place.organisations[HOSPITAL], place.organisations[CITY])
    pilot = _begin(
        clock,
        initiative,
        "Home visits in two wards",
        -75,
        ("-0.4", "-0.15"),
        **card,
        hypothesis="Where steps and rugs are mended, fewer people fall.",
        ends_on=clock.day(35),
        solution=asking.visits,
    )
    say_what_moves(by=clock.convener(-74), record=pilot.record, measure=measure)
