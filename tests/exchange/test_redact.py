import json

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks as Commits

from headway.accounts.actor import Actor
from headway.accounts.models import Event, EventValue
from headway.commitments.models import Reminder
from headway.core.errors import RuleError
from headway.directory.actions.sources import record_source
from headway.exchange.actions import expunge_record, redact
from headway.exchange.actions.ledger import ledger_path
from headway.exchange.queries.redactable import redactable_fields
from headway.forums.actions.comments import comment_on, edit_comment
from headway.forums.actions.moderation import hide_comment, report_comment
from headway.initiatives import actions
from headway.initiatives.models import Happening, Translation, Wording
from headway.problems.actions import (
    add_facet,
    add_fact,
    cite,
    hold_facet,
    revise_facet,
    take_stance,
)
from headway.problems.models import Fact
from tests.commitments.making import a_promise
from tests.exchange.conftest import SECRET, fresh
from tests.exchange.everything import texts_with
from tests.world import NOON, TODAY, World, a_happening

BECAUSE = "names a client"


def test_words_are_blackened_wherever_they_are_kept(
    world: World, officer: Actor, happening: Happening
) -> None:
    redact(by=officer, record=happening.record, passage="Ana Ruiz", because=BECAUSE)
    assert set(texts_with("Ana Ruiz")) == {"initiatives_file.name", "accounts_eventvalue.new"}
    left = EventValue.objects.filter(new__contains="Ana Ruiz")
    assert {value.field for value in left} == {"file"}
    happening.refresh_from_db()
    assert happening.text == "███ lives at the Harbor Light shelter since May"
    assert fresh(happening.record).title.startswith("███ lives")
    wordings = Wording.objects.filter(record=happening.pk, field="text").order_by("number")
    assert [row.text[:9] for row in wordings] == ["███ lives", "███ lives"]
    assert Translation.objects.get(record=happening.pk).text.startswith("███")
    event = Event.objects.about(happening.pk).filter(verb="redacted").get()
    assert EventValue.objects.get(event=event, field="because").new == BECAUSE


def test_texts_that_a_rule_keeps_apart_are_blackened_too(world: World, officer: Actor) -> None:
    promise = a_promise(world)
    for address in ("mo@home.example", "ana@home.example"):
        Reminder.objects.create(
            commitment=promise, kind="meeting", about=TODAY, recipient=address, written_at=NOON
        )
    redact(by=officer, record=promise.record, fields=["reminder.recipient"], because=BECAUSE)
    left = Reminder.objects.values_list("recipient", flat=True)
    assert sorted(text[:3] for text in left) == ["███", "███"]


def test_words_are_blackened_however_far_below_the_record(
    world: World, officer: Actor, happening: Happening
) -> None:
    said = comment_on(by=world.actor(), record=happening.record, text="Ask Mo Zabel")
    edit_comment(by=world.actor(), comment=said, text="Ask Mo Zabel at home")
    report_comment(by=world.actor("partner"), comment=said, because="names Mo Zabel")
    hide_comment(by=world.actor(), comment=said, rule="private", because="Mo Zabel asked")
    known = redactable_fields(happening.record)
    assert {"comment.text", "commentwording.text", "report.because"} <= set(known)
    assert "moderation.because" in known
    redact(by=officer, record=happening.record, passage="Mo Zabel", because=BECAUSE)
    # The mail that told the author went out; the copy here goes with all old mails.
    assert texts_with("Mo Zabel") == ["accounts_outboxmessage.text"]


def test_one_text_can_be_blackened_whole(
    world: World, officer: Actor, happening: Happening
) -> None:
    redact(by=officer, record=happening.record, fields=["title"], because=BECAUSE)
    assert fresh(happening.record).title == "███"
    happening.refresh_from_db()
    assert SECRET in happening.text
    quoting = EventValue.objects.filter(field="came_from")
    assert [value.new for value in quoting] == [""]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "passage"),
        ({"passage": "nobody of that name"}, "passage"),
        ({"fields": ["category"]}, "field"),
        ({"fields": ["text"], "because": " "}, "because"),
    ],
)
def test_what_cannot_be_blackened_is_refused(
    world: World, officer: Actor, happening: Happening, said: dict[str, object], field: str
) -> None:
    events = Event.objects.count()
    with pytest.raises(RuleError) as refused:
        redact(by=officer, record=happening.record, **({"because": BECAUSE} | said))
    assert refused.value.field == field
    assert Event.objects.count() == events
    happening.refresh_from_db()
    assert SECRET in happening.text


def test_a_hold_stops_it_and_so_does_an_expunge(
    world: World, officer: Actor, happening: Happening
) -> None:
    hold = actions.place_hold(
        by=officer,
        authority=world.authority,
        name="Smith v. County",
        reason="litigation",
        initiative=world.hennepin,
    )
    with pytest.raises(RuleError, match=r"Smith v\. County"):
        redact(by=officer, record=happening.record, passage="Ana", because=BECAUSE)
    actions.release_hold(by=officer, hold=hold, because="settled")
    expunge_record(by=officer, record=happening.record, because="order")
    with pytest.raises(RuleError, match="already"):
        redact(by=officer, record=happening.record, passage="Ana", because=BECAUSE)


def test_the_ledger_says_where_but_not_what(
    world: World, officer: Actor, happening: Happening, django_capture_on_commit_callbacks: Commits
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        redact(by=officer, record=happening.record, passage="Ana Ruiz", because=BECAUSE)
    said = json.loads(ledger_path().read_text())
    assert (said["did"], said["fields"]) == ("redacted", ["reasons", "text", "title"])
    assert said["passage"].startswith("8:")
    assert "Ana" not in ledger_path().read_text()


def test_the_title_made_from_a_text_is_blackened_with_it(world: World, officer: Actor) -> None:
    said = f"The commission met for hours about the house of Ana\nRuiz {'and others ' * 20}"
    found = a_happening(world, said)
    short = a_happening(world, "Ana Ruiz spoke")
    other = a_happening(world, "Ana\nRuiz")
    actions.link_records(
        by=world.actor(), origin=found.record, target=short.record, kind="came_from"
    )
    redact(by=officer, record=found.record, fields=["text"], passage="Ana\nRuiz", because=BECAUSE)
    redact(by=officer, record=short.record, fields=["text"], because=BECAUSE)
    redact(by=officer, record=other.record, fields=["text"], passage="Ana\nRuiz", because=BECAUSE)
    assert fresh(found.record).title.startswith("The commission met for hours about the house of █")
    assert [fresh(each.record).title for each in (short, other)] == ["███", "███"]
    assert texts_with("Ana") == []


def test_a_title_of_its_own_stays_when_a_text_is_blackened(world: World, officer: Actor) -> None:
    facet = add_facet(
        by=world.actor(), initiative=world.hennepin, name="Shelter", description="Ana Ruiz"
    )
    redact(by=officer, record=facet.record, fields=["description"], because=BECAUSE)
    assert fresh(facet.record).title == "Shelter"
    assert texts_with("Ana Ruiz") == []


@pytest.mark.parametrize("passage", ["", "Ana Ruiz"])
def test_texts_of_details_can_be_blackened(world: World, officer: Actor, passage: str) -> None:
    by = world.actor()
    facet = add_facet(by=by, initiative=world.hennepin, name="Shelter")
    hold_facet(
        by=by, facet=facet, organisation=world.shelter, kind="knowledge", note="Ana Ruiz knows"
    )
    fact = add_fact(by=by, initiative=world.hennepin, claim="Half are children")
    take_stance(by=by, fact=fact, stance="dispute", reason="Ana Ruiz counted")
    source = record_source(by=by, authority=world.authority, title="Minutes", url="")
    cite(by=by, record=fact.record, source=source, note="Ana Ruiz says so")
    assert "factstance.reason" in redactable_fields(fact.record)
    assert "citation.note" not in redactable_fields(facet.record)
    for record, field in (
        (facet.record, "facetholder.note"),
        (fact.record, "factstance.reason"),
        (fact.record, "citation.note"),
    ):
        redact(by=officer, record=record, fields=[field], passage=passage, because=BECAUSE)
    assert texts_with("Ana Ruiz") == []
    assert (texts_with("counted") == []) is (passage == "")
    assert Fact.objects.get(pk=fact.pk).claim == "Half are children"


def test_words_in_other_capitals_stay_in_the_log_on_every_engine(
    world: World, officer: Actor
) -> None:
    facet = add_facet(by=world.actor(), initiative=world.hennepin, name="A", description="ANA")
    for text in ("nobody", "Ana"):
        revise_facet(by=world.actor(), facet=facet, name="A", description=text)
    redact(by=officer, record=facet.record, fields=["description"], passage="Ana", because=BECAUSE)
    assert EventValue.objects.filter(field="description", old="ANA", erased_by=None).exists()
    assert not EventValue.objects.filter(field="description", new="Ana").exists()


def test_a_blackened_title_never_grows_past_its_column(world: World, officer: Actor) -> None:
    record = actions.open_record(
        by=world.actor(), initiative=world.hennepin, kind="note", title="a" * 250
    )
    redact(by=officer, record=record, passage="a", because=BECAUSE)
    assert len(fresh(record).title) == 250
