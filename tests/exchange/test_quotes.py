"""What a record said goes where a correction of it repeats it."""

from datetime import date

import pytest

from headway.accounts.actor import Actor
from headway.accounts.models import EventValue, RetentionClass
from headway.core.errors import RuleError
from headway.exchange.actions import expunge_record, redact
from headway.exchange.queries.quotes import quotes_of
from headway.exchange.queries.retention import due_for_destruction
from headway.initiatives import actions
from headway.initiatives.models import Happening, Record
from headway.partners.actions import accept_correction, ask_correction
from headway.partners.models import Correction
from tests.exchange.conftest import fresh
from tests.exchange.everything import texts_with
from tests.pilots.making import a_card, expect
from tests.pilots.making_reviews import an_ended_test
from tests.world import NOON, World, a_happening

LONG = f"Ana Ruiz {'came and went and ' * 20}"


def corrected(world: World, about: Record, should_say: str, part: str = "text") -> Correction:
    return ask_correction(
        by=world.actor("partner"),
        initiative=world.hennepin,
        organisation=world.shelter,
        about=about,
        part=part,
        should_say=should_say,
    )


@pytest.mark.parametrize(
    ("text", "title"), [("Ana Ruiz lives here", "Correction of “███”"), (LONG, "███")]
)
def test_an_expunged_record_is_not_repeated_by_its_corrections(
    world: World, officer: Actor, text: str, title: str
) -> None:
    found = a_happening(world, text)
    accepted = corrected(world, found.record, "Ana Ruiz lived here")
    accept_correction(by=world.actor(), correction=accepted)
    corrected(world, found.record, "Not so", part="other")
    other = corrected(world, a_happening(world, "Bo Chen spoke").record, "Bo Chen was silent")
    expunge_record(by=officer, record=found.record, because="court order")
    assert texts_with("Ana Ruiz") == []
    assert texts_with("came and went") == []
    accepted.refresh_from_db()
    assert (accepted.says_now, accepted.should_say, accepted.state) == ("███", "███", "accepted")
    assert fresh(accepted.record).title == title
    other.refresh_from_db()
    assert other.says_now == "Bo Chen spoke"
    assert EventValue.objects.filter(new="Bo Chen was silent").exists()


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ({"passage": "Ana Ruiz"}, "███ lives here"),
        ({"passage": "Ana Ruiz", "fields": ["text"]}, "███ lives here"),
        ({"fields": ["text"]}, "███"),
    ],
)
def test_blackened_words_are_not_repeated_by_corrections(
    world: World, officer: Actor, said: dict[str, object], left: str
) -> None:
    found = a_happening(world, "Ana Ruiz lives here")
    correction = corrected(world, found.record, "Somebody lives here")
    redact(by=officer, record=found.record, because="names a client", **said)
    assert texts_with("Ana Ruiz") == []
    correction.refresh_from_db()
    assert (correction.says_now, correction.should_say) == (left, "Somebody lives here")
    assert fresh(correction.record).title == f"Correction of “{left}”"


def test_the_beginning_of_a_long_title_is_blackened_in_a_correction(
    world: World, officer: Actor
) -> None:
    words = f"{'they came and went and ' * 4} saw Ana Ruiz at home with all of her family"
    found = a_happening(world, words)
    correction = corrected(world, found.record, "Nobody was seen")
    redact(by=officer, record=found.record, passage="Ana Ruiz at home", because="names a client")
    assert texts_with("Ana Ru") == []
    assert fresh(correction.record).title == "███"


def test_a_hold_on_a_correction_keeps_what_it_repeats(world: World, officer: Actor) -> None:
    found = a_happening(world, "Ana Ruiz lives here")
    correction = corrected(world, found.record, "Somebody lives here")
    papers = RetentionClass.objects.get(authority=world.authority, code="working-papers")
    Record.objects.filter(pk=found.pk).update(retention=papers)
    old = world.actor(at=NOON.replace(year=2001))
    hold = actions.place_hold(
        by=officer,
        authority=world.authority,
        name="Smith v. County",
        reason="litigation",
        records=[correction.record],
    )
    with pytest.raises(RuleError, match=r"Smith v\. County"):
        expunge_record(by=officer, record=found.record, because="court order")
    actions.withdraw_record(by=old, record=found.record, because="twice")
    assert not due_for_destruction(world.authority, date(2026, 3, 27)).exists()
    actions.release_hold(by=officer, hold=hold, because="settled")
    assert due_for_destruction(world.authority, date(2026, 3, 27)).get() == found.record
    expunge_record(by=officer, record=found.record, because="court order")


def test_a_review_repeats_neither_an_expunged_title_nor_a_blackened_team(
    world: World, officer: Actor
) -> None:
    review = an_ended_test(world, "Ana Ruiz waits at the door")
    expunge_record(by=officer, record=review.about, because="court order")
    assert texts_with("Ana Ruiz") == []
    assert fresh(review.record).title == "What we learned: ███"
    pilot = a_card(world)
    expect(world, pilot, "Team of Bo Chen")
    redact(by=officer, record=pilot.record, passage="Bo Chen", because="a private person")
    assert texts_with("Bo Chen") == []


def test_a_correction_says_what_it_repeats() -> None:
    assert quotes_of(Correction) == {"about": ("says_now", "should_say")}
    assert quotes_of(Happening) == {}
