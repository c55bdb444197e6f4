"""The discussion about one record, a page of threads at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.core.slots import RecordPlace, Talk
from headway.core.tables import Column, TablePage, table_page
from headway.forums.models import Comment, CommentWording, Follow, Forum, Moderation
from headway.forums.queries.mentions import Piece, named_in, pieces_of
from headway.forums.queries.rights import forum_of, forums_of, may_discuss
from headway.initiatives import kinds
from headway.initiatives.models import Member, Record
from headway.initiatives.pages.detail import Step, address
from headway.initiatives.reader import Reader

THREADS = 50


@dataclass(frozen=True)
class Words:
    """A stretch of a comment; with an address where it names a member."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class CommentLine:
    """One comment as the reader sees it; `gone` says why its words do not show."""

    key: str
    who: str
    at: datetime
    words: tuple[Words, ...]
    gone: str
    wordings_href: str
    wordings: int
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Thread:
    """A first comment with its answers."""

    first: CommentLine
    answers: tuple[CommentLine, ...]


@dataclass(frozen=True)
class DiscussionPage:
    """What was said about a record, and whether one may say more."""

    title: str
    kicker: Message
    kicker_href: str
    threads: tuple[Thread, ...]
    paging: TablePage
    count: int
    may_write: bool
    closed: str
    follows: bool
    follow_href: str
    export_href: str


@dataclass(frozen=True)
class _Seen:
    """Who reads the discussion, and what was decided about what they read."""

    reader: Reader
    named: bool
    open: bool
    decisions: dict[UUID, str]


def discussion_page(
    record: Record, reader: Reader, params: QueryDict, now: datetime
) -> DiscussionPage:
    """One page of the discussion about a record."""
    about = Comment.objects.about(record)
    paging = table_page(about.threads(), (Column("pk", ""),), params, size=THREADS)
    threads = [str(row[0].value) for row in paging.rows]
    found = list(_whole(about.filter(thread_id__in=threads)))
    is_open = may_discuss(record, now) and not record.withdrawn
    may_write = is_open and reader.may("forums.discuss")
    seen = _Seen(
        reader=reader,
        named=reader.may("initiatives.view_members"),
        open=may_write,
        decisions=_decisions(found),
    )
    return DiscussionPage(
        title=_("Discussion"),
        kicker=f"{str(kinds.label(record.kind)).capitalize()}: {record.title}",
        kicker_href=kinds.href(record, reader.slug),
        threads=_threads(found, seen),
        paging=paging,
        count=paging.total,
        may_write=may_write,
        closed=_why_closed(record, reader, is_open=is_open),
        follows=_follows(record, reader),
        follow_href=(
            address(reader, "forums:follow", record.pk) if reader.may("forums.follow") else ""
        ),
        export_href=address(reader, "forums:discussion_csv", record.pk) if paging.total else "",
    )


COMMENT_HEADING = ("number", "answers", "written at", "who", "organization", "text", "state")


def comment_rows(record: Record, reader: Reader) -> Iterator[tuple[str, ...]]:
    """Every comment in the order of threads, as the reader may see it on the page."""
    found = list(_whole(Comment.objects.about(record)))
    numbers = {comment.pk: str(number) for number, comment in enumerate(found, 1)}
    named = reader.may("initiatives.view_members")
    seen = _Seen(reader=reader, named=named, open=False, decisions=_decisions(found))
    for comment in found:
        line = _line(comment, seen)
        yield (
            numbers[comment.pk],
            numbers[comment.answers_id] if comment.answers_id else "",
            comment.written_at.isoformat(),
            comment.member.name if named else _("A member"),
            comment.organisation.canonical.name if comment.organisation else "",
            "".join(words.text for words in line.words),
            line.gone,
        )


def _whole(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Comments with everybody they name, in few questions."""
    known = comments.select_related("member", "organisation__merged_into")
    return known.prefetch_related("mentions__member")


def _why_closed(record: Record, reader: Reader, *, is_open: bool) -> str:
    """Why the reader cannot write here, where somebody could."""
    if is_open or not reader.may("forums.discuss"):
        return ""
    forum = forum_of(record)
    if forum is not None and forum.meets_in_the_open:
        return _(
            "This group counts as a public body: its members discuss in meetings that anybody "
            "can attend, and not here between them."
        )
    return _("Discussion is closed here now. The page of the group says when it opens again.")


def _follows(record: Record, reader: Reader) -> bool:
    if reader.member_id is None:
        return False
    return Follow.objects.filter(record=record, member=reader.member_id).exists()


def _decisions(comments: Iterable[Comment]) -> dict[UUID, str]:
    """Under which rule each hidden comment was hidden."""
    hidden = [comment.pk for comment in comments if comment.hidden_at is not None]
    rows = Moderation.objects.filter(comment__in=hidden, decision=Moderation.Decision.HIDDEN)
    return {
        row.comment_id: str(row.get_rule_display())
        for row in rows.order_by("decided_at")
        if row.comment_id is not None
    }


def _threads(comments: Iterable[Comment], seen: _Seen) -> tuple[Thread, ...]:
    lines: dict[UUID, list[CommentLine]] = {}
    for comment in comments:
        said = lines.setdefault(comment.thread_id, [])
        # The first one stands first also where an answer was written at the same instant.
        said.insert(0 if comment.answers_id is None else len(said), _line(comment, seen))
    return tuple(Thread(first, tuple(answers)) for first, *answers in lines.values())


def _line(comment: Comment, seen: _Seen) -> CommentLine:
    gone = _gone(comment, seen)
    own = comment.member_id == seen.reader.member_id
    shown = not gone or (own and comment.withdrawn_at is None)
    several = comment.wordings > 1 and not gone
    return CommentLine(
        key=str(comment.pk),
        who=_who(comment, seen),
        at=comment.written_at,
        words=_words(pieces_of(comment), seen) if shown else (),
        gone=gone,
        wordings=comment.wordings,
        wordings_href=address(seen.reader, "forums:wordings", comment.pk) if several else "",
        steps=_steps(comment, seen, own=own),
    )


def _gone(comment: Comment, seen: _Seen) -> str:
    if comment.withdrawn_at is not None:
        return _("Taken back by its author.")
    if comment.hidden_at is not None:
        rule = seen.decisions.get(comment.pk, "")
        return _("Hidden by a moderator: %s.") % rule
    return ""


def _who(comment: Comment, seen: _Seen) -> str:
    if comment.organisation is not None:
        return comment.organisation.canonical.name
    return comment.member.name if seen.named else _("A member")


def _words(pieces: Iterable[Piece], seen: _Seen) -> tuple[Words, ...]:
    """The words of a comment; names of members are for those who may see who takes part."""
    return tuple(
        Words(
            piece.text if piece.member is None or seen.named else f"@{_('a member')}",
            address(seen.reader, "initiatives:member", piece.member.pk)
            if piece.member is not None and seen.named
            else "",
        )
        for piece in pieces
    )


def _steps(comment: Comment, seen: _Seen, *, own: bool) -> tuple[Step, ...]:
    """What the reader may do with one comment."""
    reader, stands = seen.reader, comment.hidden_at is None and comment.withdrawn_at is None
    moderates = reader.may("forums.moderate") and comment.withdrawn_at is None
    offered = (
        (seen.open and stands, _("Answer"), "forums:answer"),
        (seen.open and stands and own, _("Change"), "forums:edit_comment"),
        (own and comment.withdrawn_at is None, _("Take back"), "forums:take_back_comment"),
        (stands and not own and reader.may("forums.report"), _("Report"), "forums:report_comment"),
        (moderates and stands, _("Hide"), "forums:hide_comment"),
        (moderates and not stands, _("Show again"), "forums:restore_comment"),
    )
    return tuple(
        Step(label, address(reader, name, comment.pk)) for may, label, name in offered if may
    )


def page_of_comment(comment: Comment) -> int:
    """The number of the page on which a comment's thread stands."""
    before = Comment.objects.filter(record=comment.record_id).threads()
    return before.filter(thread_at__lt=comment.thread_at).count() // THREADS + 1


@dataclass(frozen=True)
class WordingLine:
    """One wording of a comment, beside the one before."""

    number: int
    at: datetime
    text: str
    before: str


@dataclass(frozen=True)
class WordingsPage:
    """Every wording of a comment, the first one first."""

    title: str
    back_href: str
    wordings: tuple[WordingLine, ...]


def wordings_page(comment: Comment, reader: Reader) -> WordingsPage:
    """How a comment was worded and when."""
    rows = list(CommentWording.objects.filter(comment=comment))
    texts = [_as_read(row.text, comment, reader) for row in rows]
    return WordingsPage(
        title=_("Wordings of a comment"),
        back_href=address(reader, "forums:discussion", comment.record_id),
        wordings=tuple(
            WordingLine(row.number, row.recorded_at, text, earlier)
            for row, text, earlier in zip(rows, texts, ["", *texts], strict=False)
        ),
    )


def _as_read(text: str, comment: Comment, reader: Reader) -> str:
    """A wording; whom it names is for those who may see who takes part."""
    if reader.may("initiatives.view_members"):
        return text
    members = list(Member.objects.in_initiative(comment.record.initiative))
    for named in reversed(named_in(text, members)):
        text = f"{text[: named.start]}@{_('a member')}{text[named.end :]}"
    return text


def talk_about(place: RecordPlace) -> Talk | None:
    """Where a record's page leads to talk about it: the law allows it, or there was some."""
    if not place.may("forums.view"):
        return None
    said = Comment.objects.filter(record=OuterRef("pk")).standing().order_by().values("record")
    groups = forums_of(place.record_id, place.kind).exclude(public_body=Forum.PublicBody.NO)
    told = Record.objects.annotate(
        count=Subquery(said.annotate(count=Count("pk")).values("count")),
        in_the_open=Exists(groups),
    )
    count, in_the_open = told.values_list("count", "in_the_open").get(pk=place.record_id)
    if not count and (place.withdrawn or in_the_open):
        return None
    href = reverse("forums:discussion", args=[place.initiative.slug, place.record_id])
    return Talk(count or 0, href)
