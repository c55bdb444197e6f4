from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from headway.commitments.actions.plans import bring_in_plan as bring_in_now
from headway.commitments.actions.plans import confirm_plan, keep_plan, map_plan
from headway.commitments.forms import MappingForm, PlanForm
from headway.commitments.models import PlanFile
from headway.commitments.queries.plans import plan_page, plans_page
from headway.commitments.tasks import bring_in
from headway.core.forms import PageForm
from headway.core.pages import render_page
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import page_of, posted, write

# So many actions are brought in while one waits; more are brought in by the worker.
AT_ONCE = 60


@requires("commitments.import")
def plans(request: MemberRequest) -> HttpResponseBase:
    """List the plans brought along, and take another."""
    files = request.FILES if request.method == "POST" else None
    return write(
        request,
        form=PlanForm(posted(request), files),
        act=lambda said: _keep(request, said),
        page=plans_page(request.initiative, request.reader, request.GET),
        to=lambda kept: page_of(request, "commitments:plan", kept.pk),
        template="commitments/plans.html",
    )


def _keep(request: MemberRequest, said: dict[str, Any]) -> PlanFile:
    return keep_plan(
        by=request.actor,
        initiative=request.initiative,
        file_name=said["file"].name,
        content=said["file"].read(),
        title=said["title"],
        url=said["url"],
    )


def _plan(request: MemberRequest, plan_id: UUID) -> PlanFile:
    rows = PlanFile.objects.filter(initiative=request.initiative).select_related("job")
    return get_object_or_404(rows, pk=plan_id)


@requires("commitments.import")
def plan(request: MemberRequest, plan_id: UUID) -> HttpResponseBase:
    """What a plan says, how its columns are read, and what it would make."""
    row = _plan(request, plan_id)
    form = MappingForm(posted(request), headings=row.sheet.get("heading", ()), mapping=row.mapping)
    if request.method == "POST" and form.carry_out(
        lambda said: map_plan(by=request.actor, plan=row, mapping=form.chosen(said))
    ):
        return redirect(page_of(request, "commitments:plan", row.pk))
    page = plan_page(row, request.reader, request.GET)
    return render_page(request, "commitments/plan.html", page, form if page.is_open else None)


@requires("commitments.import")
def bring_in_plan(request: MemberRequest, plan_id: UUID) -> HttpResponseBase:
    """Make recommendations and promises of a plan, as its preview shows."""
    row = _plan(request, plan_id)
    form = PageForm(posted(request))
    if request.method == "POST" and form.carry_out(
        lambda _said: confirm_plan(by=request.actor, plan=row)
    ):
        if row.counts.get("actions", 0) <= AT_ONCE:
            bring_in_now(plan_id=row.pk, now=request.now)
        else:
            bring_in.enqueue(str(row.pk))
    return redirect(page_of(request, "commitments:plan", row.pk))
