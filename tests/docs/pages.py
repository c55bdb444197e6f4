"""The written pages: where they are, what they link to, which names of the product they use."""

import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
MADE = {"build", "node_modules", "static", "var", "_build"}
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
FENCE = re.compile(r"^(```|~~~).*?^\1$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Link:
    """A link to a place in this repository."""

    page: Path
    target: str

    @property
    def file(self) -> Path:
        """The file that it leads to."""
        name = self.target.partition("#")[0]
        return (self.page.parent / name).resolve() if name else self.page

    @property
    def heading(self) -> str:
        """The heading that it leads to, or nothing."""
        return self.target.partition("#")[2]

    def __str__(self) -> str:
        return f"{self.page.relative_to(PROJECT)} → {self.target}"


@cache
def written() -> tuple[Path, ...]:
    """Every Markdown page that belongs to the repository."""
    found = PROJECT.rglob("*.md")
    own = (path for path in found if not _is_made(path.relative_to(PROJECT)))
    return tuple(sorted(own))


def _is_made(path: Path) -> bool:
    return any(part in MADE or part.startswith(".") for part in path.parts)


def text_of(path: Path) -> str:
    """What a page says."""
    return path.read_text(encoding="utf-8")


def prose_of(path: Path) -> str:
    """What a page says outside its blocks of code."""
    return FENCE.sub("", text_of(path))


def links() -> list[Link]:
    """Every link inside the repository."""
    return [
        Link(path, found["target"])
        for path in written()
        for found in LINK.finditer(prose_of(path))
        if "://" not in found["target"] and not found["target"].startswith("mailto:")
    ]


def headings(path: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    titles = re.findall(r"(?m)^#+ (.*)$", prose_of(path))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@cache
def tracked_text() -> dict[str, str]:
    """Every text of the repository by its path: what git knows or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [PROJECT / name for name in listed.stdout.splitlines()]
    found = {}
    for path in paths:
        try:
            found[str(path.relative_to(PROJECT))] = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
    return found
