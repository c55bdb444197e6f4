import signal
import subprocess
import sys
import time

import pytest

from config.children import Child, end_all
from config.environment import Environment
from config.serve import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    STEADY_AFTER,
    Patience,
    Supervisor,
    demonstrate,
)
from tests.servers import alive, descendants, free_port, headway, own_settings, serving
from tests.tables import lay_tables

pytestmark = pytest.mark.xdist_group("servers")
SLEEPS = (sys.executable, "-c", "import time; time.sleep(60)")
STUBBORN = (
    sys.executable,
    "-c",
    (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); "
        "time.sleep(60)"
    ),
)


def ends_with(code: int) -> tuple[str, ...]:
    return (sys.executable, "-c", f"raise SystemExit({code})")


def test_the_pause_before_the_next_try_grows_to_a_bound() -> None:
    patience, now = Patience(), 0.0

    pauses = [patience.note_end(now) for _time in range(8)]

    assert pauses[:3] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pauses[-1] == LONGEST_PAUSE


def test_a_worker_that_ran_steadily_is_tried_again_soon() -> None:
    patience = Patience(pause=LONGEST_PAUSE)
    patience.note_start(100.0)

    assert patience.note_end(100.0 + STEADY_AFTER + 1) == FIRST_PAUSE


@pytest.mark.parametrize(
    ("said", "found"),
    [("", "http://localhost:8700"), ("https://try.county.example", "https://try.county.example")],
)
def test_links_in_mails_of_the_demonstration_lead_to_its_own_port(
    monkeypatch: pytest.MonkeyPatch, said: str, found: str
) -> None:
    for name in ("HEADWAY_MODE", "HEADWAY_ADDRESS"):
        monkeypatch.setenv(name, "to be put back")
        monkeypatch.delenv(name)
    if said:
        monkeypatch.setenv("HEADWAY_ADDRESS", said)
    demonstrate(8700)
    assert Environment().address == found


def test_a_dead_worker_is_started_again() -> None:
    supervisor = Supervisor(Child("web", SLEEPS), Child("worker", SLEEPS), Patience(pause=0.01))
    supervisor.start()
    try:
        assert supervisor.worker is not None
        first = supervisor.worker.process
        assert first is not None
        first.kill()
        first.wait()
        for _look in range(2):
            supervisor._mind_worker(time.monotonic())
            time.sleep(0.05)
        second = supervisor.worker.process
        assert second is not None
        assert second.pid != first.pid
        assert second.poll() is None
    finally:
        supervisor.end()


def test_a_dead_web_server_ends_the_command_with_its_code() -> None:
    supervisor = Supervisor(Child("web", ends_with(7)), Child("worker", SLEEPS))
    supervisor.start()

    code = supervisor.watch()
    supervisor.end()

    assert code == 7
    assert supervisor.worker is not None
    assert supervisor.worker.code is not None


def test_a_child_that_does_not_listen_is_ended_all_the_same() -> None:
    child = Child("stubborn", STUBBORN)
    child.start()
    time.sleep(0.3)

    end_all([child], grace=0.5)

    assert child.code == -signal.SIGKILL


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    environment = own_settings(tmp_path_factory.mktemp("data"))
    lay_tables(environment)
    assert headway(environment, "migrate").returncode == 0
    return environment


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_ends_web_server_and_worker(
    installation: dict[str, str], number: signal.Signals
) -> None:
    with serving(installation, free_port()) as command:
        below = descendants(command.pid)
        command.send_signal(number)
        code = command.wait(20)

    assert code == 0
    assert len(below) >= 3
    assert [pid for pid in below if alive(pid)] == []


def test_a_command_killed_outright_leaves_nothing_behind(installation: dict[str, str]) -> None:
    with serving(installation, free_port()) as command:
        below = descendants(command.pid)
        command.kill()
        command.wait()
        until = time.monotonic() + 15
        while any(map(alive, below)) and time.monotonic() < until:
            time.sleep(0.1)

    assert [pid for pid in below if alive(pid)] == []


def test_a_taken_port_is_told_with_another_one(installation: dict[str, str]) -> None:
    port = free_port()
    with serving(installation, port, "--no-worker"):
        second: subprocess.CompletedProcess[str] = headway(
            installation, "serve", "--port", str(port)
        )

    assert second.returncode == 2
    assert f"PORT={port + 1}" in second.stderr
