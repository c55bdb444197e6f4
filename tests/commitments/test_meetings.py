"""Promises made in meetings: out of the notes, and mailed to whoever made them."""

from datetime import date

from headway.accounts.models import OutboxMessage
from headway.commitments import actions
from headway.commitments.models import Commitment
from headway.forums.actions import SaidLine, call_meeting, open_forum, write_minutes
from headway.forums.models import Meeting, MinuteLine
from headway.initiatives.models import Link
from headway_analysis.partial_date import PartialDate
from tests.commitments.making import DUE, at
from tests.world import World

LATE_AT = at(date(2026, 4, 2))


def a_meeting(world: World) -> Meeting:
    forum = open_forum(
        by=world.actor(), initiative=world.hennepin, name="Steering group", public_body="no"
    )
    return call_meeting(by=world.actor(), forum=forum, starts_at=at(date(2026, 4, 1)))


def noted(world: World, meeting: Meeting, *lines: SaidLine) -> list[MinuteLine]:
    notes = "\n".join(line.as_typed or line.text for line in lines)
    return write_minutes(by=world.actor(at=LATE_AT), meeting=meeting, notes=notes, lines=lines)


def will_do(world: World, what: str, **changes: object) -> SaidLine:
    said: dict[str, object] = {"owner": world.shelter, "due": PartialDate.on(DUE)}
    return SaidLine(kind="will_do", text=what, what=what, as_typed=what, **(said | changes))


def test_a_line_becomes_a_promise_once_and_both_know_each_other(world: World) -> None:
    (line,) = noted(world, a_meeting(world), will_do(world, "Send the list"))
    by = world.actor(at=LATE_AT)
    promise = actions.promise_from_minute(by=by, line=line)
    assert actions.promise_from_minute(by=by, line=line) == promise
    assert (promise.text, promise.organisation, promise.due_to, promise.state) == (
        "Send the list",
        world.shelter,
        DUE,
        "intent",
    )
    assert Link.objects.get(origin=promise.record).target == line.record


def test_a_line_that_names_nobody_is_a_promise_of_nobody_yet(world: World) -> None:
    (line,) = noted(world, a_meeting(world), will_do(world, "Call the shelters", owner=None))
    promise = actions.promise_from_minute(by=world.actor(at=LATE_AT), line=line)
    assert promise.who == ""
    address = world.address("commitments:promise", promise.pk)
    assert "nobody named yet" in world.client().get(address).content.decode()


def test_a_promise_follows_its_corrected_line_while_it_is_an_intent(world: World) -> None:
    (line,) = noted(world, a_meeting(world), will_do(world, "Send the list"))
    by = world.actor(at=LATE_AT)
    promise = actions.promise_from_minute(by=by, line=line)
    line.change(what="Send both lists", owner=world.office)
    followed = actions.follow_minute(by=by, line=line)
    assert (followed.pk, followed.text, followed.organisation) == (
        promise.pk,
        "Send both lists",
        world.office,
    )
    actions.keep_promise(by=by, commitment=promise)
    line.change(what="Something else")
    assert actions.follow_minute(by=by, line=line).text == "Send both lists"
    assert Commitment.objects.count() == 1


def test_each_organisation_is_mailed_its_own_promises_once(world: World) -> None:
    meeting = a_meeting(world)
    lines = noted(
        world,
        meeting,
        will_do(world, "Send the list"),
        will_do(world, "Open ten beds"),
        will_do(world, "Write the law", owner=world.office),
    )
    by = world.actor(at=LATE_AT)
    for line in lines:
        actions.promise_from_minute(by=by, line=line)
    OutboxMessage.objects.all().delete()
    written = actions.mail_promises(by=by, meeting=meeting)
    mails = {mail.recipient: mail for mail in OutboxMessage.objects.all()}
    assert written == len(mails)
    partner = mails["partner@county.example"]
    assert "Send the list" in partner.text
    assert "Open ten beds" in partner.text
    assert "Write the law" not in partner.text
    assert partner.text.count("reply+") == 2
    assert "Write the law" in mails["convener@county.example"].text
    assert actions.mail_promises(by=by, meeting=meeting) == 0


def test_the_form_from_a_line_is_filled_in(world: World) -> None:
    (line,) = noted(world, a_meeting(world), will_do(world, "Send the list"))
    shown = world.client("convener").get(world.address("commitments:promise_from", line.pk))
    text = shown.content.decode()
    assert "Send the list" in text
    assert "St. Stephen&#x27;s" in text
