"""Tables of data points: what is read, what is refused, and that nothing is made twice."""

import io
from datetime import timedelta
from decimal import Decimal
from importlib import import_module

import openpyxl
import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from headway.accounts.models import Job
from headway.core.errors import RuleError
from headway.directory.models import Source
from headway.measures import actions
from headway.measures.formats import readings_table
from headway.measures.formats.readings_table import looks_like_a_person, number_of
from headway.measures.models import Reading, ReadingCell, ReadingsFile, Series
from headway.measures.queries.files import read_bytes
from tests.measures.making import NIGHT, a_measure
from tests.world import NOON, World

TABLE = b"""when,value,series,split by,group,why not counted,source
2019,400,HUD,,,,HUD report https://www.hud.gov/report
2019,4,HUD,age,young,,
2019,196,HUD,age,middle,,
2019,200,HUD,age,old,,
2020,410,HUD,,,,
2021,,HUD,,,Sheltered only that winter,
2020,55,City,,,,
"""


def kept(world: World, content: bytes = TABLE, name: str = "counts.csv") -> ReadingsFile:
    """A table that was looked over."""
    file = actions.keep_file(
        by=world.actor(),
        measure=a_measure(world),
        file_name=name,
        content=content,
        title="Counts of the county",
    )
    return actions.look_over_file(file_id=file.pk, now=NOON)


def brought_in(world: World, content: bytes = TABLE) -> ReadingsFile:
    """The same, brought in."""
    file = actions.confirm_file(by=world.actor(), file=kept(world, content))
    return actions.bring_in_readings(file_id=file.pk, now=NOON)


def test_a_table_becomes_series_with_gaps_and_hidden_groups(world: World) -> None:
    file = brought_in(world)
    assert file.state == ReadingsFile.State.DONE
    assert file.counts == {"points": 4, "groups": 3, "gaps": 1, "made": 4}
    assert sorted(Series.objects.values_list("record__title", flat=True)) == ["City", "HUD"]
    assert Reading.objects.get(gap="not_counted").note == "Sheltered only that winter"
    shown = dict(ReadingCell.objects.values_list("group", "value"))
    assert shown == {"young": None, "middle": None, "old": Decimal(200)}
    assert Reading.objects.filter(source__url="https://www.hud.gov/report").count() == 1
    assert file.sheet == {}


def test_the_same_table_again_makes_nothing(world: World) -> None:
    brought_in(world)
    again = brought_in(world)
    assert again.counts["made"] == 0
    assert Reading.objects.count() == 4


def test_a_row_that_is_refused_takes_its_source_back_and_no_other(world: World) -> None:
    table = b"when,value,source\n2019,400,HUD report\n2020,-5,City report\n2021,410,City report\n"
    file = brought_in(world, table + b"2022,-3,Nowhere else\n")
    assert file.counts["made"] == 2
    assert file.job is not None
    assert [each[:6] for each in file.job.problems] == ["Row 3:", "Row 5:"]
    recorded = set(Source.objects.values_list("pk", flat=True))
    assert set(Reading.objects.values_list("source_id", flat=True)) <= recorded
    titles = Reading.objects.order_by("happened_to").values_list("source__title", flat=True)
    assert list(titles) == ["HUD report", "City report"]


def test_of_a_used_table_no_byte_can_stand_anywhere(world: World) -> None:
    file = brought_in(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadingsFile.objects.filter(pk=file.pk).update(raw=TABLE)


def test_work_on_a_table_that_was_let_go_of_before_is_ended(world: World) -> None:
    file = kept(world)
    assert file.job is not None
    Job.objects.filter(pk=file.job.pk).update(state="running", ended_at=None)
    ReadingsFile.objects.filter(pk=file.pk).update(state="refused", raw=b"", sheet={})
    migration = import_module("headway.measures.migrations.0003_rows_brought_in_are_not_kept")
    migration.end_what_was_left(apps, None)
    file.job.refresh_from_db()
    assert (file.job.state, file.job.ended) == ("failed", True)


def test_a_forgotten_table_says_so_on_its_page_and_shows_no_work(world: World) -> None:
    file = kept(world)
    actions.forget_files(now=NOON + timedelta(days=3))
    page = world.client("convener").get(world.address("measures:file", file.pk)).content.decode()
    assert "its rows were deleted. Choose it again." in page
    assert file.job is not None
    assert reverse("accounts:job_progress", args=[file.job.pk]) not in page


def test_a_newer_table_corrects_and_keeps_what_was_said_before(world: World) -> None:
    brought_in(world)
    brought_in(world, TABLE.replace(b"2020,410", b"2020,415"))
    assert Reading.objects.standing().count() == 4
    assert Reading.objects.exclude(superseded_at=None).get().value == 410


@pytest.mark.parametrize(
    "heading", ["Client name", "date of birth", "SSN", "client_id", "Last Name", "HMIS number"]
)
def test_a_column_that_would_tell_who_somebody_is_is_refused_by_its_name(
    world: World, heading: str
) -> None:
    file = kept(world, f"when,value,{heading}\n2019,400,x\n".encode())
    assert file.state == ReadingsFile.State.REFUSED
    assert file.sheet == {}
    address = world.address("measures:file", file.pk)
    assert heading in world.client("convener").get(address).content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_of_a_long_table_with_names_is_stored_before_the_worker_looks(
    world: World, kind: str
) -> None:
    rows = [("when", "value", "Client name"), *((2019, count, "Ruth") for count in range(30_000))]
    content = "\n".join(",".join(map(str, row)) for row in rows).encode()
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for row in rows[:300]:
            book.active.append(row)
        out = io.BytesIO()
        book.save(out)
        content = out.getvalue()
    file = actions.keep_file(
        by=world.actor(),
        measure=a_measure(world),
        file_name=f"counts.{kind}",
        content=content,
        title="Counts",
    )
    file = ReadingsFile.objects.get(pk=file.pk)
    assert (file.state, bytes(file.raw), file.sheet, file.job) == ("refused", b"", {}, None)
    assert file.problems == [[1, "Client name", "client_column", ""]]


def test_a_social_security_number_in_a_cell_leaves_its_row_out(world: World) -> None:
    file = kept(world, b"when,value,note\n2019,400,123-45-6789\n2020,410,\n")
    assert file.counts["points"] == 1
    assert [problem[2] for problem in file.problems] == ["client_value"]


def test_a_row_whose_time_lies_ahead_is_listed_and_left_out(world: World) -> None:
    file = kept(world, b"when,value\n2019,400\n2999,410\n")
    assert file.counts["points"] == 1
    assert [problem[:3] for problem in file.problems] == [[3, "when", "ahead"]]
    address = world.address("measures:file", file.pk)
    page = world.client("convener").get(address).content.decode()
    assert "Choose a time that has begun: this one lies ahead." in page
    actions.confirm_file(by=world.actor(), file=file)
    assert actions.bring_in_readings(file_id=file.pk, now=NOON).counts["made"] == 1


def test_every_problem_is_told_with_its_row() -> None:
    table = b"when,value,dimension,group,people\nsoon,4,,,\n2019,about 9,,,\n2019,5,age,,\n,7,,,\n"
    table += b"2018,5,,,\n2018,6,,,\n2017,5,age,young,\n2016,,,,\n2015,1,,,many\n"
    found = read_bytes(table).found
    assert found is not None
    assert [(each.row, each.code) for each in found.problems] == [
        (2, "not_a_date"),
        (3, "not_a_number"),
        (4, "no_split"),
        (5, "no_when"),
        (9, "no_value"),
        (10, "not_people"),
        (7, "twice"),
        (8, "no_total"),
    ]


def test_a_workbook_is_read_like_a_table(world: World) -> None:
    book = openpyxl.Workbook()
    for row in (["Year", "Count"], [2019, 400], [2020, 410.5]):
        book.active.append(row)
    raw = io.BytesIO()
    book.save(raw)
    assert kept(world, raw.getvalue(), "counts.xlsx").counts["points"] == 2
    assert kept(world, b"PK\x03\x04 nothing", "counts.xlsx").state == ReadingsFile.State.REFUSED


def test_columns_are_given_their_meaning_by_hand(world: World) -> None:
    file = kept(world, b"Winter,People found\n2019,400\n")
    assert file.counts["points"] == 0
    with pytest.raises(RuleError):
        actions.map_file(by=world.actor(), file=file, mapping=["when", "when"])
    with pytest.raises(RuleError):
        actions.map_file(by=world.actor(), file=file, mapping=["when", ""])
    actions.map_file(by=world.actor(), file=file, mapping=["when", "value"])
    with pytest.raises(RuleError, match="still being looked over"):
        actions.confirm_file(by=world.actor(), file=file)
    mapped = actions.look_over_file(file_id=file.pk, now=NOON)
    assert mapped.counts["points"] == 1


def test_a_table_that_nobody_confirms_is_forgotten(world: World) -> None:
    file = kept(world, TABLE + b"2022,many,City,,,,\n")
    assert file.problems
    assert actions.forget_files(now=NOON + timedelta(days=1)) == 0
    assert actions.forget_files(now=NOON + timedelta(days=3)) == 1
    file.refresh_from_db()
    # A problem quotes the cell that it is about.
    assert (file.sheet, file.problems) == ({}, [])
    with pytest.raises(RuleError):
        actions.confirm_file(by=world.actor(), file=file)


def test_a_partner_brings_a_table_in_on_its_pages(world: World) -> None:
    measure, partner = a_measure(world), world.client("partner")
    sent = SimpleUploadedFile("counts.csv", TABLE, "text/csv")
    said = {"file": sent, "title": "Counts", "url": "", "visibility": "public"}
    answer = partner.post(world.address("measures:files", measure.pk), said, follow=True)
    assert "4 data points, 1 of them not counted" in answer.content.decode()
    file = ReadingsFile.objects.get()
    done = partner.post(world.address("measures:bring_in", file.pk), follow=True)
    assert "4 data points are new." in done.content.decode()
    assert NIGHT in done.content.decode()


def test_what_is_written_reads_back() -> None:
    rows = [{"when": "2019", "value": "400", "series": "HUD", "source": "HUD report"}]
    found = read_bytes("".join(readings_table.write(rows)).encode()).found
    assert found is not None
    assert [(each.whole.value, each.whole.series) for each in found.points] == [(400, "HUD")]


@pytest.mark.parametrize(
    ("said", "value"),
    [("2,984", 2984), ("-3.5", Decimal("-3.5")), ("12 %", 12), ("", None), ("n/a", None)],
)
def test_numbers_are_read_as_people_write_them(said: str, value: object) -> None:
    assert number_of(said) == (value, None)


@pytest.mark.parametrize("said", ["about 3", "1.2.3", "1,23", "٣", "NaN", "1e400", "9" * 30])
def test_what_is_no_number_is_none(said: str) -> None:
    assert number_of(said)[1] is not None


@pytest.mark.parametrize("heading", ["series name", "measure", "people", "source", "group"])
def test_ordinary_columns_are_no_persons(heading: str) -> None:
    assert not looks_like_a_person(heading)


def test_rows_that_wait_are_shown_to_nobody_but_who_brought_them(world: World) -> None:
    address = world.address("measures:file", kept(world, b"when,value\n2024,7\n").pk)
    heading = "The first data points as they are read"
    assert heading in world.client("convener").get(address).content.decode()
    other = world.client("partner").get(address)
    assert other.status_code == 200
    assert heading not in other.content.decode()


def test_a_table_is_not_kept_for_more_eyes_than_its_measure(world: World) -> None:
    measure = a_measure(world, visibility="members")
    table = SimpleUploadedFile("counts.csv", b"when,value\n2024,50\n")
    said = {"file": table, "title": "Counts", "visibility": "public"}
    address = world.address("measures:files", measure.pk)
    answer = world.client("convener").post(address, said)
    assert answer.status_code == 422
    assert "for members only" in answer.content.decode()
    assert not ReadingsFile.objects.exists()


def test_a_large_table_is_looked_over_by_the_worker_and_shows_how_far_it_is(world: World) -> None:
    rows = [f"{1900 + n % 100}-{1 + n % 12:02},{500 + n},Source {n // 1200}" for n in range(11_000)]
    table = "\n".join(["when,value,series", *rows]).encode()
    partner, measure = world.client("partner"), a_measure(world)
    sent = SimpleUploadedFile("counts.csv", table, "text/csv")
    said = {"file": sent, "title": "Counts", "url": "", "visibility": "public"}
    page = partner.post(world.address("measures:files", measure.pk), said, follow=True)
    file = ReadingsFile.objects.get()
    assert (file.state, file.sheet, file.counts) == (ReadingsFile.State.WAITING, {}, {})
    shown = page.content.decode()
    assert file.job is not None
    assert reverse("accounts:job_progress", args=[file.job.pk]) in shown
    assert "Read it so" not in shown
    assert partner.post(world.address("measures:bring_in", file.pk)).status_code == 302
    told: list[tuple[int, int]] = []
    found = read_bytes(table, report=lambda done, total: told.append((done, total)))
    assert found.found is not None
    assert told == [(done, 11_000) for done in range(1_000, 11_001, 1_000)]

    file = actions.look_over_file(file_id=file.pk, now=NOON)

    assert file.state == ReadingsFile.State.READ
    assert file.counts["points"] == len(found.found.points)
    assert len(file.sheet["rows"]) == 200
    assert "Read it so" in partner.get(world.address("measures:file", file.pk)).content.decode()
    again = partner.post(
        world.address("measures:file", file.pk),
        {"column0": "when", "column1": "value", "column2": ""},
    )
    assert again.status_code == 302
    file.refresh_from_db()
    assert file.state == ReadingsFile.State.WAITING
    file = actions.look_over_file(file_id=file.pk, now=NOON)
    assert file.counts["points"] < len(found.found.points)
    actions.confirm_file(by=world.actor(), file=file)
    done = actions.bring_in_readings(file_id=file.pk, now=NOON)
    assert (bytes(done.raw), done.sheet) == (b"", {})
    assert done.counts["made"] == Reading.objects.count() == file.counts["points"]


def test_of_a_table_that_was_refused_or_forgotten_no_byte_is_kept(world: World) -> None:
    refused = kept(world, b"when,value,Client name\n2019,400,Ruth\n")
    waits = kept(world)
    assert bytes(ReadingsFile.objects.get(pk=refused.pk).raw) == b""
    assert bytes(ReadingsFile.objects.get(pk=waits.pk).raw) == TABLE
    actions.forget_files(now=NOON + timedelta(days=3))
    assert bytes(ReadingsFile.objects.get(pk=waits.pk).raw) == b""
