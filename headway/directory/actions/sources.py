"""Where what the directory says can be read."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from headway.accounts.actor import Actor
from headway.accounts.models import Authority
from headway.core.errors import RuleError
from headway.directory.actions.details import Check, tidy
from headway.directory.actions.log import first_values, lock_directory, locked_live, note
from headway.directory.formats.cells import is_web_address
from headway.directory.models import Source, SourceOn
from headway.directory.models.base import DirectoryRow, stretch_values
from headway.directory.models.source import source_key
from headway_analysis.partial_date import PartialDate


@transaction.atomic
def record_source(
    *,
    by: Actor,
    authority: Authority,
    title: str,
    url: str = "",
    publisher: str = "",
    published: PartialDate | None = None,
) -> Source:
    """The source of this title and address, recorded where it is not yet.

    Raises:
        RuleError: without a title, or with an address that no browser opens.

    """
    columns = {
        "title": tidy(title),
        "url": url.strip(),
        "publisher": tidy(publisher),
        **stretch_values("published", published),
    }
    _check_source(columns)
    lock_directory(authority)
    said = columns["title"], columns["url"]
    found = Source.objects.in_authority(authority).live().called(*said).first()
    if found is not None:
        return found
    source = Source(authority=authority, recorded_at=by.at, key=source_key(*said), **columns)
    source.save(force_insert=True)
    note(by=by, row=source, verb="source_recorded", changes=first_values(source))
    return source


def _check_source(columns: dict[str, Any]) -> None:
    check = Check()
    check.storable(Source, columns)
    check.that(
        columns["title"],
        "title",
        _("Enter what the source is called, like: Minutes of March 27."),
    )
    check.that(
        not columns["url"] or is_web_address(columns["url"]),
        "url",
        _("Enter the whole web address, like https://www.hennepin.us/report."),
    )
    check.done()


@transaction.atomic
def attach_source(
    *, by: Actor, source: Source, subject: DirectoryRow, note_text: str = ""
) -> SourceOn:
    """Say that a source speaks about a row of the directory; once is enough.

    Raises:
        RuleError: where the two belong to different authorities.

    """
    if source.authority_id != subject.authority_id:
        raise RuleError(_("Choose a source of this directory."), "source")
    lock_directory(subject.authority)
    kind = subject._meta.model_name or ""
    said = SourceOn.objects.live().filter(source=source, subject_kind=kind, subject_id=subject.pk)
    found = said.first()
    if found is not None:
        return found
    row = SourceOn(
        authority_id=subject.authority_id,
        source=source,
        subject_kind=kind,
        subject_id=subject.pk,
        note=note_text.strip(),
        recorded_at=by.at,
    )
    row.save(force_insert=True)
    changes = {"source": ("", source.title)}
    note(by=by, row=subject, verb="source_attached", changes=changes, because=note_text.strip())
    return row


@transaction.atomic
def detach_source(*, by: Actor, said: SourceOn, subject: DirectoryRow, because: str) -> SourceOn:
    """Take back that a source speaks about a row.

    Raises:
        RuleError: where that was done already.

    """
    said = locked_live(said, _("This source was taken off already."))
    said.change(withdrawn_at=by.at, withdrawn_because=because.strip())
    changes = {"source": (said.source.title, "")}
    note(by=by, row=subject, verb="source_detached", changes=changes, because=because.strip())
    return said
