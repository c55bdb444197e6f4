from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries as Counts

from headway.initiatives import actions
from headway.initiatives.models import (
    Happening,
    HappeningOrganisation,
    Mandate,
    Member,
    Record,
    RoleGrant,
)
from headway_analysis.partial_date import parse
from tests.world import NOON, TODAY, World, a_happening


def many(world: World, count: int) -> None:
    """Many happenings with who took part, and many members with roles and mandates."""
    records = Record.objects.bulk_create(
        Record(
            initiative=world.hennepin,
            kind="happening",
            title=f"Meeting {number}",
            visibility="public",
            recorded_at=NOON,
            happened_from=TODAY - timedelta(days=number),
            happened_to=TODAY - timedelta(days=number),
        )
        for number in range(count)
    )
    rows = Happening.objects.bulk_create(
        Happening(record=record, category="meeting", text=record.title) for record in records
    )
    HappeningOrganisation.objects.bulk_create(
        HappeningOrganisation(happening=row, organisation=world.shelter) for row in rows
    )
    members = Member.objects.bulk_create(
        Member(
            initiative=world.hennepin,
            name=f"Member {number}",
            organisation=world.shelter,
            joined_at=NOON,
        )
        for number in range(count)
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(member=member, role="partner", starts_on=TODAY) for member in members
    )
    Mandate.objects.bulk_create(
        Mandate(
            member=member,
            organisation=world.shelter,
            scope="promises",
            given_by="x",
            starts_on=TODAY,
        )
        for member in members
    )


@pytest.mark.parametrize("name", ["happenings", "members", "history"])
def test_a_long_list_asks_no_more_than_a_short_one(
    world: World, name: str, django_assert_max_num_queries: Counts
) -> None:
    many(world, 120)
    for number in range(60):
        a_happening(world, f"Recorded {number}")
    browser = world.client("convener")
    with django_assert_max_num_queries(12):
        answer = browser.get(world.address(f"initiatives:{name}"))
    assert answer.status_code == 200
    assert answer.content.decode().count("<tr") == 51


def test_a_record_page_asks_no_more_for_a_long_history(
    world: World, django_assert_max_num_queries: Counts
) -> None:
    happening = a_happening(world)
    for number in range(30):
        actions.revise_happening(
            by=world.actor(),
            happening=happening,
            category="meeting",
            text=f"Wording {number}",
            when=parse("2026"),
            organisations=[],
        )
        other = a_happening(world, f"Source {number}")
        actions.link_records(
            by=world.actor(), origin=happening.record, target=other.record, kind="came_from"
        )
    browser = world.client("convener")
    with django_assert_max_num_queries(12):
        answer = browser.get(world.address("initiatives:happening", happening.pk))
    assert answer.status_code == 200
    with django_assert_max_num_queries(11):
        answer = browser.get(world.address("initiatives:record_history", happening.pk))
    assert answer.content.decode().count("<del>") >= 30
