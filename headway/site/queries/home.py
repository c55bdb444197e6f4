from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models import Authority, Job, User
from headway.accounts.models.authority import Visibility
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import PathMark
from headway.core.progress import Progress
from headway.diagnosis.queries.keeping import kept_of_many
from headway.diagnosis.queries.lines import Lines
from headway.initiatives.access import VISITOR, readers_of
from headway.initiatives.models import Happening, Initiative
from headway.initiatives.models.initiative import InitiativeQuerySet
from headway.initiatives.queries.members import taking_part
from headway.initiatives.reader import Reader
from headway.measures.models import Headline, Measure
from headway.measures.queries.points import MeasureStanding, standings
from headway.measures.queries.words import finding, start_words
from headway.problems.models import Baseline
from headway.problems.queries.parts import baseline_words
from headway.site.queries.stand import path_of

MOST = 50
AS_VISITOR = frozenset({VISITOR})
# Every member may read where it stands.
AS_MEMBER = frozenset({"observer@initiative"})
Seen = tuple[Initiative, Reader]


@dataclass(frozen=True)
class InitiativeLine:
    """An initiative with its small path, one measure and one line of what happened last."""

    title: str
    href: str
    summary: str
    label: str
    owner: str
    measure: str
    start: str
    latest: str
    path: tuple[PathMark, ...]


@dataclass(frozen=True)
class WelcomePage:
    """The front page for everybody."""

    title: str
    authority: str
    initiatives: tuple[InitiativeLine, ...]
    progress: Progress | None
    practices_href: str


@dataclass(frozen=True)
class HomePage:
    """What somebody who signed in comes back to."""

    title: str
    mine: tuple[InitiativeLine, ...]
    others: tuple[InitiativeLine, ...]
    may_open: bool
    running: tuple[tuple[str, str, int], ...]
    also: tuple[tuple[Message, str], ...]


def _happening_words(happening: Happening | None) -> str:
    return f"{date_words(happening.record.when)}: {happening.record.title}" if happening else ""


def _one_each(rows: QuerySet[Any], found: list[Initiative], *order: str) -> dict[UUID, Any]:
    """For each initiative its first public row in an order, in one query for all."""
    public = rows.filter(
        record__initiative=OuterRef("pk"),
        record__visibility=Visibility.PUBLIC,
        record__withdrawn_at__isnull=True,
    )
    first = Subquery(public.order_by(*order).values("pk")[:1])
    chosen = Initiative.objects.filter(pk__in=[each.pk for each in found]).annotate(first=first)
    shown = rows.filter(pk__in=chosen.values("first")).select_related("record")
    return {row.record.initiative_id: row for row in shown}


def _measures(found: list[Initiative], today: date) -> dict[UUID, MeasureStanding]:
    """The headline measure of each initiative; four queries for all.

    Where nobody has chosen one, the first result with a starting point stands for it.
    """
    chosen = Exists(Headline.objects.filter(measure=OuterRef("pk"), ended_at__isnull=True))
    may = Q(chosen=True) | Q(kind=Measure.Kind.RESULT, baseline__isnull=False)
    rows = Measure.objects.annotate(chosen=chosen).filter(may).select_related("baseline__record")
    first = _one_each(rows, found, "-chosen", "record__title", "pk")
    told = standings(list(first.values()), [Visibility.PUBLIC], today=today, last_only=True)
    return {each.measure.record.initiative_id: each for each in told}


def _latest(told: MeasureStanding | None) -> str:
    """A measure as its last value beside its start; nothing while there is none."""
    known = told is not None and told.latest is not None
    return f"{told.measure.name}: {finding(told)}" if told is not None and known else ""


def _starts(found: list[Initiative], told: Mapping[UUID, MeasureStanding]) -> dict[UUID, str]:
    """Starting points: "Homeless: 2,400 people, 2006"; that of the headline before any other.

    Of several the first on the page where the initiative stands.
    """
    own = {
        key: f"{each.measure.name}: {start_words(replace(each.start, compares=False))}"
        for key, each in told.items()
        if each.start is not None
    }
    others = [each for each in found if each.pk not in own]
    points = _one_each(Baseline.objects.all(), others, "record__recorded_at", "record__title")
    return own | {
        key: f"{each.measure_name}: {baseline_words(each)}" for key, each in points.items()
    }


def _lines(asked: list[Seen], today: date) -> dict[UUID, InitiativeLine]:
    """Each initiative with its path, its number and what happened last; few questions for all."""
    found = [initiative for initiative, _reader in asked]
    if not found:
        return {}
    told = _measures(found, today)
    measures = {each.pk: _latest(told.get(each.pk)) for each in found}
    starts = _starts([each for each in found if not measures[each.pk]], told)
    dated = Happening.objects.filter(record__happened_from__lte=today)
    latest = _one_each(dated, found, "-record__happened_to", "pk")
    paths = _paths(asked)
    return {
        initiative.pk: InitiativeLine(
            title=initiative.title,
            href=initiative.get_absolute_url(),
            summary=initiative.summary,
            label=initiative.label,
            owner=initiative.owner.name,
            measure=measures[initiative.pk],
            start=starts.get(initiative.pk, ""),
            latest=_happening_words(latest.get(initiative.pk)),
            path=paths.get(initiative.pk, ()),
        )
        for initiative in found
    }


def _paths(asked: list[Seen]) -> dict[UUID, tuple[PathMark, ...]]:
    """The small path beside each; its marks lead nowhere, since the title leads to the page."""
    readers = {initiative.pk: reader for initiative, reader in asked}
    return {
        key: tuple(
            replace(mark, href="")
            for mark in path_of(Lines(told, readers[key], readers[key].today).standing())
        )
        for key, told in kept_of_many(asked).items()
    }


def _seen_by(cells: frozenset[str], found: list[Initiative], today: date) -> list[Seen]:
    """The initiatives with a reader who holds these cells in each."""
    readers = readers_of(cells)
    return [(each, Reader(each.slug, today, cells, readers)) for each in found]


def own_work(authority: Authority) -> Job | None:
    """What the installation itself is busy with, like loading the demonstration."""
    asked = Job.objects.in_authority(authority).filter(started_by__isnull=True)
    newest = asked.order_by("-asked_at").first()
    return newest if newest is not None and newest.state != Job.State.DONE else None


def own_progress(job: Job) -> Progress:
    """How far the installation's own work is."""
    return Progress(
        title=job.title,
        words=job.finding or job.get_state_display(),
        href=reverse("site:loading", args=[job.pk]),
        done=job.done,
        total=job.total,
        finished=job.ended,
        failed=job.state == Job.State.FAILED,
        result_href=reverse("site:welcome") if job.ended else "",
        result_label=_("Show the initiatives"),
    )


def welcome_page(authority: Authority, today: date) -> WelcomePage:
    """What anybody sees first."""
    found = list(_known(authority).public()[:MOST])
    lines = _lines(_seen_by(AS_VISITOR, found, today), today)
    job = own_work(authority)
    return WelcomePage(
        title=_("Solve a public problem together"),
        authority=authority.name,
        initiatives=tuple(lines.values()),
        progress=own_progress(job) if job else None,
        practices_href=reverse("diagnosis:practices_everywhere"),
    )


def _known(authority: Authority) -> InitiativeQuerySet:
    found = Initiative.objects.in_authority(authority)
    return found.select_related("owner", "stream", "authority")


ALSO_HERE: tuple[tuple[str, Message, str], ...] = (
    ("directory.view", gettext_lazy("Directory of organizations"), "directory:organisations"),
    ("accounts.settings", gettext_lazy("Settings"), "accounts:settings"),
    ("exchange.search", gettext_lazy("Records office"), "exchange:search"),
)


def home_page(
    authority: Authority, user: User, may: Callable[[str], bool], today: date
) -> HomePage:
    """The initiatives of somebody who signed in, the public ones, and what else there is."""
    member_of = taking_part(user, today)
    mine = list(_known(authority).filter(pk__in=member_of)[:MOST])
    others = list(_known(authority).public().exclude(pk__in=member_of)[:MOST])
    asked = [*_seen_by(AS_MEMBER, mine, today), *_seen_by(AS_VISITOR, others, today)]
    lines = _lines(asked, today)
    return HomePage(
        title=_("Your initiatives"),
        mine=tuple(lines[each.pk] for each in mine),
        others=tuple(lines[each.pk] for each in others),
        may_open=may("initiatives.create"),
        running=tuple(
            (job.title, reverse("accounts:job", args=[job.pk]), job.share)
            for job in Job.objects.in_authority(authority).filter(started_by=user)[:5]
            if not job.ended
        ),
        also=tuple((words, reverse(name)) for right, words, name in ALSO_HERE if may(right)),
    )
