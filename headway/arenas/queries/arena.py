"""Decision bodies: the list, and one with its seats, its rule and the path to its agenda."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.arenas.models import Arena, Ask, BodyDecision, PathTemplateStep
from headway.arenas.queries.parts import (
    RELEASED,
    ask_mark,
    day_words,
    own_withdrawal,
    result_mark,
)
from headway.arenas.queries.rules import (
    Computation,
    computation,
    rule_moments,
    rule_today,
    rules_of,
    sentence,
)
from headway.arenas.queries.seats import SeatLine, seat_lines, seats_of, uncounted_posts
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Moment, Term
from headway.core.tables import TextLink
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import (
    DetailPage,
    Passage,
    Step,
    address,
    beside,
)
from headway.initiatives.reader import Reader


@dataclass(frozen=True)
class TemplateLine:
    """One step on the way to a body's agenda."""

    title: str
    days: str


@dataclass(frozen=True)
class RuleBox:
    """How a body decides, and what that means for a number of seats."""

    sentence: str
    href: str
    computation: Computation | None
    earlier: tuple[Moment, ...]
    add_href: str


@dataclass(frozen=True)
class ArenaPage:
    """One decision body."""

    detail: DetailPage
    released: Message
    seats: tuple[SeatLine, ...]
    ending: tuple[str, ...]
    uncounted: tuple[TextLink, ...]
    asked: tuple[Moment, ...]
    decided: tuple[Moment, ...]
    rule: RuleBox
    template: tuple[TemplateLine, ...]
    add_seat_href: str
    template_href: str


def visible_arenas(initiative: Initiative, reader: Reader) -> QuerySet[Arena]:
    """The bodies that the reader may see, by name."""
    found = Arena.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.select_related("record__source", "organisation__merged_into").by_name()


def ending_terms(lines: tuple[SeatLine, ...]) -> tuple[str, ...]:
    """Whose term ends soon, the earliest first."""
    soon = sorted(
        (holder.ends_on, holder.name, line.label)
        for line in lines
        for holder in line.holders
        if holder.ends_soon and holder.ends_on is not None
    )
    words = _("%(name)s (%(seat)s): until %(day)s")
    return tuple(
        words % {"name": name, "seat": seat, "day": day_words(day)} for day, name, seat in soon
    )


def template_lines(arena: Arena) -> tuple[TemplateLine, ...]:
    """The steps on the way to a body's agenda."""
    words = "%s day before the vote", "%s days before the vote"
    return tuple(
        TemplateLine(step.title, ngettext(*words, step.days_before) % step.days_before)
        for step in PathTemplateStep.objects.filter(arena=arena)
    )


def arena_page(arena: Arena, reader: Reader, params: QueryDict) -> ArenaPage:
    """One body with its seats today, how it decides, and the way to its agenda."""
    may = reader.may("arenas.write") and not arena.record.withdrawn
    lines = seat_lines(seats_of([arena.pk]), reader)
    return ArenaPage(
        detail=_detail(arena, reader, may=may),
        released=RELEASED,
        seats=lines,
        ending=ending_terms(lines),
        uncounted=_uncounted(arena, reader) if may else (),
        asked=_asked(arena, reader),
        decided=_decided(arena, reader),
        rule=_rule(arena, reader, sum(line.votes for line in lines), params, may=may),
        template=template_lines(arena),
        add_seat_href=address(reader, "arenas:add_seat", arena.pk) if may else "",
        template_href=address(reader, "arenas:path_template", arena.pk) if may else "",
    )


def _detail(arena: Arena, reader: Reader, *, may: bool) -> DetailPage:
    body = arena.organisation.canonical
    page = arena.agenda_page
    return DetailPage(
        title=body.name,
        kicker=_("Decisions"),
        kicker_href=address(reader, "arenas:home"),
        passages=(Passage("", arena.about),),
        terms=(Term(_("Its agenda is posted at"), page, page),) if page else (),
        steps=(
            *(_steps(arena, reader) if may else ()),
            *own_withdrawal(arena.record, reader),
        ),
        **beside(arena.record, reader),
    )


def _steps(arena: Arena, reader: Reader) -> tuple[Step, ...]:
    return (
        Step(_("Ask this body"), address(reader, "arenas:ask_body", arena.pk), first=True),
        Step(_("Record a decision"), address(reader, "arenas:add_decision", arena.pk)),
        Step(_("Change what stands here"), address(reader, "arenas:edit_arena", arena.pk)),
    )


def _uncounted(arena: Arena, reader: Reader) -> tuple[TextLink, ...]:
    href = address(reader, "arenas:add_seat", arena.pk)
    return tuple(TextLink(post.label, f"{href}?post={post.pk}") for post in uncounted_posts(arena))


def _rule(arena: Arena, reader: Reader, seats: int, params: QueryDict, *, may: bool) -> RuleBox:
    rules = list(rules_of(arena, reader))
    today = rule_today(rules, reader)
    others = [rule for rule in rules if rule is not today]
    return RuleBox(
        sentence=sentence(today) if today else "",
        href=address(reader, "arenas:rule", today.pk) if today else "",
        computation=computation(today, seats, params) if today else None,
        earlier=rule_moments(others, reader),
        add_href=address(reader, "arenas:add_rule", arena.pk) if may else "",
    )


def _asked(arena: Arena, reader: Reader) -> tuple[Moment, ...]:
    """The latest requests to the body, by the day of the vote."""
    found = Ask.objects.filter(arena=arena).live().visible_to(reader.readers)
    rows = found.select_related("record").order_by(F("vote_on").desc(nulls_first=True), "pk")
    return tuple(
        Moment(
            when=day_words(row.vote_on) or _("no date yet"),
            title=row.record.title,
            text=ask_mark(row).label,
            href=address(reader, "arenas:ask", row.pk),
        )
        for row in rows[:LATEST]
    )


def _decided(arena: Arena, reader: Reader) -> tuple[Moment, ...]:
    """The latest decisions of the body."""
    found = BodyDecision.objects.filter(arena=arena).live().visible_to(reader.readers)
    order = F("record__happened_from").desc(nulls_last=True)
    return tuple(
        Moment(
            when=date_words(row.record.when),
            title=row.record.title,
            text=result_mark(row).label,
            href=address(reader, "arenas:decision", row.pk),
        )
        for row in found.select_related("record").order_by(order, "pk")[:LATEST]
    )


LATEST = 20
ARENA_HEADING = ("decision body", "seat", "kind", "held by", "until", "filled by", "stands in")


def arena_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """Every seat of every body as rows of a table file; a body without seats has one row."""
    for arena in visible_arenas(initiative, reader):
        name = arena.organisation.canonical.name
        lines = seat_lines(seats_of([arena.pk]), reader)
        for line in lines:
            yield (
                name,
                line.label,
                str(line.kind),
                "; ".join(holder.name for holder in line.holders) or str(line.vacant),
                "; ".join(holder.until for holder in line.holders),
                line.filled_by,
                "; ".join(line.deputies),
            )
        if not lines:
            yield name, *[""] * 6
