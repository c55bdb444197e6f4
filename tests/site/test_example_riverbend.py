from datetime import UTC, datetime, timedelta

import pytest

from headway.accounts.actor import Actor
from headway.accounts.demonstration import ensure_demonstration_people
from headway.accounts.models import Event
from headway.arenas.models import Ask
from headway.commitments.models import Commitment
from headway.directory.models import Membership
from headway.forums.models import Meeting
from headway.initiatives.models import Initiative, Member, Record
from headway.measures.models import Measure, Reading
from headway.pilots.models import Pilot, Prediction, Review, SmallTest
from headway.problems.models import AffectedGroup, Fact
from headway.site.example.riverbend import load_riverbend
from headway.site.example.riverbend.place import SPONSOR
from headway.solutions.models import Ballot
from tests.world import World

NOW = datetime(2027, 2, 17, 15, 20, tzinfo=UTC)


def load(world: World, at: datetime = NOW) -> Initiative:
    users = ensure_demonstration_people(world.authority, at)
    return load_riverbend(by=Actor(kind="worker", at=at), authority=world.authority, users=users)


@pytest.fixture
def riverbend(world: World) -> Initiative:
    return load(world)


def test_it_is_alive_on_the_day_on_which_it_is_loaded(riverbend: Initiative) -> None:
    today = riverbend.today(NOW)
    coming = Meeting.objects.in_initiative(riverbend).coming(NOW).get()
    assert riverbend.today(coming.starts_at) == today + timedelta(days=1)
    ask = Ask.objects.in_initiative(riverbend).get()
    assert ask.vote_on == today + timedelta(days=21)
    term = Membership.objects.get(post__label=SPONSOR)
    assert term.ends_to is not None
    assert today < term.ends_to < ask.vote_on
    promises = Commitment.objects.in_initiative(riverbend)
    assert promises.filter(state="intent").count() == 3
    assert promises.filter(state="confirmed", due_to__lt=today).count() == 1
    assert SmallTest.objects.in_initiative(riverbend).get().look_on == today + timedelta(days=5)


def test_its_pilots_and_review_wait_for_somebody(riverbend: Initiative) -> None:
    today = riverbend.today(NOW)
    pilots = {each.state: each for each in Pilot.objects.in_initiative(riverbend)}
    assert set(pilots) == {"running", "ended"}
    locked = Prediction.objects.get(pilot=pilots["running"]).locked_at
    assert locked is not None
    assert locked < NOW
    review = Review.objects.in_initiative(riverbend).get()
    assert (review.state, review.about_id) == ("open", pilots["ended"].pk)
    assert review.due_on is not None
    assert review.due_on < today


def test_something_is_missing_disputed_open_and_stale(riverbend: Initiative) -> None:
    today = riverbend.today(NOW)
    groups = AffectedGroup.objects.in_initiative(riverbend)
    assert groups.filter(record__title__startswith="Renters over 75").exists()
    states = Fact.objects.in_initiative(riverbend).values_list("state", flat=True)
    assert set(states) == {"agreed", "disputed"}
    assert Ballot.objects.in_initiative(riverbend).get().state == Ballot.State.OPEN
    measures = Measure.objects.in_initiative(riverbend)
    falls = Reading.objects.filter(series__measure__record__title__startswith="Falls at home")
    assert (measures.count(), falls.count()) == (2, 12)
    last = falls.order_by("-happened_to").first()
    assert last is not None
    assert last.happened_to == today.replace(day=1) - timedelta(days=1)


def test_everybody_of_the_demonstration_is_a_member(riverbend: Initiative) -> None:
    members = Member.objects.in_initiative(riverbend)
    assert members.count() == 6


@pytest.mark.parametrize("days", [0, 1, 40])
def test_loaded_again_it_stays_where_it_is(world: World, riverbend: Initiative, days: int) -> None:
    before = (Record.objects.count(), Event.objects.count())
    assert load(world, NOW + timedelta(days=days)) == riverbend
    assert (Record.objects.count(), Event.objects.count()) == before


@pytest.mark.parametrize("hour", [0, 5, 12, 23])
def test_it_loads_at_any_hour(world: World, hour: int) -> None:
    assert load(world, NOW.replace(hour=hour, minute=1)).title.startswith(
        "Riverbend (illustrative)"
    )


@pytest.mark.parametrize("role", ["", "convener"])
def test_its_pages_say_that_it_is_made_up(world: World, riverbend: Initiative, role: str) -> None:
    browser = world.client()
    if role:
        member = Member.objects.in_initiative(riverbend).get(user__email="convener@example.org")
        assert member.user is not None
        browser.force_login(member.user)
    page = browser.get(f"/i/{riverbend.slug}/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "Illustrative: made up" in text
    assert "Riverbend (illustrative)" in text
