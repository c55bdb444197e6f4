import json
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoCaptureOnCommitCallbacks as Commits

from headway.accounts.actor import Actor
from headway.accounts.models import Event, EventValue
from headway.core.errors import RuleError
from headway.core.keys import KeyGoneError, key_bytes
from headway.exchange.actions import expunge_record
from headway.exchange.actions.expunge import emptied_values
from headway.exchange.actions.ledger import ledger_path
from headway.exchange.queries.content import KEPT, stage_models, text_columns
from headway.forums.actions import set_agenda
from headway.forums.actions.comments import comment_on
from headway.forums.actions.moderation import hide_comment
from headway.forums.models import AgendaLine, Comment, Moderation
from headway.initiatives import actions
from headway.initiatives.files import check_upload
from headway.initiatives.models import Happening, HappeningOrganisation, Link, Record, Wording
from headway.partners.models import Correction, Offer, Partner
from headway.problems.models import Baseline
from headway.solutions.actions import bring_idea
from tests.exchange.conftest import PDF, SECRET, fresh, the_file
from tests.exchange.everything import texts_with
from tests.forums.making_meetings import a_meeting
from tests.pilots.making_reviews import a_review
from tests.solutions.voting import a_ballot
from tests.world import NOON, World, a_happening

BECAUSE = "court order of May 4"


def test_nothing_that_was_said_is_left_anywhere(
    world: World, officer: Actor, happening: Happening, django_capture_on_commit_callbacks: Commits
) -> None:
    assert len(texts_with("Ana Ruiz")) > 5
    place = the_file(happening.record).stored_as
    with django_capture_on_commit_callbacks(execute=True):
        expunge_record(by=officer, record=happening.record, because=BECAUSE)
    assert texts_with("Ana Ruiz") == []
    assert texts_with("Harbor Light") == []
    assert not default_storage.exists(place)
    assert not HappeningOrganisation.objects.filter(happening=happening).exists()


def test_what_other_records_need_stays_without_its_words(
    world: World, officer: Actor, happening: Happening
) -> None:
    other = a_happening(world, "A plan is made").record
    meeting = a_meeting(world)
    lines = [
        AgendaLine(title="Ana Ruiz moves", text="Ana Ruiz", record=happening.record),
        AgendaLine(record=other),
    ]
    set_agenda(by=world.actor(), meeting=meeting, items=lines)
    asked = comment_on(by=world.actor(), record=happening.record, text="Where is Ana Ruiz?")
    answer = comment_on(by=world.actor(), record=happening.record, text="Ask her", answers=asked)
    hide_comment(by=world.actor(), comment=answer, rule="private", because="Ana Ruiz")
    comment_on(by=world.actor(), record=happening.record, text="Nobody heard of it")
    recommendation = bring_idea(by=world.actor(), initiative=world.hennepin, text="Ask Ana Ruiz")
    ballot = a_ballot(world, solution=recommendation)

    expunge_record(by=officer, record=happening.record, because=BECAUSE)
    expunge_record(by=officer, record=recommendation.record, because=BECAUSE)

    first, second = meeting.agenda.order_by("number")
    assert (first.title, first.text, first.about) == ("", "", "Expunged")
    assert second.about == "A plan is made"
    decided = Moderation.objects.get()
    assert (decided.decision, decided.rule, decided.because) == ("hidden", "private", "")
    assert decided.comment is None
    assert not Comment.objects.filter(record=happening.pk).exists()
    assert [str(option) for option in ballot.options.all()] == ["Expunged"]


def test_that_it_was_there_and_who_removed_it_when_and_why_stays(
    world: World, officer: Actor, happening: Happening
) -> None:
    expunge_record(by=officer, record=happening.record, because=BECAUSE)
    record = fresh(happening.record)
    assert (record.title, record.kind) == ("Expunged", "happening")
    assert (record.expunged_at, record.withdrawn_at) == (NOON, NOON)
    assert record.withdrawn_because == BECAUSE
    assert (record.owner, record.author, record.happened_from) == (None, None, None)
    assert record.recorded_at == happening.record.recorded_at
    event = Event.objects.about(record.pk).filter(verb="expunged").get()
    assert event.user == world.people["records_officer"]
    assert "text" in event.field_names
    assert EventValue.objects.get(event=event, field="because").new == BECAUSE
    assert Event.objects.about(record.pk).filter(verb="recorded").exists()
    assert Link.objects.filter(target=record).exists()
    assert Wording.objects.filter(record=record).count() == 2
    assert Happening.objects.get(pk=record.pk).category == "meeting"


def test_a_hold_on_the_record_or_its_initiative_stops_it_by_name(
    world: World, officer: Actor, happening: Happening
) -> None:
    said = {"by": officer, "authority": world.authority, "reason": "litigation"}
    for covers in ({"initiative": world.hennepin}, {"records": [happening.record]}):
        hold = actions.place_hold(name="Smith v. County", **said, **covers)
        with pytest.raises(RuleError, match=r"Smith v\. County"):
            expunge_record(by=officer, record=happening.record, because=BECAUSE)
        assert fresh(happening.record).expunged_at is None
        actions.release_hold(by=officer, hold=hold, because="settled")
    expunge_record(by=officer, record=happening.record, because=BECAUSE)


def test_it_wants_a_reason_and_happens_once(
    world: World, officer: Actor, happening: Happening
) -> None:
    with pytest.raises(RuleError) as refused:
        expunge_record(by=officer, record=happening.record, because="  ")
    assert refused.value.field == "because"
    expunge_record(by=officer, record=happening.record, because=BECAUSE)
    with pytest.raises(RuleError, match="already"):
        expunge_record(by=officer, record=happening.record, because=BECAUSE)
    assert Event.objects.filter(verb="expunged").count() == 1


def test_a_refused_expunge_changes_nothing(
    world: World, officer: Actor, happening: Happening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_said: object) -> None:
        raise RuleError("no")

    monkeypatch.setattr("headway.exchange.actions.expunge.note_event", fail)
    before = texts_with("Ana Ruiz")
    with pytest.raises(RuleError):
        expunge_record(by=officer, record=happening.record, because=BECAUSE)
    assert texts_with("Ana Ruiz") == before


def test_bytes_that_another_record_needs_stay(
    world: World, officer: Actor, happening: Happening, django_capture_on_commit_callbacks: Commits
) -> None:
    other = a_happening(world, "Another meeting").record
    upload = check_upload(SimpleUploadedFile("copy.pdf", PDF))
    shared = actions.add_file(by=world.actor(), record=other, upload=upload)
    assert shared.stored_as == the_file(happening.record).stored_as
    with django_capture_on_commit_callbacks(execute=True):
        expunge_record(by=officer, record=happening.record, because=BECAUSE)
    assert default_storage.exists(shared.stored_as)
    with django_capture_on_commit_callbacks(execute=True):
        expunge_record(by=officer, record=other, because=BECAUSE)
    assert not default_storage.exists(shared.stored_as)


def test_the_ledger_gets_one_line_without_what_was_removed(
    world: World, officer: Actor, happening: Happening, django_capture_on_commit_callbacks: Commits
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        expunge_record(by=officer, record=happening.record, because=BECAUSE)
    [line] = ledger_path().read_text().splitlines()
    said = json.loads(line)
    assert said["record"] == str(happening.pk)
    assert (said["kind"], said["did"], said["because"]) == ("happening", "expunged", BECAUSE)
    assert "text" in said["fields"]
    assert said["by"] == str(world.people["records_officer"].pk)
    assert "Ana" not in line
    assert ledger_path().stat().st_mode & 0o077 == 0
    assert ledger_path().parent == settings.DATA


def test_a_line_lost_in_a_crash_is_added_by_the_next_removal(
    world: World, officer: Actor, happening: Happening, django_capture_on_commit_callbacks: Commits
) -> None:
    expunge_record(by=officer, record=happening.record, because=BECAUSE)
    ledger_path().write_text('{"event": "cut sho')
    other = a_happening(world, "Another").record
    with django_capture_on_commit_callbacks(execute=True):
        expunge_record(by=officer, record=other, because=BECAUSE)
    lines = ledger_path().read_text().splitlines()
    assert [json.loads(line)["record"] for line in lines[1:]] == [
        str(happening.pk),
        str(other.pk),
    ]


def stage_rows(world: World) -> list[Record]:
    """Rows of stages whose constraints want something after the expunge as well."""
    by = world.actor()

    def record(kind: str, title: str) -> Record:
        return actions.open_record(by=by, initiative=world.hennepin, kind=kind, title=title)

    partner = Partner(
        record=record("partner", "Ana"),
        organisation=world.shelter,
        role_as_said="Ana cooks",
        state="taking_part",
    )
    partner.save(force_insert=True)
    offer = Offer(
        record=record("offer", "Ana gives"),
        partner=partner,
        what="Ana's rooms",
        kind="space",
        amount=Decimal(3),
        unit="rooms of Ana",
        tied_to="Ana",
    )
    offer.save(force_insert=True)
    correction = Correction(
        record=record("correction", "Ana says"),
        organisation=world.shelter,
        part="other",
        should_say="Ana is right",
        state="declined",
        answer="Ana is wrong",
    )
    correction.save(force_insert=True)
    baseline = Baseline(
        record=record("baseline", "Ana counted"), value=Decimal("12.5"), unit="Anas", note="Ana"
    )
    baseline.save(force_insert=True)
    return [row.record for row in (partner, offer, correction, baseline)]


def test_rows_of_every_stage_are_emptied_and_still_meet_their_rules(
    world: World, officer: Actor
) -> None:
    for record in stage_rows(world):
        expunge_record(by=officer, record=record, because=BECAUSE)
    assert texts_with("Ana") == []
    assert Baseline.objects.get().value == 0
    assert Offer.objects.get().amount is None
    assert Correction.objects.get().answer != ""


def test_every_text_column_of_every_stage_is_emptied() -> None:
    for kind, model in stage_models().items():
        values = emptied_values(model())
        for field in text_columns(model):
            assert values[field.name] in ("", None) or field.name in model.EXPUNGED, (kind, field)
    assert all(not issubclass(model, Happening) for model in KEPT)


def test_an_expunged_record_stays_expunged_on_its_pages(
    world: World, officer: Actor, happening: Happening
) -> None:
    expunge_record(by=officer, record=happening.record, because=BECAUSE)
    browser = world.client("convener")
    for name in ("happening", "edit_happening"):
        page = browser.get(world.address(f"initiatives:{name}", happening.pk))
        assert "Ana" not in page.content.decode()
    history = browser.get(world.address("initiatives:history")).content.decode()
    assert "Ana" not in history
    assert "erased" in history
    assert SECRET not in browser.get(world.address("initiatives:happenings")).content.decode()


def test_the_key_of_a_review_that_is_expunged_is_destroyed(
    world: World, officer: Actor, django_capture_on_commit_callbacks: Commits
) -> None:
    review = a_review(world)
    assert review.key_id is not None
    assert key_bytes(review.key_id)
    with django_capture_on_commit_callbacks(execute=True):
        expunge_record(by=officer, record=review.record, because=BECAUSE)
    with pytest.raises(KeyGoneError):
        key_bytes(review.key_id)
