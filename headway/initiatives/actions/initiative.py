from collections.abc import Sequence

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import Subject, append_event
from headway.accounts.models import Authority, Stream
from headway.accounts.models.authority import is_zone
from headway.core.errors import RuleError
from headway.directory.models import Area, Organisation
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


def _check_zone(zone: str) -> None:
    if not is_zone(zone):
        raise RuleError(_("Choose a time zone from the list, like America/Chicago."), "zone")


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
    if owner.authority_id != authority.pk:
        raise RuleError(_("Choose an organization of this directory."), "owner")
    _check_zone(zone or authority.zone)
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
    if owner.authority_id != initiative.authority_id:
        raise RuleError(_("Choose an organization of this directory."), "owner")
    _check_zone(zone)
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
