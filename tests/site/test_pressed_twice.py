"""A button pressed twice in a hurry does its work once and answers both times alike."""

import re
from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from headway.commitments.models import PlanFile
from headway.directory.models import Upload
from headway.measures.models import ReadingsFile
from headway.pilots.models import ResultsFile, SmallTest
from tests.initiatives.test_sent_forms import key_in
from tests.measures.making import a_measure
from tests.pilots.making import a_running_pilot
from tests.world import World

TABLE = b"when,value\n2019,400\n2020,410\n"
PLAN = b"action,organization\nOpen the doors at night,St. Stephen's\n"
NAMES = b"name,kind,sector\nSimpson Housing,organization,nonprofit\n"


def press_twice(
    browser: Client, address: str, said: Mapping[str, str], file: bytes = b""
) -> tuple[str, str]:
    """Send the form of a page twice, as a double click does; answer where each led."""
    key = {"form_key": key_in(browser.get(address))}

    def press() -> str:
        sent = {"file": SimpleUploadedFile("table.csv", file, "text/csv")} if file else {}
        answer = browser.post(address, {**said, **key, **sent})
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"])

    return press(), press()


def test_start_it_starts_one_small_test(world: World) -> None:
    browser, address = world.client("partner"), world.address("pilots:start_small_test")
    owner = re.search(r'name="owner-kept" value="([^"]+)"', browser.get(address).content.decode())
    assert owner
    said = {
        "tries": "Open a door at night",
        "expects": "Ten people come in",
        "look_on": "2030-01-01",
        "owner": world.shelter.name,
        "owner-kept": owner[1],
        "owner-meant": "",
        "authority_stated": "own",
        "fit": "on",
    }
    first, second = press_twice(browser, address, said)
    assert first == second
    assert SmallTest.objects.count() == 1


def test_a_table_of_data_points_is_kept_once(world: World) -> None:
    address = world.address("measures:files", a_measure(world).pk)
    said = {"title": "Counts", "url": "", "visibility": "public"}
    first, second = press_twice(world.client("partner"), address, said, TABLE)
    assert first == second
    assert ReadingsFile.objects.count() == 1


def test_a_plan_is_kept_once(world: World) -> None:
    said = {"title": "Our plan", "url": ""}
    first, second = press_twice(
        world.client("convener"), world.address("commitments:plans"), said, PLAN
    )
    assert first == second
    assert PlanFile.objects.count() == 1


def test_a_table_of_results_is_kept_once(world: World) -> None:
    address = world.address("pilots:results", a_running_pilot(world).pk)
    first, second = press_twice(world.client("evaluator"), address, {}, TABLE)
    assert first == second
    assert ResultsFile.objects.count() == 1


def test_a_list_of_organizations_is_kept_once_and_brought_in_without_a_word_of_refusal(
    world: World,
) -> None:
    browser = world.client("registrar")
    kind = {"kind": "organisations_csv"}
    first, second = press_twice(browser, reverse("directory:imports"), kind, NAMES)
    assert first == second
    upload = Upload.objects.get()
    assert press_twice(browser, first, {}) == (first, first)
    upload.refresh_from_db()
    assert upload.state == Upload.State.CONFIRMED
    page = browser.get(first)
    assert "The file is being brought in." in page.content.decode()


def test_bring_it_in_answers_both_times_with_what_came_in(world: World) -> None:
    browser, address = (
        world.client("partner"),
        world.address("measures:files", a_measure(world).pk),
    )
    said = {"title": "Counts", "url": "", "visibility": "public"}
    page, _again = press_twice(browser, address, said, TABLE)
    file = ReadingsFile.objects.get()
    for _time in range(2):
        done = browser.post(world.address("measures:bring_in", file.pk), follow=True)
        assert done.redirect_chain == [(page, 302)]
        assert "2 data points are new." in done.content.decode()
