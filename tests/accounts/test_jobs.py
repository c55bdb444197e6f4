from datetime import timedelta

import pytest
from django.test import Client

from headway.accounts.actor import Actor
from headway.accounts.jobs import Reporter, begin_job, end_job, fail_job, start_job
from headway.accounts.models import Authority, Job
from tests.accounts.conftest import NOON, People, signed_in


@pytest.fixture
def job(mo: Actor, county: Authority) -> Job:
    return start_job(by=mo, authority=county, title="Import of actions.csv", total=200)


def test_a_job_shows_how_far_it_is_and_what_came_of_it(job: Job, as_mo: Client) -> None:
    page = f"/jobs/{job.pk}/"
    assert "waiting to start" in as_mo.get(page).content.decode()

    begin_job(job)
    Reporter(job, every=0)(50)
    assert "50 of 200" in as_mo.get(page).content.decode()

    end_job(job, now=NOON, finding="9 of 30 have no owner.", problems=["Row 3: <b>no</b> owner"])
    done = as_mo.get(page).content.decode()
    assert "9 of 30 have no owner." in done
    assert "Row 3: &lt;b&gt;no" in done
    assert job.share == 100


def test_the_part_that_renews_itself_answers_304_until_something_changes(
    job: Job, as_mo: Client
) -> None:
    part = f"/jobs/{job.pk}/progress/"
    first = as_mo.get(part)
    again = as_mo.get(part, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    fail_job(job, now=NOON, finding="The file broke off: send it again.")
    after = as_mo.get(part, headers={"If-None-Match": first["ETag"]})
    assert after.status_code == 200
    assert "hx-trigger" not in after.content.decode()


def test_progress_is_written_seldom_however_often_it_is_told(job: Job) -> None:
    reporter = Reporter(job, every=3600)
    reporter(1)
    reporter(2)
    job.refresh_from_db()
    assert job.done == 1


def test_more_done_than_foreseen_never_shows_more_than_all(job: Job) -> None:
    Reporter(job, every=0)(500)
    assert (job.total, job.share) == (500, 99)


@pytest.mark.parametrize(
    ("role", "status"),
    [("member", 200), ("administrator", 200), ("registrar", 404), ("records_officer", 404)],
)
def test_only_its_starter_and_administrators_see_a_job(
    job: Job, people: People, role: str, status: int
) -> None:
    client = signed_in(people.by_role(role))
    for page in (f"/jobs/{job.pk}/", f"/jobs/{job.pk}/progress/"):
        assert client.get(page).status_code == status


def test_a_stranger_is_sent_to_sign_in(job: Job) -> None:
    assert Client().get(f"/jobs/{job.pk}/").status_code == 302


def test_a_worker_may_take_a_job_up_again(job: Job) -> None:
    begin_job(job, total=10)
    Reporter(job, every=0)(7)
    begin_job(job)
    assert (job.done, job.total, job.state) == (0, 10, "running")
    end_job(job, now=NOON + timedelta(minutes=1))
    assert job.ended
