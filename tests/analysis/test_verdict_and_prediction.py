"""What a result means, and how predictions fared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway_analysis.experiment.prediction import Prediction, by_team, calibration, score
from headway_analysis.experiment.verdict import Verdict, reading


@pytest.mark.parametrize(
    ("low", "high", "minimum", "direction", "verdict"),
    [
        (5, 9, 5, "up", "worked"),
        (4.9, 9, 5, "up", "inconclusive"),
        (-2, 4.9, 5, "up", "did_not"),
        (-2, 5, 5, "up", "inconclusive"),
        (-9, -1, 5, "up", "did_not"),
        (-9, -5, 5, "down", "worked"),
        (-9, -4, 5, "down", "inconclusive"),
        (1, 9, 5, "down", "did_not"),
        (0.1, 9, 0, "up", "worked"),
        (0, 9, 0, "up", "inconclusive"),
        (-9, 0, 0, "up", "did_not"),
    ],
)
def test_a_result_is_read_against_what_was_worthwhile(
    low: float, high: float, minimum: float, direction, verdict: Verdict
) -> None:
    assert reading((low, high), minimum, direction) == verdict


@given(st.floats(-99, 99), st.floats(0, 99), st.floats(0, 50))
def test_less_of_it_is_more_of_its_opposite(low: float, width: float, minimum: float) -> None:
    turned = (-low - width, -low)
    assert reading((low, low + width), minimum, "up") == reading(turned, minimum, "down")


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="from 0, got -1"):
        reading((1, 2), -1, "up")
    with pytest.raises(ValueError, match="up or down, got 'left'"):
        reading((1, 2), 1, "left")
    for low, high, probability in ((None, None, 0.5), (2, 1, 0.5), (1, 2, 1), (1, 2, 0)):
        with pytest.raises(ValueError, match=r"must be|needs|must go"):
            Prediction(low, high, probability)
    with pytest.raises(ValueError, match="finite"):
        score(Prediction(1, 2, 0.5), float("nan"))


@pytest.mark.parametrize(
    ("outcome", "inside", "brier", "interval"),
    [(15, True, 0.04, 10), (20, True, 0.04, 10), (8, False, 0.64, 30), (23, False, 0.64, 40)],
)
def test_a_prediction_is_scored_as_worked_by_hand(outcome, inside, brier, interval) -> None:
    found = score(Prediction(10, 20, 0.8), outcome)
    assert found.inside is inside
    assert (found.brier, found.interval) == pytest.approx((brier, interval))


def test_a_range_open_on_one_side_has_no_width_to_score() -> None:
    found = score(Prediction(10, None, 0.7), 12)
    assert (found.inside, found.interval) == (True, None)
    assert score(Prediction(None, 10, 0.7), 12).inside is False


@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_saying_what_one_believes_scores_best_on_average(believed: float, said: float) -> None:
    def expected(probability: float) -> float:
        hit, miss = (score(Prediction(0, 1, probability), each).brier for each in (0.5, 9.0))
        return believed * hit + (1 - believed) * miss

    assert expected(believed) <= expected(said) + 1e-12


def test_a_team_is_compared_with_what_it_said() -> None:
    sure = Prediction(0, 10, 0.9)
    results = [("shelter", sure, 5.0)] * 3 + [("shelter", sure, 11.0)] + [("rent", sure, 1.0)]
    found = by_team(results)
    assert list(found) == ["rent", "shelter"]
    shelter = found["shelter"]
    assert (shelter.n, shelter.came_true, shelter.expected) == (4, 0.75, pytest.approx(0.9))
    assert shelter.brier == pytest.approx((3 * 0.01 + 0.81) / 4)
    assert 0.3 < shelter.low < 0.75 < shelter.high < 1
    assert found["rent"].high == 1
    assert calibration([]) is None
    assert by_team(reversed(results)) == found
