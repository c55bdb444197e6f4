"""Child processes that never outlive their parent."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 12.0


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux the kernel ends the child when its parent is killed outright."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)

    def ask_kernel() -> None:
        library.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    return ask_kernel


@dataclass
class Child:
    """One process that is started, watched and ended; a session of its own keeps Ctrl-C off it."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, with the parent's environment and its own additions."""
        self.process = subprocess.Popen(
            list(self.command),
            env={**os.environ, **self.environment},
            start_new_session=True,
            # Between fork and exec it asks the kernel once and takes no lock, so no thread of the
            # parent can have left one closed.
            preexec_fn=_die_with_parent(),  # noqa: PLW1509  # takes no lock, see above
        )

    @property
    def code(self) -> int | None:
        """Its exit code, or None while it runs or has never been started."""
        return self.process.poll() if self.process else None

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal, unless it has ended."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)

    def end(self, by: float) -> None:
        """Wait until an instant of the monotonic clock, then end whatever is left of its group."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, by - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def end_all(children: Sequence[Child], grace: float = GRACE_SECONDS) -> None:
    """Ask all to end, wait for all together, then insist."""
    for child in children:
        child.signal(signal.SIGTERM)
    by = time.monotonic() + grace
    for child in children:
        child.end(by)
