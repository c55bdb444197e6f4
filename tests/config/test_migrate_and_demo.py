from datetime import UTC, datetime
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from config.demo import welcome
from config.migrate import first_authority, make_administrator
from headway.accounts.models import Authority, AuthorityRole
from headway.core.errors import RuleError
from headway.site.simulate import Size, simulate
from tests.servers import headway, own_settings

NOON = datetime(2026, 3, 27, 17, tzinfo=UTC)
ANN = "ann@county.example"


@pytest.mark.django_db
def test_the_first_authority_is_made_once() -> None:
    first = first_authority("Hennepin County", "America/Chicago", NOON)
    second = first_authority("Another", "America/Chicago", NOON)

    assert first == second
    assert [each.name for each in Authority.objects.all()] == ["Hennepin County"]


@pytest.mark.django_db
def test_an_administrator_is_appointed_once() -> None:
    authority = first_authority("Hennepin County", "America/Chicago", NOON)
    make_administrator(authority, ANN, NOON)
    make_administrator(authority, ANN, NOON)

    assert AuthorityRole.objects.filter(user__email=ANN, role="administrator").count() == 1


@pytest.mark.django_db
def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(RuleError, match="time zone"):
        first_authority("Hennepin County", "Chicago", NOON)


@pytest.mark.django_db
def test_a_demonstration_tells_a_link_for_each_role_and_leaves_loading_to_the_worker(
    settings: Settings,
) -> None:
    settings.MODE = "demonstration"
    first_authority("Hennepin County", "America/Chicago", NOON)

    told = welcome("http://localhost:8000")

    for role in ("convener", "partner", "administrator", "records officer"):
        assert f"  {role}" in told
    assert told.count("http://localhost:8000/account/demonstration/") == 9
    waiting = DBTaskResult.objects.ready().values_list("task_path", flat=True)
    assert list(waiting) == ["headway.site.tasks.load_demonstration"]


def test_production_takes_no_demonstration(tmp_path: Path) -> None:
    done = headway(own_settings(tmp_path, mode="production", secret_key="k" * 60), "demo")

    assert done.returncode == 2
    assert "HEADWAY_MODE=demonstration" in done.stderr


@pytest.mark.django_db
def test_production_simulates_nothing(settings: Settings) -> None:
    authority = first_authority("Hennepin County", "America/Chicago", NOON)
    settings.MODE = "production"

    with pytest.raises(RuleError, match="nothing is simulated"):
        simulate(at=NOON, authority=authority, size=Size(1, 10))


@pytest.mark.parametrize(("partners", "events"), [(0, 10), (10, 12), (1, 10_000_001)])
def test_a_size_that_cannot_be_made_is_told_with_its_bound(partners: int, events: int) -> None:
    with pytest.raises(ValueError, match=r"must be from .* got"):
        Size(partners, events)
