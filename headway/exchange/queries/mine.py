"""What an installation keeps about somebody, told by walking every table that points to them."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.accounts.models import Authority, AuthorityRole, OutboxMessage, User
from headway.commitments.models import Reminder
from headway.core.slots import AccountWay
from headway.exchange.queries.naming import addresses_of
from headway.initiatives.models import Member

OWNERS = ("headway.", "allauth.")
# Columns that open a door rather than say something about a person.
SECRET = re.compile(r"password|secret|digest|token|session_key|stored_as|^key$|^data$")
MAIL_TEXTS = {"text", "html"}
Row = dict[str, object]


@dataclass(frozen=True)
class AboutMePage:
    """What is kept about whoever asks, and how to ask to be erased."""

    name: str
    address: str
    download_href: str
    officers: tuple[str, ...]
    back_href: str


def account_ways(_place: None) -> tuple[AccountWay, ...]:
    """What stands on a person's own account page about their data."""
    about = _("Download it, and read how to be erased.")
    return (AccountWay(_("What is kept about you"), reverse("exchange:about_me"), about),)


def about_me_page(authority: Authority, user: User, officers: tuple[str, ...]) -> AboutMePage:
    """The page about a person's own data."""
    return AboutMePage(
        name=authority.name,
        address=user.email,
        download_href=reverse("exchange:download_about_me"),
        officers=officers,
        back_href=reverse("accounts:account"),
    )


def officers_of(authority: Authority, today: date) -> tuple[str, ...]:
    """Who can erase somebody, by name and address."""
    roles = AuthorityRole.objects.in_authority(authority).holding(today)
    held = roles.filter(role=AuthorityRole.Role.RECORDS_OFFICER).select_related("user")
    return tuple(f"{role.user}, {role.user.email}" for role in held.order_by("user__name"))


def _told(row: models.Model, but: Collection[str] = ()) -> Row:
    said = {field.name: field.value_from_object(row) for field in row._meta.concrete_fields}
    return {name: _plain(value) for name, value in said.items() if _is_open(name, but)}


def _is_open(name: str, but: Collection[str]) -> bool:
    return name not in but and not SECRET.search(name)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool) else str(value)


def _rows_about(model: type[models.Model], user: User) -> "models.QuerySet[Any] | None":
    members = Member.objects.filter(user=user).values("pk")
    wanted = {User: [user.pk], Member: members}
    conditions = [
        Q(**{f"{field.name}__in": wanted[field.related_model]})
        for field in model._meta.concrete_fields
        if field.related_model in wanted
    ]
    return model._base_manager.filter(reduce(or_, conditions)) if conditions else None


def _to(user: User) -> Q:
    return reduce(or_, (Q(recipient__iexact=address) for address in addresses_of(user)))


def mails_to(user: User) -> "models.QuerySet[OutboxMessage]":
    """The mails to any of a person's addresses, however they are written."""
    return OutboxMessage.objects.filter(_to(user))


def tables_about(user: User) -> Iterator[tuple[str, Iterator[Row]]]:
    """Every table with what it keeps about a person, without secrets."""
    yield "accounts.user", iter([_told(user)])
    for model in apps.get_models():
        rows = _rows_about(model, user) if model.__module__.startswith(OWNERS) else None
        if rows is not None:
            yield model._meta.label_lower, (_told(row) for row in rows.iterator())
    reminders = Reminder.objects.filter(_to(user)).order_by("written_at")
    yield "commitments.reminder", (_told(reminder) for reminder in reminders.iterator())
    mails = mails_to(user).order_by("written_at")
    yield "accounts.outboxmessage", (_told(mail, MAIL_TEXTS) for mail in mails.iterator())
