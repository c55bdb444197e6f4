"""How single values of a row are read, noting what each lacks."""

from dataclasses import dataclass, field

from headway.directory.formats.cells import is_email, is_web_address, split, title_and_address
from headway.directory.formats.problem import WHOLE_ROW, Code, Problem, short
from headway.directory.formats.records import KINDS, SECTORS
from headway.directory.formats.table import Row
from headway_analysis.partial_date import PartialDate, parse
from headway_analysis.similarity import fold

SECTOR_WORDS = {
    "": "",
    "not recorded": "",
    "public": "government",
    "public sector": "government",
    "private": "business",
    "private sector": "business",
    "for profit": "business",
    "non profit": "nonprofit",
    "not for profit": "nonprofit",
    "foundation": "philanthropy",
    "religious": "faith",
    "education": "education_research",
    "research": "education_research",
    "healthcare": "health",
    "residents and lived experience": "residents",
    "lived experience": "residents",
}
KIND_WORDS = {
    "": "organisation",
    "organization": "organisation",
    "agency": "organisation",
    "office": "department",
    "department or office": "department",
    "decision body": "arena",
    "council": "arena",
    "board": "arena",
    "commission": "body",
    "commission or working body": "body",
    "committee": "body",
    "coalition": "network",
    "network or coalition": "network",
}


def plain_word(value: str) -> str:
    """A choice in small letters with single spaces, "and" for "&"."""
    return " ".join(fold(value).replace("&", " and ").replace("-", " ").replace("_", " ").split())


@dataclass
class RowReader:
    """The values of one row; what cannot be read is left empty and noted."""

    row: Row
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.problems.extend(self.row.problems)

    def refuse(self, column: str, code: Code, value: str = "") -> None:
        """Note a problem of this row."""
        self.problems.append(Problem(self.row.number, column, code, short(value)))

    @property
    def hopeless(self) -> bool:
        """Whether the row must be left out as a whole."""
        return any(problem.code in WHOLE_ROW for problem in self.problems)

    def name(self) -> str:
        """The name on one line, without which a row says nothing."""
        name = " ".join(self.row.get("name").split())
        if not name and not self.hopeless:
            self.refuse("name", "no_name")
        return name

    def line(self, column: str) -> str:
        """Text without line ends."""
        return " ".join(self.row.get(column).split())

    def _choice(self, column: str, options: tuple[str, ...], words: dict[str, str]) -> str | None:
        plain = plain_word(self.row.get(column))
        known = plain.replace(" ", "_")
        return known if known in options else words.get(plain)

    def sector(self) -> str:
        """One of the nine sectors, or nothing."""
        found = self._choice("sector", SECTORS, SECTOR_WORDS)
        if found is None:
            self.refuse("sector", "not_a_sector", self.row.get("sector"))
        return found or ""

    def kind(self) -> str:
        """What kind of organisation it is; most are plain organisations."""
        found = self._choice("kind", KINDS, KIND_WORDS)
        if found is None:
            self.refuse("kind", "not_a_kind", self.row.get("kind"))
        return found or "organisation"

    def email(self) -> str:
        """One e-mail address, or nothing."""
        found = self.row.get("email")
        if found and not is_email(found):
            self.refuse("email", "not_an_email", found)
            return ""
        return found

    def website(self) -> str:
        """A web address; one without its scheme gets https."""
        found = self.row.get("website")
        if found and "://" not in found:
            found = f"https://{found}"
        if found and (len(found) > 500 or "." not in found or not is_web_address(found)):
            self.refuse("website", "not_an_address", self.row.get("website"))
            return ""
        return found

    def dates(self, first: str, last: str) -> tuple[str, str]:
        """Two dates as they were said; the later one is left out where it comes first."""
        start, end = self._date(first), self._date(last)
        if start and end and end.end < start.start:
            self.refuse(last, "ends_first", f"{start.as_said} > {end.as_said}")
            end = None
        return start.as_said if start else "", end.as_said if end else ""

    def _date(self, column: str) -> PartialDate | None:
        words = self.row.get(column)
        try:
            return parse(words) if words else None
        except ValueError:
            self.refuse(column, "not_a_date", words)
            return None

    def source(self) -> tuple[str, str]:
        """Title and address of where the row comes from."""
        title, address = self.line("source"), self.row.get("source_url")
        if not address:
            title, address = title_and_address(title)
        if address and not is_web_address(address):
            self.refuse("source_url", "not_an_address", address)
            address = ""
        return title[:500] or address[:500], address[:1_000]

    def names(self, column: str) -> tuple[str, ...]:
        """Several names in one cell."""
        return tuple(dict.fromkeys(" ".join(name.split()) for name in split(self.row.get(column))))

    def identifiers(self) -> tuple[tuple[str, str], ...]:
        """Pairs like EIN:41-6005801 in one cell."""
        found = []
        for pair in split(self.row.get("identifiers")):
            scheme, _colon, number = (part.strip() for part in pair.partition(":"))
            if scheme and number and len(scheme) <= 60 and len(number) <= 120:
                found.append((scheme.lower(), number))
            else:
                self.refuse("identifiers", "not_an_identifier", pair)
        return tuple(sorted(set(found)))
