"""Practices as they were carried out: the list, and one with its steps and what came of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.errors import Message
from headway.core.marks import Term
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.diagnosis.models import Activity, ActivityStep
from headway.diagnosis.queries.practices import Practice, PracticeStep, practice
from headway.diagnosis.queries.practices.writing import OPENS, WRITES
from headway.diagnosis.queries.words import day_words
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Link
from headway.initiatives.pages.detail import (
    DetailPage,
    Passage,
    Step,
    address,
    beside,
    if_may,
    withdraw_step,
)
from headway.initiatives.reader import Reader
from headway.problems.models import Fact

COLUMNS = (
    Column("title", gettext_lazy("Practice"), sort="record__title"),
    Column("state", gettext_lazy("State"), sort="state"),
    Column("who", gettext_lazy("Who took part")),
    Column("records", gettext_lazy("Records"), sort="written", numeric=True),
    Column("began", gettext_lazy("Begun"), sort="record__recorded_at"),
    Column("finished", gettext_lazy("Finished"), sort="finished_on"),
)
HEADING = ("practice", "state", "who took part", "records", "begun", "finished", "what came of it")
MARKS = {Activity.State.UNDER_WAY: "under_way", Activity.State.FINISHED: "done"}


@dataclass(frozen=True)
class Noted:
    """What was noted in a step, for which organisation."""

    text: str
    who: str
    when: str


@dataclass(frozen=True)
class Written:
    """A record that came from a practice; of a fact also whether it is agreed or disputed."""

    text: str
    href: str
    state: str = ""


@dataclass(frozen=True)
class StepLine:
    """One step of a practice, with what it left behind."""

    number: int
    ask: Message
    state: str
    state_label: str
    href: str
    notes: tuple[Noted, ...]
    records: tuple[Written, ...]


@dataclass(frozen=True)
class ActivityPage(DetailPage):
    """One practice as it is carried out."""

    done: tuple[StepLine, ...] = ()
    guide_href: str = ""


@dataclass(frozen=True)
class StepPage:
    """The form of one step, with what it left behind already."""

    title: Message
    lead: str
    button: str
    kicker: Message
    back_href: str
    upload: bool = False
    records: tuple[Written, ...] = ()
    note_href: str = ""
    opens: TextLink | None = None
    notice: str = ""


def visible_activities(initiative: Initiative, reader: Reader) -> QuerySet[Activity]:
    """The activities that the reader may see, the last one first."""
    found = Activity.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.select_related("record").newest_first()


def counted_activities(initiative: Initiative, reader: Reader) -> QuerySet[Activity]:
    """The same with how many records came from each, and who took part."""
    standing = Q(
        record__links_in__kind=Link.Kind.CAME_FROM,
        record__links_in__withdrawn_at__isnull=True,
        record__links_in__origin__withdrawn_at__isnull=True,
        record__links_in__origin__visibility__in=reader.readers,
    )
    rows = visible_activities(initiative, reader)
    return rows.annotate(
        written=Count("record__links_in", filter=standing, distinct=True)
    ).prefetch_related("organisations__organisation__merged_into")


def took_part(activity: Activity) -> list[str]:
    """The organisations that took part, in the order of their names."""
    return sorted({each.organisation.canonical.name for each in activity.organisations.all()})


def activity_label(activity: Activity) -> Message:
    """What a practice is called in the reader's language."""
    found = practice(activity.practice)
    return found.title if found else activity.record.title


def activities_table(initiative: Initiative, reader: Reader, params: QueryDict) -> TablePage:
    """The list of activities."""

    def row(each: Activity) -> dict[str, object]:
        href = address(reader, "diagnosis:activity", each.pk)
        return {
            "title": TextLink(activity_label(each), href),
            "state": Mark(MARKS[Activity.State(each.state)], each.get_state_display()),
            "who": ", ".join(took_part(each)),
            "records": each.written,  # type: ignore[attr-defined]  # annotated by the query
            "began": day_words(initiative.today(each.record.recorded_at)),
            "finished": day_words(each.finished_on) if each.finished_on else "",
        }

    return table_page(counted_activities(initiative, reader), COLUMNS, params, build=row)


def activity_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """The activities as rows of a table file."""
    for each in counted_activities(initiative, reader):
        yield (
            str(activity_label(each)),
            each.state,
            "; ".join(took_part(each)),
            str(each.written),  # type: ignore[attr-defined]  # annotated by the query
            initiative.today(each.record.recorded_at).isoformat(),
            each.finished_on.isoformat() if each.finished_on else "",
            each.came_of,
        )


def written_by_step(
    activity: Activity, steps: Sequence[ActivityStep], reader: Reader
) -> Mapping[str, tuple[Written, ...]]:
    """What came from each step: a record and its step are noted at the same instant."""
    links = Link.objects.filter(
        target=activity.pk,
        kind=Link.Kind.CAME_FROM,
        withdrawn_at__isnull=True,
        origin__withdrawn_at__isnull=True,
        origin__visibility__in=reader.readers,
    )
    made = list(links.select_related("origin").order_by("made_at", "origin__title"))
    facts = Fact.objects.in_bulk([each.origin_id for each in made if each.origin.kind == "fact"])
    found: dict[str, list[Written]] = defaultdict(list)
    for link in made:
        fact = facts.get(link.origin_id)
        state = fact.get_state_display() if fact else ""
        told = Written(link.origin.title, kinds.href(link.origin, reader.slug), state)
        found[_step_of(activity, link, steps)].append(told)
    return {key: tuple(told) for key, told in found.items()}


def _step_of(activity: Activity, link: Link, steps: Sequence[ActivityStep]) -> str:
    """The step in which a record was made; empty where it was tied to the practice later."""
    known = practice(activity.practice)
    for each in steps:
        step = known.step(each.step) if known and each.recorded_at == link.made_at else None
        writes = WRITES.get(step.writes) if step else None
        if writes is not None and link.origin.kind in writes.kinds:
            return each.step
    return ""


def activity_page(activity: Activity, reader: Reader) -> ActivityPage:
    """One activity with its steps, what they wrote and what came of it."""
    found = practice(activity.practice)
    initiative = activity.record.initiative
    terms = [Term(_("Who took part"), ", ".join(took_part(activity)))]
    if activity.finished_on:
        terms.append(Term(_("Finished"), day_words(activity.finished_on)))
    return ActivityPage(
        title=str(activity_label(activity)),
        kicker=_("Practices"),
        kicker_href=address(reader, "diagnosis:practices"),
        state=MARKS[Activity.State(activity.state)],
        state_label=activity.get_state_display(),
        passages=(Passage(_("What came of it"), activity.came_of),),
        terms=tuple(terms),
        steps=_ways(activity, reader),
        done=_step_lines(activity, found, initiative, reader) if found else (),
        guide_href=address(reader, "diagnosis:practice", activity.practice) if found else "",
        **beside(activity.record, reader),
    )


def _ways(activity: Activity, reader: Reader) -> tuple[Step, ...]:
    """Finish or withdraw it, for who may."""
    record = activity.record
    own = record.author_id is not None and record.author_id == reader.member_id
    ways = withdraw_step(record, reader, "diagnosis:withdraw_activity", may=own)
    if record.withdrawn or not goes_on(activity) or not reader.may("diagnosis.practise"):
        return ways
    href = address(reader, "diagnosis:finish_activity", activity.pk)
    return (Step(_("Finish: say what came of it"), href), *ways)


def goes_on(activity: Activity) -> bool:
    """Whether steps can still be done."""
    return activity.state == Activity.State.UNDER_WAY


def _step_lines(
    activity: Activity, found: Practice, initiative: Initiative, reader: Reader
) -> tuple[StepLine, ...]:
    steps = list(activity.steps.select_related("organisation__merged_into"))
    written = written_by_step(activity, steps, reader)
    may = goes_on(activity) and not activity.record.withdrawn and reader.may("diagnosis.practise")
    done = {each.step for each in steps}
    return tuple(
        StepLine(
            number=number,
            ask=step.ask,
            state="done" if step.key in done else "open",
            state_label=_("Done") if step.key in done else _("Open"),
            href=address(reader, "diagnosis:step", activity.pk, step.key) if may else "",
            notes=tuple(
                _noted(each, initiative) for each in steps if each.step == step.key and each.note
            ),
            records=written.get(step.key, ()),
        )
        for number, step in enumerate(found.steps, start=1)
    )


def _noted(row: ActivityStep, initiative: Initiative) -> Noted:
    who = row.organisation.canonical.name if row.organisation else ""
    return Noted(row.note, who, day_words(initiative.today(row.recorded_at)))


def step_page(activity: Activity, step: PracticeStep, reader: Reader, *, notes: bool) -> StepPage:
    """The form of a step: what it writes, or what was said in it."""
    steps = list(activity.steps.filter(step=step.key))
    writes = WRITES.get(step.writes)
    lead = _("%(how)s For example: “%(example)s”.") % {
        "how": step.how,
        "example": str(step.example).rstrip("."),
    }
    return StepPage(
        title=step.ask,
        lead=lead,
        button=_("Keep the note") if notes else _("Record it"),
        kicker=activity_label(activity),
        back_href=address(reader, "diagnosis:activity", activity.pk),
        records=written_by_step(activity, steps, reader).get(step.key, ()),
        note_href="" if notes else address(reader, "diagnosis:note_step", activity.pk, step.key),
        opens=_opens(step, reader),
        notice=_("%(what)s: somebody who may record this does so. Note here what was said.")
        % {"what": writes.label}
        if writes and not reader.may(writes.permission)
        else "",
    )


def _opens(step: PracticeStep, reader: Reader) -> TextLink | None:
    """The page of a stage that belongs to a step, where the reader may open it."""
    found = OPENS.get(step.opens)
    href = if_may(reader, found.permission, found.url_name) if found else ""
    return TextLink(found.label, href) if found and href else None
