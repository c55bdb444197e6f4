"""What the tests want from the machine itself: a browser and a PostgreSQL server."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests import postgresql

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# A server of our own is started for a run; the package's own one is not wanted.
NO_CLUSTER = Path("/etc/postgresql-common/createcluster.conf")


def browser() -> str | None:
    """The program of a Chromium on this machine, or None; HEADWAY_BROWSER names another."""
    named = os.environ.get("HEADWAY_BROWSER")
    found = [path for path in map(shutil.which, BROWSERS) if path]
    return named or (found[0] if found else None)


@dataclass(frozen=True, slots=True)
class Want:
    """A part of the machine, by what is not run without it."""

    part: str
    package: str
    missing: bool


def wants() -> list[Want]:
    """What is missing."""
    every = [
        Want("browser", "chromium", browser() is None),
        Want("postgres", "postgresql", bool(postgresql.why_not())),
    ]
    return [want for want in every if want.missing]


def can_install() -> bool:
    """Whether this is a Debian where we may install packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(*words: str) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", *words]
    done = subprocess.run(command, env=quiet, check=False, stdout=subprocess.DEVNULL)
    return done.returncode == 0


def install(missing: list[Want]) -> None:
    """Install what is missing by the system's package manager."""
    packages = [want.package for want in missing]
    print(f"Installing {' and '.join(packages)} …", flush=True)
    if "postgresql" in packages and not NO_CLUSTER.exists():
        NO_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
        NO_CLUSTER.write_text("create_main_cluster = false\n", encoding="utf-8")
    _apt("update")
    _apt("install", "-y", "--no-install-recommends", *packages)


def provide() -> dict[str, str]:
    """Install what is missing where we may; answer what stays missing and what it costs."""
    missing = wants()
    if missing and can_install():
        install(missing)
        missing = wants()
    how = "as root on Debian `make test` installs it; here install"
    return {
        want.part: f"{want.package} is missing ({how} it yourself), so nothing ran on it"
        for want in missing
    }
