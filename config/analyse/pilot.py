"""`headway analyse pilot`: the effect of what was tried, from a file."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, get_args

from config.analyse import tables
from config.analyse.files import RefusedError, Result, refuse
from headway_analysis.ballots.reading import Problem
from headway_analysis.experiment.result import Design, NotEstimableError
from headway_analysis.experiment.rows import Observation, Time

if TYPE_CHECKING:
    from headway_analysis.experiment.result import Estimate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which design, and what the columns mean."""
    parser.add_argument(
        "--design",
        required=True,
        choices=get_args(Design),
        help="how it was tried",
    )
    parser.add_argument(
        "--outcome", required=True, metavar="COL", help="the column that was meant to move"
    )
    parser.add_argument(
        "--treatment",
        required=True,
        metavar="COL",
        help="1 where what was tried was in force, 0 where not (also before its start)",
    )
    parser.add_argument(
        "--unit",
        metavar="COL",
        help="what was observed repeatedly; errors are clustered by it",
    )
    parser.add_argument("--time", metavar="COL", help="when it was observed")
    parser.add_argument(
        "--covariates", metavar="A,B", default="", help="what was known before the start"
    )


def analyse(options: argparse.Namespace) -> Result:
    """Estimate the effect.

    Raises:
        RefusedError: where the file cannot be read, or cannot answer.

    """
    from headway_analysis.experiment.analysis import estimate

    rows = observations(options)
    try:
        found = estimate(rows, options.design)
    except NotEstimableError as wrong:
        raise RefusedError(f"{options.file}: cannot be estimated: {wrong}") from None
    return Result(as_json(found), said(found))


def observations(options: argparse.Namespace) -> list[Observation]:
    """The rows of the file.

    Raises:
        RefusedError: with every cell that cannot be read, by row.

    """
    covariates = [name.strip() for name in options.covariates.split(",") if name.strip()]
    named = [options.outcome, options.treatment, options.unit, options.time, *covariates]
    table = tables.read(options.file, [name for name in named if name is not None])
    problems, rows = list[Problem](), list[Observation]()
    times = _times(table, options.time)
    for place, row in enumerate(table.rows):
        cells = tables.Cells(row, problems)
        rows.append(
            Observation(
                unit=(row.cells[options.unit] or None) if options.unit else None,
                time=times[place],
                treated=cells.read(options.treatment, tables.yes_or_no),
                outcome=cells.read(options.outcome, table.number),
                covariates=tuple(cells.read(name, table.number) for name in covariates),
            )
        )
    refuse(options.file, problems)
    return rows


def _times(table: tables.Table, column: str | None) -> list[Time | None]:
    """The times: numbers where all are, else months or days where all are, else labels."""
    texts = [row.cells[column] if column else "" for row in table.rows]
    own = sorted({text for text in texts if text.lower() not in tables.MISSING})
    found: Mapping[str, Time] = {text: text for text in own}
    for parse in (_as_number(table), _months, _days):
        try:
            found = {text: parse(text) for text in own}
            break
        except ValueError:
            continue
    return [found.get(text) for text in texts]


def _as_number(table: tables.Table) -> Callable[[str], float]:
    def number(text: str) -> float:
        value = table.number(text)
        if value is None:
            raise ValueError("is missing")
        return value

    return number


def _months(text: str) -> float:
    """Months since year 0, of a date like 2016-05."""
    found = tables.day(text)
    if len(text) != len("2016-05"):
        raise ValueError("is no month")
    return float(found.year * 12 + found.month - 1)


def _days(text: str) -> float:
    return float(tables.day(text).toordinal())


def as_json(found: "Estimate") -> dict[str, Any]:
    """The estimate as JSON holds it; caveats in English, their codes beside them."""
    from headway_analysis.experiment.words import sentence

    return {
        "estimate": found.estimate,
        "se": found.se,
        "ci": list(found.ci),
        "p": found.p,
        "n": found.n,
        "design": found.design,
        "caveats": [sentence(each) for each in found.caveats],
        "caveat_codes": [each.code for each in found.caveats],
        "method": found.method,
        "treated": found.treated,
        "units": found.units,
        "dropped": {**asdict(found.dropped), "total": found.dropped.total},
        "more": [asdict(each) for each in found.more],
    }


def said(found: "Estimate") -> str:
    """The estimate in words."""
    from headway_analysis.experiment.words import sentence

    figures = (
        f"Effect {found.estimate:.6g}, 95 % interval {found.low:.6g} to {found.high:.6g} "
        f"(standard error {found.se:.6g}, p = {found.p:.4g}), from {found.n:,} rows."
    )
    return "\n".join([figures, *(f"- {sentence(each)}" for each in found.caveats)])
