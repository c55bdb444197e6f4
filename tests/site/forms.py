"""Finds the links and the forms of a page, as a browser would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

FILLABLE = {"text", "search", "email", "url", "number", "date", "tel", "textarea", "password"}


@dataclass
class Field:
    """One control: what it is called, of which kind, and what it would send."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    sent: bool = True


@dataclass
class FoundForm:
    """One form of a page."""

    action: str
    method: str
    upload: bool
    fields: list[Field] = field(default_factory=list)

    def filled(self, text: str) -> dict[str, str]:
        """What it sends when every text in it is `text` and every choice its last option."""
        sent: dict[str, str] = {}
        for each in self.fields:
            if each.kind in FILLABLE:
                sent[each.name] = text
            elif each.kind == "select":
                sent[each.name] = each.options[-1] if each.options else ""
            elif each.kind in {"radio", "checkbox", "hidden"}:
                sent[each.name] = each.value
        return sent


class PageReader(HTMLParser):
    """Collects links and forms while it reads a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[FoundForm] = []
        self._open: FoundForm | None = None
        self._select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "a" and said.get("href", "").startswith("/"):
            self.links.append(said["href"])
        elif tag == "form":
            self._open = FoundForm(
                said.get("action", ""),
                said.get("method", "get").lower(),
                "multipart" in said.get("enctype", ""),
            )
            self.forms.append(self._open)
        elif self._open is not None:
            self._control(tag, said)

    def _control(self, tag: str, said: dict[str, str]) -> None:
        assert self._open is not None
        name = said.get("name", "")
        if tag == "option" and self._select is not None:
            self._select.options.append(said.get("value", ""))
        elif tag in {"input", "textarea", "select"} and name:
            kind = tag if tag != "input" else said.get("type", "text")
            found = Field(name, kind, said.get("value", "on" if kind == "checkbox" else ""))
            self._open.fields.append(found)
            self._select = found if tag == "select" else self._select

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None


def read_page(html: str) -> PageReader:
    """A page's links and forms."""
    reader = PageReader()
    reader.feed(html)
    return reader
