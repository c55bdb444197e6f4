from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from headway.accounts.models import ScheduledTask
from tests.world import NOON, World


def test_the_icon_is_found_where_browsers_ask_for_it(world: World) -> None:
    answer = world.client().get("/favicon.ico")
    assert answer.status_code == 302
    assert "core/icon" in answer["Location"]
    file = finders.find("core/icon.ico")
    assert file is not None
    assert Path(str(file)).read_bytes().startswith(b"\0\0\1\0")


def test_search_engines_list_public_pages_only(world: World) -> None:
    answer = world.client().get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /account", "Disallow: /directory", "Disallow: /settings"} <= set(lines)
    assert "Disallow: /" not in lines


def test_a_monitor_reads_when_each_task_ran_last(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    del world
    result = DBTaskResult.objects.create(
        task_path="headway.solutions.tasks.close_votes",
        args_kwargs={"args": [], "kwargs": {}},
        status="FAILED",
    )
    ScheduledTask(
        path="headway.solutions.tasks.close_votes", enqueued_at=NOON, task_id=str(result.pk)
    ).save(force_insert=True)
    ScheduledTask(path="headway.exchange.tasks.complete_ledger").save(force_insert=True)
    with django_assert_max_num_queries(3):
        said = Client().get("/health/").json()
    assert said["status"] == "ok"
    assert said["tasks"] == [
        {"task": "exchange: complete_ledger", "handed_over_at": "", "ended": ""},
        {
            "task": "solutions: close_votes",
            "handed_over_at": "2026-03-27T17:00:00+00:00",
            "ended": "FAILED",
        },
    ]


@pytest.mark.parametrize(
    ("who", "page", "whom"),
    [
        ("observer", "/directory/people/add/", "Ask an administrator of your organization"),
        ("stranger", "/directory/", "Ask an administrator of your organization"),
        ("administrator", "/records/", "Ask an administrator of your organization"),
        ("observer", "/i/heading-home-hennepin/settings/", "Ask a convener of the initiative"),
    ],
)
def test_who_may_not_is_told_whom_to_ask(world: World, who: str, page: str, whom: str) -> None:
    answer = world.client(who).get(page)
    assert answer.status_code == 403
    assert whom in answer.content.decode()
