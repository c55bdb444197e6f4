from datetime import timedelta

from django.utils import timezone

from headway.accounts.actions import make_token
from headway.accounts.actor import Actor
from tests.forums.making_meetings import a_meeting, fill_meetings, minutes
from tests.world import World


def headers(world: World, role: str = "evaluator") -> dict[str, str]:
    """A token by which a program reads about meetings for somebody."""
    now = timezone.now()
    made = make_token(
        by=Actor(kind="user", at=now, user=world.people[role]),
        authority=world.authority,
        name="nightly copy",
        scopes=["forums.view"],
        offered=["forums.view"],
        expires_at=now + timedelta(days=1),
    )
    return {"Authorization": f"Bearer {made.secret}"}


def test_a_program_lists_meetings_by_state(world: World) -> None:
    fill_meetings(world)
    address = f"/api/v1/initiatives/{world.hennepin.slug}/meetings"
    asked = world.client().get(f"{address}?state=cancelled", headers=headers(world)).json()
    assert [item["state"] for item in asked["items"]] == ["cancelled"]


def test_a_program_reads_one_meeting_with_its_minutes(world: World) -> None:
    meeting = a_meeting(world)
    first = minutes(world, meeting)[0]
    address = f"/api/v1/initiatives/{world.hennepin.slug}/meetings/{meeting.pk}"
    found = world.client().get(address, headers=headers(world)).json()
    assert found["meeting"]["state"] == "held"
    assert found["lines"][0] == {
        "id": str(first.pk),
        "number": 1,
        "kind": "will_do",
        "text": "call the three shelters by April 10 (St. Stephen's)",
        "owner": "St. Stephen's",
        "due": "April 10, 2026",
        "due_from": "2026-04-10",
        "due_to": "2026-04-10",
        "unsure": [],
    }
    closed = f"/api/v1/initiatives/{world.closed.slug}/meetings/{meeting.pk}"
    assert world.client().get(closed, headers=headers(world)).status_code == 404
