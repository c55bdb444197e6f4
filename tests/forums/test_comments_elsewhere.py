"""Comments in the name of an organization, and as a table file."""

import csv
import io
from html import unescape

from django.test import Client

from headway.forums import actions
from headway.forums.models import Comment
from headway.initiatives.actions import give_mandate
from headway.initiatives.models import Mandate
from tests.forums.making_talk import a_comment
from tests.world import World, a_happening


def may_speak(world: World, scope: str = Mandate.Scope.FACTS, role: str = "partner") -> None:
    """Let somebody speak for the shelter."""
    give_mandate(
        by=world.actor(),
        member=world.members[role],
        organisation=world.shelter,
        scope=scope,
        given_by="Its director",
    )


def test_who_holds_a_mandate_may_comment_for_the_organization(world: World) -> None:
    may_speak(world)
    record = a_happening(world).record
    address = world.address("forums:discussion", record.pk)
    browser = world.client("partner")
    assert "In whose name" in browser.get(address).content.decode()
    sent = {"text": "We count the beds.", "organisation": world.shelter.pk}
    assert browser.post(address, sent).status_code == 302
    first = Comment.objects.get()
    assert first.organisation_id == world.shelter.pk
    answer = world.address("forums:answer", first.pk)
    assert "In whose name" in browser.get(answer).content.decode()
    browser.post(answer, {"text": "Since May.", "organisation": ""})
    assert Comment.objects.get(text="Since May.").organisation_id is None
    assert world.shelter.name in unescape(world.client().get(address).content.decode())


def test_without_a_mandate_nobody_is_offered_a_name_and_none_is_taken(world: World) -> None:
    may_speak(world, Mandate.Scope.DECISIONS)
    record = a_happening(world).record
    address = world.address("forums:discussion", record.pk)
    for role in ("partner", "evaluator"):
        browser = world.client(role)
        assert "In whose name" not in browser.get(address).content.decode()
        browser.post(address, {"text": f"By {role}.", "organisation": world.shelter.pk})
    assert not Comment.objects.filter(organisation__isnull=False).exists()


def test_a_mandate_opens_no_other_organization(world: World) -> None:
    may_speak(world)
    address = world.address("forums:discussion", a_happening(world).record.pk)
    sent = {"text": "We run the office.", "organisation": world.office.pk}
    answer = world.client("partner").post(address, sent)
    assert answer.status_code == 422
    assert "We run the office." in answer.content.decode()
    assert not Comment.objects.exists()


def rows_of(browser: Client, address: str) -> list[dict[str, str]]:
    """The lines of the table file."""
    answer = browser.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_a_discussion_is_saved_as_a_table_safe_to_open(world: World) -> None:
    may_speak(world)
    record = a_happening(world).record
    first = a_comment(world, record, "=1+1 beds, says @The evaluator")
    actions.comment_on(
        by=world.actor("partner"),
        record=record,
        text="We do.",
        answers=first,
        organisation=world.shelter,
    )
    hidden = a_comment(world, record, "Bob from bed nine", "liaison")
    actions.hide_comment(by=world.actor(), comment=hidden, rule="private")
    address = world.address("forums:discussion_csv", record.pk)
    page = world.client("observer").get(world.address("forums:discussion", record.pk))
    assert address in page.content.decode()
    one, two, three = sorted(
        rows_of(world.client("observer"), address), key=lambda row: row["text"]
    )
    assert (one["text"], "private data" in one["state"]) == ("", True)
    assert two["text"] == "'=1+1 beds, says @The evaluator"
    assert (three["text"], three["answers"]) == ("We do.", two["number"])
    assert (three["organization"], three["who"]) == (world.shelter.name, "The partner")


def test_visitors_save_a_discussion_without_names_and_strangers_none(world: World) -> None:
    record = a_happening(world).record
    a_comment(world, record, "Ask @The evaluator")
    address = world.address("forums:discussion_csv", record.pk)
    (row,) = rows_of(world.client(), address)
    assert (row["who"], row["text"]) == ("A member", "Ask @a member")
    record.change(visibility="office")
    for role in ("", "partner"):
        assert world.client(role).get(address).status_code == 404
