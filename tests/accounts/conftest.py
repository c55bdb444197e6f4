from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as configured
from django.test import Client
from django.urls import clear_url_caches
from pytest_django.fixtures import Settings

from headway.accounts import actions
from headway.accounts.actor import Actor
from headway.accounts.models import Authority, AuthorityRole, User

NOON = datetime(2026, 3, 27, 17, 0, tzinfo=UTC)
DAY = date(2026, 3, 27)
ROLES = ("administrator", "registrar", "records_officer")


@pytest.fixture(autouse=True)
def pages(settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    """The pages of accounts alone, with a cache and a mail folder of their own."""
    settings.ROOT_URLCONF = "tests.accounts.pages_urls"
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.MAIL_DELIVERY = "folder"
    settings.ENFORCE_SECOND_FACTOR = False
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": str(tmp_path),
        }
    }
    settings.STORAGES = {
        **configured.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    yield settings
    clear_url_caches()


@pytest.fixture
def county(db: None) -> Authority:
    return actions.make_authority(at=NOON, name="Hennepin County")


def make_person(county: Authority, email: str, name: str = "") -> User:
    by = Actor(kind="worker", at=NOON)
    user = actions.make_person(by=by, authority=county, email=email, name=name)
    EmailAddress.objects.get_or_create(user=user, email=email, verified=True, primary=True)
    return user


def give_role(county: Authority, user: User, role: str) -> AuthorityRole:
    return actions.grant_role(
        by=Actor(kind="worker", at=NOON),
        authority=county,
        email=user.email,
        role=role,
        starts_on=DAY,
    )


@dataclass
class People:
    """One person for each role, and one without any."""

    administrator: User
    registrar: User
    records_officer: User
    member: User

    def by_role(self, role: str) -> User:
        found = getattr(self, role)
        assert isinstance(found, User)
        return found


@pytest.fixture
def people(county: Authority) -> People:
    made = People(
        administrator=make_person(county, "ada@county.example", "Ada"),
        registrar=make_person(county, "rae@county.example", "Rae"),
        records_officer=make_person(county, "rory@county.example", "Rory"),
        member=make_person(county, "mo@partner.example", "Mo"),
    )
    for role in ROLES:
        give_role(county, made.by_role(role), role)
    return made


@pytest.fixture
def ada(people: People) -> Actor:
    """Ada, the administrator, acting."""
    return Actor(kind="user", at=NOON, user=people.administrator)


@pytest.fixture
def mo(people: People) -> Actor:
    """Mo, who has an account and nothing else, acting."""
    return Actor(kind="user", at=NOON, user=people.member)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def give_second_factor(user: User) -> None:
    TOTP.activate(user, generate_totp_secret())


@pytest.fixture
def as_ada(people: People) -> Client:
    return signed_in(people.administrator)


@pytest.fixture
def as_mo(people: People) -> Client:
    return signed_in(people.member)
