from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.dates import date_words
from headway.core.marks import Term
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.directory.queries.sources import source_words
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import DetailPage, Passage, Step, address, if_may
from headway.initiatives.reader import Reader
from headway.problems.models import Effort, EffortState
from headway.problems.queries.parts import beside, reported_by, state_words, steps_for

MARKS = {EffortState.RUNNING: "under_way", EffortState.ENDED: "ended"}


@dataclass(frozen=True)
class EffortsPage:
    """What is done about the problem already."""

    title: str
    lead: str
    table: TablePage
    add_href: str
    export_href: str
    home_href: str


COLUMNS = (
    Column("title", gettext_lazy("What is done"), sort="record__title"),
    Column("who", gettext_lazy("Who"), sort="organisation__name"),
    Column("what", gettext_lazy("In short")),
    Column("since", gettext_lazy("Since"), sort="record__happened_from"),
    Column("state", gettext_lazy("State"), sort="state"),
    Column("source", gettext_lazy("Source")),
)


def visible_efforts(initiative: Initiative, reader: Reader) -> QuerySet[Effort]:
    """What is done already, as far as the reader may see it."""
    found = Effort.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.select_related("record__source", "organisation__merged_into").order_by(
        "record__recorded_at"
    )


def who_does(effort: Effort) -> str:
    """Which organisation it is, or nothing where nobody said."""
    return effort.organisation.canonical.name if effort.organisation else ""


def _row(effort: Effort, reader: Reader) -> dict[str, object]:
    return {
        "title": TextLink(effort.record.title, address(reader, "problems:effort", effort.pk)),
        "who": who_does(effort),
        "what": Truncator(effort.what).chars(160),
        "source": reported_by(effort.record),
        "since": date_words(effort.record.when),
        "state": Mark(MARKS[EffortState(effort.state)], state_words(effort.get_state_display())),
    }


def efforts_page(initiative: Initiative, reader: Reader, params: QueryDict) -> EffortsPage:
    """What others already do, before something new starts."""
    found = visible_efforts(initiative, reader)
    return EffortsPage(
        title=_("What is done already"),
        lead=_("Look here before something new starts: joining is quicker than beginning."),
        table=table_page(found, COLUMNS, params, build=lambda effort: _row(effort, reader)),
        add_href=if_may(reader, "problems.write", "problems:add_effort"),
        export_href=address(reader, "problems:efforts_csv"),
        home_href=address(reader, "problems:home"),
    )


EFFORT_HEADING = ("effort", "organization", "what", "since", "state", "website", "reported by")


def effort_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """The efforts as rows of a table file."""
    for effort in visible_efforts(initiative, reader).iterator(chunk_size=500):
        yield (
            effort.record.title,
            who_does(effort),
            effort.what,
            date_words(effort.record.when),
            effort.state,
            effort.website,
            source_words(effort.record.source),
        )


def effort_page(effort: Effort, reader: Reader) -> DetailPage:
    """One thing that is done already."""
    return DetailPage(
        title=effort.record.title,
        kicker=_("What is done already"),
        kicker_href=address(reader, "problems:efforts"),
        state=MARKS[EffortState(effort.state)],
        state_label=state_words(effort.get_state_display()),
        passages=(Passage(_("What is done"), effort.what),),
        terms=(
            Term(_("Who"), who_does(effort)),
            Term(_("Since"), date_words(effort.record.when)),
            Term(_("Ended"), _ended(effort)),
            Term(_("Website"), effort.website, effort.website),
        ),
        steps=(*_turn(effort, reader), *steps_for(effort.record, reader, "problems:edit_effort")),
        **beside(effort.record, reader),
    )


def _ended(effort: Effort) -> str:
    """When it ended, as exactly as anybody said; empty while it runs."""
    if effort.state == EffortState.RUNNING:
        return ""
    told = effort.record.states.filter(state=effort.state).last()
    return date_words(told.when, told.date_as_said) if told else ""


def _turn(effort: Effort, reader: Reader) -> tuple[Step, ...]:
    if effort.record.withdrawn or not reader.may("problems.write"):
        return ()
    running = effort.state == EffortState.RUNNING
    label = _("It has ended") if running else _("It goes on again")
    return (Step(label, address(reader, "problems:turn_effort", effort.pk)),)
