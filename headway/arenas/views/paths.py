from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from headway.arenas import actions
from headway.arenas.forms import FinishStepForm, StepForm
from headway.arenas.models import Ask, PathStep
from headway.arenas.views.requests import ask_of
from headway.core.errors import Message
from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import CONFIRM, WritePage, page_of, posted, write


def _step(request: MemberRequest, step_id: UUID) -> PathStep:
    """A step of a request that the reader may open; else 404."""
    found = PathStep.objects.filter(ask__record__initiative=request.initiative)
    step = get_object_or_404(found.select_related("owner", "owner_post"), pk=step_id)
    step.ask = ask_of(request, step.ask_id)
    return step


def _page(request: MemberRequest, ask: Ask, title: Message, lead: str = "") -> WritePage:
    return WritePage(title, lead=lead, kicker=ask.record.title, back_href=_href(request, ask))


def _href(request: MemberRequest, ask: Ask) -> str:
    return page_of(request, "arenas:ask", ask.pk)


@requires("arenas.write")
def add_step(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Put one more step on the way to the agenda."""
    row = ask_of(request, record_id)
    return write(
        request,
        form=StepForm(posted(request), authority=request.authority),
        act=lambda said: actions.add_step(by=request.actor, ask=row, **said),
        page=_page(request, row, _("Add a step to the agenda")),
        to=lambda _step: _href(request, row),
    )


@requires("arenas.write")
def edit_step(request: MemberRequest, step_id: UUID) -> HttpResponseBase:
    """Change a step, its day or who looks after it."""
    step = _step(request, step_id)
    shown = {
        "title": step.title,
        "days_before": step.days_before,
        "owner": step.owner,
        "owner_post": step.owner_post,
    }
    return write(
        request,
        form=StepForm(posted(request), authority=request.authority, initial=shown),
        act=lambda said: actions.revise_step(by=request.actor, step=step, **said),
        page=_page(request, step.ask, _("Change this step")),
        to=lambda _done: _href(request, step.ask),
    )


@requires("arenas.write")
def finish_step(request: MemberRequest, step_id: UUID) -> HttpResponseBase:
    """Note that a step is done, and what was submitted."""
    step = _step(request, step_id)
    shown = {"done_on": step.done_on or request.today, "submitted": step.submitted}
    return write(
        request,
        form=FinishStepForm(posted(request), initial=shown),
        act=lambda said: actions.finish_step(by=request.actor, step=step, **said),
        page=_page(request, step.ask, _("This step is done"), step.title),
        to=lambda _done: _href(request, step.ask),
    )


@requires("arenas.write")
def drop_step(request: MemberRequest, step_id: UUID) -> HttpResponseBase:
    """Take a step off the way to the agenda."""
    step = _step(request, step_id)
    title = _("Take this step off")
    consequence = _("“%s” leaves the path. The history keeps that it was there.") % step.title
    return write(
        request,
        form=PageForm(posted(request)),
        act=lambda _said: actions.drop_step(by=request.actor, step=step),
        page=ConfirmPage(title, (consequence,), title, _href(request, step.ask)),
        to=lambda _done: _href(request, step.ask),
        template=CONFIRM,
    )
