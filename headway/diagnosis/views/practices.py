from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from headway.accounts import access
from headway.core.downloads import csv_download
from headway.core.pages import render_page
from headway.core.spreadsheets import write_rows
from headway.diagnosis.actions import practices as actions
from headway.diagnosis.forms.practices import FORMS, FinishForm, NoteForm, StartForm
from headway.diagnosis.models import Activity
from headway.diagnosis.queries import practices as texts
from headway.diagnosis.queries.practices import activities, guide
from headway.diagnosis.queries.practices.asked import Asked
from headway.diagnosis.queries.practices.writing import WRITES
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import (
    WritePage,
    page_of,
    posted,
    row_of,
    withdraw,
    write,
)

WHY_PUBLIC = "practices are texts of the product itself, for everybody to read"
STEP = "diagnosis/step.html"


def _practice(key: str) -> texts.Practice:
    found = texts.practice(key)
    if found is None:
        raise Http404
    return found


@access.public(WHY_PUBLIC)
def everywhere(request: access.AuthorityRequest) -> HttpResponse:
    """All seventeen practices."""
    return render_page(request, "diagnosis/practices_everywhere.html", guide.practices_everywhere())


@access.public(WHY_PUBLIC)
def practice_everywhere(request: access.AuthorityRequest, key: str) -> HttpResponse:
    """One practice, complete."""
    page = guide.practice_everywhere(_practice(key))
    return render_page(request, "diagnosis/practice_everywhere.html", page)


@requires("diagnosis.view")
def practices(request: MemberRequest) -> HttpResponse:
    """What was carried out here, and what could be."""
    page = guide.practices_page(request.initiative, request.reader, request.GET)
    return render_page(request, "diagnosis/practices.html", page)


@requires("diagnosis.view")
def activities_csv(request: MemberRequest) -> HttpResponseBase:
    """What was carried out here as a table file."""
    rows = activities.activity_rows(request.initiative, request.reader)
    name = f"{request.initiative.title} practices"
    return csv_download(name, write_rows(activities.HEADING, rows))


@requires("diagnosis.view")
def practice(request: MemberRequest, key: str) -> HttpResponse:
    """One practice, and where to start it."""
    page = guide.practice_page(_practice(key), request.initiative, request.reader)
    return render_page(request, "diagnosis/practice.html", page)


@requires("diagnosis.practise")
def start(request: MemberRequest, key: str) -> HttpResponseBase:
    """Begin a practice."""
    found = _practice(key)
    return write(
        request,
        form=StartForm(posted(request), authority=request.authority),
        act=lambda said: actions.start_activity(
            by=request.actor, initiative=request.initiative, practice=key, **said
        ),
        page=WritePage(
            found.title,
            lead=_("What you write is kept at once. Go on whenever you like."),
            button=_("Start"),
            kicker=_("Practices"),
            back_href=page_of(request, "diagnosis:practice", key),
        ),
        to=lambda row: page_of(request, "diagnosis:activity", row.pk),
    )


@requires("diagnosis.view")
def activity(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One practice as it is carried out."""
    page = activities.activity_page(row_of(request, Activity, record_id), request.reader)
    return render_page(request, "diagnosis/activity.html", page)


def _step(row: Activity, key: str) -> texts.PracticeStep:
    found = _practice(row.practice).step(key)
    if found is None:
        raise Http404
    return found


@requires("diagnosis.practise")
def step(request: MemberRequest, record_id: UUID, step: str) -> HttpResponseBase:
    """Do one step: record what it writes, or note what was said."""
    row = row_of(request, Activity, record_id)
    found = _step(row, step)
    writes = WRITES.get(found.writes)
    if writes is None or not request.may(writes.permission):
        return _note(request, row, found)
    asked = Asked(request.initiative, request.reader, row)

    def act(said: dict[str, Any]) -> object:
        return actions.write_step(by=request.actor, activity=row, step=step, said=said)

    form = FORMS[found.writes](posted(request), asked=asked)
    return _do(request, row, found, form=form, act=act, notes=False)


@requires("diagnosis.practise")
def note(request: MemberRequest, record_id: UUID, step: str) -> HttpResponseBase:
    """Note what was said in a step."""
    row = row_of(request, Activity, record_id)
    return _note(request, row, _step(row, step))


def _note(request: MemberRequest, row: Activity, found: texts.PracticeStep) -> HttpResponseBase:
    return _do(
        request,
        row,
        found,
        form=NoteForm(posted(request)),
        act=lambda said: actions.note_step(by=request.actor, activity=row, step=found.key, **said),
        notes=True,
    )


def _do(
    request: MemberRequest, row: Activity, found: texts.PracticeStep, *, notes: bool, **form: Any
) -> HttpResponseBase:
    """Show or carry out the form of a step; what is finished only shows what came of it."""
    home = page_of(request, "diagnosis:activity", row.pk)
    if row.record.withdrawn or not activities.goes_on(row):
        return redirect(home)
    page = activities.step_page(row, found, request.reader, notes=notes)
    return write(request, page=page, to=lambda _made: home, template=STEP, **form)


@requires("diagnosis.practise")
def finish(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Say what came of a practice."""
    row = row_of(request, Activity, record_id)
    home = page_of(request, "diagnosis:activity", row.pk)
    return write(
        request,
        form=FinishForm(posted(request)),
        act=lambda said: actions.finish_activity(by=request.actor, activity=row, **said),
        page=WritePage(
            _("What came of it?"),
            lead=_("Say it in a few sentences, also where nothing came of it."),
            button=_("Finish"),
            kicker=activities.activity_label(row),
            back_href=home,
        ),
        to=lambda _row: home,
    )


@requires("diagnosis.practise")
def withdraw_activity(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take back a practice that was begun by mistake; what it wrote stays."""
    row = row_of(request, Activity, record_id)
    own = row.record.author_id is not None and row.record.author_id == request.reader.member_id
    if not own and not request.may("initiatives.withdraw"):
        raise Http404
    back = page_of(request, "diagnosis:activity", row.pk)
    after = page_of(request, "diagnosis:practices")
    return withdraw(request, row.record, _("Withdraw this"), back, after)
