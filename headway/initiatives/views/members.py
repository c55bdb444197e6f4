from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page
from headway.initiatives import actions, queries
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.forms import InviteForm, MandateForm, ReassignForm, RoleForm
from headway.initiatives.models import Mandate, Member, RoleGrant
from headway.initiatives.pages import FormPage
from headway.initiatives.views import texts


def _member(request: MemberRequest, member_id: UUID) -> Member:
    members = Member.objects.in_initiative(request.initiative)
    return get_object_or_404(
        members.select_related("initiative__stream", "organisation", "user"), pk=member_id
    )


def _to_member(request: MemberRequest, member: Member) -> HttpResponseBase:
    return redirect("initiatives:member", request.initiative.slug, member.pk)


def _back(request: MemberRequest, member: Member) -> str:
    return reverse("initiatives:member", args=[request.initiative.slug, member.pk])


@requires("initiatives.view_members")
def members(request: MemberRequest) -> HttpResponse:
    """Who takes part and in which roles."""
    page = queries.members_page(request.initiative, request.reader, request.GET)
    return render_page(request, "initiatives/members.html", page)


@requires("initiatives.view_members")
def member(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """One member."""
    page = queries.member_page(_member(request, member_id), request.reader)
    return render_page(request, "initiatives/member.html", page)


@requires("initiatives.manage_members")
def invite(request: MemberRequest) -> HttpResponseBase:
    """Make somebody a member."""
    form = InviteForm(request.POST or None, initiative=request.initiative)
    address = request.build_absolute_uri(request.initiative.get_absolute_url())
    if form.carry_out(
        lambda said: actions.invite_member(
            by=request.actor, initiative=request.initiative, address=address, **said
        )
    ):
        messages.success(request, _("%s is a member now and was told by mail.") % form.result.name)
        return _to_member(request, form.result)
    return render_page(request, "initiatives/form.html", FormPage(texts.INVITE), form)


@requires("initiatives.manage_members")
def grant_role(request: MemberRequest, member_id: UUID) -> HttpResponseBase:
    """Give a further role."""
    member = _member(request, member_id)
    form = RoleForm(request.POST or None)
    if form.carry_out(lambda said: actions.grant_role(by=request.actor, member=member, **said)):
        return _to_member(request, member)
    page = FormPage(texts.GRANT_ROLE, kicker=member.name, back_href=_back(request, member))
    return render_page(request, "initiatives/form.html", page, form)


@requires("initiatives.manage_members")
def give_mandate(request: MemberRequest, member_id: UUID) -> HttpResponseBase:
    """Record for whom a member may speak."""
    member = _member(request, member_id)
    form = MandateForm(request.POST or None, initiative=request.initiative)
    if form.carry_out(lambda said: actions.give_mandate(by=request.actor, member=member, **said)):
        return _to_member(request, member)
    page = FormPage(texts.GIVE_MANDATE, kicker=member.name, back_href=_back(request, member))
    return render_page(request, "initiatives/form.html", page, form)


@requires("initiatives.manage_members")
def reassign(request: MemberRequest, member_id: UUID) -> HttpResponseBase:
    """Hand everything of one member to another in one step."""
    leaver = _member(request, member_id)
    form = ReassignForm(request.POST or None, leaver=leaver)

    def hand_over(said: dict[str, Any]) -> int:
        successor = _member(request, said["successor"].pk)
        return actions.reassign_everything(by=request.actor, leaver=leaver, successor=successor)

    if form.carry_out(hand_over):
        words = ngettext("%s thing was handed over.", "%s things were handed over.", form.result)
        messages.success(request, words % form.result)
        return _to_member(request, leaver)
    page = FormPage(
        texts.REASSIGN, texts.REASSIGN_LEAD, kicker=leaver.name, back_href=_back(request, leaver)
    )
    return render_page(request, "initiatives/form.html", page, form)


def _confirm(
    request: MemberRequest, member: Member, title: Any, consequence: str, act: Any
) -> HttpResponseBase:
    form = PageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.carry_out(act):
        return _to_member(request, member)
    page = ConfirmPage(title, (consequence,), title, _back(request, member))
    return render_page(request, "core/confirm.html", page, form)


@requires("initiatives.manage_members")
def let_go(request: MemberRequest, member_id: UUID) -> HttpResponseBase:
    """End a membership."""
    member = _member(request, member_id)
    consequence = _("%s loses every role here at once. What they wrote stays.") % member.name
    return _confirm(
        request,
        member,
        texts.LET_GO,
        consequence,
        lambda _said: actions.let_go(by=request.actor, member=member),
    )


@requires("initiatives.manage_members")
def end_role(request: MemberRequest, grant_id: UUID) -> HttpResponseBase:
    """End a role."""
    mine = RoleGrant.objects.filter(member__initiative=request.initiative, ended_at__isnull=True)
    grant = get_object_or_404(mine.select_related("member"), pk=grant_id)
    consequence = _("%(name)s is no longer %(role)s, from now on.") % {
        "name": grant.member.name,
        "role": grant.get_role_display(),
    }
    return _confirm(
        request,
        grant.member,
        texts.END_ROLE,
        consequence,
        lambda _said: actions.end_role(by=request.actor, grant=grant),
    )


@requires("initiatives.manage_members")
def end_mandate(request: MemberRequest, mandate_id: UUID) -> HttpResponseBase:
    """End that a member may speak for an organisation."""
    mine = Mandate.objects.filter(member__initiative=request.initiative, ended_at__isnull=True)
    mandate = get_object_or_404(mine.select_related("member", "organisation"), pk=mandate_id)
    consequence = _("%(name)s no longer speaks for %(organization)s, from now on.") % {
        "name": mandate.member.name,
        "organization": mandate.organisation.name,
    }
    return _confirm(
        request,
        mandate.member,
        texts.END_MANDATE,
        consequence,
        lambda _said: actions.end_mandate(by=request.actor, mandate=mandate),
    )
