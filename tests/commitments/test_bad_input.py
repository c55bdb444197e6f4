"""Whatever is sent, an answer says what to mend; nothing breaks."""

import pytest

from headway.commitments.models import Commitment
from tests.commitments.making import a_promise
from tests.world import World

NASTY = ("\x00", "a" * 6_000, "\ufffd", "<script>alert(1)</script>", "' OR 1=1 --", "٣٤")


@pytest.mark.parametrize(
    ("words", "status"), list(zip(NASTY, (422, 422, 422, 302, 302, 302), strict=True)), ids=repr
)
def test_strange_words_in_a_promise_are_kept_or_refused_in_words(
    world: World, words: str, status: int
) -> None:
    said = {"text": words, "organisation_as_said": words[:300]}
    answer = world.client("convener").post(world.address("commitments:add"), said, follow=True)
    assert (answer.redirect_chain[0][1] if answer.redirect_chain else answer.status_code) == status
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("words", NASTY)
def test_strange_words_are_no_date(world: World, words: str) -> None:
    said = {"text": "Open the hall", "organisation_as_said": "A club", "due": words[:100]}
    answer = world.client("convener").post(world.address("commitments:add"), said)
    assert answer.status_code == 422


@pytest.mark.parametrize("words", NASTY)
def test_strange_filters_show_the_list(world: World, words: str) -> None:
    a_promise(world)
    address = world.address("commitments:home")
    params = {"q": words.encode(errors="replace").decode(), "state": words[:9], "page": "99999"}
    # A NUL stands in no address that a browser makes.
    expected = 400 if "\x00" in words else 200
    assert world.client("partner").get(address, params).status_code == expected


@pytest.mark.parametrize(
    ("percent", "status", "kept"),
    [*((said, 422, 0) for said in ("-1", "101", "many", "", "1e9")), ("٣", 302, 3)],
)
def test_only_a_percentage_counts_as_one(
    world: World, percent: str, status: int, kept: int
) -> None:
    promise = a_promise(world)
    address = world.address("commitments:note_progress", promise.pk)
    answer = world.client("convener").post(address, {"percent": percent})
    assert answer.status_code == status
    assert Commitment.objects.get(pk=promise.pk).percent == kept


@pytest.mark.parametrize("day", ["2031-02-30", "tomorrow", "0001-01-01", "9999-12-31", "5/32/2031"])
def test_a_day_that_is_none_is_refused_by_its_field(world: World, day: str) -> None:
    promise = a_promise(world)
    address = world.address("commitments:answer", promise.pk)
    answer = world.client("convener").post(address, {"answer": "late", "until": day})
    assert answer.status_code == 422


def test_the_same_form_sent_twice_makes_one_promise(world: World) -> None:
    client, address = world.client("convener"), world.address("commitments:add")
    form = client.get(address).content.decode()
    key = form.split('name="form_key" value="')[1].split('"')[0]
    said = {"text": "Once only", "organisation": str(world.shelter.pk), "form_key": key}
    first, second = client.post(address, said), client.post(address, said)
    assert first.headers["Location"] == second.headers["Location"]
    assert Commitment.objects.count() == 1


def test_a_promise_of_another_initiative_is_not_found(world: World) -> None:
    from headway.commitments.actions import promise

    other = promise(
        by=world.actor(), initiative=world.closed, text="secret", organisation=world.shelter
    )
    for name in ("promise", "answer", "confirm", "edit", "promise_from"):
        address = world.address(f"commitments:{name}", other.pk)
        assert world.client("convener").get(address).status_code == 404
