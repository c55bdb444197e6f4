import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from headway.accounts.actions import make_token
from headway.accounts.actor import Actor
from headway.arenas.actions import record_decision
from headway.commitments import actions
from headway.commitments.models import Commitment, Milestone
from headway.commitments.queries.start import first_values
from headway.initiatives.models import Link, Record
from headway_analysis.partial_date import PartialDate
from tests.arenas.making import an_ask
from tests.commitments.making import (
    DUE,
    LIST,
    a_confirmed_promise,
    a_promise,
    fill,
    let_speak,
)
from tests.world import NOON, TODAY, World

MANY = 1_000


def text_of(world: World, name: str, *ids: object, role: str = "", query: str = "") -> str:
    answer = world.client(role).get(world.address(f"commitments:{name}", *ids) + query)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_an_unconfirmed_promise_is_visibly_provisional(world: World) -> None:
    promise = a_promise(world)
    for role in ("", "convener", "observer"):
        assert "Not confirmed yet" in text_of(world, "home", role=role)
        assert "has not confirmed it" in text_of(world, "promise", promise.pk, role=role)


def test_the_page_says_under_whose_authority_and_that_it_is_no_contract(world: World) -> None:
    shown = text_of(world, "promise", a_confirmed_promise(world).pk)
    assert "within our authority" in shown
    assert "not a contract" in shown
    assert "The partner" not in shown


def test_a_member_notes_a_promise_and_the_organisation_is_found_by_name(world: World) -> None:
    said = {"text": LIST, "organisation": "stephen", "due": "2031-04-10"}
    address = world.address("commitments:add")
    unclear = world.client("liaison").post(address, said)
    assert unclear.status_code == 422
    assert LIST in unclear.content.decode()
    said["organisation"] = "St. Stephen's"
    answer = world.client("liaison").post(address, said, follow=True)
    assert "Not confirmed yet" in answer.content.decode()
    assert Commitment.objects.get().organisation == world.shelter


def test_a_promise_is_made_from_any_record_with_the_link_kept(world: World) -> None:
    first = a_promise(world, "Plan the count")
    address = world.address("commitments:promise_from", first.pk)
    form = world.client("convener").get(address).content.decode()
    assert "Plan the count" in form
    assert "St. Stephen&#x27;s" in form
    said = {"text": "Count the beds", "organisation": str(world.shelter.pk)}
    world.client("convener").post(address, said)
    made = Commitment.objects.get(text="Count the beds")
    link = Link.objects.get(origin=made.record)
    assert (link.target, link.kind) == (first.record, "came_from")
    assert "Plan the count" in text_of(world, "promise", made.pk)


def test_a_promise_out_of_a_decision_begins_with_what_was_asked_for(world: World) -> None:
    ask = an_ask(world)
    decision = record_decision(
        by=world.actor(),
        arena=ask.arena,
        ask=ask,
        result="adopted",
        text="Resolved: the county pays 40,000 dollars.",
        when=PartialDate.on(TODAY),
    )
    alone = record_decision(
        by=world.actor(),
        arena=ask.arena,
        result="adopted",
        title="A van for the night",
        text="Resolved.",
        when=PartialDate.on(TODAY),
    )
    begins = first_values(Record.objects.get(pk=decision.pk))
    assert begins == {"text": ask.record.title}
    assert first_values(Record.objects.get(pk=alone.pk)) == {"text": "A van for the night"}
    form = text_of(world, "promise_from", decision.pk, role="convener")
    assert "Resolved: the county" not in form


def test_confirming_on_the_page_needs_a_mandate(world: World) -> None:
    promise = a_promise(world)
    address = world.address("commitments:confirm", promise.pk)
    said = {"authority_stated": "board"}
    refused = world.client("convener").post(address, {"authority_stated": "own"})
    assert refused.status_code == 422
    assert "may speak for" in refused.content.decode()
    let_speak(world)
    no_day = world.client("partner").post(address, said)
    assert no_day.status_code == 422
    answer = world.client("partner").post(address, said | {"board_by": "2031-05-12"}, follow=True)
    assert "needs our board" in answer.content.decode()


def test_a_partner_answers_for_its_own_organisation_alone(world: World) -> None:
    own, others = a_promise(world), a_promise(world, organisation=world.office)
    said = {"answer": "done", "evidence": "list mailed"}
    partner = world.client("partner")
    assert partner.post(world.address("commitments:answer", others.pk), said).status_code == 403
    answer = partner.post(world.address("commitments:answer", own.pk), said, follow=True)
    assert "list mailed" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [("partner", 302), ("liaison", 302), ("convener", 302), ("evaluator", 403)]
)
def test_a_promise_is_worded_anew_by_whose_it_is_or_who_leads(
    world: World, role: str, status: int
) -> None:
    promise = a_promise(world, by=world.actor("liaison"))
    address = world.address("commitments:edit", promise.pk)
    said = {"text": "Send the list", "organisation_as_said": "", "seen": promise.record.revision}
    assert world.client(role).post(address, said).status_code == status
    shown = text_of(world, "promise", promise.pk, role=role)
    assert (address in shown) == (status == 302)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"answer": "late", "until": "2031-05-12", "because": "permit"}, "May 12, 2031"),
        ({"answer": "dropped", "because": "the grant was not renewed"}, "not renewed"),
    ],
)
def test_how_it_stands_is_shown_with_its_reason(
    world: World, said: dict[str, str], words: str
) -> None:
    promise = a_promise(world)
    address = world.address("commitments:answer", promise.pk)
    answer = world.client("convener").post(address, said, follow=True)
    assert words in answer.content.decode()


@pytest.mark.parametrize("said", [{"answer": "late"}, {"answer": "dropped"}, {}])
def test_an_answer_without_its_day_or_reason_loses_nothing(
    world: World, said: dict[str, str]
) -> None:
    promise = a_promise(world)
    address = world.address("commitments:answer", promise.pk)
    answer = world.client("convener").post(address, said | {"evidence": "kept words"})
    assert answer.status_code == 422
    assert "kept words" in answer.content.decode()


def test_the_public_sees_progress_and_a_verdict_on_nobody(world: World) -> None:
    fill(world)
    shown = text_of(world, "progress")
    assert "1 of 9 promises were kept." in shown
    assert "1 of 2" in shown
    assert "New date to be named" in shown
    assert "Late" not in shown
    for promise in Commitment.objects.all():
        assert ">Late<" not in text_of(world, "promise", promise.pk)


def test_lists_show_mine_my_organisations_and_what_i_asked_for(world: World) -> None:
    a_confirmed_promise(world, "The shelter counts beds")
    a_promise(world, "The office sends the list", organisation=world.office)
    partner = {"whose": "organisation"}, {"whose": "mine"}, {"whose": "asked"}
    for params in partner[:2]:
        shown = text_of(world, "home", role="partner", query=f"?whose={params['whose']}")
        assert "The shelter counts beds" in shown
        assert "The office sends the list" not in shown
    asked = text_of(world, "home", role="convener", query="?whose=asked")
    assert "The shelter counts beds" in asked
    assert "The office sends the list" not in asked


@pytest.mark.parametrize(
    ("state", "shown", "hidden"),
    [
        ("open", "Count the beds", "Name a person to call"),
        ("late", "Count the beds", LIST),
        ("kept", "Name a person to call", LIST),
        ("archived", "Pay for a van", LIST),
        ("unconfirmed", LIST, "Open forty beds"),
        ("nonsense", LIST, "Pay for a van"),
    ],
)
def test_the_list_is_filtered_by_state(world: World, state: str, shown: str, hidden: str) -> None:
    fill(world)
    text = text_of(world, "home", role="convener", query=f"?state={state}")
    assert shown in text
    assert hidden not in text


def test_the_list_finds_words(world: World) -> None:
    fill(world)
    text = text_of(world, "home", role="convener", query="?q=forty+families")
    assert "Open forty beds" in text
    assert LIST not in text


def many_promises(world: World) -> None:
    records = Record.objects.bulk_create(
        Record(
            initiative=world.hennepin,
            kind="promise",
            title=f"Promise {number}",
            visibility="public",
            organisation=world.shelter,
            recorded_at=NOON,
        )
        for number in range(MANY)
    )
    rows = Commitment.objects.bulk_create(
        Commitment(
            record=record,
            text=f"Promise {number}",
            organisation=world.shelter,
            due_from=DUE,
            due_to=DUE,
            first_due_to=DUE,
        )
        for number, record in enumerate(records)
    )
    Milestone.objects.bulk_create(
        Milestone(commitment=row, number=1, title="first step") for row in rows
    )


@pytest.mark.parametrize("name", ["home", "progress"])
@pytest.mark.parametrize("query", ["", "?whose=mine&state=open", "?whose=organisation&q=promise"])
def test_a_list_of_a_thousand_promises_asks_at_most_twelve_times(
    world: World, name: str, query: str
) -> None:
    many_promises(world)
    client, address = world.client("partner"), world.address(f"commitments:{name}") + query
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200
    assert len(asked) <= 12, "\n".join(query["sql"][:200] for query in asked.captured_queries)


def test_the_page_of_a_promise_asks_as_often_with_many_milestones(world: World) -> None:
    promise = a_confirmed_promise(world)
    actions.add_milestone(by=world.actor(), commitment=promise, title="the first step")
    client, address = world.client("convener"), world.address("commitments:promise", promise.pk)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    for number in range(30):
        actions.add_milestone(by=world.actor(), commitment=promise, title=f"step {number}")
    with CaptureQueriesContext(connection) as after:
        client.get(address)
    assert len(before) == len(after) <= 14


def test_the_export_holds_what_the_filters_leave_and_no_formula(world: World) -> None:
    fill(world)
    a_promise(world, "=HYPERLINK(1)")
    address = world.address("commitments:export") + "?state=open"
    raw = b"".join(world.client("convener").get(address).streaming_content)
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    promises = {row["promise"] for row in rows}
    assert "'=HYPERLINK(1)" in promises
    assert "Pay for a van" not in promises
    moved = next(row for row in rows if row["promise"].startswith("Open forty"))
    assert (moved["first_due"], moved["due_last_day"], moved["percent"]) == (
        "2031-04-10",
        "2031-05-12",
        "50",
    )


def test_steps_of_one_promise_go_all_the_way(world: World) -> None:
    promise = a_promise(world)
    client = world.client("partner")

    def post(name: str, said: dict[str, object], *ids: object) -> str:
        address = world.address(f"commitments:{name}", *(ids or (promise.pk,)))
        assert client.get(address).status_code == 200
        answer = client.post(address, said, follow=True)
        assert answer.status_code == 200, answer.content.decode()
        return str(answer.content.decode())

    post("note_progress", {"percent": "40"})
    assert "Draft sent" in post("add_milestone", {"title": "Draft sent", "due_on": "2031-04-01"})
    step = Milestone.objects.get()
    assert "100 percent" in post("reach_milestone", {}, step.pk)
    assert "0 percent" in post("reach_milestone", {}, step.pk)
    post("withdraw_milestone", {}, step.pk)
    post("hand_over", {"organisation": str(world.office.pk), "because": "their job"})
    promise.refresh_from_db()
    assert promise.organisation == world.office
    assert client.get(world.address("commitments:split", promise.pk)).status_code == 403
    client = world.client("convener")
    post("edit", {"text": "Send the whole list", "organisation_as_said": ""})
    post("answer", {"answer": "done"})
    post("archive", {})
    post("reopen", {"because": "one was missing"})
    post("split", {"parts": "Write it\nSend it"})
    assert Commitment.objects.count() == 3


def test_an_author_withdraws_a_promise_noted_by_mistake(world: World) -> None:
    promise = a_promise(world)
    address = world.address("commitments:withdraw", promise.pk)
    assert world.client("partner").post(address, {"because": "twice"}).status_code == 403
    assert world.client("convener").post(address, {"because": "twice"}).status_code == 302
    assert LIST not in text_of(world, "home", role="partner")


def test_a_late_promise_asks_members_for_a_new_date(world: World) -> None:
    a_promise(world, "Count the beds", due=PartialDate.on(date(2026, 3, 1)))
    assert "Late" in text_of(world, "home", role="convener", query="?state=late")


def test_a_program_reads_promises_and_their_numbers(world: World) -> None:
    fill(world)
    secret = token_of(world, "convener")
    head = {"Authorization": f"Bearer {secret}"}
    base = f"/api/v1/initiatives/{world.hennepin.slug}"
    found = world.client().get(f"{base}/promises?state=kept", headers=head).json()
    assert [item["text"] for item in found["items"]] == ["Name a person to call"]
    one = world.client().get(f"{base}/promises/{found['items'][0]['id']}", headers=head).json()
    assert (one["state"], one["done"]) == ("kept", 1.0)
    sums = world.client().get(f"{base}/progress", headers=head).json()
    assert (sums["all"], sums["kept"]) == (9, 1)


def token_of(world: World, role: str) -> str:
    made = make_token(
        by=Actor(kind="user", at=timezone.now(), user=world.people[role]),
        authority=world.authority,
        name="nightly copy",
        scopes=["commitments.view"],
        offered=["commitments.view"],
        expires_at=timezone.now() + timedelta(days=1),
    )
    return made.secret


def test_nobody_is_asked_to_confirm_where_nobody_may(world: World) -> None:
    promise = a_promise(world)
    ask = world.address("commitments:ask", promise.pk)
    page = text_of(world, "promise", promise.pk, role="convener")
    assert "Nobody is known who may confirm it" in page
    assert ask not in page
    let_speak(world)
    page = text_of(world, "promise", promise.pk, role="convener")
    assert ask in page
