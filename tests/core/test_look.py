import re
from itertools import pairwise
from pathlib import Path

import pytest

SCSS = Path(__file__).resolve().parents[2] / "headway" / "core" / "scss"
TEMPLATES = SCSS.parent.parent
PAIRS = [
    ("ink", "paper", 7.0),
    ("ink", "raised", 7.0),
    ("ink", "attention-tint", 7.0),
    ("ink", "added", 7.0),
    ("ink", "removed", 7.0),
    ("quiet", "paper", 4.5),
    ("quiet", "raised", 4.5),
    ("primary", "paper", 4.5),
    ("primary", "raised", 4.5),
    ("primary-strong", "paper", 4.5),
    ("on-primary", "primary", 4.5),
    ("on-primary", "primary-strong", 4.5),
    ("attention", "paper", 4.5),
    ("paper", "attention", 4.5),
    ("talk", "paper", 4.5),
    ("action", "paper", 4.5),
    ("edge", "paper", 3.0),
    ("focus", "paper", 3.0),
]
PHYSICAL = re.compile(
    r"(?:^|[\s{;])(?:(?:margin|padding|border)-(?:left|right)|left|right|width|height"
    r"|(?:min|max)-(?:width|height))\s*:|text-align\s*:\s*(?:left|right)|float\s*:\s*(?:left|right)"
)


def roles(scheme: str) -> dict[str, str]:
    text = (SCSS / "_tokens.scss").read_text()
    block = text.split(f"@mixin {scheme} {{")[1].split("}")[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_every_pair_of_colors_can_be_read(scheme: str, front: str, back: str, least: float) -> None:
    known = roles(scheme)
    assert contrast(known[front], known[back]) >= least


@pytest.mark.parametrize("path", sorted(SCSS.glob("*.scss")), ids=lambda path: path.name)
def test_the_style_sheet_knows_no_left_and_right(path: Path) -> None:
    text = re.sub(r"//.*|@media[^{]*|@page[^}]*", "", path.read_text())
    assert PHYSICAL.findall(text) == []


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.glob("*/templates/**/*.html")), ids=lambda path: path.name
)
def test_no_page_holds_a_script_or_a_style_of_its_own(path: Path) -> None:
    text = path.read_text()
    if "mail" in path.parts or "email" in path.parts:
        return  # a mail has no style sheet to point to
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", text)
    for opening, rest in pairwise([*re.split(r"(<script[^>]*>)", text)]):
        if opening.startswith("<script"):
            assert "src=" in opening or "application/json" in opening, rest[:80]
