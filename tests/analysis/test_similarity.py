"""Near-duplicates: against a slow and obvious count of the same formula, and what always holds."""

import doctest
import math
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import headway_analysis.similarity
from headway_analysis.similarity import fold, similar

TEXT = st.text(st.sampled_from("abcé ßİ-"), max_size=14) | st.text(max_size=14)
TEXTS = st.lists(TEXT, max_size=8)


def runs(text: str) -> Counter[str]:
    """Every run of 3 to 5 signs of a folded text between spaces."""
    whole = f" {fold(text)} "
    return Counter(
        whole[start : start + length]
        for length in (3, 4, 5)
        for start in range(len(whole) - length + 1)
    )


def slow_scores(texts: list[str], query: str) -> list[float]:
    """The formula of the docstring, word by word."""
    counted = [runs(text) for text in texts]
    held_by = Counter(run for counts in counted for run in counts)

    def weights(counts: Counter[str]) -> dict[str, float]:
        return {
            run: (1 + math.log(times)) * (1 + math.log((1 + len(texts)) / (1 + held_by[run])))
            for run, times in counts.items()
        }

    def length(found: dict[str, float]) -> float:
        return math.sqrt(sum(weight**2 for weight in found.values()))

    asked = weights(runs(query))
    scores = []
    for counts in counted:
        found = weights(counts)
        product = sum(weight * asked.get(run, 0) for run, weight in found.items())
        scores.append(product / ((length(found) * length(asked)) or 1))
    return scores


@given(TEXTS, TEXT)
@settings(deadline=None, max_examples=80)
def test_scores_are_those_of_the_formula(texts, query):
    found = {match.position: match.score for match in similar(texts, query, top=100, floor=0)}
    for position, score in enumerate(slow_scores(texts, query)):
        assert found.get(position, 0) == pytest.approx(score, abs=1e-8)


@given(TEXTS, TEXT)
@settings(deadline=None, max_examples=50)
def test_the_best_come_first_and_none_lies_under_the_floor(texts, query):
    found = similar(texts, query, top=3, floor=0.3)
    scores = [match.score for match in found]
    assert len(found) <= 3
    assert scores == sorted(scores, reverse=True)
    assert all(0.3 <= score <= 1 for score in scores)


@given(TEXTS, TEXT.filter(fold))
@settings(deadline=None, max_examples=50)
def test_a_text_is_most_like_itself(texts, query):
    best = similar([*texts, query], query, top=1, floor=0)
    assert best[0].score == pytest.approx(1)


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


def test_accents_capitals_and_spaces_do_not_count():
    assert similar(["Centro  Tyrone GUZMÁN"], "centro tyrone guzman")[0].score == 1


def test_a_misspelling_is_found_among_many():
    names = [f"Organization number {number}" for number in range(500)] + ["Hennepin County"]
    assert similar(names, "Henepin Conty", floor=0.3)[0].position == 500


def test_no_texts_or_empty_texts_are_like_nothing():
    assert similar([], "x") == []
    assert similar(["", " "], "Hennepin") == []
    assert similar(["Hennepin"], "") == []


@pytest.mark.parametrize("wrong", [{"top": 0}, {"floor": -0.1}, {"floor": 1.1}])
def test_nonsense_is_refused_with_value_and_bound(wrong):
    with pytest.raises(ValueError, match=r"must be"):
        similar(["a"], "a", **wrong)


def test_ten_thousand_names_take_well_under_a_second():
    names = [
        f"{word} of district {number}"
        for number in range(2_000)
        for word in ("Office", "School", "Church", "Council", "Shelter")
    ]
    similar(names[:10], "warm up")
    begun = time.process_time()
    similar(names, "Office of distrct 777")
    assert time.process_time() - begun < 1


def test_the_examples_in_the_documentation_run():
    assert doctest.testmod(headway_analysis.similarity).failed == 0
