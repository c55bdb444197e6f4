from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.accounts.replies import SIGNS, read_reply_token, reply_address, reply_token

PROMISE = UUID("6f1b1c52-6a5f-4b06-9a26-0d6c25a0a3f1")
MARIA = "maria@ststephens.example"


def a_token(recipient: str = MARIA) -> str:
    return reply_token(purpose="promise", subject_id=PROMISE, recipient=recipient)


def test_a_token_says_for_what_and_for_whom_it_was_made() -> None:
    read = read_reply_token(a_token())
    assert read is not None
    assert (read.purpose, read.subject_id) == ("promise", PROMISE)
    assert read.is_for("Maria@StStephens.example ")
    assert not read.is_for("tom@ststephens.example")


def test_the_address_is_short_enough_for_every_mail_server() -> None:
    local, _at, domain = reply_address(a_token()).partition("@")
    assert len(local) <= 64
    assert domain


def test_a_token_survives_capitals() -> None:
    assert read_reply_token(a_token().upper()) == read_reply_token(a_token())


@pytest.mark.parametrize("place", range(SIGNS))
def test_a_token_with_one_changed_sign_is_none(place: int) -> None:
    token = a_token()
    # The last sign carries spare bits: only a change of those that count forges anything.
    other = "a" if token[place] != "a" else "q"
    forged = token[:place] + other + token[place + 1 :]
    assert read_reply_token(forged) is None


def test_a_token_of_another_installation_is_none(settings: object) -> None:
    token = a_token()
    settings.SECRET_KEY = "another"
    assert read_reply_token(token) is None


@given(st.text(max_size=80))
def test_whatever_stands_there_is_read_without_trouble(token: str) -> None:
    assert read_reply_token(token) is None


def test_an_unknown_purpose_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="purpose"):
        reply_token(purpose="lunch", subject_id=PROMISE, recipient=MARIA)
