"""Who may do what: the permission tables of all apps as one matrix per app."""

from collections import defaultdict

from docs.tables.markdown import code, section, table
from headway.accounts.access import permission_table

COLUMNS = {
    "administrator@authority": "Administrator",
    "registrar@authority": "Registrar",
    "registrar@unled": "Registrar, where nobody leads",
    "records_officer@authority": "Records officer",
    "member@authority": "Member of any initiative",
    "convener@initiative": "Convener",
    "facilitator@initiative": "Facilitator",
    "liaison@initiative": "Liaison",
    "partner@initiative": "Partner",
    "partner@own_organisation": "Partner, own organization",
    "evaluator@initiative": "Evaluator",
    "observer@initiative": "Observer",
    "moderator@forum": "Moderator of the group",
    "visitor@public": "Anyone, public initiative",
    "user@self": "Anyone signed in",
}


MEMBERS = frozenset(cell for cell in COLUMNS if cell.endswith("@initiative"))


def cells_in_words(cells: frozenset[str]) -> str:
    """Roles as a sentence says them, in the order of the matrix.

    Raises:
        ValueError: for a cell that the matrix has no column for.

    """
    unknown = cells - set(COLUMNS)
    if unknown:
        raise ValueError(f"no column for {sorted(unknown)} in {sorted(COLUMNS)}")
    every = {cell: words.lower() for cell, words in COLUMNS.items() if cell in cells}
    if cells >= MEMBERS:
        kept = {cell: words for cell, words in every.items() if cell not in MEMBERS}
        every = {"members": "every member", **kept}
    return ", ".join(every.values())


def permissions() -> str:
    """The matrix of every app."""
    by_app: dict[str, list[str]] = defaultdict(list)
    found = permission_table()
    for name in found:
        by_app[name.partition(".")[0]].append(name)
    return "\n".join(_app(app, sorted(names), found) for app, names in sorted(by_app.items()))


def _app(app: str, names: list[str], found: dict[str, frozenset[str]]) -> str:
    cells_in_words(frozenset().union(*(found[name] for name in names)))
    used = [cell for cell in COLUMNS if any(cell in found[name] for name in names)]
    rows = [
        (code(name), *("yes" if cell in found[name] else "" for cell in used)) for name in names
    ]
    return section(app, table(("Permission", *(COLUMNS[cell] for cell in used)), rows))
