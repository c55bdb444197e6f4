"""A conversation as Polis publishes it: `comments.csv`, and `participants-votes.csv`, gzipped."""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO

CHOICES = {"1": "agree", "-1": "disagree", "0": "pass"}
REJECTED = "-1"


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A statement with the instant it was made, and whether moderators left it out."""

    number: int
    text: str
    at: datetime
    rejected: bool


def comments(text: str) -> list[CommentRow]:
    """The statements of `comments.csv`, the first one first."""
    rows = [
        CommentRow(
            number=int(row["comment-id"]),
            text=row["comment-body"],
            at=datetime.fromtimestamp(int(row["timestamp"]) / 1000, UTC),
            rejected=row["moderated"] == REJECTED,
        )
        for row in csv.DictReader(StringIO(text))
    ]
    return sorted(rows, key=lambda row: row.number)


def votes(packed: bytes) -> Iterator[dict[int, str]]:
    """What each participant chose by number of the statement; an empty cell is no vote.

    >>> table = "participant,group-id,0,1" + chr(10) + "0,1,-1," + chr(10)
    >>> list(votes(gzip.compress(table.encode())))
    [{0: 'disagree'}]

    """
    for row in csv.DictReader(StringIO(gzip.decompress(packed).decode("utf-8"))):
        yield {int(key): CHOICES[vote] for key, vote in row.items() if key.isdigit() and vote}
