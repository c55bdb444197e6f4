"""What a page offers somebody, that they may do: no link and no form of theirs refuses them."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests.site.forms import FoundForm, PageReader, read_page
from tests.site.test_every_form import LEFT_OUT, send
from tests.world import World

ROLES = ("", "observer", "liaison", "evaluator", "partner", "facilitator", "convener")
# So many pages of one kind are looked at: what is offered differs from record to record.
OF_A_KIND = 2


def route_of(path: str) -> str:
    try:
        return str(resolve(urlsplit(path).path).view_name)
    except Resolver404:
        return ""


def visited(client: Client, start: str) -> Iterator[tuple[str, int, PageReader]]:
    """A few pages of each route that the main part of pages leads to, each with its status."""
    waiting, seen, counted = [start], {start}, Counter[str]()
    while waiting:
        path = waiting.pop(0)
        route = route_of(path)
        counted[route] += 1
        if counted[route] > OF_A_KIND or any(word in path for word in LEFT_OUT):
            continue
        answer = client.get(path)
        html = "text/html" in answer.headers.get("Content-Type", "")
        main = answer.content.decode().partition("<main")[2].partition("</main>")[0] if html else ""
        found = read_page(main)
        yield path, answer.status_code, found
        fresh = [link for link in dict.fromkeys(found.links) if link not in seen]
        seen.update(fresh)
        waiting += fresh


def refused(client: Client, path: str, form: FoundForm) -> bool:
    status, _html = send(client, path, form, [b"Some words"])
    return status in {403, 404}


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_no_link_and_no_form_that_somebody_is_shown_refuses_them(example: World, role: str) -> None:
    client = example.client(role)
    client.raise_request_exception = False
    wrong, pages = [], 0
    for path, status, page in visited(client, example.address("site:where_we_stand")):
        pages += 1
        if status in {403, 404, 405} or status >= 500:
            wrong.append(f"{path}: {status}")
        wrong += [
            f"{path}: its form to {form.action or path}"
            for form in page.forms
            if not any(word in form.action for word in LEFT_OUT) and refused(client, path, form)
        ]
    assert wrong == []
    assert pages > 40
