from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from headway.core.dates import day_range
from headway.core.downloads import csv_download
from headway.core.forms import PageForm
from headway.core.pages import ConfirmPage, render_page
from headway.core.spreadsheets import write_rows
from headway.forums.queries.parts import moment_words
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.pages.write import CONFIRM, WritePage, page_of, posted, row_of, write
from headway.solutions.actions import ballots as actions
from headway.solutions.forms.ballots import BallotForm, CloseForm, WaysForm, last_day
from headway.solutions.models import Ballot
from headway.solutions.queries.ballots import lists, results
from headway.solutions.queries.ballots.blocked import BlockedPage
from headway.solutions.queries.ballots.detail import ballot_page, option_lines, options_of
from headway.solutions.queries.ballots.offered import more_ways
from headway.solutions.queries.ballots.words import rule_sentences

DEFAULTS = {
    "rule": "consent",
    "voices": "organisations",
    "quorum_percent": 50,
    "needed_percent": 50,
}


@requires("solutions.view")
def ballots(request: MemberRequest) -> HttpResponse:
    """The votes of the initiative."""
    page = lists.ballots_page(request.initiative, request.reader, request.GET)
    return render_page(request, "solutions/ballots.html", page)


@requires("solutions.view")
def ballots_csv(request: MemberRequest) -> HttpResponseBase:
    """The votes as a table file; of open ones only how many have voted."""
    state = request.GET.get("state", "")
    rows = lists.ballot_rows(request.initiative, request.reader, state)
    return csv_download(f"{request.initiative.title} votes", write_rows(lists.HEADING, rows))


@requires("solutions.view")
def ballot(request: MemberRequest, record_id: UUID) -> HttpResponse:
    """One vote."""
    row = row_of(request, Ballot, record_id, "forum__record")
    page = ballot_page(row, request.reader, request.now, request.GET)
    return render_page(request, "solutions/ballot.html", page)


@requires("solutions.view")
def recount_csv(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """The votes of a closed vote, to count them again; refused while it is open."""
    row = row_of(request, Ballot, record_id)
    if row.hides_its_result():
        page = BlockedPage(
            title=_("The votes are hidden until the close"),
            text=_("Nobody gets them before: not by a page, a file or a program."),
            when=moment_words(row.closes_at, request.initiative) if row.closes_at else "",
            back_href=page_of(request, "solutions:ballot", row.pk),
        )
        return render_page(request, "solutions/blocked.html", page, status=409)
    pieces = results.recount_rows(row, option_lines(row, request.reader))
    return csv_download(f"{row.record.title} votes", pieces)


def _rule(request: MemberRequest, said: dict[str, Any]) -> actions.VoteRule:
    """The rule as it was filled in; a day begins and ends where the initiative is."""
    zone = request.initiative.zone
    opens, closes = said["opens_on"], said["closes_on"]
    return actions.VoteRule(
        rule=said["rule"],
        method=said["method"],
        voices=said["voices"],
        secret=said["secret"],
        quorum_percent=said["quorum_percent"],
        needed_percent=said["needed_percent"],
        budget=said.get("budget"),
        closes_early=said["closes_early"],
        opens_at=day_range(opens, zone)[0] if opens else None,
        closes_at=day_range(closes, zone)[1],
    )


def _drafted(request: MemberRequest, said: dict[str, Any]) -> dict[str, Any]:
    """What the actions take, from what was filled in."""
    options = [actions.OptionLine(solution=each) for each in said["solutions"]]
    options += [actions.OptionLine(title=name, cost=cost) for name, cost in said["others"]]
    if not options and said["rule"] == Ballot.Rule.CONSENT:
        options = [actions.OptionLine(title=said["title"])]
    return {
        "title": said["title"],
        "text": said["text"],
        "forum": said["forum"],
        "options": options,
        "rule": _rule(request, said),
    }


@requires("solutions.prepare_ballot")
def prepare_ballot(request: MemberRequest) -> HttpResponseBase:
    """Draft a vote."""
    asked = [each for each in request.GET.getlist("solution") if _is_key(each)]
    initial = {**DEFAULTS, "solutions": asked}
    form = BallotForm(posted(request), initiative=request.initiative, initial=initial)
    return write(
        request,
        form=form,
        act=lambda said: actions.prepare_ballot(
            by=request.actor, initiative=request.initiative, **_drafted(request, said)
        ),
        page=WritePage(
            _("Prepare a vote"),
            lead=_("You can change everything until you open it. After that nothing changes."),
            back_href=page_of(request, "solutions:ballots"),
        ),
        to=lambda row: page_of(request, "solutions:ballot", row.pk),
    )


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _shown(row: Ballot) -> dict[str, Any]:
    options = options_of(row)
    others = [
        str(each) if each.cost is None else f"{each}: {each.cost}"
        for each in options
        if each.solution_id is None
    ]
    initiative = row.record.initiative
    return {
        "title": row.record.title,
        "text": row.text,
        "rule": row.rule,
        "method": row.method,
        "voices": row.voices,
        "secret": row.secret,
        "forum": row.forum_id,
        "solutions": [each.solution_id for each in options if each.solution_id],
        "others": "\n".join(others),
        "opens_on": initiative.today(row.opens_at) if row.opens_at else None,
        "closes_on": last_day(row),
        "closes_early": row.closes_early,
        "quorum_percent": row.quorum_percent,
        "needed_percent": row.needed_percent,
        "budget": row.budget,
    }


@requires("solutions.prepare_ballot")
def edit_ballot(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Change a vote that has not opened."""
    row = row_of(request, Ballot, record_id)
    back = page_of(request, "solutions:ballot", row.pk)

    def change(said: dict[str, Any]) -> bool:
        drafted = _drafted(request, said)
        return actions.revise_ballot(by=request.actor, ballot=row, seen=said["seen"], **drafted)

    return write(
        request,
        form=BallotForm(posted(request), initiative=request.initiative, initial=_shown(row)),
        act=change,
        page=WritePage(_("Change this vote"), kicker=row.record.title, back_href=back),
        to=lambda _done: back,
        row=row,
    )


@requires("solutions.prepare_ballot")
def open_ballot(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Open a vote, after reading its rule once more."""
    row = row_of(request, Ballot, record_id, "forum__record")
    back = page_of(request, "solutions:ballot", row.pk)
    page = ConfirmPage(
        _("Open “%(title)s”") % {"title": row.record.title},
        (
            rule_sentences(row),
            _("Whose voices count is written down now. Nothing of the vote can change after this."),
        ),
        _("Open the vote"),
        back,
    )
    return write(
        request,
        form=PageForm(posted(request)),
        act=lambda _said: actions.open_ballot(by=request.actor, ballot=row),
        page=page,
        to=lambda _row: back,
        template=CONFIRM,
    )


@requires("solutions.prepare_ballot")
def close_ballot(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Close a vote by hand and count it."""
    row = row_of(request, Ballot, record_id)
    back = page_of(request, "solutions:ballot", row.pk)
    page = ConfirmPage(
        _("Close “%(title)s” and count") % {"title": row.record.title},
        (_("Nobody can vote any more, and everybody who may read this vote sees the result."),),
        _("Close and count"),
        back,
    )
    return write(
        request,
        form=CloseForm(posted(request)),
        act=lambda said: actions.close_ballot(
            ballot=row, now=request.now, by=request.actor, **said
        ),
        page=page,
        to=lambda _row: back,
        template=CONFIRM,
    )


@requires("solutions.prepare_ballot")
def ways_to_vote(request: MemberRequest) -> HttpResponseBase:
    """Which ways to vote are offered beside consent and ranking."""
    back = page_of(request, "solutions:ballots")
    initial = {"more_ways": more_ways(request.initiative)}
    return write(
        request,
        form=WaysForm(posted(request), initial=initial),
        act=lambda said: actions.set_ways_to_vote(
            by=request.actor, initiative=request.initiative, **said
        ),
        page=WritePage(
            _("More ways to vote"),
            lead=_(
                "Consent and ranking are always there, and enough for most decisions. Switch the "
                "others on where partners know them."
            ),
            back_href=back,
        ),
        to=lambda _done: back,
    )
