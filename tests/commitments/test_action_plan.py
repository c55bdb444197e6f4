"""Action plans from spreadsheets: what is read, what is refused, and the first finding."""

from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.commitments.formats.action_plan import (
    ActionRow,
    Plan,
    Sheet,
    guess_mapping,
    read,
    read_csv,
    sheet_of,
    write,
)
from headway.commitments.formats.plan_words import due_of, is_stated, status_of

EXAMPLE = Path(__file__).parents[2] / "examples" / "heading-home-hennepin" / "actions.csv"
HEADING = "Recommendation,Action,Lead agency,Due date,Status,Reason,Source,Notes"


def plan(*lines: str, heading: str = HEADING) -> Plan:
    return read(read_csv("\n".join([heading, *lines])))


def problems(found: Plan) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.code) for one in found.problems]


def test_the_example_has_thirty_actions_and_nine_without_a_stated_owner() -> None:
    found = read(read_csv(EXAMPLE.read_text(encoding="utf-8")))
    assert found.mapping == ("goal", "action", "owner", "status", "source")
    assert (found.finding.actions, found.finding.without_owner) == (30, 9)
    assert all(problem.is_note for problem in found.problems)
    assert found.rows[0].owner == "Hennepin County"
    assert found.rows[0].source_url.startswith("https://")
    assert found.rows[4].status == "kept"


def test_a_row_becomes_an_action_with_date_and_state() -> None:
    found = plan("Outreach,Hire two workers,YouthLink,2026-03-20,In progress,,,soon")
    (row,) = found.rows
    assert (row.recommendation, row.action, row.owner) == (
        "Outreach", "Hire two workers", "YouthLink",
    )  # fmt: skip
    assert (row.status, row.notes, row.row) == ("under_way", "soon", 2)
    assert row.due is not None
    assert row.due.start == date(2026, 3, 20)
    assert found.problems == ()


def test_every_problem_is_listed_by_row_and_column() -> None:
    found = plan(
        ",,YouthLink,,,,,",
        "A,a,,someday,half done,,,",
        "B,b,,,dropped,,,",
        "A,a,,someday,half done,,,",
        f"C,{'c' * 2_001},,,,,,",
        "D,d,,,,,,,,left over",
        heading=f"{HEADING},Colour",
    )
    assert problems(found) == [
        (1, "Colour", "unknown_column"),
        (2, "action", "no_action"),
        (3, "status", "not_a_status"),
        (3, "due", "not_a_date"),
        (4, "reason", "no_reason"),
        (5, "status", "not_a_status"),
        (5, "due", "not_a_date"),
        (6, "action", "too_long"),
        (7, "", "too_many_cells"),
        (5, "action", "duplicate"),
    ]
    assert [row.action for row in found.rows] == ["a", "b", "C", "d"]


@pytest.mark.parametrize("heading", ["Date of Birth", "SSN", "client_id", "Case number"])
def test_a_column_about_clients_refuses_the_file_and_is_named(heading: str) -> None:
    assert plan("A,a,,,,,,").finding.actions == 1
    found = plan("A,a,,,,,,,x", heading=f"{HEADING},{heading}")
    assert (found.rows, problems(found)) == ((), [(1, heading, "client_column")])


def test_a_social_security_number_leaves_its_row_out_wherever_it_stands() -> None:
    found = plan("A,a,,,,,,,123-45-6789", "B,b,,,,,,,", heading=f"{HEADING},Colour")
    assert [row.action for row in found.rows] == ["b"]
    assert (2, "", "client_value") in problems(found)


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_an_empty_file_says_so(text: str) -> None:
    assert problems(read(read_csv(text))) == [(0, "", "empty")]


def test_a_file_without_actions_says_which_heading_is_missing() -> None:
    found = plan("x,y", heading="Owner,Due")
    assert problems(found) == [(1, "action", "missing_column")]


def test_a_mapping_chosen_by_a_person_is_followed_and_checked() -> None:
    sheet = read_csv("One,Two\nCall,Avivo")
    (row,) = read(sheet, ["action", "owner"]).rows
    assert (row.action, row.owner) == ("Call", "Avivo")
    for wrong in (["action", "action"], ["action", "colour"]):
        with pytest.raises(ValueError, match="each once"):
            read(sheet, wrong)


def test_a_heading_below_a_title_is_found_and_rows_are_counted_from_the_top() -> None:
    rows = [("Action plan 2026",), (), ("Action", "Who", "By when"), ("Call", None, None)]
    found = read(sheet_of(rows))
    assert (found.rows[0].action, found.rows[0].row) == ("Call", 4)


def test_cells_of_a_workbook_keep_their_days_and_numbers() -> None:
    cells = ("Call", datetime(2026, 3, 20, 9, 30, tzinfo=UTC), 7.0, date(2026, 4, 1), True)
    sheet = Sheet(("Action", "Due", "Notes", "Source", "Reason"), (cells, ("Ask", 2026)))
    first, second = read(sheet).rows
    assert (first.due_said, first.notes, first.source, first.reason) == (
        "2026-03-20", "7", "2026-04-01", "True",
    )  # fmt: skip
    assert second.due is not None
    assert second.due.end == date(2026, 12, 31)


def test_headings_in_many_words_are_understood() -> None:
    heading = ["Goal area", "Strategy", "Action Step", "Owner / Lead", "Target Date (est.)", "x"]
    expected = ("goal", "recommendation", "action", "owner", "due", "")
    assert guess_mapping(heading) == expected


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Done", "kept"), ("complete", "kept"), ("100%", "kept"), ("Kept", "kept"),
        ("In progress", "under_way"), ("underway", "under_way"), ("50 %", "under_way"),
        ("Not started", "not_started"), ("planned", "not_started"), ("0%", "not_started"),
        ("Overdue", "late"), ("behind schedule", "late"),
        ("Dropped", "not_going_ahead"), ("Cancelled: no money", "not_going_ahead"),
        ("", "not_recorded"), ("n/a", "not_recorded"), ("recommended 2006", "not_recorded"),
        ("not done", None), ("nearly done", None), ("done but late", None), ("blue", None),
        ("incomplete", None), ("on hold", None),
    ],
)  # fmt: skip
def test_states_are_understood_or_left_open(said: str, status: str | None) -> None:
    assert status_of(said) == status


def test_a_dropped_action_takes_its_reason_from_its_column_or_its_state() -> None:
    found = plan("A,a,,,dropped,No money,,", "B,b,,,Cancelled because the grant ended,,,")
    assert [row.reason for row in found.rows] == ["No money", "the grant ended"]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("2026-03-20", "2026-03-20"), ("3/20/2026", "2026-03-20"), ("March 2026", "2026-03-31"),
        ("by June 2026", "2026-06-30"), ("Q2 2026", "2026-06-30"), ("spring 2026", "2026-05-31"),
        ("end of 2026", "2026-12-31"), ("2009-2011", "2011-12-31"), ("2026", "2026-12-31"),
        ("end of June 2026", "2026-06-30"),
        ("5/12", None), ("June", None), ("when funded in 2026 or later", None),
        ("99/99/2026", None),
        ("2011-2009", None),
    ],
)  # fmt: skip
def test_a_date_needs_its_year(said: str, end: str | None) -> None:
    found = due_of(said)
    assert (found.end.isoformat() if found else None) == end


@pytest.mark.parametrize("said", ["", "not stated", "TBD", "n/a", "None", "-", "?", "unassigned"])
def test_words_for_nobody_are_no_owner(said: str) -> None:
    assert is_stated("Nobody's Housing Services")
    assert not is_stated(said)


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"], include_characters=" "),
    max_size=20,
).map(lambda text: " ".join(text.split()))
ROWS = st.lists(
    st.builds(
        ActionRow,
        action=WORDS.filter(bool),
        goal=WORDS,
        owner=WORDS.map(lambda text: text if is_stated(text) else ""),
        status=st.just("kept"),
        status_said=st.just("done"),
        due=st.just(due_of("Q2 2026")),
        due_said=st.just("Q2 2026"),
        source=st.just("The plan"),
        source_url=st.sampled_from(["", "https://example.org/plan"]),
        notes=WORDS,
    ),
    max_size=5,
    unique_by=lambda row: row.action.casefold(),
)


@given(ROWS)
@settings(deadline=None)
def test_what_is_written_reads_back_the_same(rows: list[ActionRow]) -> None:
    again = read(read_csv("".join(write(rows))))
    written = {row.action for row in again.rows}
    assert [row for row in rows if row.action in written] == list(again.rows)
    left_out = {problem.code for problem in again.problems}
    assert len(again.rows) == len(rows) or left_out & {"duplicate", "client_value"}


@given(st.text())
@settings(deadline=None)
def test_any_text_is_read(text: str) -> None:
    assert read(read_csv(text)).finding.actions >= 0
    assert read(read_csv(f"{HEADING}\n{text}")).finding.actions >= 0


def test_two_thousand_rows_are_read_well_below_ten_seconds() -> None:
    lines = [
        f"R{n},Do thing number {n},Hennepin County,Q{n % 4 + 1} 2026,In progress,,Plan,note {n}"
        for n in range(2_000)
    ]
    begun = process_time()
    found = plan(*lines)
    assert found.finding.actions == 2_000
    assert process_time() - begun < 5
