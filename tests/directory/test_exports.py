import csv
import io
import json

import pytest
from django.core.cache import cache
from django.utils import timezone

from headway.accounts.models import Event
from headway.initiatives.models import Member
from tests.world import World

EXPORTS = ("organizations.csv", "people.csv", "directory.json")
PAGES = ("/directory/", "/directory/people/", *(f"/directory/export/{file}" for file in EXPORTS))


@pytest.fixture(autouse=True)
def _no_limit_used_up(db: None) -> None:
    cache.clear()


def downloaded(world: World, who: str, file: str) -> str:
    answer = world.client(who).get(f"/directory/export/{file}")
    assert "no-store" in answer["Cache-Control"]
    return b"".join(answer).decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("who", "status"),
    [("stranger", 403), ("observer", 200), ("partner", 200), ("administrator", 200)],
)
def test_the_directory_opens_to_whoever_takes_part_and_to_no_account_alone(
    world: World, page: str, who: str, status: int
) -> None:
    assert world.client(who).get(page).status_code == status


def test_who_has_left_every_initiative_reads_the_directory_no_more(world: World) -> None:
    Member.objects.filter(user=world.people["observer"]).update(left_at=timezone.now())
    assert world.client("observer").get("/directory/people/").status_code == 403


def test_a_stranger_is_not_led_to_the_directory(world: World) -> None:
    assert "/directory/" in world.client("observer").get("/home/").content.decode()
    assert "/directory/" not in world.client("stranger").get("/home/").content.decode()


@pytest.mark.parametrize(("who", "emails"), [("observer", "no"), ("registrar", "yes")])
def test_each_download_of_people_is_noted_in_the_log(world: World, who: str, emails: str) -> None:
    downloaded(world, who, "people.csv")
    event = Event.objects.get(verb="directory_exported")
    assert event.user == world.people[who]
    values = {value.field: value.new for value in event.values.all()}
    assert values == {"file": "people.csv", "emails": emails, "title": "Hennepin County"}
    assert "downloaded the directory" in (
        world.client("records_officer").get("/settings/log/").content.decode()
    )


def test_downloads_are_limited(world: World) -> None:
    client = world.client("observer")
    said = [client.get("/directory/export/people.csv").status_code for _ in range(11)]
    assert said == [200] * 10 + [429]
    assert Event.objects.filter(verb="directory_exported").count() == 10


@pytest.mark.parametrize("file", ["organizations.csv", "people.csv"])
def test_a_spreadsheet_reads_the_accents_of_a_download(world: World, file: str) -> None:
    text = downloaded(world, "observer", file)
    assert text.startswith("\ufeff")
    assert "name" in next(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_json_needs_no_mark(world: World) -> None:
    assert json.loads(downloaded(world, "observer", "directory.json"))["organizations"]
