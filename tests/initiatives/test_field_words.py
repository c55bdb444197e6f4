"""History and versions call fields by plain names, never by those of the database."""

from datetime import date

import pytest
from django.apps import apps

from headway.accounts.events import append_event
from headway.accounts.models import EventValue
from headway.initiatives import actions
from headway.initiatives.models import StageModel
from headway.initiatives.queries.field_words import COMMON, field_words
from headway_analysis.partial_date import PartialDate, parse
from tests.world import World, a_happening

APPS = ("initiatives", "problems", "partners")
STAGES = [
    model
    for model in apps.get_models()
    if issubclass(model, StageModel) and model._meta.app_label in APPS
]


@pytest.mark.parametrize("model", STAGES, ids=lambda model: model.RECORD_KIND)
def test_every_field_of_a_record_has_a_plain_name(model: type[StageModel]) -> None:
    plain = {str(words) for words in COMMON.values()}
    for field in model._meta.concrete_fields:
        words = field_words(model.RECORD_KIND, field.name)
        translated = not isinstance(field.verbose_name, str)
        assert translated or words.lower() in plain, f"{model.__name__}.{field.name}"
        assert "_" not in words
        assert "organis" not in words.lower()


def test_history_tells_who_took_part_and_when_in_plain_words(world: World) -> None:
    happening = a_happening(world)
    actions.revise_happening(
        by=world.actor(),
        happening=happening,
        category="meeting",
        text="The commission meets again",
        when=parse("autumn 2025"),
        organisations=[world.office],
    )
    address = world.address("initiatives:record_history", happening.pk)
    page = world.client("convener").get(address).content.decode()
    assert '<p class="quiet">Organizations</p>' in page
    assert '<p class="quiet">When</p>' in page
    assert page.count("Not before") == 0
    for raw in ("organisations", "date as said", "happened"):
        assert f'<p class="quiet">{raw}' not in page


def test_days_without_words_are_told_as_they_are(world: World) -> None:
    happening = a_happening(world)
    subject = actions.subject_of(happening.record)
    stream = world.hennepin.stream
    changes = {"happened_from": ("", PartialDate.on(date(2026, 1, 2)).start)}
    append_event(stream=stream, by=world.actor(), verb="revised", subject=subject, changes=changes)
    assert EventValue.objects.filter(field="happened_from").exists()
    address = world.address("initiatives:record_history", happening.pk)
    page = world.client("convener").get(address).content.decode()
    assert '<p class="quiet">Not before</p>' in page
