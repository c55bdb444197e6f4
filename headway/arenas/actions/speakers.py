"""Who may note what about decision bodies in the name of an organisation, or of who leads."""

from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.arenas.permissions import WRITERS
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.initiatives.models import Initiative, Mandate, Member, RoleGrant

LEADING = {cell.partition("@")[0] for cell in WRITERS}
# The installation itself, which brings in what others reported.
UNASKED = {"worker", "import"}


def leads(by: Actor, initiative: Initiative) -> bool:
    """Whether the actor may write everything about decision bodies today."""
    if by.kind in UNASKED:
        return True
    grants = RoleGrant.objects.filter(
        member=by.member_id, member__initiative=initiative, role__in=LEADING
    )
    return by.member_id is not None and grants.holding(initiative.today(by.at)).exists()


def check_speaks(by: Actor, initiative: Initiative, organisation: Organisation) -> None:
    """Refuse a word about an organisation from others than its own people and who leads.

    Raises:
        RuleError: where the actor neither leads nor belongs to it nor holds its mandate.

    """
    own, member = organisation.canonical_pk, _member(by, initiative)
    if member and member.organisation and member.organisation.canonical_pk == own:
        return
    if leads(by, initiative) or (member and own in _spoken_for(by, member)):
        return
    raise RuleError(
        _("Only %(name)s and who leads note what it asks. Ask the convener.")
        % {"name": organisation.name},
        "organisation",
    )


def _member(by: Actor, initiative: Initiative) -> Member | None:
    if by.member_id is None:
        return None
    members = Member.objects.filter(initiative=initiative, left_at__isnull=True)
    return members.select_related("organisation").filter(pk=by.member_id).first()


def _spoken_for(by: Actor, member: Member) -> set[object]:
    held = Mandate.objects.filter(member=member).covering(Mandate.Scope.DECISIONS)
    rows = held.holding(member.initiative.today(by.at)).select_related("organisation")
    return {row.organisation.canonical_pk for row in rows}
