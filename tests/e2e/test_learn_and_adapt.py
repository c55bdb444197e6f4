"""From a decision over a small test and a pilot to a lesson that changes the recommendation."""

import pytest

from tests.e2e.conftest import Visit, Visitor
from tests.e2e.test_keyboard_journey import go, main_text
from tests.e2e.test_talk_to_decision import PARTNER, Hands, enter, today

pytestmark = pytest.mark.browser
FAR = "12312030"
CARD = {
    "Who is affected": "Families who were in shelter before",
    "How they consent": "Each family signs",
    "What is measured": "Returns to shelter within 12 months",
    "Unit": "percentage points",
    "Starting point": "29 percent in 2013",
    "With whom it is compared": "Families on the waiting list, by lot",
    "Smallest difference that is worth it": "5",
    "We stop for harm when": "A family loses its place",
    "We stop for cost when": "It costs more than 4,000 dollars a family",
    "We stop because it leads nowhere when": "Fewer than ten families joined",
    "Organization that decides at the end": PARTNER,
}

FOUND = {"Difference that was found": "-8", "Likely at least": "-10", "Likely at most": "-6"}
ANSWERS = {
    "What did we expect?": "Fewer families return",
    "What happened?": "Eight in a hundred fewer returned",
    "Why was there a difference?": "Rent was paid in time; work began late in autumn",
    "What do we learn?": "Begin before winter",
}


def bring_and_try(visit: Visit, seen: str, idea: str) -> None:
    """As the convener: see it anew, bring an idea, try it small, and say what came out."""
    hands = enter(visit)
    go(visit, "Problem & measures")
    first = "Write down how you see it"
    hands.follow(first if first in main_text(visit) else "Open another way to see it")
    hands.write("Name", seen)
    hands.write("How you see it", "Families lose their homes over one late rent.")
    hands.follow("Save")
    hands.follow("Make it an idea")
    hands.write("The idea in one line", idea)
    hands.write("What could be done", f"{idea}: one worker, ten families")
    hands.follow("Save")
    hands.follow("Draft a recommendation from it")
    hands.follow("Begin to draft")
    hands.follow("Start a small test")
    hands.write("What we try", f"{idea}, for one week")
    hands.write("What we expect", "Ten people come")
    hands.fill("When we look", FAR)
    hands.write("Organization that tries it", PARTNER)
    hands.tick("It is lawful, cheap")
    hands.follow("Start it")
    assert "Under way" in main_text(visit)
    hands.follow("Say what came out")
    hands.choose("worked", "inconclusive")
    hands.write("What we saw", "Four people came, and it rained")
    hands.follow("Say what came out")
    hands.follow("Decide what is done with it")
    hands.choose("adopt it", "adapt it")
    hands.write("Why", "One week was too short")
    hands.follow("Decide what is done with it")
    assert "To be adapted" in main_text(visit)


def run_a_pilot(visit: Visit, idea: str, pilot: str) -> None:
    """As the convener: fill in the card, lock what is expected, start, and end it."""
    hands = enter(visit)
    go(visit, "Recommendations")
    hands.follow(idea)
    hands.follow("Prepare a pilot")
    hands.write("What the pilot is called", pilot)
    hands.write("What we think happens, and why", "Fewer families return, as rent is paid in time")
    hands.follow("Begin its card")
    hands.follow("Start the pilot")
    hands.follow("Start the pilot")
    assert "Say who is affected." in main_text(visit)
    hands.follow("Go back, change nothing")
    hands.follow("Fill in the card")
    for name, words in CARD.items():
        if name == "Starting point":
            hands.fill("Which way is better", "less")
        if name == "With whom it is compared":
            hands.fill("How it is compared", "two groups")
        hands.write(name, words)
    hands.fill("Ends on", FAR)
    hands.follow("Save")
    hands.follow("Say what we expect")
    for name, words in (("Team", "Outreach"), ("The difference will be", "-15"), ("And at", "-3")):
        hands.write(name, words)
    hands.write("How sure the team is", "80")
    hands.follow("Say what we expect")
    assert "The card is complete." in main_text(visit)
    hands.follow("Start the pilot")
    hands.follow("Start the pilot")
    assert "locked" in main_text(visit)
    hands.follow("Enter what was found")
    for name, words in (
        ("Difference that", "-8"),
        ("Likely at least", "-10"),
        ("Likely at most", "-6"),
    ):
        hands.write(name, words)
    hands.follow("Enter what was found")
    assert "It came out inside the range." in main_text(visit)
    hands.follow("End the pilot")
    hands.follow("End the pilot")
    assert "Ended, to be decided" in main_text(visit)


def tell(visit: Visit, pilot: str, saw: str) -> None:
    """As one who was there: take part in the review and tell what one saw."""
    hands = review(visit, pilot)
    hands.follow("Take part")
    hands.follow("Take part")
    hands.follow("Tell what you saw")
    hands.write("What happened when", f"{today()}: {saw}")
    hands.write("What do we learn?", "Begin before winter")
    hands.follow("Tell it")
    if "Keep it as it is" in main_text(visit):
        hands.follow("Tell it")


def answer(visit: Visit, pilot: str) -> None:
    """As the convener: write the four answers and a follow-up with an owner."""
    hands = review(visit, pilot)
    hands.follow("Write the answers")
    for question, words in ANSWERS.items():
        hands.write(question, words)
    hands.follow("Save")
    hands.follow("Write down a follow-up")
    hands.write("What is to be done", "Ask the library for a room")
    hands.write("Organization that does it", PARTNER)
    hands.fill("By when", FAR)
    hands.follow("Save")


def agree(visit: Visit, pilot: str) -> None:
    """As one who takes part: agree that the answers are told."""
    hands = review(visit, pilot)
    hands.follow("Agree")
    hands.choose("nobody yet", "the partners")
    hands.follow("Save")


def close_and_learn(visit: Visit, idea: str, pilot: str) -> None:
    """As the convener: close the review, write down the lesson, change the recommendation."""
    hands = review(visit, pilot)
    hands.follow("Close the review")
    hands.follow("Close the review")
    hands.follow("Write down a lesson")
    hands.write("What we learned", f"Begin before winter: {pilot}")
    hands.follow("Save")
    hands.follow("Change a recommendation")
    hands.follow(idea)
    hands.add("What is recommended", "\nIt begins in September.")
    hands.follow("Save")
    assert "It begins in September." in main_text(visit)


def count_it(visit: Visit, measure: str, pilot: str) -> None:
    """As the convener: add a measure, say that the pilot is meant to move it, note a data point."""
    hands = enter(visit)
    go(visit, "Problem & measures")
    hands.follow("Measures")
    hands.follow("Add a measure")
    hands.write("What is measured", measure)
    hands.write("Unit", "families")
    hands.choose("less is better", "less is better")
    hands.follow("Save")
    hands.follow("Say what is meant to move it")
    hands.fill("What is meant to move it", pilot)
    hands.follow("Save")
    assert pilot in main_text(visit)
    hands.follow("Add a source")
    hands.write("Where the values come from", "County records")
    hands.follow("Save")
    hands.follow("Add a data point")
    hands.write("When", "2026-01")
    hands.write("Value", "41")
    hands.follow("Save")
    assert "41" in main_text(visit)


def look_back(visit: Visit, seen: str, pilot: str) -> None:
    """As the convener: see where we stand, and follow the pilot back to the first view."""
    hands = enter(visit)
    said = main_text(visit)
    assert "How far we are" in said
    go(visit, "Recommendations")
    hands.follow("Small tests and pilots")
    hands.follow("Pilots (")
    hands.follow(pilot)
    hands.follow("Follow it to both ends")
    hands.follow(seen)
    assert "one late rent" in main_text(visit)


def hand_over(visit: Visit, pilot: str) -> None:
    """As the convener: open what a successor needs."""
    hands = enter(visit)
    go(visit, "People")
    hands.follow("Hand over")
    said = main_text(visit)
    assert "The first thirty days" in said
    assert pilot in said


def review(visit: Visit, pilot: str) -> Hands:
    """Go to the review of a pilot."""
    hands = enter(visit)
    go(visit, "Recommendations")
    hands.follow("What we learned")
    hands.follow("Learning reviews")
    hands.follow(f"What we learned: {pilot}")
    return hands


# Names that do not resemble each other, since what resembles is asked about first.
NAMES = {
    True: ("A matter of days", "Pay one late rent", "Stable families"),
    False: ("Nobody to call at night", "Answer the phone until dawn", "Night line"),
}


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_what_is_tried_and_learned_changes_the_recommendation(
    visitor: Visitor, scripts: bool
) -> None:
    seen, idea, pilot = NAMES[scripts]
    look = {"java_script_enabled": scripts}
    with visitor("convener", **look) as visit:
        bring_and_try(visit, seen, idea)
        run_a_pilot(visit, idea, pilot)
        tell(visit, pilot, "the first family joined")
    with visitor("partner", **look) as visit:
        tell(visit, pilot, "the worker was ill for a week")
    with visitor("convener", **look) as visit:
        answer(visit, pilot)
        agree(visit, pilot)
    with visitor("partner", **look) as visit:
        agree(visit, pilot)
    with visitor("convener", **look) as visit:
        close_and_learn(visit, idea, pilot)
        count_it(visit, f"Families who return: {pilot}", pilot)
        look_back(visit, seen, pilot)
        hand_over(visit, pilot)
        assert visit.warned == []
