"""Results of a pilot from a file: looked over, worked out in the worker, the rows then gone."""

import json
import random
from datetime import timedelta
from hashlib import sha256
from importlib import import_module
from io import BytesIO

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from openpyxl import Workbook

from headway.accounts.models import Event, Job
from headway.commitments.formats.action_plan import read_csv
from headway.core.errors import RuleError
from headway.pilots import actions
from headway.pilots.formats.results_table import read
from headway.pilots.models import Pilot, PilotFinding, ResultsFile
from headway.pilots.queries.cautions import CAUTIONS, REFUSALS, caution_words
from headway.pilots.queries.results import looked_over
from headway.pilots.tasks import forget_results
from headway_analysis.experiment.words import CAVEATS
from headway_analysis.experiment.words import REFUSALS as ENGLISH
from tests.pilots.making import a_card, a_running_pilot
from tests.world import NOON, World

State = ResultsFile.State


def two_groups(effect: float = -9.0, each: int = 60) -> str:
    """A table in which what is tried lowers the outcome by about so much."""
    chance = random.Random(7)  # a table for a test
    rows = [
        f"{number},{number % 2},{round(29 + effect * (number % 2) + chance.gauss(0, 4), 3)}"
        for number in range(2 * each)
    ]
    return "\n".join(["family,treated,outcome", *rows])


def kept(world: World, text: str, name: str = "results.csv") -> ResultsFile:
    """A table brought along for a running pilot."""
    pilot = Pilot.objects.first() or a_running_pilot(world)
    file = actions.keep_results(
        by=world.actor(), pilot=pilot, file_name=name, content=text.encode()
    )
    return actions.look_over_results(file_id=file.pk, now=NOON)


def worked_out(world: World, text: str) -> ResultsFile:
    """The same, confirmed and worked out."""
    file = kept(world, text)
    actions.ask_to_work_out(by=world.actor(), file=file)
    actions.work_out(file_id=file.pk, now=NOON)
    file.refresh_from_db()
    return file


def test_a_file_becomes_a_finding_and_its_rows_are_gone(world: World) -> None:
    file = worked_out(world, two_groups())
    assert (file.state, file.sheet) == (State.DONE, {})
    found = PilotFinding.objects.get()
    assert file.finding == found
    assert found.through == PilotFinding.Through.WORKED_OUT
    assert found.input_sha256 == sha256(two_groups().encode()).hexdigest()
    assert found.estimate == pytest.approx(-9, abs=2)
    assert found.low is not None
    assert found.high is not None
    assert found.low < -9 < found.high
    assert (found.count, found.dropped, found.design) == (120, 0, "two-arm")
    page = world.client("evaluator").get(world.address("pilots:pilot", found.pilot_id))
    shown = page.content.decode()
    assert "worked out from a file" in shown
    assert "All of it is at least what was said to be worth it." in shown
    assert str(CAUTIONS["not_by_lot"]) in shown


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        (-9.0, "All of it is at least what was said to be worth it."),
        (-5.0, "It may be worth it or not: more would have to be known."),
        (6.0, "All of it is less than what was said to be worth it."),
    ],
)
def test_the_result_is_read_against_the_smallest_difference(
    world: World, effect: float, words: str
) -> None:
    file = worked_out(world, two_groups(effect))
    page = world.client().get(world.address("pilots:pilot", file.pilot_id))
    assert words in page.content.decode()


def test_cautions_are_kept_as_codes_with_numbers_and_shown_as_sentences(world: World) -> None:
    rows = two_groups().splitlines()
    rows[5], rows[6] = "5,1,", "6,,28.1"
    worked_out(world, "\n".join(rows))
    found = PilotFinding.objects.get()
    assert found.dropped == 2
    dropped = next(each for each in found.caveats if each["code"] == "dropped")
    assert dropped["numbers"] == {"rows": 2, "outcome": 1, "treatment": 1, "other": 0}
    page = world.client().get(world.address("pilots:pilot", found.pilot_id)).content.decode()
    assert "2 rows were left out because something was missing" in page
    assert caution_words("Typed in by hand.") == "Typed in by hand."


def test_every_caution_and_refusal_of_the_analysis_can_be_translated() -> None:
    assert {code: str(words) for code, words in CAUTIONS.items()} == dict(CAVEATS)
    told = {code: words[0].upper() + words[1:] + "." for code, words in ENGLISH.items()}
    assert {code: str(words) for code, words in REFUSALS.items()} == told


@pytest.mark.parametrize(
    "heading",
    [
        "Last name",
        "client_name",
        "Date of birth",
        "DOB",
        "SSN",
        "Client ID",
        "phone",
        "Case number",
    ],
)
def test_a_column_that_tells_who_somebody_is_refuses_the_file(world: World, heading: str) -> None:
    file = kept(world, f"{heading},treated,outcome\nRuth,1,3\nNoor,0,4\n")
    assert (file.state, file.sheet, file.mapping) == (State.REFUSED, {}, [])
    assert "Ruth" not in json.dumps(file.problems)
    page = world.client("convener").get(world.address("pilots:results_file", file.pk))
    shown = page.content.decode()
    assert "would tell who somebody is" in shown
    assert heading in shown
    with pytest.raises(RuleError):
        actions.ask_to_work_out(by=world.actor(), file=file)


def test_a_social_security_number_in_any_cell_refuses_the_file(world: World) -> None:
    file = kept(world, "site,note,treated,outcome\nA,219-09-9999,1,3\nB,,0,4\n")
    assert (file.state, file.sheet) == (State.REFUSED, {})
    assert "219-09-9999" not in json.dumps(file.problems)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "results.csv", "No row was found below a heading"),
        (b"treated,outcome\n", "results.csv", "No row was found below a heading"),
        (b"\x00\x01\x02\x03", "results.csv", "neither a table nor a workbook"),
        (b"treated,outcome\n1,2\n", "results.xlsx", "The workbook cannot be opened"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(
    world: World, content: bytes, name: str, words: str
) -> None:
    pilot = a_running_pilot(world)
    file = actions.keep_results(by=world.actor(), pilot=pilot, file_name=name, content=content)
    file = actions.look_over_results(file_id=file.pk, now=NOON)
    assert file.state == State.REFUSED
    page = world.client("convener").get(world.address("pilots:results_file", file.pk))
    assert words in page.content.decode()


def test_columns_are_chosen_and_counted_before_anything_is_worked_out(world: World) -> None:
    text = "place,q,got it,calls\nA,2019,0,4\nA,2020,yes,3\nB,2019,no,some\nB,2020,maybe,5\n"
    file = kept(world, text)
    browser = world.client("evaluator")
    address = world.address("pilots:results_file", file.pk)
    page = browser.get(address).content.decode()
    assert "No column was recognized as: the outcome, as a number." in page
    assert (file.counts["rows"], file.counts["left_out"]) == (4, 4)
    assert world.address("pilots:work_out", file.pk) not in page
    said = {"design": "before-after", "by_lot": "", "column0": "unit", "column1": "time"}
    refused = browser.post(address, said)
    assert refused.status_code == 422
    assert "Choose which column holds the outcome" in refused.content.decode()
    twice = said | {"column2": "treated", "column3": "treated"}
    assert browser.post(address, twice).status_code == 422
    answer = browser.post(address, said | {"column2": "treated", "column3": "outcome"})
    assert answer.headers["Location"] == address
    file.refresh_from_db()
    assert file.counts == {"rows": 4, "with_it": 1, "without_it": 1, "left_out": 2, "units": 1}
    page = browser.get(address).content.decode()
    assert "“some” is no number; it counts as missing." in page
    assert "“maybe” is neither 1 nor 0; it counts as missing." in page
    assert world.address("pilots:work_out", file.pk) in page


def test_rows_that_cannot_answer_say_why_and_stay_until_mended(world: World) -> None:
    file = worked_out(world, "treated,outcome\n1,3\n1,4\n1,6\n1,5\n")
    assert file.state == State.READ
    assert file.sheet["rows"]
    assert file.trouble["code"] == "one_group"
    page = world.client("convener").get(world.address("pilots:results_file", file.pk))
    assert "All 4 usable rows are alike in treatment" in page.content.decode()
    assert not PilotFinding.objects.exists()
    assert file.job is not None
    assert file.job.state == "failed"


@pytest.mark.parametrize("design", ["two-arm", "before-after", "series", "staggered"])
def test_each_design_is_worked_out(world: World, design: str) -> None:
    chance = random.Random(3)  # a table for a test
    starts = {f"site {n}": 6 + 2 * (n % 3) if n < 9 else 99 for n in range(14)}
    if design == "series":
        starts = {"all": 10}
    if design == "before-after":
        starts = {site: 10 if start < 99 else 99 for site, start in starts.items()}
    rows = [
        f"{site},{when},{int(when >= start)},{20 - 6 * (when >= start) + chance.gauss(0, 1):.3f}"
        for site, start in starts.items()
        for when in range(20)
    ]
    file = kept(world, "\n".join(["unit,time,treated,outcome", *rows]))
    mapping = ["", "time", "treated", "outcome"] if design == "series" else file.mapping
    actions.map_results(by=world.actor(), file=file, mapping=mapping, design=design)
    file = actions.look_over_results(file_id=file.pk, now=NOON)
    actions.ask_to_work_out(by=world.actor(), file=file)
    actions.work_out(file_id=file.pk, now=NOON)
    found = PilotFinding.objects.get()
    assert found.design == design
    assert found.low is not None
    assert found.high is not None
    assert found.low - 1 < -6 < found.high + 1


def test_a_page_takes_a_workbook_and_hands_it_to_the_worker(world: World) -> None:
    book, saved = Workbook(), BytesIO()
    for line in two_groups(each=12).splitlines():
        book.active.append(line.split(","))
    book.save(saved)
    pilot = a_running_pilot(world)
    browser = world.client("evaluator")
    upload = SimpleUploadedFile("results.xlsx", saved.getvalue())
    answer = browser.post(world.address("pilots:results", pilot.pk), {"file": upload})
    file = ResultsFile.objects.get()
    assert answer.headers["Location"] == world.address("pilots:results_file", file.pk)
    browser.post(world.address("pilots:work_out", file.pk))
    file.refresh_from_db()
    assert file.state == State.CONFIRMED
    assert file.job is not None
    assert "being worked out" in browser.get(answer.headers["Location"]).content.decode()
    actions.work_out(file_id=file.pk, now=NOON)
    actions.work_out(file_id=file.pk, now=NOON)
    assert PilotFinding.objects.count() == 1
    listed = browser.get(world.address("pilots:results", pilot.pk)).content.decode()
    assert "results.xlsx" in listed


def test_a_card_takes_no_results(world: World) -> None:
    with pytest.raises(RuleError, match="Start the pilot first"):
        actions.keep_results(
            by=world.actor(),
            pilot=a_card(world),
            file_name="a.csv",
            content=b"treated,outcome\n1,2",
        )


@pytest.mark.parametrize(("who", "status"), [("partner", 403), ("observer", 403), ("", 302)])
def test_only_those_who_record_results_see_the_rows(world: World, who: str, status: int) -> None:
    file = kept(world, two_groups())
    for name, key in (("results", file.pilot_id), ("results_file", file.pk), ("work_out", file.pk)):
        assert world.client(who).get(world.address(f"pilots:{name}", key)).status_code == status


def test_rows_that_nobody_works_out_are_forgotten_after_two_days(world: World) -> None:
    file = kept(world, two_groups())
    assert actions.forget_results(now=NOON + timedelta(days=2)) == 0
    assert actions.forget_results(now=NOON + timedelta(days=2, hours=1)) == 1
    file.refresh_from_db()
    assert (file.state, file.sheet, file.problems) == (State.REFUSED, {}, [])
    assert forget_results.func() == 0


def test_a_forgotten_table_says_so_and_its_work_is_over(world: World) -> None:
    file = kept(world, two_groups())
    actions.ask_to_work_out(by=world.actor(), file=file)
    assert actions.forget_results(now=NOON + timedelta(days=3)) == 1
    file = ResultsFile.objects.select_related("job").get(pk=file.pk)
    assert file.job is not None
    assert (file.job.state, file.job.ended) == ("failed", True)
    page = world.client("evaluator").get(world.address("pilots:results_file", file.pk))
    assert "its rows were deleted. Choose it again." in page.content.decode()
    assert "Mend what stands below" not in page.content.decode()


def test_a_table_that_stopped_being_worked_out_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **_said: object) -> None:
        raise OSError("the disk is full")

    file = kept(world, two_groups())
    actions.ask_to_work_out(by=world.actor(), file=file)
    monkeypatch.setattr("headway.pilots.actions.results.record_finding", fails)
    with pytest.raises(OSError, match="disk"):
        actions.work_out(file_id=file.pk, now=NOON)
    page = world.client("evaluator").get(world.address("pilots:results_file", file.pk))
    assert "It was not worked out. Try it once more." in page.content.decode()


def test_of_a_used_table_no_byte_can_stand_anywhere(world: World) -> None:
    file = worked_out(world, two_groups())
    with pytest.raises(IntegrityError), transaction.atomic():
        ResultsFile.objects.filter(pk=file.pk).update(raw=b"when,value")


def test_work_on_a_table_that_was_let_go_of_before_is_ended(world: World) -> None:
    file = kept(world, two_groups())
    assert file.job is not None
    Job.objects.filter(pk=file.job.pk).update(state="running", ended_at=None)
    ResultsFile.objects.filter(pk=file.pk).update(state="refused", raw=b"", sheet={})
    import_module("headway.pilots.migrations.0006_rows_worked_out_are_not_kept").end_what_was_left(
        apps, None
    )
    file.job.refresh_from_db()
    assert (file.job.state, file.job.ended) == ("failed", True)


def test_no_row_stands_in_the_log(world: World) -> None:
    worked_out(world, two_groups())
    told = str(list(Event.objects.values()))
    assert "table_kept" in told
    assert two_groups().splitlines()[3].rpartition(",")[2] not in told


def test_times_are_numbers_months_days_or_labels() -> None:
    def times(*texts: str) -> list[object]:
        lines = [f"{text},1,2" for text in texts]
        found = read(read_csv("\n".join(["time,treated,outcome", *lines])))
        return [row.time for row in found.rows]

    assert times("2019", "2020") == [2019.0, 2020.0]
    assert times("2019-12", "2020-01") == [24239.0, 24240.0]
    first, second = times("2020-02-28", "2020-03-01")
    assert (first, second) == (737483.0, 737485.0)
    assert times("2019-Q1", "2019-Q2") == ["2019-Q1", "2019-Q2"]
    assert times("2019", "n/a") == [2019.0, None]


def test_how_far_a_table_was_read_is_told() -> None:
    told: list[tuple[int, int]] = []
    looked_over(
        two_groups(each=1_250).encode(), report=lambda done, all_: told.append((done, all_))
    )
    assert told == [(1_000, 2_500), (2_000, 2_500)]


def test_a_large_table_is_looked_over_by_the_worker(world: World) -> None:
    pilot, browser = a_running_pilot(world), world.client("evaluator")
    sent = SimpleUploadedFile("results.csv", two_groups(each=9_000).encode())
    page = browser.post(world.address("pilots:results", pilot.pk), {"file": sent}, follow=True)
    file = ResultsFile.objects.get()
    assert (file.state, file.sheet, file.counts) == (State.WAITING, {}, {})
    assert "being looked over" in page.content.decode()
    file = actions.look_over_results(file_id=file.pk, now=NOON)
    assert (file.state, file.counts["rows"], len(file.sheet["rows"])) == (State.READ, 18_000, 200)
    actions.ask_to_work_out(by=world.actor(), file=file)
    actions.work_out(file_id=file.pk, now=NOON)
    file.refresh_from_db()
    assert (file.state, bytes(file.raw), file.sheet) == (State.DONE, b"", {})
    assert PilotFinding.objects.get().count == 18_000
