"""What the views of this area share: whose a row is, what was sent, and how one edits."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect

from headway.core.errors import Message
from headway.core.pages import ConfirmPage, render_page
from headway.directory.models import Organisation
from headway.initiatives.access import MemberRequest
from headway.initiatives.actions import versions_of, withdraw_record
from headway.initiatives.forms import SeenForm, WithdrawForm
from headway.initiatives.models import Record, StageModel
from headway.partners.models import Partner
from headway.partners.views import texts


@dataclass(frozen=True)
class EditPage:
    """A page that is one form; `newest` shows what somebody else wrote meanwhile."""

    title: Message
    lead: Message = ""
    kicker: Message = ""
    back_href: str = ""
    button: Message = ""
    newest: tuple[tuple[Message, str], ...] = ()


def sent(request: MemberRequest) -> QueryDict | None:
    """What was typed into the form, or None where it is only shown."""
    return request.POST if request.method == "POST" else None


def acts_for(request: MemberRequest, organisation: Organisation) -> bool:
    """Whether the person acts for an organisation, under any name it counts as."""
    same = Organisation.objects.counted_as(organisation)
    return any(request.speaks_for(each) for each in same)


def must_act_for(request: MemberRequest, organisation: Organisation) -> None:
    """Refuse whoever does not act for an organisation.

    Raises:
        PermissionDenied: where the person neither runs the initiative nor acts for it.

    """
    if not acts_for(request, organisation):
        raise PermissionDenied


def own_partners(request: MemberRequest) -> list[Partner]:
    """The partners that the person acts for; for a convener all of them."""
    rows = Partner.of_initiative(request.initiative).by_name()
    if "convener@initiative" in request.cells:
        return list(rows)
    return [row for row in rows if acts_for(request, row.organisation)]


def as_key(words: str) -> UUID | None:
    """A row's key out of the address, or None where it is none."""
    try:
        return UUID(words)
    except ValueError:
        return None


def newest(
    form: SeenForm, row: StageModel, fields: Mapping[str, Message]
) -> tuple[tuple[Message, str], ...]:
    """What stands now, where somebody else wrote since the form was opened; empty otherwise.

    The form then counts as having seen it, so that saving again is a decision.
    """
    if not form.is_bound or not form.catch_up(versions_of(row.record)):
        return ()
    row.refresh_from_db()
    return tuple((label, str(getattr(row, name))) for name, label in fields.items())


def withdraw(
    request: MemberRequest, record: Record, title: Message, back: str, after: str
) -> HttpResponseBase:
    """Ask once, then take a record back with the reason."""
    form = WithdrawForm(sent(request))
    if form.carry_out(lambda said: withdraw_record(by=request.actor, record=record, **said)):
        return redirect(after)
    page = ConfirmPage(title, (texts.LEAVES_LISTS % record.title,), title, back)
    return render_page(request, "core/confirm.html", page, form)
