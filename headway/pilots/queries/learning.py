"""What we learned: the reviews, what follows from them, and the lessons, here and elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models.authority import Visibility
from headway.core.errors import Message
from headway.core.marks import Tab
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page
from headway.directory.queries.sources import source_words
from headway.initiatives import kinds
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address, if_may
from headway.initiatives.reader import Reader
from headway.pilots.models import FollowUp, Lesson, Review
from headway.pilots.models.review import FollowUpQuerySet, LessonQuerySet, ReviewQuerySet
from headway.pilots.queries.words import day_words, holding, iso, words_asked

TITLE = "record__title"
PARTS: dict[str, Message] = {
    "lessons": gettext_lazy("Lessons"),
    "reviews": gettext_lazy("Learning reviews"),
    "follow_ups": gettext_lazy("Follow-ups"),
    "elsewhere": gettext_lazy("Lessons of other initiatives"),
}


@dataclass(frozen=True)
class LearningPage:
    """What was learned in an initiative, and what may be learned from others."""

    title: str
    lead: str
    parts: tuple[Tab, ...]
    part: str
    words: str
    table: TablePage
    total: int
    lesson_href: str
    lessons_export_href: str
    follow_ups_export_href: str


REVIEW_COLUMNS = (
    Column("title", gettext_lazy("Review"), sort="record__title"),
    Column("why", gettext_lazy("Why")),
    Column("leads", gettext_lazy("Who leads it")),
    Column("due", gettext_lazy("By when"), sort="due_on"),
    Column("state", gettext_lazy("State"), sort="state"),
)
FOLLOW_UP_COLUMNS = (
    Column("title", gettext_lazy("What is to be done"), sort="record__title"),
    Column("who", gettext_lazy("Who")),
    Column("due", gettext_lazy("By when"), sort="due_on"),
    Column("state", gettext_lazy("State"), sort="state"),
)
LESSON_COLUMNS = (
    Column("title", gettext_lazy("Lesson"), sort="record__title"),
    Column("supports", gettext_lazy("Cases for it"), numeric=True),
    Column("contradicts", gettext_lazy("Cases against it"), numeric=True),
    Column("reach", gettext_lazy("Who may read it")),
)
ELSEWHERE_COLUMNS = (
    Column("title", gettext_lazy("Lesson"), sort="record__title"),
    Column("initiative", gettext_lazy("Initiative"), sort="record__initiative__title"),
    Column("supports", gettext_lazy("Cases for it"), numeric=True),
    Column("contradicts", gettext_lazy("Cases against it"), numeric=True),
)


def reviews(initiative: Initiative, reader: Reader) -> ReviewQuerySet:
    """The reviews that the reader may see; open ones first, then by their day."""
    found = Review.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.select_related("record", "conductor", "about").order_by("-state", "due_on", "pk")


def follow_ups(initiative: Initiative, reader: Reader) -> FollowUpQuerySet:
    """The follow-ups that the reader may see; open ones first, then by their day."""
    found = FollowUp.objects.in_initiative(initiative).live().visible_to(reader.readers)
    return found.select_related(
        "record", "owner__merged_into", "owner_post__organisation", "owner_member", "review__record"
    ).order_by("-state", "due_on", "pk")


def lessons(initiative: Initiative, reader: Reader) -> LessonQuerySet:
    """The lessons that the reader may see, newest first, with how many cases they may see."""
    found = Lesson.objects.in_initiative(initiative).live().visible_to(reader.readers)
    seen = Q(cases__case__initiative=initiative.pk, cases__case__visibility__in=reader.readers)
    return _with_cases(found, seen | _public_case())


def lessons_elsewhere(initiative: Initiative) -> LessonQuerySet:
    """What other initiatives of the authority let everybody read."""
    found = Lesson.objects.live().filter(
        record__visibility=Visibility.PUBLIC,
        record__initiative__visibility=Visibility.PUBLIC,
        record__initiative__authority=initiative.authority_id,
    )
    return _with_cases(found.exclude(record__initiative=initiative.pk), _public_case())


def _public_case() -> Q:
    public = Visibility.PUBLIC
    return Q(cases__case__visibility=public, cases__case__initiative__visibility=public)


def _with_cases(found: LessonQuerySet, seen: Q) -> LessonQuerySet:
    standing = Q(cases__withdrawn_at__isnull=True, cases__case__withdrawn_at__isnull=True) & seen
    return (
        found.select_related("record__initiative", "record__source", "review__record")
        .annotate(
            supporting=Count("cases", filter=standing & Q(cases__supports=True)),
            contradicting=Count("cases", filter=standing & Q(cases__supports=False)),
        )
        .order_by("-record__recorded_at", "pk")
    )


def learning_page(initiative: Initiative, reader: Reader, params: QueryDict) -> LearningPage:
    """What was learned, as the address asks for it."""
    counts = _counts(initiative, reader)
    part = params.get("part", "")
    part = part if part in PARTS else _first_with_something(counts)
    words = words_asked(params)
    return LearningPage(
        title=_("What we learned"),
        lead=_("Roles, not names; how and what, not who. What did not work counts as much."),
        parts=tuple(
            Tab(f"{label} ({counts[name]})", f"?part={name}", name == part)
            for name, label in PARTS.items()
        ),
        part=part,
        words=words,
        table=_table(initiative, reader, params, part, words),
        total=sum(counts.values()),
        lesson_href=if_may(reader, "pilots.learn", "pilots:draw_lesson"),
        lessons_export_href=address(reader, "pilots:lessons_export"),
        follow_ups_export_href=address(reader, "pilots:follow_ups_export"),
    )


def _first_with_something(counts: dict[str, int]) -> str:
    """The first tab that is not empty."""
    return next((part for part in PARTS if counts[part]), "lessons")


def _counts(initiative: Initiative, reader: Reader) -> dict[str, int]:
    return {
        "lessons": Lesson.objects.in_initiative(initiative)
        .live()
        .visible_to(reader.readers)
        .count(),
        "reviews": reviews(initiative, reader).count(),
        "follow_ups": follow_ups(initiative, reader).count(),
        "elsewhere": lessons_elsewhere(initiative).values("pk").count(),
    }


def _table(
    initiative: Initiative, reader: Reader, params: QueryDict, part: str, words: str
) -> TablePage:
    if part == "reviews":
        found = reviews(initiative, reader).filter(holding(words, TITLE))
        return table_page(found, REVIEW_COLUMNS, params, build=lambda row: _review(row, reader))
    if part == "follow_ups":
        asked = follow_ups(initiative, reader).filter(holding(words, TITLE))
        return table_page(asked, FOLLOW_UP_COLUMNS, params, build=lambda r: _follow_up(r, reader))
    if part == "elsewhere":
        others = lessons_elsewhere(initiative).filter(holding(words, TITLE))
        return table_page(others, ELSEWHERE_COLUMNS, params, build=_elsewhere)
    own = lessons(initiative, reader).filter(holding(words, TITLE))
    return table_page(own, LESSON_COLUMNS, params, build=lambda row: _lesson(row, reader))


def review_mark(row: Review, today: date) -> Mark:
    """How a review stands, by shape and word."""
    if row.state == Review.State.CLOSED:
        return Mark("met", _("Closed"))
    if row.due_on is not None and row.due_on < today:
        return Mark("waiting_on", _("Open, its day is past"))
    return Mark("under_way", _("Open"))


def follow_up_mark(row: FollowUp, today: date) -> Mark:
    """How a follow-up stands, by shape and word."""
    if row.state == FollowUp.State.DONE:
        return Mark("met", _("Done"))
    if row.state == FollowUp.State.NOT_DOING:
        return Mark("not_needed", _("Not doing, because"))
    if not who_does(row):
        return Mark("waiting_on", _("Nobody looks after it"))
    if row.due_on is not None and row.due_on < today:
        return Mark("waiting_on", _("Late"))
    return Mark("under_way", _("To do"))


def who_does(row: FollowUp) -> str:
    """Who looks after a follow-up: a seat, an organisation, or a member who is still there."""
    if row.owner_post is not None:
        return row.owner_post.label
    if row.owner is not None:
        return row.owner.canonical.name
    member = row.owner_member
    gone = member is None or (member.left_at is not None and row.state == FollowUp.State.OPEN)
    return "" if gone else str(member)


def who_leads(row: Review) -> str:
    """Who leads the conversation, from here or from outside."""
    return row.conductor_as_said or str(row.conductor or "")


def _review(row: Review, reader: Reader) -> dict[str, object]:
    return {
        "title": TextLink(row.record.title, address(reader, "pilots:review", row.pk)),
        "why": row.get_occasion_display(),
        "leads": who_leads(row) or _("nobody yet"),
        "due": day_words(row.due_on) or _("no day said"),
        "state": review_mark(row, reader.today),
    }


def _follow_up(row: FollowUp, reader: Reader) -> dict[str, object]:
    return {
        "title": TextLink(row.record.title, address(reader, "pilots:follow_up", row.pk)),
        "who": who_does(row) or _("nobody yet"),
        "due": day_words(row.due_on) or _("no day said"),
        "state": follow_up_mark(row, reader.today),
    }


def _lesson(row: Lesson, reader: Reader) -> dict[str, object]:
    return {
        "title": TextLink(row.record.title, address(reader, "pilots:lesson", row.pk)),
        "supports": getattr(row, "supporting", 0),
        "contradicts": getattr(row, "contradicting", 0),
        "reach": row.record.get_visibility_display(),
    }


def _elsewhere(row: Lesson) -> dict[str, object]:
    return {
        "title": TextLink(row.record.title, kinds.href(row.record)),
        "initiative": row.record.initiative.title,
        "supports": getattr(row, "supporting", 0),
        "contradicts": getattr(row, "contradicting", 0),
    }


LESSON_HEADING = (
    *("title", "lesson", "where_it_helps", "cases_for", "cases_against", "who_may_read_it"),
    *("review", "recorded_on", "provenance", "source"),
)
FOLLOW_UP_HEADING = (
    *("title", "what_is_to_be_done", "who", "due_on", "state", "because", "ended_on", "review"),
)


def lesson_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """The lessons as rows of a table file."""
    for row in lessons(initiative, reader).iterator(chunk_size=500):
        review = row.review
        told = review is not None and review.record.visibility in reader.readers
        yield (
            row.record.title,
            row.text,
            row.applies_to,
            str(getattr(row, "supporting", 0)),
            str(getattr(row, "contradicting", 0)),
            row.record.visibility,
            review.record.title if review is not None and told else "",
            initiative.today(row.record.recorded_at).isoformat(),
            row.record.provenance,
            source_words(row.record.source),
        )


def follow_up_rows(initiative: Initiative, reader: Reader) -> Iterator[tuple[str, ...]]:
    """The follow-ups as rows of a table file."""
    for row in follow_ups(initiative, reader).iterator(chunk_size=500):
        yield (
            row.record.title,
            row.text,
            who_does(row),
            iso(row.due_on),
            row.state,
            row.because,
            iso(row.ended_on),
            row.review.record.title,
        )
