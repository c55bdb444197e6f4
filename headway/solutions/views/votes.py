from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from headway.core.pages import render_page
from headway.initiatives.access import MemberRequest, requires
from headway.initiatives.models import Member
from headway.initiatives.pages.write import WritePage, page_of, posted, row_of, write
from headway.solutions.actions.ballots import cast_vote, name_stand_in, recuse_voice
from headway.solutions.forms.ballots import RecuseForm, StandInForm, VoteForm
from headway.solutions.models import Ballot, Elector
from headway.solutions.queries.ballots.detail import options_of
from headway.solutions.queries.ballots.paper import paper_page
from headway.solutions.queries.ballots.voices import voices_of


def _voices(request: MemberRequest, row: Ballot) -> list[Elector]:
    """The voices that the member can still give here."""
    found = [
        each for each in voices_of(row, request.reader.member_id, request.today) if not each.recused
    ]
    for each in found:
        each.ballot = row
    return found


@requires("solutions.vote")
def vote(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Give a voice, on a phone if need be.

    Unlike other forms this one leaves no mark of what was sent: the voice itself says that it was
    given, so that nothing else about a secret vote is kept.
    """
    row = row_of(request, Ballot, record_id)
    voices = _voices(request, row)
    if not voices:
        raise PermissionDenied(_("You have no voice in this vote."))
    options = options_of(row)
    form = VoteForm(posted(request), ballot=row, options=options, voices=voices)

    def give(said: dict[str, Any]) -> Elector:
        return cast_vote(
            by=request.actor,
            elector=form.elector(),
            said=form.said(),
            because=said.get("because", ""),
        )

    if form.carry_out(give):
        messages.success(request, _("The vote is counted. Its result is hidden until the close."))
        return redirect(page_of(request, "solutions:ballot", row.pk))
    return render_page(
        request, "solutions/vote.html", paper_page(row, request.reader, voices), form
    )


@requires("solutions.vote")
def stand_in(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Let another member give a voice."""
    row = row_of(request, Ballot, record_id)
    back = page_of(request, "solutions:ballot", row.pk)
    leads = request.reader.may("solutions.prepare_ballot")
    silent = Elector.objects.filter(ballot=row, has_voted=False, recused=False)
    if not leads:
        silent = silent.filter(pk__in=[each.pk for each in _voices(request, row)])
    members = Member.objects.in_initiative(request.initiative).filter(left_at__isnull=True)
    return write(
        request,
        form=StandInForm(posted(request), electors=_named(silent), members=members),
        act=lambda said: name_stand_in(
            by=request.actor,
            elector=said["elector"],
            member=said["member"],
            may_name_any=leads,
        ),
        page=WritePage(
            _("Name a stand-in"),
            lead=_("Who stands in votes this once. The history says who named whom."),
            kicker=row.record.title,
            back_href=back,
        ),
        to=lambda _row: back,
    )


@requires("solutions.vote")
def recuse(request: MemberRequest, record_id: UUID) -> HttpResponseBase:
    """Take a voice out of an open vote: one's own, or for who leads one with an interest."""
    row = row_of(request, Ballot, record_id)
    back = page_of(request, "solutions:ballot", row.pk)
    silent = Elector.objects.filter(ballot=row, has_voted=False, recused=False)
    if not request.reader.may("solutions.prepare_ballot"):
        silent = silent.filter(pk__in=[each.pk for each in _voices(request, row)])
    return write(
        request,
        form=RecuseForm(posted(request), electors=_named(silent)),
        act=lambda said: recuse_voice(by=request.actor, **said),
        page=WritePage(
            _("Take a voice out for an interest"),
            lead=_("It leaves the count, and how many must vote is counted anew."),
            kicker=row.record.title,
            back_href=back,
        ),
        to=lambda _row: back,
    )


def _named(electors: Any) -> Any:
    related = ("ballot__record__initiative", "organisation", "member")
    return electors.select_related(*related).order_by("organisation__name", "member__name")
