from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.accounts import actions
from headway.accounts.access import AuthorityRequest, requires
from headway.accounts.forms import (
    AuthorityForm,
    EndRoleForm,
    GrantForm,
    RetentionClassForm,
    ScheduleForm,
)
from headway.accounts.models import AuthorityRole, RetentionClass
from headway.accounts.queries.settings import people_page, retention_page, settings_page
from headway.accounts.views.gate import permissions_of, sent
from headway.core.pages import ConfirmPage, render_page


@requires("accounts.settings")
def settings(request: AuthorityRequest) -> HttpResponse:
    """The authority's name, time zone and language."""
    held = request.authority
    now = {"name": held.name, "zone": held.zone, "language": held.language}
    form = AuthorityForm(sent(request), initial=now)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.change_authority(by=request.actor, authority=held, **data)
    ):
        messages.success(request, _("Saved."))
        return redirect("accounts:settings")
    page = settings_page(held, permissions_of(request))
    return render_page(request, "accounts/settings.html", page, form)


@requires("accounts.people")
def people(request: AuthorityRequest) -> HttpResponse:
    """Who holds a role for the whole authority; give one."""
    today = request.authority.today(request.now)
    form = GrantForm(sent(request))
    if request.method == "POST" and form.carry_out(
        lambda data: actions.grant_role(
            by=request.actor, authority=request.authority, starts_on=today, **data
        )
    ):
        messages.success(request, _("%(person)s has the role now.") % {"person": form.result.user})
        return redirect("accounts:people")
    page = people_page(
        authority=request.authority,
        today=today,
        may=permissions_of(request),
        params=request.GET,
    )
    return render_page(request, "accounts/people.html", page, form)


@requires("accounts.people")
def end_role(request: AuthorityRequest, role_id: UUID) -> HttpResponse:
    """Set the last day of a role, or take it away now."""
    roles = AuthorityRole.objects.in_authority(request.authority).select_related("user")
    role = get_object_or_404(roles, pk=role_id)
    form = EndRoleForm(sent(request))
    if request.method == "POST" and form.carry_out(
        lambda data: actions.end_role(by=request.actor, role=role, **data)
    ):
        messages.success(request, _("The role of %(person)s ends.") % {"person": role.user})
        return redirect("accounts:people")
    words = {"person": role.user, "role": role.get_role_display()}
    page = ConfirmPage(
        title=_("End the role of %(person)s as %(role)s") % words,
        what_happens=(
            _("They keep their account and everything they wrote."),
            _("After the last day the pages of this role are closed to them."),
        ),
        button=_("End the role"),
        back_href=reverse("accounts:people"),
    )
    return render_page(request, "core/confirm.html", page, form)


def _class_values(data: dict[str, Any]) -> dict[str, Any]:
    return {key: data[key] for key in ("name", "keep_years", "basis")}


@requires("accounts.retention")
def retention(request: AuthorityRequest) -> HttpResponse:
    """The retention schedule; add a class of records."""
    form = RetentionClassForm(sent(request))
    if request.method == "POST" and form.carry_out(
        lambda data: actions.add_retention_class(
            by=request.actor, authority=request.authority, **_class_values(data)
        )
    ):
        messages.success(request, _("“%(name)s” is added.") % {"name": form.result.name})
        return redirect("accounts:retention")
    page = retention_page(
        authority=request.authority, may=permissions_of(request), params=request.GET
    )
    return render_page(request, "accounts/retention.html", page, form)


@requires("accounts.retention")
def retention_class(request: AuthorityRequest, class_id: UUID) -> HttpResponse:
    """Change how long one class of records is kept."""
    rows = RetentionClass.objects.in_authority(request.authority)
    row = get_object_or_404(rows, pk=class_id)
    now = {"name": row.name, "keep_years": row.keep_years, "basis": row.basis}
    form = RetentionClassForm(sent(request), initial=now)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.change_retention_class(
            by=request.actor, retention_class=row, **_class_values(data)
        )
    ):
        messages.success(request, _("Saved."))
        return redirect("accounts:retention")
    return render_page(request, "accounts/retention_class.html", row, form)


@requires("accounts.retention")
def schedule(request: AuthorityRequest) -> HttpResponse:
    """Name the schedule, as the authority cites it."""
    form = ScheduleForm(sent(request), initial={"schedule": request.authority.retention_schedule})
    if request.method == "POST" and form.carry_out(
        lambda data: actions.name_schedule(
            by=request.actor, authority=request.authority, name=data["schedule"]
        )
    ):
        messages.success(request, _("Saved."))
        return redirect("accounts:retention")
    return render_page(request, "accounts/schedule.html", request.authority, form)


@requires("accounts.retention")
def adopt_schedule(request: AuthorityRequest) -> HttpResponse:
    """Add the classes of the default schedule that are not there yet."""
    if request.method == "POST":
        added = actions.adopt_default_schedule(by=request.actor, authority=request.authority)
        messages.success(request, _("%(number)s classes added.") % {"number": len(added)})
        return redirect("accounts:retention")
    page = ConfirmPage(
        title=_("Adopt the default schedule"),
        what_happens=(_("Classes that are missing are added; those that stand stay as they are."),),
        button=_("Adopt it"),
        back_href=reverse("accounts:retention"),
    )
    return render_page(request, "core/confirm.html", page)
