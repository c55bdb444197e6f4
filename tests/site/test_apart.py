"""What belongs to another initiative or another authority is not there, by any address."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.urls import resolve, reverse

from headway.accounts import actions as accounts
from headway.accounts.actor import Actor
from headway.accounts.models import Authority
from headway.commitments.actions import promise
from headway.core import views
from headway.directory import actions as directory
from headway.directory.models import Organisation
from headway.forums import actions as forums
from headway.initiatives import actions, kinds
from headway.initiatives.models import Happening, Initiative, Record
from headway.partners import actions as partners
from headway.partners.models import Contact
from headway.problems import actions as problems
from headway_analysis.partial_date import PartialDate
from tests.architecture.routes import routes
from tests.arenas.making import one_of_each as of_decisions
from tests.diagnosis.making import one_of_each as of_standing
from tests.diagnosis.making_practices import a_practice_told
from tests.measures.making import fill_with as fill_measures
from tests.pilots.making import fill_with as fill_tests
from tests.pilots.making_reviews import fill_reviews_with
from tests.site.test_every_form import pages
from tests.solutions.making import fill_with as fill_recommendations
from tests.solutions.voting import fill_votes
from tests.world import NOON, TODAY, World

SECRET = "Sealed"
OTHER_HOST = "other.example"


def fill(by: Actor, initiative: Initiative, organisation: Organisation) -> None:
    """One record of many kinds, each with the word in its title."""
    day = PartialDate.on(TODAY)
    problems.state_problem(by=by, initiative=initiative, title=SECRET, statement=SECRET)
    problems.add_affected_group(by=by, initiative=initiative, name=SECRET)
    problems.add_baseline(
        by=by, initiative=initiative, measure=SECRET, value=Decimal(1), unit=SECRET, when=day
    )
    problems.propose_framing(by=by, initiative=initiative, title=SECRET, text=SECRET)
    problems.add_facet(by=by, initiative=initiative, name=SECRET)
    problems.add_fact(by=by, initiative=initiative, claim=SECRET)
    problems.add_vision_line(by=by, initiative=initiative, text=SECRET)
    problems.record_effort(by=by, initiative=initiative, title=SECRET)
    partners.add_partner(
        by=by, initiative=initiative, organisation=organisation, role_as_said=SECRET
    )
    partners.log_contact(
        by=by,
        initiative=initiative,
        kind=Contact.Kind.values[0],
        text=SECRET,
        when=day,
        organisations=[organisation],
    )
    fill_recommendations(by, initiative, organisation, SECRET)
    fill_votes(by, initiative, SECRET)
    actions.record_happening(
        by=by,
        initiative=initiative,
        category=Happening.Category.MEETING,
        text=SECRET,
        when=day,
        organisations=[organisation],
    )
    fill_meetings(by, initiative)
    of_decisions(by, initiative, organisation, SECRET)
    promise(by=by, initiative=initiative, text=SECRET, organisation=organisation)
    fill_tests(by, initiative, organisation, SECRET)
    fill_measures(by, initiative, organisation, SECRET)
    of_standing(by, initiative, SECRET)
    a_practice_told(by, initiative, SECRET)
    fill_reviews_with(by, initiative, SECRET)


def fill_meetings(by: Actor, initiative: Initiative) -> None:
    """A group with a phase, a meeting and a line of its minutes."""
    later = NOON + timedelta(days=400)
    forum = forums.open_forum(by=by, initiative=initiative, name=SECRET, public_body="no")
    forums.open_phase(by=by, forum=forum, name=SECRET, opens_at=later)
    meeting = forums.call_meeting(by=by, forum=forum, starts_at=later, title=SECRET)
    line = forums.SaidLine("idea", SECRET)
    forums.write_minutes(by=by, meeting=meeting, notes=SECRET, lines=[line])
    asked = forums.start_conversation(by=by, forum=forum, title=SECRET, statements=[SECRET])
    forums.open_conversation(by=by, conversation=asked)


@dataclass
class Apart:
    """The world, with a filled initiative beside it that the convener takes no part in."""

    world: World
    other: Initiative
    stranger: Authority
    organisation: Organisation


@pytest.fixture
def apart(world: World) -> Apart:
    by = Actor(kind="worker", at=NOON)
    other = actions.open_initiative(
        by=by, authority=world.authority, owner=world.office, title=f"{SECRET} beside"
    )
    fill(by, other, world.shelter)
    stranger = accounts.make_authority(at=NOON, name=f"{SECRET} county", host_name=OTHER_HOST)
    organisation = directory.add_organisation(
        by=by,
        authority=stranger,
        details=directory.OrganisationDetails(name=f"{SECRET} office", sector="government"),
    )
    far = actions.open_initiative(
        by=by,
        authority=stranger,
        owner=organisation,
        title=f"{SECRET} far away",
        visibility=Initiative.Reader.PUBLIC,
    )
    fill(by, far, organisation)
    return Apart(world, other, stranger, organisation)


@pytest.mark.parametrize("role", ["convener", "partner", "registrar", "administrator", ""])
def test_no_page_shows_what_belongs_elsewhere(apart: Apart, role: str) -> None:
    client = apart.world.client(role)
    starts = ("/", "/home/", "/directory/", "/settings/", apart.world.hennepin.get_absolute_url())
    shown = [path for path, html in pages(client, starts) if SECRET in html]
    assert shown == []


@pytest.fixture
def quiet_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse by the number alone: drawing the page that helps would be most of the work."""
    monkeypatch.setattr(views, "_help", lambda _request, page: HttpResponse(status=page.status))


@pytest.mark.slow
def test_no_record_of_another_initiative_opens_under_this_one(
    apart: Apart, quiet_refusals: None
) -> None:
    client = apart.world.client("convener")
    opened = []
    elsewhere = list(Record.objects.filter(initiative=apart.other))
    assert len({record.kind for record in elsewhere}) > 10
    slug = apart.world.hennepin.slug
    apps = {record: resolve(kinds.href(record, slug)).namespace for record in elsewhere}
    for route in routes():
        if not route.of_initiative or set(route.samples) != {"slug", "record_id"}:
            continue
        app = route.name.partition(":")[0]
        for record in elsewhere:
            if app not in {apps[record], "initiatives"}:
                continue
            address = reverse(route.name, args=[slug, record.pk])
            if client.get(address).status_code not in {404, 405}:
                opened.append((route.name, record.kind))
    assert opened == []


def test_no_organization_of_another_authority_opens_here(
    apart: Apart, quiet_refusals: None
) -> None:
    client = apart.world.client("registrar")
    opened = []
    for route in routes():
        if route.name.startswith("directory:") and len(route.samples) == 1:
            address = reverse(route.name, args=[apart.organisation.pk])
            if client.get(address).status_code not in {404, 405}:
                opened.append(route.name)
    assert opened == []


def test_each_authority_answers_under_its_own_name(apart: Apart) -> None:
    here = apart.world.client("").get("/").content.decode()
    there = apart.world.client("").get("/", headers={"host": OTHER_HOST}).content.decode()
    assert "Heading Home Hennepin" in here
    assert SECRET not in here
    assert f"{SECRET} far away" in there
    assert "Heading Home Hennepin" not in there
