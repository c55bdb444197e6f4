"""What must be known before a figure is used, in the reader's language, from code and numbers."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from headway_analysis.experiment.result import CaveatCode, RefusalCode

CAUTIONS: Final[Mapping[CaveatCode, Promise]] = {
    "dropped": gettext_lazy(
        "%(rows)d rows were left out because something was missing (outcome %(outcome)d, "
        "treatment %(treatment)d, other %(other)d)."
    ),
    "not_by_lot": gettext_lazy(
        "It is not stated that a lot decided who got it; the two groups may have differed "
        "from the start."
    ),
    "adjusted": gettext_lazy("Adjusted for %(covariates)d things known from before the start."),
    "clustered": gettext_lazy(
        "Rows of one unit are not independent; the interval rests on %(units)d units, not on "
        "%(rows)d rows."
    ),
    "few_rows": gettext_lazy(
        "Only %(treated)d rows with it and %(others)d without; the interval is rough."
    ),
    "few_units": gettext_lazy("Only %(units)d units; the interval may be too narrow."),
    "few_treated_units": gettext_lazy(
        "Only %(treated)d of %(units)d units got it; the interval is likely too narrow, since"
        " it cannot see what else happened there."
    ),
    "exact": gettext_lazy(
        "Few cases, so that the interval is exact: it holds the true difference in at least "
        "95 of 100 such pilots; the probability is Fisher's."
    ),
    "rare": gettext_lazy(
        "Few cases; the interval is an approximation (Newcombe), the probability Fisher's."
    ),
    "no_comparison": gettext_lazy(
        "Nobody without it was observed; whatever else changed at the same time is part of "
        "the figure."
    ),
    "same_course": gettext_lazy(
        "Assumes that those who got it would have taken the same course as the others without it."
    ),
    "uneven_effects": gettext_lazy(
        "Starts differ. Where the effect grows, fades or differs between units, this average "
        "can mislead, since those who started early serve as comparison for later ones."
    ),
    "not_every_time": gettext_lazy("%(units)d units were not observed at every time."),
    "ended": gettext_lazy("In %(units)d units it ended again; later times count as without it."),
    "same_moment": gettext_lazy("Whatever else began at the same time is part of the figure."),
    "short_series": gettext_lazy(
        "Only %(before)d times before and %(after)d after the start; eight each are a common "
        "minimum, and the interval is rough."
    ),
    "lags": gettext_lazy("Errors of neighboring times may be alike (Newey–West, %(lags)d lags)."),
    "averaged": gettext_lazy(
        "%(rows)d rows at %(times)d times: each time counts with its average."
    ),
}
REFUSALS: Final[Mapping[RefusalCode, Promise]] = {
    "too_few_rows": gettext_lazy("Only %(rows)d usable rows; at least %(least)d are needed."),
    "one_group": gettext_lazy(
        "All %(rows)d usable rows are alike in treatment; rows with it (1) and without it (0)"
        " are both needed."
    ),
    "needs_unit": gettext_lazy(
        "Some are with it and some without at the same time; name the column that tells units"
        " apart, so that each is compared with itself."
    ),
    "needs_time": gettext_lazy("This design needs times; name the column that holds them."),
    "no_change": gettext_lazy(
        "No unit has rows both before and after its start; write 1 only from the start on, "
        "and 0 before."
    ),
    "no_spread": gettext_lazy(
        "The outcomes show no spread that chance could come from; enter finer outcomes, or "
        "more rows."
    ),
    "one_unit": gettext_lazy(
        "All rows belong to one unit; without a column of units each row counts for itself."
    ),
    "not_told_apart": gettext_lazy(
        "What was tried cannot be told from the other columns; leave out a column that says "
        "the same, or add rows of a comparison."
    ),
    "numbers_as_time": gettext_lazy("A series needs times as numbers, such as 2019 or 3."),
    "more_than_one_start": gettext_lazy(
        "It starts or ends more than once; a series has one start, so write 0 before it and 1"
        " from then on."
    ),
    "same_time_both": gettext_lazy(
        "At one time some rows are with it and some without; a series has all alike, so use "
        "before-after."
    ),
    "short_series": gettext_lazy(
        "%(before)d times before the start and %(after)d from it on; a series needs at least "
        "%(least)d each."
    ),
}


def caution_words(kept: object) -> str:
    """A caution as it is kept: a sentence, or a code with its numbers."""
    return str(kept) if isinstance(kept, str) else _said(CAUTIONS, kept)


def refusal_words(kept: object) -> str:
    """Why a table cannot answer; empty where nobody said."""
    return _said(REFUSALS, kept)


def _said(words: Mapping[CaveatCode, Promise] | Mapping[RefusalCode, Promise], kept: object) -> str:
    if not isinstance(kept, Mapping):
        return ""
    sentences: dict[str, Promise] = dict(words.items())
    code, numbers = str(kept.get("code", "")), kept.get("numbers")
    if code not in sentences or not isinstance(numbers, Mapping):
        return code
    return str(sentences[code]) % numbers
