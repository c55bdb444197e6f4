"""The first thirty days: whom to call and why, dates, what is waited on, next moves."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.arenas.models import Approach, Ask, PathStep
from headway.commitments.models import Commitment
from headway.core.dates import weekday_words
from headway.core.errors import Message
from headway.diagnosis.queries.told import ConditionLine, MoveLine, Standing
from headway.forums.models import Meeting
from headway.partners.models import Contact, ContactOrganisation, Partner
from headway.site.queries.dates import OPEN_ASK
from headway.site.queries.handover.told import Line, Place, Section, joined

SOON, LATER = timedelta(days=30), timedelta(days=90)
# What the day of a line is, by the section that it stands in; else its own words say it.
WHAT: Final[Mapping[str, Message]] = {
    "promises": gettext_lazy("Promise is due"),
    "decisions": gettext_lazy("Decision is looked at again"),
    "requests": gettext_lazy("Vote on the request"),
    "ballots": gettext_lazy("Our vote closes"),
    "tests": gettext_lazy("Test or pilot ends"),
    "measures": gettext_lazy("New value is due"),
    "roles": gettext_lazy("Role ends"),
    "mandates": gettext_lazy("Mandate ends"),
    "offers": gettext_lazy("Offer ends"),
}


def calls(place: Place, promises: Iterable[Commitment]) -> Section:
    """Whom to call, and why: the late first. Four queries."""
    partners = list(Partner.of_initiative(place.initiative).visible_to(place.reader.readers))
    lines = [
        *_about_promises(place, promises, partners),
        *_next_steps(place),
        *_approaches(place),
        *_unanswered(place, partners),
    ]
    return Section(
        "calls",
        _("Whom to call, and why"),
        _("Begin with those who wait longest."),
        _("Nobody is waited for, as far as it is recorded."),
        tuple(lines),
    )


def _about_promises(
    place: Place, promises: Iterable[Commitment], partners: Iterable[Partner]
) -> Iterator[Line]:
    pages = {row.organisation.canonical_pk: place.href(row.record) for row in partners}
    theirs: dict[UUID, list[Commitment]] = defaultdict(list)
    for row in promises:
        if row.organisation is not None:
            theirs[row.organisation.canonical_pk].append(row)
    today = place.reader.today
    told = [
        (sum(row.is_late(today) for row in rows), sum(_unconfirmed(row) for row in rows), rows)
        for rows in theirs.values()
    ]
    for late, unconfirmed, rows in sorted(told, key=lambda each: -each[0]):
        if not late and not unconfirmed:
            continue
        organisation = rows[0].organisation
        home = reverse("commitments:home", args=[place.reader.slug])
        yield Line(
            what=rows[0].who,
            href=pages.get(organisation.canonical_pk, home) if organisation else home,
            state=joined([_late(late), _not_confirmed(unconfirmed)]),
            more=tuple(row.record.title for row in rows if row.is_late(today) or _unconfirmed(row)),
        )


def _unconfirmed(row: Commitment) -> bool:
    return row.state == Commitment.State.INTENT


def _late(count: int) -> str:
    words = ngettext("%d promise is late", "%d promises are late", count)
    return words % count if count else ""


def _not_confirmed(count: int) -> str:
    words = ngettext("%d promise is not confirmed", "%d promises are not confirmed", count)
    return words % count if count else ""


def _next_steps(place: Place) -> Iterator[Line]:
    """What was agreed with somebody at the last contact and is not done."""
    with_whom = ContactOrganisation.objects.select_related("organisation__merged_into")
    rows = place.rows(Contact.objects.waiting()).prefetch_related(
        Prefetch("organisations", queryset=with_whom)
    )
    for row in rows.order_by("next_step_by", "pk"):
        names = joined(each.organisation.canonical.name for each in row.organisations.all())
        yield Line(
            what=names or row.record.title,
            href=place.href(row.record),
            when=weekday_words(row.next_step_by),
            state=_("Next step: %s") % row.next_step,
            day=row.next_step_by,
        )


def _approaches(place: Place) -> Iterator[Line]:
    """Who said that they would ask or inform a seat, and has not."""
    rows = place.rows(Approach.objects.filter(done_on=None)).select_related(
        "organisation__merged_into", "post", "ask__record"
    )
    for row in rows.order_by("due_on", "pk"):
        whom = row.post.label if row.post else ""
        yield Line(
            what=row.organisation.canonical.name,
            href=place.href(row.record),
            when=weekday_words(row.due_on),
            state=joined([row.get_kind_display(), whom]),
            more=(row.ask.record.title,),
            day=row.due_on,
        )


def _unanswered(place: Place, partners: Iterable[Partner]) -> Iterator[Line]:
    for row in partners:
        if row.state == Partner.State.INVITED:
            words = _("was asked to take part and has not answered")
            yield Line(str(row), place.href(row.record), state=words)


def meetings(place: Place) -> Iterator[Line]:
    """Meetings that are planned. One query."""
    rows = place.rows(Meeting.objects.filter(state=Meeting.State.PLANNED))
    for row in rows.order_by("starts_at", "pk"):
        day = place.initiative.today(row.starts_at)
        words = _("Meeting")
        yield Line(
            row.record.title, place.href(row.record), row.place, weekday_words(day), words, day=day
        )


def steps(place: Place) -> Iterator[Line]:
    """What is still to do so that a request reaches its agenda, by its working day. One query."""
    asks = place.rows(Ask.objects.filter(OPEN_ASK, vote_on__gte=place.reader.today))
    rows = PathStep.objects.filter(ask__in=asks.values("pk"), done_on=None)
    for row in rows.select_related("ask__record", "owner__merged_into", "owner_post"):
        day = row.due_on(row.ask.vote_on)
        whose = row.owner.canonical.name if row.owner else ""
        words = _("Step to the agenda: %s") % row.title
        yield _dated(
            Line(
                row.ask.record.title,
                place.href(row.ask.record),
                joined([whose, row.owner_post.label if row.owner_post else ""]),
                day=day,
            ),
            words,
            place,
        )


def dates(place: Place, sections: Iterable[Section], lines: Iterable[Line]) -> tuple[Section, ...]:
    """Everything with a day, from all that is handed over: late or soon, and after that."""
    dated: dict[tuple[str, object], Line] = {}
    for section in sections:
        for line in section.lines:
            if line.day is not None:
                known = (line.href or line.what, line.day)
                dated.setdefault(known, _dated(line, WHAT.get(section.key, line.state), place))
    found = [*dated.values(), *lines]
    today = place.reader.today
    ordered = sorted(found, key=lambda line: (line.day or today, line.what))
    soon = tuple(line for line in ordered if line.day and line.day <= today + SOON)
    later = tuple(line for line in ordered if line.day and today + SOON < line.day <= today + LATER)
    return (
        Section("dates_30", _("Late, or in the next 30 days"), "", _("No date is near."), soon),
        Section("dates_90", _("In the 60 days after that"), "", _("No date is known."), later),
    )


def _dated(line: Line, what: Message, place: Place) -> Line:
    late = line.day is not None and line.day < place.reader.today
    state = _("%s, late") % what if late else str(what)
    return replace(line, when=weekday_words(line.day), state=state, more=())


def waited_on(standing: Standing) -> Section:
    """Which conditions wait, and on whom."""
    waiting = [each for each in standing.conditions if each.state == "waiting_on"]
    return Section(
        "waited_on",
        _("What is waited on"),
        "",
        _("Nothing waits on anybody, as far as it is recorded."),
        tuple(_condition(each) for each in waiting),
    )


def _condition(each: ConditionLine) -> Line:
    since = weekday_words(each.since)
    when = _("since %s") % since if since else ""
    return Line(str(each.label), each.href, each.whom, when, each.words)


def moves(standing: Standing) -> Section:
    """What would help next, and why."""
    return Section(
        "moves",
        _("Next moves"),
        _("At most two. Each can be taken or declined with a reason on its page."),
        _("No next move stands out."),
        tuple(_move(each) for each in standing.moves),
    )


def _move(each: MoveLine) -> Line:
    return Line(
        what=str(each.label),
        href=each.start_href or each.evidence_href,
        state=str(each.condition),
        more=(each.reason, *(str(record.text) for record in each.records)),
    )
