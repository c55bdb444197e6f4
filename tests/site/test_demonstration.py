from datetime import timedelta

from headway.accounts.actor import Actor
from headway.accounts.jobs import end_job, fail_job
from headway.accounts.models import Event, Job
from headway.initiatives.actions import revise_initiative
from headway.initiatives.models import Initiative, Member, Record
from headway.site.demonstration import demonstration_job, load_demonstration
from tests.world import NOON, World

WORKER = Actor(kind="worker", at=NOON)


def a_job(world: World) -> Job:
    job = demonstration_job(by=WORKER, authority=world.authority)
    assert job is not None
    return job


def test_three_examples_load_once_and_everybody_is_there(example: World) -> None:
    job = a_job(example)
    first = load_demonstration(by=WORKER, authority=example.authority, job=job)
    counts = (Record.objects.count(), Event.objects.count())
    again = load_demonstration(by=WORKER, authority=example.authority, job=job)
    assert again == first == example.hennepin
    assert (Record.objects.count(), Event.objects.count()) == counts
    titles = {each.title.partition(" (")[0] for each in Initiative.objects.all()}
    assert {"Heading Home Hennepin", "Affordable housing", "Riverbend"} <= titles
    roles = Member.objects.filter(user__email__endswith="@example.org")
    assert roles.count() == 12


def test_it_is_loaded_no_more_once_it_is_whole_even_under_another_name(example: World) -> None:
    job = a_job(example)
    load_demonstration(by=WORKER, authority=example.authority, job=job)
    end_job(job, now=NOON)
    riverbend = Initiative.objects.get(title__startswith="Riverbend")
    revise_initiative(
        by=WORKER,
        initiative=riverbend,
        title="Riverside",
        summary="",
        visibility=riverbend.visibility,
        zone=riverbend.zone,
        language=riverbend.language,
        languages=[],
        owner=riverbend.owner,
    )
    later = Actor(kind="worker", at=NOON + timedelta(days=30))
    assert demonstration_job(by=later, authority=example.authority) is None


def test_what_stopped_or_came_before_the_newest_example_is_loaded_anew(world: World) -> None:
    job = a_job(world)
    assert a_job(world) == job
    fail_job(job, now=NOON, finding="The disk was full")
    second = a_job(world)
    assert second != job
    end_job(second, now=NOON)
    assert a_job(world) not in {job, second}
