"""A records request finds and hands out whatever hangs on a record."""

import json
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import reverse

from headway.commitments.actions import add_milestone
from headway.core.models import CheckedModel
from headway.exchange.queries.content import stage_models
from headway.exchange.queries.details import ELSEWHERE, LEFT_OUT, tables_of
from headway.forums.actions.comments import comment_on, edit_comment
from headway.initiatives.actions import withdraw_record
from headway.initiatives.models import Record
from headway.solutions.actions.ballots import close_ballot
from tests.commitments.making import a_promise
from tests.solutions.voting import AFTER, ASIDE, an_open_ballot, partners, vote
from tests.world import World, a_happening


def exported(world: World, word: str) -> list[dict[str, Any]]:
    """What the office gets for a word."""
    address = f"{reverse('exchange:export')}?words={word}"
    answer = world.client("records_officer").post(address, {"format": "json"})
    found: list[dict[str, Any]] = json.loads(answer.getvalue())
    return found


def below(owners: set[type[models.Model]]) -> set[type[models.Model]]:
    """Every table that points at one of these."""
    return {
        model
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in owners
    }


def test_every_table_below_a_record_is_told_or_left_out_for_a_reason() -> None:
    known: set[type[models.Model]] = {Record, *stage_models().values()}
    hanging = below(known) - known
    while more := below(hanging) - hanging - known:
        hanging |= more
    told = {table.model for kind in ("", *stage_models()) for table in tables_of(kind)}
    neither = hanging - told - set(ELSEWHERE)
    assert {model._meta.label for model in neither} == set(LEFT_OUT)
    assert all(LEFT_OUT.values())
    assert all(issubclass(model, CheckedModel) for model in told)


def test_votes_are_handed_out_after_the_close_and_never_before(world: World) -> None:
    voters = partners(world, ["Ash"])
    ballot = an_open_ballot(world, options=["Zanzibar street"])
    vote(ballot, voters["Ash"], ASIDE, "Weathervane")
    [found] = exported(world, "zanzibar")
    assert "Weathervane" not in json.dumps(found)
    assert "has_voted" not in json.dumps(found)
    assert exported(world, "weathervane") == []
    close_ballot(ballot=ballot, now=AFTER)
    [found] = exported(world, "weathervane")
    assert found["id"] == str(ballot.pk)


def test_votes_that_were_withdrawn_while_open_stay_untold(world: World) -> None:
    voters = partners(world, ["Ash"])
    ballot = an_open_ballot(world, options=["Zanzibar street"])
    vote(ballot, voters["Ash"], ASIDE, "Weathervane")
    withdraw_record(by=world.actor(), record=ballot.record, because="twice")
    close_ballot(ballot=ballot, now=AFTER)
    [found] = exported(world, "zanzibar")
    assert "Weathervane" not in json.dumps(found)


def test_milestones_are_found_and_handed_out(world: World) -> None:
    promise = a_promise(world)
    add_milestone(by=world.actor(), commitment=promise, title="Weathervane mended")
    [found] = exported(world, "weathervane")
    said = {"commitment": str(promise.pk), "number": "1", "title": "Weathervane mended"}
    assert {"kind": "milestone", "content": said} in found["details"]
    table = world.client("records_officer").post(reverse("exchange:export"), {"format": "csv"})
    assert "Weathervane mended" in table.getvalue().decode()


def test_comments_are_handed_out_with_every_wording(world: World) -> None:
    happening = a_happening(world)
    said = comment_on(by=world.actor(), record=happening.record, text="Weathervane")
    edit_comment(by=world.actor(), comment=said, text="Rooster")
    [found] = exported(world, "weathervane")
    assert found["id"] == str(happening.pk)
    assert {"Weathervane", "Rooster"} <= set(json.dumps(found).split('"'))
