from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models import Authority, Job, User
from headway.accounts.models.authority import Visibility
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.progress import Progress
from headway.initiatives.models import Happening, Initiative
from headway.initiatives.queries.members import taking_part
from headway.problems.models import Baseline
from headway.problems.queries.parts import baseline_words


@dataclass(frozen=True)
class InitiativeLine:
    """An initiative with one measure and one line of state."""

    title: str
    href: str
    summary: str
    label: str
    owner: str
    measure: str
    latest: str


@dataclass(frozen=True)
class WelcomePage:
    """The front page for everybody."""

    title: str
    authority: str
    initiatives: tuple[InitiativeLine, ...]
    progress: Progress | None


@dataclass(frozen=True)
class HomePage:
    """What somebody who signed in comes back to."""

    title: str
    mine: tuple[InitiativeLine, ...]
    others: tuple[InitiativeLine, ...]
    may_open: bool
    running: tuple[tuple[str, str, int], ...]
    also: tuple[tuple[Message, str], ...]


def _measure_words(baseline: Baseline | None) -> str:
    """A measure with its starting point as one line: "Homeless: 2,400 people, 2006"."""
    return f"{baseline.measure_name}: {baseline_words(baseline)}" if baseline else ""


def _happening_words(happening: Happening | None) -> str:
    return f"{date_words(happening.record.when)}: {happening.record.title}" if happening else ""


def _one_each(rows: QuerySet[Any], order: str, found: list[Initiative]) -> dict[UUID, Any]:
    """For each initiative its first public row in an order, in two queries for all."""
    public = rows.filter(
        record__initiative=OuterRef("pk"),
        record__visibility=Visibility.PUBLIC,
        record__withdrawn_at__isnull=True,
    )
    first = Subquery(public.order_by(order).values("pk")[:1])
    chosen = Initiative.objects.filter(pk__in=[each.pk for each in found]).annotate(first=first)
    shown = rows.filter(pk__in=chosen.values("first")).select_related("record")
    return {row.record.initiative_id: row for row in shown}


def _lines(found: list[Initiative]) -> tuple[InitiativeLine, ...]:
    measures = _one_each(Baseline.objects.all(), "record__recorded_at", found)
    dated = Happening.objects.filter(record__happened_from__lte=timezone.localdate())
    latest = _one_each(dated, "-record__happened_to", found)
    return tuple(
        InitiativeLine(
            title=initiative.title,
            href=initiative.get_absolute_url(),
            summary=initiative.summary,
            label=initiative.label,
            owner=initiative.owner.name,
            measure=_measure_words(measures.get(initiative.pk)),
            latest=_happening_words(latest.get(initiative.pk)),
        )
        for initiative in found
    )


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


def welcome_page(authority: Authority) -> WelcomePage:
    """What anybody sees first."""
    public = Initiative.objects.in_authority(authority).public().select_related("owner")
    job = own_work(authority)
    return WelcomePage(
        title=_("Solve a public problem together"),
        authority=authority.name,
        initiatives=_lines(list(public[:50])),
        progress=own_progress(job) if job else None,
    )


ALSO_HERE: tuple[tuple[str, Message, str], ...] = (
    ("directory.view", gettext_lazy("Directory of organizations"), "directory:organisations"),
    ("accounts.settings", gettext_lazy("Settings"), "accounts:settings"),
    ("exchange.search", gettext_lazy("Records office"), "exchange:search"),
)


def home_page(authority: Authority, user: User, may: Callable[[str], bool]) -> HomePage:
    """The initiatives of somebody who signed in, the public ones, and what else there is."""
    member_of = taking_part(user, authority.today(timezone.now()))
    known = Initiative.objects.in_authority(authority).select_related("owner")
    mine = list(known.filter(pk__in=member_of))
    others = known.public().exclude(pk__in=member_of)
    return HomePage(
        title=_("Your initiatives"),
        mine=_lines(mine),
        others=_lines(list(others[:50])),
        may_open=may("initiatives.create"),
        running=tuple(
            (job.title, reverse("accounts:job", args=[job.pk]), job.share)
            for job in Job.objects.in_authority(authority).filter(started_by=user)[:5]
            if not job.ended
        ),
        also=tuple((words, reverse(name)) for right, words, name in ALSO_HERE if may(right)),
    )
