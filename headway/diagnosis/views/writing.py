from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _

from headway.diagnosis import actions
from headway.diagnosis.forms import DeclineForm, StatementForm, TakeForm, ThresholdForm
from headway.diagnosis.models import Move
from headway.diagnosis.queries.offers import Offer, offer
from headway.diagnosis.queries.words import CONDITIONS, threshold_label
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.models import Record
from headway.initiatives.pages.write import WritePage, page_of, posted, withdraw, write
from headway_analysis.diagnosis import NAMES


def _about(request: MemberRequest, found: Offer) -> Record | None:
    """The record that a move is about, as far as the reader may open it."""
    if found.about is None:
        return None
    rows = request.reader.readable(Record.objects.in_initiative(request.initiative))
    return rows.filter(pk=found.about).first()


@requires("diagnosis.move")
def take(request: MemberRequest, lever: str) -> HttpResponseBase:
    """Take a next move, then go on to the page that begins it."""
    found = offer(request.initiative, request.reader, lever)

    def act(said: dict[str, str]) -> Move:
        return actions.take_move(
            by=request.actor,
            initiative=request.initiative,
            lever=lever,
            title=str(found.label),
            told=found.reason,
            about=_about(request, found),
            **said,
        )

    return write(
        request,
        form=TakeForm(posted(request)),
        act=act,
        page=WritePage(
            found.label,
            lead=found.reason,
            button=found.start_label,
            kicker=_("Take this move"),
            back_href=page_of(request, "diagnosis:leadership"),
        ),
        to=lambda move: found.start_href or page_of(request, "diagnosis:move", move.pk),
    )


@requires("diagnosis.move")
def decline(request: MemberRequest, lever: str) -> HttpResponseBase:
    """Decline a next move, with the reason."""
    found = offer(request.initiative, request.reader, lever)

    def act(said: dict[str, str]) -> Move:
        return actions.decline_move(
            by=request.actor,
            initiative=request.initiative,
            lever=lever,
            title=str(found.label),
            told=found.reason,
            about=_about(request, found),
            **said,
        )

    return write(
        request,
        form=DeclineForm(posted(request)),
        act=act,
        page=WritePage(
            found.label,
            lead=found.reason,
            button=_("Decline it"),
            kicker=_("Decline this move"),
            back_href=page_of(request, "diagnosis:leadership"),
        ),
        to=lambda move: page_of(request, "diagnosis:move", move.pk),
    )


@requires("diagnosis.argue")
def argue(request: MemberRequest, name: str) -> HttpResponseBase:
    """Set a threshold anew, with the argument."""
    if name not in NAMES:
        raise Http404
    title = threshold_label(name)
    return write(
        request,
        form=ThresholdForm(posted(request)),
        act=lambda said: actions.set_threshold(
            by=request.actor, initiative=request.initiative, name=name, title=title, **said
        ),
        page=WritePage(
            title,
            lead=_("It counts from today. What it was before stays readable, with its argument."),
            kicker=_("Argue with a threshold"),
            back_href=page_of(request, "diagnosis:thresholds"),
        ),
        to=lambda _row: page_of(request, "diagnosis:thresholds"),
    )


@requires("diagnosis.state")
def state_condition(request: MemberRequest, condition: str) -> HttpResponseBase:
    """State that a condition was met outside, or is not needed."""
    label = next((words for key, words in CONDITIONS.items() if key == condition), None)
    if label is None:
        raise Http404
    return write(
        request,
        form=StatementForm(posted(request)),
        act=lambda said: actions.state_condition(
            by=request.actor, initiative=request.initiative, condition=condition, **said
        ),
        page=WritePage(
            label,
            lead=_("For what happened outside Headway, or is not needed here. One line is enough."),
            kicker=_("State it in one line"),
            back_href=page_of(request, "diagnosis:conditions"),
        ),
        to=lambda _row: page_of(request, "diagnosis:conditions"),
    )


@requires("diagnosis.state")
def withdraw_answer(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take back a move, a threshold or a statement of one's own."""
    kinds = ("move", "threshold", "condition", "readiness")
    rows = request.reader.readable(Record.objects.in_initiative(request.initiative))
    record = rows.filter(pk=record_id, kind__in=kinds).select_related("initiative__stream").first()
    if record is None or not _may_withdraw(request, record):
        raise Http404
    back = page_of(request, "diagnosis:leadership")
    return withdraw(request, record, _("Withdraw this"), back, back)


def _may_withdraw(request: MemberRequest, record: Record) -> bool:
    """Who wrote it, or who may withdraw everything."""
    return request.reader.may("initiatives.withdraw") or (
        record.author_id is not None and record.author_id == request.reader.member_id
    )
