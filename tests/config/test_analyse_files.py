"""`headway analyse` on pilots, trends and texts: results, and what is said of bad files."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config.command import main
from headway_analysis.experiment.words import REFUSALS
from tests.servers import PROJECT

PILOTS = PROJECT / "examples" / "pilots"
PEOPLE = "who,got,gain,age\n" + "".join(f"p{n},{n % 2},{n % 7},{20 + n}\n" for n in range(40))
YEARS = "year,value\n" + "".join(f"{2001 + n},{v}\n" for n, v in enumerate([10, 12, 11, 13, 12, 8]))
PILOT = ["pilot", "FILE", "--design", "two-arm", "--outcome", "gain", "--treatment", "got"]
TREND = ["trend", "FILE"]
WORDING = ["wording", "FILE"]


def analysed(tmp_path: Path, words: list[str], text: str) -> Any:
    path, out = tmp_path / "file.csv", tmp_path / "out.json"
    path.write_text(text, encoding="utf-8", newline="")
    given = [str(path) if word == "FILE" else word for word in words]
    assert main(["analyse", *given, "--json", str(out)]) == 0
    return json.loads(out.read_text(encoding="utf-8"))


def refused(tmp_path: Path, words: list[str], raw: bytes, capsys) -> list[str]:
    path = tmp_path / "file.csv"
    path.write_bytes(raw)
    assert main(["analyse", *(str(path) if word == "FILE" else word for word in words)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    return [line.removeprefix(f"{path}: ") for line in said.err.splitlines()]


def test_job_training_is_estimated_as_published(tmp_path: Path, capsys) -> None:
    words = ["--design", "two-arm", "--outcome", "re78", "--treatment", "treat"]
    out = tmp_path / "out.json"
    path = str(PILOTS / "nsw.csv")
    assert main(["analyse", "pilot", path, *words, "--json", str(out)]) == 0
    assert "Effect 1794.34, 95 % interval 479.551 to 3109.13" in capsys.readouterr().out
    found = json.loads(out.read_text(encoding="utf-8"))
    assert list(found)[:7] == ["estimate", "se", "ci", "p", "n", "design", "caveats"]
    assert (round(found["estimate"], 2), round(found["se"], 2)) == (1794.34, 670.82)
    covariates = "age,educ,black,hisp,marr,nodegree,re74,re75"
    more = ["--covariates", covariates, "--json", str(out)]
    assert main(["analyse", "pilot", path, *words, *more]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert (round(found["estimate"], 2), round(found["se"], 2)) == (1676.34, 676.73)


def test_organ_donors_are_estimated_as_published(tmp_path: Path) -> None:
    heading, *rows = (PILOTS / "organ_donations.csv").read_text(encoding="utf-8").splitlines()
    marked = [f"{heading},on"]
    marked += [f"{row},{int(row.startswith('California') and row[-1] >= '4')}" for row in rows]
    words = ["pilot", "FILE", "--design", "before-after", "--outcome", "Rate", "--treatment", "on"]
    words += ["--unit", "State", "--time", "Quarter"]
    found = analysed(tmp_path, words, "\n".join(marked))
    assert (round(found["estimate"], 5), round(found["se"], 4)) == (-0.02246, 0.0067)
    assert any("same course" in caveat for caveat in found["caveats"])


def test_missing_outcomes_and_treatments_are_dropped_and_counted(tmp_path: Path) -> None:
    found = analysed(tmp_path, PILOT, PEOPLE + "q,1,,30\nr,NA,3,30\ns,,,30\n")
    whole = analysed(tmp_path, PILOT, PEOPLE)
    assert (found["estimate"], found["n"]) == (whole["estimate"], 40)
    assert (found["dropped"]["outcome"], found["dropped"]["treatment"]) == (2, 1)
    assert found["dropped"]["total"] == 3
    assert found["caveats"][0].startswith("3 rows were left out")


def test_units_cluster_the_errors(tmp_path: Path) -> None:
    found = analysed(tmp_path, [*PILOT, "--unit", "who"], PEOPLE)
    assert (found["units"], "clustered" in found["caveat_codes"]) == (40, True)


@pytest.mark.parametrize("change", [";", "\t"])
def test_other_separators_and_decimal_commas_are_read(tmp_path: Path, change: str) -> None:
    found = analysed(tmp_path, PILOT, PEOPLE.replace(",", change).replace("0\n", "0,0\n"))
    assert found == analysed(tmp_path, PILOT, "\ufeff" + PEOPLE.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "time", ["2016-{:02}", "2016-01-{:02}", "{}", "{}.0"], ids=["months", "days", "numbers", "0.5"]
)
def test_a_series_reads_months_days_and_numbers(tmp_path: Path, time: str) -> None:
    text = "t,on,y\n" + "".join(
        f"{time.format(n)},{int(n > 6)},{n + 3 * (n > 6) + (n * n) % 3}\n" for n in range(1, 13)
    )
    words = ["pilot", "FILE", "--design", "series", "--outcome", "y", "--treatment", "on"]
    found = analysed(tmp_path, [*words, "--time", "t"], text)
    assert found["design"] == "series"
    assert found["more"][0]["name"] == "slope_change"


def test_a_trend_is_read_as_worked_by_hand(tmp_path: Path, capsys) -> None:
    (found,) = analysed(tmp_path, TREND, YEARS)["series"]
    assert (found["middle"], found["mean_range"], found["n"], found["rhythm"]) == (11, 2, 6, "year")
    assert (found["lower"], found["upper"]) == pytest.approx((5.68, 16.32))
    assert [step["at"] for step in found["outlook"]["steps"]] == ["2007", "2008", "2009"]
    assert "6 readings around 11, usually 5.68 to 16.32" in capsys.readouterr().out


def test_what_was_not_counted_is_a_gap(tmp_path: Path) -> None:
    for gap in ("2007,\n", "2007,not counted\n", ""):
        (found,) = analysed(tmp_path, TREND, f"{YEARS}{gap}2008,9\n")["series"]
        assert {"at": "2007", "value": None} in found["readings"]
        assert (found["n"], found["mean_range"]) == (7, 2)
    (zero,) = analysed(tmp_path, TREND, f"{YEARS}2007,0\n")["series"]
    assert zero["n"] == 7
    marked = "year,value,counted\n2001,5,yes\n2002,6,yes\n2003,0,no\n"
    assert analysed(tmp_path, TREND, marked)["series"][0]["readings"][2]["value"] is None


def test_each_measure_is_a_series_and_sources_that_differ_are_kept_apart(tmp_path: Path) -> None:
    text = "measure,date,value,source\n"
    text += "".join(f"beds,2020-{month:02},{month},city\n" for month in range(1, 7))
    text += "street,2020,4,city\nstreet,2020,6,county\n"
    found = analysed(tmp_path, [*TREND, "--start", "2020-06"], text)["series"]
    names = [(each["measure"], each["rhythm"], each["n"]) for each in found]
    assert names == [
        ("beds", "month", 5),
        ("street (city)", "year", 0),
        ("street (county)", "year", 0),
    ]
    assert found[0]["outlook"]["steps"][0]["at"] == "2020-06-01"


def test_the_real_record_is_read_whole(tmp_path: Path) -> None:
    path = PROJECT / "examples" / "heading-home-hennepin" / "measures.csv"
    found = analysed(tmp_path, TREND, path.read_text(encoding="utf-8"))["series"]
    by_name = {each["measure"]: each for each in found}
    street = by_name["pit_unsheltered"]
    assert {"at": "2021", "value": None} in street["readings"]
    assert any(each["rule"] == "eight_on_one_side" for each in street["signals"])


def test_words_of_blame_are_flagged_and_nothing_is_blocked(tmp_path: Path, capsys) -> None:
    text = "The pump failed.\nThe clerk should have called Rosa.\n"
    found = analysed(tmp_path, [*WORDING, "--names", "Rosa Delgado"], text)["flags"]
    assert [(each["line"], each["kind"]) for each in found] == [(2, "counterfactual"), (2, "name")]
    assert all(text[each["start"] : each["end"]] == each["words"] for each in found)
    assert "line 2: “should have called”" in capsys.readouterr().out
    assert analysed(tmp_path, WORDING, "We met on Monday.")["flags"] == []


@pytest.mark.parametrize(
    ("words", "text", "said"),
    [
        (PILOT, "", ["is empty; the first row names the columns"]),
        (
            PILOT,
            "who,got,gain\na,2,x\nb,1,1e999\nc,0,1\n",
            [
                "line 2: “got” holds “2”; write 1 for yes, 0 for no, or leave it empty",
                "line 2: “gain” holds “x”; write a number like 12.5, or leave it empty",
                "line 3: “gain” holds “1e999”; write a smaller number, in a larger unit",
            ],
        ),
        (PILOT, "a,gain\n1,2\n", ["line 1: has no column “got”; its columns are “a”, “gain”"]),
        (PILOT, "got,got,gain\n", ["line 1: the column “got” stands twice; name each once"]),
        (PILOT, "got,gain\n1,2,3\n", ["line 2: has 3 cells, but the heading 2"]),
        (
            PILOT,
            "got,gain\n1,2\n",
            [f"cannot be estimated: {REFUSALS['one_group'] % {'rows': 1}}"],
        ),
        (
            [*PILOT, "--covariates", "age"],
            "got,gain,age\n1,2,old\n",
            ["line 2: “age” holds “old”; write a number like 12.5, or leave it empty"],
        ),
        (TREND, "value\n1\n", ["has neither a column “date” nor “year”; name one so"]),
        (TREND, "year,value\n", ["holds no reading; write one a row below the heading"]),
        (
            TREND,
            "date,value\n2016-02-30,1\n31.1.2016,2\n",
            [
                "line 2: “date” holds “2016-02-30”; write a year or a date like 2016 or 2016-05-31",
                "line 3: “date” holds “31.1.2016”; write a year or a date like 2016 or 2016-05-31",
            ],
        ),
        (
            TREND,
            "year,value\n2016,1\n2016,2\n",
            ["line 3: is a second reading for 2016-01-01; tell them apart in a column “source”"],
        ),
    ],
)
def test_every_problem_of_a_file_is_named(
    tmp_path: Path, words: list[str], text: str, said: list[str], capsys
) -> None:
    assert refused(tmp_path, words, text.encode(), capsys) == said


@pytest.mark.parametrize("words", [PILOT, TREND, WORDING], ids=lambda each: each[0])
@pytest.mark.parametrize(
    "raw",
    [
        b"\x00" * 50,
        b"\x1f\x8b broken",
        PEOPLE.encode("utf-16"),
        b"\xff" * 100,
        'got,gain,year,value\n1,"2\n'.encode("cp1252") + b"\xe9",
    ],
    ids=["nothing", "packed", "utf-16", "ones", "windows"],
)
def test_a_broken_file_is_refused_without_a_traceback(
    tmp_path: Path, words: list[str], raw: bytes, capsys
) -> None:
    assert refused(tmp_path, words, raw, capsys)


@pytest.mark.parametrize("words", [PILOT, TREND], ids=lambda each: each[0])
def test_an_open_quotation_mark_is_named(tmp_path: Path, words: list[str], capsys) -> None:
    raw = b'got,gain,year,value\n1,"2\n'
    (said,) = refused(tmp_path, words, raw, capsys)
    assert "look for a quotation mark that is not closed" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["trend", "FILE", "--start", "soon"], "--start “soon”: write a year or a date"),
        (["trend", "FILE", "--ahead", "-1"], "--ahead is from 0 to 1000, like --ahead 3"),
        (["wording", "FILE", "--language", "so"], "--language so has no rules"),
        (["pilot", "nowhere.csv", *PILOT[2:]], "nowhere.csv: No such file"),
    ],
)
def test_words_that_make_no_sense_say_why(tmp_path: Path, words, said: str, capsys) -> None:
    assert refused(tmp_path, words, YEARS.encode(), capsys)[0].startswith(said)


def test_without_an_estimate_nothing_heavy_is_loaded() -> None:
    program = (
        "import sys; from config.command import main\n"
        f"code = main(['analyse', 'wording', {str(PROJECT / 'README.md')!r}])\n"
        "heavy = {'django', 'statsmodels', 'scipy'} & set(sys.modules)\n"
        "sys.exit(code or bool(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=False)
    assert done.returncode == 0
