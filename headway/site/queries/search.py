"""Searching everything that somebody may see: in one initiative, or in all of theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.accounts.access import declared, permission_table
from headway.accounts.models import Authority, User
from headway.accounts.models.authority import Visibility
from headway.core.errors import Message
from headway.forums.models import Conversation, Statement
from headway.forums.queries.conversations import SHOWN
from headway.initiatives import kinds
from headway.initiatives.access import VISITOR, readers_of
from headway.initiatives.models import Initiative, Record, RoleGrant, SearchText
from headway.initiatives.reader import Reader
from headway.initiatives.search_index import FEWEST, Hit, folded, hits, words_of

MOST_HITS, PAGE_SIZE, AROUND = 500, 20, 90
LONGEST = 200
# What stands on pages that show less to some readers than their record would tell.
NOT_SEARCHED: Final = frozenset({"correction", "learning_review"})
ANY_RECORD = UUID(int=0)


@dataclass(frozen=True)
class Piece:
    """A part of a sentence, marked where it is what was looked for."""

    text: str
    found: bool


@dataclass(frozen=True)
class Result:
    """One record that says the words."""

    title: tuple[Piece, ...]
    href: str
    kind: Message
    initiative: str
    said: tuple[Piece, ...]


@dataclass(frozen=True)
class SearchPage:
    """What was found."""

    title: str
    asked: str
    finding: str
    results: tuple[Result, ...]
    more_href: str
    before_href: str
    elsewhere_href: str


@cache
def permission_of(kind: str) -> str:
    """The permission that opens the page of a kind of record."""
    name = next(each.url_name for each in kinds.kinds() if each.kind == kind)
    view = resolve(reverse(name, args=["any", ANY_RECORD])).func
    found = declared(view)
    return found.permission if found else ""


def kinds_open_to(cells: Iterable[str]) -> list[str]:
    """The kinds of record whose pages somebody with these cells may open."""
    held, table = frozenset(cells), permission_table()
    names = (each.kind for each in kinds.kinds() if each.kind not in NOT_SEARCHED)
    return [name for name in names if table.get(permission_of(name), frozenset()) & held]


def _not_shown() -> Q:
    """Records whose page opens, for most, only later: drafts of conversations, what waits."""
    drafts = Conversation.objects.filter(state=Conversation.State.DRAFT)
    shown = Statement.objects.filter(state__in=SHOWN).exclude(conversation__in=drafts)
    waiting = Q(kind=Statement.RECORD_KIND) & ~Q(pk__in=shown.values("pk"))
    return Q(pk__in=drafts.values("pk")) | waiting


def _open_to(cells: frozenset[str]) -> Q:
    return Q(visibility__in=readers_of(cells), kind__in=kinds_open_to(cells))


def findable_in(initiative: Initiative, reader: Reader) -> QuerySet[Record]:
    """The records of an initiative that a reader may find."""
    found = Record.objects.in_initiative(initiative).live().filter(_open_to(reader.cells))
    return found.exclude(_not_shown())


def findable(authority: Authority, user: object, today: date) -> QuerySet[Record]:
    """The records that somebody may find: of their initiatives, and of public ones."""
    allowed = Q(initiative__visibility=Visibility.PUBLIC) & _open_to(frozenset({VISITOR}))
    for initiative, cells in _memberships(authority, user, today).items():
        allowed |= Q(initiative=initiative) & _open_to(frozenset(cells))
    found = Record.objects.live().filter(allowed, initiative__authority=authority)
    return found.exclude(_not_shown())


def _memberships(authority: Authority, user: object, today: date) -> dict[UUID, set[str]]:
    """What somebody's roles are worth in each initiative that they take part in. One query."""
    cells: dict[UUID, set[str]] = {}
    if not isinstance(user, User):
        return cells
    held = RoleGrant.objects.filter(
        member__user=user,
        member__left_at__isnull=True,
        member__initiative__authority=authority,
    )
    for initiative, role in held.holding(today).values_list("member__initiative", "role"):
        cells.setdefault(initiative, set()).add(f"{role}@initiative")
    return cells


def asked_of(params: QueryDict) -> str:
    """What is looked for."""
    return params.get("q", "").replace("\x00", "").strip()[:LONGEST]


def search_page(
    allowed: QuerySet[Record], params: QueryDict, *, within: str = "", elsewhere_href: str = ""
) -> SearchPage:
    """One page of what was found.

    Args:
        allowed: what whoever asks may find.
        params: the address, with `q` and `page`.
        within: the title of the initiative that is searched, empty for all.
        elsewhere_href: where the same is looked for everywhere.

    """
    asked = asked_of(params)
    words = words_of(asked)
    found = hits(allowed, words, MOST_HITS)
    number = _number(params.get("page", ""), len(found))
    shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return SearchPage(
        title=_("Search in %(title)s") % {"title": within} if within else _("Search"),
        asked=asked,
        finding=_finding(asked, words, len(found)),
        results=_results(shown, words, tell_initiative=not within),
        more_href=_turned(params, number + 1) if number * PAGE_SIZE < len(found) else "",
        before_href=_turned(params, number - 1) if number > 1 else "",
        elsewhere_href=f"{elsewhere_href}?{_only(asked)}" if elsewhere_href and asked else "",
    )


def _number(asked: str, count: int) -> int:
    last = max(1, -(-count // PAGE_SIZE))
    return min(last, max(1, int(asked))) if asked.isascii() and asked.isdigit() else 1


def _turned(params: QueryDict, number: int) -> str:
    changed = params.copy()
    changed["page"] = str(number)
    return f"?{changed.urlencode()}"


def _only(asked: str) -> str:
    params = QueryDict(mutable=True)
    params["q"] = asked
    return params.urlencode()


def _finding(asked: str, words: tuple[str, ...], total: int) -> str:
    if not asked:
        return ""
    if not words:
        return _("Type a word, like “landlords”.")
    if total == 0:
        return _("Nothing says “%(asked)s”. Try one word, or only its beginning.") % {
            "asked": asked
        }
    if total >= FEWEST:
        return _("%(count)s records or more say it. Add a word to find the one you look for.") % {
            "count": FEWEST
        }
    return ngettext("%(count)s record says it.", "%(count)s records say it.", total) % {
        "count": total
    }


def _results(
    found: list[Hit], words: tuple[str, ...], *, tell_initiative: bool
) -> tuple[Result, ...]:
    """The records of one page in their order, in two queries."""
    records = Record.objects.select_related("initiative").in_bulk([hit.record_id for hit in found])
    said = Q(pk__in=[])
    for hit in found:
        if hit.field:
            said |= Q(record=hit.record_id, field=hit.field)
    texts = dict(SearchText.objects.filter(said).values_list("record", "text"))
    results = []
    for hit in found:
        record = records[hit.record_id]
        results.append(
            Result(
                title=pieces(record.title, words),
                href=kinds.href(record, record.initiative.slug),
                kind=kinds.label(record.kind),
                initiative=record.initiative.title if tell_initiative else "",
                said=pieces(excerpt(texts.get(hit.record_id, ""), words), words),
            )
        )
    return tuple(results)


def _places(text: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the words begin and end in a text, each at the beginning of a word."""
    plain = folded(text)
    found = []
    for word in words:
        at = plain.find(word)
        while at >= 0:
            if at == 0 or not plain[at - 1].isalnum():
                found.append((at, at + len(word)))
            at = plain.find(word, at + len(word))
    return sorted(found)


def excerpt(text: str, words: tuple[str, ...]) -> str:
    """The part of a text around the first word that was looked for."""
    flat = " ".join(text.split())
    places = _places(flat, words)
    first = places[0][0] if places else 0
    start, end = max(0, first - AROUND), first + 2 * AROUND
    if start:
        start = flat.find(" ", start) + 1 or start
    before, after = ("… " if start else ""), ("…" if end < len(flat) else "")
    return f"{before}{flat[start:end]}{after}"


def pieces(text: str, words: tuple[str, ...]) -> tuple[Piece, ...]:
    """A text in pieces, those that were looked for marked."""
    cut: list[Piece] = []
    done = 0
    for start, end in _places(text, words):
        if start < done:
            continue
        cut += [Piece(text[done:start], found=False), Piece(text[start:end], found=True)]
        done = end
    cut.append(Piece(text[done:], found=False))
    return tuple(piece for piece in cut if piece.text)
