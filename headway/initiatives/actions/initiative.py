from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from headway.accounts.actions.authority import check_zone
from headway.accounts.actor import Actor
from headway.accounts.events import Subject, append_event
from headway.accounts.models import Authority, Stream
from headway.core.errors import RuleError
from headway.directory.models import Area, Organisation
from headway.initiatives.actions.records import must_be_of
from headway.initiatives.languages import content_languages
from headway.initiatives.models import Initiative

RESERVED = {"new"}


def _free_slug(authority: Authority, title: str) -> str:
    """An address out of the title that no other initiative of the authority has."""
    base = slugify(title)[:50].strip("-") or "initiative"
    taken = set(
        Initiative.objects.in_authority(authority)
        .filter(slug__startswith=base)
        .values_list("slug", flat=True)
    )
    candidates = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(each for each in candidates if each not in taken | RESERVED)


def _check_visibility(visibility: str) -> None:
    if visibility not in Initiative.Reader.values:
        raise RuleError(_("Choose who may read it: anyone, or members only."), "visibility")


def _check_languages(languages: Sequence[str]) -> None:
    unknown = set(languages) - set(dict(content_languages()))
    if unknown:
        raise RuleError(_("Choose languages from the list, like English."), "languages")


@transaction.atomic
def open_initiative(
    *,
    by: Actor,
    authority: Authority,
    owner: Organisation,
    title: str,
    summary: str = "",
    label: str = "",
    visibility: str = Initiative.Reader.MEMBERS,
    language: str = "en",
    zone: str = "",
    area: Area | None = None,
) -> Initiative:
    """Open an initiative that belongs to an organisation.

    Raises:
        RuleError: where the title is empty, the zone unknown or the organisation elsewhere.

    """
    if not title.strip():
        raise RuleError(_("Enter a title, like “Heading Home Hennepin”."), "title")
    must_be_of(authority.pk, owner, "owner")
    must_be_of(authority.pk, area, "area")
    _check_visibility(visibility)
    _check_languages([language])
    check_zone(zone or authority.zone)
    stream = Stream.objects.create(authority=authority, kind=Stream.Kind.INITIATIVE)
    initiative = Initiative(
        authority=authority,
        owner=owner,
        area=area,
        stream=stream,
        slug=_free_slug(authority, title),
        title=title.strip(),
        summary=summary,
        label=label,
        visibility=visibility,
        language=language,
        languages=[language],
        zone=zone or authority.zone,
        opened_at=by.at,
    )
    initiative.save(force_insert=True)
    append_event(
        stream=stream,
        by=by,
        verb="opened",
        subject=Subject("initiative", initiative.pk, initiative.title),
        changes={"owner": ("", owner.name)},
        visibility=initiative.visibility,
    )
    return initiative


@transaction.atomic
def revise_initiative(
    *,
    by: Actor,
    initiative: Initiative,
    title: str,
    summary: str,
    visibility: str,
    zone: str,
    language: str,
    languages: Sequence[str],
    owner: Organisation,
) -> bool:
    """Change an initiative's settings; answers whether anything changed.

    Raises:
        RuleError: where the title is empty, or zone, languages or organisation are unknown.

    """
    if not title.strip():
        raise RuleError(_("Enter a title, like “Heading Home Hennepin”."), "title")
    must_be_of(initiative.authority_id, owner, "owner")
    _check_visibility(visibility)
    check_zone(zone)
    _check_languages([language, *languages])
    current = Initiative.objects.select_for_update().get(pk=initiative.pk)
    changes = current.change(
        title=title.strip(),
        summary=summary,
        visibility=visibility,
        zone=zone,
        language=language,
        languages=sorted({language, *languages}),
        owner=owner,
    )
    if changes:
        append_event(
            stream=current.stream,
            by=by,
            verb="revised",
            subject=Subject("initiative", current.pk, current.title),
            changes=changes,
        )
    return bool(changes)


@transaction.atomic
def close_initiative(*, by: Actor, initiative: Initiative, because: str) -> None:
    """Say that the work has ended; from this day its records are kept as long as they must be.

    Raises:
        RuleError: without a reason, or where it is closed already.

    """
    current = _to_turn(initiative, because)
    if current.closed_on is not None:
        raise RuleError(_("This initiative is closed already."))
    _turn(by, current, "closed", because, current.today(by.at))


@transaction.atomic
def reopen_initiative(*, by: Actor, initiative: Initiative, because: str) -> None:
    """Say that the work goes on; no record's time to be kept runs any more.

    Raises:
        RuleError: without a reason, or where it is open.

    """
    current = _to_turn(initiative, because)
    if current.closed_on is None:
        raise RuleError(_("This initiative is open already."))
    _turn(by, current, "reopened", because, None)


def _to_turn(initiative: Initiative, because: str) -> Initiative:
    if not because.strip():
        raise RuleError(_("Say why, like “The plan is carried out and handed over”."), "because")
    return Initiative.objects.select_for_update().get(pk=initiative.pk)


def _turn(
    by: Actor, initiative: Initiative, verb: str, because: str, closed_on: date | None
) -> None:
    changes = initiative.change(closed_on=closed_on)
    append_event(
        stream=initiative.stream,
        by=by,
        verb=verb,
        subject=Subject("initiative", initiative.pk, initiative.title),
        changes=changes,
        visibility=initiative.visibility,
        because=because.strip(),
    )
