"""The world that tests share: Hennepin County, its initiative, and one person in each role."""

import pickle
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models.sql import InsertQuery
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from headway.accounts import actions as accounts
from headway.accounts.actor import Actor
from headway.accounts.models import Authority, User
from headway.directory.actions import OrganisationDetails, add_organisation
from headway.directory.models import Organisation
from headway.initiatives import actions
from headway.initiatives.models import (
    Happening,
    Initiative,
    Member,
    RoleGrant,
    SearchText,
)
from headway.site.example import load_heading_home_hennepin
from headway_analysis.partial_date import PartialDate
from tests.shelf import Shelf

NOON = datetime(2026, 3, 27, 17, 0, tzinfo=UTC)
TODAY = date(2026, 3, 27)
AUTHORITY_ROLES = ("administrator", "registrar", "records_officer")
INITIATIVE_ROLES = tuple(RoleGrant.Role.values)
STRANGER = "stranger"
EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "heading-home-hennepin"


@dataclass
class World:
    """One county with a public and a closed initiative, and people to look at them."""

    authority: Authority
    office: Organisation
    shelter: Organisation
    hennepin: Initiative
    closed: Initiative
    people: dict[str, User] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)

    def actor(self, role: str = "convener", at: datetime = NOON) -> Actor:
        """Somebody acting in the initiative, or for the authority."""
        member = self.members.get(role)
        return Actor(
            kind="member" if member else "user",
            at=at,
            user=self.people[role],
            member_id=member.pk if member else None,
        )

    def client(self, role: str = "") -> Client:
        """A browser, signed in as somebody or as nobody."""
        browser = Client()
        if role:
            browser.force_login(self.people[role])
        return browser

    def address(self, name: str, *args: object) -> str:
        """A page of the public initiative."""
        return reverse(name, args=[self.hennepin.slug, *args])


def _person(world: World, role: str) -> User:
    return accounts.make_person(
        by=Actor(kind="worker", at=NOON),
        authority=world.authority,
        email=f"{role.replace('_', '-')}@county.example",
        name=f"The {role.replace('_', ' ')}",
    )


def build_world() -> World:
    """The county as every test begins with it."""
    worker = Actor(kind="worker", at=NOON)
    authority = accounts.make_authority(at=NOON, name="Hennepin County")
    office, shelter = (
        add_organisation(by=worker, authority=authority, details=details)
        for details in (
            OrganisationDetails(name="Office to End Homelessness", sector="government"),
            OrganisationDetails(name="St. Stephen's", sector="nonprofit"),
        )
    )
    hennepin = actions.open_initiative(
        by=worker,
        authority=authority,
        owner=office,
        title="Heading Home Hennepin",
        visibility=Initiative.Reader.PUBLIC,
    )
    closed = actions.open_initiative(
        by=worker, authority=authority, owner=office, title="Quiet Work"
    )
    world = World(authority, office, shelter, hennepin, closed)
    for role in (*AUTHORITY_ROLES, *INITIATIVE_ROLES, STRANGER):
        world.people[role] = _person(world, role)
    for role in AUTHORITY_ROLES:
        accounts.grant_role(
            by=worker,
            authority=authority,
            email=world.people[role].email,
            role=role,
            starts_on=TODAY,
        )
    for role in INITIATIVE_ROLES:
        for initiative in (hennepin, closed):
            member = actions.invite_member(
                by=worker,
                initiative=initiative,
                email=world.people[role].email,
                name=world.people[role].name,
                role=role,
                organisation=shelter if role == "partner" else office,
            )
            if initiative == hennepin:
                world.members[role] = member
    return world


def load_example(world: World) -> Initiative:
    """Load the example, as the administrator does; answer its initiative."""
    return load_heading_home_hennepin(
        by=world.actor("administrator"),
        authority=world.authority,
        folder=EXAMPLE,
        report=lambda _done, _total: None,
    )


def build_example() -> World:
    """The county with everything that its example tells."""
    world = build_world()
    assert load_example(world) == world.hennepin
    return world


Statement = tuple[str, tuple[Any, ...]]


class Snapshot:
    """A world as rows: made once by actions, written again as it is wherever a test wants it."""

    def __init__(self, name: str, build: Callable[[], World]) -> None:
        self.name = name
        self._build = build
        self._kept = b""
        self._statements: list[Statement] = []

    def write(self) -> None:
        """Write its rows into an empty database."""
        if not self._kept:
            self._make()
        # In one transaction: only at its end does PostgreSQL ask whether every key leads somewhere.
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, values in self._statements:
                cursor.execute(statement, values)

    def world(self) -> World:
        """What a test holds of it, in objects of its own."""
        world = pickle.loads(self._kept)  # noqa: S301  # our own bytes, of this process
        assert isinstance(world, World)
        return world

    def _make(self) -> None:
        """Let actions make it; keep it as one statement for the rows of each table, and no row."""
        with transaction.atomic():
            world = self._build()
            self._statements = [
                statement
                for model, of_model in groupby(_rows(), key=type)
                for statement in _insertion(model, list(of_model))
            ]
            transaction.set_rollback(True)
        self._kept = pickle.dumps(world)


def _rows() -> Iterator[models.Model]:
    """Every row that is not kept by the database itself."""
    for model in apps.get_models():
        ours = model.__module__.startswith("headway.") and model is not SearchText
        if ours or model is EmailAddress:
            yield from model._base_manager.all()


def _insertion(model: type[models.Model], rows: list[models.Model]) -> list[Statement]:
    """The SQL that writes rows as they stand, with its values."""
    query = InsertQuery(model)
    fields = [each for each in model._meta.local_concrete_fields if not each.generated]
    query.insert_values(fields, rows, raw=True)
    made: list[Statement] = query.get_compiler(connection=connection).as_sql()
    return made


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    """One for all tests of a process."""
    return Snapshot("world", build_world)


@pytest.fixture(scope="session")
def snapshot_of_example() -> Snapshot:
    """One for all tests of a process that want the example in the world."""
    return Snapshot("example", build_example)


@pytest.fixture(scope="session")
def shelf(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Shelf]:
    """The databases of a process that hold a world."""
    made = Shelf()
    yield made
    with django_db_blocker.unblock():
        made.clear()


@pytest.fixture
def world_at_hand(
    request: pytest.FixtureRequest,
    shelf: Shelf,
    snapshot: Snapshot,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[bool]:
    """Whether the test's database holds the world already."""
    with _at_hand(request, shelf, snapshot, django_db_blocker) as held:
        yield held


@pytest.fixture
def example_at_hand(
    request: pytest.FixtureRequest,
    shelf: Shelf,
    snapshot_of_example: Snapshot,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[bool]:
    """Whether the test's database holds the world with the example already."""
    with _at_hand(request, shelf, snapshot_of_example, django_db_blocker) as held:
        yield held


@contextmanager
def _at_hand(
    request: pytest.FixtureRequest, shelf: Shelf, snapshot: Snapshot, blocker: DjangoDbBlocker
) -> Iterator[bool]:
    """A database with the world, unless the test has begun in the empty one or will empty it."""
    empties = not {"transactional_db", "live_server"}.isdisjoint(request.fixturenames)
    if empties or request.node.get_closest_marker("django_db") or connection.in_atomic_block:
        yield False
        return
    with ExitStack() as held:
        with blocker.unblock():
            held.enter_context(shelf.connected(snapshot.name, snapshot.write))
        yield True


@pytest.fixture
def around(db: None, settings: Settings, tmp_path: Path) -> None:
    """What a world expects around itself."""
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "other.example"]
    settings.MAIL_FOLDER = tmp_path / "mail"
    settings.ENFORCE_SECOND_FACTOR = False


@pytest.fixture
def world(world_at_hand: bool, around: None, snapshot: Snapshot) -> World:
    """Hennepin County with its people."""
    if not world_at_hand:
        snapshot.write()
    return snapshot.world()


@pytest.fixture
def example(example_at_hand: bool, around: None, snapshot_of_example: Snapshot) -> World:
    """The world with the whole example in it, and everybody a member there."""
    if not example_at_hand:
        snapshot_of_example.write()
    return snapshot_of_example.world()


def a_happening(world: World, text: str = "The commission meets for the first time") -> Happening:
    """Something that happened, recorded by the convener."""
    return actions.record_happening(
        by=world.actor(),
        initiative=world.hennepin,
        category=Happening.Category.MEETING,
        text=text,
        when=PartialDate.on(TODAY),
        organisations=[world.shelter],
    )
