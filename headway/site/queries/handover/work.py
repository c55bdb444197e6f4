"""What is under way and what was decided: promises, decisions, requests, votes, tests, reviews."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from headway.arenas.models import Ask, BodyDecision, OnRecord, PathStep
from headway.arenas.queries.parts import stance_words
from headway.commitments.models import Commitment
from headway.commitments.queries.words import due_words, seat_words, state_mark
from headway.core.dates import date_words, weekday_words
from headway.directory.models import Organisation
from headway.measures.queries.points import where_measures_stand
from headway.measures.queries.words import finding, stale_words
from headway.pilots.models import FollowUp, Pilot, Review, SmallTest
from headway.pilots.queries.words import state_mark as tried_mark
from headway.site.queries.handover.told import Line, Place, Section, joined
from headway.solutions.models import Ballot, Outcome


def name_of(organisation: Organisation | None) -> str:
    """What an organisation is called, as it counts today."""
    return organisation.canonical.name if organisation else ""


def open_promises(place: Place) -> tuple[Commitment, ...]:
    """The promises that are neither kept nor given up, by whose they are. One query."""
    found = place.rows(Commitment.objects.still_open()).select_related(
        "organisation__merged_into", "post", "person__merged_into"
    )
    rows = found.earliest_first()
    return tuple(sorted(rows, key=lambda row: (not row.who, row.who.casefold())))


def promises(place: Place, rows: Iterable[Commitment]) -> Section:
    """Open promises by organisation."""
    return Section(
        "promises",
        _("Open promises by organization"),
        "",
        _("No promise is open."),
        tuple(_promise(row, place) for row in rows),
    )


def _promise(row: Commitment, place: Place) -> Line:
    today = place.reader.today
    # A day of which nobody knows whether it was kept is no date that a successor must act on.
    is_ahead = row.due_to is not None and row.due_to >= today
    return Line(
        what=row.record.title,
        href=place.href(row.record),
        who=joined([row.who or _("nobody named"), seat_words(row, place.reader)]),
        when=due_words(row),
        state=str(state_mark(row, today).label),
        day=row.due_to if is_ahead or row.is_late(today) else None,
    )


def decisions(place: Place) -> Section:
    """What we decided and what bodies decided, the newest first. Two queries."""
    ours = place.rows(Outcome.objects.all()).select_related("record__organisation__merged_into")
    theirs = place.rows(BodyDecision.objects.all()).select_related("arena__organisation")
    found = [
        *((row.record.recorded_at.date(), _outcome(row, place)) for row in ours),
        *((_day_of(row), _decided(row, place)) for row in theirs),
    ]
    newest = sorted(found, key=lambda pair: pair[0], reverse=True)
    return Section(
        "decisions",
        _("Decisions"),
        _("What the partners and the decision bodies decided, the newest first."),
        _("No decision is recorded."),
        tuple(line for _on, line in newest),
    )


def _day_of(row: BodyDecision) -> date:
    when = row.record.when
    return when.end if when else row.record.recorded_at.date()


def _outcome(row: Outcome, place: Place) -> Line:
    waits = row.review_on is not None and row.reviewed_at is None
    again = _("We look at it again on %s") % weekday_words(row.review_on) if waits else ""
    on = row.record.when
    return Line(
        what=row.record.title,
        href=place.href(row.record),
        who=joined([_("the partners"), name_of(row.record.organisation)]),
        when=date_words(on) or weekday_words(place.initiative.today(row.record.recorded_at)),
        state=str(row.get_decision_display()) if row.decision else "",
        more=(again,) if again else (),
        day=row.review_on if waits else None,
    )


def _decided(row: BodyDecision, place: Place) -> Line:
    return Line(
        what=row.record.title,
        href=place.href(row.record),
        who=row.arena.organisation.name,
        when=date_words(row.record.when),
        state=str(row.get_result_display()),
    )


def requests(place: Place) -> Section:
    """Open requests with the steps that are left and what was said on the record. Three queries."""
    asks = place.rows(Ask.objects.still_open()).select_related("arena__organisation")
    steps = PathStep.objects.select_related("owner__merged_into", "owner_post")
    ordered = asks.order_by("vote_on", "record__recorded_at", "pk")
    rows = list(ordered.prefetch_related(Prefetch("steps", queryset=steps)))
    said = _positions(place, rows)
    return Section(
        "requests",
        _("Requests to decision bodies"),
        _("Each with the steps that are left on its way, and what was said on the record."),
        _("No request is open."),
        tuple(_request(row, place, said[row.pk]) for row in rows),
    )


def _positions(place: Place, asks: Iterable[Ask]) -> dict[UUID, list[str]]:
    found = place.rows(OnRecord.objects.filter(ask__in=[row.pk for row in asks]))
    told: dict[UUID, list[str]] = defaultdict(list)
    for row in found.select_related("post", "person__merged_into").order_by("record__recorded_at"):
        person = row.person.canonical.name if row.person else ""
        whose = row.post.label if row.post else person
        words = {"who": whose, "stance": stance_words(row), "what": row.text}
        told[row.ask_id].append(_("%(who)s – %(stance)s: “%(what)s”") % words)
    return told


def _request(row: Ask, place: Place, said: Iterable[str]) -> Line:
    return Line(
        what=row.record.title,
        href=place.href(row.record),
        who=row.arena.organisation.name,
        when=weekday_words(row.vote_on),
        state=str(row.get_state_display()),
        more=(*_steps(row, place), *said),
        day=row.vote_on,
    )


def _steps(row: Ask, place: Place) -> Iterator[str]:
    for step in row.steps.all():
        if step.done_on is not None:
            continue
        due = step.due_on(row.vote_on)
        late = due is not None and due < place.reader.today
        whose = step.owner_post.label if step.owner_post else name_of(step.owner)
        when = _("%s, late") % weekday_words(due) if late else weekday_words(due)
        yield _("Left to do: %s") % joined([step.title, when, whose or _("nobody named")])


def ballots(place: Place) -> Section:
    """Votes that are open. One query."""
    rows = place.rows(Ballot.objects.filter(state=Ballot.State.OPEN)).order_by("closes_at", "pk")
    return Section(
        "ballots",
        _("Open votes"),
        "",
        _("No vote is open."),
        tuple(_ballot(row, place) for row in rows),
    )


def _ballot(row: Ballot, place: Place) -> Line:
    day = place.initiative.today(row.closes_at) if row.closes_at else None
    rule = str(row.get_rule_display())
    return Line(row.record.title, place.href(row.record), "", weekday_words(day), rule, day=day)


def tests(place: Place) -> Section:
    """Small tests and pilots that nobody decided yet. Two queries."""
    small = place.rows(SmallTest.objects.exclude(state=SmallTest.State.DECIDED))
    large = place.rows(Pilot.objects.exclude(state=Pilot.State.DECIDED))
    owned = ("owner__merged_into",)
    rows: list[SmallTest | Pilot] = [
        *small.select_related(*owned),
        *large.select_related(*owned),
    ]
    return Section(
        "tests",
        _("Small tests and pilots"),
        _("Those that are under way, or wait for a decision."),
        _("Nothing is tried out at the moment."),
        tuple(_tried(row, place) for row in rows),
    )


def _tried(row: SmallTest | Pilot, place: Place) -> Line:
    running = row.state == Pilot.State.RUNNING
    return Line(
        what=row.record.title,
        href=place.href(row.record),
        who=name_of(row.owner),
        when=weekday_words(row.ends_on if running else row.ended_on or row.ends_on),
        state=str(tried_mark(row, place.reader.today).label),
        day=row.ends_on if running else None,
    )


def reviews(place: Place) -> Section:
    """Learning reviews and follow-ups that are open. Two queries."""
    held = place.rows(Review.objects.still_open()).select_related("conductor")
    asked = place.rows(FollowUp.objects.still_open()).select_related(
        "owner__merged_into", "owner_post", "owner_member"
    )
    return Section(
        "reviews",
        _("Open reviews and follow-ups"),
        "",
        _("No review and no follow-up is open."),
        (*(_review(row, place) for row in held), *(_follow_up(row, place) for row in asked)),
    )


def _review(row: Review, place: Place) -> Line:
    leads = row.conductor.name if row.conductor else row.conductor_as_said
    title, state = row.record.title, _("Learning review")
    return Line(
        title, place.href(row.record), leads, weekday_words(row.due_on), state, day=row.due_on
    )


def _follow_up(row: FollowUp, place: Place) -> Line:
    post = row.owner_post.label if row.owner_post else ""
    member = row.owner_member.name if row.owner_member else ""
    return Line(
        what=row.record.title,
        href=place.href(row.record),
        who=joined([name_of(row.owner), post, member]) or _("nobody named"),
        when=weekday_words(row.due_on),
        state=_("Follow-up"),
        day=row.due_on,
    )


def measures(place: Place) -> Section:
    """What is measured, how it stands, and what should be newer. Four queries."""
    today = place.reader.today
    found = where_measures_stand(place.initiative, place.reader.readers, today=today)
    return Section(
        "measures",
        _("Measures"),
        "",
        _("Nothing is measured yet."),
        tuple(
            Line(
                what=each.measure.name,
                href=place.href(each.measure.record),
                who=joined(series.organisation for series in each.series),
                when=weekday_words(each.due_on),
                state=finding(each),
                more=tuple(words for words in (stale_words(each, today),) if words),
                day=each.due_on,
            )
            for each in found
        ),
    )
