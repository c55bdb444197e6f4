import csv
import io
import json
import re
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries as Counts
from pytest_django import DjangoCaptureOnCommitCallbacks as Commits

from headway.accounts.actor import Actor
from headway.accounts.models import Event, EventValue, Job
from headway.exchange.tasks import destroy_what_is_due
from headway.initiatives import actions
from headway.initiatives.models import Happening, Hold, Record, RecordHold
from headway_analysis.partial_date import parse
from tests.exchange.conftest import SECRET, fresh
from tests.exchange.everything import texts_with
from tests.world import INITIATIVE_ROLES, NOON, World, a_happening

UNREADABLE = {
    "since=soon": "like 2026-03-27",
    "until=9999-12-31": "Recorded until",
    "since=0001-01-01": "Recorded from",
    "initiative=x": "Choose one of the options listed",
    "kind=zebra": "Choose one of the options listed",
    "held=maybe": "Choose one of the options listed",
    "record=1": "Follow the link again",
    "hold=1": "Follow the link again",
    f"words={'a' * 300}": "Words",
    f"words={'+'.join('abcdefghijk')}": "at most 10 words",
}


def text_of(answer: HttpResponse) -> str:
    inner = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(inner.replace("&#x27;", "'").split())


def addresses(record: Record, hold: Hold) -> list[str]:
    return [
        *(reverse(f"exchange:{name}") for name in ("search", "log", "due", "destroy", "holds")),
        *(reverse(f"exchange:{name}") for name in ("place_hold", "export")),
        *(
            reverse(f"exchange:{name}", args=[record.pk])
            for name in ("record", "expunge", "redact")
        ),
        reverse("exchange:release_hold", args=[hold.pk]),
    ]


def a_hold(world: World, **covers: object) -> Hold:
    return actions.place_hold(
        by=world.actor("records_officer"),
        authority=world.authority,
        name="Smith v. County",
        reason="litigation",
        **covers,
    )


def test_only_the_records_officer_gets_in(world: World, happening: Happening) -> None:
    hold = a_hold(world, initiative=world.hennepin)
    others = (*INITIATIVE_ROLES, "administrator", "registrar", "stranger")
    for address in addresses(happening.record, hold):
        for role in others:
            assert world.client(role).get(address).status_code == 403, (role, address)
        assert Client().get(address)["Location"].startswith("/account/login/")
        wanted = 405 if address.endswith("export/") else 200
        assert world.client("records_officer").get(address).status_code == wanted, address


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Ana", "plan", "quiet"}),
        ({"words": "harbor LIVES"}, {"Ana"}),
        ({"words": "ruiz.pdf"}, {"Ana"}),
        ({"words": "nowhere"}, set()),
        ({"initiative": "quiet-work"}, {"quiet"}),
        ({"kind": "happening", "words": "plan"}, {"plan"}),
        ({"kind": "fact"}, set()),
        ({"since": "2026-03-27", "until": "2026-03-27"}, {"Ana", "plan", "quiet"}),
        ({"since": "2026-03-28"}, set()),
        ({"until": "2026-03-26"}, set()),
        ({"held": "yes"}, {"quiet"}),
        ({"held": "no"}, {"Ana", "plan"}),
        ({"state": "withdrawn"}, {"plan"}),
        ({"state": "live"}, {"Ana", "quiet"}),
        ({"state": "expunged"}, set()),
    ],
)
def test_records_are_found_by_what_is_known_of_them(
    world: World, happening: Happening, query: dict[str, str], found: set[str]
) -> None:
    actions.record_happening(
        by=world.actor(),
        initiative=world.closed,
        category="meeting",
        text="A quiet meeting",
        when=parse("2026"),
    )
    a_hold(world, initiative=world.closed)
    plan = Record.objects.get(title="A plan is made")
    actions.withdraw_record(by=world.actor(), record=plan, because="twice")
    shown = text_of(world.client("records_officer").get(reverse("exchange:search"), query))
    table = shown.partition("Records found")[2]
    titles = {"Ana": "Ana Ruiz lives", "plan": "A plan is made", "quiet": "A quiet meeting"}
    assert {name for name, title in titles.items() if title in table} == found


def test_nonsense_in_the_address_is_said_at_its_field(world: World) -> None:
    browser = world.client("records_officer")
    assert browser.get(f"{reverse('exchange:search')}?words=%25_%27").status_code == 200
    for query, message in UNREADABLE.items():
        answer = browser.get(f"{reverse('exchange:search')}?{query}")
        assert answer.status_code == 422, query
        assert message in text_of(answer)


def test_a_filter_that_cannot_be_read_never_widens_an_export_or_a_hold(
    world: World, happening: Happening
) -> None:
    browser = world.client("records_officer")
    hold = {"name": "Data request", "reason": "records request", "initiative": world.hennepin.pk}
    for query, message in UNREADABLE.items():
        narrow = f"words=harbor&{query}" if "words" not in query else query
        for name, said in (("export", {"format": "json"}), ("place_hold", hold)):
            answer = browser.post(f"{reverse(f'exchange:{name}')}?{narrow}", said)
            assert answer.status_code == 422, (name, query)
            assert message in text_of(answer)
            assert "A plan is made" not in text_of(answer)
    assert browser.get(f"{reverse('exchange:place_hold')}?since=soon").status_code == 422
    assert not Event.objects.filter(verb="records_exported").exists()
    assert not Hold.objects.exists()


def test_a_hold_is_placed_on_what_was_found_and_released(
    world: World, happening: Happening
) -> None:
    browser = world.client("records_officer")
    place = f"{reverse('exchange:place_hold')}?words=harbor"
    assert "It keeps 1 record from every deletion" in text_of(browser.get(place))
    said = {"name": "Data request 2026-014", "reason": "records request"}
    for wrong in ({"name": " "}, {"reason": ""}, {"initiative": "x"}):
        assert browser.post(place, said | wrong).status_code == 422
    assert browser.post(place, said).status_code == 302
    assert [each.record for each in RecordHold.objects.all()] == [happening.record]
    expunge = reverse("exchange:expunge", args=[happening.pk])
    refused = browser.post(expunge, {"because": "court order"})
    assert refused.status_code == 422
    assert "Data request 2026-014" in text_of(refused)
    page = text_of(browser.get(reverse("exchange:record", args=[happening.pk])))
    assert "On hold: Data request 2026-014" in page
    hold = Hold.objects.get()
    release = reverse("exchange:release_hold", args=[hold.pk])
    assert browser.post(release, {"because": ""}).status_code == 422
    assert browser.post(release, {"because": "answered"}).status_code == 302
    assert browser.post(release, {"because": "answered"}).status_code == 404
    assert "Released" in text_of(browser.get(reverse("exchange:holds")))
    found = text_of(browser.get(reverse("exchange:search"), {"hold": str(hold.pk)}))
    assert "Ana Ruiz lives" in found


def test_a_hold_that_is_sent_twice_is_placed_once(world: World, happening: Happening) -> None:
    browser = world.client("records_officer")
    place = f"{reverse('exchange:place_hold')}?words=harbor"
    key = browser.get(place).context["form"]["form_key"].value()
    said = {"name": "Data request", "reason": "records request", "form_key": str(key)}
    answers = [browser.post(place, said) for _twice in range(2)]
    assert [answer["Location"] for answer in answers] == [reverse("exchange:holds")] * 2
    assert Hold.objects.count() == 1


def test_a_hold_without_anything_to_keep_is_refused(world: World) -> None:
    said = {"name": "Data request", "reason": "records request"}
    answer = world.client("records_officer").post(reverse("exchange:place_hold"), said)
    assert answer.status_code == 422
    assert "Initiative to keep whole : Choose one of the options" in text_of(answer)
    page = text_of(world.client("records_officer").get(reverse("exchange:place_hold")))
    assert "To keep single records only, search for them first" in page
    assert "Initiative to keep whole (optional)" not in page


def test_expunging_asks_once_says_what_happens_and_shows_what_stays(
    world: World, happening: Happening
) -> None:
    browser = world.client("records_officer")
    address = reverse("exchange:expunge", args=[happening.pk])
    assert "Nobody can bring it back" in text_of(browser.get(address))
    assert browser.post(address, {"because": " "}).status_code == 422
    answer = browser.post(address, {"because": "court order"}, follow=True)
    said = text_of(answer)
    assert "The record was expunged." in said
    assert "court order" in said
    assert "Ana Ruiz" not in said
    assert browser.post(address, {"because": "again"}).status_code == 422
    log = text_of(browser.get(reverse("exchange:log"), {"verb": "expunged"}))
    assert "The records officer" in log
    assert "court order" in log
    assert texts_with("Ana Ruiz") == []


def test_words_are_blackened_from_their_page(world: World, happening: Happening) -> None:
    browser = world.client("records_officer")
    address = reverse("exchange:redact", args=[happening.pk])
    good = {"passage": "Ana Ruiz", "field": "", "because": "names a client"}
    for wrong in ({"passage": "zebra"}, {"passage": ""}, {"field": "category"}, {"because": ""}):
        assert browser.post(address, good | wrong).status_code == 422, wrong
    assert browser.post(address, good).status_code == 302
    assert fresh(happening.record).title.startswith("███ lives")
    assert "blackened" in text_of(browser.get(reverse("exchange:log")))


def test_a_search_is_exported_whole_and_logged(
    world: World, happening: Happening, officer: Actor
) -> None:
    a_happening(world, "=1+1")
    browser = world.client("records_officer")
    found = browser.post(f"{reverse('exchange:export')}?words=harbor", {"format": "json"})
    [record] = json.loads(found.getvalue())
    assert record["id"] == str(happening.pk)
    assert record["content"]["text"] == f"{SECRET} since May"
    assert [version["number"] for version in record["versions"]] == [1, 2]
    assert record["files"][0]["name"] == "Ana Ruiz.pdf"
    table = browser.post(reverse("exchange:export"), {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(table.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 3
    assert "'=1+1" in {row["title"] for row in rows}
    events = Event.objects.filter(verb="records_exported").order_by("position")
    assert [EventValue.objects.get(event=each, field="records").new for each in events] == [
        "1",
        "3",
    ]
    assert EventValue.objects.get(event=events[0], field="words").new == "harbor"
    empty = browser.post(f"{reverse('exchange:export')}?words=zebra", {"format": "json"})
    assert json.loads(empty.getvalue()) == []


def test_what_is_due_is_destroyed_by_the_worker_after_asking_once(
    world: World, officer: Actor, django_capture_on_commit_callbacks: Commits
) -> None:
    record = actions.open_record(
        by=world.actor(), initiative=world.hennepin, kind="note", title="Old draft"
    )
    old = world.actor(at=NOON.replace(year=2001))
    actions.withdraw_record(by=old, record=record, because="superseded")
    browser = world.client("records_officer")
    assert "Old draft" in text_of(browser.get(reverse("exchange:due")))
    destroy = reverse("exchange:destroy")
    assert "1 record is expunged" in text_of(browser.get(destroy))
    assert browser.post(destroy, {"x": "1"}).status_code == 302
    job = Job.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        destroy_what_is_due.call(str(job.pk))
        destroy_what_is_due.call(str(job.pk))
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert fresh(record).title == "Expunged"
    event = Event.objects.get(verb="expunged")
    assert (event.user, event.actor_kind) == (world.people["records_officer"], "worker")
    assert "Nothing is due" in text_of(browser.get(reverse("exchange:due")))


def test_another_authoritys_records_are_not_found(world: World, elsewhere: World) -> None:
    theirs = a_happening_elsewhere(elsewhere)
    browser = world.client("records_officer")
    assert theirs.title not in browser.get(reverse("exchange:search")).content.decode()
    for name in ("record", "expunge", "redact"):
        for key in (theirs.pk, uuid4()):
            assert browser.get(reverse(f"exchange:{name}", args=[key])).status_code == 404
    hold = actions.place_hold(
        by=elsewhere.actor(),
        authority=elsewhere.authority,
        name="Theirs",
        reason="r",
        initiative=elsewhere.hennepin,
    )
    assert browser.get(reverse("exchange:release_hold", args=[hold.pk])).status_code == 404
    said = {"name": "Mine", "reason": "r", "initiative": elsewhere.hennepin.pk}
    assert browser.post(reverse("exchange:place_hold"), said).status_code == 422


def a_happening_elsewhere(elsewhere: World) -> Record:
    return actions.record_happening(
        by=elsewhere.actor(),
        initiative=elsewhere.hennepin,
        category="meeting",
        text="A meeting in Ramsey",
        when=parse("2026"),
    ).record


@pytest.mark.parametrize("name", ["search", "holds", "log", "due"])
def test_a_long_list_asks_no_more_than_a_short_one(
    world: World, name: str, django_assert_max_num_queries: Counts
) -> None:
    for number in range(60):
        record = actions.open_record(
            by=world.actor(), initiative=world.hennepin, kind="note", title=f"Draft {number}"
        )
        old = world.actor(at=NOON.replace(year=2001))
        actions.withdraw_record(by=old, record=record, because="superseded")
        hold = actions.place_hold(
            by=world.actor("records_officer"),
            authority=world.authority,
            name=f"Hold {number}",
            reason="r",
            records=[record],
        )
        if name == "due":
            actions.release_hold(by=world.actor("records_officer"), hold=hold, because="over")
    browser = world.client("records_officer")
    with django_assert_max_num_queries(12):
        answer = browser.get(reverse(f"exchange:{name}"))
    assert answer.content.decode().count("<tr") == 51
