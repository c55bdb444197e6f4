"""The way of one file: kept, looked over, confirmed, brought in."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from headway.accounts.actor import Actor
from headway.accounts.events import Changes, Subject, append_event, directory_stream
from headway.accounts.jobs import Reporter, begin_job, end_job, fail_job, start_job
from headway.accounts.models import Authority, Job
from headway.accounts.models.authority import Visibility
from headway.core.errors import RuleError
from headway.core.spreadsheets import guarded
from headway.directory.actions.imports.areas import take_areas, take_posts
from headway.directory.actions.imports.organisations import OrganisationImport
from headway.directory.actions.imports.people import PeopleImport
from headway.directory.actions.imports.tally import Import, Tally, rarely_collecting
from headway.directory.formats import organisations_csv, people_csv, popolo_json
from headway.directory.formats.encoding import decode
from headway.directory.formats.problem import Problem
from headway.directory.formats.records import Found, OrganisationRecord, PersonRecord, Reading
from headway.directory.models import Upload
from headway.directory.models.base import name_key
from headway.directory.queries.import_words import problem_words

SHOWN_PROBLEMS, SHOWN_ROWS = 200, 20
LONGEST_WAIT = timedelta(days=1)
ENDS: dict[str, str] = {
    Upload.State.REFUSED: "upload_refused",
    Upload.State.DONE: "upload_brought_in",
    Upload.State.ABANDONED: "upload_abandoned",
}


@transaction.atomic
def keep_upload(
    *, by: Actor, authority: Authority, kind: str, name: str, content: "File[bytes]"
) -> Upload:
    """Keep a file for looking over; nothing of it is in the directory yet."""
    job = start_job(by=by, authority=authority, title=f"{name}"[:250])
    upload = Upload(
        authority=authority,
        user=by.user,
        kind=kind,
        file_name=name[-250:],
        stored_as="",
        size=content.size or 0,
        sha256=_fingerprint(content),
        job=job,
        uploaded_at=by.at,
    )
    upload.stored_as = default_storage.save(f"directory/{upload.pk}", content)
    upload.save(force_insert=True)
    _note(upload, by, "upload_kept", {"sha256": ("", upload.sha256)})
    return upload


def _fingerprint(content: "File[bytes]") -> str:
    found = hashlib.sha256()
    for piece in content.chunks():
        found.update(piece)
    content.seek(0)
    return found.hexdigest()


def _note(upload: Upload, by: Actor, verb: str, changes: Changes | None = None) -> None:
    """Append one event about a file, for those who run this installation."""
    append_event(
        stream=directory_stream(upload.authority),
        by=by,
        verb=verb,
        subject=Subject("upload", upload.pk, upload.file_name),
        changes=changes,
        visibility=Visibility.OFFICE,
    )


@transaction.atomic
def confirm_upload(*, by: Actor, upload: Upload) -> Upload:
    """Say that the file shall be brought in as the preview told.

    Raises:
        RuleError: where it was confirmed already, or cannot be read.

    """
    found = Upload.objects.select_for_update().get(pk=upload.pk)
    if found.state != Upload.State.READ:
        raise RuleError(_("This file was confirmed already, or it cannot be read."))
    job = start_job(by=by, authority=found.authority, title=found.file_name)
    found.change(state=Upload.State.CONFIRMED, confirmed_at=by.at, job_id=job.pk)
    _note(found, by, "upload_confirmed")
    return found


def look_over_upload(*, upload_id: UUID, now: datetime) -> Upload:
    """Count what a kept file would change and list its problems, changing nothing.

    A file that cannot be used, perhaps because it tells of clients, is deleted at once.
    """
    upload = Upload.objects.select_related("authority", "user", "job").get(pk=upload_id)
    if upload.state != Upload.State.WAITING:
        return upload
    tally, refused = _run(upload, now, write=False)
    if refused:
        _close(upload, Upload.State.REFUSED, now, _told(upload, tally))
        _delete_bytes(upload)
    else:
        upload.change(state=Upload.State.READ, preview=_told(upload, tally))
    return upload


def bring_in_upload(*, upload_id: UUID, now: datetime) -> Upload:
    """Write a confirmed file into the directory; running it again changes nothing more."""
    upload = Upload.objects.select_related("authority", "user", "job").get(pk=upload_id)
    if upload.state == Upload.State.CONFIRMED:
        tally, _refused = _run(upload, now, write=True)
        _close(upload, Upload.State.DONE, now, _told(upload, tally))
        _delete_bytes(upload)
    return upload


def forget_uploads(*, now: datetime) -> int:
    """Delete the bytes of files that are over or that nobody confirmed; answer how many."""
    uploads = Upload.objects.select_related("authority", "user")
    abandoned = [each for each in uploads.abandoned(now - LONGEST_WAIT) if _abandon(each, now)]
    left = list(uploads.over())
    for upload in left:
        _delete_bytes(upload)
    return len({upload.pk for upload in (*abandoned, *left)})


@transaction.atomic
def _abandon(upload: Upload, now: datetime) -> bool:
    """Give up a file, unless somebody has confirmed it meanwhile; its bytes go afterwards."""
    waiting = Upload.objects.select_for_update(of=("self",)).abandoned(now - LONGEST_WAIT)
    if waiting.filter(pk=upload.pk).first() is None:
        return False
    _close(upload, Upload.State.ABANDONED, now, {})
    return True


@transaction.atomic
def _close(upload: Upload, state: Upload.State, now: datetime, preview: dict[str, Any]) -> None:
    """Keep what became of a file; an earlier list of its problems goes."""
    before = upload.preview.get("problems_stored_as")
    upload.change(state=state, preview=preview)
    counts: dict[str, int] = preview.get("counts", {})
    by = Actor(kind="import", at=now, user=upload.user)
    _note(upload, by, ENDS[state], {name: ("", number) for name, number in counts.items()})
    if before:
        transaction.on_commit(partial(default_storage.delete, before))


def _delete_bytes(upload: Upload) -> None:
    """Delete a file's bytes; said in its row afterwards, so that a breakdown leaves no orphan."""
    if upload.stored_as:
        default_storage.delete(upload.stored_as)
        upload.change(stored_as="")


def _run(upload: Upload, now: datetime, *, write: bool) -> tuple[Tally, bool]:
    """Read a file from end to end, with progress; says whether the file as a whole is refused."""
    job = upload.job
    tally = Tally()
    by = Actor(kind="import", at=now, user=upload.user)
    report: Callable[[int], None] = Reporter(job) if job is not None else _nobody
    try:
        with rarely_collecting():
            refused = _take(upload, Import(upload.authority, by, tally, write, report))
    except Exception:
        if job is not None:
            fail_job(job, now=now, finding=str(_("The file could not be brought in to its end.")))
        raise
    if job is not None:
        _end(job, tally, now)
    return tally, refused


def _nobody(_done: int) -> None:
    """Where nobody watches."""


def _end(job: Job, tally: Tally, now: datetime) -> None:
    finding = _("%(new)s new, %(changed)s changed, %(same)s the same, %(left_out)s left out.")
    words = [problem_words(problem) for problem in tally.problems[:SHOWN_PROBLEMS]]
    job.change(total=max(job.total, tally.rows))
    end_job(job, now=now, finding=str(finding % tally.counts), problems=words)


def _take(upload: Upload, run: Import) -> bool:
    with default_storage.open(upload.stored_as, "rb") as stored:
        decoded = decode(stored.read())
    if upload.job is not None:
        begin_job(upload.job, total=decoded.text.count("\n"))
    run.tally.note(decoded.problems)
    if any(problem.stops_file for problem in decoded.problems):
        return True
    return READERS[upload.kind](run, decoded.text)


def _stopped(run: Import, problems: Iterable[Problem]) -> bool:
    found = list(problems)
    run.tally.note(found)
    return any(problem.stops_file for problem in found)


def _take_organisations(run: Import, text: str) -> bool:
    reading: Reading[OrganisationRecord] = organisations_csv.read(text)
    if _stopped(run, reading.problems):
        return True
    OrganisationImport(run).take(reading.rows)
    return False


def _take_people(run: Import, text: str) -> bool:
    reading: Reading[PersonRecord] = people_csv.read(text)
    if _stopped(run, reading.problems):
        return True
    PeopleImport(run).take(reading.rows)
    return False


def _take_popolo(run: Import, text: str) -> bool:
    document = popolo_json.read(text)
    if _stopped(run, document.problems):
        return True
    organisations = OrganisationImport(run)
    organisations.ids |= take_areas(run, document.areas)
    whole: list[Found[OrganisationRecord]] = [(one, ()) for one in document.organisations]
    organisations.take(whole)
    take_posts(run, document.posts, organisations.ids)
    people: list[Found[PersonRecord]] = [(one, ()) for one in document.people]
    coming = frozenset(name_key(one.name) for one in document.organisations)
    PeopleImport(run, organisations.ids, coming).take(people)
    return False


READERS: dict[str, Callable[[Import, str], bool]] = {
    Upload.Kind.ORGANISATIONS_CSV: _take_organisations,
    Upload.Kind.PEOPLE_CSV: _take_people,
    Upload.Kind.POPOLO_JSON: _take_popolo,
}


def _told(upload: Upload, tally: Tally) -> dict[str, object]:
    """What the pages show of a run; the whole list of problems is kept as a file."""
    notes = [problem for problem in tally.problems if problem.is_note]
    problems = sorted(
        (problem for problem in tally.problems if not problem.is_note),
        key=lambda problem: problem.row,
    )
    return {
        "counts": tally.counts,
        "first": [list(one) for one in sorted(tally.first)[:SHOWN_ROWS]],
        "notes": [_packed(problem) for problem in notes[:SHOWN_PROBLEMS]],
        "problems": [_packed(problem) for problem in problems[:SHOWN_PROBLEMS]],
        "problem_count": len(problems),
        "problems_stored_as": _keep_problems(upload, problems) if problems else "",
    }


def _packed(problem: Problem) -> list[object]:
    return [problem.row, problem.column, problem.code, problem.value]


def _keep_problems(upload: Upload, problems: list[Problem]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["row", "column", "problem"])
    for problem in problems:
        words = guarded(problem_words(problem))
        writer.writerow([problem.row or "", guarded(problem.column), words])
    content = ContentFile(text.getvalue().encode("utf-8-sig"))
    return default_storage.save(f"directory/{upload.pk}-problems.csv", content)
