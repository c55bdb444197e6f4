import time

from hypothesis import given
from hypothesis import strategies as st

from headway.core.difference import Stretch, difference


def test_a_changed_number_stands_out_and_the_rest_stays() -> None:
    assert difference("open 200 units", "open 250 units") == (
        Stretch("same", "open "),
        Stretch("out", "200"),
        Stretch("in", "250"),
        Stretch("same", " units"),
    )


@given(st.text(max_size=200), st.text(max_size=200))
def test_both_wordings_can_be_read_back(old: str, new: str) -> None:
    found = difference(old, new)
    assert "".join(part.text for part in found if part.kind != "in") == old
    assert "".join(part.text for part in found if part.kind != "out") == new


def test_the_longest_wordings_are_compared_within_seconds() -> None:
    old = "The county board meets again and again. " * 1250
    new = "Nobody on the council met twice or more. " * 1215
    began = time.perf_counter()
    found = difference(old, new)
    assert time.perf_counter() - began < 3
    assert "".join(part.text for part in found if part.kind != "in") == old
