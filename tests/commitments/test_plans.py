"""Start mid-way: an action plan from a table or a workbook."""

import io
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from headway.accounts.models import Event, Job, OutboxMessage
from headway.commitments.actions import plans, promise
from headway.commitments.actions.plans import (
    bring_in_plan,
    confirm_plan,
    forget_plans,
    keep_plan,
    map_plan,
)
from headway.commitments.formats import workbook
from headway.commitments.forms.plans import PlanForm
from headway.commitments.models import Commitment, PlanFile
from headway.commitments.queries.plans import read_kept
from headway.core.errors import RuleError
from headway.directory.models import Source
from headway.initiatives.models import Link
from headway.solutions.models import Solution
from tests.commitments.making import at
from tests.world import NOON, World

HENNEPIN = Path(settings.EXAMPLES) / "heading-home-hennepin" / "actions.csv"
HEADING = ("goal", "action", "owner", "due", "status")
ROWS = (
    ("Shelter", "Open forty beds", "St. Stephen's", date(2031, 4, 10), "under way"),
    ("Shelter", "Count the beds", "not stated", None, "recommended 2006"),
    ("Work", "Pay for a van", "Rotary Club", "12/1/2025", "dropped because the grant ended"),
    ("Work", "Name a person to call", "St. Stephen's", None, "done"),
)


def a_workbook(rows: tuple[tuple[object, ...], ...] = (HEADING, *ROWS)) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def kept(world: World, content: bytes, name: str = "plan.xlsx") -> PlanFile:
    return keep_plan(
        by=world.actor(),
        initiative=world.hennepin,
        file_name=name,
        content=content,
        title="Ten-Year Plan, 2006",
    )


def brought_in(world: World, content: bytes) -> PlanFile:
    name = "plan.xlsx" if content.startswith(b"PK") else "plan.csv"
    plan = confirm_plan(by=world.actor(), plan=kept(world, content, name))
    return bring_in_plan(plan_id=plan.pk, now=NOON)


def test_the_examples_plan_says_at_once_how_many_actions_have_no_owner(world: World) -> None:
    address = world.address("commitments:plans")
    said = {
        "file": SimpleUploadedFile("actions.csv", HENNEPIN.read_bytes(), "text/csv"),
        "title": "Heading Home Hennepin",
    }
    answer = world.client("convener").post(address, said, follow=True)
    assert "9 of 30 actions have no stated owner" in answer.content.decode()
    assert not Commitment.objects.exists()


def test_the_examples_plan_becomes_recommendations_and_promises_once(world: World) -> None:
    for _again in range(2):
        plan = brought_in(world, HENNEPIN.read_bytes())
        assert plan.state == PlanFile.State.DONE
        assert plan.sheet == {}
    assert Solution.objects.count() == 30
    assert Commitment.objects.count() == 21
    assert set(Solution.objects.values_list("state", flat=True)) == {"draft"}
    assert not Commitment.objects.exclude(record__provenance="reported").exists()
    assert Link.objects.filter(kind="came_from").count() == 21
    assert not OutboxMessage.objects.exists()


def test_how_it_stood_in_the_plan_is_told_in_words(world: World) -> None:
    brought_in(world, HENNEPIN.read_bytes())
    told = Commitment.objects.filter(record__states__state="as_reported").first()
    assert told is not None
    page = world.client().get(world.address("commitments:promise", told.pk)).content.decode()
    assert "As its source says" in page
    assert "as_reported" not in page


def test_a_workbook_is_read_with_its_dates_and_its_states(world: World) -> None:
    brought_in(world, a_workbook())
    beds = Commitment.objects.get(text="Open forty beds")
    assert (beds.organisation, beds.due_to, beds.state) == (
        world.shelter,
        date(2031, 4, 10),
        "intent",
    )
    van = Commitment.objects.get(text="Pay for a van")
    assert (van.who, van.state) == ("Rotary Club", "dropped")
    assert "the grant ended" in van.because
    assert Commitment.objects.get(text="Name a person to call").state == "kept"
    assert not Commitment.objects.filter(text="Count the beds").exists()


def test_columns_can_mean_something_else(world: World) -> None:
    rows = (("Thing", "Somebody"), ("Open beds", "St. Stephen's"))
    plan = kept(world, a_workbook(rows))
    by = world.actor()
    assert plan.state == "read"
    with pytest.raises(RuleError, match="what is to be done"):
        map_plan(by=by, plan=plan, mapping=["", "owner"])
    with pytest.raises(RuleError, match="one column"):
        map_plan(by=by, plan=plan, mapping=["action", "action"])
    mapped = map_plan(by=by, plan=plan, mapping=["action", "owner"])
    assert mapped.counts == {"actions": 1, "without_owner": 0, "without_due": 1}
    address = world.address("commitments:plan", plan.pk)
    client = world.client("facilitator")
    wrong = client.post(address, {"column0": "action", "column1": "action"})
    assert wrong.status_code == 422
    client.post(address, {"column0": "action", "column1": "owner"})
    assert "Open beds" in client.get(address).content.decode()
    client.post(world.address("commitments:bring_in_plan", plan.pk))
    assert Commitment.objects.get().organisation == world.shelter


@pytest.mark.parametrize("heading", ["Date of birth", "SSN", "Client ID"])
def test_a_column_about_clients_is_refused_by_name_and_nothing_is_kept(
    world: World, heading: str
) -> None:
    rows = (("action", heading), ("House Ann", "1980-01-02"))
    plan = kept(world, a_workbook(rows))
    assert (plan.state, plan.sheet) == ("refused", {})
    address = world.address("commitments:plan", plan.pk)
    shown = world.client("convener").get(address).content.decode()
    assert heading in shown
    assert "Ann" not in shown
    with pytest.raises(RuleError):
        confirm_plan(by=world.actor(), plan=plan)


def test_a_row_that_is_refused_is_not_counted_and_takes_its_source_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_first(**said: Any) -> Commitment:
        if said["text"] == "Open forty beds":
            raise RuleError("Name the organization.")
        return promise(**said)

    monkeypatch.setattr(plans, "promise", refuse_first)
    rows = ("Open forty beds,Rotary Club,Report", "Pay for a van,Rotary Club,Report")
    plan = brought_in(world, "\n".join(["action,owner,source", *rows]).encode())
    made = {"recommendations": 1, "promises": 1}
    assert {name: plan.counts[name] for name in made} == made
    assert (Solution.objects.count(), Commitment.objects.count()) == (1, 1)
    recorded = Source.objects.get(title="Report")
    assert Solution.objects.get().record.source == recorded


def test_problems_stand_with_row_and_column(world: World) -> None:
    rows = (
        HEADING,
        ("Work", "Pay for a van", "Rotary", "no idea", "done"),
        ("Work", "", "X", "", ""),
    )
    plan = kept(world, a_workbook(rows))
    places = {(row, column, code) for row, column, code, _value in plan.problems}
    assert (2, "due", "not_a_date") in places
    assert (3, "action", "no_action") in places


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (90 * 1024 * 1024))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"PK\x03\x04 and nothing more", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "old_workbook"),
        (a_workbook()[:500], "not_a_workbook"),
        (a_workbook(((),)), "empty_workbook"),
        (b"%PDF-1.7", "binary"),
        (b"", "empty"),
        (b"\x89PNG\r\n", "binary"),
        (bytes(range(256)) * 4, "binary"),
        (b"not a zip, but called a workbook\n", "not_a_workbook"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_with_what_to_do(
    world: World, content: bytes, trouble: str
) -> None:
    plan = kept(world, content)
    assert plan.state == "refused"
    assert plan.problems[0][2] == trouble
    address = world.address("commitments:plan", plan.pk)
    assert world.client("convener").get(address).status_code == 200


def test_a_zip_bomb_is_refused_unopened() -> None:
    raw = bomb()
    assert len(raw) < 1024 * 1024
    began = time.monotonic()
    assert workbook.read(raw).trouble == "too_large"
    assert time.monotonic() - began < 0.5


def test_too_many_rows_are_refused() -> None:
    rows = (HEADING, *(("g", f"action {number}", "x", "", "") for number in range(5_001)))
    assert workbook.read(a_workbook(rows)).trouble == "too_many_rows"


def test_two_thousand_rows_are_looked_over_mapped_and_shown_in_ten_seconds(world: World) -> None:
    rows = tuple(
        (
            f"Goal {number % 9}",
            f"Do thing {number}",
            f"Owner {number % 40}",
            "2031-04-10",
            "running",
        )
        for number in range(2_000)
    )
    content = a_workbook((HEADING, *rows))
    client = world.client("convener")
    began = time.monotonic()
    said = {"file": SimpleUploadedFile("plan.xlsx", content), "title": "Plan"}
    shown = client.post(world.address("commitments:plans"), said, follow=True)
    address = shown.redirect_chain[-1][0]
    columns = dict(zip((f"column{n}" for n in range(5)), HEADING, strict=True))
    mapped = client.post(address, columns, follow=True)
    took = time.monotonic() - began
    assert "0 of 2000 actions" in mapped.content.decode()
    assert took < 10, f"{took:.1f} s"
    plan = PlanFile.objects.get()
    client.post(world.address("commitments:bring_in_plan", plan.pk))
    assert Job.objects.filter(pk=PlanFile.objects.get().job_id).exists()


def test_plans_that_nobody_confirms_are_forgotten(world: World) -> None:
    plan = kept(world, a_workbook((HEADING, ("Work", "", "X", "", ""))))
    assert plan.problems
    assert forget_plans(now=NOON) == 0
    assert forget_plans(now=at(date(2026, 4, 10))) == 1
    plan.refresh_from_db()
    # A problem quotes the cell that it is about.
    assert (plan.state, plan.sheet, plan.problems) == ("refused", {}, [])


def test_a_plan_that_a_stopped_worker_left_is_forgotten_too(world: World) -> None:
    confirm_plan(by=world.actor(), plan=kept(world, a_workbook()))
    assert forget_plans(now=at(date(2026, 4, 10))) == 1


def test_a_plan_that_fails_waits_and_is_brought_in_once_more_or_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **_said: object) -> None:
        raise OSError("the disk is full")

    plan = confirm_plan(by=world.actor(), plan=kept(world, a_workbook()))
    with monkeypatch.context() as broken:
        broken.setattr(plans, "bring_idea", fails)
        with pytest.raises(OSError, match="disk"):
            bring_in_plan(plan_id=plan.pk, now=NOON)
    plan.refresh_from_db()
    assert (plan.state, bool(plan.sheet)) == ("read", True)
    assert Job.objects.filter(state="failed").exists()
    confirm_plan(by=world.actor(), plan=plan)
    assert bring_in_plan(plan_id=plan.pk, now=NOON).state == "done"


def test_a_second_worker_makes_nothing_of_a_plan_that_the_first_brought_in(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = confirm_plan(by=world.actor(), plan=kept(world, a_workbook()))
    read = read_kept
    made: list[int] = []

    def slow(*args: Any) -> Any:
        found = read(*args)
        monkeypatch.setattr(plans, "read_kept", read)
        bring_in_plan(plan_id=plan.pk, now=NOON)
        made.append(Solution.objects.count())
        return found

    monkeypatch.setattr(plans, "read_kept", slow)
    assert bring_in_plan(plan_id=plan.pk, now=NOON).state == "done"
    assert made == [Solution.objects.count()]
    assert Event.objects.filter(verb="plan_brought_in").count() == 1


def test_only_who_leads_brings_a_plan_along(world: World) -> None:
    address = world.address("commitments:plans")
    assert world.client("partner").get(address).status_code == 403
    assert world.client("convener").get(address).status_code == 200


@pytest.mark.parametrize("said", ["javascript:alert(1)", "hennepin.us/plan", "https://"])
def test_the_address_of_a_plan_is_one_that_a_browser_opens(said: str) -> None:
    form = PlanForm({"title": "Ten-Year Plan", "url": said})
    refused = ["Enter the whole address, like https://www.hennepin.us/plan."]
    assert form.errors["url"] == refused
    assert "url" not in PlanForm({"title": "Ten-Year Plan", "url": ""}).errors
