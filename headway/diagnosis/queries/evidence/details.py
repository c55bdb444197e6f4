"""What stages know beside records and states, as one list of small details: one query."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    Model,
    Q,
    QuerySet,
    UUIDField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from headway.accounts.models import Event
from headway.arenas.models import (
    AdvocacyLimit,
    Ask,
    BodyDecision,
    ElectionWindow,
    OnRecord,
    PathStep,
    Seat,
)
from headway.commitments.models import Commitment
from headway.diagnosis.models import ConditionStatement, Move, Threshold
from headway.diagnosis.queries.evidence.rows import MET, View, canonical
from headway.forums.models import Attendance, Meeting, MinuteLine, Phase, Statement
from headway.initiatives.models import Happening, HappeningOrganisation
from headway.measures.models import Measure, Reading
from headway.partners.models import Partner
from headway.pilots.models import Pilot, SmallTest
from headway.problems.models import FacetHolder
from headway.solutions.models import BallotOption, CoAuthor, Objection, Outcome, Solution

FOR = (OnRecord.Stance.FOR, OnRecord.Stance.STRONGLY_FOR)


class Detail(NamedTuple):
    """One detail of a record: what `tag` says that the other columns mean."""

    tag: str
    record: UUID
    other: UUID | None
    day: date | None
    at: datetime | None
    number: int | None
    words: str


NOTHING: dict[str, Combinable] = {
    "other": Cast(Value(None), UUIDField()),
    "day": Cast(Value(None), DateField()),
    "at": Cast(Value(None), DateTimeField()),
    "number": Cast(Value(None), IntegerField()),
    "words": Cast(Value(""), CharField()),
}
Part = QuerySet[Any, Any]


def _part(tag: str, rows: "QuerySet[Any]", record: str = "pk", **columns: str | Combinable) -> Part:
    told = {name: columns.get(name, nothing) for name, nothing in NOTHING.items()}
    named = (F(each) if isinstance(each, str) else each for each in told.values())
    return rows.order_by().values_list(
        Cast(Value(tag), CharField()), Cast(F(record), UUIDField()), *named
    )


def _of(view: View, model: type[Model], path: str = "record") -> "QuerySet[Any]":
    """Rows of the initiative, by the way to their record."""
    return model._default_manager.filter(**{f"{path}__initiative": view.initiative})


def details(view: View) -> Iterator[Detail]:
    """Every detail that the diagnosis asks for."""
    first, *others = (
        *_about(view),
        *_parties(view),
        *_solutions(view),
        *_requests(view),
        *_promises(view),
        *_meetings(view),
        *_tests(view),
        *_own(view),
    )
    return (Detail(*row) for row in first.union(*others, all=True))


def _about(view: View) -> Iterator[Part]:
    """Records that are about another by a key of their own, not by a link."""
    keys: tuple[tuple[type[Model], str], ...] = (
        (Ask, "solution"),
        (Ask, "barrier"),
        (BodyDecision, "ask"),
        (Outcome, "solution"),
        (Objection, "ballot"),
        (MinuteLine, "meeting"),
        (Statement, "conversation"),
        (Measure, "baseline"),
        (Pilot, "solution"),
        (SmallTest, "solution"),
    )
    for model, key in keys:
        rows = _of(view, model).filter(**{f"{key}__isnull": False})
        yield _part("about", rows, other=f"{key}_id")
    options = _of(view, BallotOption, "ballot__record").filter(solution__isnull=False)
    yield _part("about", options, "ballot_id", other="solution_id")


def _parties(view: View) -> Iterator[Part]:
    """Organisations that took part in something."""
    partners = _of(view, Partner)
    yield _part("party", partners, other=canonical("organisation"))
    speaking = partners.filter(represents__isnull=False, state=Partner.State.TAKING_PART)
    yield _part("party", speaking, "represents_id", other=canonical("organisation"))
    there = _of(view, Attendance, "meeting__record").filter(
        was=Attendance.Was.PRESENT, organisation__isnull=False
    )
    yield _part("party", there, "meeting_id", other=canonical("organisation"))
    told = _of(view, HappeningOrganisation, "happening__record").filter(happening__category__in=MET)
    yield _part("party", told, "happening_id", other=canonical("organisation"))
    held = _of(view, FacetHolder, "facet__record").filter(view.standing("withdrawn_at"))
    held = held.filter(view.known("recorded_at"))
    yield _part("facet", held, "facet_id", other=canonical("organisation"), at="recorded_at")
    yield _part("met", _of(view, Happening).filter(category__in=MET))


def _solutions(view: View) -> Iterator[Part]:
    rows = _of(view, Solution)
    owner = Coalesce(canonical("owner"), F("owner_post_id"), output_field=UUIDField())
    yield _part("owner", rows.filter(owner__isnull=False), other=owner)
    yield _part("forum", rows.filter(forum__isnull=False), other="forum_id")
    named = Event.objects.filter(verb="owner_named", subject_id__in=rows.values("pk"))
    yield _part("owner_on", named.filter(view.known("recorded_at")), "subject_id", at="recorded_at")
    authors = _of(view, CoAuthor, "solution__record").filter(view.known("since"))
    yield _part("author", authors, "solution_id", other=canonical("organisation"), at="since")


def _requests(view: View) -> Iterator[Part]:
    asks = _of(view, Ask)
    yield _part("ask", asks, other=canonical("arena__organisation"), day="vote_on")
    yield _part("arena", asks, other="arena_id")
    seats = _of(view, Seat, "arena__record").filter(ended_at__isnull=True)
    yield _part("seat", seats, "arena_id", other="post_id")
    steps = _of(view, PathStep, "ask__record")
    owner = Coalesce(canonical("owner"), F("owner_post_id"), output_field=UUIDField())
    yield _part(
        "step",
        steps,
        "ask_id",
        other=owner,
        day="done_on",
        number="days_before",
        words=Cast("title", CharField()),
    )
    said = _of(view, OnRecord).filter(stance__in=FOR, record__withdrawn_at__isnull=True)
    said = said.filter(view.known("record__recorded_at"), record__visibility__in=view.readers)
    yield _part("backed", said, "ask_id", day="record__happened_to", at="record__recorded_at")
    limits = _of(view, AdvocacyLimit, "ask__record").filter(view.known("recorded_at"))
    yield _part(
        "limit",
        limits,
        "ask_id",
        other=canonical("organisation"),
        at="recorded_at",
        words=Cast("limit", CharField()),
    )
    yield _part("result", _of(view, BodyDecision), words=Cast("result", CharField()))
    undone = ["not_adopted", "set_aside"]
    yield _part("undone", _of(view, Outcome).filter(decision__in=undone))


def _promises(view: View) -> Iterator[Part]:
    rows = _of(view, Commitment)
    yield _part("due", rows, other=canonical("organisation"), day="due_to", at="confirmed_at")
    answers = Coalesce(F("post_id"), F("person_id"), output_field=UUIDField())
    said = rows.filter(organisation__isnull=True).exclude(organisation_as_said="")
    yield _part(
        "answers", rows.filter(Q(post__isnull=False) | Q(person__isnull=False)), other=answers
    )
    yield _part("as_said", said, words=Cast("organisation_as_said", CharField()))


def _meetings(view: View) -> Iterator[Part]:
    yield _part("starts", _of(view, Meeting), other="forum_id", at="starts_at")
    phases = _of(view, Phase)
    yield _part("opens", phases, other="forum_id", at="opens_at")
    yield _part("closes", phases.filter(closes_at__isnull=False), at="closes_at")


def _tests(view: View) -> Iterator[Part]:
    told = Cast("decision", CharField())
    yield _part("test", _of(view, Pilot), other=canonical("owner"), day="ends_on", words=told)
    yield _part("test", _of(view, SmallTest), other=canonical("owner"), day="look_on", words=told)
    yield _part(
        "decider", _of(view, Pilot).filter(decider_post__isnull=False), other="decider_post_id"
    )
    path = "series__measure__record"
    seen = {"series__record__visibility__in": view.readers, "series__record__withdrawn_at": None}
    rows = _of(view, Reading, path).filter(**seen).filter(gap="", happened_to__isnull=False)
    known = rows.filter(view.known("recorded_at")).filter(view.standing("superseded_at"))
    yield _part("reading", known, "series__measure_id", other="pk", day="happened_to")


def _own(view: View) -> Iterator[Part]:
    """Thresholds, answers to next moves, what was stated of conditions, and elections."""
    rows = _of(view, Threshold)
    yield _part(
        "threshold",
        rows,
        at="record__recorded_at",
        number="value",
        words=Cast("name", CharField()),
    )
    moves = _of(view, Move)
    yield _part("move", moves, words=Cast("lever", CharField()))
    yield _part("taken", moves.filter(answer=Move.Answer.TAKEN))
    stated = _of(view, ConditionStatement)
    yield _part("condition", stated, words=Cast("condition", CharField()))
    yield _part("verdict", stated, words=Cast("verdict", CharField()))
    yield _part("told_by", stated, words=Cast("told_by", CharField()))
    windows = ElectionWindow.objects.filter(
        authority=view.initiative.authority_id, withdrawn_at__isnull=True
    )
    yield _part("election", windows, day="ends_on", words=Cast("name", CharField()))
