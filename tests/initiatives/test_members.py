from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils.translation import get_language

from headway.accounts.models import Event, OutboxMessage, User
from headway.core.errors import RuleError
from headway.initiatives import actions
from headway.initiatives.access import standing_of
from headway.initiatives.models import Mandate, Member, Record, RoleGrant
from tests.world import NOON, TODAY, World, a_happening

ADDRESS = "https://headway.example/i/heading-home-hennepin/"


def invite(world: World, email: str = "ana@shelter.example", **said: object) -> Member:
    wanted = {"name": "Ana", "role": "partner", "organisation": world.shelter} | said
    return actions.invite_member(by=world.actor(), initiative=world.hennepin, email=email, **wanted)


def verbs(world: World) -> Counter[str]:
    events = Event.objects.filter(stream=world.hennepin.stream)
    return Counter(events.values_list("verb", flat=True))


def role_cells(member: Member, day: date) -> frozenset[str]:
    """What a member's roles are worth on a day."""
    return standing_of(member.user, member.initiative, day)[1]


def mandate(world: World, member: Member, **said: object) -> Mandate:
    wanted = {"organisation": world.shelter, "scope": "promises", "given_by": "Director"} | said
    return actions.give_mandate(by=world.actor(), member=member, **wanted)


def test_who_is_invited_is_a_member_with_a_role_and_is_told_by_mail(world: World) -> None:
    before = verbs(world)
    member = invite(world, email=" Ana@Shelter.example ", address=ADDRESS)
    assert role_cells(member, TODAY) == {"partner@initiative", "partner@own_organisation"}
    assert verbs(world) - before == Counter({"joined": 1, "role_granted": 1})
    mail = OutboxMessage.objects.get(recipient="ana@shelter.example")
    assert "Heading Home Hennepin" in mail.subject
    assert ADDRESS in mail.text
    assert not mail.confidential


def test_nobody_is_told_of_what_is_imported(world: World) -> None:
    invite(world)
    assert not OutboxMessage.objects.exists()


def test_the_mail_is_in_the_language_of_the_person(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str | None] = []

    def post(**_said: object) -> None:
        spoken.append(get_language())

    monkeypatch.setattr("headway.initiatives.actions.members.post_mail", post)
    User.objects.create_user("ana@shelter.example", language="es")
    invite(world, address=ADDRESS)
    invite(world, email="bo@shelter.example", address=ADDRESS)
    assert spoken == ["es", "en"]


def test_a_refused_invitation_leaves_nothing_behind(world: World) -> None:
    people, events = User.objects.count(), Event.objects.count()
    with pytest.raises(RuleError) as refused:
        invite(world, role="emperor", address=ADDRESS)
    assert refused.value.field == "role"
    assert (User.objects.count(), Event.objects.count()) == (people, events)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(
    "email", ["", "ana", "ana@", "a b@shelter.example", "ana@x.example\nBcc:b"]
)
def test_what_is_no_address_is_refused_at_its_field(world: World, email: str) -> None:
    with pytest.raises(RuleError) as refused:
        invite(world, email=email)
    assert refused.value.field == "email"


def test_nobody_is_a_member_twice(world: World) -> None:
    invite(world)
    with pytest.raises(RuleError) as refused:
        invite(world, email="ANA@SHELTER.EXAMPLE")
    assert refused.value.field == "email"


def test_a_closed_account_is_not_invited(world: World) -> None:
    User.objects.create_user("ana@shelter.example", is_active=False)
    with pytest.raises(RuleError, match="closed"):
        invite(world)


def test_an_organization_of_another_authority_is_refused(world: World, elsewhere: World) -> None:
    with pytest.raises(RuleError) as refused:
        invite(world, organisation=elsewhere.office)
    assert refused.value.field == "organisation"


def test_a_role_may_begin_later_and_end(world: World) -> None:
    member = world.members["observer"]
    start, end = TODAY + timedelta(days=10), TODAY + timedelta(days=20)
    actions.grant_role(
        by=world.actor(), member=member, role="evaluator", starts_on=start, ends_on=end
    )
    held = [
        "evaluator@initiative" in role_cells(member, day)
        for day in (TODAY, start, end, end + timedelta(days=1))
    ]
    assert held == [False, True, True, False]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"role": "observer"}, "role"),
        ({"role": "emperor"}, "role"),
        ({"role": "liaison", "ends_on": TODAY - timedelta(days=1)}, "ends_on"),
    ],
)
def test_a_role_that_cannot_be_is_refused(
    world: World, said: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleError) as refused:
        actions.grant_role(by=world.actor(), member=world.members["observer"], **said)
    assert refused.value.field == field


def test_an_ended_role_gives_no_rights_from_that_moment(world: World) -> None:
    member = world.members["facilitator"]
    grant = member.roles.get()
    actions.end_role(by=world.actor(), grant=grant)
    assert role_cells(member, TODAY) == frozenset()
    with pytest.raises(RuleError, match="already"):
        actions.end_role(by=world.actor(), grant=grant)
    actions.grant_role(by=world.actor(), member=member, role="facilitator")
    assert role_cells(member, TODAY) == {"facilitator@initiative"}


def test_an_initiative_is_never_without_a_convener(world: World) -> None:
    convener = world.members["convener"]
    grant = convener.roles.get()
    with pytest.raises(RuleError, match="another convener"):
        actions.end_role(by=world.actor(), grant=grant)
    with pytest.raises(RuleError, match="another convener"):
        actions.let_go(by=world.actor(), member=convener)
    convener.refresh_from_db()
    assert convener.left_at is None
    actions.grant_role(by=world.actor(), member=world.members["liaison"], role="convener")
    actions.end_role(by=world.actor(), grant=grant)
    assert role_cells(convener, TODAY) == frozenset()


def test_a_mandate_says_who_gave_it_and_lets_one_speak_in_its_scope(world: World) -> None:
    partner = world.members["partner"]
    with pytest.raises(RuleError, match="No mandate"):
        actions.on_behalf_of(
            by=world.actor("partner"),
            initiative=world.hennepin,
            organisation=world.shelter,
            scope="promises",
        )
    given = mandate(world, partner)
    spoken = actions.on_behalf_of(
        by=world.actor("partner"),
        initiative=world.hennepin,
        organisation=world.shelter,
        scope="promises",
    )
    assert spoken.organisation_id == world.shelter.pk
    for scope, role in (("decisions", "partner"), ("promises", "observer")):
        with pytest.raises(RuleError):
            actions.on_behalf_of(
                by=world.actor(role),
                initiative=world.hennepin,
                organisation=world.shelter,
                scope=scope,
            )
    actions.end_mandate(by=world.actor(), mandate=given)
    with pytest.raises(RuleError):
        actions.on_behalf_of(
            by=world.actor("partner"),
            initiative=world.hennepin,
            organisation=world.shelter,
            scope="promises",
        )


def test_a_mandate_for_everything_covers_every_scope(world: World) -> None:
    mandate(world, world.members["partner"], scope="everything")
    for scope in Mandate.Scope.values:
        actions.on_behalf_of(
            by=world.actor("partner"),
            initiative=world.hennepin,
            organisation=world.shelter,
            scope=scope,
        )


def test_a_mandate_of_another_initiative_counts_for_nothing(world: World) -> None:
    mandate(world, world.members["partner"], scope="everything")
    with pytest.raises(RuleError):
        actions.on_behalf_of(
            by=world.actor("partner"),
            initiative=world.closed,
            organisation=world.shelter,
            scope="promises",
        )


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"given_by": " "}, "given_by"),
        ({"scope": "war"}, "scope"),
        ({"ends_on": date(2020, 1, 1)}, "ends_on"),
    ],
)
def test_a_mandate_that_cannot_be_is_refused(
    world: World, said: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleError) as refused:
        mandate(world, world.members["partner"], **said)
    assert refused.value.field == field


def test_the_same_mandate_is_recorded_once(world: World) -> None:
    mandate(world, world.members["partner"])
    with pytest.raises(RuleError) as refused:
        mandate(world, world.members["partner"])
    assert refused.value.field == "organisation"


def test_letting_go_ends_every_role_and_mandate_even_those_to_come(world: World) -> None:
    member = invite(world)
    mandate(world, member)
    later = TODAY + timedelta(days=30)
    actions.grant_role(by=world.actor(), member=member, role="liaison", starts_on=later)
    actions.let_go(by=world.actor(), member=member)
    member.refresh_from_db()
    assert member.left_at == NOON
    assert not RoleGrant.objects.filter(member=member, ended_at__isnull=True).exists()
    assert not Mandate.objects.filter(member=member, ended_at__isnull=True).exists()
    with pytest.raises(RuleError, match="has left"):
        actions.grant_role(by=world.actor(), member=member, role="observer")
    assert invite(world).pk != member.pk


def test_nobody_is_let_go_while_records_are_theirs(world: World) -> None:
    member = invite(world)
    record = a_happening(world).record
    actions.hand_over_record(by=world.actor(), record=record, to=member)
    with pytest.raises(RuleError, match="1 record"):
        actions.let_go(by=world.actor(), member=member)


def test_a_mandate_passes_only_within_its_organisation(world: World) -> None:
    leaver = invite(world)
    mandate(world, leaver)
    colleague = actions.invite_member(
        by=world.actor(),
        initiative=world.hennepin,
        email="colleague@shelter.example",
        name="A colleague",
        role="observer",
        organisation=world.shelter,
    )
    actions.reassign_everything(by=world.actor(), leaver=leaver, successor=colleague)
    held = Mandate.objects.filter(member=colleague, organisation=world.shelter)
    assert held.holding(TODAY).exists()
    with pytest.raises(RuleError, match="looks after nothing"):
        actions.reassign_everything(by=world.actor(), leaver=leaver, successor=colleague)


def test_reassigning_40_records_writes_an_event_for_each(world: World) -> None:
    leaver, successor = invite(world), world.members["facilitator"]
    mandate(world, leaver)
    later = TODAY + timedelta(days=30)
    actions.grant_role(by=world.actor(), member=leaver, role="liaison", starts_on=later)
    for number in range(40):
        record = a_happening(world, f"Meeting {number}").record
        Record.objects.filter(pk=record.pk).update(owner=leaver)
    before = verbs(world)
    moved = actions.reassign_everything(by=world.actor(), leaver=leaver, successor=successor)
    assert moved == 43
    written = verbs(world) - before
    assert written == Counter(
        handed_over=40,
        role_granted=2,
        role_ended=2,
        mandate_ended=1,
    )
    assert not Record.objects.filter(owner=leaver).exists()
    assert Record.objects.filter(owner=successor).count() == 40
    assert role_cells(leaver, later) == frozenset()
    assert "liaison@initiative" not in role_cells(successor, TODAY)
    assert "liaison@initiative" in role_cells(successor, later)
    actions.let_go(by=world.actor(), member=leaver)


def test_the_last_convener_can_hand_over_and_go(world: World) -> None:
    convener, successor = world.members["convener"], world.members["liaison"]
    actions.reassign_everything(by=world.actor(), leaver=convener, successor=successor)
    actions.let_go(by=world.actor(), member=convener)
    assert "convener@initiative" in role_cells(successor, TODAY)


def test_handing_over_to_whom_it_cannot_go_is_refused(world: World) -> None:
    leaver = world.members["partner"]
    gone = invite(world)
    actions.let_go(by=world.actor(), member=gone)
    other = Member.objects.filter(initiative=world.closed).first()
    assert other is not None
    for successor in (leaver, gone, other):
        with pytest.raises(RuleError):
            actions.reassign_everything(by=world.actor(), leaver=leaver, successor=successor)


def test_a_record_is_handed_only_to_a_member_of_its_initiative(world: World) -> None:
    record = a_happening(world).record
    other = Member.objects.filter(initiative=world.closed).first()
    assert other is not None
    with pytest.raises(RuleError) as refused:
        actions.hand_over_record(by=world.actor(), record=record, to=other)
    assert refused.value.field == "to"
