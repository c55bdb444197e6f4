"""What there is to look at in a demonstration: three examples, and somebody in each role."""

from django.conf import settings
from django.db import transaction

from headway.accounts.actor import Actor
from headway.accounts.demonstration import ensure_demonstration_people
from headway.accounts.jobs import Reporter, begin_job, start_job
from headway.accounts.models import Authority, Job
from headway.directory.models import Organisation
from headway.forums.actions import call_meeting, open_forum
from headway.forums.models import Forum, Meeting
from headway.initiatives.models import Initiative
from headway.site.example import OWNER, load_heading_home_hennepin
from headway.site.example.housing import load_affordable_housing
from headway.site.example.known import opened_before
from headway.site.example.members import people_the_roles
from headway.site.example.riverbend import TITLE as RIVERBEND
from headway.site.example.riverbend import load_riverbend
from headway.site.queries.next_meeting import usual_start

PARTNER = "St. Stephen's Human Services"
GROUP = "Partners of Heading Home Hennepin"


def demonstration_job(*, by: Actor, authority: Authority) -> Job | None:
    """The work of loading it, with progress on the front page; None where it was done before."""
    own = Job.objects.in_authority(authority).filter(started_by__isnull=True)
    whole = opened_before(authority, RIVERBEND) is not None
    if whole and own.filter(state=Job.State.DONE).exists():
        return None
    unfinished = own.exclude(state__in=[Job.State.FAILED, Job.State.DONE]).first()
    return unfinished or start_job(by=by, authority=authority, title="Loading the demonstration")


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
    """Load the three examples; run again it changes nothing. Answer the one to begin with."""
    begin_job(job)
    initiative = load_heading_home_hennepin(
        by=by,
        authority=authority,
        folder=settings.EXAMPLES / "heading-home-hennepin",
        report=Reporter(job),
    )
    users = ensure_demonstration_people(authority, by.at)
    named = Organisation.objects.in_authority(authority).live()
    with transaction.atomic():
        people_the_roles(
            by=by,
            initiative=initiative,
            users=users,
            own=named.filter(name=OWNER).first(),
            partner=named.filter(name=PARTNER).first(),
        )
    plan_the_next_meeting(by=by, initiative=initiative)
    folder = settings.EXAMPLES / "affordable-housing"
    load_affordable_housing(by=by, authority=authority, folder=folder)
    load_riverbend(by=by, authority=authority, users=users)
    return initiative
