"""What stages know beside records and states, as one list of small details: one query."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat

from headway.accounts.models import Event
from headway.arenas.models import (
    AdvocacyLimit,
    Arena,
    Ask,
    BodyDecision,
    ElectionWindow,
    OnRecord,
    PathStep,
    Seat,
)
from headway.commitments.models import Commitment
from headway.diagnosis.models import ConditionStatement, Move, Readiness, Threshold
from headway.diagnosis.queries.evidence.rows import (
    MET,
    View,
    canonical,
    day,
    key,
    moment,
    text,
)
from headway.forums.models import Attendance, Meeting, MinuteLine, Phase, Statement
from headway.initiatives.models import Happening, HappeningOrganisation, StageModel
from headway.measures.models import Headline, Measure, Reading
from headway.partners.models import Partner
from headway.pilots.models import Pilot, SmallTest
from headway.problems.models import Facet, FacetHolder
from headway.solutions.models import Ballot, BallotOption, CoAuthor, Objection, Outcome, Solution

# Between the unit of a measure and that of its starting point.
IN_UNIT = "\n"
FOR = (OnRecord.Stance.FOR, OnRecord.Stance.STRONGLY_FOR)


class Detail(NamedTuple):
    """One detail of a record: what `tag` says that the other columns mean."""

    tag: str
    record: str
    other: str
    day: date | None
    at: datetime | None
    number: int | None
    words: str


NOTHING: dict[str, Combinable] = {
    "other": Cast(Value(None), CharField()),
    "day": Cast(Value(None), CharField()),
    "at": Cast(Value(None), CharField()),
    "number": Cast(Value(None), IntegerField()),
    "words": Cast(Value(""), CharField()),
}
Part = QuerySet[Any, Any]


def _part(tag: str, rows: "QuerySet[Any]", record: str = "pk", **columns: str | Combinable) -> Part:
    told = {name: columns.get(name, nothing) for name, nothing in NOTHING.items()}
    told |= {name: text(columns[name]) for name in ("other", "day", "at") if name in columns}
    named = (F(each) if isinstance(each, str) else each for each in told.values())
    return rows.order_by().values_list(Cast(Value(tag), CharField()), text(record), *named)


def _of(view: View, model: type[StageModel]) -> "QuerySet[Any]":
    """Rows of the initiative; naming the kind keeps the database from looking at other records."""
    told = {"record__initiative": view.initiative, "record__kind": model.RECORD_KIND}
    return model._default_manager.filter(**told)


def _below(view: View, model: type[Model], path: str, stage: type[StageModel]) -> "QuerySet[Any]":
    """Rows below a stage's rows, by the way to them."""
    record = f"{path}__record"
    told = {f"{record}__initiative": view.initiative, f"{record}__kind": stage.RECORD_KIND}
    return model._default_manager.filter(**told)


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
    for tag, record, other, on, at, number, words in first.union(*others, all=True):
        yield Detail(tag, key(record), key(other), day(on), moment(at), number, words)


def _about(view: View) -> Iterator[Part]:
    """Records that are about another by a key of their own, not by a link."""
    keys: tuple[tuple[type[StageModel], str], ...] = (
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
    for model, path in keys:
        rows = _of(view, model).filter(**{f"{path}__isnull": False})
        yield _part("about", rows, other=f"{path}_id")
    options = _below(view, BallotOption, "ballot", Ballot).filter(solution__isnull=False)
    yield _part("about", options, "ballot_id", other="solution_id")


def _parties(view: View) -> Iterator[Part]:
    """Organisations that took part in something."""
    partners = _of(view, Partner)
    yield _part("party", partners, other=canonical("organisation"))
    speaking = partners.filter(represents__isnull=False, state=Partner.State.TAKING_PART)
    yield _part("party", speaking, "represents_id", other=canonical("organisation"))
    there = _below(view, Attendance, "meeting", Meeting).filter(
        was=Attendance.Was.PRESENT, organisation__isnull=False
    )
    yield _part("party", there, "meeting_id", other=canonical("organisation"))
    told = _below(view, HappeningOrganisation, "happening", Happening).filter(
        happening__category__in=MET
    )
    yield _part("met_with", told, "happening_id", other=canonical("organisation"))
    held = _below(view, FacetHolder, "facet", Facet).filter(view.standing("withdrawn_at"))
    held = held.filter(view.known("recorded_at"))
    yield _part("facet", held, "facet_id", other=canonical("organisation"), at="recorded_at")
    alone = ~Exists(HappeningOrganisation.objects.filter(happening=OuterRef("pk")))
    yield _part("met", _of(view, Happening).filter(alone, category__in=MET))


def _solutions(view: View) -> Iterator[Part]:
    rows = _of(view, Solution)
    owner = Coalesce(canonical("owner"), F("owner_post_id"), output_field=UUIDField())
    yield _part("owner", rows.filter(owner__isnull=False), other=owner)
    yield _part("forum", rows.filter(forum__isnull=False), other="forum_id")
    named = Event.objects.filter(verb="owner_named", subject_id__in=rows.values("pk"))
    yield _part("owner_on", named.filter(view.known("recorded_at")), "subject_id", at="recorded_at")
    authors = _below(view, CoAuthor, "solution", Solution).filter(view.known("since"))
    yield _part("author", authors, "solution_id", other=canonical("organisation"), at="since")


def _requests(view: View) -> Iterator[Part]:
    asks = _of(view, Ask)
    yield _part("ask", asks, other=canonical("arena__organisation"), day="vote_on")
    yield _part("arena", asks, other="arena_id")
    seats = _below(view, Seat, "arena", Arena).filter(ended_at__isnull=True)
    yield _part("seat", seats, "arena_id", other="post_id")
    steps = _below(view, PathStep, "ask", Ask)
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
    limits = _below(view, AdvocacyLimit, "ask", Ask).filter(view.known("recorded_at"))
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
    seen = {"series__record__visibility__in": view.readers, "series__record__withdrawn_at": None}
    rows = (
        _below(view, Reading, "series__measure", Measure)
        .filter(**seen)
        .filter(gap="", happened_to__isnull=False)
    )
    known = rows.filter(view.known("recorded_at")).filter(view.standing("superseded_at"))
    yield _part("reading", known, "series__measure_id", other="pk", day="happened_to")
    measures = _of(view, Measure)
    yield _part("own", measures.filter(kind=Measure.Kind.PERFORMANCE))
    yield _fared(view, measures, known)


def _fared(view: View, measures: "QuerySet[Any]", known: "QuerySet[Any]") -> Part:
    """How each result, and the measure put first, changed since its starting point.

    The last count is the one that pages of measures tell: of the series shown first that has one.
    """
    ends = known if view.as_of is None else known.filter(happened_to__lte=view.as_of)
    own = ends.filter(series__measure=OuterRef("pk"), value__isnull=False).order_by(
        "-series__shown_first",
        "series__record__title",
        "series__pk",
        "-happened_to",
        "-happened_from",
        "pk",
    )
    first = Headline.objects.filter(measure=OuterRef("pk"), ended_at__isnull=True)
    told = measures.filter(Q(kind=Measure.Kind.RESULT) | Exists(first), baseline__isnull=False)
    told = told.annotate(last=Subquery(own.values("value")[:1])).filter(last__isnull=False)
    up = Q(direction=Measure.Direction.HIGHER)
    down = Q(direction=Measure.Direction.LOWER)
    more, less = Q(last__gt=F("baseline__value")), Q(last__lt=F("baseline__value"))
    change = Case(
        When((up & more) | (down & less), then=Value(1)),
        When((up & less) | (down & more), then=Value(-1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    units = Concat("unit", Value(IN_UNIT), "baseline__unit", output_field=CharField())
    return _part("fared", told, other="baseline_id", number=change, words=units)


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
    yield _part("move", moves, other="about_id", words=Cast("lever", CharField()))
    yield _part("because", moves, words=Cast("because", CharField()))
    yield _part("taken", moves.filter(answer=Move.Answer.TAKEN))
    answers = [each for need in Readiness.NEEDS for each in (need, Value(","))]
    given = Concat(*answers, Value(""), output_field=CharField())
    yield _part(
        "ready", _of(view, Readiness), other="about_id", at="record__recorded_at", words=given
    )
    stated = _of(view, ConditionStatement)
    yield _part("condition", stated, words=Cast("condition", CharField()))
    yield _part("verdict", stated, words=Cast("verdict", CharField()))
    yield _part("told_by", stated, words=Cast("told_by", CharField()))
    windows = ElectionWindow.objects.filter(
        authority=view.initiative.authority_id, withdrawn_at__isnull=True
    )
    yield _part("election", windows, day="ends_on", words=Cast("name", CharField()))
