from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import DjangoAssertNumQueries

from headway.accounts.models import User
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.core.templatetags.page import may_break

COLUMNS = (
    Column("name", "Name", sort="name"),
    Column("promises", "Promises", sort="promises", numeric=True),
    Column("note", "Note"),
)
ROWS = [
    {"name": "beta", "promises": 3, "note": "x"},
    {"name": "Alpha", "promises": None, "note": ""},
    {"name": "gamma", "promises": 1, "note": None},
]


def page(query: str, rows: Any = ROWS, size: int = 50) -> TablePage:
    return table_page(rows, COLUMNS, QueryDict(query), size=size)


def names(table: TablePage) -> list[object]:
    return [row[0].value for row in table.rows]


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("", ["beta", "Alpha", "gamma"]),
        ("sort=name", ["Alpha", "beta", "gamma"]),
        ("sort=-name", ["gamma", "beta", "Alpha"]),
        ("sort=promises", ["gamma", "beta", "Alpha"]),
        ("sort=-promises", ["beta", "gamma", "Alpha"]),
        ("sort=note", ["beta", "Alpha", "gamma"]),
        ("sort=--name", ["beta", "Alpha", "gamma"]),
        ("sort=password", ["beta", "Alpha", "gamma"]),
    ],
)
def test_rows_come_in_the_order_asked_for_and_unknown_values_last(
    query: str, order: list[str]
) -> None:
    assert names(page(query)) == order


def test_a_heading_turns_the_order_round_and_goes_back_to_the_first_page() -> None:
    table = page("sort=name&page=2&topic=shelter", size=2)
    assert table.heads[0].direction == "ascending"
    assert table.heads[0].href == "?sort=-name&topic=shelter"
    assert table.heads[1].href == "?sort=promises&topic=shelter"
    assert table.heads[2].href == ""


def test_paging_says_where_one_is() -> None:
    table = page("page=2", rows=[{"name": str(n)} for n in range(5)], size=2)
    assert (table.first, table.last, table.total, table.pages) == (3, 4, 5, 3)
    assert table.before == "?page=1"
    assert table.after == "?page=3"
    assert [link.current for link in table.links] == [False, True, False]


def test_two_tables_on_a_page_keep_apart() -> None:
    query = QueryDict("late-sort=-name&sort=name")
    late = table_page(ROWS, COLUMNS, query, name="late")
    assert late.heads[0].direction == "descending"
    assert late.heads[1].href == "?late-sort=promises&sort=name"


@given(st.text(max_size=30), st.text(max_size=30))
def test_nonsense_in_the_address_counts_as_not_said(sort: str, number: str) -> None:
    query = QueryDict(mutable=True)
    query["sort"], query["page"] = sort, number
    table = table_page(ROWS, COLUMNS, query, size=2)
    assert 1 <= table.number <= 2
    assert len(table.rows) >= 1


@given(st.integers(0, 40), st.integers(1, 9), st.integers(-3, 60))
def test_the_pages_together_hold_every_row_once(count: int, size: int, asked: int) -> None:
    rows = [{"name": number} for number in range(count)]
    pages = page("", rows, size).pages
    found = [name for n in range(1, pages + 1) for name in names(page(f"page={n}", rows, size))]
    assert found == list(range(count))
    assert page(f"page={asked}", rows, size).number <= pages


PEOPLE = (Column("email", "E-mail", sort="email"), Column("name", "Name", sort="name"))


@pytest.fixture
def people(db: None) -> None:
    for number in range(7):
        User.objects.create(email=f"p{number}@hennepin.example", name="Same name")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("query", "queries", "rows"),
    [("", 2, 3), ("page=2", 2, 3), ("page=3", 1, 1), ("page=999999", 3, 1), ("sort=-email", 2, 3)],
)
def test_a_queryset_is_counted_at_most_once(
    django_assert_num_queries: DjangoAssertNumQueries, query: str, queries: int, rows: int
) -> None:
    with django_assert_num_queries(queries):
        table = table_page(User.objects.all(), PEOPLE, QueryDict(query), size=3)
    assert len(table.rows) == rows
    assert table.total == 7


@pytest.mark.usefixtures("people")
def test_a_list_that_fits_its_page_is_not_counted(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        assert table_page(User.objects.all(), PEOPLE, QueryDict("")).total == 7


@pytest.mark.usefixtures("people")
def test_ties_break_alike_on_every_page() -> None:
    found = [
        row[0].value
        for number in range(1, 4)
        for row in table_page(
            User.objects.all(), PEOPLE, QueryDict(f"sort=name&page={number}"), size=3
        ).rows
    ]
    assert len(set(found)) == 7


@pytest.mark.usefixtures("people")
def test_rows_are_built_by_the_caller() -> None:
    table = table_page(
        User.objects.all(),
        PEOPLE,
        QueryDict("sort=email"),
        build=lambda user: {"email": TextLink(user.email, "/x/"), "name": ""},
    )
    assert [cell.kind for cell in table.rows[0]] == ["link", "unknown"]


def test_a_long_name_may_break_after_a_slash_and_stays_escaped() -> None:
    assert may_break("Minneapolis/Hennepin <b>") == "Minneapolis/<wbr>Hennepin &lt;b&gt;"


def test_a_run_of_thirty_letters_may_break_anywhere_in_its_middle() -> None:
    assert may_break("x" * 29) == "x" * 29
    assert may_break("y" * 30) == f"{'y' * 15}<wbr>{'y' * 15}"
    assert str(may_break("a short word and another")).count("<wbr>") == 0
