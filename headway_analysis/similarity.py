"""Near-duplicates: texts that say almost the same in almost the same letters."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHORTEST, LONGEST = 3, 5
LARGEST_TABLE = 1 << 24


@dataclass(frozen=True, slots=True)
class Match:
    """One text that resembles what was asked.

    Attributes:
        position: its place in the texts that were given.
        score: cosine similarity, from above 0 to 1.

    """

    position: int
    score: float


def fold(text: str) -> str:
    """The text without accents, capitals and extra spaces, for comparing and searching.

    >>> fold("  Société   GÉNÉRALE ")
    'societe generale'

    """
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(unicodedata.normalize("NFKD", kept.casefold()).split())


def similar(texts: Sequence[str], query: str, *, top: int = 5, floor: float = 0.5) -> list[Match]:
    r"""The texts most like the query, best first.

    Texts are folded (see `fold`) and padded with one space at each end. With *tf* the number of
    times a run of 3, 4 or 5 signs stands in a text, *n* the number of texts and *df* the number
    of texts that hold the run, each run weighs

        (1 + ln tf) · (1 + ln((1 + n) / (1 + df)))

    and the score of a text is the cosine between its weights and the query's. Runs that stand in
    many texts ("of the county") therefore count for little. The query is not counted in *n* and
    *df*. Exact: runs are numbered, not hashed.

    Args:
        texts: what to compare with, in any order; may be empty or hold empty texts.
        query: what somebody wrote.
        top: how many to name at most.
        floor: the least score to name; 0.5 finds rewordings in the same letters, 0.8 misspellings.

    Raises:
        ValueError: where `top` is below 1 or `floor` is not from 0 to 1.

    Source: Salton and Buckley, "Term-weighting approaches in automatic text retrieval" (1988),
    over character runs as in Cavnar and Trenkle, "N-gram-based text categorization" (1994).

    >>> names = ["Hennepin County", "City of Minneapolis", "Ramsey County"]
    >>> [(match.position, round(match.score, 2)) for match in similar(names, "Henepin county")]
    [(0, 0.72)]

    """
    if top < 1:
        raise ValueError(f"top must be at least 1, got {top}")
    if not 0 <= floor <= 1:
        raise ValueError(f"floor must be from 0 to 1, got {floor}")
    if not texts:
        return []
    scores = _scores([fold(text) for text in texts], fold(query))
    return _best(scores, top, floor)


def _best(scores: "NDArray[np.float64]", top: int, floor: float) -> list[Match]:
    import numpy as np

    order = np.argsort(-scores, kind="stable")[:top]
    return [
        Match(int(position), float(scores[position]))
        for position in order
        if scores[position] > 0 and scores[position] >= floor
    ]


def _scores(texts: list[str], query: str) -> "NDArray[np.float64]":
    """The cosine of each folded text with the folded query."""
    import numpy as np

    counts = _run_counts([*texts, query])
    counts.data = 1 + np.log(counts.data)
    weights = counts @ _rarity(counts[:-1])
    lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1
    products = np.asarray((weights[:-1] @ weights[-1].T).todense()).ravel()
    # Rounded so that a text and its twin score exactly 1 and ties keep their order everywhere.
    scores: NDArray[np.float64] = np.round(products / (lengths[:-1] * lengths[-1]), 9)
    return np.clip(scores, 0, 1)


def _rarity(texts: Any) -> Any:
    """One weight per run as a diagonal matrix: the rarer in the texts, the heavier."""
    import numpy as np
    from scipy.sparse import diags

    held_by = np.bincount(texts.indices, minlength=texts.shape[1])
    return diags(1 + np.log((1 + texts.shape[0]) / (1 + held_by)))


def _run_counts(texts: list[str]) -> Any:
    """How often each run of 3 to 5 signs stands in each text (rows: texts)."""
    import numpy as np
    from scipy.sparse import csr_matrix

    signs, owner = _signs(texts)
    rows, columns, width = [], [], 0
    for starts, runs in _runs(signs, owner):
        rows.append(owner[starts])
        columns.append(runs + width)
        width += int(runs.max(initial=-1)) + 1
    place = (np.concatenate(rows), np.concatenate(columns))
    ones = np.ones(len(place[0]), dtype=np.float64)
    return csr_matrix((ones, place), shape=(len(texts), width))


def _signs(texts: list[str]) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """Every sign of every padded text as a small number, and the text it stands in."""
    import numpy as np

    padded = [f" {text} " for text in texts]
    codes = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in padded])
    return _renumbered(codes.astype(np.int64)), owner


def _renumbered(values: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """The same values as ranks 0, 1, 2 … in their order; a table where it fits, else sorting."""
    import numpy as np

    limit = int(values.max(initial=0)) + 1
    if limit > LARGEST_TABLE:
        return np.unique(values, return_inverse=True)[1].astype(np.int64)
    present = np.zeros(limit, dtype=np.int64)
    present[values] = 1
    ranks: NDArray[np.int64] = np.cumsum(present)[values] - 1
    return ranks


def _runs(
    signs: "NDArray[np.int64]", owner: "NDArray[np.int64]"
) -> "list[tuple[NDArray[np.int64], NDArray[np.int64]]]":
    """For each length, where its runs start and the number of each run; none crosses texts."""
    import numpy as np

    alphabet = int(signs.max(initial=0)) + 1
    runs, found = signs, []
    for length in range(2, LONGEST + 1):
        # Numbered anew at each length, so that the numbers stay small and exact.
        runs = _renumbered(runs[: len(signs) - length + 1] * alphabet + signs[length - 1 :])
        if length >= SHORTEST:
            within = np.flatnonzero(owner[: len(runs)] == owner[length - 1 :])
            found.append((within, runs[within]))
    return found
