"""What somebody types into the form of each step."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.diagnosis.making_practices import FACTS
from tests.world import TODAY

# Pages ask the real clock.
AHEAD = (timezone.now() + timedelta(days=30)).date().isoformat()
DAY = TODAY.isoformat()
# What somebody types into each form, where `initiative` has one partner and one group.
TYPED: dict[str, dict[str, Any]] = {
    "groups": {"lines": "Families who sleep in a car\nPeople leaving hospital"},
    "partners": {"organisations": "Office to End Homelessness", "role_as_said": "Lends a room"},
    "contact": {
        "organisations": "St. Stephen's",
        "kind": "visit",
        "when": DAY,
        "text": "They send somebody in May",
        "next_step": "Call them",
        "next_step_by": AHEAD,
    },
    "vision": {"lines": "Nobody sleeps outside for a month\nChildren stay in their school"},
    "vision_out": {"lines": "Building market-rate housing"},
    "efforts": {"lines": "2002: winter shelter\n2004: one waiting list"},
    "lessons": {"lines": "Ask for three years of money"},
    "offers": {"kind": "space", "lines": "A warm room\nA desk", "tied_to": "mornings only"},
    "needs": {"kind": "people", "lines": "Somebody who speaks Somali"},
    "data_needs": {"kind": "data", "lines": "How many of them have a job"},
    "barriers": {"lines": "Two databases that may not exchange birth dates"},
    "conversation": {"title": "What makes a shelter good?", "lines": "A door that locks\nQuiet"},
    "facts": {"lines": "\n".join(FACTS)},
    "measure": {
        "title": "People outside",
        "unit": "people",
        "direction": "lower",
        "value": "412",
        "when": "January 2026",
        "target": "200",
        "due": "January 2028",
        "costs": "Those who hide",
    },
    "sharing": {"what": "Monthly counts", "seen_by": "The evaluator"},
    "decides": {"alone": "The agenda", "together": "A new partner"},
    "doubt": {"doubt": "Act and tell the same day"},
    "disagreements": {"first": "Between the two"},
    "role": {"role": "Coordinator", "holder": "The office", "deputy": "The foundation"},
    "decision": {"title": "The county leads", "text": "It has capacity", "review_on": AHEAD},
    "promise": {"text": "Count the cars", "organisation": "St. Stephen's", "due": AHEAD},
    "small_win": {
        "text": "One list on Monday",
        "organisation": "St. Stephen's",
        "due": AHEAD,
        "shown_by": "The list itself",
    },
    "report": {"text": "412 people slept outside", "when": DAY},
}
