"""What there is to look at in a demonstration: the example, and somebody in each role."""

from django.conf import settings
from django.db import transaction

from headway.accounts.actor import Actor
from headway.accounts.demonstration import ensure_demonstration_people
from headway.accounts.jobs import Reporter, begin_job, start_job
from headway.accounts.models import Authority, Job
from headway.directory.models import Organisation
from headway.forums.actions import call_meeting, open_forum
from headway.forums.models import Forum, Meeting
from headway.initiatives.actions import give_mandate, invite_member
from headway.initiatives.models import Initiative, Mandate, Member, RoleGrant
from headway.site.example import OWNER, load_heading_home_hennepin
from headway.site.queries.next_meeting import usual_start

PARTNER = "St. Stephen's Human Services"
GROUP = "Partners of Heading Home Hennepin"


def demonstration_job(*, by: Actor, authority: Authority) -> Job | None:
    """The work of loading it, with progress on the front page; None where it was done before."""
    own = Job.objects.in_authority(authority).filter(started_by__isnull=True)
    if own.filter(state=Job.State.DONE).exists():
        return None
    unfinished = own.exclude(state=Job.State.FAILED).first()
    return unfinished or start_job(by=by, authority=authority, title="Loading the demonstration")


@transaction.atomic
def people_the_roles(*, by: Actor, initiative: Initiative) -> None:
    """Make the demonstration people members, each in their role."""
    authority = initiative.authority
    users = ensure_demonstration_people(authority, by.at)
    named = Organisation.objects.in_authority(authority).live()
    for role in RoleGrant.Role.values:
        user = users[role]
        members = Member.objects.in_initiative(initiative)
        if members.filter(user=user, left_at__isnull=True).exists():
            continue
        name = PARTNER if role == RoleGrant.Role.PARTNER else OWNER
        organisation = named.filter(name=name).first()
        member = invite_member(
            by=by,
            initiative=initiative,
            email=user.email,
            name=user.name,
            role=role,
            organisation=organisation,
        )
        if role == RoleGrant.Role.PARTNER and organisation is not None:
            give_mandate(
                by=by,
                member=member,
                organisation=organisation,
                scope=Mandate.Scope.EVERYTHING,
                given_by="Demonstration",
            )


@transaction.atomic
def plan_the_next_meeting(*, by: Actor, initiative: Initiative) -> None:
    """Have a meeting lie ahead, so that there is a next one to look at."""
    if Meeting.objects.in_initiative(initiative).live().coming(by.at).exists():
        return
    known = Forum.objects.in_initiative(initiative).live().filter(record__title=GROUP)
    forum = known.select_related("record__initiative__stream").first() or open_forum(
        by=by, initiative=initiative, name=GROUP, public_body=Forum.PublicBody.NO
    )
    call_meeting(by=by, forum=forum, starts_at=usual_start(initiative, None, by.at))


def load_demonstration(*, by: Actor, authority: Authority, job: Job) -> Initiative:
    """Load everything; run again it changes nothing."""
    begin_job(job)
    initiative = load_heading_home_hennepin(
        by=by,
        authority=authority,
        folder=settings.EXAMPLES / "heading-home-hennepin",
        report=Reporter(job),
    )
    people_the_roles(by=by, initiative=initiative)
    plan_the_next_meeting(by=by, initiative=initiative)
    return initiative
