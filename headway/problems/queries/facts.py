from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias, TypedDict, cast

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Source, Tab
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.directory.queries.sources import source_words
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import DetailPage, Passage, Step, address, if_may
from headway.initiatives.reader import Reader
from headway.problems.models import Citation, Fact, FactStance, FactState, Stance, last_words
from headway.problems.queries.home import FactCounts, fact_counts
from headway.problems.queries.parts import beside, member_words, reported_by, state_words, steps_for

MARKS = {FactState.OPEN: "open", FactState.AGREED: "met", FactState.DISPUTED: "disputed"}


@dataclass(frozen=True)
class StanceLine:
    """What somebody said to a fact."""

    who: str
    words: Message
    mark: str
    reason: str
    when: str
    at: datetime
    earlier: bool
    old_wording: bool
    source: Source | None


@dataclass(frozen=True)
class FactPage:
    """One fact with what everybody said to it."""

    detail: DetailPage
    stances: tuple[StanceLine, ...]
    stance_href: str


@dataclass(frozen=True)
class FactsPage:
    """The ledger of facts."""

    title: str
    lead: str
    counts: FactCounts
    tabs: tuple[Tab, ...]
    table: TablePage
    add_href: str
    export_href: str
    home_href: str


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Sources(TypedDict):
        sources: int

    CountedFact: TypeAlias = WithAnnotations[Fact, _Sources]

COLUMNS = (
    Column("claim", gettext_lazy("Fact"), sort="claim"),
    Column("state", gettext_lazy("State"), sort="state"),
    Column("agree", gettext_lazy("Agree")),
    Column("dispute", gettext_lazy("Dispute")),
    Column("when", gettext_lazy("When"), sort="record__happened_from"),
    Column("source", gettext_lazy("Source"), sort="sources"),
)


def visible_facts(
    initiative: Initiative, reader: Reader, state: str = ""
) -> "QuerySet[CountedFact]":
    """The facts with what was said to each, disputed ones first."""
    cited = (
        Citation.objects.live()
        .filter(record=OuterRef("record"))
        .order_by()
        .values("record")
        .annotate(count=Count("pk"))
        .values("count")
    )
    said = FactStance.objects.select_related("organisation__merged_into", "member")
    found = Fact.objects.in_initiative(initiative).live().visible_to(reader.readers)
    found = found.standing_as(state) if state in FactState.values else found
    counted = (
        found.select_related("record__source")
        .annotate(sources=Coalesce(Subquery(cited), 0))
        .prefetch_related(Prefetch("stances", queryset=said.order_by("number")))
        .order_by("-record__recorded_at")
    )
    return cast("QuerySet[CountedFact]", counted)


def speakers(fact: Fact, stance: str, reader: Reader) -> list[str]:
    """Who agrees with a fact, or who disputes it."""
    said = last_words(fact.stances.all())
    return [_speaker(each, reader) for each in said if each.stance == stance]


def _speaker(stance: FactStance, reader: Reader) -> str:
    return stance.speaker if stance.organisation_id else member_words(stance.speaker, reader)


def _row(fact: "CountedFact", reader: Reader) -> dict[str, object]:
    return {
        "claim": TextLink(fact.claim, address(reader, "problems:fact", fact.pk)),
        "state": Mark(MARKS[FactState(fact.state)], state_words(fact.get_state_display())),
        "agree": ", ".join(speakers(fact, Stance.AGREE, reader)) or _("Nobody yet"),
        "dispute": ", ".join(speakers(fact, Stance.DISPUTE, reader)) or _("Nobody"),
        "when": date_words(fact.record.when),
        "source": reported_by(fact.record) or _sources_words(fact.sources),
    }


def _sources_words(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)s source", "%(count)s sources", count) % {"count": count}


def _tabs(counts: FactCounts, chosen: str) -> tuple[Tab, ...]:
    shown = (
        ("", _("All"), counts.all),
        (FactState.AGREED, _("Agreed"), counts.agreed),
        (FactState.DISPUTED, _("Disputed"), counts.disputed),
        (FactState.OPEN, _("Open"), counts.open),
    )
    return tuple(
        Tab(f"{label} ({count})", f"?state={state}" if state else "?", state == chosen)
        for state, label, count in shown
    )


def facts_page(initiative: Initiative, reader: Reader, params: QueryDict) -> FactsPage:
    """The ledger, whole or by state."""
    chosen = params.get("state", "")
    chosen = chosen if chosen in FactState.values else ""
    found = visible_facts(initiative, reader, chosen)
    counts = fact_counts(initiative, reader)
    return FactsPage(
        title=_("Facts"),
        lead=_("What partners agree on, what they dispute, and what nobody has answered yet."),
        counts=counts,
        tabs=_tabs(counts, chosen),
        table=table_page(found, COLUMNS, params, build=lambda fact: _row(fact, reader)),
        add_href=if_may(reader, "problems.speak", "problems:add_fact"),
        export_href=f"{address(reader, 'problems:facts_csv')}?state={chosen}",
        home_href=address(reader, "problems:home"),
    )


FACT_HEADING = ("fact", "state", "agree", "dispute", "when", "sources", "reported by")


def fact_rows(initiative: Initiative, reader: Reader, state: str) -> Iterator[tuple[str, ...]]:
    """The ledger as rows of a table file, a few hundred at a time."""
    found = visible_facts(initiative, reader, state)
    for fact in found.iterator(chunk_size=500):
        yield (
            fact.claim,
            fact.state,
            ", ".join(speakers(fact, Stance.AGREE, reader)),
            ", ".join(speakers(fact, Stance.DISPUTE, reader)),
            date_words(fact.record.when),
            str(fact.sources),
            source_words(fact.record.source),
        )


STANCE_MARKS = {Stance.AGREE: "met", Stance.DISPUTE: "disputed", Stance.NO_VIEW: "not_recorded"}


def _stances(fact: Fact, reader: Reader) -> tuple[StanceLine, ...]:
    found = fact.stances.select_related("organisation__merged_into", "member", "source")
    said = list(found.order_by("number"))
    last = {each.pk for each in last_words(said)}
    newest = fact.record.wordings.filter(field="claim").count()
    return tuple(
        StanceLine(
            who=_speaker(each, reader),
            words=each.get_stance_display(),
            mark=STANCE_MARKS[Stance(each.stance)],
            reason=each.reason,
            when=date_words(each.when),
            at=each.recorded_at,
            earlier=each.pk not in last,
            old_wording=each.wording_number < newest,
            source=Source(each.source.title, each.source.url) if each.source else None,
        )
        for each in reversed(said)
    )


def fact_page(fact: Fact, reader: Reader) -> FactPage:
    """One fact, what was said to it, and where it can be read."""
    may_speak = reader.may("problems.speak") and not fact.record.withdrawn
    stance_href = address(reader, "problems:take_stance", fact.pk) if may_speak else ""
    say = (Step(_("Agree or dispute"), stance_href, first=True),) if may_speak else ()
    return FactPage(
        detail=DetailPage(
            title=fact.record.title,
            kicker=_("Facts"),
            kicker_href=address(reader, "problems:facts"),
            state=MARKS[FactState(fact.state)],
            state_label=state_words(fact.get_state_display()),
            passages=(Passage("", fact.claim if fact.claim != fact.record.title else ""),),
            steps=(*say, *steps_for(fact.record, reader, "problems:edit_fact")),
            **beside(fact.record, reader),
        ),
        stances=_stances(fact, reader),
        stance_href=stance_href,
    )
