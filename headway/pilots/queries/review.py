"""The page of one learning review."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.core.errors import Message
from headway.core.marks import Term
from headway.core.tables import Mark
from headway.directory.models import Person
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Member
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
from headway.pilots.models import (
    FollowUp,
    Lesson,
    Review,
    ReviewDraft,
    ReviewParticipant,
    SealedTelling,
    Telling,
)
from headway.pilots.queries.conductor import involved_notice
from headway.pilots.queries.learning import (
    follow_up_mark,
    review_mark,
    who_does,
    who_leads,
)
from headway.pilots.queries.words import day_words
from headway_analysis.wording import speaks

State = Review.State
HEADINGS: dict[str, Message] = {
    "expected": gettext_lazy("What did we expect?"),
    "happened": gettext_lazy("What happened?"),
    "difference": gettext_lazy("Why was there a difference?"),
    "learned": gettext_lazy("What do we learn?"),
}
MOST_NAMES = 2_000


@dataclass(frozen=True)
class PathStep:
    """One step of a review: how it stands, and where it is taken."""

    mark: Mark
    words: str
    href: str = ""
    label: Message = ""


@dataclass(frozen=True)
class FollowUpLine:
    """A follow-up in a list."""

    title: str
    href: str
    who: str
    due: str
    mark: Mark


@dataclass(frozen=True)
class ReviewPage:
    """One learning review: how far it is, what it asks for, and what came of it."""

    detail: DetailPage
    path: tuple[PathStep, ...]
    takers: str
    notes_href: str
    join_href: str
    leave_href: str
    follow_ups: tuple[FollowUpLine, ...]
    follow_up_href: str
    lessons: tuple[Step, ...]
    lesson_href: str
    notes_words: str
    agree_href: str


def _took_part(review: Review) -> list[ReviewParticipant]:
    """Who takes part or took part before, by name."""
    found = ReviewParticipant.objects.filter(review=review)
    return list(found.select_related("member").order_by("member__name"))


def is_asked(review: Review, reader: Reader) -> bool:
    """Whether the reader has a say in how far the answers go: also who left, after the close."""
    if reads_notes(review, reader):
        return True
    if reader.member_id is None or review.state != State.CLOSED:
        return False
    return ReviewParticipant.objects.filter(review=review, member=reader.member_id).exists()


def takes_part(review: Review, reader: Reader) -> bool:
    """Whether the reader takes part now."""
    if reader.member_id is None:
        return False
    found = ReviewParticipant.objects.standing().filter(review=review)
    return found.filter(member=reader.member_id).exists()


def leads(review: Review, reader: Reader) -> bool:
    """Whether the reader leads the conversation, or leads the initiative."""
    own = review.conductor_id is not None and review.conductor_id == reader.member_id
    return own or reader.may("pilots.lead")


def reads_notes(review: Review, reader: Reader) -> bool:
    """Whether the raw notes are the reader's to read: of who takes part and who leads it."""
    own = review.conductor_id is not None and review.conductor_id == reader.member_id
    return own or takes_part(review, reader)


def names_known(initiative: Initiative) -> tuple[str, ...]:
    """The names of an initiative's people and of the directory's, where a role would serve."""
    members = Member.objects.in_initiative(initiative).order_by().values_list("name", flat=True)
    people = Person.objects.filter(authority=initiative.authority_id).order_by()
    names = members.union(people.values_list("name", flat=True))
    return tuple(names.order_by("name")[:MOST_NAMES])


def language_notice(language: str) -> str:
    """That nobody looks at the wording, where there are no rules for the language."""
    if speaks(language):
        return ""
    return _("Wording is looked at in English only. In this language nothing will be marked.")


def review_page(review: Review, reader: Reader) -> ReviewPage:
    """One review as far as this reader may see it."""
    ever = _took_part(review) if reader.member_id is not None else []
    members = [each for each in ever if each.stands]
    takes = any(each.member_id == reader.member_id for each in members)
    inside = takes or (review.conductor_id is not None and review.conductor_id == reader.member_id)
    is_open = review.state == State.OPEN and not review.record.withdrawn
    asked = _follow_ups(review, reader)
    return ReviewPage(
        detail=_detail(review, reader, inside=inside),
        path=_path(review, reader, members, asked, inside=inside),
        takers=_takers(members, inside=inside),
        notes_href=address(reader, "pilots:notes", review.pk) if inside else "",
        join_href=here(reader, "join_review", review) if is_open and not takes else "",
        leave_href=here(reader, "leave_review", review) if is_open and takes else "",
        follow_ups=tuple(_line(row, reader) for row in asked),
        follow_up_href=_follow_up_href(review, reader, inside=inside),
        lessons=_lessons(review, reader),
        lesson_href=_lesson_href(review, reader),
        notes_words=notes_words(review),
        agree_href=_agree_href(review, reader, asked=inside or _among(ever, reader)),
    )


def here(reader: Reader, name: str, review: Review) -> str:
    """A page of those who may take part in a review; nothing where the reader may not open it."""
    return if_may(reader, "pilots.take_part", f"pilots:{name}", review.pk)


def _agree_href(review: Review, reader: Reader, *, asked: bool) -> str:
    """Where one says, after the close, whether a lesson may be told to everybody."""
    if review.state != State.CLOSED or review.record.withdrawn or not asked:
        return ""
    return here(reader, "agree", review)


def _follow_up_href(review: Review, reader: Reader, *, inside: bool) -> str:
    if review.record.withdrawn or not (inside or leads(review, reader)):
        return ""
    return if_may(reader, "pilots.review", "pilots:add_follow_up", review.pk)


def _lesson_href(review: Review, reader: Reader) -> str:
    if review.state != State.CLOSED or review.record.withdrawn:
        return ""
    return if_may(reader, "pilots.learn", "pilots:lesson_from", review.pk)


def _detail(review: Review, reader: Reader, *, inside: bool) -> DetailPage:
    told = _answers(review, inside=inside)
    mark = review_mark(review, reader.today)
    about = review.about
    shown = about.visibility in reader.readers
    terms = (
        Term(
            _("About"),
            about.title if shown else "",
            kinds.href(about, reader.slug) if shown else "",
        ),
        Term(_("Why it was opened"), review.get_occasion_display()),
        Term(_("Who leads the conversation"), who_leads(review)),
        Term(_("By when"), day_words(review.due_on)),
    )
    may = leads(review, reader) and reader.may("pilots.review")
    return DetailPage(
        title=review.record.title,
        kicker=_("What we learned"),
        kicker_href=address(reader, "pilots:learning"),
        state=mark.state,
        state_label=mark.label,
        notice=involved_notice(review) if review.state == State.OPEN else "",
        passages=tuple(Passage(heading, getattr(told, name)) for name, heading in HEADINGS.items()),
        terms=tuple(term for term in terms if term.value),
        steps=withdraw_step(review.record, reader, "pilots:withdraw_review", may=may),
        **beside(review.record, reader),
    )


def _answers(review: Review, *, inside: bool) -> Review | ReviewDraft:
    """The answers told at the close; before it, to those inside, as they stand now."""
    if not inside or review.state != State.OPEN:
        return review
    return ReviewDraft.objects.filter(review=review).first() or review


def _path(
    review: Review,
    reader: Reader,
    members: list[ReviewParticipant],
    asked: list[FollowUp],
    *,
    inside: bool,
) -> tuple[PathStep, ...]:
    """The steps of an open review; each completes itself by what is done."""
    if review.state != State.OPEN or review.record.withdrawn or reader.member_id is None:
        return ()
    far = _far(review)
    lead = leads(review, reader) and reader.may("pilots.review")
    return (
        _led(review, reader, lead=lead),
        _told(review, reader, members, far),
        _step(
            _("Those who take part answer the four questions"),
            here(reader, "answers", review) if inside else "",
            _("Write the answers"),
            done=bool(far["learned"]),
        ),
        _agreed(members, here(reader, "agree", review) if inside and far["learned"] else ""),
        _owned(asked),
        _step(
            _("The answers are told to the partners, without names"),
            address(reader, "pilots:close_review", review.pk) if lead else "",
            _("Close the review"),
            done=False,
        ),
    )


def _led(review: Review, reader: Reader, *, lead: bool) -> PathStep:
    return _step(
        _("Somebody leads the conversation, where possible one who was not involved"),
        address(reader, "pilots:name_conductor", review.pk) if lead else "",
        _("Say who"),
        done=bool(who_leads(review)),
    )


def _far(review: Review) -> dict[str, Any]:
    """Whether something was told, or waits, and what is learned so far. One query."""
    of_review = {"review": OuterRef("pk")}
    found = Review.objects.filter(pk=review.pk).annotate(
        told=Exists(Telling.objects.filter(**of_review)),
        waits=Exists(SealedTelling.objects.filter(**of_review)),
        drafted=Subquery(ReviewDraft.objects.filter(**of_review).values("learned")[:1]),
    )
    told, waits, learned = found.values_list("told", "waits", "drafted").get()
    return {"told": told, "waits": waits, "learned": learned}


def _told(
    review: Review, reader: Reader, members: list[ReviewParticipant], far: dict[str, Any]
) -> PathStep:
    return _step(
        _("Several tell what they saw; it merges into one timeline"),
        here(reader, "tell", review) if _among(members, reader) else "",
        _("Tell what you saw"),
        done=far["told"],
        begun=far["waits"],
    )


def _agreed(members: list[ReviewParticipant], href: str) -> PathStep:
    agreed = sum(bool(each.agreed_to) for each in members)
    return _step(
        _agreed_words(agreed, len(members)),
        href,
        _("Agree, or say not yet"),
        done=0 < agreed == len(members),
        begun=bool(agreed),
    )


def _owned(asked: list[FollowUp]) -> PathStep:
    loose = sum(row.state == FollowUp.State.OPEN and not who_does(row) for row in asked)
    return _step(_loose_words(loose), done=not loose)


def _among(members: list[ReviewParticipant], reader: Reader) -> bool:
    return any(each.member_id == reader.member_id for each in members)


def _step(
    words: str, href: str = "", label: Message = "", *, done: bool, begun: bool = False
) -> PathStep:
    if done:
        return PathStep(Mark("met", _("Done")), words, href, label)
    return PathStep(
        Mark("under_way", _("Begun")) if begun else Mark("open", _("To do")), words, href, label
    )


def _agreed_words(agreed: int, members: int) -> str:
    if not members:
        return _("Everybody who takes part agrees that the answers are told")
    return ngettext(
        "%(agreed)s of %(count)s person who takes part agrees that the answers are told",
        "%(agreed)s of %(count)s people who take part agree that the answers are told",
        members,
    ) % {"agreed": agreed, "count": members}


def _loose_words(loose: int) -> str:
    if not loose:
        return _("Every follow-up has an owner and a day, or says why it is not done")
    return ngettext(
        "%(count)s follow-up has no owner yet", "%(count)s follow-ups have no owner yet", loose
    ) % {"count": loose}


def _takers(members: list[ReviewParticipant], *, inside: bool) -> str:
    if inside:
        return ", ".join(str(each.member) for each in members)
    if not members:
        return ""
    return ngettext("%(count)s person takes part.", "%(count)s people take part.", len(members)) % {
        "count": len(members)
    }


def notes_words(review: Review) -> str:
    """What becomes of the raw notes, and when."""
    if review.notes_destroyed_on is not None:
        return _("The raw notes were destroyed on %(day)s.") % {
            "day": day_words(review.notes_destroyed_on)
        }
    if review.state != State.CLOSED:
        return _(
            "Raw notes are read by those who take part alone, and destroyed under the schedule "
            "of the authority once the review is closed."
        )
    if review.notes_kept_until is None:
        return _("Under the authority’s schedule the raw notes are kept.")
    return _("The raw notes are kept until %(day)s, then destroyed unless a hold stops it.") % {
        "day": day_words(review.notes_kept_until)
    }


def _follow_ups(review: Review, reader: Reader) -> list[FollowUp]:
    found = FollowUp.objects.live().visible_to(reader.readers).filter(review=review)
    related = ("record", "owner__merged_into", "owner_post__organisation", "owner_member")
    return list(found.select_related(*related).order_by("record__recorded_at", "pk"))


def _line(row: FollowUp, reader: Reader) -> FollowUpLine:
    return FollowUpLine(
        title=row.record.title,
        href=address(reader, "pilots:follow_up", row.pk),
        who=who_does(row),
        due=day_words(row.due_on),
        mark=follow_up_mark(row, reader.today),
    )


def _lessons(review: Review, reader: Reader) -> tuple[Step, ...]:
    """What came of a closed review; an open one leads to no lesson yet."""
    if review.state != State.CLOSED:
        return ()
    found = Lesson.objects.live().visible_to(reader.readers).of_review(review)
    return tuple(
        Step(row.record.title, address(reader, "pilots:lesson", row.pk))
        for row in found.select_related("record").order_by("record__recorded_at")
    )
