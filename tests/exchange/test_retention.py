from datetime import UTC, date, datetime

import pytest

from headway.accounts.actor import Actor
from headway.accounts.models import EventValue, RetentionClass
from headway.exchange.actions import destroy_due
from headway.exchange.queries.retention import due_for_destruction, years_before
from headway.initiatives import actions, kinds
from headway.initiatives.models import Record
from tests.world import World


def a_paper(world: World, title: str, kind: str = "note") -> Record:
    return actions.open_record(by=world.actor(), initiative=world.hennepin, kind=kind, title=title)


def withdraw(world: World, record: Record, day: date) -> None:
    at = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    actions.withdraw_record(by=world.actor(at=at), record=record, because="superseded")


def due(world: World, today: date) -> list[str]:
    found = due_for_destruction(world.authority, today)
    return sorted(found.values_list("title", flat=True))


def test_a_record_is_due_when_its_years_have_passed_since_it_was_withdrawn(world: World) -> None:
    paper = a_paper(world, "Draft")
    a_paper(world, "Still standing")
    withdraw(world, paper, date(2023, 3, 27))
    assert paper.retention is not None
    assert paper.retention.keep_years == 3
    assert due(world, date(2026, 3, 26)) == []
    assert due(world, date(2026, 3, 27)) == ["Draft"]


def test_everything_of_a_closed_initiative_falls_due(world: World) -> None:
    a_paper(world, "Draft")
    a_paper(world, "Minutes", kind="happening")
    world.hennepin.change(closed_on=date(2020, 1, 1))
    assert due(world, date(2026, 3, 27)) == ["Draft"]


def test_what_is_kept_permanently_or_on_hold_or_without_a_class_is_not_due(
    world: World, officer: Actor
) -> None:
    held, loose, permanent = (a_paper(world, name) for name in ("Held", "Loose", "Permanent"))
    decisions = RetentionClass.objects.get(authority=world.authority, code="decisions")
    Record.objects.filter(pk=loose.pk).update(retention=None)
    Record.objects.filter(pk=permanent.pk).update(retention=decisions)
    for record in (held, loose, permanent):
        withdraw(world, record, date(2001, 1, 1))
    hold = actions.place_hold(
        by=officer, authority=world.authority, name="H", reason="r", records=[held]
    )
    assert due(world, date(2026, 3, 27)) == []
    actions.release_hold(by=officer, hold=hold, because="over")
    assert due(world, date(2026, 3, 27)) == ["Held"]
    actions.place_hold(
        by=officer, authority=world.authority, name="All", reason="r", initiative=world.hennepin
    )
    assert due(world, date(2026, 3, 27)) == []


def test_another_authoritys_records_are_its_own(world: World, elsewhere: World) -> None:
    theirs = actions.open_record(
        by=elsewhere.actor(), initiative=elsewhere.hennepin, kind="note", title="Theirs"
    )
    withdraw(elsewhere, theirs, date(2001, 1, 1))
    assert due(world, date(2026, 3, 27)) == []
    assert due(elsewhere, date(2026, 3, 27)) == ["Theirs"]


def test_destroying_expunges_each_with_the_schedule_as_the_reason(
    world: World, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("headway.exchange.actions.retention.BATCH", 3)
    for number in range(8):
        withdraw(world, a_paper(world, f"Draft {number}"), date(2001, 1, 1))
    held = a_paper(world, "Held")
    withdraw(world, held, date(2001, 1, 1))
    actions.place_hold(by=officer, authority=world.authority, name="H", reason="r", records=[held])
    told: list[int] = []
    done = destroy_due(
        by=officer, authority=world.authority, today=date(2026, 3, 27), report=told.append
    )
    assert (done.count, told) == (8, [3, 6, 8])
    assert Record.objects.filter(expunged_at__isnull=False).count() == 8
    reason = EventValue.objects.filter(event__verb="expunged", field="because").first()
    assert reason is not None
    assert "retention schedule General schedule" in reason.new
    again = destroy_due(by=officer, authority=world.authority, today=date(2026, 3, 27))
    assert again.count == 0


def test_years_are_counted_back_over_leap_days() -> None:
    assert years_before(date(2028, 2, 29), 3) == date(2025, 2, 28)
    assert years_before(date(2026, 3, 27), 3_000) == date(1, 3, 27)


def test_every_kind_of_record_has_a_class_in_the_default_schedule(world: World) -> None:
    codes = set(RetentionClass.objects.in_authority(world.authority).values_list("code", flat=True))
    assert {kinds.retention(kind.kind) for kind in kinds.kinds()} <= codes
