"""How good what a team expected was, and how far its probabilities can be trusted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a team expected, locked before the start.

    Attributes:
        low: lower end of the range, in the unit of the outcome; None for a range open below.
        high: upper end; None for a range open above. One of the two must be given.
        probability: how sure the team was that the result falls inside, above 0 and below 1.

    Raises:
        ValueError: for a range without ends or upside down, or a probability out of bounds.

    >>> Prediction(5, 2, 0.8)
    Traceback (most recent call last):
    ...
    ValueError: a range must go up, got 5 to 2

    """

    low: float | None
    high: float | None
    probability: float

    def __post_init__(self) -> None:
        ends = [end for end in (self.low, self.high) if end is not None]
        if not ends or not all(map(isfinite, ends)):
            raise ValueError(f"a range needs a finite end, got {self.low} to {self.high}")
        if ends != sorted(ends):
            raise ValueError(f"a range must go up, got {self.low} to {self.high}")
        if not 0 < self.probability < 1:
            raise ValueError(f"probability must be above 0 and below 1, got {self.probability}")

    def holds(self, outcome: float) -> bool:
        """Whether a result falls inside; the ends belong to the range.

        >>> Prediction(2, None, 0.8).holds(2)
        True

        """
        return (self.low is None or outcome >= self.low) and (
            self.high is None or outcome <= self.high
        )


@dataclass(frozen=True, slots=True)
class Score:
    """How a prediction fared; lower is better.

    Attributes:
        inside: whether the result fell inside the range.
        brier: (probability − inside)², from 0 to 1; 0.25 for always saying one half.
        interval: the interval score, in the unit of the outcome; None for an open range.

    """

    inside: bool
    brier: float
    interval: float | None


def score(prediction: Prediction, outcome: float) -> Score:
    """Score a prediction once the result is known.

    The interval score is the width of the range plus 2 / α times the distance by which the result
    missed it, α = 1 − probability: narrow ranges win, missing them costs the more, the surer the
    team was. Both scores are best on average for whoever says what they believe.

    Raises:
        ValueError: for an outcome that is not a finite number.

    Source: Brier (1950); Gneiting and Raftery, "Strictly Proper Scoring Rules" (2007), eq. 43.

    >>> found = score(Prediction(10, 20, 0.8), 23)
    >>> found.inside, round(found.brier, 2), round(found.interval, 6)
    (False, 0.64, 40.0)

    """
    if not isfinite(outcome):
        raise ValueError(f"outcome must be a finite number, got {outcome}")
    inside = prediction.holds(outcome)
    return Score(inside, (prediction.probability - inside) ** 2, _interval(prediction, outcome))


def _interval(prediction: Prediction, outcome: float) -> float | None:
    if prediction.low is None or prediction.high is None:
        return None
    missed = max(prediction.low - outcome, outcome - prediction.high, 0.0)
    return prediction.high - prediction.low + 2 / (1 - prediction.probability) * missed


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far a team's probabilities can be trusted. Teams only: there is none for a person.

    Attributes:
        n: predictions with a result.
        expected: the share that should have come true: the mean of the probabilities.
        came_true: the share that did.
        low: lower end of the 90 % interval of the true share (Jeffreys).
        high: upper end.
        brier: the mean Brier score.

    """

    n: int
    expected: float
    came_true: float
    low: float
    high: float
    brier: float


def calibration(results: Iterable[tuple[Prediction, float]]) -> Calibration | None:
    """Expected against true over a team's predictions; None where there is none yet.

    The team is sure enough where `expected` lies between `low` and `high`. Order changes nothing.

    Source: Brown, Cai and DasGupta, "Interval Estimation for a Binomial Proportion" (2001).

    >>> calibration([(Prediction(0, 9, 0.75), 5.0), (Prediction(0, 9, 0.75), 12.0)]).came_true
    0.5

    """
    from scipy.stats import beta

    given = [(each, score(each, outcome)) for each, outcome in results]
    n, hits = len(given), sum(found.inside for _, found in given)
    if not n:
        return None
    low, high = beta.ppf((0.05, 0.95), hits + 0.5, n - hits + 0.5)
    return Calibration(
        n=n,
        expected=sum(sorted(each.probability for each, _ in given)) / n,
        came_true=hits / n,
        low=0.0 if hits == 0 else float(low),
        high=1.0 if hits == n else float(high),
        brier=sum(sorted(found.brier for _, found in given)) / n,
    )


def by_team(results: Iterable[tuple[str, Prediction, float]]) -> Mapping[str, Calibration]:
    """The calibration of each team, by name.

    >>> by_team([("Shelter team", Prediction(0, 9, 0.75), 5.0)])["Shelter team"].n
    1

    """
    own: dict[str, list[tuple[Prediction, float]]] = {}
    for team, prediction, outcome in results:
        own.setdefault(team, []).append((prediction, outcome))
    found = {team: calibration(own[team]) for team in sorted(own)}
    return {team: each for team, each in found.items() if each is not None}
