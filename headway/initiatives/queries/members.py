from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.errors import Message
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.initiatives.models import Initiative, Mandate, Member, Record, RoleGrant
from headway.initiatives.reader import Reader


@dataclass(frozen=True)
class MembersPage:
    """Who takes part and in which roles."""

    title: str
    table: TablePage
    invite_href: str


@dataclass(frozen=True)
class TermLine:
    """A role or a mandate, from when until when."""

    words: Message
    detail: str
    starts_on: str
    ends_on: str
    holds: bool
    end_href: str


@dataclass(frozen=True)
class MemberPage:
    """One member: roles, mandates, and how much they look after."""

    title: str
    member_id: UUID
    email: str
    organisation: str
    left: bool
    roles: tuple[TermLine, ...]
    mandates: tuple[TermLine, ...]
    owned: int
    role_href: str
    mandate_href: str
    reassign_href: str
    let_go_href: str


COLUMNS = (
    Column("name", gettext_lazy("Name"), sort="name"),
    Column("organisation", gettext_lazy("Organization"), sort="organisation__name"),
    Column("roles", gettext_lazy("Roles")),
    Column("speaks_for", gettext_lazy("May speak for")),
)


def _row(member: Member, reader: Reader) -> dict[str, object]:
    return {
        "name": TextLink(member.name, reverse("initiatives:member", args=[reader.slug, member.pk])),
        "organisation": str(member.organisation.canonical) if member.organisation else "",
        "roles": ", ".join(str(grant.get_role_display()) for grant in member.roles.all()),
        "speaks_for": ", ".join(str(each.organisation) for each in member.mandates.all()),
    }


def members_page(initiative: Initiative, reader: Reader, params: QueryDict) -> MembersPage:
    """Everybody who takes part today."""
    roles = RoleGrant.objects.holding(reader.today)
    mandates = Mandate.objects.holding(reader.today).select_related("organisation")
    found = (
        Member.objects.in_initiative(initiative)
        .filter(left_at__isnull=True)
        .select_related("organisation__merged_into")
        .prefetch_related(Prefetch("roles", queryset=roles))
        .prefetch_related(Prefetch("mandates", queryset=mandates))
    )
    may = reader.may("initiatives.manage_members")
    return MembersPage(
        title=_("Members and roles"),
        table=table_page(found, COLUMNS, params, build=lambda each: _row(each, reader)),
        invite_href=reverse("initiatives:invite", args=[reader.slug]) if may else "",
    )


def _term(
    row: RoleGrant | Mandate, reader: Reader, words: Message, detail: str, name: str
) -> TermLine:
    holds = row.holds(reader.today)
    return TermLine(
        words=words,
        detail=detail,
        starts_on=date_format(row.starts_on),
        ends_on=date_format(row.ends_on) if row.ends_on else "",
        holds=holds,
        end_href=(
            reverse(name, args=[reader.slug, row.pk])
            if row.ended_at is None and reader.may("initiatives.manage_members")
            else ""
        ),
    )


def member_page(member: Member, reader: Reader) -> MemberPage:
    """One member as the others may see them; the address only for who manages members."""
    may = reader.may("initiatives.manage_members")
    here = member.left_at is None

    def address(name: str) -> str:
        return reverse(name, args=[reader.slug, member.pk]) if may and here else ""

    return MemberPage(
        title=member.name,
        member_id=member.pk,
        email=member.user.email if may and member.user else "",
        organisation=str(member.organisation.canonical) if member.organisation else "",
        left=not here,
        roles=tuple(
            _term(grant, reader, grant.get_role_display(), "", "initiatives:end_role")
            for grant in member.roles.order_by("starts_on")
        ),
        mandates=tuple(
            _term(
                mandate,
                reader,
                mandate.organisation.name,
                f"{mandate.get_scope_display()} ({mandate.given_by})",
                "initiatives:end_mandate",
            )
            for mandate in member.mandates.select_related("organisation").order_by("starts_on")
        ),
        owned=Record.objects.in_initiative(member.initiative).live().filter(owner=member).count(),
        role_href=address("initiatives:grant_role"),
        mandate_href=address("initiatives:give_mandate"),
        reassign_href=address("initiatives:reassign"),
        let_go_href=address("initiatives:let_go"),
    )


def taking_part(user: Any, today: date) -> QuerySet[RoleGrant, Any]:
    """The initiatives in which somebody holds a role on a day; a role that ended opens nothing."""
    held = RoleGrant.objects.filter(member__user=user, member__left_at__isnull=True)
    return held.holding(today).values("member__initiative")
