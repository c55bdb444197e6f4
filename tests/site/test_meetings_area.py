"""The area of meetings puts what comes next before what happened."""

from datetime import timedelta
from html import unescape

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from headway.forums.models import Forum
from tests.forums.making_meetings import a_meeting, fill_meetings
from tests.world import World, a_happening


def test_the_next_meeting_stands_before_what_happened(world: World) -> None:
    a_happening(world)
    meeting = a_meeting(world, starts_at=timezone.now() + timedelta(days=9))
    for role in ("convener", ""):
        answer = world.client(role).get(world.address("site:meetings"))
        page = unescape(answer.content.decode())
        assert page.index(meeting.record.title) < page.index("The commission meets")


def test_the_page_asks_the_same_questions_whatever_there_is(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill_meetings(world)
    forum = Forum.objects.get(record__title="All partners")
    a_meeting(world, forum, starts_at=timezone.now() + timedelta(days=9), title="Spring meeting")
    for number in range(9):
        a_happening(world, f"It happened {number}")
    browser = world.client("convener")
    with django_assert_max_num_queries(15):
        browser.get(world.address("site:meetings"))
