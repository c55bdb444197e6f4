from fractions import Fraction
from itertools import product

import pytest

from headway_analysis.decision_rule import Count, Rule, result_of, votes_needed

SHARES = [Fraction(1, 2), Fraction(3, 5), Fraction(2, 3), Fraction(3, 4)]


def test_two_thirds_of_seven_with_five_present_are_four() -> None:
    rule = Rule(seats=7, basis="present", share=Fraction(2, 3), more_than=False)

    assert votes_needed(rule, present=5) == 4


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("more_than", [True, False])
@pytest.mark.parametrize("basis", ["members", "present", "voting"])
def test_the_votes_needed_are_the_fewest_that_satisfy_the_words(
    share: Fraction, more_than: bool, basis: str
) -> None:
    for seats in range(1, 10):
        rule = Rule(seats=seats, basis=basis, share=share, more_than=more_than)
        for present in range(seats + 1):
            for voting in range(present + 1):
                base = {"members": seats, "present": present, "voting": voting}[basis]
                enough = [
                    yes
                    for yes in range(1, seats + 2)
                    if (yes > share * base if more_than else yes >= share * base)
                ]
                assert votes_needed(rule, present=present, voting=voting) == enough[0]


def test_one_more_yes_never_turns_an_adopted_request_down() -> None:
    for yes, no, abstained in product(range(6), repeat=3):
        if yes + no + abstained >= 9:
            continue
        for basis, share in product(["members", "present", "voting"], SHARES):
            rule = Rule(seats=9, basis=basis, share=share, quorum=3)
            if result_of(rule, Count(yes, no, abstained)) == "adopted":
                assert result_of(rule, Count(yes + 1, no, abstained)) == "adopted"


def test_an_abstention_counts_against_only_where_those_present_are_counted() -> None:
    vote = Count(yes=3, no=2, abstained=2)

    assert result_of(Rule(seats=7, basis="voting"), vote) == "adopted"
    assert result_of(Rule(seats=7, basis="present"), vote) == "not_adopted"
    assert result_of(Rule(seats=7, basis="members"), vote) == "not_adopted"


def test_without_a_quorum_nothing_is_decided() -> None:
    assert result_of(Rule(seats=7, quorum=4), Count(yes=3, no=0)) == "no_quorum"
    assert result_of(Rule(seats=7, quorum=4), Count(yes=3, no=0, abstained=1)) == "adopted"


@pytest.mark.parametrize(
    ("tie", "result"), [("fails", "not_adopted"), ("chair", "tie_for_the_chair")]
)
def test_a_tie_fails_unless_the_chair_decides(tie: str, result: str) -> None:
    assert result_of(Rule(seats=6, tie=tie), Count(yes=3, no=3)) == result


def test_the_chair_cannot_mend_a_missing_two_thirds() -> None:
    rule = Rule(seats=6, share=Fraction(2, 3), more_than=False, tie="chair")

    assert result_of(rule, Count(yes=3, no=3)) == "not_adopted"
    assert result_of(Rule(seats=7, basis="members", tie="chair"), Count(2, 2)) == "not_adopted"


def test_a_veto_stands_unless_enough_seats_overrule_it() -> None:
    rule = Rule(seats=13, override=Fraction(9, 13))

    assert result_of(rule, Count(yes=8, no=5), vetoed=True) == "vetoed"
    assert result_of(rule, Count(yes=9, no=4), vetoed=True) == "adopted"
    assert result_of(Rule(seats=13), Count(yes=13, no=0), vetoed=True) == "vetoed"


@pytest.mark.parametrize(
    ("wrong", "bound"),
    [
        ({"seats": 0}, "seats must be 1 or more, got 0"),
        ({"seats": 7, "quorum": 8}, "quorum must be 0 to 7, got 8"),
        ({"seats": 7, "share": Fraction(0)}, "share must be above 0 and at most 1, got 0"),
        ({"seats": 7, "share": Fraction(1)}, "cannot be exceeded"),
        ({"seats": 7, "override": Fraction(3, 2)}, "override must be above 0 and at most 1"),
        ({"seats": 7, "basis": "all"}, "basis must be one of"),
    ],
)
def test_what_can_be_no_rule_is_refused(wrong: dict[str, object], bound: str) -> None:
    with pytest.raises(ValueError, match=bound):
        Rule(**wrong)


def test_more_votes_than_seats_are_refused() -> None:
    with pytest.raises(ValueError, match="votes and abstentions must be 0 to 7, got 8"):
        result_of(Rule(seats=7), Count(yes=5, no=3))
    with pytest.raises(ValueError, match="voting must be 0 to 4, got 5"):
        votes_needed(Rule(seats=7), present=4, voting=5)
    with pytest.raises(ValueError, match="no must be 0 or more, got -1"):
        Count(yes=1, no=-1)
