from headway.accounts.models import OutboxMessage
from headway.forums.models import StatementContact
from headway.initiatives.models import Record
from headway.notices.actions import stop_mail, tell
from headway.notices.actions.stopping import Stop
from headway.solutions.actions import bring_idea, start_recommendation
from tests.forums.making_talk import a_conversation, statements_of
from tests.notices.making import LATER
from tests.world import NOON, World


def grown_into_a_recommendation(world: World) -> StatementContact:
    statement = statements_of(a_conversation(world))[0]
    contact = StatementContact.objects.create(statement=statement, address="mo@home.example")
    tell(now=NOON)
    by = world.actor("facilitator", LATER)
    idea = bring_idea(
        by=by,
        initiative=world.hennepin,
        title="Open at noon",
        text="Open every shelter at noon",
        came_from=statement.record,
    )
    start_recommendation(by=by, solution=idea)
    return contact


def mails() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(recipient="mo@home.example").order_by("subject"))


def test_who_left_only_an_address_hears_at_each_later_stage(world: World) -> None:
    grown_into_a_recommendation(world)

    tell(now=LATER)
    tell(now=LATER)

    assert [mail.subject for mail in mails()] == [
        "A member brought an idea: “Open at noon”",
        "A member moved the recommendation “Open at noon” on",
    ]
    assert "Shelters open at noon in winter." in mails()[0].text
    assert mails()[0].unsubscribe in mails()[0].text


def test_who_takes_no_part_learns_nothing_that_is_for_members_only(world: World) -> None:
    grown_into_a_recommendation(world)
    Record.objects.filter(title="Open at noon").update(visibility="members")
    tell(now=LATER)
    assert [mail.subject for mail in mails()] == [
        "Your statement led to a next step: recommendation"
    ] * 2
    assert not any("Open at noon" in mail.text for mail in mails())


def test_one_press_ends_it_and_the_address_is_forgotten(world: World) -> None:
    contact = grown_into_a_recommendation(world)

    assert stop_mail(by=world.actor(), stop=Stop("contact", contact.pk))
    assert not stop_mail(by=world.actor(), stop=Stop("contact", contact.pk))
    tell(now=LATER)

    assert mails() == []
    assert not StatementContact.objects.exists()
