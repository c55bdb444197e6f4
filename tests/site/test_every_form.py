"""Every form of every page, sent with what nobody should type: help, never a breakdown."""

from collections import deque
from collections.abc import Iterator
from itertools import cycle
from urllib.parse import quote_plus, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests.site.forms import FoundForm, read_page
from tests.world import World

SCRIPT = "<script>alert(1)</script>"
NASTY = {
    "script": SCRIPT.encode(),
    "NUL": b"before\x00after",
    "half an emoji": b"before\xed\xa0\x80after",
    "wrong encoding": b"caf\xe9",
    "a megabyte": b"x" * 1_000_000,
    "a number out of range": b"9" * 40,
    "not a number": b"NaN",
    "a day that is none": b"9999-99-99",
}
# One process looks at the pages for both tests.
pytestmark = pytest.mark.xdist_group("forms")
STARTS = ("/home/", "/directory/", "/account/", "/settings/", "/records/")
LEFT_OUT = ("logout", "/language/", ".csv", "export", "/api/", "/demonstration/")
Looked = dict[str, list[tuple[str, str]]]
ROLES = ("convener", "registrar", "administrator")
FINE = {200, 302, 400, 403, 404, 405, 409, 413, 422, 429}


def pages(client: Client, starts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """One page of each route that links lead to, with its HTML; none of them may break down."""
    waiting, seen, met = deque(starts), set(), set()
    while waiting:
        path = waiting.popleft()
        if path in met:
            continue
        met.add(path)
        try:
            route = resolve(urlsplit(path).path).view_name
        except Resolver404:
            continue
        if route in seen or any(word in path for word in LEFT_OUT):
            continue
        seen.add(route)
        answer = client.get(path)
        assert answer.status_code < 500, f"{path} breaks down as it is opened"
        if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
            html = answer.content.decode()
            yield path, html
            waiting += read_page(html).links


def send(client: Client, path: str, form: FoundForm, values: list[bytes]) -> tuple[int, str]:
    """Send a form with the values in its text fields by turns, then take back what it changed."""
    marker = "THE-VALUE"
    turn = cycle(values)
    body = "&".join(
        f"{quote_plus(name)}={quote_plus(next(turn) if text == marker else text)}"
        for name, text in form.filled(marker).items()
    )
    address = form.action or path
    kind = "application/x-www-form-urlencoded"
    with transaction.atomic():
        if form.method == "get":
            answer = client.get(f"{urlsplit(address).path}?{body[:7000]}")
        else:
            answer = client.post(address, body, content_type=kind)
        streamed = getattr(answer, "streaming", False)
        html = "" if streamed else answer.content.decode(errors="replace")
        transaction.set_rollback(True)
    return answer.status_code, html


@pytest.fixture(scope="module")
def looked_at() -> Looked:
    """The pages of each role that was led through them already: both tests see the same rows."""
    return {}


def found(world: World, role: str, looked_at: Looked) -> list[tuple[str, str]]:
    """The pages that a role reaches."""
    if role not in looked_at:
        client = world.client(role)
        client.raise_request_exception = False
        looked_at[role] = list(pages(client, STARTS))
    return looked_at[role]


def forms_once(world: World, looked_at: Looked) -> Iterator[tuple[Client, str, FoundForm]]:
    """Each form once: page, destination and fields, as the first role that reaches it.

    A form like the search in the header, which would send the very same to the same address from
    another page, is sent from the first of them.
    """
    seen: set[tuple[str, ...]] = set()
    for role in ROLES:
        client = world.client(role)
        client.raise_request_exception = False
        for path, html in found(world, role, looked_at):
            for form in read_page(html).forms:
                address = urlsplit(form.action or path).path
                fields = (each.name for each in form.fields)
                key = (resolve(urlsplit(path).path).view_name, _route(address), *fields)
                sent = (role, form.method, form.action or path, repr(form.filled("")))
                if seen.isdisjoint({key, sent}) and not any(
                    word in form.action for word in LEFT_OUT
                ):
                    yield client, path, form
                seen |= {key, sent}


def _route(address: str) -> str:
    try:
        return resolve(address).view_name
    except Resolver404:
        return address


@pytest.mark.slow
def test_no_form_breaks_down_whatever_is_typed(example: World, looked_at: Looked) -> None:
    wrong: list[str] = []
    sent = 0
    for client, path, form in forms_once(example, looked_at):
        for turn in range(0, len(NASTY), 2):
            values = [*NASTY.values()]
            status, answered = send(client, path, form, values[turn:] + values[:turn])
            sent += 1
            if status not in FINE:
                wrong.append(f"{path} from {[*NASTY][turn]} on: {status}")
            if SCRIPT in answered:
                wrong.append(f"{path} answers with the script as it was typed")
    assert wrong == []
    assert sent > 120


@pytest.mark.slow
def test_what_was_typed_is_still_there_after_a_refusal(example: World, looked_at: Looked) -> None:
    client = example.client("convener")
    lost: list[str] = []
    for path, html in found(example, "convener", looked_at):
        for form in read_page(html).forms:
            texts = [each for each in form.fields if each.kind == "textarea"]
            if form.method != "post" or not texts:
                continue
            status, answered = send(client, path, form, [b"Kept words " + b"x" * 60_000])
            if status == 422 and "Kept words" not in answered:
                lost.append(path)
    assert lost == []
