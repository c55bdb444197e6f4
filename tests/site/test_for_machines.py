from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.world import World


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
