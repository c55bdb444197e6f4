"""An attacker with every snapshot, every backup and the web log, but not the key.

Two votes are held in which the same voters say the opposite. Everything that the attacker can see
of the one must be equal to what can be seen of the other, up to the bytes of the ciphertexts; then
nothing that can be computed from it tells who voted how.
"""

import json
import re
import zipfile
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from secrets import SystemRandom
from uuid import UUID

import pytest
import time_machine
from django.apps import apps
from django.db import connection, models
from django.test import Client

from config.backup import write_backup
from headway.accounts.models import Stream
from headway.core.keys import key_bytes
from headway.solutions.actions.ballots import close_ballot
from headway.solutions.actions.ballots.sealing import Vote, room_for, seal_vote, unseal_vote
from headway.solutions.models import Ballot, Elector, NamedVote, OpenedVote, SealedVote
from tests.solutions.voting import AFTER, CONSENT, HARM, OBJECT, an_open_ballot, partners
from tests.world import NOON, World

pytestmark = pytest.mark.django_db(transaction=True)
Row = tuple[object, ...]
Snapshot = dict[str, list[Row]]
# Tables whose first column is a running number.
RUNNING = {"initiatives_searchtext"}
UUID_TEXT = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")


def physical(model: type[models.Model]) -> str:
    """Where the engine keeps the rows of a table, oldest place first, with who wrote them."""
    if connection.vendor == "sqlite":
        return f"SELECT rowid, 0, * FROM {model._meta.db_table} ORDER BY rowid"  # noqa: S608  # our own tables
    table = model._meta.db_table
    return f"SELECT ctid::text, xmin::text::bigint, * FROM {table} ORDER BY ctid"  # noqa: S608  # our own tables


def snapshot() -> Snapshot:
    """The whole database, as its files hold it."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                cursor.execute(physical(model))
                found[model._meta.db_table] = cursor.fetchall()
    return found


def from_one(rows: list[Row]) -> list[Row]:
    """Rows with their running number counted from one; it goes on from vote to vote."""
    least = min((int(str(row[2])) for row in rows), default=1)
    return [(*row[:2], int(str(row[2])) - least + 1, *row[3:]) for row in rows]


@dataclass
class Attacker:
    """Keeps everything that can be seen, each value under a name that no run owns."""

    known: dict[str, str] = field(default_factory=dict)
    first: int = 0
    seen: list[object] = field(default_factory=list)

    def name(self, thing: UUID, words: str) -> None:
        """Call what was there before the votes by a name that both runs share."""
        self.known[thing.hex] = words

    def plain(self, value: object) -> object:
        """A value without what is random by itself: new keys and the bytes of ciphertexts."""
        if isinstance(value, (bytes, memoryview)):
            return "sealed", len(value)
        text = value.hex if isinstance(value, UUID) else str(value)
        return UUID_TEXT.sub(lambda found: self.known.get(found[0].replace("-", ""), "new"), text)

    def look(self, before: Snapshot, after: Snapshot) -> list[str]:
        """Note what changed between two snapshots, in the order of the files; answer where."""
        changed = []
        for table, rows in after.items():
            old, new = set(map(repr, before[table])), [repr(row) for row in rows]
            fresh = [row for row, text in zip(rows, new, strict=True) if text not in old]
            fresh = from_one(fresh) if table in RUNNING else fresh
            gone = len(old - set(new))
            if fresh or gone:
                changed.append(table)
                numbered = table in {"accounts_event", "accounts_stream"}
                self.seen.append((table, gone, self.ranked(fresh, numbered=numbered)))
        return changed

    def ranked(self, rows: list[Row], *, numbered: bool) -> list[object]:
        """Rows without absolute places: only their order, and which were written together."""

        def shown(value: object) -> object:
            # Positions in the log go on from vote to vote.
            whole = numbered and isinstance(value, int) and not isinstance(value, bool)
            return value - self.first if whole else self.plain(value)

        writers = sorted({row[1] for row in rows}, key=int)
        return [(writers.index(row[1]), *(shown(value) for value in row[2:])) for row in rows]


@dataclass
class Run:
    """One secret vote, seen from outside."""

    attacker: Attacker
    ballot: Ballot
    key: bytes
    changed: list[list[str]]


def hold(world: World, voters: dict[str, object], said: dict[str, dict[str, str]]) -> Run:
    """Hold a secret vote by its pages, with a snapshot before and after each step."""
    browsers = {}
    for name, member in voters.items():
        browsers[name] = Client()
        browsers[name].force_login(member.user)
    ballot = an_open_ballot(world, secret=True)
    attacker = Attacker(first=Stream.objects.get(pk=world.hennepin.stream_id).last_position)
    attacker.name(ballot.pk, "ballot")
    for elector in Elector.objects.filter(ballot=ballot):
        attacker.name(elector.pk, f"voice of {elector}")
        attacker.name(elector.organisation_id, str(elector))
    key, before, changed = key_bytes(ballot.key_id), snapshot(), []
    attacker.name(ballot.key_id, "name of the key")
    address = world.address("solutions:vote", ballot.pk)
    for name, what in said.items():
        answer = browsers[name].post(address, {**what})
        assert answer.status_code == 302
        # What a web log holds of it.
        attacker.seen.append(attacker.plain(f"POST {address} {answer.status_code}"))
        after = snapshot()
        changed.append(attacker.look(before, after))
        before = after
    close_ballot(ballot=ballot, now=AFTER)
    changed.append(attacker.look(before, snapshot()))
    return Run(attacker, Ballot.objects.get(pk=ballot.pk), key, changed)


@pytest.fixture
def same_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shuffle gives both runs the same order, as chance could."""

    def by_content(_self: SystemRandom, votes: list[Vote]) -> None:
        votes.sort(key=lambda vote: json.dumps(vote.content))

    monkeypatch.setattr(SystemRandom, "shuffle", by_content)


YES, NO = CONSENT, {**OBJECT, "because": HARM}
ASIDE = {"voice": "stand_aside", "because": "x" * 4_000}


@time_machine.travel(NOON, tick=False)
@pytest.mark.usefixtures("same_chance")
def test_swapped_votes_look_the_same_to_who_sees_everything_but_the_key(
    world: World, keys: Path
) -> None:
    voters = partners(world, ["Ash", "Birch", "Cedar"])
    one = hold(world, voters, {"Ash": YES, "Birch": NO, "Cedar": ASIDE})
    other = hold(world, voters, {"Ash": ASIDE, "Birch": YES, "Cedar": NO})
    assert one.attacker.seen == other.attacker.seen
    assert one.ballot.result == other.ballot.result


@time_machine.travel(NOON, tick=False)
def test_giving_a_secret_vote_changes_two_places_and_nothing_else(world: World, keys: Path) -> None:
    run = hold(world, partners(world, ["Ash", "Birch"]), {"Ash": YES, "Birch": NO})
    two = ["solutions_elector", "solutions_sealedvote"]
    assert [sorted(tables) for tables in run.changed[:-1]] == [two, two]


@time_machine.travel(NOON, tick=False)
def test_after_the_close_the_votes_stand_in_another_order_without_time_or_voter(
    world: World, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SystemRandom, "shuffle", lambda _self, votes: votes.reverse())
    said = {"Ash": YES, "Birch": ASIDE, "Cedar": NO}
    run = hold(world, partners(world, list(said)), said)
    with connection.cursor() as cursor:
        cursor.execute(physical(OpenedVote))
        named = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
    assert named[2:] == ["id", "content", "because", "ballot_id"]
    assert len({row[1] for row in rows}) == 1
    # The shuffle alone says in which order they stand.
    texts = [row[3] if isinstance(row[3], str) else json.dumps(row[3]) for row in rows]
    assert [json.loads(text)["voice"] for text in texts] == ["object", "stand_aside", "consent"]
    assert SealedVote.objects.count() == 0
    assert run.ballot.key_id == UUID(int=0)


@time_machine.travel(NOON, tick=False)
def test_no_backup_holds_the_key_and_the_machine_forgets_it(
    world: World, keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The rows as they are; the second connection that a backup opens is none of a test's.
    monkeypatch.setattr("config.backup.one_moment", lambda: nullcontext("default"))
    voters = partners(world, ["Ash", "Birch"])
    run = hold(world, voters, {"Ash": YES, "Birch": NO})
    assert list(keys.glob("*")) == []
    archive = tmp_path / "backup.zip"
    an_open = an_open_ballot(world, secret=True)
    secret = key_bytes(an_open.key_id)
    write_backup(archive, with_keys=True)
    with zipfile.ZipFile(archive) as opened:
        content = b"".join(opened.read(name) for name in opened.namelist())
    for key in (run.key, secret):
        assert key not in content
        assert key.hex().encode() not in content


def _columns(model: type[models.Model]) -> set[str]:
    return {each.name for each in model._meta.concrete_fields}


def test_no_column_leads_from_a_secret_vote_to_a_voter_or_a_time() -> None:
    assert _columns(SealedVote) == {"id", "ballot", "sealed"}
    assert _columns(OpenedVote) == {"id", "ballot", "content", "because"}
    pointing = {
        model
        for model in apps.get_models()
        for each in model._meta.concrete_fields
        if each.is_relation and each.related_model in {SealedVote, OpenedVote}
    }
    assert pointing == set()
    times = (models.DateField, models.TimeField, models.DurationField)
    assert not [each for each in Elector._meta.concrete_fields if isinstance(each, times)]
    assert NamedVote not in {each.related_model for each in Elector._meta.concrete_fields}


@pytest.mark.parametrize("because", ["", "no", "Ä" * 5_000, "\U0001f3e0" * 5_000])
def test_every_sealed_vote_is_equally_long_and_opens_again(because: str) -> None:
    key, ballot_id, room = bytes(range(32)), UUID(int=7), room_for(50)
    full = {"ranks": {str(number): 50 for number in range(1, 51)}}
    for content in ({"voice": "object"}, full, {"chosen": list(range(1, 51))}):
        vote = Vote(content, because)
        sealed = seal_vote(vote, key=key, ballot_id=ballot_id, room=room)
        assert len(sealed) == room + 28
        assert unseal_vote(sealed, key=key, ballot_id=ballot_id) == vote
