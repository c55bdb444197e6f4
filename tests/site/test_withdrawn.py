"""What was withdrawn leaves the pages of visitors, whatever its kind; members keep reading it."""

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from headway.initiatives import actions, kinds
from headway.initiatives.files import check_upload
from headway.initiatives.models import Record
from headway.partners import actions as partners
from headway.partners.models import Partner
from tests.site.test_apart import SECRET, fill
from tests.world import World

WHY = "It named a child"


@pytest.fixture
def filled(world: World) -> World:
    """The public initiative with a public record of every kind."""
    by, initiative = world.actor(), world.hennepin
    fill(by, initiative, world.shelter)
    partner = Partner.objects.get()
    partners.make_offer(by=by, partner=partner, what=SECRET, kind="money")
    partners.record_need(by=by, initiative=initiative, what=SECRET, kind="money")
    partners.write_agreement(by=by, initiative=initiative, decisions=SECRET)
    partners.ask_correction(
        by=by,
        initiative=initiative,
        organisation=world.shelter,
        about=partner.record,
        part="role_as_said",
        should_say=SECRET,
    )
    return world


def of_every_kind(world: World) -> Iterator[Record]:
    """One record of each kind, public."""
    records = Record.objects.in_initiative(world.hennepin)
    records.update(visibility="public")
    for kind in sorted(set(records.values_list("kind", flat=True))):
        yield records.filter(kind=kind).earliest("recorded_at")


def test_the_world_above_holds_every_kind(filled: World) -> None:
    known = {each.kind for each in kinds.kinds()}
    missing = known - {record.kind for record in of_every_kind(filled)}
    assert not missing, "record one of each in the fixture, or in fill of test_apart.py"


def test_a_withdrawn_record_of_any_kind_is_closed_to_visitors(filled: World) -> None:
    visitor, member = filled.client(), filled.client("observer")
    for record in of_every_kind(filled):
        page = kinds.href(record, filled.hennepin.slug)
        address = filled.address("initiatives:record", record.pk)
        before = visitor.get(page).status_code
        actions.withdraw_record(by=filled.actor(), record=record, because=WHY)
        after = [visitor.get(page).status_code, visitor.get(address).status_code]
        # Pages for members only send a visitor to sign in, before as after.
        assert after == [404 if before == 200 else before, 404], record.kind
        if member.get(page).status_code != 403:
            assert WHY in member.get(page).content.decode(), record.kind


def test_the_files_of_a_withdrawn_record_are_closed_to_visitors(filled: World) -> None:
    record = next(of_every_kind(filled))
    upload = check_upload(SimpleUploadedFile("note.txt", b"Minutes of the board"))
    kept = actions.add_file(by=filled.actor(), record=record, upload=upload)
    address = filled.address("initiatives:file", kept.pk)
    assert opens(filled, "", address)
    actions.withdraw_record(by=filled.actor(), record=record, because=WHY)
    assert not opens(filled, "", address)
    assert opens(filled, "observer", address)


def opens(world: World, role: str, address: str) -> bool:
    """Whether a file can be downloaded."""
    answer = world.client(role).get(address)
    if answer.status_code == 200:
        assert b"".join(answer)
    return answer.status_code == 200


def test_what_came_from_a_withdrawn_record_does_not_name_it_to_visitors(filled: World) -> None:
    records = Record.objects.in_initiative(filled.hennepin)
    fact, baseline = records.get(kind="fact"), records.get(kind="baseline")
    records.filter(pk=fact.pk).update(title="Named by mistake")
    actions.link_records(by=filled.actor(), origin=baseline, target=fact, kind="came_from")
    page = kinds.href(baseline, filled.hennepin.slug)
    assert "Named by mistake" in filled.client().get(page).content.decode()
    actions.withdraw_record(by=filled.actor(), record=fact, because=WHY)
    assert "Named by mistake" not in filled.client().get(page).content.decode()
    assert "Named by mistake" in filled.client("observer").get(page).content.decode()
