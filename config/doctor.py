"""`headway doctor`: checks an installation and says what to mend."""

import argparse
import json
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.command import start_django

if TYPE_CHECKING:
    from config.environment import Environment

OLDEST_CLOCK = datetime(2026, 1, 1, tzinfo=UTC)
FREE_BYTES = 500 * 1024 * 1024
HOW_TO_MAKE_A_KEY = (
    "set HEADWAY_SECRET_KEY to what this prints: "
    "python3 -c 'import secrets; print(secrets.token_urlsafe(60))'"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: well, worth a look, or to be mended."""

    subject: str
    state: str
    text: str


def well(subject: str, text: str) -> Finding:
    """Nothing to do."""
    return Finding(subject, "well", text)


def look(subject: str, text: str) -> Finding:
    """Works, but somebody should know."""
    return Finding(subject, "look", text)


def mend(subject: str, text: str) -> Finding:
    """Does not work, or not safely; the text says what to do."""
    return Finding(subject, "mend", text)


def check_mode(env: "Environment") -> Iterator[Finding]:
    """Whether this is meant for the public."""
    if env.mode == "production":
        yield well("mode", "production")
    else:
        yield look("mode", f"{env.mode}; for real work set HEADWAY_MODE=production")


def check_secret(env: "Environment") -> Iterator[Finding]:
    """Whether the secret key is long and random enough."""
    from django.conf import settings

    if env.mode == "production" and not env.secret_key.get_secret_value():
        yield mend("secret key", f"is missing; {HOW_TO_MAKE_A_KEY}")
        return
    key = settings.SECRET_KEY
    if len(key) < 50 or len(set(key)) < 12:
        yield mend("secret key", f"is too short or not random; {HOW_TO_MAKE_A_KEY}")
    else:
        yield well("secret key", f"{len(key)} characters")


def check_hosts(env: "Environment") -> Iterator[Finding]:
    """Whether the host names fit the mode."""
    hosts = [host.strip() for host in env.hosts.split(",") if host.strip()]
    local = {"localhost", "127.0.0.1", "[::1]"}
    if "*" in hosts:
        yield mend("hosts", "HEADWAY_HOSTS=* lets anybody choose the host; name yours")
    elif env.mode == "production" and not set(hosts) - local:
        yield mend("hosts", "only this machine; set HEADWAY_HOSTS, like headway.county.example")
    else:
        yield well("hosts", ", ".join(hosts))


def check_https(env: "Environment") -> Iterator[Finding]:
    """Whether cookies travel encrypted and the visitor's address is known."""
    if env.https:
        yield well("https", "cookies are sent over HTTPS only")
        if not env.proxies:
            yield mend(
                "proxies",
                "HTTPS means a proxy in front: set HEADWAY_PROXIES=1, or rate limits "
                "count every visitor as one",
            )
    elif env.mode == "production":
        yield mend("https", "put a proxy with HTTPS in front and set HEADWAY_HTTPS=true")
    else:
        yield look("https", "off, which is fine on this machine only")


def check_folder(_env: "Environment") -> Iterator[Finding]:
    """Whether the data folder can be written and is closed to others."""
    from django.conf import settings

    folder: Path = settings.DATA
    if not os.access(folder, os.W_OK | os.X_OK):
        yield mend("data folder", f"{folder} cannot be written; give it to this user: chown")
        return
    if stat.S_IMODE(folder.stat().st_mode) & 0o007:
        yield mend("data folder", f"others may open it; run: chmod o-rwx {folder}")
    else:
        yield well("data folder", str(folder))
    free = shutil.disk_usage(folder).free
    if free < FREE_BYTES:
        yield mend("disk", f"only {free // 1024**2} MB are free; make room before writes stop")


def check_database(_env: "Environment") -> Iterator[Finding]:
    """Whether the database answers, is migrated and is set up for many writers."""
    from django.db import DatabaseError, connection

    if connection.vendor == "postgresql":
        # A pool would wait for its whole time limit before it tells what is wrong.
        connection.settings_dict["OPTIONS"].pop("pool", None)
        connection.settings_dict["OPTIONS"]["connect_timeout"] = 5
    try:
        connection.ensure_connection()
    except (DatabaseError, OSError) as trouble:
        words = str(trouble).strip().splitlines()[0]
        yield mend("database", f"does not answer ({words}); check HEADWAY_DATABASE_URL")
        return
    yield well("database", connection.vendor)
    yield from _check_tables()
    if connection.vendor == "sqlite":
        yield from _check_sqlite()


def _check_tables() -> Iterator[Finding]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield mend("tables", f"{len(missing)} migrations are missing; run: headway migrate")
    else:
        yield well("tables", "up to date")


def _check_sqlite() -> Iterator[Finding]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
        cursor.execute("PRAGMA quick_check(1)")
        sound = cursor.fetchone()[0]
    if mode != "wal":
        yield mend(
            "journal", f"{mode} instead of wal; keep the data folder on a local disk, not a share"
        )
    if sound != "ok":
        yield mend("database file", f"is damaged ({sound}); restore the last backup")


def check_cache(_env: "Environment") -> Iterator[Finding]:
    """Whether the shared cache keeps what it is given; rate limits need it."""
    from django.core.cache import cache

    from headway.core.errors import Attempt

    kept = False
    with Attempt() as attempt:
        cache.set("doctor", "here", 10)
        kept = cache.get("doctor") == "here"
    if attempt.trouble:
        remedy = "run: headway migrate, or check HEADWAY_CACHE_URL"
        yield mend("cache", f"{attempt.trouble}; {remedy}")
        return
    yield well("cache", "answers") if kept else mend("cache", "forgets; check HEADWAY_CACHE_URL")


def check_worker(env: "Environment") -> Iterator[Finding]:
    """Whether a worker has shown that it lives."""
    from config.worker import last_beat
    from headway.core.errors import Attempt

    beat = None
    with Attempt() as attempt:
        beat = last_beat()
    if attempt.trouble:
        return  # The cache's own check says so.
    if beat is not None:
        yield well("worker", f"last seen {beat:%H:%M:%S} UTC")
    elif env.mode == "production":
        yield mend("worker", "none is running; mail waits. Start: headway serve, headway worker")
    else:
        yield look("worker", "none is running; `headway serve` starts one")


def check_schedule(env: "Environment") -> Iterator[Finding]:
    """When each task that runs again and again ran last, and how it ended."""
    from django.db import DatabaseError
    from django_tasks_db.models import DBTaskResult

    from config.worker import SCHEDULE
    from headway.accounts.models import ScheduledTask

    try:
        rows = {row.path: row for row in ScheduledTask.objects.all()}
    except DatabaseError:  # said by the check of the tables
        return
    ended = dict(
        DBTaskResult.objects.filter(
            pk__in=[row.task_id for row in rows.values() if row.task_id]
        ).values_list("task_path", "status")
    )
    now = datetime.now(UTC)
    for path, every in sorted(SCHEDULE.items()):
        row = rows.get(path)
        yield _last_run(
            env, path, row.enqueued_at if row else None, every, ended.get(path, ""), now
        )


def _last_run(
    env: "Environment",
    path: str,
    last: datetime | None,
    every: timedelta,
    ended: str,
    now: datetime,
) -> Finding:
    name = path.removeprefix("headway.").replace(".tasks.", ": ")
    late = last is None or now - last > 3 * every + timedelta(minutes=5)
    said = f"{name}, last run {last:%Y-%m-%d %H:%M:%S} UTC" if last else f"{name} has never run"
    if ended == "FAILED":
        return mend("schedule", f"{said}, failed; the worker's log says why")
    if late and env.mode == "production":
        return mend("schedule", f"{said}; start: headway serve, headway worker")
    return look("schedule", said) if late else well("schedule", said)


def check_mail(env: "Environment") -> Iterator[Finding]:
    """Whether mail reaches people."""
    if env.mail == "folder" and env.mode == "production":
        yield mend("mail", "is only written to a folder; set HEADWAY_MAIL=smtp, HEADWAY_SMTP_URL")
    elif env.mail == "smtp" and not env.smtp_url.get_secret_value():
        yield mend(
            "mail", "set HEADWAY_SMTP_URL, like smtp://user:password@mail.county.example:587"
        )
    elif env.mail == "smtp" and "localhost" in env.mail_from:
        yield mend("mail", "set HEADWAY_MAIL_FROM, like Headway <headway@county.example>")
    else:
        yield well("mail", env.mail)


def check_mail_in(env: "Environment") -> Iterator[Finding]:
    """Whether answers by mail come back, and from where."""
    url = env.imap_url.get_secret_value()
    if not url:
        yield look("mail in", "no mailbox is read; pipe replies into `headway mail` instead")
        return
    from headway.notices.actions.fetching import Mailbox

    try:
        mailbox = Mailbox.from_url(url)
    except ValueError as trouble:
        yield mend("mail in", f"HEADWAY_IMAP_URL {trouble}")
        return
    if mailbox.safe or mailbox.host in {"localhost", "127.0.0.1"}:
        yield well("mail in", f"{mailbox.folder} at {mailbox.host}")
    else:
        yield mend("mail in", "the password travels in the open; use imaps:// in HEADWAY_IMAP_URL")


def check_second_factor(env: "Environment") -> Iterator[Finding]:
    """Whether administrators need a second factor."""
    if env.enforce_second_factor:
        yield well("second factor", "required of administrators")
    else:
        state = mend if env.mode == "production" else look
        yield state("second factor", "not required; set HEADWAY_ENFORCE_SECOND_FACTOR=true")


def check_static(_env: "Environment") -> Iterator[Finding]:
    """Whether style sheets and scripts are where the server looks for them."""
    from django.conf import settings

    if (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        yield well("static files", "collected")
    else:
        yield mend("static files", "are not collected; run: make setup")


def check_clock(_env: "Environment") -> Iterator[Finding]:
    """Whether the clock can be right and the zones of the authorities are known."""
    if datetime.now(UTC) < OLDEST_CLOCK:
        yield mend("clock", f"says {datetime.now(UTC):%Y-%m-%d}; set it, best by NTP")
    for zone in sorted({"America/Chicago", *_zones()}):
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError):
            yield mend("time zones", f"{zone} is unknown here; run: pip install tzdata")
            return
    yield well("clock", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, zones known")


def _zones() -> list[str]:
    from django.db import DatabaseError

    from headway.accounts.models import Authority

    try:
        return list(Authority.objects.values_list("zone", flat=True))
    except (DatabaseError, OSError):
        return []


CHECKS: tuple[Callable[["Environment"], Iterator[Finding]], ...] = (
    check_mode,
    check_secret,
    check_hosts,
    check_https,
    check_folder,
    check_mail,
    check_mail_in,
    check_second_factor,
    check_static,
)
# Without a database these would only repeat that it does not answer.
CHECKS_WITH_DATABASE = (check_cache, check_worker, check_schedule, check_clock)


def examine() -> list[Finding]:
    """Look at everything."""
    from config.environment import environment

    env = environment()
    findings = [finding for check in CHECKS for finding in check(env)]
    database = list(check_database(env))
    findings += database
    if database[0].state == "well":
        findings += [finding for check in CHECKS_WITH_DATABASE for finding in check(env)]
    return findings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Allow an answer for programs and patience for a worker that has just started."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(options: argparse.Namespace) -> int:
    """Print what was found; the exit code is 1 where something is to be mended."""
    from headway.core.errors import Attempt

    with Attempt() as attempt:
        start_django()
    if attempt.trouble:
        sys.stdout.write(f"mend  settings       {attempt.trouble}\n")
        return 1
    started = time.monotonic()
    findings = examine()
    for finding in findings:
        line = f"{finding.state}  {finding.subject:<15}{finding.text}"
        sys.stdout.write((json.dumps(asdict(finding)) if options.json else line) + "\n")
    bad = sum(finding.state == "mend" for finding in findings)
    if not options.json:
        closing = f"{bad} to mend" if bad else "nothing to mend"
        sys.stdout.write(f"{closing}; looked for {time.monotonic() - started:.1f} s\n")
    return 1 if bad else 0
