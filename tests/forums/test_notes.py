"""Notes of a meeting: every line is there once, and what is written reads back the same."""

from dataclasses import replace
from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.forums.formats.notes import (
    KnownOrganisation,
    KnownPerson,
    KnownPost,
    Meeting,
    NoteLine,
    Owner,
    Roster,
    read,
    write,
)
from headway.forums.formats.notes.dates import due_in
from tests.forums.meeting import MEETING, ROSTER
from tests.forums.test_notes_lines import rows

LINES = [row["line"] for row in rows("notes_lines.csv")]
PIECES = st.sampled_from(
    [
        *LINES,
        "", "  ", "\t- ", "## Action items", "Decisions:", "Ideas", "  by March 20", "[= x]",
        "Will do:", "- [x] ", "* * *", "**", "[=", "\\", "Will do: a [= Simpson; by 2026-99-99]",
        "(Maria", "by", "before the", "0/0", "2/29", "9998-12-31", "in 999 years", "99/99/9999",
    ]
)  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(),
    st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=12).flatmap(
        lambda parts: st.sampled_from(["\n", "\r\n", " ", "\r"]).map(lambda end: end.join(parts))
    ),
)
NAME = st.text(min_size=1, max_size=12)
ROSTERS = st.builds(
    lambda names, people, labels: Roster(
        tuple(KnownOrganisation(f"o{at}", name, (name[:3],)) for at, name in enumerate(names)),
        tuple(KnownPerson(f"p{at}", name, (f"o{at}",)) for at, name in enumerate(people)),
        tuple(KnownPost(f"s{at}", name, "o0", "p0") for at, name in enumerate(labels)),
    ),
    st.lists(NAME, max_size=3),
    st.lists(NAME, max_size=3),
    st.lists(NAME, max_size=2),
)


def one(text: str, *, meeting: Meeting = MEETING, roster: Roster = ROSTER) -> NoteLine:
    (line,) = read(text, roster=roster, meeting=meeting)
    return line


def meaning(line: NoteLine) -> tuple[object, ...]:
    """What of a line must survive writing and reading."""
    if not line.is_record:
        return (line.kind.value, line.source)
    return (line.kind.value, line.what, line.owners.value, line.due.value)


@given(ANY_TEXT)
@settings(deadline=None)
def test_any_text_is_read_and_every_line_appears_exactly_once(text: str) -> None:
    lines = read(text, roster=ROSTER, meeting=MEETING)
    assert [line.source for line in lines] == [text[line.start : line.end] for line in lines]
    numbers = [number for line in lines for number in range(line.first, line.last + 1)]
    assert numbers == list(range(1, len(numbers) + 1))
    ends = [*[line.start for line in lines[1:]], len(text)] if lines else []
    between = [text[line.end : end] for line, end in zip(lines, ends, strict=True)]
    assert all(end in {"\n", "\r\n", "\r", ""} for end in between)
    assert lines == () or lines[0].start == 0


@given(ANY_TEXT)
@settings(deadline=None)
def test_what_is_written_reads_back_the_same_and_sure(text: str) -> None:
    lines = read(text, roster=ROSTER, meeting=MEETING)
    again = read(write(lines, roster=ROSTER), roster=ROSTER, meeting=MEETING)
    assert [meaning(line) for line in again] == [meaning(line) for line in lines]
    assert not any(line.unsure for line in again if line.is_record)


@given(ROSTERS, ANY_TEXT)
@settings(deadline=None)
def test_any_roster_is_read_and_written(roster: Roster, text: str) -> None:
    owners = tuple(Owner(each.organisations[0], each.key) for each in roster.people)
    lines = read(text, roster=roster, meeting=MEETING)
    corrected = [corrected_to(line, owners) for line in lines]
    again = read(write(corrected, roster=roster), roster=roster, meeting=MEETING)
    assert [meaning(line) for line in again] == [meaning(line) for line in corrected]


def corrected_to(line: NoteLine, owners: tuple[Owner, ...]) -> NoteLine:
    """The line as somebody corrected its owners."""
    return replace(line, owners=replace(line.owners, value=owners)) if line.is_record else line


def test_a_corrected_line_is_written_for_people() -> None:
    line = one("Will do: Maria (St. Stephen's) will call the two shelters by March 20.")
    written = write([line], roster=ROSTER)
    expected = "[= St. Stephen's Human Services / Maria Lopez; by 2026-03-20]"
    assert written == f"Will do: call the two shelters {expected}\n"
    assert line.what == "call the two shelters"


def test_a_list_under_a_heading_takes_its_kind() -> None:
    text = "## Action items\n- Grace to call by 3/20\n- Simpson: beds\n\nGrace was late."
    kinds = [line.kind.value for line in read(text, roster=ROSTER, meeting=MEETING)]
    assert kinds == ["note", "will_do", "will_do", "note", "note"]


def test_lines_under_a_heading_without_bullets_are_not_sure() -> None:
    heading, line = read("Decisions\nThe group meets monthly", roster=ROSTER, meeting=MEETING)
    assert (heading.kind.value, line.kind.value, line.kind.sure) == ("note", "decided", False)


def test_an_indented_line_belongs_to_the_record_above() -> None:
    text = "Will do: Grace to collect\n   exit interviews by 3/20\nA note\n   indented"
    record, note, below = read(text, roster=ROSTER, meeting=MEETING)
    assert (record.first, record.last) == (1, 2)
    assert record.what == "collect exit interviews"
    assert (note.first, below.first) == (3, 4)


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("by 12/5", "2026-12-05"),
        ("by Feb 20", None),
        ("by 13/5", None),
        ("by Friday", "2026-03-13"),
        ("by Thursday", "2026-03-19"),
        ("within 5 business days", "2026-03-19"),
        ("by end of year", "2026-12-31"),
        ("by the 5th", "2026-04-05"),
        ("by noon on March 20", "2026-03-20"),
        ("before Friday", "2026-03-12"),
        ("before Q3", "2026-06-30"),
        ("by the end of next month", "2026-04-30"),
        ("by March 3, 2026", None),
        ("by 3/20 or 3/27", None),
        ("until May 1", None),
        ("in two weeks, then again in May", None),
        ("by Feb 31", None),
        ("by 12/31/10000", None),
        ("by 2026-02-31", None),
        ("24/7", ""),
        ("50/50", ""),
        ("since January", ""),
        ("from 9:00 to 10:00", ""),
        ("by email", ""),
        ("and may call", ""),
    ],
)
def test_a_deadline_is_counted_from_the_meeting_or_not_sure(words: str, end: str | None) -> None:
    found = due_in(f"open the house {words}", MEETING)
    assert found.sure == (end is not None)
    if end is not None:
        assert (found.value.end.isoformat() if found.value else "") == end


@pytest.mark.parametrize("day", ["Feb 31", "12/31/10000"])
def test_a_day_that_no_calendar_has_is_kept_as_it_was_said(day: str) -> None:
    line = one(f"Will do: City of Minneapolis will open the armory by {day}")
    assert (line.due.value, line.due.said) == (None, f"by {day}")
    assert line.unsure


def test_the_next_meeting_is_a_date_only_where_it_is_known() -> None:
    text = "Will do: Grace to report by the next meeting"
    assert one(text).due.value == one("Will do: Grace to report by 4/9").due.value
    unknown = one(text, meeting=Meeting(date(2026, 3, 12)))
    assert (unknown.due.value, unknown.due.sure) == (None, False)


@pytest.mark.parametrize(
    "text",
    [
        "Will do: Lakeview Church will host the dinner",
        "Will do: Simpson and Lakeview to host the dinner",
        "Will do: Maria will call",
        "Will do: St. Stephen's van needs repair",
        "Will do: City offices to be painted",
        "Will do: the list to be sent by Grace",
        "Will do: Grace with YouthLink will call",
        "Will do: we will call",
        "Will do: Simpson needs a letter from the County",
        "Will do: Kate thinks the City should call Avivo",
        "Will do: Link to the survey will be sent",
        "Will do: PSP will do intake; Avivo will do outreach",
        "Will do: John (Simpson) to fix the door",
        "Will do: the board chair to sign",
        "Will do: Sam or Grace to send the list",
        "Will do: County staff to draft the memo",
    ],
)
def test_an_owner_that_may_be_another_is_never_sure(text: str) -> None:
    assert not one(text).owners.sure


def test_a_person_of_two_organisations_is_not_sure() -> None:
    roster = Roster(
        (KnownOrganisation("a", "Avivo"), KnownOrganisation("b", "Bremer Foundation")),
        (KnownPerson("m", "Mo Hill", ("a", "b")),),
    )
    assert not one("Will do: Mo to call", roster=roster).owners.sure
    sure = one("Will do: Mo (Bremer) to call", roster=roster)
    assert sure.kind.sure


def test_very_long_notes_are_read_in_reasonable_time() -> None:
    begun = process_time()
    read("\n".join(LINES * 20), roster=ROSTER, meeting=MEETING)
    read("Will do: by " * 20_000, roster=ROSTER, meeting=MEETING)
    read("(" * 100_000 + " \t-" * 20_000, roster=ROSTER, meeting=MEETING)
    assert process_time() - begun < 10
