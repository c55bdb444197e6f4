"""What nobody can store is refused at its field, with nothing lost, alike on both engines."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.http import HttpResponse

from headway.core.errors import RuleError
from headway.partners import actions
from headway.partners.models import Contact, Correction, Need, Offer, Partner, WorkingAgreement
from tests.partners.conftest import Table

NUL, MEGABYTE = "two\x00words", "x" * 1_000_000
SCRIPT = "<script>alert('no')</script><b>bold</b>"
TEXTS = {
    "add": ("role_as_said",),
    "edit": ("role_as_said",),
    "move": ("because",),
    "add_offer": ("what", "unit", "tied_to"),
    "add_need": ("what", "unit"),
    "log_contact": ("text", "next_step"),
    "ask_correction": ("should_say",),
    "edit_agreement": ("decisions", "roles", "sharing", "disagreements"),
}
KEPT = (Partner, Offer, Need, Contact, Correction, WorkingAgreement)


def good(table: Table, name: str) -> dict[str, object]:
    """What each form takes without complaint."""
    resource = {"what": "A hall", "kind": "space", "amount": "2", "unit": "halls"}
    if name == "add":
        council = table.organisation("Downtown Council", "business")
        return {"organisation": council.pk, "state": "invited"}
    said: dict[str, dict[str, object]] = {
        "edit": {"role_as_said": "hosts"},
        "move": {"state": "left"},
        "add_offer": resource | {"partner": table.shelter.pk},
        "add_need": resource,
        "log_contact": {
            "kind": "call",
            "when": "2026-03-20",
            "text": "They can host",
            "organisations": [table.shelter.organisation_id],
        },
        "ask_correction": {"part": "other", "should_say": "We joined in 2008"},
        "edit_agreement": {"decisions": "By consent"},
    }
    return said[name]


def send(table: Table, name: str, **changes: object) -> HttpResponse:
    """Post a form as the convener, with some values changed."""
    world = table.world
    ids = (table.shelter.pk,) if name in {"edit", "move"} else ()
    query = f"?organisation={world.shelter.pk}" if name == "ask_correction" else ""
    address = world.address(f"partners:{name}", *ids) + query
    response = world.client("convener").post(address, good(table, name) | changes)
    assert isinstance(response, HttpResponse)
    return response


def counted() -> list[int]:
    return [model.objects.count() for model in KEPT]


def id_of(field: str) -> str:
    return f'href="#id_{field}"'


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("bad", [NUL, MEGABYTE], ids=["nul", "megabyte"])
def test_text_that_cannot_be_kept_is_refused_at_its_field(
    table: Table, name: str, bad: str
) -> None:
    before = counted()
    response = send(table, name, **dict.fromkeys(TEXTS[name], bad))
    body = response.content.decode()
    assert response.status_code == 422
    for field in TEXTS[name]:
        assert id_of(field) in body
    assert counted() == before


@pytest.mark.parametrize("name", TEXTS)
def test_marked_up_text_is_kept_and_shown_as_text(table: Table, name: str) -> None:
    said = dict.fromkeys(TEXTS[name], SCRIPT)
    response = send(table, name, **said)
    assert response.status_code == 302
    body = table.world.client("convener").get(response.headers["Location"]).content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;" in body


@pytest.mark.parametrize(
    "act",
    [
        lambda table, bad: actions.revise_partner(
            by=table.world.actor(), partner=table.shelter, role_as_said=bad, represents=None
        ),
        lambda table, bad: actions.make_offer(
            by=table.world.actor(), partner=table.shelter, kind="other", what=bad
        ),
        lambda table, bad: actions.write_agreement(
            by=table.world.actor(), initiative=table.world.hennepin, sharing=bad
        ),
        lambda table, bad: actions.move_partner(
            by=table.world.actor(), partner=table.shelter, state="left", because=bad
        ),
    ],
    ids=["partner", "offer", "agreement", "state"],
)
def test_actions_refuse_what_no_engine_could_keep(
    table: Table, act: Callable[[Table, str], object]
) -> None:
    before = counted()
    for bad in (NUL, MEGABYTE, "half \ud83d emoji"):
        with pytest.raises(RuleError), transaction.atomic():
            act(table, bad)
    assert counted() == before
    table.shelter.refresh_from_db()
    assert table.shelter.state == Partner.State.TAKING_PART


@pytest.mark.parametrize("name", ["add_offer", "add_need"])
def test_an_amount_out_of_range_is_refused_and_stays_in_the_form(table: Table, name: str) -> None:
    for bad in ("1e400", "-1", "0", "999999999999999", "NaN", "many", "1.234"):
        response = send(table, name, amount=bad)
        body = response.content.decode()
        assert response.status_code == 422
        assert id_of("amount") in body
        assert f'value="{bad}"' in body
        assert "A hall" in body


BAD_CHOICES = {
    "add": {"organisation": "not-a-key", "state": "left", "when": "long ago"},
    "move": {"state": "invited"},
    "add_offer": {
        "until": "2026-02-30",
        "kind": "gold",
        "partner": "00000000-0000-0000-0000-000000000000",
    },
    "log_contact": {
        "when": "2199-99-99",
        "organisations": "not-a-key",
        "next_step_by": "soon",
    },
    "ask_correction": {"part": "amount"},
}


@pytest.mark.parametrize("name", BAD_CHOICES)
def test_a_choice_or_date_nobody_offered_is_refused_at_its_field(table: Table, name: str) -> None:
    before = counted()
    response = send(table, name, **BAD_CHOICES[name])
    body = response.content.decode()
    assert response.status_code == 422
    for field in BAD_CHOICES[name]:
        assert id_of(field)[:-1] in body
    assert counted() == before


def test_what_was_typed_stays_where_another_field_was_refused(table: Table) -> None:
    response = send(table, "log_contact", text="A long and careful note", when="whenever")
    body = response.content.decode()
    assert response.status_code == 422
    assert "A long and careful note" in body
    assert "whenever" in body


def test_a_made_up_address_is_not_found(table: Table) -> None:
    world = table.world
    nobody = "00000000-0000-0000-0000-000000000000"
    for page in ("partner", "contact", "offer", "need", "correction", "kept_agreement"):
        address = world.address(f"partners:{page}", nobody)
        assert world.client("convener").get(address).status_code == 404


def test_a_row_of_another_initiative_is_not_found(table: Table) -> None:
    world = table.world
    quiet = actions.add_partner(
        by=world.actor(), initiative=world.closed, organisation=world.office
    )
    address = world.address("partners:partner", quiet.pk)
    assert world.client("convener").get(address).status_code == 404
