"""How long 100,000 due notices take to become mails in a folder: `make bench-notices`.

Makes a database of its own with some thousand members, writes notices of each size for them, and
prints one JSON line a size: seconds until the mails stand in the outbox, seconds until they lie in
the folder, and how many notices a second that is. A line that is not linear shows at once.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 3, 27, 17, tzinfo=UTC)
EVENTS = 200


def installation(folder: Path) -> None:
    """Tables in a folder, and Django set up to use them."""
    sys.path.insert(0, str(PROJECT))
    os.environ |= {"HEADWAY_DATA": str(folder), "HEADWAY_MODE": "demonstration"}
    words = (sys.executable, "-m", "config.command", "migrate")
    subprocess.run(words, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    from config.command import start_django

    start_django()


def initiative() -> Any:
    from headway.accounts.actor import Actor
    from headway.accounts.models import Authority
    from headway.directory.actions import OrganisationDetails, add_organisation
    from headway.initiatives.actions import open_initiative

    by = Actor(kind="worker", at=NOW)
    authority = Authority.objects.get()
    owner = add_organisation(
        by=by, authority=authority, details=OrganisationDetails(name="County", sector="government")
    )
    return open_initiative(by=by, authority=authority, owner=owner, title="Heading Home Hennepin")


def members(place: Any, count: int, name: str) -> list[Any]:
    from headway.accounts.models import User
    from headway.initiatives.models import Member, RoleGrant

    users = [User(email=f"{name}-{n}@county.example", name=f"Member {n}") for n in range(count)]
    for user in users:
        user.set_unusable_password()
    User._default_manager.bulk_create(users)
    rows = [Member(initiative=place, user=u, name=u.name, joined_at=NOW) for u in users]
    Member.objects.insert_all(rows)
    grants = [RoleGrant(member=m, role="partner", starts_on=NOW.date()) for m in rows]
    RoleGrant.objects.insert_all(grants)
    return rows


def events(place: Any) -> list[Any]:
    from django.db import transaction

    from headway.accounts.actor import Actor
    from headway.accounts.models import Event
    from headway.initiatives.actions import note_event, record_happening
    from headway_analysis.partial_date import PartialDate

    by = Actor(kind="worker", at=NOW)
    with transaction.atomic():
        for number in range(EVENTS):
            happening = record_happening(
                by=by,
                initiative=place,
                category="meeting",
                text=f"Meeting {number} of the commission on shelter beds for families",
                when=PartialDate.on(NOW.date()),
            )
            note_event(by=by, record=happening.record, verb="revised")
    return list(Event.objects.filter(stream=place.stream_id, verb="revised"))


def make_due(place: Any, people: list[Any], what: list[Any], count: int) -> None:
    from django.db import transaction

    from headway.notices.models import Notice

    each = -(-count // len(people))
    pairs = [(member, event) for member in people for event in what[:each]][:count]
    with transaction.atomic():
        Notice.objects.insert_all(
            Notice(
                member=member,
                initiative=place,
                event=event,
                why="follows",
                noted_at=NOW,
                mail_due_at=NOW,
            )
            for member, event in pairs
        )


def measure(place: Any, what: list[Any], count: int, people: int) -> dict[str, object]:
    from headway.accounts.mail import deliver
    from headway.notices.actions import mail_due

    make_due(place, members(place, people, f"n{count}-{people}"), what, count)
    began, worked = time.perf_counter(), time.process_time()
    mails = mail_due(now=NOW)
    written = time.perf_counter()
    while deliver(NOW + timedelta(seconds=1)):
        pass
    ended = time.perf_counter()
    return {
        "notices": count,
        "members": people,
        "mails": mails,
        "outbox_s": round(written - began, 2),
        "folder_s": round(ended - written, 2),
        "processor_s": round(time.process_time() - worked, 2),
        "notices_per_s": round(count / (ended - began)),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[25_000, 50_000, 100_000])
    parser.add_argument("--members", type=int, default=2_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        installation(Path(folder))
        place = initiative()
        what = events(place)
        for size in options.sizes:
            print(json.dumps(measure(place, what, size, options.members)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
