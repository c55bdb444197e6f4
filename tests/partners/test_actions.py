from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from headway.accounts.models import Event, EventValue
from headway.core.errors import RuleError
from headway.directory.actions import merge_organisation, record_source
from headway.directory.models import Source
from headway.initiatives import actions as initiatives
from headway.initiatives.models import Initiative, Link, RecordState, Wording
from headway.initiatives.provenance import reported
from headway.partners import actions
from headway.partners.models import Contact, Correction, Need, Offer, Partner, WorkingAgreement
from headway.problems.actions import add_affected_group
from headway_analysis.partial_date import PartialDate, parse
from tests.partners.conftest import Table, a_contact, an_organisation
from tests.world import NOON, TODAY, World, a_happening

TOMORROW = PartialDate.on(TODAY + timedelta(days=1))


def events_about(row: object) -> list[str]:
    return list(
        Event.objects.filter(subject_id=row.pk).order_by("position").values_list("verb", flat=True)
    )


def states_of(partner: Partner) -> list[str]:
    rows = RecordState.objects.filter(record=partner.record).order_by("recorded_at", "pk")
    return list(rows.values_list("state", flat=True))


def a_source(world: World, title: str = "Five-year report") -> Source:
    return record_source(by=world.actor("registrar"), authority=world.authority, title=title)


def test_a_partner_is_added_with_one_event_and_its_first_state(table: Table) -> None:
    assert events_about(table.shelter) == ["added"]
    assert states_of(table.shelter) == ["taking_part"]
    assert table.shelter.record.title == "St. Stephen's"


def test_an_organisation_is_a_partner_once_under_every_name_it_counts_as(table: Table) -> None:
    world = table.world
    twin = table.organisation("Saint Stephens", "nonprofit")
    merge_organisation(by=world.actor("registrar"), organisation=twin, into=world.shelter)
    twin.refresh_from_db()
    with pytest.raises(RuleError, match="partner already") as refusal:
        actions.add_partner(by=world.actor(), initiative=world.hennepin, organisation=twin)
    assert refusal.value.field == "organisation"


def test_a_reported_partner_that_stands_already_is_kept_as_it_is(table: Table) -> None:
    world = table.world
    again = actions.add_partner(
        by=world.actor(),
        initiative=world.hennepin,
        organisation=world.shelter,
        role_as_said="something else",
        provenance=reported(a_source(world)),
    )
    assert again == table.shelter
    assert events_about(table.shelter) == ["added"]


def test_a_partner_comes_from_this_directory_and_speaks_for_a_group_of_this_problem(
    table: Table,
) -> None:
    world = table.world
    elsewhere = add_affected_group(by=world.actor(), initiative=world.closed, name="Families")
    other = table.organisation("Family Housing Fund", "philanthropy")
    with pytest.raises(RuleError) as refusal:
        actions.add_partner(
            by=world.actor(), initiative=world.hennepin, organisation=other, represents=elsewhere
        )
    assert refusal.value.field == "represents"
    assert not Partner.objects.filter(organisation=other).exists()


def test_nobody_joins_in_the_future_unless_a_source_says_so(table: Table) -> None:
    world = table.world
    other = table.organisation("Downtown Council", "business")
    with pytest.raises(RuleError) as refusal:
        actions.add_partner(
            by=world.actor(), initiative=world.hennepin, organisation=other, when=TOMORROW
        )
    assert refusal.value.field == "when"


def test_an_invitation_is_answered_with_date_and_words(table: Table) -> None:
    by = table.world.actor(at=NOON + timedelta(hours=1))
    church = actions.move_partner(
        by=by, partner=table.church, state="taking_part", when=parse("2026-02"), because="vestry"
    )
    church.record.refresh_from_db()
    assert church.state == Partner.State.TAKING_PART
    assert str(church.record.when) == "2026-02"
    assert states_of(church) == ["invited", "taking_part"]
    assert events_about(church) == ["added", "taking_part"]
    assert EventValue.objects.filter(field="because", new="vestry").exists()


def test_a_state_follows_only_from_the_one_before(table: Table) -> None:
    with pytest.raises(RuleError) as refusal:
        actions.move_partner(by=table.world.actor(), partner=table.shelter, state="invited")
    assert refusal.value.field == "state"
    assert states_of(table.shelter) == ["taking_part"]


def test_what_a_partner_does_keeps_every_wording(table: Table) -> None:
    by = table.world.actor()
    actions.revise_partner(
        by=by, partner=table.shelter, role_as_said="runs two shelters", represents=None
    )
    texts = Wording.objects.filter(record=table.shelter.record).values_list("text", flat=True)
    assert list(texts) == ["runs the street outreach team", "runs two shelters"]
    assert events_about(table.shelter) == ["added", "revised"]


def test_writing_at_the_same_time_is_noticed(table: Table) -> None:
    by, seen = table.world.actor(), table.shelter.record.revision
    actions.revise_partner(
        by=by, partner=table.shelter, role_as_said="runs two shelters", represents=None, seen=seen
    )
    with pytest.raises(RuleError, match="while you wrote"):
        actions.revise_partner(
            by=by, partner=table.shelter, role_as_said="mine", represents=None, seen=seen
        )
    table.shelter.refresh_from_db()
    assert table.shelter.role_as_said == "runs two shelters"


def an_offer(table: Table, **changes: object) -> Offer:
    said: dict[str, object] = {
        "kind": "money",
        "what": "Matching grant",
        "amount": Decimal(25_000),
        "unit": "US dollars",
    }
    return actions.make_offer(by=table.world.actor(), partner=table.shelter, **(said | changes))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"what": "  "}, "what"),
        ({"kind": "gold"}, "kind"),
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal(-1)}, "amount"),
        ({"unit": ""}, "unit"),
        ({"amount": Decimal("1e12")}, "amount"),
        ({"tied_to": "x" * 251}, "tied_to"),
        # The record is named by what is offered.
        ({"what": "a\x00b"}, "title"),
    ],
)
def test_an_offer_that_cannot_stand_is_refused_at_its_field(
    table: Table, changes: dict[str, object], field: str
) -> None:
    assert an_offer(table).amount == Decimal(25_000)
    with pytest.raises(RuleError) as refusal, transaction.atomic():
        an_offer(table, **changes)
    named = getattr(refusal.value, "by_field", {refusal.value.field: ""})
    assert set(named) == {field}
    assert Offer.objects.count() == 1


def test_an_offer_answers_a_need(table: Table) -> None:
    world = table.world
    need = actions.record_need(
        by=world.actor(),
        initiative=world.hennepin,
        kind="money",
        what="Rent help",
        amount=Decimal(60_000),
        unit="US dollars",
    )
    actions.answer_need(by=world.actor(), need=need, offer=an_offer(table))
    assert Need.objects.with_answers().get(pk=need.pk).answers == 1
    assert Link.objects.get(target=need.record).kind == Link.Kind.ANSWERS


def test_a_withdrawn_offer_answers_nothing_and_cannot_be_changed(table: Table) -> None:
    world = table.world
    offer = an_offer(table)
    need = actions.record_need(
        by=world.actor(), initiative=world.hennepin, kind="money", what="Rent help"
    )
    actions.answer_need(by=world.actor(), need=need, offer=offer)
    initiatives.withdraw_record(by=world.actor(), record=offer.record, because="board said no")
    assert Need.objects.with_answers().get(pk=need.pk).answers == 0
    offer.refresh_from_db()
    with pytest.raises(RuleError, match="withdrawn"):
        actions.revise_offer(by=world.actor(), offer=offer, kind="money", what="Other")


def test_the_same_reported_offer_is_kept_once(table: Table) -> None:
    source = a_source(table.world)
    first, second = (an_offer(table, provenance=reported(source)) for _again in range(2))
    assert first == second


def test_an_amount_without_unit_is_refused_by_the_database_as_well(table: Table) -> None:
    offer = an_offer(table)
    with pytest.raises(IntegrityError), transaction.atomic():
        offer.change(unit="")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"kind": "telegram"}, "kind"),
        ({"when": None}, "when"),
        ({"when": TOMORROW}, "when"),
        ({"organisations": []}, "organisations"),
        ({"next_step_by": TODAY}, "next_step"),
    ],
)
def test_a_contact_that_cannot_stand_is_refused_at_its_field(
    table: Table, changes: dict[str, object], field: str
) -> None:
    assert a_contact(table).organisations.count() == 2
    with pytest.raises(RuleError) as refusal:
        a_contact(table, **changes)
    assert refusal.value.field == field
    assert Contact.objects.count() == 1


def test_a_contact_is_for_members_only(table: Table) -> None:
    assert a_contact(table).record.visibility == "members"


def test_a_next_step_is_overdue_until_it_is_done(table: Table) -> None:
    yesterday = TODAY - timedelta(days=1)
    contact = a_contact(table, next_step="send the draft", next_step_by=yesterday)
    assert list(Contact.objects.overdue(TODAY)) == [contact]
    for _again in range(2):
        actions.finish_next_step(by=table.world.actor(), contact=contact)
    assert not Contact.objects.overdue(TODAY).exists()
    assert events_about(contact) == ["logged", "next_step_done"]


def test_correcting_a_contact_changes_whom_it_was_with(table: Table) -> None:
    contact = a_contact(table)
    actions.revise_contact(
        by=table.world.actor(),
        contact=contact,
        kind="visit",
        text=contact.text,
        when=PartialDate.on(TODAY),
        organisations=[table.church.organisation],
    )
    assert [row.organisation for row in contact.organisations.all()] == [table.church.organisation]
    assert events_about(contact) == ["logged", "revised"]


def a_correction(table: Table, **changes: object) -> Correction:
    said: dict[str, object] = {
        "organisation": table.shelter.organisation,
        "about": table.shelter.record,
        "part": "role_as_said",
        "should_say": "runs outreach and two shelters",
    }
    world = table.world
    by = world.actor("partner")
    return actions.ask_correction(by=by, initiative=world.hennepin, **(said | changes))


def test_accepting_a_correction_changes_the_record_and_both_are_events(table: Table) -> None:
    asked = a_correction(table)
    assert asked.says_now == "runs the street outreach team"
    answered = actions.accept_correction(by=table.world.actor(), correction=asked)
    table.shelter.refresh_from_db()
    assert table.shelter.role_as_said == "runs outreach and two shelters"
    assert answered.carried_out
    assert events_about(table.shelter) == ["added", "revised"]
    assert events_about(asked) == ["asked", "accepted"]


def test_accepting_what_the_directory_says_is_left_to_a_person(table: Table) -> None:
    asked = a_correction(table, about=None, part="name", should_say="St. Stephen's Human Services")
    answered = actions.accept_correction(by=table.world.actor(), correction=asked)
    table.shelter.organisation.refresh_from_db()
    assert not answered.carried_out
    assert table.shelter.organisation.name == "St. Stephen's"


def test_a_correction_of_what_happened_keeps_who_took_part(table: Table) -> None:
    happening = a_happening(table.world)
    asked = a_correction(table, about=happening.record, part="when", should_say="spring 2006")
    actions.accept_correction(by=table.world.actor(), correction=asked)
    happening.record.refresh_from_db()
    assert str(happening.record.when) == "spring 2006"
    assert happening.organisations.count() == 1


def test_declining_a_correction_needs_a_reason_and_is_final(table: Table) -> None:
    asked, by = a_correction(table), table.world.actor()
    with pytest.raises(RuleError) as refusal:
        actions.decline_correction(by=by, correction=asked, answer=" ")
    assert refusal.value.field == "answer"
    actions.decline_correction(by=by, correction=asked, answer="the minutes say so")
    with pytest.raises(RuleError, match="answered this already"):
        actions.accept_correction(by=by, correction=asked)
    table.shelter.refresh_from_db()
    assert table.shelter.role_as_said == "runs the street outreach team"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"should_say": ""}, "should_say"),
        ({"part": "when", "should_say": "long ago"}, "should_say"),
        ({"part": "amount"}, "part"),
        ({"part": "name"}, "part"),
    ],
)
def test_a_correction_that_names_nothing_right_is_refused(
    table: Table, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleError) as refusal:
        a_correction(table, **changes)
    assert refusal.value.field == field


def write(world: World, seen: int | None = None, **texts: str) -> WorkingAgreement:
    return actions.write_agreement(by=world.actor(), initiative=world.hennepin, seen=seen, **texts)


def test_how_we_work_is_one_page_that_keeps_its_versions(world: World) -> None:
    first = write(world, decisions="By consent.", seen=0)
    second = write(world, decisions="By consent, else by vote.", seen=1)
    assert first.pk == second.pk
    assert WorkingAgreement.objects.count() == 1
    texts = Wording.objects.filter(record=first.record, field="decisions")
    assert [row.text for row in texts] == ["By consent.", "By consent, else by vote."]


def test_how_we_work_is_not_empty_and_not_overwritten_unseen(world: World) -> None:
    with pytest.raises(RuleError) as refusal:
        write(world, decisions="  ")
    assert refusal.value.field == "decisions"
    write(world, decisions="By consent.")
    with pytest.raises(RuleError, match="while you wrote"):
        write(world, decisions="By vote.", seen=0)


def test_partners_of_two_initiatives_stay_apart(table: Table) -> None:
    world = table.world
    quiet = actions.add_partner(
        by=replace(world.actor(), member_id=None),
        initiative=world.closed,
        organisation=world.shelter,
    )
    assert quiet.record.visibility == Initiative.Reader.MEMBERS
    assert Partner.of_initiative(world.closed).count() == 1
    assert Partner.of_initiative(world.hennepin).count() == 2


def test_a_date_that_was_said_stays_as_it_was_said(table: Table) -> None:
    partner = actions.add_partner(
        by=table.world.actor(at=NOON),
        initiative=table.world.hennepin,
        organisation=an_organisation(table.world, "Hennepin Health", "health"),
        when=parse("autumn 2007"),
    )
    assert partner.record.date_as_said == "autumn 2007"
    assert partner.record.happened_from == date(2007, 9, 1)
