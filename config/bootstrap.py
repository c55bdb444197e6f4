"""Makes .venv and fills it from a hashed lock; needs nothing but Python 3.11 and a package index.

An older Python can read this file far enough to say that it is too old.

Run it with the system's Python: `python3.11 config/bootstrap.py run` (or `development`).
What is already as the lock says is left alone, so that a second call takes no time.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
HOME = PROJECT / ".venv"
PYTHON = HOME / "bin" / "python"
NOTE = HOME / "installed.json"
LOCKS = PROJECT / "requirements"
KINDS = ("run", "development")
NO_VENV = (
    "Python cannot make a virtual environment here. On Debian and Ubuntu install it with\n"
    "    apt-get install python3-venv"
)


def digest(*paths: Path) -> str:
    """One fingerprint of the content of several files."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.read_bytes())
    return whole.hexdigest()


def wanted(kind: str) -> dict[str, str]:
    """The fingerprints that an up-to-date environment of a kind has noted."""
    found = {
        "uv": digest(LOCKS / "uv.txt"),
        "run": digest(LOCKS / "run.txt"),
        "project": digest(PROJECT / "pyproject.toml", PROJECT / "CHANGELOG.md"),
    }
    if kind == "development":
        found["development"] = digest(LOCKS / "development.txt")
    if shutil.which("node") is None or shutil.which("npm") is None:
        found["node"] = digest(LOCKS / "node.txt")
    return found


def noted() -> dict[str, str]:
    """What the last complete set-up has noted; nothing where there was none."""
    if not NOTE.is_file() or not PYTHON.exists():
        return {}
    found: dict[str, str] = json.loads(NOTE.read_text(encoding="utf-8"))
    return found


def say(text: str) -> None:
    """One line for the person who waits."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def call(*command: str | Path) -> None:
    """Run one step; its own words tell what went wrong, so end with its exit code."""
    done = subprocess.run([str(part) for part in command], cwd=PROJECT, check=False)
    if done.returncode:
        say(f"That step failed: {' '.join(str(part) for part in command)}")
        raise SystemExit(done.returncode)


def make_home() -> None:
    """Make the virtual environment, unless there is one that still runs."""
    if PYTHON.exists():
        alive = subprocess.run([str(PYTHON), "-c", ""], check=False)
        if alive.returncode == 0:
            return
    say("Making .venv …")
    try:
        venv.create(HOME, with_pip=True, clear=True)
    except (subprocess.CalledProcessError, OSError) as trouble:
        raise SystemExit(NO_VENV) from trouble


def install(kind: str, have: dict[str, str], want: dict[str, str]) -> None:
    """Bring the environment to what the locks say."""
    if have.get("uv") != want["uv"] or not (HOME / "bin" / "uv").exists():
        call(PYTHON, "-m", "pip", "--quiet", "install", "--require-hashes", "-r", LOCKS / "uv.txt")
    uv = (HOME / "bin" / "uv", "--quiet", "pip")
    say(f"Installing what requirements/{kind}.txt names …")
    locks = [LOCKS / f"{kind}.txt", *([LOCKS / "node.txt"] if "node" in want else [])]
    call(*uv, "sync", "--python", PYTHON, "--require-hashes", *locks)
    constraints = ("--build-constraints", LOCKS / "build.txt")
    call(*uv, "install", "--python", PYTHON, "--no-deps", *constraints, "--editable", PROJECT)


def main(kind: str) -> None:
    """Make sure of an environment of a kind."""
    if sys.version_info < (3, 11):
        raise SystemExit(f"Headway needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    have, want = noted(), wanted(kind)
    if all(have.get(part) == print_ for part, print_ in want.items()):
        return
    started = time.monotonic()
    make_home()
    # A development environment holds all that `run` needs; do not shrink it.
    full = "development" if have.get("development") and PYTHON.exists() else kind
    want = wanted(full)
    install(full, have, want)
    NOTE.write_text(json.dumps(want, indent=1), encoding="utf-8")
    say(f"Environment ready after {time.monotonic() - started:.0f} s.")


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in KINDS:
        raise SystemExit(f"Say which environment: {' or '.join(KINDS)}.")
    main(sys.argv[1])
