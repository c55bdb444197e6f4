import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from headway.accounts import actions
from headway.accounts.actions.tokens import MOST_TOKENS
from headway.accounts.actor import Actor
from headway.accounts.models import ApiToken, Authority, Event, RetentionClass, User
from headway.core.errors import RuleError
from tests.accounts.conftest import NOON

pytestmark = pytest.mark.django_db(transaction=True)
WORKER = Actor(kind="worker", at=NOON)


def at_once(act: Callable[[], object], times: int = 4) -> list[str]:
    """What came of doing the same several times at once: "done" or the name of the trouble."""
    said: list[str] = []
    start = threading.Barrier(times)

    def run() -> None:
        start.wait()
        try:
            act()
            said.append("done")
        except Exception as trouble:  # noqa: BLE001  # the test says which one it expects
            said.append(type(trouble).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)


def test_one_person_is_made_once(county: Authority) -> None:
    email = "mo@partner.example"
    said = at_once(lambda: actions.make_person(by=WORKER, authority=county, email=email))
    assert said == ["done"] * 4
    assert User.objects.filter(email=email).count() == 1
    assert Event.objects.filter(verb="account_made").count() == 1


def test_a_retention_class_is_added_once_and_refused_in_words(county: Authority) -> None:
    said = at_once(
        lambda: actions.add_retention_class(
            by=WORKER, authority=county, name="Grant files", keep_years=6
        )
    )
    assert said == [RuleError.__name__] * 3 + ["done"]


def test_the_default_schedule_is_adopted_once(county: Authority) -> None:
    RetentionClass.objects.all().delete()
    said = at_once(lambda: actions.adopt_default_schedule(by=WORKER, authority=county))
    assert said == ["done"] * 4
    assert RetentionClass.objects.count() == len(actions.DEFAULT_SCHEDULE)


def test_nobody_passes_the_most_tokens_by_asking_at_once(county: Authority) -> None:
    user = actions.make_person(by=WORKER, authority=county, email="mo@partner.example")
    by = Actor(kind="user", at=NOON, user=user)

    def make() -> None:
        actions.make_token(
            by=by,
            authority=county,
            name="copy",
            scopes=["accounts.own_account"],
            offered=["accounts.own_account"],
            expires_at=NOON + timedelta(days=1),
        )

    for _ in range(MOST_TOKENS - 1):
        make()
    assert at_once(make) == [RuleError.__name__] * 3 + ["done"]
    assert ApiToken.objects.count() == MOST_TOKENS
