from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page
from headway.initiatives import actions, queries
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.forms import InviteForm, MandateForm, ReassignForm, RoleForm
from headway.initiatives.models import Mandate, Member, RoleGrant
from headway.initiatives.pages.write import CONFIRM, WritePage, posted, write
from headway.initiatives.views import texts


def _member(request: MemberRequest, member_id: UUID) -> Member:
    members = Member.objects.in_initiative(request.initiative)
    return get_object_or_404(
        members.select_related("initiative__stream", "organisation", "user"), pk=member_id
    )


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
    address = request.build_absolute_uri(request.initiative.get_absolute_url())

    def welcome(said: dict[str, Any]) -> Member:
        member = actions.invite_member(
            by=request.actor, initiative=request.initiative, address=address, **said
        )
        messages.success(request, _("%s is a member now and was told by mail.") % member.name)
        return member

    return write(
        request,
        form=InviteForm(posted(request), authority=request.authority),
        act=welcome,
        page=WritePage(texts.INVITE),
        to=lambda member: _back(request, member),
    )


@requires("initiatives.manage_members")
def grant_role(request: MemberRequest, member_id: UUID) -> HttpResponseBase:
    """Give a further role."""
    member = _member(request, member_id)
    back = _back(request, member)
    return write(
        request,
        form=RoleForm(posted(request)),
        act=lambda said: actions.grant_role(by=request.actor, member=member, **said),
        page=WritePage(texts.GRANT_ROLE, kicker=member.name, back_href=back),
        to=lambda _grant: back,
    )


@requires("initiatives.manage_members")
def give_mandate(request: MemberRequest, member_id: UUID) -> HttpResponseBase:
    """Record for whom a member may speak."""
    member = _member(request, member_id)
    back = _back(request, member)
    return write(
        request,
        form=MandateForm(posted(request), authority=request.authority),
        act=lambda said: actions.give_mandate(by=request.actor, member=member, **said),
        page=WritePage(texts.GIVE_MANDATE, kicker=member.name, back_href=back),
        to=lambda _mandate: back,
    )


@requires("initiatives.manage_members")
def reassign(request: MemberRequest, member_id: UUID) -> HttpResponseBase:
    """Hand everything of one member to another in one step."""
    leaver = _member(request, member_id)
    back = _back(request, leaver)

    def hand_over(said: dict[str, Any]) -> None:
        successor = _member(request, said["successor"].pk)
        moved = actions.reassign_everything(by=request.actor, leaver=leaver, successor=successor)
        words = ngettext("%s thing was handed over.", "%s things were handed over.", moved)
        messages.success(request, words % moved)

    return write(
        request,
        form=ReassignForm(posted(request), leaver=leaver),
        act=hand_over,
        page=WritePage(texts.REASSIGN, texts.REASSIGN_LEAD, kicker=leaver.name, back_href=back),
        to=lambda _done: back,
    )


def _confirm(
    request: MemberRequest, member: Member, title: Any, consequence: str, act: Any
) -> HttpResponseBase:
    back = _back(request, member)
    return write(
        request,
        form=PageForm(posted(request)),
        act=act,
        page=ConfirmPage(title, (consequence,), title, back),
        to=lambda _done: back,
        template=CONFIRM,
    )


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
