"""How fast pages answer with 500 partners and 100,000 events: `make bench-web`.

Starts one web server process on a database of its own, filled by `headway simulate`, and asks for
each page over HTTP, one request after the other, then from several clients at once. Prints one
JSON line a page: milliseconds at the median and the 95th percentile, database queries, requests
per second, and the same of a bare page of the same server in the same run as a yardstick.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
HEADWAY = (sys.executable, "-m", "config.command")
BARE = "/health/"
PAGES = (
    "/",
    "/home/",
    "/directory/",
    "/i/{slug}/",
    "/i/{slug}/problem/",
    "/i/{slug}/problem/facts/",
    "/i/{slug}/people/",
    "/i/{slug}/people/contacts/",
    "/i/{slug}/happenings/",
    "/i/{slug}/members/",
    "/i/{slug}/history/",
    "/i/{slug}/meetings/",
    "/i/{slug}/promises/",
    "/i/{slug}/promises/?show=all",
    "/i/{slug}/discussion/{discussed}/",
    "/i/{slug}/?as_of={past}",
    "/i/{slug}/leadership/",
    "/i/{slug}/leadership/?as_of={past}",
    "/i/{slug}/measures/",
    "/i/{slug}/tests/",
    "/i/{slug}/search/?q=shelter",
)


def environment(folder: Path) -> dict[str, str]:
    """An installation of its own in a folder."""
    rest = {name: value for name, value in os.environ.items() if not name.startswith("HEADWAY_")}
    return rest | {"HEADWAY_DATA": str(folder), "HEADWAY_MODE": "demonstration"}


def wait_until_answered(port: int) -> None:
    """Give the server time to start."""
    for _try in range(200):
        try:
            ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), BARE, "")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not answer within 20 seconds")


@contextmanager
def server(env: dict[str, str], port: int) -> Iterator[None]:
    """The web server as an operator starts it, without the worker."""
    words = (*HEADWAY, "serve", "--no-worker", "--port", str(port))
    process = subprocess.Popen(words, cwd=PROJECT, env=env, stdout=subprocess.DEVNULL)
    try:
        wait_until_answered(port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def ask(connection: http.client.HTTPConnection, path: str, cookie: str) -> float:
    """Ask for a page and answer the milliseconds; anything but 200 ends the run."""
    began = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    response = connection.getresponse()
    response.read()
    took = (time.perf_counter() - began) * 1000
    if response.status != 200:
        raise SystemExit(f"{path} answered {response.status}")
    return took


def one_by_one(port: int, path: str, cookie: str, times: int) -> list[float]:
    """Milliseconds of each request, sorted, after a few that warm up."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for _warm in range(5):
        ask(connection, path, cookie)
    return sorted(ask(connection, path, cookie) for _each in range(times))


def together(port: int, path: str, cookie: str, clients: int, times: int) -> float:
    """Requests per second with several clients at once."""

    def many() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for _each in range(times):
            ask(connection, path, cookie)

    threads = [threading.Thread(target=many) for _client in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return clients * times / (time.perf_counter() - began)


def start_django(env: dict[str, str]) -> None:
    """Use the same installation inside this process, to count queries."""
    os.environ.update(env)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    sys.path.insert(0, str(PROJECT))
    import django

    django.setup()


def convener_session() -> tuple[str, str]:
    """(slug of the simulated initiative, cookie of its convener)."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from headway.initiatives.models import RoleGrant

    grant = RoleGrant.objects.filter(role="convener").select_related("member__user").first()
    if grant is None or grant.member.user is None:
        raise SystemExit("the simulation has no convener")
    user = grant.member.user
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
    return grant.member.initiative.slug, cookie


def discussed_record() -> str:
    """The record that the long discussion is about."""
    from headway.forums.models import Comment

    comment = Comment.objects.first()
    return str(comment.record_id) if comment else ""


def count_queries(path: str, cookie: str) -> int:
    """How many database queries a page makes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    name, _equals, value = cookie.partition("=")
    client.cookies[name] = value
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def figures(port: int, path: str, cookie: str, times: int) -> dict[str, float]:
    """The figures of one page."""
    each = one_by_one(port, path, cookie, times)
    return {
        "p50_ms": round(each[len(each) // 2], 1),
        "p95_ms": round(each[int(len(each) * 0.95)], 1),
        "requests_per_second": round(together(port, path, cookie, 4, max(5, times // 8)), 1),
    }


def arguments() -> argparse.Namespace:
    """How large and how often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--partners", type=int, default=500)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--promises", type=int, default=1_000)
    parser.add_argument("--comments", type=int, default=500)
    parser.add_argument("--meetings", type=int, default=200)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--port", type=int, default=8090)
    return parser.parse_args()


def main() -> None:
    """Fill, start, ask and print."""
    options = arguments()
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder))
        size = ("--partners", str(options.partners), "--events", str(options.events))
        size += ("--promises", str(options.promises), "--comments", str(options.comments))
        size += ("--meetings", str(options.meetings))
        for words in (("migrate",), ("simulate", *size, "--seed", "1")):
            subprocess.run(
                (*HEADWAY, *words), cwd=PROJECT, env=env, check=True, stdout=subprocess.DEVNULL
            )
        start_django(env)
        slug, cookie = convener_session()
        discussed = discussed_record()
        past = (datetime.now(UTC).date() - timedelta(days=400)).isoformat()
        with server(env, options.port):
            bare = figures(options.port, BARE, cookie, options.times)
            print(json.dumps({"page": BARE, "queries": count_queries(BARE, cookie), **bare}))
            for page in PAGES:
                path = page.format(slug=slug, discussed=discussed, past=past)
                found = figures(options.port, path, cookie, options.times)
                ratio = round(found["p50_ms"] / bare["p50_ms"], 1)
                queries = count_queries(path, cookie)
                line = {"page": page, "queries": queries, **found, "times_bare": ratio}
                print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
