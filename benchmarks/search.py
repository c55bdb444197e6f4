"""How fast words are found among 50,000 records, on both engines: `make bench-search`.

Fills a database of its own with records of an initiative, then searches for words of many and of
few records, as a member and as a visitor, and prints one JSON line a question: milliseconds at
the median and the 95th percentile of the search itself, and how many records were answered.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
WORDS = (PROJECT / "docs/guide/conveners.md").read_text().split()
QUESTIONS = ("shelter", "landlord deposit", "the", "a", "quicksilver", "zebra", "mee", "hom offi")


def start(engine: str, folder: Path) -> None:
    """An installation of its own, with its tables."""
    sys.path.insert(0, str(PROJECT))
    os.environ |= {"HEADWAY_DATA": str(folder), "HEADWAY_MODE": "demonstration"}
    os.environ["HEADWAY_DATABASE_URL"] = engine
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", "-v", "0")


def text(dice: random.Random, words: int) -> str:
    """Some words of the guide, now and then a rare one."""
    said = dice.choices((*WORDS, "shelter", "landlord", "deposit", "homeless", "office"), k=words)
    return " ".join([*said, "quicksilver"] if dice.random() < 0.001 else said)


def fill(count: int) -> "object":
    """An initiative with so many records, each with a title and a text of forty words."""
    from django.db import connection, transaction
    from django.utils import timezone

    from headway.accounts.actions import make_authority
    from headway.accounts.actor import Actor
    from headway.directory.actions import OrganisationDetails, add_organisation
    from headway.initiatives.actions import open_initiative
    from headway.initiatives.models import Record, Wording

    dice, now = random.Random(1), timezone.now()
    by = Actor(kind="worker", at=now)
    with transaction.atomic():
        authority = make_authority(at=now, name="Bench", host_name="")
        details = OrganisationDetails(name="Office", sector="government")
        owner = add_organisation(by=by, authority=authority, details=details)
        initiative = open_initiative(
            by=by, authority=authority, owner=owner, title="Bench", visibility="public"
        )
        records = [
            Record(
                initiative=initiative,
                kind=dice.choice(("fact", "promise", "happening", "recommendation")),
                title=text(dice, 8)[:240],
                visibility=dice.choice(("public", "members")),
                recorded_at=now,
            )
            for _number in range(count)
        ]
        Record.objects.insert_all(records)
        Wording.objects.insert_all(
            Wording(
                record=row,
                field="text",
                number=1,
                text=text(dice, 40),
                language="en",
                recorded_at=now,
            )
            for row in records
        )
        # What a live server does by itself within minutes.
        connection.cursor().execute("ANALYZE")
    return initiative


def measure(initiative: "object", times: int) -> None:
    """Ask each question so often and print how long it took."""
    from headway.initiatives.models import Record
    from headway.initiatives.search_index import hits, words_of
    from headway.site.queries.search import _not_shown, _open_to

    for cells in ({"partner@initiative"}, {"visitor@public"}):
        allowed = Record.objects.in_initiative(initiative).live().filter(_open_to(frozenset(cells)))
        allowed = allowed.exclude(_not_shown())
        for question in QUESTIONS:
            took, found = [], []
            for _time in range(times):
                began = time.perf_counter()
                found = hits(allowed, words_of(question), 500)
                took.append(1000 * (time.perf_counter() - began))
            took.sort()
            line = {"who": min(cells), "words": question, "hits": len(found)}
            line |= {"p50_ms": round(took[len(took) // 2], 1)}
            line |= {"p95_ms": round(took[int(len(took) * 0.95)], 1)}
            print(json.dumps(line), flush=True)


def main() -> None:
    """Measure one engine; an empty address is SQLite."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--database", default="", help="address of an empty PostgreSQL database")
    words.add_argument("--records", type=int, default=50_000)
    words.add_argument("--times", type=int, default=20)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="headway-bench-") as folder:
        start(asked.database, Path(folder))
        measure(fill(asked.records), asked.times)


if __name__ == "__main__":
    main()
