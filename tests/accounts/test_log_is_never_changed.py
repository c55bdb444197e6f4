from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from headway.accounts import actions
from headway.accounts.actor import Actor
from headway.accounts.events import Subject, accounts_stream, append_event, erase_values
from headway.accounts.models import Authority, Event, EventValue
from headway.accounts.triggers import without_triggers
from tests.accounts.conftest import NOON


@pytest.fixture
def event(county: Authority) -> Event:
    by = Actor(kind="worker", at=NOON)
    return append_event(
        stream=accounts_stream(county),
        by=by,
        verb="role_granted",
        subject=Subject("account", county.pk),
        changes={"role": ("observer", "convener"), "name": ("", "Ann")},
    )


def append_one() -> Event:
    county = actions.make_authority(at=NOON, name="Ramsey County", host_name="ramsey.example")
    return Event.objects.filter(stream__authority=county).latest("position")


def refused(change: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return True
    return False


def run(sql: str) -> Callable[[], object]:
    def change() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return change


def test_an_event_is_never_changed_or_deleted(event: Event) -> None:
    assert refused(lambda: Event.objects.filter(pk=event.pk).update(verb="nothing"))
    assert refused(run("UPDATE accounts_event SET position = 99"))
    assert refused(run("DELETE FROM accounts_event"))
    event.refresh_from_db()
    assert event.verb == "role_granted"


def test_a_value_is_never_deleted(event: Event) -> None:
    assert refused(lambda: event.values.all().delete())
    assert refused(run("DELETE FROM accounts_eventvalue"))
    assert event.values.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"new": "administrator"},
        {"old": ""},
        {"field": "other"},
        {"visibility": "public"},
    ],
    ids=lambda change: str(next(iter(change))),
)
def test_a_value_is_never_rewritten(event: Event, change: dict[str, str]) -> None:
    value = event.values.get(field="role")
    assert refused(lambda: EventValue.objects.filter(pk=value.pk).update(**change))
    erasing = {"old": "", "new": "x", "erased_by": event}
    assert refused(lambda: EventValue.objects.filter(pk=value.pk).update(**{**erasing, **change}))
    value.refresh_from_db()
    assert (value.old, value.new, value.field) == ("observer", "convener", "role")


def test_erasing_empties_the_values_and_leaves_who_when_and_why(event: Event) -> None:
    by = Actor(kind="worker", at=NOON)
    subject = Subject(event.subject_kind, event.subject_id)
    stream = event.stream
    before = EventValue.objects.filter(event__subject_id=event.subject_id).count()

    erased = erase_values(by=by, stream=stream, subject=subject, because="asked to")

    assert erased == before
    assert set(event.values.values_list("old", "new")) == {("", "")}
    erasure = Event.objects.get(verb="values_erased")
    assert {value.erased_by for value in event.values.all()} == {erasure}
    assert erasure.values.get(field="because").new == "asked to"


def test_an_erased_value_is_not_erased_or_filled_again(event: Event) -> None:
    by = Actor(kind="worker", at=NOON)
    subject = Subject(event.subject_kind, event.subject_id)
    erase_values(by=by, stream=event.stream, subject=subject, because="asked to")
    value = event.values.get(field="role")
    assert refused(lambda: EventValue.objects.filter(pk=value.pk).update(erased_by=None))
    assert refused(lambda: EventValue.objects.filter(pk=value.pk).update(erased_by=event))
    assert refused(lambda: EventValue.objects.filter(pk=value.pk).update(new="convener"))


def test_a_test_database_can_be_emptied_and_is_guarded_again(event: Event) -> None:
    with without_triggers(connection):
        Event.objects.filter(pk=event.pk).update(verb="changed")
    assert refused(run("DELETE FROM accounts_event"))


def test_positions_have_no_gap_when_a_transaction_fails(event: Event) -> None:
    def fail() -> None:
        append_event(
            stream=event.stream,
            by=Actor(kind="worker", at=NOON),
            verb="made",
            subject=Subject("account", event.pk),
        )
        raise IntegrityError

    assert refused(fail)
    following = append_event(
        stream=event.stream,
        by=Actor(kind="worker", at=NOON),
        verb="made",
        subject=Subject("account", event.pk),
    )
    assert following.position == event.position + 1


@pytest.mark.django_db(transaction=True)
def test_the_log_is_not_emptied_in_one_stroke() -> None:
    truncates = connection.vendor == "postgresql"
    stroke = "TRUNCATE accounts_event CASCADE" if truncates else "DELETE FROM accounts_event"
    append_one()
    assert refused(run(stroke))
