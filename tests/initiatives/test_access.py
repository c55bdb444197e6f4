from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from headway.initiatives import actions
from headway.initiatives.access import readers_of
from headway.initiatives.files import check_upload
from headway.initiatives.models import Initiative, Member, Record, RoleGrant
from headway_analysis.partial_date import parse
from tests.world import World, a_happening

pytestmark = pytest.mark.django_db


def pages(initiative: Initiative, record: Record, member_id: object) -> dict[str, str]:
    """Every page of an initiative that only shows something."""
    slug = initiative.slug
    return {
        "happenings": reverse("initiatives:happenings", args=[slug]),
        "happening": reverse("initiatives:happening", args=[slug, record.pk]),
        "record": reverse("initiatives:record", args=[slug, record.pk]),
        "members": reverse("initiatives:members", args=[slug]),
        "member": reverse("initiatives:member", args=[slug, member_id]),
        "history": reverse("initiatives:history", args=[slug]),
        "settings": reverse("initiatives:settings", args=[slug]),
        "invite": reverse("initiatives:invite", args=[slug]),
        "add": reverse("initiatives:add_happening", args=[slug]),
        "link": reverse("initiatives:link", args=[slug, record.pk]),
        "withdraw": reverse("initiatives:withdraw", args=[slug, record.pk]),
        "add_file": reverse("initiatives:add_file", args=[slug, record.pk]),
    }


def quiet_record(world: World) -> Record:
    return actions.record_happening(
        by=world.actor(),
        initiative=world.closed,
        category="meeting",
        text="A quiet meeting",
        when=parse("2026"),
    ).record


def quiet_pages(world: World) -> dict[str, str]:
    return pages(world.closed, quiet_record(world), some_member(world))


def some_member(world: World) -> object:
    found = Member.objects.in_initiative(world.closed).first()
    assert found is not None
    return found.pk


def test_a_stranger_learns_nothing_of_a_members_only_initiative(world: World) -> None:
    stranger = world.client("stranger")
    for name, address in quiet_pages(world).items():
        assert stranger.get(address).status_code == 404, name
        assert stranger.post(address, {"x": "1"}).status_code == 404, name


def test_an_administrator_who_is_no_member_is_a_stranger(world: World) -> None:
    administrator = world.client("administrator")
    for name, address in quiet_pages(world).items():
        assert administrator.get(address).status_code == 404, name


def test_an_anonymous_visitor_is_sent_to_sign_in_alike_for_every_address(world: World) -> None:
    for address in quiet_pages(world).values():
        known = Client().get(address)
        unknown = Client().get(address.replace("/quiet-work/", "/no-such-work/"))
        assert (known.status_code, unknown.status_code) == (302, 302)
        swapped = unknown["Location"].replace("no-such-work", "quiet-work")
        assert known["Location"] == swapped
        assert known.content == unknown.content


def test_a_member_without_the_role_is_told_so(world: World) -> None:
    observer = world.client("observer")
    answers = {name: observer.get(page).status_code for name, page in quiet_pages(world).items()}
    allowed = {"happenings", "happening", "members", "member", "history"}
    assert {name for name, status in answers.items() if status == 200} == allowed
    assert answers.pop("record") == 302
    refused = {status for name, status in answers.items() if name not in allowed}
    assert refused == {403}


def test_anybody_reads_what_a_public_initiative_marks_public(world: World) -> None:
    public = a_happening(world).record
    inner = actions.record_happening(
        by=world.actor(),
        initiative=world.hennepin,
        category="meeting",
        text="A word among members",
        when=parse("2026"),
        visibility="members",
    ).record
    for who in (Client(), world.client("stranger")):
        shown = who.get(world.address("initiatives:happenings"))
        assert shown.status_code == 200
        assert public.title in shown.content.decode()
        assert inner.title not in shown.content.decode()
        assert who.get(world.address("initiatives:happening", public.pk)).status_code == 200
        assert who.get(world.address("initiatives:happening", inner.pk)).status_code == 404
        assert who.get(world.address("initiatives:record", inner.pk)).status_code == 404


def test_a_file_is_read_under_its_records_permission(world: World) -> None:
    inner = actions.record_happening(
        by=world.actor(),
        initiative=world.hennepin,
        category="meeting",
        text="A word among members",
        when=parse("2026"),
        visibility="members",
    ).record
    upload = check_upload(SimpleUploadedFile("minutes.pdf", b"%PDF-1.7 minutes"))
    file = actions.add_file(by=world.actor(), record=inner, upload=upload)
    address = world.address("initiatives:file", file.pk)
    assert Client().get(address).status_code == 404
    assert world.client("stranger").get(address).status_code == 404
    answer = world.client("observer").get(address)
    assert answer.status_code == 200
    assert answer.getvalue() == b"%PDF-1.7 minutes"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    other = reverse("initiatives:file", args=[world.closed.slug, file.pk])
    assert world.client("observer").get(other).status_code == 404
    actions.withdraw_file(by=world.actor(), file=file)
    assert world.client("observer").get(address).status_code == 404


def test_an_ended_role_loses_its_rights_at_once(world: World) -> None:
    facilitator = world.client("facilitator")
    address = world.address("initiatives:add_happening")
    assert facilitator.get(address).status_code == 200
    grant = world.members["facilitator"].roles.get()
    now = timezone.now()
    actions.end_role(by=world.actor(at=now), grant=grant)
    assert facilitator.get(address).status_code == 403
    actions.let_go(by=world.actor(at=now), member=world.members["facilitator"])
    assert facilitator.get(address).status_code == 404


def test_a_role_whose_days_are_over_gives_nothing(world: World) -> None:
    member = world.members["facilitator"]
    yesterday = timezone.now().date() - timedelta(days=2)
    member.roles.update(starts_on=yesterday - timedelta(days=9), ends_on=yesterday)
    address = world.address("initiatives:add_happening")
    assert world.client("facilitator").get(address).status_code == 403


def test_no_address_leads_into_another_authority(world: World, elsewhere: World) -> None:
    record = actions.record_happening(
        by=elsewhere.actor(),
        initiative=elsewhere.hennepin,
        category="meeting",
        text="Elsewhere",
        when=parse("2026"),
    ).record
    theirs = pages(elsewhere.hennepin, record, elsewhere.members["convener"].pk)
    browsers = {role: world.client(role) for role in ("convener", "records_officer", "stranger")}
    browsers["rita"] = Client()
    browsers["rita"].force_login(elsewhere.people["convener"])
    for name, address in theirs.items():
        for role, browser in browsers.items():
            assert browser.get(address).status_code == 404, (role, name)
    mixed = pages(world.hennepin, record, elsewhere.members["convener"].pk)
    for name in ("happening", "record", "member", "link", "withdraw", "add_file"):
        assert browsers["convener"].get(mixed[name]).status_code == 404, name


def test_no_address_reaches_into_another_initiative(world: World) -> None:
    record = quiet_record(world)
    for name in ("happening", "record", "link", "withdraw", "add_file"):
        address = pages(world.hennepin, record, some_member(world))[name]
        assert world.client("convener").get(address).status_code == 404, name
    grant = _grant_in(world.closed)
    for name in ("end_role", "end_mandate", "unlink", "withdraw_file"):
        address = world.address(f"initiatives:{name}", grant)
        assert world.client("convener").post(address, {"x": "1"}).status_code == 404, name


def _grant_in(initiative: Initiative) -> object:
    found = RoleGrant.objects.filter(member__initiative=initiative).first()
    assert found is not None
    return found.pk


def test_what_does_not_exist_is_not_found(world: World) -> None:
    convener = world.client("convener")
    for name in ("happening", "record", "member", "link", "withdraw", "file", "end_role"):
        assert convener.get(world.address(f"initiatives:{name}", uuid4())).status_code == 404, name


def test_nobody_without_a_role_reads_more_than_what_is_public() -> None:
    assert readers_of(frozenset({"user@self", "visitor@public"})) == {"public"}
    assert readers_of(frozenset({"observer@initiative"})) == {"public", "members"}
    assert readers_of(frozenset({"administrator@authority"})) == {"public"}
    assert readers_of(frozenset({"records_officer@authority"})) == {"public", "members", "office"}


def test_a_lesson_from_another_initiative_does_not_show_its_members_only_title(
    world: World,
) -> None:
    mine, quiet = a_happening(world).record, quiet_record(world)
    actions.link_records(by=world.actor(), origin=mine, target=quiet, kind="learned_from")
    shown = world.client("observer").get(world.address("initiatives:happening", mine.pk))
    assert quiet.title not in shown.content.decode()
