"""Consent, approval and score: known cases, and what always holds."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway_analysis.ballots.consent import ConsentRule, ConsentVoice, count_consent
from headway_analysis.ballots.quorum import Quorum
from headway_analysis.ballots.tally import approval, score

OPTIONS = ("beds", "jobs", "rent")
YES, ASIDE = ConsentVoice("consent"), ConsentVoice("stand_aside", "not my field")
NO = ConsentVoice("object", "closes the only day center")
APPROVALS = st.lists(st.sets(st.sampled_from(OPTIONS)), max_size=12)
SCORES = st.lists(st.dictionaries(st.sampled_from(OPTIONS), st.integers(0, 5)), max_size=12)


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ([YES] * 4, "adopted"),
        ([YES] * 3 + [ASIDE], "adopted"),
        ([YES] * 3, "no_quorum"),
        ([YES] * 7 + [NO], "objected"),
        ([NO] * 3, "no_quorum"),
        ([], "no_quorum"),
    ],
)
def test_one_objection_stops_a_proposal_and_silence_is_not_consent(said, result) -> None:
    outcome = count_consent(said, Quorum(entitled=8))
    assert (outcome.result, outcome.adopted, outcome.cast) == (
        result,
        result == "adopted",
        len(said),
    )


def test_the_rule_may_carry_an_objection_and_limit_those_who_stand_aside() -> None:
    lenient = ConsentRule(objections_allowed=1, most_aside=Fraction(1, 4))
    quorum = Quorum(entitled=8)
    assert count_consent([YES] * 3 + [NO], quorum, lenient).result == "adopted"
    assert count_consent([YES] * 3 + [ASIDE], quorum, lenient).result == "adopted"
    assert count_consent([YES] * 2 + [ASIDE] * 2, quorum, lenient).result == "too_many_aside"


def test_recused_voices_leave_the_count() -> None:
    assert [Quorum(entitled=10, recused=out).needed for out in (0, 1, 2, 10)] == [5, 5, 4, 1]


@given(st.permutations([YES, YES, ASIDE, NO]))
def test_the_order_of_voices_changes_no_consent(said) -> None:
    assert count_consent(said, Quorum(entitled=4)).result == "objected"


@given(APPROVALS, st.sampled_from(OPTIONS), st.randoms(use_true_random=False))
def test_approval_is_a_sum_that_order_does_not_change(cast, one, chance) -> None:
    found = approval(cast, OPTIONS)
    mixed = list(cast)
    chance.shuffle(mixed)
    assert found == approval(mixed, OPTIONS)
    for place in found.places:
        assert place.figure == sum(place.option in ballot for ballot in cast)
    if found.winner is not None:
        assert approval([*cast, {found.winner}], OPTIONS).winner == found.winner


@given(SCORES, st.randoms(use_true_random=False))
def test_scores_left_out_are_the_lowest_and_order_changes_nothing(cast, chance) -> None:
    found = score(cast, OPTIONS, lowest=-1, highest=5)
    mixed = list(cast)
    chance.shuffle(mixed)
    assert found == score(mixed, OPTIONS, lowest=-1, highest=5)
    for place in found.places:
        assert place.figure == sum(ballot.get(place.option, -1) for ballot in cast if ballot)
    figures = [place.figure for place in found.places]
    assert figures == sorted(figures, reverse=True)


def test_a_tie_goes_to_the_one_listed_first_and_is_named() -> None:
    found = approval([{"rent"}, {"jobs"}], OPTIONS)
    assert (found.winner, found.tied) == ("jobs", ("jobs", "rent"))
    assert [(each.option, each.place) for each in found.places] == [
        ("jobs", 1),
        ("rent", 1),
        ("beds", 3),
    ]


def test_blank_ballots_choose_nothing() -> None:
    assert approval([set()], OPTIONS).winner is None
    assert (score([{}], OPTIONS).winner, score([{}], OPTIONS).blank) == (None, 1)


def test_nonsense_is_refused_with_value_and_bound() -> None:
    for wrong, said in (
        (lambda: ConsentVoice("object"), "needs a reason"),
        (lambda: ConsentVoice("veto"), "got 'veto'"),
        (lambda: ConsentRule(objections_allowed=-1), "at least 0, got -1"),
        (lambda: ConsentRule(most_aside=Fraction(2)), "from 0 to 1, got 2"),
        (lambda: Quorum(entitled=0), "at least 1, got 0"),
        (lambda: Quorum(entitled=3, recused=4), "from 0 to 3, got 4"),
        (lambda: Quorum(entitled=3, share=Fraction(3, 2)), "from 0 to 1, got 3/2"),
        (lambda: count_consent([YES] * 4, Quorum(entitled=3)), "from 0 to 3, got 4"),
        (lambda: approval([{"cats"}], OPTIONS), "'cats' is none of"),
        (lambda: approval([], ("a", "a")), "'a' is listed twice"),
        (lambda: approval([], ()), "got none"),
        (lambda: approval([{"beds"}], OPTIONS, times=[0]), "at least 1, got 0"),
        (lambda: score([{"beds": 6}], OPTIONS), "from 0 to 5, got 6"),
        (lambda: score([], OPTIONS, lowest=5, highest=5), "above lowest 5, got 5"),
    ):
        with pytest.raises(ValueError, match=said):
            wrong()
