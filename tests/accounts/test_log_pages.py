import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from headway.accounts import actions
from headway.accounts.actor import Actor
from headway.accounts.events import Subject, accounts_stream, append_event, erase_values
from headway.accounts.formats.log_csv import LogLine, write_log
from headway.accounts.models import Authority
from headway.accounts.queries.log import LogFilter, log_events
from tests.accounts.conftest import DAY, NOON, People


@pytest.fixture
def history(ada: Actor, county: Authority, people: People) -> None:
    actions.change_authority(
        by=ada, authority=county, name="=HYPERLINK(1)", zone=county.zone, language="en"
    )
    role = actions.grant_role(
        by=ada, authority=county, email="mo@partner.example", role="registrar", starts_on=DAY
    )
    later = Actor(kind="user", at=NOON + timedelta(days=2), user=people.administrator)
    actions.end_role(by=later, role=role, because="<i>moved</i>")


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    answer: Any = client.get(f"/settings/log.csv{query}")
    assert answer.streaming
    assert "no-store" in answer["Cache-Control"]
    text = answer.getvalue().decode()
    assert text.startswith("\ufeff"), "a spreadsheet program reads accents right"
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.usefixtures("history")
def test_the_log_shows_who_did_what_with_old_and_new_values(as_ada: Client) -> None:
    """Row 77."""
    page = as_ada.get("/settings/log/").content.decode()
    for words in ("took a role away", "Mo", "Ada", "role: registrar → none", "&lt;i&gt;moved"):
        assert words in page


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        ("?verb=role_taken_away", {"role_taken_away"}),
        ("?person=ada&since=2026-03-28", {"role_taken_away"}),
        ("?person=ada&until=2026-03-27", {"authority_changed", "role_granted"}),
        ("?person=nobody", set()),
        ("?since=2026-03-29&until=2026-03-28", set()),
    ],
)
def test_the_log_is_filtered_alike_on_the_page_and_in_the_export(
    as_ada: Client, query: str, verbs: set[str]
) -> None:
    assert {line["verb"] for line in exported(as_ada, query)} == verbs
    page = as_ada.get(f"/settings/log/{query}")
    assert page.status_code == 200
    assert len(page.context["page"].table.rows) == len(verbs)


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("query", "status"),
    [("?since=yesterday", 422), ("?verb=%F0", 422), ("?page=-3", 200), ("?person=%ED%A0", 422)],
)
def test_a_filter_that_cannot_be_read_is_no_failure(
    as_ada: Client, query: str, status: int
) -> None:
    assert as_ada.get(f"/settings/log/{query}").status_code == status
    assert as_ada.get(f"/settings/log.csv{query}").status_code == 200


@pytest.mark.usefixtures("history")
def test_the_export_holds_every_value_and_no_formula(as_ada: Client) -> None:
    lines = exported(as_ada)
    name = next(line for line in lines if line["verb"] == "authority_changed")
    assert (name["old"], name["new"]) == ("Hennepin County", "'=HYPERLINK(1)")
    assert {line["who"] for line in lines} == {"", "ada@county.example"}


def test_the_log_cannot_be_edited(as_ada: Client, ada: Actor, history: None) -> None:
    for method in ("put", "patch", "delete"):
        before = exported(as_ada)
        getattr(as_ada, method)("/settings/log/")
        assert exported(as_ada) == before


def test_an_erased_value_shows_as_erased(
    as_ada: Client, ada: Actor, county: Authority, people: People, history: None
) -> None:
    subject = Subject("account", people.member.pk)
    erase_values(
        by=ada, stream=accounts_stream(county), subject=subject, because="asked to be forgotten"
    )
    page = as_ada.get("/settings/log/").content.decode()
    assert "role: erased" in page
    assert "asked to be forgotten" in page
    assert {line["erased"] for line in exported(as_ada, "?verb=role_granted&person=ada")} == {"yes"}


def test_a_long_log_comes_in_pages_with_as_many_queries(
    as_ada: Client,
    ada: Actor,
    county: Authority,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    stream = accounts_stream(county)
    for number in range(120):
        append_event(
            stream=stream,
            by=ada,
            verb="token_made",
            subject=Subject("api_token", county.pk, f"token {number}"),
            changes={"scopes": ("", "a")},
        )
    with django_assert_max_num_queries(12):
        page = as_ada.get("/settings/log/?page=2")
    assert page.context["page"].table.pages >= 3
    assert len(exported(as_ada)) >= 240


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "'=1+1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    line = LogLine(1, "", "", "user", "", "made", "a", "b", cell, "", "", "")
    (read,) = csv.DictReader(io.StringIO("".join(write_log([line])), newline=""))
    assert read["field"] == f"'{cell}"


@pytest.mark.usefixtures("history")
def test_the_first_and_the_last_day_of_all_are_days_like_any_other(county: Authority) -> None:
    everything = log_events(county, LogFilter()).count()
    assert log_events(county, LogFilter(since=date.min, until=date.max)).count() == everything


def test_the_format_needs_no_database() -> None:
    line = LogLine(
        1, "2026-03-27T17:00:00+00:00", "ada@x", "user", "", "made", "a", "b", "f", "", 'x"y', ""
    )
    text = "".join(write_log([line]))
    (read,) = csv.DictReader(io.StringIO(text))
    assert (read["position"], read["new"]) == ("1", 'x"y')
