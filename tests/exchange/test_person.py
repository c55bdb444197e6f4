from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from pytest_django import DjangoCaptureOnCommitCallbacks as Commits

from headway.accounts import mail
from headway.accounts.actions import post_mail
from headway.accounts.actor import Actor
from headway.accounts.models import Event, EventValue, OutboxMessage, User
from headway.commitments.actions import ask_to_confirm, confirm_promise
from headway.commitments.models import Commitment, Reminder
from headway.core.errors import RuleError
from headway.exchange.actions import erase_person
from headway.exchange.queries.naming import without_person
from headway.forums.actions import Attendee, add_statement, note_attendance
from headway.initiatives import actions
from headway.initiatives.models import Mandate, Member
from tests.commitments.making import a_promise
from tests.exchange.everything import texts_with
from tests.forums.making_meetings import a_meeting
from tests.forums.making_talk import a_conversation
from tests.world import NOON, World, a_happening

BECAUSE = "asked for it"


@pytest.fixture
def ana(world: World) -> User:
    """Ana, a partner with a mandate that she had from somebody else, and a mail."""
    member = actions.invite_member(
        by=world.actor(),
        initiative=world.hennepin,
        email="ana.ruiz@shelter.example",
        name="Ana Ruiz",
        role="partner",
        organisation=world.shelter,
        address="https://headway.example/i/x/",
    )
    actions.give_mandate(
        by=world.actor(),
        member=world.members["partner"],
        organisation=world.shelter,
        scope="facts",
        given_by="Ana Ruiz, director",
    )
    actions.give_mandate(
        by=world.actor(),
        member=member,
        organisation=world.shelter,
        scope="promises",
        given_by="Board",
    )
    promise = a_promise(world)
    ask_to_confirm(by=world.actor(), commitment=promise)
    by = Actor(kind="member", at=NOON, user=member.user, member_id=member.pk)
    confirm_promise(by=by, commitment=promise, authority_stated="own")
    record = a_happening(world).record
    actions.hand_over_record(by=world.actor(), record=record, to=member)
    actions.hand_over_record(by=world.actor(), record=record, to=world.members["convener"])
    assert member.user is not None
    return member.user


def erase(world: World, officer: Actor, user: User) -> None:
    erase_person(by=officer, authority=world.authority, user=user, because=BECAUSE)


def test_the_name_and_the_address_are_nowhere_and_the_counts_stand(
    world: World, officer: Actor, ana: User
) -> None:
    members, events = Member.objects.count(), Event.objects.count()
    assert len(texts_with("Ana Ruiz")) >= 4
    erase(world, officer, ana)
    assert texts_with("Ana Ruiz") == []
    assert texts_with("ana.ruiz") == []
    assert Member.objects.count() == members
    assert Event.objects.count() > events
    ana.refresh_from_db()
    assert (ana.is_active, ana.has_usable_password()) == (False, False)
    assert not OutboxMessage.objects.filter(recipient__contains="ana").exists()
    assert Reminder.objects.filter(kind="confirm").count() == 1
    assert Commitment.objects.get().confirmed_name == "Erased person"
    with pytest.raises(RuleError, match="already"):
        erase(world, officer, ana)


def test_nobody_stays_named_among_those_who_were_at_a_meeting(
    world: World, officer: Actor, ana: User
) -> None:
    meeting = a_meeting(world)
    attendees = [Attendee(member=Member.objects.get(user=ana)), Attendee("Maria Lopez")]
    note_attendance(by=world.actor(), meeting=meeting, attendees=attendees)
    add_statement(
        by=Actor(kind="participant", at=NOON),
        conversation=a_conversation(world, meeting.forum),
        text="Dogs may stay.",
        address=ana.email,
    )
    erase(world, officer, ana)
    assert texts_with("Ana Ruiz") == []
    assert texts_with("ana.ruiz") == []
    names = set(meeting.attendance.values_list("name", flat=True))
    assert names == {"Erased person", "Maria Lopez"}


def test_a_hold_stops_it_by_name(world: World, officer: Actor, ana: User) -> None:
    hold = actions.place_hold(
        by=officer,
        authority=world.authority,
        name="Data request 2026-014",
        reason="records request",
        initiative=world.hennepin,
    )
    with pytest.raises(RuleError, match="Data request 2026-014"):
        erase(world, officer, ana)
    assert texts_with("Ana Ruiz")
    actions.release_hold(by=officer, hold=hold, because="answered")
    erase(world, officer, ana)


def test_who_still_has_something_in_hand_hands_it_over_first(world: World, officer: Actor) -> None:
    for role in ("administrator", "convener"):
        with pytest.raises(RuleError):
            erase(world, officer, world.people[role])
        assert world.people[role].is_active


def test_who_takes_part_in_another_authority_is_left_to_its_office(
    world: World, elsewhere: World, officer: Actor
) -> None:
    with pytest.raises(RuleError, match="elsewhere"):
        erase(world, officer, elsewhere.people["convener"])


def test_a_hold_is_named_even_to_who_takes_part_elsewhere(
    world: World, elsewhere: World, officer: Actor, ana: User
) -> None:
    actions.invite_member(
        by=elsewhere.actor(),
        initiative=elsewhere.hennepin,
        email=ana.email,
        name="Ana Ruiz",
        role="partner",
    )
    for authority, initiative, name in (
        (elsewhere.authority, elsewhere.hennepin, "Their own case"),
        (world.authority, world.hennepin, "Smith v. County"),
    ):
        actions.place_hold(
            by=officer, authority=authority, name=name, reason="r", initiative=initiative
        )
    with pytest.raises(RuleError) as refused:
        erase(world, officer, ana)
    assert "Smith v. County" in str(refused.value)
    assert "Their own case" not in str(refused.value)


def a_mandate(world: World, given_by: str, role: str = "partner") -> Mandate:
    member = world.members[role]
    organisation = world.shelter if role in {"partner", "convener"} else world.office
    return actions.give_mandate(
        by=world.actor("convener" if role in world.people else role),
        member=member,
        organisation=organisation,
        scope="promises",
        given_by=given_by,
    )


def test_only_mandates_that_name_the_person_change_each_with_an_event(
    world: World, elsewhere: World, officer: Actor, ana: User
) -> None:
    others = (
        a_mandate(world, "Joana Ruizling, board", "partner"),
        a_mandate(world, "Mariana Ruiz", "convener"),
        a_mandate(elsewhere, "Ana Ruiz, Ramsey", "convener"),
    )
    before = [mandate.given_by for mandate in others]
    erase(world, officer, ana)
    for mandate, given_by in zip(others, before, strict=True):
        mandate.refresh_from_db()
        assert mandate.given_by == given_by
    reworded = Mandate.objects.get(given_by="Erased person, director")
    event = Event.objects.get(verb="mandate_reworded")
    assert event.subject_id == reworded.member_id
    assert event.stream == world.hennepin.stream
    assert EventValue.objects.filter(event=event, field="given_by", old="").exists()


def test_another_authoritys_log_and_a_namesakes_rows_stay(
    world: World, elsewhere: World, officer: Actor, ana: User
) -> None:
    namesake = actions.invite_member(
        by=world.actor(),
        initiative=world.hennepin,
        email="other.ana@shelter.example",
        name="Ana Ruiz",
        role="observer",
    )
    there = a_happening(elsewhere).record
    actions.note_event(
        by=elsewhere.actor(), record=there, verb="revised", changes={"text": ("", "Ana Ruiz")}
    )
    erase(world, officer, ana)
    namesake.refresh_from_db()
    assert namesake.name == "Ana Ruiz"
    joined = Event.objects.get(verb="joined", subject_id=namesake.pk)
    assert EventValue.objects.get(event=joined, field="title").new == "Ana Ruiz"
    kept = EventValue.objects.filter(event__stream__authority=elsewhere.authority)
    assert kept.filter(field="text", new="Ana Ruiz").exists()


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("Ana Ruiz", {"Ana Ruiz"}, "Erased person"),
        ("director Ana Ruiz.", {"Ana Ruiz"}, "director Erased person."),
        ("Mariana Ruiz, Ana Ruizling", {"Ana Ruiz"}, "Mariana Ruiz, Ana Ruizling"),
        ("Sam Lee, director", {"Sam"}, "Sam Lee, director"),
        ("Sam, director; Sam", {"Sam"}, "Erased person, director; Erased person"),
        ("mail of ana@x.example.", {"ana@x.example"}, "mail of Erased person."),
        ("ana@x.example.org, joana@x.example", {"ana@x.example"}, None),
        ("Ana Ruiz (ANA RUIZ)", {"Ana Ruiz"}, "Erased person (Erased person)"),
        (r"C.*r \\1", {"C.*r", "."}, r"C.*r \\1"),
    ],
)
def test_a_name_is_taken_out_as_a_whole(text: str, names: set[str], left: str | None) -> None:
    assert without_person(text, names) == (text if left is None else left)


def test_every_mail_to_any_of_their_addresses_goes(
    world: World, officer: Actor, ana: User, django_capture_on_commit_callbacks: Commits
) -> None:
    EmailAddress.objects.create(user=ana, email="Ana@Home.example", verified=True)

    def post(recipient: str, text: str = "The meeting is on Monday") -> OutboxMessage:
        return post_mail(
            at=NOON,
            authority=world.authority,
            recipient=recipient,
            subject=f"For {recipient}",
            text=text,
        )

    for address in ("ana@home.example", "partner@county.example"):
        post(address)
    mail.deliver(NOON)
    folder = Path(settings.MAIL_FOLDER)
    lying = len(list(folder.glob("*.eml")))
    waiting = post("ANA@home.example")
    waiting.change(trouble="SMTPRecipientsRefused: ana@home.example")
    other = post("partner@county.example", "Ana Ruiz asks you to call")
    with django_capture_on_commit_callbacks(execute=True):
        erase(world, officer, ana)
    for words in ("ana@home", "ana.ruiz", "Ana Ruiz"):
        assert texts_with(words) == []
    waiting.refresh_from_db()
    assert (waiting.state, waiting.trouble, waiting.text) == ("refused", "", "")
    other.refresh_from_db()
    assert (other.state, other.text) == ("waiting", "Erased person asks you to call")
    left = [file.read_text() for file in folder.glob("*.eml")]
    assert len(left) == lying - 3
    assert not any("ana" in text.lower().partition("to:")[2].partition("\n")[0] for text in left)
