"""The posts that the work rests on: seats, those that answer, sponsors, champions, coordinators."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Value

from headway.arenas.models import Seat
from headway.commitments.models import Commitment
from headway.diagnosis.queries.evidence.rows import View, canonical
from headway.directory.models import Membership, Post
from headway.partners.models import Partner
from headway.pilots.models import Pilot, SmallTest
from headway.solutions.models import Solution
from headway_analysis.diagnosis import Role
from headway_analysis.diagnosis.evidence import RoleKind

Span = tuple[date | None, date | None]
STEADY: tuple[RoleKind, ...] = ("sponsor", "champion", "coordinator")


def roles(view: View) -> Iterator[Role]:
    """Every post that the work rests on, with the terms of those who hold it; one query.

    A sponsor, champion or coordinator is a post whose label or role says so, in an organisation
    that takes part or owns the initiative.
    """
    posts = _posts(view)
    terms = Membership.objects.live().filter(view.known("recorded_at"), post__in=posts.values("pk"))
    found: dict[UUID, tuple[Any, ...]] = {}
    held: dict[UUID, list[Span]] = {}
    for key, *told, start, end, is_term in _told(posts, _seats(view)).union(_held(terms), all=True):
        if is_term:
            held.setdefault(key, []).append((start, end))
        else:
            found[key] = tuple(told)
    for key, (label, role, seat, deputy, whose) in sorted(found.items()):
        kind = _kind(f"{label} {role}".casefold(), seat=seat)
        yield Role(str(key), kind, label, str(whose), _sorted(held.get(key, ())), deputy)


def _told(posts: "QuerySet[Post]", seats: "QuerySet[Seat]") -> "QuerySet[Any, Any]":
    """Each post, in the columns that it shares with its terms."""
    return posts.annotate(
        seat=Exists(seats.filter(post=OuterRef("pk"))),
        deputy=Exists(Post.objects.live().filter(deputy_to=OuterRef("pk"))),
        whose=canonical("organisation"),
        start=Value(None, DateField()),
        end=Value(None, DateField()),
        is_term=Value(value=False),
    ).values_list("pk", "label", "role", "seat", "deputy", "whose", "start", "end", "is_term")


def _held(terms: "QuerySet[Membership]") -> "QuerySet[Any, Any]":
    """Each term, in the same columns."""
    nothing = Value(value=False)
    rows = terms.order_by().annotate(
        no_label=Value(""),
        no_role=Value(""),
        seat=nothing,
        deputy=nothing,
        is_term=Value(value=True),
    )
    return rows.values_list(
        *("post", "no_label", "no_role", "seat", "deputy", "organisation"),
        *("starts_from", "ends_to", "is_term"),
    )


def _sorted(terms: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(terms, key=str))


def _kind(words: str, *, seat: bool) -> RoleKind:
    steady = next((kind for kind in STEADY if kind in words), None)
    return steady or ("seat" if seat else "other")


def _seats(view: View) -> "QuerySet[Seat]":
    return Seat.objects.filter(arena__record__initiative=view.initiative, ended_at__isnull=True)


def _posts(view: View) -> "QuerySet[Post]":
    mine = {"record__initiative": view.initiative}
    answering = (
        _seats(view).values("post"),
        Commitment.objects.filter(**mine, post__isnull=False).values("post"),
        Solution.objects.filter(**mine, owner_post__isnull=False).values("owner_post"),
        SmallTest.objects.filter(**mine, owner_post__isnull=False).values("owner_post"),
        Pilot.objects.filter(**mine, decider_post__isnull=False).values("decider_post"),
    )
    needed = Q()
    for keys in answering:
        needed |= Q(pk__in=keys)
    partners = Partner.objects.filter(**mine).values("organisation")
    ours = Q(organisation__in=partners) | Q(organisation=view.initiative.owner_id)
    named = Q()
    for word in STEADY:
        named |= Q(label__icontains=word) | Q(role__icontains=word)
    # A deputy steps in for a role and is no role of its own.
    found = Post.objects.in_authority(view.initiative.authority).live()
    return found.filter(needed | (ours & named & Q(deputy_to__isnull=True))).order_by()
