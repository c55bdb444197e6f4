"""The directory's files: what is read, what is refused, and that write-then-read is the same."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.core.spreadsheets import guarded, unguarded
from headway.directory.formats import organisations_csv, people_csv, popolo_json
from headway.directory.formats.cells import is_web_address, joined, split, title_and_address
from headway.directory.formats.encoding import decode
from headway.directory.formats.problem import Problem
from headway.directory.formats.records import (
    KINDS,
    SECTORS,
    AreaRecord,
    OrganisationRecord,
    PersonRecord,
    PostRecord,
)
from headway_analysis.similarity import fold

LINE = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"], include_characters=" "),
    max_size=40,
).map(lambda text: " ".join(text.split()))
NAME = LINE.filter(lambda text: bool(fold(text)))
WORD = st.text(st.characters(categories=["Ll", "Nd"]), min_size=1, max_size=12)
NUMBER = st.from_regex(r"\A[A-Z]{1,3}[0-9]{4,8}\Z")
NAMES = st.lists(LINE.filter(bool), max_size=3, unique=True).map(tuple)
DATE = st.sampled_from(["", "2006", "2006-11", "2006-11-28", "autumn 2007", "c. 2016"])
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n")).map(
    str.strip
)
URL = WORD.map(lambda word: f"https://example.org/{word}")
SECTOR = st.sampled_from(["", *SECTORS])

organisations = st.lists(
    st.builds(
        OrganisationRecord,
        name=NAME,
        kind=st.sampled_from(KINDS),
        sector=SECTOR,
        identifiers=st.lists(st.tuples(WORD.map(str.lower), NUMBER), max_size=2, unique=True).map(
            lambda pairs: tuple(sorted(pairs))
        ),
        other_names=NAMES,
        parent=LINE,
        area=LINE,
        founded=DATE,
        website=st.one_of(st.just(""), URL),
        description=TEXT,
        source=st.just("The plan"),
        source_url=st.one_of(st.just(""), URL),
    ),
    max_size=6,
    unique_by=lambda one: (fold(one.name), one.kind),
)
people = st.lists(
    st.builds(
        PersonRecord,
        name=NAME,
        email=st.one_of(st.just(""), WORD.map(lambda word: f"{word}@example.org")),
        other_names=NAMES,
        organization=NAME,
        post=LINE,
        role=LINE,
        starts=DATE,
        source=st.just(""),
        id=st.uuids().map(str),
    ),
    max_size=6,
)


def read_back(module, pieces):
    return [record for record, _problems in module.read("".join(pieces)).rows]


def problems_of(reading):
    return [problem for _record, problems in reading.rows for problem in problems]


def codes(found):
    return [problem.code for problem in found]


@given(organisations)
@settings(deadline=None, max_examples=50)
def test_organisations_written_and_read_again_are_the_same(records):
    assert read_back(organisations_csv, organisations_csv.write(records)) == records


@given(people)
@settings(deadline=None, max_examples=50)
def test_people_written_and_read_again_are_the_same(records):
    assert read_back(people_csv, people_csv.write(records)) == records


@st.composite
def documents(draw):
    areas = tuple(
        AreaRecord(name, "county", draw(WORD), id=f"area-{number}")
        for number, name in enumerate(draw(st.lists(NAME, max_size=2)))
    )
    homes = tuple(
        OrganisationRecord(
            name,
            draw(st.sampled_from(KINDS)),
            draw(SECTOR),
            founded=draw(DATE),
            area=areas[0].name if areas else "",
            area_id=areas[0].id if areas else "",
            description=draw(TEXT),
            other_names=draw(NAMES),
            id=f"org-{number}",
        )
        for number, name in enumerate(draw(st.lists(NAME, min_size=1, max_size=4)))
    )
    posts = tuple(
        PostRecord(home.name, home.id, label, starts=draw(DATE), id=f"post-{home.id}-{number}")
        for home in homes
        for number, label in enumerate(draw(st.lists(NAME, max_size=2, unique=True)))
    )
    members = []
    for number, name in enumerate(draw(st.lists(NAME, max_size=3))):
        person = {"name": name, "id": f"person-{number}", "other_names": draw(NAMES)}
        seats = draw(st.lists(st.sampled_from(posts), max_size=2)) if posts else []
        members += [
            PersonRecord(
                **person,
                organization=seat.organization,
                organization_id=seat.organization_id,
                post=seat.label,
                role=draw(LINE),
                starts=draw(DATE),
            )
            for seat in seats
        ] or [PersonRecord(**person)]
    return popolo_json.Document(areas, homes, posts, tuple(members))


@given(documents())
@settings(deadline=None, max_examples=50)
def test_a_popolo_document_written_and_read_again_is_the_same(document):
    text = "".join(popolo_json.write(document))
    json.loads(text)
    assert popolo_json.read(text) == document


@given(st.text())
def test_a_guarded_cell_is_no_formula_and_comes_back(cell):
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(cell)) == cell


@given(st.lists(LINE.filter(bool), max_size=5, unique=True))
def test_values_joined_in_one_cell_are_parted_again(values):
    assert split(joined(values)) == tuple(values)


@given(st.text(), st.sampled_from([organisations_csv, people_csv]))
@settings(deadline=None, max_examples=50)
def test_no_text_whatever_breaks_a_csv_reader(text, module):
    reading = module.read(text)
    list(reading.rows)


@given(
    st.text()
    | st.recursive(
        st.none() | st.text() | st.integers(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    [
                        *popolo_json.LISTS,
                        "id",
                        "name",
                        "label",
                        "other_names",
                        "sources",
                        "person_id",
                    ]
                ),
                inner,
            )
        ),
    ).map(json.dumps)
)
@settings(deadline=None, max_examples=50)
def test_no_text_whatever_breaks_the_popolo_reader(text):
    popolo_json.read(text)


@given(st.binary())
def test_no_bytes_whatever_break_the_decoder(raw):
    decode(raw)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_every_usual_encoding_is_told_apart_and_said(encoding, said):
    decoded = decode("name,sector\nCafé Guzmán,health\n".encode(encoding))
    assert decoded.encoding == said
    ((record, problems),) = organisations_csv.read(decoded.text).rows
    assert record.name == "Café Guzmán"
    assert problems == ()
    assert codes(decoded.problems) == ([] if said == "UTF-8" else ["encoding"])


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"PK\x03\x04 workbook", "workbook"),
        (b"\xd0\xcf\x11\xe0 old workbook", "workbook"),
        (b"%PDF-1.7", "binary"),
        (b"\x89PNG\r\n", "binary"),
    ],
)
def test_a_file_that_is_no_text_is_named_for_what_it_is(raw, code):
    assert codes(decode(raw).problems) == [code]


def test_a_missing_column_is_named_with_an_example_heading():
    (problem, *_rest) = organisations_csv.read("title,sector\nx,health\n").problems[-1:]
    assert (problem.code, problem.column) == ("missing_column", "name")
    assert problem.value.startswith("name,kind,sector")
    assert list(organisations_csv.read("title\nx\n").rows) == []


@pytest.mark.parametrize(
    "heading",
    [
        "Birth date",
        "DOB",
        "date_of_birth",
        "DateOfBirth",
        "SSN",
        "Social Security Number",
        "client id",
        "ClientID",
        "Case Number",
        "HMIS ID",
        "patient no",
        "Medicaid number",
    ],
)
@pytest.mark.parametrize("module", [organisations_csv, people_csv])
def test_columns_about_clients_are_refused_by_name(module, heading):
    reading = module.read(f"name,{heading}\nx,1\n")
    assert Problem(1, heading, "client_column") in reading.problems
    assert list(reading.rows) == []


def test_a_birth_date_in_a_popolo_file_is_refused_by_name():
    text = json.dumps({"persons": [{"id": "1", "name": "Ann", "birth_date": "1960-01-01"}]})
    document = popolo_json.read(text)
    assert document.problems == (Problem(0, "persons.birth_date", "client_column"),)
    assert document.people == ()


def test_a_social_security_number_in_any_cell_leaves_the_row_out():
    reading = organisations_csv.read("name,description\nShelter,guest 123-45-6789 slept here\n")
    ((record, problems),) = reading.rows
    assert record is None
    assert problems == (Problem(2, "description", "client_value"),)


def test_everything_readable_is_read_and_every_problem_has_its_place():
    text = (
        "name,sector,kind,website,founded,dissolved,identifiers,colour\n"
        "Good,Non-profit,Board,www.example.org,2006,,EIN:41-1,red\n"
        ",health,,,,,,\n"
        "Odd,aliens,castle,javascript:x,soon,,41-1,\n"
        "Back,health,,,2010,2009,,\n"
        "good,health,council,,,,,\n"
    )
    reading = organisations_csv.read(text)
    assert codes(reading.problems) == ["unknown_column"]
    rows = list(reading.rows)
    assert [record.name if record else None for record, _ in rows] == [
        "Good",
        None,
        "Odd",
        "Back",
        None,
    ]
    assert rows[0][0].website == "https://www.example.org"
    assert rows[0][0].kind == "arena"
    assert rows[0][0].identifiers == (("ein", "41-1"),)
    found = [(problem.row, problem.column, problem.code) for _r, ps in rows for problem in ps]
    assert sorted(found) == [
        (3, "name", "no_name"),
        (4, "founded", "not_a_date"),
        (4, "identifiers", "not_an_identifier"),
        (4, "kind", "not_a_kind"),
        (4, "sector", "not_a_sector"),
        (4, "website", "not_an_address"),
        (5, "dissolved", "ends_first"),
        (6, "name", "duplicate"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_found_in_the_heading(delimiter):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([["name", "sector"], ["A, B", "faith"]])
    ((record, _problems),) = organisations_csv.read(text.getvalue()).rows
    assert (record.name, record.sector) == ("A, B", "faith")


def test_nul_long_cells_and_open_quotes_are_problems_of_their_row():
    text = 'name,description\nA\x00B,x\nC,"' + "y" * 200_000 + '"\nD,' + "z" * 6_000 + "\nE,fine\n"
    rows = list(organisations_csv.read(text).rows)
    assert codes(problems_of(organisations_csv.read(text)))[:1] == ["broken_sign"]
    assert rows[-1][0].name == "E"
    assert rows[-1][0].row == 5


def test_people_rows_name_a_role_only_with_an_organisation():
    text = (
        "name,email,role,organization,starts,ends\n"
        "Ann,nope,chair,,2006,\n"
        "Bob,,member,Office,2007,2006\n"
    )
    rows = list(people_csv.read(text).rows)
    assert [(p.row, p.code) for _r, ps in rows for p in ps] == [
        (2, "not_an_email"),
        (2, "role_without_organisation"),
        (3, "ends_first"),
    ]


def test_references_to_nothing_are_named_in_a_popolo_file():
    text = json.dumps(
        {
            "organizations": [{"id": "o", "name": "Office", "parent_id": "gone"}],
            "persons": [{"id": "p", "name": "Ann"}],
            "memberships": [{"person_id": "ghost", "organization_id": "o"}],
        }
    )
    document = popolo_json.read(text)
    assert [(one.column, one.code) for one in document.problems] == [
        ("organizations.parent_id", "no_such_id"),
        ("memberships.person_id", "no_such_id"),
    ]
    assert [one.name for one in document.people] == ["Ann"]


@pytest.mark.parametrize("text", ["", "{", "[]", "1", '{"x": 1}', "[" * 100_000, '"' + "9" * 5000])
def test_a_file_that_is_no_popolo_says_so(text):
    assert popolo_json.read(text).problems[0].stops_file


def test_only_web_addresses_count_as_addresses():
    assert is_web_address("https://www.hennepin.us/x")
    for text in ("javascript:alert(1)", "//x", "ftp://x.y", "https://", "https://a b", "http://[x"):
        assert not is_web_address(text), text
    assert title_and_address("https://x.y") == ("https://x.y", "https://x.y")


def test_one_hundred_thousand_rows_are_read_one_by_one():
    def rows():
        yield "name,sector\n"
        yield from (f"Organization {number},health\n" for number in range(100_000))

    reading = organisations_csv.read("".join(rows()))
    assert sum(record is not None for record, _problems in reading.rows) == 100_000
