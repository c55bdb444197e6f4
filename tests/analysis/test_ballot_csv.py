"""Ballots as CSV: round trip, and every kind of damage with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway_analysis.ballots.ballot_csv import read, write

OPTIONS = ("beds", "jobs; more", 'the "rent"')
CAST = st.lists(
    st.dictionaries(st.sampled_from(OPTIONS), st.integers(1, 9)), min_size=1, max_size=6
)


@given(CAST, st.booleans())
@settings(deadline=None)
def test_what_is_written_reads_the_same(cast, often) -> None:
    times = [place + 1 for place in range(len(cast))] if often else None
    found = read("".join(write(OPTIONS, cast, times)), "ranked")
    assert (found.options, found.problems) == (OPTIONS, ())
    assert list(found.ballots) == cast or any(not each for each in cast)
    assert list(found.times) == (times or [1] * len(cast)) or not often


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("", "ranked", "is empty"),
        ("voter,count\n1,2", "ranked", "line 1: names no option"),
        ("a,a\n1,2", "ranked", "line 1: the column “a” stands twice"),
        ("a,\n1,2", "ranked", "line 1: a column has no name"),
        ('a,"b\n1,2', "ranked", "line 1: has a quotation mark"),
        ("a,b\n1", "ranked", "line 2: has 1 cells, but the heading 2"),
        ("a,b\n1,0", "ranked", "line 2: “b” holds “0”; write a whole number from 1"),
        ("a,b\n1,1.5", "ranked", "line 2: “b” holds “1.5”"),
        ("a,b\n1,first", "ranked", "line 2: “b” holds “first”"),
        ("a,b\n\n1,2", "approval", "line 3: “b” holds “2”; write 1 or leave it empty"),
        ("a,b\n1,11", "score", "line 2: “b” holds “11”; write a whole number from 0 to 10"),
        ("a,count\n1,0", "score", "line 2: “count” holds “0”"),
        ("a,b\n1,\x00", "score", "line 2: holds a NUL sign"),
        ("a,b\n1,�", "score", "line 2: holds a sign that is not UTF-8"),
        ('a,b\n1,"2', "score", "line 2: has a quotation mark"),
    ],
)
def test_every_damage_is_named_with_its_line(text: str, kind, said: str) -> None:
    assert said in "\n".join(map(str, read(text, kind).problems))


@given(st.text(max_size=60) | st.text(st.sampled_from('a,b;"\n1\x00 -'), max_size=80))
@settings(deadline=None)
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    read(text, "ranked")


@pytest.mark.parametrize("taken", ["voter", "Count", " "])
def test_an_option_cannot_be_called_like_another_column(taken: str) -> None:
    with pytest.raises(ValueError, match="a name other than voter and count"):
        list(write([taken], []))
