from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from headway.accounts.demonstration import (
    PEOPLE,
    ensure_demonstration_people,
    sign_in_links,
)
from headway.accounts.links import LinkError, make_link, open_link, use_link
from headway.accounts.models import Authority, AuthorityRole, Event, LinkToken, User
from headway.core.errors import RuleError
from tests.accounts.conftest import NOON, People

DAY = timedelta(days=1)


@pytest.fixture
def secret(county: Authority, people: People) -> str:
    return make_link(
        authority=county,
        purpose="confirm_promise",
        subject_id=county.pk,
        at=NOON,
        lasts=DAY,
        user=people.member,
    )


def test_a_link_shows_as_often_as_one_looks_and_acts_once(secret: str) -> None:
    assert open_link(secret, "confirm_promise", NOON) == open_link(secret, "confirm_promise", NOON)
    use_link(secret, "confirm_promise", NOON)
    with pytest.raises(LinkError, match="each works once") as refusal:
        use_link(secret, "confirm_promise", NOON)
    assert refusal.value.status == 410


@pytest.mark.parametrize(
    ("purpose", "after", "status"),
    [
        ("demonstration_sign_in", timedelta(), 404),
        ("confirm_promise", DAY, 410),
    ],
    ids=["another purpose", "after its end"],
)
def test_a_link_is_refused(secret: str, purpose: str, after: timedelta, status: int) -> None:
    for act in (open_link, use_link):
        with pytest.raises(LinkError) as refusal:
            act(secret, purpose, NOON + after)
        assert refusal.value.status == status


@pytest.mark.parametrize("typed", ["", "x", "\x00", "é" * 5000, "\ud800"])
def test_a_made_up_secret_is_refused_in_words(county: Authority, typed: str) -> None:
    with pytest.raises(LinkError, match="cut short or was never made"):
        open_link(typed, "confirm_promise", NOON)


def test_only_a_digest_of_the_secret_is_kept(secret: str) -> None:
    link = LinkToken.objects.get()
    kept = [str(getattr(link, field.attname)) for field in link._meta.concrete_fields]
    assert not any(secret in value or value in secret for value in kept if len(value) > 20)


@pytest.fixture
def demonstration(settings: Settings) -> None:
    settings.MODE = "demonstration"


@pytest.mark.usefixtures("demonstration")
def test_there_is_one_demonstration_person_for_each_role(county: Authority) -> None:
    made = ensure_demonstration_people(county, NOON)
    events = Event.objects.count()
    assert ensure_demonstration_people(county, NOON + timedelta(hours=1)) == made
    assert Event.objects.count() == events
    assert set(made) >= {"convener", "partner", "administrator", "records_officer"}
    assert AuthorityRole.objects.get(role="records_officer").user == made["records_officer"]


@pytest.mark.usefixtures("demonstration")
def test_a_demonstration_link_signs_in_once_and_only_by_a_press_of_the_button(
    county: Authority,
) -> None:
    _role, path = sign_in_links(timezone.now())[0]
    browser, second = Client(enforce_csrf_checks=False), Client()

    shown = browser.get(path)
    assert "Sign in as the demonstration convener" in shown.content.decode()
    assert "_auth_user_id" not in browser.session
    assert browser.post(path).status_code == 302
    assert browser.session["_auth_user_id"] == str(User.objects.get(email=PEOPLE[0].email).pk)
    assert browser.get("/account/").status_code == 200
    assert browser.get("/account/sessions/").status_code == 200

    used = second.post(path)
    assert used.status_code == 410
    assert "each works once" in used.content.decode()
    assert "_auth_user_id" not in second.session


@pytest.mark.usefixtures("demonstration")
def test_a_demonstration_link_runs_out_after_a_day(county: Authority) -> None:
    _role, path = sign_in_links(NOON)[0]
    assert Client().post(path).status_code == 410


@pytest.mark.parametrize("mode", ["development", "production"])
def test_demonstration_links_exist_in_no_other_mode(
    county: Authority, settings: Settings, mode: str
) -> None:
    settings.MODE = "demonstration"
    _role, path = sign_in_links(timezone.now())[0]
    settings.MODE = mode
    assert Client().get(path).status_code == 404
    assert Client().post(path).status_code == 404
    with pytest.raises(RuleError, match="not a demonstration"):
        sign_in_links(NOON)
    assert LinkToken.objects.filter(used_at__isnull=False).count() == 0


def test_links_of_the_demonstration_open_only_demonstration_people(
    county: Authority, people: People, settings: Settings
) -> None:
    settings.MODE = "demonstration"
    secret = make_link(
        authority=county,
        purpose="demonstration_sign_in",
        subject_id=people.administrator.pk,
        at=timezone.now(),
        lasts=DAY,
        user=people.administrator,
    )
    browser = Client()
    assert browser.post(f"/account/demonstration/{secret}/").status_code == 404
    assert "_auth_user_id" not in browser.session


def test_migrations_of_accounts_are_complete(db: None) -> None:
    call_command("makemigrations", "accounts", "--check", "--dry-run", verbosity=0)
