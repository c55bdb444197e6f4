from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from config import doctor, worker
from config.doctor import Finding
from config.environment import Environment
from tests.servers import headway, own_settings

Check = Callable[[Environment], Iterator[Finding]]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEADWAY_MODE", raising=False)


def states(check: Check, **settings: object) -> dict[str, str]:
    """What a check says under some settings: subject → state."""
    return {found.subject: found.state for found in check(Environment.model_validate(settings))}


CASES: list[tuple[Check, dict[str, object], dict[str, str]]] = [
    (doctor.check_mode, {"mode": "production"}, {"mode": "well"}),
    (doctor.check_mode, {"mode": "development"}, {"mode": "look"}),
    (doctor.check_hosts, {"hosts": "*"}, {"hosts": "mend"}),
    (doctor.check_hosts, {"mode": "production"}, {"hosts": "mend"}),
    (doctor.check_hosts, {"mode": "production", "hosts": "h.example"}, {"hosts": "well"}),
    (doctor.check_https, {"mode": "production"}, {"https": "mend"}),
    (doctor.check_https, {"https": True}, {"https": "well", "proxies": "mend"}),
    (doctor.check_https, {"https": True, "proxies": 1}, {"https": "well"}),
    (doctor.check_https, {}, {"https": "look"}),
    (doctor.check_mail, {}, {"mail": "well"}),
    (doctor.check_mail, {"mode": "production"}, {"mail": "mend"}),
    (doctor.check_mail, {"mail": "smtp"}, {"mail": "mend"}),
    (doctor.check_mail, {"mail": "smtp", "smtp_url": "smtp://h.example"}, {"mail": "mend"}),
    (
        doctor.check_mail,
        {"mail": "smtp", "smtp_url": "smtp://h.example", "mail_from": "a@h.example"},
        {"mail": "well"},
    ),
    (doctor.check_mail_in, {}, {"mail in": "look"}),
    (doctor.check_mail_in, {"imap_url": "http://mail.example"}, {"mail in": "mend"}),
    (doctor.check_mail_in, {"imap_url": "imap://me:pw@mail.example"}, {"mail in": "mend"}),
    (doctor.check_mail_in, {"imap_url": "imaps://me:pw@mail.example/INBOX"}, {"mail in": "well"}),
    (doctor.check_second_factor, {}, {"second factor": "well"}),
    (doctor.check_second_factor, {"enforce_second_factor": False}, {"second factor": "look"}),
    (
        doctor.check_second_factor,
        {"enforce_second_factor": False, "mode": "production"},
        {"second factor": "mend"},
    ),
]


@pytest.mark.parametrize(("check", "settings", "expected"), CASES)
def test_settings_are_judged_by_the_mode(
    check: Check, settings: dict[str, object], expected: dict[str, str]
) -> None:
    assert states(check, **settings) == expected


@pytest.mark.parametrize(
    ("key", "state"), [("short", "mend"), ("a" * 80, "mend"), ("abcdefghij0123456789" * 3, "well")]
)
def test_a_secret_key_is_long_and_random(key: str, state: str, settings: Settings) -> None:
    settings.SECRET_KEY = key

    assert states(doctor.check_secret, secret_key=key) == {"secret key": state}


def test_a_data_folder_open_to_others_is_to_be_mended(tmp_path: Path, settings: Settings) -> None:
    settings.DATA = tmp_path
    tmp_path.chmod(0o700)
    closed = states(doctor.check_folder)["data folder"]
    tmp_path.chmod(0o755)

    assert (closed, states(doctor.check_folder)["data folder"]) == ("well", "mend")


def test_static_files_that_are_missing_are_to_be_mended(tmp_path: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = tmp_path
    before = states(doctor.check_static)
    (tmp_path / "staticfiles.json").touch()

    assert (before, states(doctor.check_static)) == (
        {"static files": "mend"},
        {"static files": "well"},
    )


@pytest.mark.django_db
def test_a_worker_is_missed_in_production() -> None:
    cache.clear()
    missed = states(doctor.check_worker, mode="production")
    worker.beat("one", datetime(2026, 3, 27, tzinfo=UTC))

    assert missed == {"worker": "mend"}
    assert states(doctor.check_worker, mode="production") == {"worker": "well"}


@pytest.mark.django_db
def test_each_scheduled_task_tells_when_it_ran_last_and_whether_it_failed() -> None:
    def said(mode: str) -> set[str]:
        env = Environment.model_validate({"mode": mode})
        return {found.state for found in doctor.check_schedule(env)}

    assert (said("production"), said("development")) == ({"mend"}, {"look"})
    worker.enqueue_due(datetime.now(UTC))
    assert said("production") == {"well"}
    task = DBTaskResult.objects.get(task_path="headway.notices.tasks.tell")
    DBTaskResult.objects.filter(pk=task.pk).update(status="FAILED")
    assert said("production") == {"well", "mend"}


@pytest.mark.django_db
def test_a_database_with_its_tables_is_well() -> None:
    assert states(doctor.check_database) == {"database": "well", "tables": "well"}
    assert states(doctor.check_cache) == {"cache": "well"}
    assert states(doctor.check_clock) == {"clock": "well"}


def test_an_unready_installation_is_told_what_to_do(tmp_path: Path) -> None:
    done = headway(own_settings(tmp_path, mode="production", secret_key="short"), "doctor")

    assert done.returncode == 1
    assert "headway migrate" in done.stdout
    assert "HEADWAY_SECRET_KEY" in done.stdout


def test_a_database_that_does_not_answer_is_told(tmp_path: Path) -> None:
    nowhere = "postgres://headway@127.0.0.1:1/headway"

    done = headway(own_settings(tmp_path, nowhere), "doctor")

    assert done.returncode == 1
    assert "check HEADWAY_DATABASE_URL" in done.stdout


def test_production_without_a_secret_key_is_told_in_words(tmp_path: Path) -> None:
    done = headway(own_settings(tmp_path, mode="production"), "doctor")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "HEADWAY_SECRET_KEY" in done.stdout
