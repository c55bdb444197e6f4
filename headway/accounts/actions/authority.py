from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from headway.accounts.actor import Actor
from headway.accounts.events import Subject, accounts_stream, append_event
from headway.accounts.models import Authority, RetentionClass
from headway.accounts.models.authority import is_zone
from headway.core.errors import RuleError

LONGEST_KEEPING = 200


@dataclass(frozen=True, slots=True)
class KeepingRule:
    """One line of a retention schedule; None means kept permanently."""

    code: str
    name: str
    keep_years: int | None
    basis: str


DEFAULT_SCHEDULE_NAME = "General schedule for collaborative work"
DEFAULT_SCHEDULE = (
    KeepingRule("decisions", "Decisions, minutes and adopted wordings", None, "Historical value"),
    KeepingRule("agreements", "Agreements and promises", 6, "Limitation of claims on contracts"),
    KeepingRule("measures", "Measures, tests and their results", 10, "Accountability for results"),
    KeepingRule("working-papers", "Ideas, drafts and working papers", 3, "Administrative use"),
    KeepingRule("opinions", "Statements and survey answers", 3, "Administrative use"),
    KeepingRule("contacts", "Contact notes and correspondence", 3, "Correspondence"),
    KeepingRule("accounts", "Accounts, roles and settings", 6, "Audit"),
)


def _subject(authority: Authority) -> Subject:
    return Subject("authority", authority.pk, authority.name)


def check_zone(zone: str) -> None:
    """Refuse a time zone that no clock knows.

    Raises:
        RuleError: where it is none.

    """
    if not is_zone(zone):
        raise RuleError(_("Choose a time zone from the list, like America/Chicago."), "zone")


def _check_language(language: str) -> None:
    if language not in dict(settings.LANGUAGES):
        raise RuleError(_("Choose one of the languages listed."), "language")


@transaction.atomic
def make_authority(
    *,
    at: datetime,
    name: str,
    zone: str = "America/Chicago",
    language: str = "en",
    host_name: str = "",
) -> Authority:
    """Set up a county, city or region with the default retention schedule.

    Raises:
        RuleError: where the zone or language is unknown, or the host name is taken.

    """
    check_zone(zone)
    _check_language(language)
    if Authority.objects.filter(host_name=host_name).exists():
        raise RuleError(_("Choose another host name; this one is taken."), "host_name")
    authority = Authority(name=name, zone=zone, language=language, host_name=host_name)
    authority.save(force_insert=True)
    by = Actor(kind="worker", at=at)
    append_event(
        stream=accounts_stream(authority),
        by=by,
        verb="authority_made",
        subject=_subject(authority),
        changes={"zone": ("", zone), "language": ("", language), "host_name": ("", host_name)},
    )
    adopt_default_schedule(by=by, authority=authority)
    authority.refresh_from_db(fields=["retention_schedule"])
    return authority


@transaction.atomic
def change_authority(
    *, by: Actor, authority: Authority, name: str, zone: str, language: str
) -> Authority:
    """Change the name, time zone or usual language of an authority.

    Raises:
        RuleError: where the name is empty, or the zone or language unknown.

    """
    if not name.strip():
        raise RuleError(_("Enter the organization's name, like Hennepin County."), "name")
    check_zone(zone)
    _check_language(language)
    authority = authority.lock()
    changes = authority.change(name=name.strip(), zone=zone, language=language)
    if changes:
        append_event(
            stream=accounts_stream(authority),
            by=by,
            verb="authority_changed",
            subject=_subject(authority),
            changes=changes,
        )
    return authority


@transaction.atomic
def adopt_default_schedule(*, by: Actor, authority: Authority) -> list[RetentionClass]:
    """Give an authority a sensible retention schedule to start from; what it has is kept."""
    authority = authority.lock()
    held = set(RetentionClass.objects.in_authority(authority).values_list("code", flat=True))
    new = [
        RetentionClass(
            id=uuid4(),
            authority=authority,
            code=rule.code,
            name=rule.name,
            keep_years=rule.keep_years,
            basis=rule.basis,
        )
        for rule in DEFAULT_SCHEDULE
        if rule.code not in held
    ]
    RetentionClass.objects.bulk_create(new)
    changes = authority.change(
        retention_schedule=authority.retention_schedule or DEFAULT_SCHEDULE_NAME
    )
    if new or changes:
        append_event(
            stream=accounts_stream(authority),
            by=by,
            verb="retention_schedule_adopted",
            subject=_subject(authority),
            changes=changes | {row.code: ("", _years(row.keep_years)) for row in new},
        )
    return new


@transaction.atomic
def name_schedule(*, by: Actor, authority: Authority, name: str) -> None:
    """Name the schedule that the retention classes stand under, as the authority cites it."""
    authority = authority.lock()
    changes = authority.change(retention_schedule=name)
    if changes:
        append_event(
            stream=accounts_stream(authority),
            by=by,
            verb="retention_schedule_named",
            subject=_subject(authority),
            changes=changes,
        )


def _years(keep_years: int | None) -> str:
    return "permanently" if keep_years is None else f"{keep_years} years"


def _check_keeping(keep_years: int | None) -> None:
    if keep_years is not None and not 0 <= keep_years <= LONGEST_KEEPING:
        raise RuleError(
            _("Enter years from 0 to 200, like 6, or leave it empty to keep permanently."),
            "keep_years",
        )


@transaction.atomic
def add_retention_class(
    *, by: Actor, authority: Authority, name: str, keep_years: int | None, basis: str = ""
) -> RetentionClass:
    """Add a class of records to the schedule.

    Raises:
        RuleError: where a class of that name stands already, or the years are out of range.

    """
    _check_keeping(keep_years)
    code = slugify(name)[:60]
    if not code:
        raise RuleError(_("Enter a name with letters in it, like Grant files."), "name")
    authority.lock()
    if RetentionClass.objects.in_authority(authority).filter(code=code).exists():
        raise RuleError(_("Choose another name; a class of this name stands already."), "name")
    added = RetentionClass(
        authority=authority, code=code, name=name, keep_years=keep_years, basis=basis
    )
    added.save(force_insert=True)
    append_event(
        stream=accounts_stream(authority),
        by=by,
        verb="retention_class_added",
        subject=Subject("retention_class", added.pk, name),
        changes={"keep_years": ("", _years(keep_years)), "basis": ("", basis)},
    )
    return added


@transaction.atomic
def change_retention_class(
    *, by: Actor, retention_class: RetentionClass, name: str, keep_years: int | None, basis: str
) -> RetentionClass:
    """Change how long one class of records is kept, and why.

    Raises:
        RuleError: where the name is empty or the years are out of range.

    """
    _check_keeping(keep_years)
    if not name.strip():
        raise RuleError(_("Enter a name, like Grant files."), "name")
    row = RetentionClass.objects.select_for_update().get(pk=retention_class.pk)
    changes = row.change(name=name.strip(), keep_years=keep_years, basis=basis)
    if "keep_years" in changes:
        changes["keep_years"] = (_years(retention_class.keep_years), _years(keep_years))
    if changes:
        append_event(
            stream=accounts_stream(row.authority),
            by=by,
            verb="retention_class_changed",
            subject=Subject("retention_class", row.pk, row.name),
            changes=changes,
        )
    return row
