"""A PostgreSQL server for one test run: a folder, a socket, and gone at the end."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
# Nothing has to survive the run, and nobody copies what it writes.
QUICK = " ".join(
    f"-c {setting}"
    for setting in (
        "listen_addresses=''",
        "fsync=off",
        "full_page_writes=off",
        "synchronous_commit=off",
        "wal_level=minimal",
        "max_wal_senders=0",
        "autovacuum=off",
        "jit=off",
        # Sixty voices at once, beside the tests of the other process.
        "max_connections=300",
    )
)


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL server of this machine, or None."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).parent] if on_path else []
    for pattern in PLACES:
        found += sorted(Path("/").glob(pattern.lstrip("/")), key=lambda path: len(str(path)))
    usable = [place for place in found if (place / "initdb").exists()]
    return usable[-1] if usable else None


def why_not() -> str:
    """Why PostgreSQL tests cannot run here, in one line; empty where they can."""
    if os.environ.get("HEADWAY_TEST_DATABASE_URL") or binaries() is not None:
        return ""
    return (
        "PostgreSQL is missing: install it (on Debian: apt-get install postgresql) "
        "or set HEADWAY_TEST_DATABASE_URL"
    )


def _as_server(*command: object) -> list[str]:
    """The command as somebody whom the server accepts: it refuses to run as root."""
    words = [str(part) for part in command]
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else words


@dataclass(frozen=True)
class Cluster:
    """A server of our own that answers on a socket in its folder only."""

    folder: Path
    programs: Path

    @property
    def url(self) -> str:
        """Where Django finds it."""
        return f"postgres://headway@{quote(str(self.folder), safe='')}/postgres"

    def stop(self) -> None:
        """End the server and remove its folder."""
        command = _as_server(self.programs / "pg_ctl", "-D", self.folder / "data")
        subprocess.run([*command, "-m", "immediate", "-s", "stop"], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Cluster:
    """Make a cluster and start it; about a second.

    Raises:
        RuntimeError: where this machine has no PostgreSQL.

    """
    programs = binaries()
    if programs is None:
        raise RuntimeError(why_not())
    folder = Path(tempfile.mkdtemp(prefix="headway-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    subprocess.run(
        _as_server(
            *(programs / "initdb", "-D", data, "-U", "headway", "-A", "trust"),
            *("--no-sync", "-E", "UTF8", "--locale=C"),
        ),
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
    )
    options = f"{QUICK} -k {folder}"
    subprocess.run(
        _as_server(
            *(programs / "pg_ctl", "-D", data, "-w", "-s"),
            *("-l", folder / "log", "-o", options, "start"),
        ),
        check=True,
        cwd=folder,
    )
    return Cluster(folder, programs)
