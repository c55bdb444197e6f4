"""Requests to decision bodies: the list, and one with its path and what was said on the record."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.arenas.models import Ask, BodyDecision, OnRecord, PathStep
from headway.arenas.models.ask import AskQuerySet
from headway.arenas.queries.parts import (
    RELEASED,
    ask_mark,
    day_words,
    own_withdrawal,
    result_mark,
    said_by,
    stance_words,
)
from headway.arenas.queries.path import (
    StepLine,
    late,
    late_notice,
    next_step,
    owner_words,
    step_lines,
)
from headway.arenas.queries.seats import ending_before, holds
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Tab, Term
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.initiatives import kinds
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import (
    DetailPage,
    Passage,
    Step,
    address,
    beside,
    if_may,
)
from headway.initiatives.reader import Reader

State = Ask.State
COLUMNS = (
    Column("title", gettext_lazy("Request"), sort="record__title"),
    Column("body", gettext_lazy("Decision body"), sort="arena__organisation__name"),
    Column("state", gettext_lazy("State"), sort="state"),
    Column("vote", gettext_lazy("Vote expected"), sort="vote_on"),
    Column("next", gettext_lazy("Next step")),
)


@dataclass(frozen=True)
class RequestsPage:
    """Requests to decision bodies, whole or by state."""

    title: str
    lead: str
    released: Message
    tabs: tuple[Tab, ...]
    table: TablePage
    total: int
    add_href: str
    export_href: str
    home_href: str


@dataclass(frozen=True)
class SaidLine:
    """What somebody said on the record, and whether they said something else later."""

    who: str
    kind: Message
    stance: Message
    text: str
    when: str
    href: str
    link: str
    earlier: bool
    reported: bool


@dataclass(frozen=True)
class RequestPage:
    """One request: its path to the agenda, what was said, who asks, what was decided."""

    detail: DetailPage
    released: Message
    late: Message
    steps: tuple[StepLine, ...]
    said: tuple[SaidLine, ...]
    terms_end: tuple[str, ...]
    decisions: tuple[TextLink, ...]
    add_step_href: str
    add_said_href: str
    who_href: str


def visible_asks(initiative: Initiative, reader: Reader, state: str = "") -> AskQuerySet:
    """The requests that the reader may see, the next vote first."""
    found = Ask.objects.in_initiative(initiative).live().visible_to(reader.readers)
    found = found.filter(state=state) if state in State.values else found
    steps = PathStep.objects.select_related("owner__merged_into", "owner_post")
    return (
        found.select_related("record__source", "arena__organisation__merged_into")
        .prefetch_related(Prefetch("steps", queryset=steps))
        .order_by(F("vote_on").asc(nulls_last=True), "-record__recorded_at")
    )


def ask_row(ask: Ask, reader: Reader) -> dict[str, object]:
    """One request as a row of a table."""
    step = next_step(ask)
    return {
        "title": TextLink(ask.record.title, address(reader, "arenas:ask", ask.pk)),
        "body": TextLink(
            ask.arena.organisation.canonical.name, address(reader, "arenas:arena", ask.arena_id)
        ),
        "state": ask_mark(ask),
        "vote": day_words(ask.vote_on),
        "next": _step_cell(step, ask, reader) if step else "",
    }


def _step_cell(step: PathStep, ask: Ask, reader: Reader) -> object:
    due = day_words(step.due_on(ask.vote_on))
    words = ", ".join(filter(None, (step.title, due)))
    if late(step, ask.vote_on, reader.today):
        return Mark("late", _("Late: %(step)s") % {"step": words})
    return words


def requests_page(initiative: Initiative, reader: Reader, params: QueryDict) -> RequestsPage:
    """The list of requests."""
    chosen = params.get("state", "")
    chosen = chosen if chosen in State.values else ""
    rows = Ask.objects.in_initiative(initiative).live().visible_to(reader.readers)
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    found = visible_asks(initiative, reader, chosen)
    return RequestsPage(
        title=_("Requests"),
        lead=_("What we ask of decision bodies, and how far each request is."),
        released=RELEASED,
        tabs=_tabs(counts, chosen),
        table=table_page(found, COLUMNS, params, build=lambda ask: ask_row(ask, reader)),
        total=sum(counts.values()),
        add_href=if_may(reader, "arenas.write", "arenas:add_ask"),
        export_href=f"{address(reader, 'arenas:asks_csv')}?state={chosen}",
        home_href=address(reader, "arenas:home"),
    )


def _tabs(counts: dict[str, int], chosen: str) -> tuple[Tab, ...]:
    every = Tab(_("All (%s)") % sum(counts.values()), "?", current=not chosen)
    return (
        every,
        *(
            Tab(
                f"{capfirst(str(label))} ({counts.get(state, 0)})",
                f"?state={state}",
                current=state == chosen,
            )
            for state, label in State.choices
        ),
    )


ASK_HEADING = (
    "request",
    "decision body",
    "state",
    "vote expected",
    "next step",
    "due",
    "owner",
    "text",
    "reported by",
)


def ask_rows(initiative: Initiative, reader: Reader, state: str) -> Iterator[tuple[str, ...]]:
    """The requests as rows of a table file."""
    for ask in visible_asks(initiative, reader, state).iterator(chunk_size=500):
        step = next_step(ask)
        due = step.due_on(ask.vote_on) if step else None
        yield (
            ask.record.title,
            ask.arena.organisation.canonical.name,
            ask.state,
            ask.vote_on.isoformat() if ask.vote_on else "",
            step.title if step else "",
            due.isoformat() if due else "",
            owner_words(step) if step else "",
            ask.text,
            str(ask.record.source) if ask.record.source else "",
        )


def request_page(ask: Ask, reader: Reader) -> RequestPage:
    """One request; `ask` comes with its body, recommendation and barrier."""
    is_open = not ask.is_over and not ask.record.withdrawn
    may = is_open and reader.may("arenas.write")
    steps = step_lines(ask, reader, may=may)
    standing = not ask.record.withdrawn
    who = reader.may("arenas.who_asks")
    return RequestPage(
        detail=_detail(ask, reader, may=may),
        released=RELEASED,
        late=late_notice(ask, steps) if is_open else "",
        steps=steps,
        said=said_lines(ask, reader),
        terms_end=_terms_end(ask, reader) if is_open else (),
        decisions=_decisions(ask, reader),
        add_step_href=address(reader, "arenas:add_step", ask.pk) if may else "",
        add_said_href=if_may(reader, "arenas.record", "arenas:add_on_record", ask.pk)
        if standing
        else "",
        who_href=address(reader, "arenas:who_asks", ask.pk) if who else "",
    )


def _detail(ask: Ask, reader: Reader, *, may: bool) -> DetailPage:
    mark = ask_mark(ask)
    return DetailPage(
        title=ask.record.title,
        kicker=_("Requests"),
        kicker_href=address(reader, "arenas:asks"),
        state=mark.state,
        state_label=mark.label,
        passages=(Passage("", "" if ask.text == ask.record.title else ask.text),),
        terms=_terms(ask, reader),
        steps=(
            *(_steps(ask, reader) if may else ()),
            *own_withdrawal(ask.record, reader),
        ),
        **beside(ask.record, reader),
    )


def _terms(ask: Ask, reader: Reader) -> tuple[Term, ...]:
    body = ask.arena.organisation.canonical.name
    shown = [
        Term(_("Decision body"), body, address(reader, "arenas:arena", ask.arena_id)),
        Term(_("Vote expected"), day_words(ask.vote_on) or _("no date yet")),
    ]
    if ask.solution is not None and ask.wording_number:
        words = _("%(title)s, version %(number)s") % {
            "title": ask.solution.record.title,
            "number": ask.wording_number,
        }
        href = kinds.href(ask.solution.record, reader.slug)
        if ask.solution.record.visibility in reader.readers:
            shown.append(Term(_("Made out of"), words, href))
    return tuple(shown)


def _steps(ask: Ask, reader: Reader) -> tuple[Step, ...]:
    return (
        Step(_("Note how far it is"), address(reader, "arenas:move_ask", ask.pk), first=True),
        Step(_("Change the wording or move the vote"), address(reader, "arenas:edit_ask", ask.pk)),
        Step(_("Record the decision"), address(reader, "arenas:decide", ask.pk)),
    )


def said_lines(ask: Ask, reader: Reader) -> tuple[SaidLine, ...]:
    """Everything said on the record about a request, newest first; nothing replaces anything."""
    found = OnRecord.objects.filter(ask=ask).live().visible_to(reader.readers)
    rows = found.select_related("record", "post", "person__merged_into").order_by(
        F("record__happened_from").desc(nulls_last=True), "-record__recorded_at"
    )
    heard: set[object] = set()
    lines = []
    for row in rows:
        speaker = row.post_id or (row.person.canonical_pk if row.person else None)
        lines.append(_said(row, reader, earlier=speaker in heard))
        heard.add(speaker)
    return tuple(lines)


def _said(row: OnRecord, reader: Reader, *, earlier: bool) -> SaidLine:
    return SaidLine(
        who=said_by(row.post, row.person),
        kind=row.get_kind_display(),
        stance=stance_words(row),
        text=row.text,
        when=date_words(row.record.when),
        href=address(reader, "arenas:on_record", row.pk),
        link=row.link,
        earlier=earlier,
        reported=row.record.source_id is not None,
    )


def _terms_end(ask: Ask, reader: Reader) -> tuple[str, ...]:
    """Whose term ends before the vote."""
    if ask.vote_on is None:
        return ()
    return tuple(
        _("%(name)s (%(seat)s): the term ends on %(day)s, before the vote.")
        % {
            "name": row.person.canonical.name,
            "seat": row.post.label,
            "day": day_words(row.ends_to),
        }
        for row in ending_before(ask.arena, ask.vote_on)
        if row.post is not None and holds(row, reader.today)
    )


def _decisions(ask: Ask, reader: Reader) -> tuple[TextLink, ...]:
    found = BodyDecision.objects.filter(ask=ask).live().visible_to(reader.readers)
    return tuple(
        TextLink(
            f"{result_mark(row).label}, {date_words(row.record.when)}",
            address(reader, "arenas:decision", row.pk),
        )
        for row in found.select_related("record").order_by("-record__happened_from")
    )
