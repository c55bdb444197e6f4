"""`headway serve`: one command that keeps the web server and the worker running."""

import argparse
import os
import signal
import socket
import sys
import threading
import time
from dataclasses import dataclass, field

from config.children import Child, end_all
from config.environment import environment
from config.prepare import note_tables, seems_ready

LOOPBACK = "127.0.0.1"
LOOK_EVERY = 0.2
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
STEADY_AFTER = 60.0


def _port(text: str) -> int:
    number = int(text)
    if not 0 < number < 65_536:
        raise argparse.ArgumentTypeError(f"choose a port between 1 and 65535, got {number}")
    return number


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and how much to start."""
    parser.add_argument("--host", default=LOOPBACK, help="address to listen on (%(default)s)")
    parser.add_argument(
        "--port", type=_port, default=os.environ.get("PORT", "8000"), help="port (%(default)s)"
    )
    parser.add_argument("--processes", type=int, help="web processes (HEADWAY_WEB_PROCESSES)")
    parser.add_argument("--no-worker", action="store_true", help="start the web server only")
    parser.add_argument(
        "--demonstration",
        action="store_true",
        help="prepare everything, load the demonstration and print sign-in links",
    )


def web(host: str, port: int, processes: int) -> Child:
    """The web server."""
    return Child(
        "web server",
        (
            *(sys.executable, "-m", "granian", "--interface", "wsgi"),
            *("--host", host, "--port", str(port), "--workers", str(processes)),
            *("--blocking-threads", "4", "--backpressure", "64"),
            *("--log-level", "warning", "--no-ws", "config.wsgi:application"),
        ),
    )


def worker() -> Child:
    """The background worker."""
    return Child("worker", (sys.executable, "-m", "config.command", "worker"))


@dataclass
class Patience:
    """How long to wait before a worker that ended is started again: longer each time."""

    pause: float = FIRST_PAUSE
    started: float = 0.0
    again_at: float | None = None

    def note_start(self, now: float) -> None:
        """It has been started."""
        self.started, self.again_at = now, None

    def note_end(self, now: float) -> float:
        """It has ended; answer the seconds until the next try."""
        if now - self.started > STEADY_AFTER:
            self.pause = FIRST_PAUSE
        waited, self.pause = self.pause, min(self.pause * 2, LONGEST_PAUSE)
        self.again_at = now + waited
        return waited

    def due(self, now: float) -> bool:
        """Whether it is time for the next try."""
        return self.again_at is not None and now >= self.again_at


@dataclass
class Supervisor:
    """Keeps the web server and the worker running until it is asked to stop."""

    web: Child
    worker: Child | None = None
    patience: Patience = field(default_factory=Patience)
    stop: threading.Event = field(default_factory=threading.Event)

    def listen(self) -> None:
        """Stop on Ctrl-C and when the system asks; a second time at once."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked)

    def _asked(self, number: int, _frame: object) -> None:
        if self.stop.is_set():
            os._exit(128 + number)
        self.stop.set()

    def start(self) -> None:
        """Start both."""
        self.web.start()
        self.start_worker()

    def start_worker(self) -> None:
        """Start the worker, where there is one."""
        if self.worker:
            self.worker.start()
            self.patience.note_start(time.monotonic())

    def watch(self) -> int:
        """Wait for the end of the web server or for a signal; answer the exit code."""
        while not self.stop.wait(LOOK_EVERY):
            if self.web.code is not None:
                _say(f"The web server ended with code {self.web.code}.")
                return abs(self.web.code) or 1
            self._mind_worker(time.monotonic())
        return 0

    def _mind_worker(self, now: float) -> None:
        if self.worker is None or self.worker.code is None:
            return
        if self.patience.again_at is None:
            pause = self.patience.note_end(now)
            _say(f"The worker ended with code {self.worker.code}; next try in {pause:.0f} s.")
        elif self.patience.due(now):
            self.worker.start()
            self.patience.note_start(now)

    def end(self) -> None:
        """End both."""
        end_all([child for child in (self.web, self.worker) if child])


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def taken(host: str, port: int) -> bool:
    """Whether another program listens on this address already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def answers(host: str, port: int, stop: threading.Event, seconds: float = 30.0) -> bool:
    """Wait until the web server takes connections."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not stop.is_set():
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            stop.wait(0.05)
        else:
            return True
    return False


def supervisor_for(options: argparse.Namespace) -> Supervisor:
    """What to start under this installation's settings."""
    settings = environment()
    with_worker = settings.worker and not options.no_worker
    processes = options.processes or settings.web_processes
    return Supervisor(web(options.host, options.port, processes), worker() if with_worker else None)


def demonstrate(port: int) -> None:
    """Where no setting says otherwise: everything is made up, and links in mails lead here."""
    os.environ.setdefault("HEADWAY_MODE", "demonstration")
    os.environ.setdefault("HEADWAY_ADDRESS", f"http://localhost:{port}")


def run(options: argparse.Namespace) -> int:
    """Serve until somebody stops it."""
    if options.demonstration:
        demonstrate(options.port)
    if taken(options.host, options.port):
        _say(f"Port {options.port} is taken. Choose another: PORT={options.port + 1}")
        return 2
    # Where nothing has changed since the last time, the first page need not wait for a long look.
    quick = options.demonstration and seems_ready()
    if options.demonstration and not quick:
        _prepare()
    supervisor = supervisor_for(options)
    supervisor.listen()
    try:
        _start(supervisor, options, quick=quick)
        return supervisor.watch()
    finally:
        supervisor.end()


def _start(supervisor: Supervisor, options: argparse.Namespace, *, quick: bool) -> None:
    """Start both; after a quick start the long look follows, and the worker after it."""
    supervisor.web.start()
    if not quick:
        supervisor.start_worker()
    # While the web server loads, here is time to make the links.
    links = _links(options) if options.demonstration else ""
    if not answers(options.host, options.port, supervisor.stop):
        return
    _say(f"\nHeadway answers at {_address(options)}/ — Ctrl-C ends it.\n{links}".rstrip("\n"))
    if quick:
        _prepare()
        supervisor.start_worker()


def _prepare() -> None:
    from config.demo import prepare

    prepare()
    if not environment().database_url:
        note_tables()


def _address(options: argparse.Namespace) -> str:
    return f"http://localhost:{options.port}"


def _links(options: argparse.Namespace) -> str:
    from config.demo import welcome

    return welcome(_address(options))
