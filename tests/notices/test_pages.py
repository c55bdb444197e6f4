from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from headway.accounts.actions import make_token
from headway.accounts.actor import Actor
from headway.accounts.models import User
from headway.initiatives.actions import end_role
from headway.initiatives.models import Record, RoleGrant
from headway.notices.actions import tell
from headway.notices.models import Notice, Preference, Rhythm
from tests.notices.making import LATER, a_followed, news, told
from tests.world import World


def page(name: str = "notices") -> str:
    return reverse(f"notices:{name}")


def with_news(world: World, count: int = 1) -> None:
    for number in range(count):
        news(world, a_followed(world, "partner", text=f"Meeting {number}").record)
    tell(now=LATER)


def test_somebody_reads_what_they_were_told_and_nobody_else_does(world: World) -> None:
    with_news(world)

    own = world.client("partner").get(page()).content.decode()

    assert "Meeting 0" in own
    assert "you follow this" in own
    assert "New:" in own
    assert "Meeting 0" not in world.client("stranger").get(page()).content.decode()
    assert world.client().get(page()).status_code == 302


@pytest.mark.parametrize(("visibility", "read"), [("members", False), ("public", True)])
def test_whoever_holds_no_role_any_more_reads_no_title_that_is_for_members(
    world: World, visibility: str, *, read: bool
) -> None:
    with_news(world)
    Record.objects.filter(title__startswith="Meeting").update(visibility=visibility)
    browser, shown = world.client("partner"), "Meeting 0"
    assert shown in browser.get(page()).content.decode()
    grant = RoleGrant.objects.select_related("member").get(member=world.members["partner"])
    end_role(by=world.actor(), grant=grant)
    assert (shown in browser.get(page()).content.decode()) == read


def test_every_page_shows_how_much_is_unread_without_asking_for_it(world: World) -> None:
    browser, home = world.client("partner"), reverse("accounts:account")
    with CaptureQueriesContext(connection) as before:
        browser.get(home)
    with_news(world, 2)

    with CaptureQueriesContext(connection) as after:
        shown = browser.get(home).content.decode()

    assert len(after) == len(before)
    assert '<strong class="count">2<' in shown


def test_one_notice_is_marked_as_read_or_all_of_them(world: World) -> None:
    with_news(world, 3)
    browser, first = world.client("partner"), told(world, "partner")[0]

    browser.post(page("read"), {"notice": str(first.pk)})
    assert [notice.read_at is None for notice in told(world, "partner")] == [False, True, True]
    assert User.objects.get(pk=world.people["partner"].pk).unread_notices == 2
    browser.post(page("read"), {"all": "1"})
    assert User.objects.get(pk=world.people["partner"].pk).unread_notices == 0
    looked = browser.get(page("read"))
    assert (looked.status_code, looked["Allow"]) == (405, "POST")
    assert "Only a button leads there" in looked.content.decode()


def test_nobody_marks_what_others_were_told(world: World) -> None:
    with_news(world)

    world.client("observer").post(page("read"), {"notice": str(told(world, "partner")[0].pk)})
    world.client("observer").post(page("read"), {"notice": "nonsense"})

    assert Notice.objects.unread().filter(member=world.members["partner"]).count() == 1


def test_unread_notices_stand_above_read_ones_and_are_paged(world: World) -> None:
    with_news(world, 35)
    browser = world.client("partner")
    newest = told(world, "partner")[-1]
    browser.post(page("read"), {"notice": str(newest.pk)})

    first = browser.get(page()).content.decode()
    second = browser.get(page() + "?page=2").content.decode()

    assert "Meeting 34”" not in first
    assert "Meeting 34”" in second
    assert browser.get(page() + "?page=nonsense&initiative=nowhere").status_code == 200


def test_notices_of_one_initiative_are_shown_alone(world: World) -> None:
    with_news(world)

    browser = world.client("partner")
    here = browser.get(page(), {"initiative": world.hennepin.slug}).content.decode()
    there = browser.get(page(), {"initiative": world.closed.slug}).content.decode()

    assert ("Meeting 0" in here, "Meeting 0" in there) == (True, False)


def test_what_may_not_be_read_any_more_shows_nothing_of_itself(world: World) -> None:
    with_news(world)
    Record.objects.all().update(visibility="office")

    shown = world.client("partner").get(page()).content.decode()

    assert "Meeting 0" not in shown
    assert "This was removed." in shown


def test_the_number_of_queries_does_not_grow_with_the_notices(world: World) -> None:
    browser = world.client("partner")

    def asked(count: int) -> int:
        with_news(world, count)
        with CaptureQueriesContext(connection) as queries:
            browser.get(page())
        return len(queries)

    few = asked(2)
    assert asked(25) == few
    assert few <= 12


def test_somebody_chooses_how_often_mail_comes(world: World) -> None:
    browser, address = world.client("partner"), page("rhythms")
    field, other = str(world.hennepin.pk), str(world.closed.pk)

    assert "Heading Home Hennepin" in browser.get(address).content.decode()
    refused = browser.post(address, {field: "hourly", other: "daily"})
    saved = browser.post(address, {field: "weekly", other: "daily"})

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert Preference.objects.get(initiative=world.hennepin).rhythm == Rhythm.WEEKLY


@pytest.mark.parametrize("scopes", [["notices.own"], ["accounts.own_account"]])
def test_a_program_reads_notices_with_a_token_for_them(world: World, scopes: list[str]) -> None:
    with_news(world)
    now = timezone.now()
    made = make_token(
        by=Actor(kind="user", at=now, user=world.people["partner"]),
        authority=world.authority,
        name="desktop",
        scopes=scopes,
        offered=scopes,
        expires_at=now + timedelta(days=1),
    )
    headers = {"Authorization": f"Bearer {made.secret}"}

    answer = world.client().get("/api/v1/notices", headers=headers)

    allowed = scopes == ["notices.own"]
    assert answer.status_code == (200 if allowed else 403)
    if allowed:
        assert [item["unread"] for item in answer.json()["items"]] == [True]
