"""No-blame wording: on 200 sentences from many trades, and what always holds."""

import csv
import doctest
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import headway_analysis.wording.clauses
import headway_analysis.wording.english_people
import headway_analysis.wording.flags
import headway_analysis.wording.wording
from headway_analysis.wording import check, speaks

SENTENCES = Path(__file__).with_name("wording_sentences.csv")
REPORTED = Path(__file__).with_name("wording_reported.csv")
DOCS = Path(__file__).parents[2] / "docs" / "method" / "wording.md"
PHRASES = "the nurse|should have|if only|had|failed to|why didn’t|root cause|obviously|would have"
ODDITIES = ["Mr.", "Dr", "Rosa", "Lake", "’s", "'", ".", "\n", "İ", "ß", "\ud800", "\x00", "a" * 90]
PIECES = st.sampled_from([*PHRASES.split("|"), *ODDITIES])
TEXT = st.text(max_size=60) | st.lists(PIECES | st.text(max_size=5), max_size=30).map(" ".join)


@dataclass(frozen=True)
class Sentence:
    """One line of the list."""

    half: str
    says: str
    trade: str
    kind: str
    names: str
    sentence: str

    @property
    def flagged(self) -> tuple[str, ...]:
        """The kinds that the check finds in it."""
        names = [self.names] if self.names else []
        return tuple(flag.kind for flag in check(self.sentence, names))


def sentences(half: str = "") -> list[Sentence]:
    """The sentences of the list, of one half or all; or those that readers reported later."""
    place = REPORTED if half == "reported" else SENTENCES
    with place.open(encoding="utf-8", newline="") as file:
        rows = [Sentence(**row) for row in csv.DictReader(file)]
    return [row for row in rows if half in ("", row.half)]


def figures(rows: list[Sentence]) -> tuple[float, float]:
    """Precision and recall: of the flagged those that blame, of those that blame the flagged."""
    flagged = [row for row in rows if row.flagged]
    blaming = [row for row in rows if row.says == "blames"]
    both = [row for row in flagged if row.says == "blames"]
    return len(both) / len(flagged), len(both) / len(blaming)


def test_the_list_holds_100_sentences_that_blame_and_100_that_do_not_from_many_trades() -> None:
    rows = sentences()
    assert len({row.sentence for row in rows}) == 200
    assert sum(row.says == "blames" for row in rows) == 100
    assert len({row.trade for row in rows}) >= 20
    assert len(sentences("held out")) == len(sentences("tuned")) == 100


@pytest.mark.parametrize("half", ["tuned", "held out", "reported"])
def test_nine_in_ten_flags_are_right_and_nine_in_ten_blaming_sentences_are_found(half: str) -> None:
    precision, recall = figures(sentences(half))
    assert precision >= 0.9
    assert recall >= 0.9


@pytest.mark.parametrize("half", ["tuned", "held out", "reported"])
def test_the_figures_in_the_docs_are_those_of_today(half: str) -> None:
    precision, recall = figures(sentences(half))
    assert f"| {half} | {precision:.2f} | {recall:.2f} |" in DOCS.read_text(encoding="utf-8")


def test_most_sentences_are_flagged_for_the_reason_they_were_written_for() -> None:
    rows = [row for row in sentences() if row.says == "blames"]
    right = [row for row in rows if row.kind.replace(" ", "_") in row.flagged]
    assert len(right) >= 95


@pytest.mark.parametrize(
    "text",
    [
        "The pump failed.",
        "The pump failed to start.",
        "The officer reported that the pump failed to start.",
        "The nurse came and the pump failed to start.",
        "The nurse’s monitor failed to start.",
        "Who should have the key?",
        "If only one officer is free, the call waits.",
        "Nobody was at fault.",
        "Nobody was to blame, and it was not their fault.",
        "Rosa Parks Avenue was closed.",
        "The crew was not careless.",
        "The review does not ask who is at fault.",
        "St. Paul lent us chairs, and Martin County gave beds.",
        "Mayor Square and Dr. Martin Road were closed.",
    ],
)
def test_things_that_fail_questions_and_places_are_not_flagged(text: str) -> None:
    assert check(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The nurse who was on call failed to answer.", "failed to answer"),
        ("They should’ve asked.", "should’ve asked"),
        ("It was the clerk’s fault.", "fault"),
        ("Obviously nobody looked.", "Obviously"),
        ("We spoke to Mr. Albright.", "Mr. Albright"),
        ("Mayor Okafor signed.", "Mayor Okafor"),
        ("Maria Lopez came late.", "Maria Lopez"),
        ("Karla is to blame.", "to blame"),
        ("It rained, and it was his fault.", "his fault"),
    ],
)
def test_a_flag_holds_the_words_it_is_about(text: str, words: str) -> None:
    (flag,) = check(text)
    assert flag.words == text[flag.start : flag.end] == words
    assert flag.question.endswith("?")


def test_known_people_are_found_by_whole_first_and_last_name_but_not_in_places() -> None:
    names = ["Rosa Delgado", "Will Hunter", "Jan van der Meer"]
    text = "Rosa met Will at Delgado Park. Will it work? J. Meer and the hunter came, van too."
    assert [flag.words for flag in check(text, names)] == ["Rosa", "Will", "Meer"]


def test_a_role_in_a_list_of_people_is_no_name() -> None:
    assert check("The front desk was open.", ["The front desk"]) == ()


def test_a_language_without_rules_is_said_to_have_none_and_flags_nothing() -> None:
    text = "Mr. Albright should have known. It was obviously the root cause."
    assert speaks("en")
    assert speaks("en_GB")
    assert check(text, language="en-US")
    assert not speaks("de")
    assert check(text, ["Albright"], language="de") == ()


@settings(deadline=None, max_examples=300)
@given(TEXT, st.lists(TEXT, max_size=4))
def test_any_text_is_checked_and_every_span_lies_inside_it_and_apart(
    text: str, names: list[str]
) -> None:
    flags = check(text, names)
    assert all(flag.words == text[flag.start : flag.end] for flag in flags)
    assert all(first.end <= second.start for first, second in pairwise(flags))
    assert flags == check(text, names)


@pytest.mark.parametrize(
    ("piece", "length"),
    [
        ("The nurse should have checked, and the pump failed to start. ", 1_000_000),
        ("if had would have ", 200_000),
        ("a" * 50, 1_000_000),
        ("the clerk ", 200_000),
        ("Mr. A", 200_000),
        ("Rosa Delgado ", 200_000),
        ("Mary Ann ", 200_000),
        ("\n \t", 1_000_000),
        ("if only " + "x" * 90 + " ", 200_000),
        ("'", 1_000_000),
        ("was not never ", 200_000),
    ],
)
def test_a_text_eight_times_as_long_takes_about_eight_times_as_long(
    piece: str, length: int
) -> None:
    def seconds(most: int) -> float:
        text = (piece * (most // len(piece) + 1))[:most]
        started = time.process_time()
        check(text, ["Rosa Delgado"])
        return time.process_time() - started

    short = min(seconds(length // 8) for _ in range(2))
    assert seconds(length) <= 20 * max(short, 0.02)


@pytest.mark.parametrize("module", ["clauses", "english_people", "flags", "wording"])
def test_the_examples_in_the_docstrings_run(module: str) -> None:
    found = doctest.testmod(getattr(headway_analysis.wording, module))
    assert found.attempted
    assert not found.failed
