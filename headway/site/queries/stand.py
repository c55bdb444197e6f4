from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Moment
from headway.core.numbers import number_words
from headway.core.tables import TextLink
from headway.forums.models import Meeting
from headway.initiatives import kinds
from headway.initiatives.models import Happening, Initiative, Record
from headway.initiatives.queries.happenings import visible_happenings
from headway.initiatives.reader import Reader
from headway.problems.models import AffectedGroup, Baseline, Framing, FramingState
from headway.problems.queries.parts import baseline_words
from headway.site.navigation import AREAS, NOT_RECORDED, RECORDED
from headway.site.queries.dates import GAP, Dated, dated_records, further_lines, in_order

LATEST = 6
MOST_DATES = 8


@dataclass(frozen=True)
class AreaLine:
    """One of the five areas: how much is recorded in it."""

    label: Message
    href: str
    state: str
    words: str


@dataclass(frozen=True)
class Ahead:
    """What comes next: one's organisation's promises, the next meeting, dates, gaps.

    What names somebody's delay or a gap is for those who take part.
    """

    promises: tuple[Dated, ...]
    promises_href: str
    meeting: Dated | None
    meeting_href: str
    dates: tuple[Dated, ...]
    gaps: tuple[Dated, ...]


@dataclass(frozen=True)
class StandPage:
    """Where an initiative stands: what comes next, the problem, what is recorded, the latest."""

    title: str
    summary: str
    owner: str
    ahead: Ahead
    affected: tuple[TextLink, ...]
    starting_points: tuple[TextLink, ...]
    seen_as: str
    seen_as_href: str
    areas: tuple[AreaLine, ...]
    latest: tuple[Moment, ...]
    all_happenings_href: str
    first_step_href: str
    history_href: str
    members_href: str
    settings_href: str


def _counts(initiative: Initiative, reader: Reader) -> dict[str, int]:
    """How many live records each area holds, as far as the reader may see them."""
    found = Record.objects.in_initiative(initiative).live().visible_to(reader.readers)
    records = found.exclude(kind=Happening.RECORD_KIND).order_by().values_list("kind")
    happened = visible_happenings(initiative, reader).order_by().values_list("category")
    every = records.annotate(Count("pk")).union(happened.annotate(Count("pk")), all=True)
    counted: dict[str, int] = {}
    for name, count in every:
        counted[name] = counted.get(name, 0) + count
    return {area.key: sum(counted.get(name, 0) for name in area.holds()) for area in AREAS}


def _area_lines(initiative: Initiative, reader: Reader) -> tuple[AreaLine, ...]:
    counts = _counts(initiative, reader)
    return tuple(
        AreaLine(
            label=area.label,
            href=reverse(area.url_name, args=[reader.slug]),
            state=(RECORDED if counts[area.key] else NOT_RECORDED)[0],
            words=(
                ngettext("%s record", "%s records", counts[area.key])
                % number_words(counts[area.key])
                if counts[area.key]
                else _("not recorded")
            ),
        )
        for area in AREAS
    )


def _latest(initiative: Initiative, reader: Reader) -> tuple[Moment, ...]:
    dated = visible_happenings(initiative, reader).filter(record__happened_to__isnull=False)
    newest = dated.order_by("-record__happened_to", "-record__recorded_at")[:LATEST]
    return tuple(
        Moment(
            when=date_words(happening.record.when),
            title=happening.record.title,
            href=reverse("initiatives:happening", args=[reader.slug, happening.pk]),
            who=", ".join(part.organisation.name for part in happening.organisations.all()),
        )
        for happening in newest
    )


def _affected(group: AffectedGroup, reader: Reader) -> TextLink:
    """Who is affected and how many they are, leading to its record and sources."""
    counted = "" if group.how_many is None else number_words(group.how_many)
    number = group.how_many_as_said or counted
    words = f"{group.name} ({number})" if number else group.name
    return TextLink(words, kinds.href(group.record, reader.slug))


def _starting_point(point: Baseline, reader: Reader) -> TextLink:
    """A measure with its starting point, leading to its record and sources."""
    words = f"{point.measure_name}: {baseline_words(point)}"
    return TextLink(words, kinds.href(point.record, reader.slug))


def _ahead(initiative: Initiative, reader: Reader) -> Ahead:
    found = dated_records(initiative, reader)
    meetings = [line for line in found if line.kind == Meeting.RECORD_KIND]
    mine = tuple(line for line in found if line.mine)
    member = reader.member_id is not None
    further = further_lines(initiative, reader) if member else []
    gaps = tuple(line for line in further if line.kind == GAP)
    shown = {line.href for line in (*meetings[:1], *mine, *gaps)}
    dates = [line for line in (*found, *further) if line.day and line.href not in shown]
    return Ahead(
        promises=mine[:MOST_DATES],
        promises_href=reverse("commitments:home", args=[reader.slug]) + "?whose=organisation",
        meeting=meetings[0] if meetings else None,
        meeting_href=_if_may(reader, "site.next_meeting", "site:next_meeting"),
        dates=in_order(dates, MOST_DATES),
        gaps=gaps[:LATEST],
    )


def _if_may(reader: Reader, permission: str, name: str) -> str:
    return reverse(name, args=[reader.slug]) if reader.may(permission) else ""


def stand_page(initiative: Initiative, reader: Reader) -> StandPage:
    """Where an initiative stands, as far as the reader may see it."""
    groups = AffectedGroup.objects.in_initiative(initiative).live().visible_to(reader.readers)
    points = Baseline.objects.in_initiative(initiative).live().visible_to(reader.readers)
    framings = Framing.objects.in_initiative(initiative).live().visible_to(reader.readers)
    framing = framings.filter(state=FramingState.ADOPTED).select_related("record").first()
    affected = tuple(
        _affected(group, reader) for group in groups.select_related("record").oldest_first()
    )
    return StandPage(
        title=initiative.title,
        summary=initiative.summary,
        owner=initiative.owner.canonical.name,
        ahead=_ahead(initiative, reader),
        affected=affected,
        starting_points=tuple(
            _starting_point(point, reader)
            for point in points.select_related("record").oldest_first()[:3]
        ),
        seen_as=framing.text if framing else "",
        seen_as_href=kinds.href(framing.record, reader.slug) if framing else "",
        areas=_area_lines(initiative, reader),
        latest=_latest(initiative, reader),
        all_happenings_href=reverse("initiatives:happenings", args=[reader.slug]),
        first_step_href="" if affected else _if_may(reader, "problems.write", "problems:home"),
        history_href=_if_may(reader, "initiatives.view_history", "initiatives:history"),
        members_href=_if_may(reader, "initiatives.view_members", "initiatives:members"),
        settings_href=_if_may(reader, "initiatives.settings", "initiatives:settings"),
    )
