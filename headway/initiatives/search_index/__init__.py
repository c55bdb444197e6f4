"""The full-text index: what keeps it, and how words are looked up in it, on both engines.

Triggers copy each record's title and the newest wording of each of its texts into `SearchText`.
SQLite looks words up in an FTS5 table beside it (diacritics removed), PostgreSQL in a `tsvector`
column with a GIN index over folded text. SQLite forgets triggers when a migration rebuilds their
table: a later migration that alters `Record`, `Wording` or `SearchText` runs `create_index` again
(a test holds it to that).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from headway.initiatives.models import Record

PLACE = Path(__file__).parent
BETWEEN = "\n--;\n"
WORD = re.compile(r"\w+")
MOST_WORDS = 10
# Texts that are looked through at first, and how many hits among them are enough.
FIRST_TEXTS, FEWEST, EVERY_TEXT = 2_000, 300, 100_000_000
# Words that so many texts say tell none of them apart: weighing each would only take time.
TOO_MANY = 5_000


@cache
def _sql(name: str) -> str:
    return (PLACE / f"{name}.sql").read_text(encoding="utf-8")


def _run(connection: BaseDatabaseWrapper, name: str) -> None:
    with connection.cursor() as cursor:
        for statement in _sql(name).split(BETWEEN):
            cursor.execute(statement)


def create_index(connection: BaseDatabaseWrapper) -> None:
    """Make what keeps the index, and fill it with what is there."""
    # PostgreSQL alters no table whose foreign keys wait to be checked.
    connection.check_constraints()
    drop_index(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM initiatives_searchtext")
    _run(connection, f"{connection.vendor}_create")
    _run(connection, "fill")


def drop_index(connection: BaseDatabaseWrapper) -> None:
    """Take away what keeps the index."""
    _run(connection, f"{connection.vendor}_drop")


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that says all the words, in which text the best of them stands, how well."""

    record_id: UUID
    field: str
    rank: float


def folded(text: str) -> str:
    """Small letters without the marks above and below them; as long as the text it was.

    >>> folded("Café Łódź")
    'cafe łodz'
    """
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text).lower()


def words_of(asked: str) -> tuple[str, ...]:
    """The words that are looked for."""
    return tuple(folded(word) for word in WORD.findall(asked))[:MOST_WORDS]


def hits(allowed: "QuerySet[Record]", words: Sequence[str], most: int) -> list[Hit]:
    """The records that say all words in one text, each as a word or its beginning, best first.

    Of words that very many texts say only the best are looked through at first, and all of them
    where too few of those may be found. Where more than `TOO_MANY` texts say them the newest
    stand for the best.

    Args:
        allowed: the records that whoever asks may find.
        words: what is looked for, from `words_of`.
        most: how many hits to answer with.

    """
    if not words:
        return []
    connection = connections[allowed.db]
    asked = _asked(connection.vendor, words)
    texts = _count(connection, asked)
    which = "newest" if texts == TOO_MANY else "best"
    found = _look(allowed, which, (asked, FIRST_TEXTS), most)
    enough = texts <= FIRST_TEXTS or len(found) >= min(most, FEWEST)
    return found if enough else _look(allowed, which, (asked, EVERY_TEXT), most)


def _count(connection: BaseDatabaseWrapper, asked: str) -> int:
    """How many texts say the words, `TOO_MANY` at most."""
    newest = _sql(f"{connection.vendor}_newest")
    with connection.cursor() as cursor:
        # Our own statement, from the file beside this one.
        cursor.execute(f"SELECT count(*) FROM ({newest}) AS said", [asked, TOO_MANY])  # noqa: S608  # no value in it
        return int(cursor.fetchone()[0])


def _look(allowed: "QuerySet[Record]", which: str, among: tuple[str, int], most: int) -> list[Hit]:
    """The hits among so many texts, the best or the newest of those that say what is asked."""
    connection = connections[allowed.db]
    inner, params = allowed.order_by().values("id").query.sql_with_params()
    # The inner query is what Django makes of a queryset; its values go along as parameters.
    sql = _sql("find").replace("__allowed__", inner)
    sql = sql.replace("__found__", _sql(f"{connection.vendor}_{which}"))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*among, *params, most])
        return [_hit(row) for row in cursor.fetchall()]


def _hit(row: tuple[Any, ...]) -> Hit:
    key = row[0] if isinstance(row[0], UUID) else UUID(row[0])
    return Hit(key, row[1], float(row[2]))


def _asked(vendor: str, words: Sequence[str]) -> str:
    """Words as the engine is asked for them: all of them, each as a word or its beginning.

    A single Latin letter or digit begins so many words that it is looked for as a word only.
    """
    each, end, between = ('"{}"', "*", " ") if vendor == "sqlite" else ("'{}'", ":*", " & ")
    whole = (
        each.format(word) + ("" if len(word) == 1 and word.isascii() else end) for word in words
    )
    return between.join(whole)
