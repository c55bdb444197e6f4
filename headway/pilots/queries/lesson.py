"""The pages of lessons and follow-ups."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from headway.accounts.models.authority import Visibility
from headway.core.errors import Message
from headway.core.marks import Term
from headway.initiatives import kinds
from headway.initiatives.models import Link, Record
from headway.initiatives.pages.detail import (
    DetailPage,
    Passage,
    Step,
    address,
    beside,
    if_may,
    withdraw_step,
)
from headway.initiatives.queries.panel import may_see
from headway.initiatives.reader import Reader
from headway.pilots.models import FollowUp, Lesson, LessonCase, Review
from headway.pilots.queries.learning import follow_up_mark, who_does
from headway.pilots.queries.words import day_words, holding
from headway.solutions.models import Solution

MOST_CASES = 40
# What may count as a case of a lesson.
CASES = (
    *("pilot", "small_test", "learning_review", "lesson", "promise", "recommendation"),
    *("barrier", "effort", "happening", "decision", "outcome", "fact", "ask", "measure"),
)


@dataclass(frozen=True)
class CaseLine:
    """One case: what it is, where it stands, and how it shows it."""

    title: str
    href: str
    kind: Message
    initiative: str
    note: str
    withdraw_href: str


@dataclass(frozen=True)
class ChangedLine:
    """Something that was changed because of a lesson."""

    title: str
    href: str
    kind: Message
    on: str


@dataclass(frozen=True)
class LessonPage:
    """One lesson, the cases for and against it, and what it changed."""

    detail: DetailPage
    supporting: tuple[CaseLine, ...]
    contradicting: tuple[CaseLine, ...]
    changed: tuple[ChangedLine, ...]
    case_href: str
    change_href: str
    reach: str


@dataclass(frozen=True)
class CasesPage:
    """The form that names a case, with the search for it."""

    title: str
    lesson: str
    back_href: str
    words: str
    found: int
    more: bool


@dataclass(frozen=True)
class ChangesPage:
    """Which recommendation a lesson changes."""

    title: str
    lesson: str
    back_href: str
    words: str
    solutions: tuple[Step, ...]


def lesson_page(lesson: Lesson, reader: Reader) -> LessonPage:
    """One lesson as far as this reader may see it."""
    record, may = lesson.record, reader.may("pilots.learn") and not lesson.record.withdrawn
    cases = list(_cases(lesson, reader))
    return LessonPage(
        detail=_detail(lesson, reader),
        supporting=tuple(_line(c, record, reader, may=may) for c in cases if c.supports),
        contradicting=tuple(_line(c, record, reader, may=may) for c in cases if not c.supports),
        changed=_changed(lesson, reader),
        case_href=address(reader, "pilots:add_case", lesson.pk) if may else "",
        change_href=address(reader, "pilots:changes", lesson.pk) if may else "",
        reach=_reach(lesson, reader),
    )


def _cases(lesson: Lesson, reader: Reader) -> Any:
    found = LessonCase.objects.filter(lesson=lesson, withdrawn_at__isnull=True)
    seen = found.filter(may_see("case", lesson.record, reader))
    return seen.select_related("case__initiative").order_by("noted_at", "pk")


def _line(case: LessonCase, record: Record, reader: Reader, *, may: bool) -> CaseLine:
    elsewhere = case.case.initiative_id != record.initiative_id
    return CaseLine(
        title=case.case.title,
        href=kinds.href(case.case, "" if elsewhere else reader.slug),
        kind=kinds.label(case.case.kind),
        initiative=case.case.initiative.title if elsewhere else "",
        note=case.note,
        withdraw_href=address(reader, "pilots:withdraw_case", case.pk) if may else "",
    )


def _changed(lesson: Lesson, reader: Reader) -> tuple[ChangedLine, ...]:
    """The recommendations whose wording names this lesson, as far as one may see them."""
    found = Link.objects.filter(
        may_see("origin", lesson.record, reader),
        target=lesson.record,
        kind=Link.Kind.LEARNED_FROM,
        withdrawn_at__isnull=True,
    ).exclude(origin__kind=Lesson.RECORD_KIND)
    return tuple(
        ChangedLine(
            title=link.origin.title,
            href=kinds.href(link.origin),
            kind=kinds.label(link.origin.kind),
            on=day_words(link.origin.initiative.today(link.made_at)),
        )
        for link in found.select_related("origin__initiative").order_by("made_at")
    )


def _reach(lesson: Lesson, reader: Reader) -> str:
    if reader.member_id is None:
        return ""
    if lesson.record.visibility == Visibility.PUBLIC:
        return _("Everybody may read this lesson.")
    return _("The partners of this initiative may read this lesson.")


def _detail(lesson: Lesson, reader: Reader) -> DetailPage:
    review = lesson.review
    told = review is not None and review.record.visibility in reader.readers
    terms = (
        Term(
            _("Review it came from"),
            review.record.title if review is not None and told else "",
            address(reader, "pilots:review", review.pk) if review is not None and told else "",
        ),
    )
    same = lesson.text == lesson.record.title
    return DetailPage(
        title=lesson.record.title,
        kicker=_("What we learned"),
        kicker_href=address(reader, "pilots:learning"),
        passages=(
            Passage(_("What we learned"), "" if same else lesson.text),
            Passage(_("Where it helps, and where not"), lesson.applies_to),
        ),
        terms=tuple(term for term in terms if term.value),
        steps=_steps(lesson, reader),
        **beside(lesson.record, reader),
    )


def _steps(lesson: Lesson, reader: Reader) -> tuple[Step, ...]:
    record = lesson.record
    if record.withdrawn:
        return ()
    found = []
    if reader.may("pilots.publish") and record.visibility != Visibility.PUBLIC:
        found.append(
            Step(_("Show it to everybody"), address(reader, "pilots:publish_lesson", lesson.pk))
        )
    if reader.may("pilots.learn"):
        found.append(Step(_("Change it"), address(reader, "pilots:edit_lesson", lesson.pk)))
    own = record.author_id is not None and record.author_id == reader.member_id
    may = own and reader.may("pilots.learn")
    return (*found, *withdraw_step(record, reader, "pilots:withdraw_lesson", may=may))


def case_targets(lesson: Lesson, reader: Reader, words: str) -> Any:
    """What may be named as a case: records here, and what others let everybody read.

    The newest that fit, by their kind and then by title.
    """
    public = Visibility.PUBLIC
    here = Q(initiative=lesson.record.initiative_id, visibility__in=reader.readers)
    there = Q(
        initiative__authority=lesson.record.initiative.authority_id,
        initiative__visibility=public,
        visibility=public,
    )
    found = Record.objects.live().filter(here | there, holding(words, "title"), kind__in=CASES)
    named = LessonCase.objects.filter(lesson=lesson, withdrawn_at__isnull=True).values("case")
    open_to = found.exclude(pk=lesson.pk).exclude(pk__in=named)
    newest = open_to.order_by("-recorded_at", "pk").values_list("pk", flat=True)[:MOST_CASES]
    offered = Record.objects.filter(pk__in=list(newest))
    return offered.select_related("initiative").order_by("kind", "title", "pk")


def cases_page(lesson: Lesson, reader: Reader, words: str, found: int) -> CasesPage:
    """The form that names a case."""
    return CasesPage(
        title=_("Name a case"),
        lesson=lesson.record.title,
        back_href=address(reader, "pilots:lesson", lesson.pk),
        words=words,
        found=found,
        more=found >= MOST_CASES,
    )


def changes_page(lesson: Lesson, reader: Reader, words: str) -> ChangesPage:
    """The recommendations that may be changed because of a lesson, newest first."""
    found = Solution.objects.live().visible_to(reader.readers)
    found = found.filter(record__initiative=lesson.record.initiative_id)
    told = found.filter(holding(words, "record__title"))
    newest = told.select_related("record").order_by("-record__recorded_at", "pk")[:MOST_CASES]
    return ChangesPage(
        title=_("Change a recommendation because of this"),
        lesson=lesson.record.title,
        back_href=address(reader, "pilots:lesson", lesson.pk),
        words=words,
        solutions=tuple(
            Step(row.record.title, address(reader, "pilots:change", lesson.pk, row.pk))
            for row in newest
        ),
    )


def follow_up_page(row: FollowUp, reader: Reader, *, change: bool) -> DetailPage:
    """One follow-up: what, who, by when, and what became of it."""
    mark = follow_up_mark(row, reader.today)
    review: Review = row.review
    told = review.record.visibility in reader.readers
    terms = (
        Term(_("Who does it"), who_does(row)),
        Term(_("By when"), day_words(row.due_on)),
        Term(
            _("Review"),
            review.record.title if told else "",
            address(reader, "pilots:review", review.pk) if told else "",
        ),
        Term(_("Done or given up"), day_words(row.ended_on)),
    )
    ended = _("Not doing it, because") if row.state == "not_doing" else _("What shows it")
    return DetailPage(
        title=row.record.title,
        kicker=_("What we learned"),
        kicker_href=address(reader, "pilots:learning") + "?part=follow_ups",
        state=mark.state,
        state_label=mark.label,
        passages=(
            Passage(_("What is to be done"), "" if row.text == row.record.title else row.text),
            Passage(ended, row.because),
        ),
        terms=tuple(term for term in terms if term.value),
        steps=_follow_up_steps(row, reader, change=change),
        **beside(row.record, reader),
    )


def _follow_up_steps(row: FollowUp, reader: Reader, *, change: bool) -> tuple[Step, ...]:
    if not change or row.record.withdrawn:
        return ()
    may = if_may(reader, "pilots.review", "pilots:edit_follow_up", row.pk)
    if row.state != FollowUp.State.OPEN or not may:
        return ()
    return (
        Step(_("It is done"), address(reader, "pilots:finish_follow_up", row.pk), first=True),
        Step(_("Not doing it, because …"), address(reader, "pilots:refuse_follow_up", row.pk)),
        Step(_("Change it, or name who does it"), may),
        *withdraw_step(row.record, reader, "pilots:withdraw_follow_up"),
    )
