from pathlib import Path

import pytest
from django.conf import settings

from headway.accounts.models import Event
from headway.initiatives.models import Happening, Record
from headway.partners.models import Partner
from headway.problems.models import Baseline
from headway.site.example import load_heading_home_hennepin
from tests.world import World


@pytest.fixture
def folder() -> Path:
    return Path(settings.EXAMPLES) / "heading-home-hennepin"


def test_the_whole_record_loads_with_a_source_for_every_fact(world: World, folder: Path) -> None:
    told: list[tuple[int, int]] = []
    initiative = load_heading_home_hennepin(
        by=world.actor("administrator"),
        authority=world.authority,
        folder=folder,
        report=lambda done, total: told.append((done, total)),
    )
    records = Record.objects.in_initiative(initiative)
    assert Partner.objects.in_initiative(initiative).count() == 67
    assert Happening.objects.in_initiative(initiative).count() == 44
    assert Baseline.objects.in_initiative(initiative).count() == 2
    assert not records.exclude(provenance="reported").exists()
    assert not records.filter(source__title="").exists()
    assert told[-1] == (133, 133)


def test_dates_are_kept_as_they_were_said(world: World, folder: Path) -> None:
    load_heading_home_hennepin(
        by=world.actor("administrator"),
        authority=world.authority,
        folder=folder,
        report=lambda _done, _total: None,
    )
    outreach = Happening.objects.get(text__startswith="St. Stephen's street outreach")
    assert outreach.record.date_as_said == "2007-autumn"
    assert (outreach.record.happened_from.month, outreach.record.happened_to.month) == (9, 11)
    rule = Happening.objects.filter(category="rule").first()
    assert rule is not None
    assert rule.record.when is None


def test_loading_it_again_changes_nothing(world: World, folder: Path) -> None:
    def load() -> tuple[int, int]:
        load_heading_home_hennepin(
            by=world.actor("administrator"),
            authority=world.authority,
            folder=folder,
            report=lambda _done, _total: None,
        )
        return Record.objects.count(), Event.objects.count()

    assert load() == load()
