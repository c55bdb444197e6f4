"""`headway brief`: says where an initiative stands, as of any day, as text or as JSON."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from config.command import start_django

if TYPE_CHECKING:
    from headway.diagnosis.queries.standing import Standing
    from headway.initiatives.models import Initiative


def a_day(text: str) -> date:
    """A day like 2010-06-30."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it like 2010-06-30") from None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which initiative, as of which day, and how it is written."""
    parser.add_argument("slug", metavar="SLUG", help="address of the initiative, as after /i/")
    parser.add_argument(
        "--as-of", type=a_day, metavar="DATE", help="the day to look at, like 2010-06-30"
    )
    parser.add_argument("--json", action="store_true", help="write it for programs")


def run(options: argparse.Namespace) -> int:
    """Print where an initiative stands."""
    start_django()
    from headway.initiatives.models import Initiative

    found = Initiative.objects.filter(slug=options.slug).select_related("stream", "owner").first()
    if found is None:
        known = ", ".join(Initiative.objects.order_by("slug").values_list("slug", flat=True)[:20])
        sys.stderr.write(f"There is no initiative {options.slug!r}. There is: {known or 'none'}.\n")
        return 2
    told = stands(found, options.as_of)
    sys.stdout.write(as_json(found, told) if options.json else as_text(found, told))
    return 0


def stands(initiative: "Initiative", as_of: date | None) -> "Standing":
    """Where it stands, as a convener may see it: who runs the installation may read everything."""
    from django.utils import timezone

    from headway.accounts.models.authority import Visibility
    from headway.diagnosis.queries.standing import standing
    from headway.initiatives.reader import Reader

    today = initiative.today(timezone.now())
    cells = frozenset({"convener@initiative"})
    members = frozenset({Visibility.PUBLIC, Visibility.MEMBERS})
    reader = Reader(slug=initiative.slug, today=today, cells=cells, readers=members)
    return standing(initiative, reader, today, as_of)


def as_json(initiative: "Initiative", told: "Standing") -> str:
    """The same as the API answers, with the title."""
    from headway.diagnosis.api import standing_item

    said = {"title": initiative.title} | asdict(standing_item(told))
    return f"{json.dumps(said, ensure_ascii=False, indent=1)}\n"


def as_text(initiative: "Initiative", told: "Standing") -> str:
    """One line a condition, then what would help next and how promises stand."""
    width = max(len(str(line.label)) for line in told.conditions)
    lines = [initiative.title, f"As of {told.as_of.isoformat()}", ""]
    for line in told.conditions:
        words = f" {line.words}" if line.words and line.state != "not_recorded" else ""
        lines.append(f"{line.label!s:<{width}}  {line.state_label}.{words}")
    for heading, said in (
        ("What would help next", [f"{move.label}: {move.reason}" for move in told.moves]),
        ("Promises", [f"{one.label}: {one.words}" for one in told.promises]),
        ("Leadership", [f"{one.label}: {one.words}" for one in told.readings]),
        ("Look at it", [f"{one.label}: {one.words}" for one in told.warnings]),
    ):
        lines += ["", heading, *(f"  {each}" for each in said)] if said else []
    return "\n".join(lines) + "\n"
