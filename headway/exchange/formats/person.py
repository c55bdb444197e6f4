"""What is kept about one person, as one JSON object: each table with its rows."""

import json
from collections.abc import Iterable, Iterator, Mapping

Row = Mapping[str, object]


def write_tables(tables: Iterable[tuple[str, Iterable[Row]]]) -> Iterator[str]:
    r"""The text of the object in pieces, so that a long one needs no memory.

    >>> "".join(write_tables([("people", [{"name": "Ana"}, {"name": "Bo"}]), ("mails", [])]))
    '{\n"people": [\n{"name": "Ana"},\n{"name": "Bo"}\n],\n"mails": [\n\n]\n}\n'

    """
    yield "{"
    for number, (name, rows) in enumerate(tables):
        yield f"{',' if number else ''}\n{json.dumps(name)}: [\n"
        yield from _rows(rows)
        yield "\n]"
    yield "\n}\n"


def _rows(rows: Iterable[Row]) -> Iterator[str]:
    for number, row in enumerate(rows):
        between = ",\n" if number else ""
        yield between + json.dumps(row, ensure_ascii=False)
