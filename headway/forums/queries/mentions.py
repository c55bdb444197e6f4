"""Whom a comment names: `@Maria Lopez`, or `@Maria` where there is but one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from headway.forums.models import Comment
from headway.initiatives.models import Initiative, Member
from headway_analysis.similarity import fold

# An at-sign that begins a word; in an address like me@example.org it stands inside one.
AT = re.compile(r"(?<![\w.@+-])@(?=\w)")
WORD = re.compile(r"[\w'’.-]*\w")


@dataclass(frozen=True, slots=True)
class Named:
    """A place of a text that names members: one, or several of whom one is meant."""

    start: int
    end: int
    members: tuple[Member, ...]

    @property
    def ambiguous(self) -> bool:
        """Whether several members are called so."""
        return len(self.members) > 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a comment; `member` is whom it names, None for plain text."""

    text: str
    member: Member | None = None


def members_to_name(initiative: Initiative) -> list[Member]:
    """Everybody who takes part and can be named in a comment."""
    return list(Member.objects.in_initiative(initiative).filter(left_at__isnull=True))


def named_in(text: str, members: Sequence[Member]) -> list[Named]:
    """Every place where a text names members, in its order; whom nobody knows is left out."""
    found = (_named_at(text, match.end(), members) for match in AT.finditer(text))
    return [named for named in found if named is not None]


def _named_at(text: str, start: int, members: Sequence[Member]) -> Named | None:
    """The members called by the most words after an at-sign; a whole name beats its beginning."""
    words = _words(text, start)
    for count in range(len(words), 0, -1):
        end = words[count - 1]
        said = fold(text[start:end])
        whole = tuple(each for each in members if fold(each.name) == said)
        begun = tuple(each for each in members if f"{fold(each.name)} ".startswith(f"{said} "))
        if whole or begun:
            return Named(start - 1, end, whole or begun)
    return None


def _words(text: str, start: int) -> list[int]:
    """Where each of the next words of a line ends; no name has more than five."""
    ends: list[int] = []
    place = start
    while len(ends) < 5:
        word = WORD.match(text, place)
        if word is None:
            break
        ends.append(word.end())
        if text[word.end() : word.end() + 1] != " ":
            break
        place = word.end() + 1
    return ends


def pieces_of(comment: Comment) -> tuple[Piece, ...]:
    """A comment with the members it names; `mentions` and their members are read before."""
    members = [mention.member for mention in comment.mentions.all()]
    if not members:
        return (Piece(comment.text),)
    pieces, place = [], 0
    for named in named_in(comment.text, members):
        if named.ambiguous:
            continue
        pieces += [Piece(comment.text[place : named.start])] if named.start > place else []
        pieces.append(Piece(comment.text[named.start : named.end], named.members[0]))
        place = named.end
    return (*pieces, Piece(comment.text[place:])) if place < len(comment.text) else tuple(pieces)
