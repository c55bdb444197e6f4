"""Learning reviews: opened, led, told, answered, agreed on, closed."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.downloads import csv_download
from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page
from headway.core.spreadsheets import write_rows
from headway.initiatives import kinds
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import (
    CONFIRM,
    WritePage,
    page_of,
    posted,
    row_of,
    withdraw,
    write,
)
from headway.pilots import actions
from headway.pilots.actions import Told
from headway.pilots.formats.told_lines import told_lines
from headway.pilots.forms.reviews import (
    ANSWERS,
    AgreeForm,
    AnswersForm,
    ConductorForm,
    OpenReviewForm,
    TellForm,
)
from headway.pilots.models import Review, ReviewDraft, ReviewParticipant
from headway.pilots.queries import learning as queries
from headway.pilots.queries.agreed import agreed_text, agreed_version, tells_more
from headway.pilots.queries.notes import notes_page
from headway.pilots.queries.review import (
    is_asked,
    leads,
    reads_notes,
    review_page,
    takes_part,
)
from headway.pilots.views.gate import origin_of
from headway.pilots.views.wording import wording_of, write_worded

RELATED = ("about__initiative", "conductor")


def review_row(request: MemberRequest, record_id: UUID) -> Review:
    """A review of this initiative that the reader may open; else 404."""
    return row_of(request, Review, record_id, *RELATED)


def review_href(request: MemberRequest, review: Review) -> str:
    """The page of a review."""
    return page_of(request, "pilots:review", review.pk)


def must_lead(request: MemberRequest, review: Review) -> None:
    """Refuse whoever neither leads the conversation nor the initiative.

    Raises:
        PermissionDenied: where they do not.

    """
    if not leads(review, request.reader):
        raise PermissionDenied


def must_be_inside(request: MemberRequest, review: Review) -> None:
    """Refuse whoever neither takes part in the review nor leads its conversation.

    Raises:
        PermissionDenied: where they do not.

    """
    if not reads_notes(review, request.reader):
        raise PermissionDenied


@requires("pilots.view")
def learning(request: MemberRequest) -> HttpResponse:
    """What was learned, here and elsewhere."""
    page = queries.learning_page(request.initiative, request.reader, request.GET)
    return render_page(request, "pilots/learning.html", page)


@requires("pilots.view")
def lessons_export(request: MemberRequest) -> HttpResponseBase:
    """The lessons as a table file."""
    rows = queries.lesson_rows(request.initiative, request.reader)
    name = _("%s lessons") % request.initiative.title
    return csv_download(name, write_rows(queries.LESSON_HEADING, rows))


@requires("pilots.view")
def follow_ups_export(request: MemberRequest) -> HttpResponseBase:
    """The follow-ups as a table file."""
    rows = queries.follow_up_rows(request.initiative, request.reader)
    name = _("%s follow-ups") % request.initiative.title
    return csv_download(name, write_rows(queries.FOLLOW_UP_HEADING, rows))


@requires("pilots.view")
def review(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One learning review."""
    page = review_page(review_row(request, record_id), request.reader)
    return render_page(request, "pilots/review.html", page)


@requires("pilots.review")
def open_review(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Ask what is learned of any record."""
    about = origin_of(request, record_id)
    page = WritePage(
        _("Ask what we learn from this"),
        lead=_("Something was missed, or went better than expected. Look at it while it is fresh."),
        button=_("Open the review"),
        kicker=about.title,
        back_href=kinds.href(about, request.initiative.slug),
    )
    return write(
        request,
        form=OpenReviewForm(posted(request), initial={"occasion": Review.Occasion.MISSED}),
        act=lambda said: actions.open_review(by=request.actor, about=about, **said),
        page=page,
        to=lambda row: review_href(request, row),
    )


@requires("pilots.review")
def name_conductor(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say who leads the conversation."""
    row = review_row(request, record_id)
    must_lead(request, row)
    names = ("conductor", "conductor_as_said", "due_on")
    form = ConductorForm(
        posted(request),
        initiative=request.initiative,
        initial={name: getattr(row, name) for name in names},
    )
    page = WritePage(
        _("Who leads the conversation"),
        lead=_("Where possible somebody who was not involved. They read the raw notes too."),
        kicker=row.record.title,
        back_href=review_href(request, row),
    )
    return write(
        request,
        form=form,
        act=lambda said: actions.name_conductor(by=request.actor, review=row, **said),
        page=page,
        to=lambda _done: review_href(request, row),
    )


@requires("pilots.take_part")
def join_review(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take part in a review."""
    row = review_row(request, record_id)
    happens = (
        _(
            "That you take part is noted. What you tell is kept without your name and "
            "without a time."
        ),
        _("You read the raw notes of everybody who takes part. Others do not."),
        _("Misconduct has its own route outside Headway: do not report it here."),
        _("Records law may override any promise: what is written here may have to be released."),
    )
    return _confirm(request, row, _("Take part"), happens, actions.join_review)


@requires("pilots.take_part")
def leave_review(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take part in a review no longer."""
    row = review_row(request, record_id)
    happens = (
        _("What you told stays, as nobody can tell which of it was yours."),
        _(
            "You no longer read the raw notes, and are not asked whether the partners are told the "
            "answers. Before everybody is told a lesson, you are asked."
        ),
    )
    return _confirm(request, row, _("Take part no longer"), happens, actions.leave_review)


def _confirm(
    request: MemberRequest, row: Review, title: str, happens: tuple[str, ...], act: Any
) -> HttpResponseBase:
    href = review_href(request, row)
    return write(
        request,
        form=PageForm(posted(request)),
        act=lambda _said: act(by=request.actor, review=row),
        page=ConfirmPage(title, happens, title, href),
        to=lambda _done: href,
        template=CONFIRM,
    )


@requires("pilots.take_part")
def notes(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """The raw notes, for those who take part."""
    row = review_row(request, record_id)
    must_be_inside(request, row)
    return render_page(request, "pilots/notes.html", notes_page(row, request.reader))


@requires("pilots.take_part")
def tell(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Tell what one saw."""
    row = review_row(request, record_id)
    if not takes_part(row, request.reader):
        raise PermissionDenied
    return write_worded(
        request,
        form=TellForm(posted(request), **wording_of(request)),
        act=lambda said: actions.tell(by=request.actor, review=row, told=_told(said)),
        title=_("Tell what you saw"),
        lead=_("How and what, not who and why. Roles instead of names. Leave empty what you like."),
        button=_("Tell it"),
        kicker=row.record.title,
        back_href=page_of(request, "pilots:notes", row.pk),
        to=lambda _done: page_of(request, "pilots:notes", row.pk),
    )


def _told(said: dict[str, Any]) -> list[Told]:
    events = [Told("event", text, when) for when, text in told_lines(said["events"])]
    return events + [Told(part, said[part].strip()) for part in ANSWERS if said[part].strip()]


@requires("pilots.take_part")
def answers(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Put the answers to the four questions together."""
    row = review_row(request, record_id)
    must_be_inside(request, row)
    draft = ReviewDraft.objects.filter(review=row).first() or ReviewDraft(review=row)
    shown = {name: getattr(draft, name) for name in ANSWERS}
    form = AnswersForm(
        posted(request), initial={**shown, "seen": draft.revision}, **wording_of(request)
    )
    meanwhile = form.is_bound and form.catch_up(draft.revision)
    lead = _("Those who take part read this. The partners read it once everybody agreed.")
    if meanwhile:
        lead = _(
            "Somebody changed the answers while you wrote. Theirs: %(theirs)s. Save again."
        ) % {"theirs": " / ".join(text for text in shown.values() if text)}
        form.add_error(None, _("Compare with what the others wrote, then save again."))
    return write_worded(
        request,
        form=form,
        act=lambda said: actions.draft_answers(by=request.actor, review=row, **said),
        title=_("What did we learn?"),
        lead=lead,
        kicker=row.record.title,
        back_href=review_href(request, row),
        to=lambda _done: review_href(request, row),
    )


@requires("pilots.take_part")
def agree(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Agree how far the answers may be told."""
    row = review_row(request, record_id)
    if not is_asked(row, request.reader):
        raise PermissionDenied
    asked = _asked(row)
    own = asked.filter(member=request.reader.member_id).first()
    others = asked if leads(row, request.reader) else None
    draft = ReviewDraft.objects.filter(review=row).first()
    version = agreed_version(row, draft)
    form = AgreeForm(
        posted(request),
        others=others,
        initial={
            "reach": own.agreed_to if own else "",
            "seen": version,
        },
    )
    # What was read is agreed to, not what somebody wrote meanwhile.
    changed = form.is_bound and form.catch_up(version)
    if changed and tells_more(row, str(form.data.get("reach", ""))):
        form.add_error(None, _("The words changed meanwhile. Read them, then agree to them."))
    page = WritePage(
        _("How far may the answers go?"),
        lead=" ".join(filter(None, (_noted_text(own), agreed_text(row, draft)))),
        kicker=row.record.title,
        back_href=review_href(request, row),
    )
    return write(
        request,
        form=form,
        act=lambda said: actions.agree(by=request.actor, review=row, **said),
        page=page,
        to=lambda _done: review_href(request, row),
    )


def _asked(row: Review) -> QuerySet[ReviewParticipant]:
    """Whose agreement counts: who takes part, after the close also who took part before."""
    found = ReviewParticipant.objects.filter(review=row).select_related("member")
    return found if row.state == Review.State.CLOSED else found.standing()


def _noted_text(own: ReviewParticipant | None) -> str:
    """That somebody else noted what this one agreed to, and what to do if it is wrong."""
    if own is None or own.noted_at is None:
        return ""
    return _("Somebody noted for you what is chosen below. If you did not say so, change it.")


@requires("pilots.review")
def close_review(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Tell the partners the agreed answers."""
    row = review_row(request, record_id)
    must_lead(request, row)
    happens = (
        _("The partners of this initiative read the answers from now on. They name nobody."),
        _("Nothing more is told in this review. Its follow-ups go on."),
        _("The raw notes are destroyed under the authority’s schedule, unless a hold stops it."),
    )
    return _confirm(request, row, _("Close the review"), happens, actions.close_review)


@requires("pilots.review")
def withdraw_review(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take back a review that was opened by mistake."""
    row = review_row(request, record_id)
    must_lead(request, row)
    back = review_href(request, row)
    after = page_of(request, "pilots:learning")
    return withdraw(request, row.record, _("Withdraw this review"), back, after)
