"""Pabulib files (.pb): the exchange format of participatory budgeting; text to records and back.

Three parts, each begun by its name on a line of its own: META (key;value), PROJECTS and VOTES, the
latter two with a heading line. Cells are parted by semicolons and may stand in quotation marks.
Source: Stolicki, Szufa and Talmon, "Pabulib: A Participatory Budgeting Library" (2020).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from headway_analysis.ballots.budget import BudgetElection, Project
from headway_analysis.ballots.reading import Problem, cells_of, lines_of, shown, unreadable

PARTS = ("META", "PROJECTS", "VOTES")
NEEDED = {"PROJECTS": ("project_id", "cost"), "VOTES": ("vote",)}
AMOUNT = "an amount like 12500 or 12500.50"
HIGHEST = 10**15


@dataclass(frozen=True, slots=True)
class PabulibFile:
    """What a file says.

    Attributes:
        election: budget, projects and ballots; None where there is a problem.
        meta: everything of the META part.
        selected: ids of the projects that the file marks as chosen.
        problems: everything that is wrong, by line; empty where the file can be counted.

    """

    election: BudgetElection | None
    meta: Mapping[str, str]
    selected: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Rows:
    """The lines of one part, and what its heading calls the cells."""

    start: int = 0
    heading: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def read(text: str) -> PabulibFile:
    r"""Read a .pb file; lists every problem with its line and counts only a file without any.

    >>> text = "META\nkey;value\nbudget;9\nPROJECTS\nproject_id;cost\np;5\nVOTES\nid;vote\n1;p"
    >>> read(text).election.votes
    {'p': 1}
    >>> print(*read(text.replace("1;p", "1;q")).problems)
    line 9: votes for “q”, which PROJECTS does not list

    """
    problems: list[Problem] = []
    parts = _parts(lines_of(text), problems)
    meta = {row[0]: row[1] for _line, row in parts["META"].rows if len(row) > 1}
    budget = _budget(parts["META"], problems)
    projects, selected = _projects(parts["PROJECTS"], problems)
    ballots = _ballots(parts["VOTES"], {each.id: each.id for each in projects}, problems)
    election = None
    if not problems and budget is not None:
        election = BudgetElection(budget, tuple(projects), tuple(ballots))
    problems.sort(key=lambda problem: problem.line)
    return PabulibFile(election, meta, tuple(selected), tuple(problems))


def _parts(lines: Sequence[str], problems: list[Problem]) -> dict[str, _Rows]:
    parts: dict[str, _Rows] = {}
    now: _Rows | None = None
    for number, line in enumerate(lines, start=1):
        name = line.strip().rstrip(";").upper()
        if name in PARTS:
            if name in parts:
                problems.append(Problem(number, f"{name} begins a second time; keep one"))
            now = parts.setdefault(name, _Rows(number))
        elif name:
            _take(line, number, now, problems)
    problems += [
        Problem(0, f"the part {name} is missing; write {name} on a line of its own")
        for name in PARTS
        if name not in parts
    ]
    return {name: parts.get(name, _Rows()) for name in PARTS}


def _take(line: str, number: int, now: _Rows | None, problems: list[Problem]) -> None:
    """Add one line to the part it stands in."""
    wrong = unreadable(line)
    cells = cells_of(line, ";")
    if now is None:
        wrong = wrong or "stands before the first part; begin with META"
    elif cells is None:
        wrong = wrong or "has a quotation mark that is not closed; write two for one"
    if wrong or cells is None or now is None:
        problems.append(Problem(number, wrong))
    elif now.heading:
        now.rows.append((number, cells))
    else:
        now.heading = cells


def _amount(text: str) -> Fraction | None:
    """An amount above or at nothing; None where it is none."""
    plain = text.replace(",", ".", 1) if text.count(",") == 1 and "." not in text else text
    whole, _point, rest = plain.partition(".")
    if (
        not (whole + rest).isascii()
        or not (whole + rest).isdigit()
        or len(plain) > len(str(HIGHEST))
    ):
        return None
    return Fraction(plain.rstrip(".") if whole else f"0{plain}")


def _budget(meta: _Rows, problems: list[Problem]) -> Fraction | None:
    found = {row[0]: (line, row[1]) for line, row in meta.rows if len(row) > 1}
    kind = found.get("vote_type", (0, "approval"))
    if kind[1] != "approval":
        problems.append(
            Problem(kind[0], f"vote_type is {shown(kind[1])}; only approval can be counted here")
        )
    if "budget" not in found:
        problems.append(Problem(meta.start, "META has no line budget; add one like budget;100000"))
        return None
    line, text = found["budget"]
    budget = _amount(text)
    if not budget:
        problems.append(Problem(line, f"budget is {shown(text)}; write {AMOUNT}, above 0"))
    return budget


def _columns(name: str, rows: _Rows, problems: list[Problem]) -> dict[str, int] | None:
    """Where each column stands; None where a needed one is missing."""
    missing = [each for each in NEEDED[name] if each not in rows.heading]
    if not rows.start:
        return None
    if missing:
        text = f"{name} has no column {' and no column '.join(missing)}; its first line names them"
        problems.append(Problem(rows.start, text))
        return None
    return {column: place for place, column in enumerate(rows.heading)}


def _projects(rows: _Rows, problems: list[Problem]) -> tuple[list[Project], list[str]]:
    columns, found = _columns("PROJECTS", rows, problems), dict[str, Project]()
    selected: list[str] = []
    for line, row in rows.rows if columns else ():
        wrong, project = _project(row, columns or {}, found)
        if project is None:
            problems.append(Problem(line, wrong))
            continue
        found[project.id] = project
        if _cell(row, columns or {}, "selected") == "1":
            selected.append(project.id)
    if columns and not rows.rows:
        problems.append(Problem(rows.start, "PROJECTS lists none; add a line for each"))
    return list(found.values()), selected


def _cell(row: Sequence[str], columns: Mapping[str, int], name: str) -> str:
    place = columns.get(name, len(row))
    return row[place] if place < len(row) else ""


def _project(
    row: Sequence[str], columns: Mapping[str, int], found: Mapping[str, Project]
) -> tuple[str, Project | None]:
    """The project of a line, or what is wrong with it."""
    own, price = _cell(row, columns, "project_id"), _cell(row, columns, "cost")
    cost = _amount(price)
    if len(row) > len(columns):
        return (
            f"has {len(row)} cells, but the heading {len(columns)}; quote a ; inside a text",
            None,
        )
    if not own or "," in own:
        return f"project_id is {shown(own)}; write one without a comma", None
    if own in found:
        return f"project {shown(own)} is listed a second time; keep one", None
    if cost is None:
        return f"cost of {shown(own)} is {shown(price)}; write {AMOUNT}", None
    return "", Project(own, cost, _cell(row, columns, "name"))


def _ballots(
    rows: _Rows, known: Mapping[str, str], problems: list[Problem]
) -> list[tuple[str, ...]]:
    columns = _columns("VOTES", rows, problems) or {}
    place, voters, ballots = columns.get("vote", 0), dict[str, int](), list[tuple[str, ...]]()
    for line, row in rows.rows if columns else ():
        voter = _cell(row, columns, "voter_id")
        wrong = _wrong_ballot(row, columns, known)
        if voter and voters.setdefault(voter, line) != line:
            wrong = f"voter {shown(voter)} has voted on line {voters[voter]} already; keep one"
        if wrong:
            problems.append(Problem(line, wrong))
        else:
            named = row[place].split(",") if row[place] else ()
            # The projects' own texts, so that a name is kept once and not once for each vote.
            ballots.append(tuple([known[name.strip()] for name in named]))
    return ballots


def _wrong_ballot(row: Sequence[str], columns: Mapping[str, int], known: Mapping[str, str]) -> str:
    if len(row) != len(columns):
        return f"has {len(row)} cells, but the heading {len(columns)}; fill or quote them"
    names = row[columns["vote"]]
    unknown = [name for name in names.split(",") if name.strip() not in known] if names else ()
    if unknown:
        return f"votes for {', '.join(map(shown, unknown))}, which PROJECTS does not list"
    return ""


def write(election: BudgetElection, meta: Mapping[str, str]) -> Iterator[str]:
    r"""The election as a .pb file, line by line; reading it again gives the same election.

    Args:
        election: what was voted on; amounts that have no decimal form are refused.
        meta: further lines of META, like country and unit.

    Raises:
        ValueError: for an amount without a decimal form.

    >>> print(*write(BudgetElection(9, (Project("p", 5, "Park"),), (("p",),)), {}), sep="", end="")
    META
    key;value
    num_projects;1
    num_votes;1
    budget;9
    vote_type;approval
    PROJECTS
    project_id;cost;votes;name
    p;5;1;Park
    VOTES
    voter_id;vote
    1;p

    """
    own = {
        "num_projects": str(len(election.projects)),
        "num_votes": str(len(election.ballots)),
        "budget": _decimal(election.budget),
        "vote_type": "approval",
    }
    yield "META\nkey;value\n"
    for key, value in ({**meta, **own}).items():
        yield _line(key, value)
    yield "PROJECTS\nproject_id;cost;votes;name\n"
    for project in election.projects:
        votes = str(election.votes[project.id])
        yield _line(project.id, _decimal(project.cost), votes, project.name)
    yield "VOTES\nvoter_id;vote\n"
    for number, ballot in enumerate(election.ballots, start=1):
        yield _line(str(number), ",".join(ballot))


def _decimal(amount: Fraction | int) -> str:
    """An exact amount in digits.

    >>> _decimal(Fraction(25, 2))
    '12.5'

    """
    for digits in range(16):
        shifted = Fraction(amount) * 10**digits
        if shifted.denominator == 1:
            text = str(int(shifted)).rjust(digits + 1, "0")
            return f"{text[:-digits]}.{text[-digits:]}" if digits else text
    raise ValueError(f"an amount must have at most 15 decimals, got {amount}")


def _line(*cells: str) -> str:
    return ";".join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    plain = " ".join(cell.split())
    needs = any(sign in plain for sign in ';"')
    return '"' + plain.replace('"', '""') + '"' if needs else plain
