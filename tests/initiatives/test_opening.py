import pytest

from headway.accounts.models import Event
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.initiatives import actions
from headway.initiatives.models import Initiative
from tests.world import World


def settings_of(initiative: Initiative, **other: object) -> dict[str, object]:
    names = ("title", "summary", "visibility", "zone", "language", "languages", "owner")
    return {name: getattr(initiative, name) for name in names} | other


def test_an_initiative_belongs_to_an_organization_and_begins_its_own_log(world: World) -> None:
    opened = actions.open_initiative(
        by=world.actor("registrar"),
        authority=world.authority,
        owner=world.office,
        title=" Clean Water ",
    )
    assert (opened.title, opened.slug, opened.owner) == ("Clean Water", "clean-water", world.office)
    assert [event.verb for event in Event.objects.filter(stream=opened.stream)] == ["opened"]
    assert opened.zone == world.authority.zone


def test_the_same_title_gets_another_address(world: World) -> None:
    slugs = [
        actions.open_initiative(
            by=world.actor("registrar"),
            authority=world.authority,
            owner=world.office,
            title="Heading Home Hennepin",
        ).slug
        for _time in range(3)
    ]
    assert slugs == [f"heading-home-hennepin-{number}" for number in (2, 3, 4)]


def test_a_title_without_latin_letters_still_gets_an_address(world: World) -> None:
    opened = actions.open_initiative(
        by=world.actor("registrar"), authority=world.authority, owner=world.office, title="清水"
    )
    assert opened.slug == "initiative"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"title": "  "}, "title"), ({"zone": "Mars/Olympus"}, "zone")],
)
def test_what_an_initiative_needs_is_asked_for(
    world: World, change: dict[str, str], field: str
) -> None:
    said = {"title": "Clean Water", "zone": "America/Chicago"} | change
    with pytest.raises(RuleError) as refused:
        actions.open_initiative(
            by=world.actor("registrar"), authority=world.authority, owner=world.office, **said
        )
    assert refused.value.field == field


def test_settings_change_only_what_differs_in_one_event(world: World) -> None:
    before = Event.objects.filter(stream=world.hennepin.stream).count()
    said = settings_of(world.hennepin, title="Heading Home", languages=["en"])
    assert actions.revise_initiative(by=world.actor(), initiative=world.hennepin, **said)
    assert not actions.revise_initiative(by=world.actor(), initiative=world.hennepin, **said)
    events = Event.objects.filter(stream=world.hennepin.stream).order_by("position")
    assert events.count() == before + 1
    last = events.last()
    assert last is not None
    assert last.field_names == ["title"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"zone": "nowhere"}, "zone"),
        ({"languages": ["tlh"]}, "languages"),
        ({"language": "tlh"}, "languages"),
    ],
)
def test_settings_that_cannot_be_are_refused(
    world: World, change: dict[str, object], field: str
) -> None:
    said = settings_of(world.hennepin, **change)
    with pytest.raises(RuleError) as refused:
        actions.revise_initiative(by=world.actor(), initiative=world.hennepin, **said)
    assert refused.value.field == field


def test_another_authoritys_organization_cannot_own_it(world: World, elsewhere: World) -> None:
    theirs: Organisation = elsewhere.office
    for act in (
        lambda: actions.open_initiative(
            by=world.actor("registrar"), authority=world.authority, owner=theirs, title="Ours"
        ),
        lambda: actions.revise_initiative(
            by=world.actor(),
            initiative=world.hennepin,
            **settings_of(world.hennepin, owner=theirs),
        ),
    ):
        with pytest.raises(RuleError) as refused:
            act()
        assert refused.value.field == "owner"
