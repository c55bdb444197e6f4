import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from headway.accounts.models import OutboxMessage
from headway.initiatives import actions
from headway.initiatives.models import (
    File,
    Happening,
    Initiative,
    Mandate,
    Member,
    Record,
)
from headway_analysis.partial_date import parse
from tests.arenas.making import an_approach, an_ask
from tests.world import World, a_happening

HAPPENING = {"text": "The board approved the plan", "when": "autumn 2025", "category": "decision"}


def text_of(answer: HttpResponse) -> str:
    inner = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(inner.replace("&amp;", "&").replace("&#x27;", "'").split())


def test_a_facilitator_records_what_happened(world: World) -> None:
    browser = world.client("facilitator")
    answer = browser.post(
        world.address("initiatives:add_happening"),
        HAPPENING | {"organisations": [world.shelter.pk]},
        follow=True,
    )
    said = text_of(answer)
    assert "The board approved the plan" in said
    assert "autumn 2025" in said
    assert "St. Stephen's" in said
    listed = text_of(browser.get(world.address("initiatives:happenings")))
    assert "Recorded here" in listed


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": ""}, "Fill this in"),
        ({"text": "a\x00b"}, "NUL"),
        ({"text": "x" * 5_001}, "Shorten this to 5,000"),
        ({"when": ""}, "Enter the date as you know it"),
        ({"when": "2026-02-31"}, "Enter the date like"),
        ({"when": "9" * 70}, "Enter the date like"),
        ({"category": "party"}, "Choose one of the options listed"),
        ({"organisations": ["x"]}, "Nothing in the directory is called “x”"),
    ],
)
def test_a_refused_form_says_what_to_do_and_loses_nothing(
    world: World, change: dict[str, object], words: str
) -> None:
    answer = world.client("facilitator").post(
        world.address("initiatives:add_happening"), HAPPENING | change
    )
    assert answer.status_code == 422
    assert words in text_of(answer)
    kept = {**HAPPENING, **change}
    if "\x00" not in str(kept["text"]):
        assert str(kept["text"]) in answer.content.decode()
    assert not Happening.objects.exists()


def test_markup_stays_text(world: World) -> None:
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    browser = world.client("facilitator")
    answer = browser.post(
        world.address("initiatives:add_happening"), HAPPENING | {"text": nasty}, follow=True
    )
    assert nasty not in answer.content.decode()
    assert nasty not in browser.get(world.address("initiatives:happenings")).content.decode()


def test_who_was_overtaken_compares_and_saves_again(world: World) -> None:
    happening = a_happening(world)
    address = world.address("initiatives:edit_happening", happening.pk)
    browser = world.client("facilitator")
    assert 'name="seen" value="1"' in browser.get(address).content.decode()
    actions.revise_happening(
        by=world.actor(),
        happening=happening,
        category="meeting",
        text="The commission met at noon",
        when=parse("2026"),
        organisations=[],
    )
    answer = browser.post(address, HAPPENING | {"seen": "1"})
    said = text_of(answer)
    assert answer.status_code == 422
    assert "Somebody changed this while you wrote" in said
    assert "The commission met at noon" in said
    assert HAPPENING["text"] in said
    assert 'name="seen" value="2"' in answer.content.decode()
    assert browser.post(address, HAPPENING | {"seen": "2"}).status_code == 302
    assert Happening.objects.get().text == HAPPENING["text"]


def test_a_record_page_shows_where_it_came_from_versions_history_and_files(world: World) -> None:
    happening, before = a_happening(world), a_happening(world, "A resident spoke")
    actions.link_records(
        by=world.actor(), origin=happening.record, target=before.record, kind="came_from"
    )
    actions.revise_happening(
        by=world.actor(),
        happening=happening,
        category="meeting",
        text="The commission meets again",
        when=parse("2026"),
        organisations=[],
    )
    file = SimpleUploadedFile("minutes.pdf", b"%PDF-1.7 minutes")
    browser = world.client("partner")
    add = world.address("initiatives:add_file", happening.pk)
    assert browser.post(add, {"file": file}).status_code == 302
    shown = browser.get(world.address("initiatives:happening", happening.pk))
    history = world.address("initiatives:record_history", happening.pk)
    assert f'href="{history}"' in shown.content.decode()
    said = text_of(shown) + text_of(browser.get(history))
    for words in ("A resident spoke", "2 versions", "minutes.pdf", "The convener, recorded"):
        assert words in said
    for words in ("version 2 by The convener", "Compare the 2 versions of"):
        assert words in said
    assert "led to The commission meets again" in text_of(
        browser.get(world.address("initiatives:happening", before.pk))
    )


def test_a_disguised_upload_is_refused_on_its_page(world: World) -> None:
    happening = a_happening(world)
    add = world.address("initiatives:add_file", happening.pk)
    for upload in (
        SimpleUploadedFile("minutes.pdf", b"MZ program"),
        SimpleUploadedFile("run.exe", b"MZ program"),
        SimpleUploadedFile("empty.pdf", b""),
    ):
        answer = world.client("partner").post(add, {"file": upload})
        assert answer.status_code == 422
        assert "file" in text_of(answer)
    assert world.client("partner").post(add, {"x": "1"}).status_code == 422
    assert not File.objects.exists()


def test_a_link_is_found_by_words_and_can_be_taken_away(world: World) -> None:
    record, other = a_happening(world).record, a_happening(world, "A resident spoke").record
    browser = world.client("partner")
    address = world.address("initiatives:link", record.pk)
    assert "A resident spoke" in text_of(browser.get(address, {"words": "resident"}))
    assert "No record fits" in text_of(browser.get(address, {"words": "zebra"}))
    wrong = browser.post(address, {"kind": "came_from", "target": record.pk})
    assert wrong.status_code == 422
    made = browser.post(address, {"kind": "came_from", "target": other.pk})
    assert made.status_code == 302
    link = record.links_out.get()
    unlink = world.address("initiatives:unlink", link.pk)
    assert browser.get(unlink).status_code == 405
    assert browser.post(unlink, {"x": "1"}).status_code == 302
    assert record.links_out.get().withdrawn_at is not None


def test_withdrawing_asks_once_and_wants_a_reason(world: World) -> None:
    record = a_happening(world).record
    address = world.address("initiatives:withdraw", record.pk)
    browser = world.client("facilitator")
    assert "leaves every list" in text_of(browser.get(address))
    assert browser.post(address, {"because": " "}).status_code == 422
    assert browser.post(address, {"because": "entered twice"}).status_code == 302
    assert browser.post(address, {"because": "again"}).status_code == 422
    page = text_of(browser.get(world.address("initiatives:happening", record.pk)))
    assert "entered twice" in page
    assert "Withdraw this record" not in page
    assert record.title not in text_of(browser.get(world.address("initiatives:happenings")))


def test_a_convener_invites_somebody_and_the_mail_leads_here(world: World) -> None:
    browser = world.client("convener")
    said = {"name": "Ana", "email": "ana@shelter.example", "role": "partner"}
    answer = browser.post(world.address("initiatives:invite"), said, follow=True)
    assert "Ana is a member now and was told by mail." in text_of(answer)
    mail = OutboxMessage.objects.get(recipient="ana@shelter.example")
    assert f"http://testserver/i/{world.hennepin.slug}/" in mail.text
    again = browser.post(world.address("initiatives:invite"), said)
    assert again.status_code == 422
    assert "a member already" in text_of(again)
    long = {"email": "x" * 300 + "@a.example"}
    for wrong in ({"email": "ana"}, long, {"role": "king"}, {"name": ""}):
        assert browser.post(world.address("initiatives:invite"), said | wrong).status_code == 422


def test_roles_mandates_and_membership_are_managed_on_the_members_page(world: World) -> None:
    browser, partner = world.client("convener"), world.members["partner"]
    page = world.address("initiatives:member", partner.pk)
    role = world.address("initiatives:grant_role", partner.pk)
    assert browser.post(role, {"role": "liaison", "ends_on": "2020-01-01"}).status_code == 422
    assert browser.post(role, {"role": "liaison", "ends_on": "soon"}).status_code == 422
    assert browser.post(role, {"role": "liaison"}).status_code == 302
    assert browser.post(role, {"role": "liaison"}).status_code == 422
    mandate = world.address("initiatives:give_mandate", partner.pk)
    said = {"organisation": world.shelter.pk, "scope": "promises", "given_by": "The director"}
    assert browser.post(mandate, said).status_code == 302
    assert browser.post(mandate, said | {"organisation": "nobody"}).status_code == 422
    shown = text_of(browser.get(page))
    assert "liaison to decision bodies" in shown
    assert "promises (The director)" in shown
    assert "partner@county.example" in shown
    assert "partner@county.example" not in text_of(world.client("observer").get(page))
    end = world.address("initiatives:end_mandate", Mandate.objects.get().pk)
    assert "no longer speaks for" in text_of(browser.get(end))
    assert browser.post(end, {"x": "1"}).status_code == 302
    assert browser.post(end, {"x": "1"}).status_code == 404
    go = world.address("initiatives:let_go", partner.pk)
    assert browser.post(go, {"x": "1"}).status_code == 302
    assert "has left" in text_of(browser.get(page))
    assert browser.post(go, {"x": "1"}).status_code == 422


@pytest.mark.parametrize("page", ["invite", "give_mandate"])
def test_an_organization_is_typed_by_name_and_an_unclear_name_comes_back(
    world: World, page: str
) -> None:
    browser, partner = world.client("convener"), world.members["partner"]
    keys = () if page == "invite" else (partner.pk,)
    address = world.address(f"initiatives:{page}", *keys)
    said = {
        "name": "Ana",
        "email": "ana@shelter.example",
        "role": "partner",
        "scope": "promises",
        "given_by": "The director",
    }
    unclear = browser.post(address, said | {"organisation": "stephen"})
    assert unclear.status_code == 422
    assert "Choose below" in text_of(unclear)
    assert browser.post(address, said | {"organisation": "Nobody at all"}).status_code == 422
    assert browser.post(address, said | {"organisation": world.shelter.name}).status_code == 302
    model = Member if page == "invite" else Mandate
    assert model.objects.filter(organisation=world.shelter).exists()


def test_the_last_convener_is_not_ended_on_the_page(world: World) -> None:
    grant = world.members["convener"].roles.get()
    address = world.address("initiatives:end_role", grant.pk)
    answer = world.client("convener").post(address, {"x": "1"})
    assert answer.status_code == 422
    assert "Name another convener first" in text_of(answer)


def test_everything_of_a_person_is_handed_over_in_one_step(world: World) -> None:
    leaver, successor = world.members["convener"], world.members["facilitator"]
    a_happening(world)
    address = world.address("initiatives:reassign", leaver.pk)
    browser = world.client("convener")
    assert browser.post(address, {"successor": leaver.pk}).status_code == 422
    assert browser.post(address, {"successor": "x"}).status_code == 422
    answer = browser.post(address, {"successor": successor.pk})
    assert answer.status_code == 302
    assert Record.objects.get().owner == successor


def test_a_registrar_opens_an_initiative_and_names_its_convener(world: World) -> None:
    said = {
        "title": "Clean Water",
        "owner": world.office.pk,
        "visibility": "members",
        "zone": "America/Chicago",
        "convener_name": "Cora",
        "convener_email": "cora@county.example",
    }
    browser = world.client("registrar")
    for wrong in ({"title": ""}, {"zone": "Mars"}, {"owner": "x"}, {"convener_email": "cora"}):
        assert browser.post("/initiatives/new/", said | wrong).status_code == 422
    assert not Initiative.objects.filter(title="Clean Water").exists()
    assert browser.post("/initiatives/new/", said).status_code == 302
    member = Member.objects.get(initiative__title="Clean Water")
    assert (member.name, member.roles.get().role) == ("Cora", "convener")
    assert "/i/clean-water/" in OutboxMessage.objects.get(recipient="cora@county.example").text
    assert world.client("convener").get("/initiatives/new/").status_code == 403


def test_settings_are_the_conveners(world: World) -> None:
    address = world.address("initiatives:settings")
    said = {
        "title": "Heading Home",
        "owner": world.office.pk,
        "visibility": "public",
        "zone": "America/Chicago",
        "language": "en",
    }
    assert world.client("facilitator").get(address).status_code == 403
    browser = world.client("convener")
    assert browser.post(address, said | {"zone": "Mars"}).status_code == 422
    assert browser.post(address, said).status_code == 302
    world.hennepin.refresh_from_db()
    assert (world.hennepin.title, world.hennepin.slug) == ("Heading Home", "heading-home-hennepin")


def test_the_history_is_a_page_and_a_file_safe_for_spreadsheets(world: World) -> None:
    a_happening(world, '=HYPERLINK("http://bad.example")')
    browser = world.client("observer")
    address = world.address("initiatives:history")
    assert "recorded" in text_of(browser.get(address, {"kind": "happening"}))
    answer = browser.get(address, {"format": "csv"})
    rows = answer.getvalue().decode("utf-8-sig").splitlines()
    assert rows[0] == "position,when,who,what,kind,about,changes"
    assert any("'=HYPERLINK" in row for row in rows)
    assert ",=HYPERLINK" not in "\n".join(rows)
    positions = [int(row.split(",")[0]) for row in rows[1:] if row.split(",")[0].isdigit()]
    assert positions == list(range(max(positions), 0, -1))
    for query in ("?kind=%ED%A0%80", "?page=-1", "?page=9999999999", "?sort=-;drop", "?kind='"):
        assert browser.get(address + query).status_code == 200
    assert browser.get(f"{address}?kind=%00").status_code == 400


def test_a_visitor_sees_no_names_of_members(world: World) -> None:
    happening = a_happening(world)
    shown = text_of(Client().get(world.address("initiatives:happening", happening.pk)))
    assert "The convener" not in shown
    assert "version" not in shown
    assert "History" not in shown


def test_what_is_written_down_somewhere_names_its_source(world: World) -> None:
    browser = world.client("convener")
    answer = browser.post(
        world.address("initiatives:add_happening"),
        HAPPENING | {"source_title": "Minutes of March 27", "source_url": "https://a.example/m"},
        follow=True,
    )
    shown = text_of(answer)
    assert "Minutes of March 27" in shown
    assert 'href="https://a.example/m"' in answer.content.decode()


def test_what_has_not_happened_yet_is_refused(world: World) -> None:
    answer = world.client("convener").post(
        world.address("initiatives:add_happening"), HAPPENING | {"when": "2999"}
    )
    assert answer.status_code == 422
    assert "Enter a day that has come" in text_of(answer)


def test_a_history_opens_only_to_whoever_may_open_the_page(world: World) -> None:
    approach = an_approach(world, an_ask(world))
    approach.record.change(visibility="public")
    for address in ("initiatives:record_history", "arenas:approach"):
        place = world.address(address, approach.pk)
        assert world.client("observer").get(place).status_code == 200
        assert world.client("registrar").get(place).status_code == 404
    happening = a_happening(world)
    happening.record.change(visibility="public")
    place = world.address("initiatives:record_history", happening.pk)
    said = text_of(world.client("registrar").get(place))
    assert "version 1 by" in said
    assert "The convener, recorded" not in said
    assert world.client("stranger").get(place).status_code == 404
