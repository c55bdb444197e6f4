"""English sentences for codes; an interface may translate them by code and numbers."""

from collections.abc import Mapping

from headway_analysis.experiment.result import Caveat, CaveatCode, RefusalCode

CAVEATS: Mapping[CaveatCode, str] = {
    "dropped": "%(rows)d rows were left out because something was missing"
    " (outcome %(outcome)d, treatment %(treatment)d, other %(other)d).",
    "not_by_lot": "It is not stated that a lot decided who got it; the two groups may have"
    " differed from the start.",
    "adjusted": "Adjusted for %(covariates)d things known from before the start.",
    "clustered": "Rows of one unit are not independent; the interval rests on %(units)d units,"
    " not on %(rows)d rows.",
    "few_rows": "Only %(treated)d rows with it and %(others)d without; the interval is rough.",
    "few_units": "Only %(units)d units; the interval may be too narrow.",
    "few_treated_units": "Only %(treated)d of %(units)d units got it; the interval is likely too"
    " narrow, since it cannot see what else happened there.",
    "exact": "Few cases, so that the interval is exact: it holds the true difference in at least"
    " 95 of 100 such pilots; the probability is Fisher's.",
    "rare": "Few cases; the interval is an approximation (Newcombe), the probability Fisher's.",
    "no_comparison": "Nobody without it was observed; whatever else changed at the same time is"
    " part of the figure.",
    "same_course": "Assumes that those who got it would have taken the same course as the"
    " others without it.",
    "uneven_effects": "Starts differ. Where the effect grows, fades or differs between units, this"
    " average can mislead, since those who started early serve as comparison for later ones.",
    "not_every_time": "%(units)d units were not observed at every time.",
    "ended": "In %(units)d units it ended again; later times count as without it.",
    "same_moment": "Whatever else began at the same time is part of the figure.",
    "short_series": "Only %(before)d times before and %(after)d after the start; eight each are"
    " a common minimum, and the interval is rough.",
    "lags": "Errors of neighboring times may be alike (Newey–West, %(lags)d lags).",
    "averaged": "%(rows)d rows at %(times)d times: each time counts with its average.",
}
REFUSALS: Mapping[RefusalCode, str] = {
    "too_few_rows": "only %(rows)d usable rows; at least %(least)d are needed",
    "one_group": "all %(rows)d usable rows are alike in treatment; rows with it (1) and without it"
    " (0) are both needed",
    "needs_unit": "some are with it and some without at the same time; name the column that tells"
    " units apart, so that each is compared with itself",
    "needs_time": "this design needs times; name the column that holds them",
    "no_change": "no unit has rows both before and after its start; write 1 only from the start"
    " on, and 0 before",
    "no_spread": "the outcomes show no spread that chance could come from; enter finer outcomes, or"
    " more rows",
    "one_unit": "all rows belong to one unit; without a column of units each row counts for itself",
    "not_told_apart": "what was tried cannot be told from the other columns; leave out a column"
    " that says the same, or add rows of a comparison",
    "numbers_as_time": "a series needs times as numbers, such as 2019 or 3",
    "more_than_one_start": "it starts or ends more than once; a series has one start, so write 0"
    " before it and 1 from then on",
    "same_time_both": "at one time some rows are with it and some without; a series has all alike,"
    " so use before-after",
    "short_series": "%(before)d times before the start and %(after)d from it on; a series needs at"
    " least %(least)d each",
}


def sentence(caveat: Caveat) -> str:
    """A caveat in English.

    >>> sentence(Caveat("few_units", (("units", 6),)))
    'Only 6 units; the interval may be too narrow.'

    """
    return CAVEATS[caveat.code] % dict(caveat.numbers)
