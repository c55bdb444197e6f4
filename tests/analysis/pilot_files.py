"""Two real pilots as rows; see examples/pilots/SOURCE.md."""

import csv
from pathlib import Path

from headway_analysis.experiment.rows import Observation

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "pilots"
COVARIATES = ("age", "educ", "black", "hisp", "marr", "nodegree", "re74", "re75")


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def job_training(*covariates: str) -> list[Observation]:
    """The National Supported Work demonstration: earnings in 1978."""
    return [
        Observation(
            treated=row["treat"] == "1",
            outcome=float(row["re78"]),
            covariates=tuple(float(row[name]) for name in covariates),
        )
        for row in _rows("nsw.csv")
    ]


def organ_donors() -> list[Observation]:
    """Registration rates by state and quarter; from the fourth on California asks otherwise."""
    return [
        Observation(
            row["State"],
            float(row["Quarter_Num"]),
            row["State"] == "California" and int(row["Quarter_Num"]) >= 4,
            float(row["Rate"]),
        )
        for row in _rows("organ_donations.csv")
    ]
