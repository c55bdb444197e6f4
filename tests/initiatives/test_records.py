from datetime import timedelta

import pytest

from headway.accounts.models import Event, EventValue
from headway.core.errors import RuleError
from headway.directory.models import Source
from headway.directory.models.source import source_key
from headway.initiatives import actions
from headway.initiatives.models import Happening, Initiative, Link, Record, RecordState, Wording
from headway.initiatives.provenance import HERE, reported
from headway_analysis.partial_date import PartialDate, parse
from tests.world import NOON, World, a_happening


def a_source(world: World, title: str = "County board minutes", url: str = "") -> Source:
    source = Source(
        authority=world.authority,
        recorded_at=NOON,
        title=title,
        url=url,
        key=source_key(title, url),
    )
    source.save(force_insert=True)
    return source


def load(world: World, source: Source, **said: object) -> Happening:
    wanted = {
        "text": "The plan is approved",
        "when": parse("autumn 2007"),
        "category": "decision",
    } | said
    return actions.record_happening(
        by=world.actor(),
        initiative=world.hennepin,
        provenance=reported(source),
        **wanted,
    )


def test_a_happening_keeps_its_date_as_it_was_said(world: World) -> None:
    happening = load(world, a_source(world))
    record = Record.objects.get(pk=happening.pk)
    assert (str(record.when), record.happened_from.isoformat()) == ("autumn 2007", "2007-09-01")
    assert (record.provenance, record.source is not None) == ("reported", True)


def test_what_was_loaded_before_is_not_loaded_again(world: World) -> None:
    source = a_source(world)
    first = load(world, source, text=" The plan is approved ")
    events = Event.objects.count()
    assert load(world, source) == first
    assert Event.objects.count() == events
    actions.withdraw_record(by=world.actor(), record=first.record, because="entered twice")
    assert load(world, source) == first
    assert Happening.objects.count() == 1


def test_the_same_words_on_another_day_are_another_happening(world: World) -> None:
    source = a_source(world)
    first = load(world, source, text="Commission meets", when=parse("2006-03"))
    second = load(world, source, text="Commission meets", when=parse("2006-04"))
    assert first != second


def test_reported_facts_may_lack_a_date_and_own_ones_may_not(world: World) -> None:
    undated = load(world, a_source(world), when=None)
    assert undated.record.when is None
    with pytest.raises(RuleError) as refused:
        actions.record_happening(
            by=world.actor(),
            initiative=world.hennepin,
            category="decision",
            text="Approved",
            when=None,
            provenance=HERE,
        )
    assert refused.value.field == "when"


@pytest.mark.parametrize(
    ("said", "field"),
    [({"text": "  "}, "text"), ({"category": "party"}, "category"), ({"text": "a\x00b"}, "title")],
)
def test_a_happening_that_cannot_be_is_refused(
    world: World, said: dict[str, str], field: str
) -> None:
    wanted = {"text": "Approved", "category": "decision"} | said
    with pytest.raises(RuleError) as refused:
        actions.record_happening(
            by=world.actor(), initiative=world.hennepin, when=parse("2026"), **wanted
        )
    fields = {refused.value.field, *getattr(refused.value, "by_field", {})}
    assert field in fields
    assert not Record.objects.exists()


def test_a_correction_keeps_the_earlier_wording_and_says_what_changed(
    world: World, elsewhere: World
) -> None:
    happening = a_happening(world)
    actions.revise_happening(
        by=world.actor("facilitator"),
        happening=happening,
        category="decision",
        text="The commission met twice",
        when=parse("spring 2026"),
        organisations=[world.office],
    )
    texts = Wording.objects.filter(record=happening.pk, field="text").order_by("number")
    assert [wording.text for wording in texts] == [
        "The commission meets for the first time",
        "The commission met twice",
    ]
    event = Event.objects.about(happening.pk).first()
    assert event is not None
    assert set(event.field_names) >= {"text", "title", "category", "organisations", "happened_to"}
    changed = EventValue.objects.get(event=event, field="organisations")
    assert (changed.old, changed.new) == ("St. Stephen's", "Office to End Homelessness")
    for wrong in ({"category": "party"}, {"organisations": [elsewhere.office]}, {"text": " "}):
        said = {
            "category": "decision",
            "text": "x",
            "when": parse("2026"),
            "organisations": [],
        } | wrong
        with pytest.raises(RuleError):
            actions.revise_happening(by=world.actor(), happening=happening, **said)
    assert happening.organisations.count() == 1


def test_two_who_write_at_once_do_not_overwrite_each_other(world: World) -> None:
    happening = a_happening(world)
    seen = happening.record.revision
    said = {
        "category": "meeting",
        "when": PartialDate.on(NOON.date()),
        "organisations": [],
        "seen": seen,
    }
    actions.revise_happening(by=world.actor(), happening=happening, text="First", **said)
    with pytest.raises(RuleError, match="Somebody changed this"):
        actions.revise_happening(
            by=world.actor("facilitator"), happening=happening, text="Second", **said
        )
    assert Happening.objects.get(pk=happening.pk).text == "First"


def test_saving_the_same_changes_nothing_and_writes_no_event(world: World) -> None:
    happening = a_happening(world)
    events = Event.objects.count()
    changed = actions.revise_record(
        by=world.actor(),
        stage=happening,
        title=happening.record.title,
        values={"text": happening.text},
    )
    assert not changed
    assert Event.objects.count() == events


def test_a_withdrawn_record_stays_as_it_is_with_its_reason(world: World) -> None:
    happening = a_happening(world)
    record, other = happening.record, a_happening(world, "Another").record
    with pytest.raises(RuleError) as refused:
        actions.withdraw_record(by=world.actor(), record=record, because=" ")
    assert refused.value.field == "because"
    actions.withdraw_record(by=world.actor(), record=record, because="entered twice")
    assert RecordState.objects.get(record=record).because == "entered twice"
    for act in (
        lambda: actions.withdraw_record(by=world.actor(), record=record, because="again"),
        lambda: actions.revise_record(by=world.actor(), stage=happening, title="New"),
        lambda: actions.link_records(
            by=world.actor(), origin=record, target=other, kind="came_from"
        ),
        lambda: actions.link_records(
            by=world.actor(), origin=other, target=record, kind="came_from"
        ),
        lambda: actions.translate_text(
            by=world.actor(),
            record=record,
            field="text",
            original="x",
            language="es",
            text="y",
        ),
    ):
        with pytest.raises(RuleError, match="withdrawn"):
            act()


def test_a_link_is_made_once_and_withdrawn_on_record(world: World) -> None:
    origin, target = a_happening(world).record, a_happening(world, "Before").record
    link = actions.link_records(by=world.actor(), origin=origin, target=target, kind="came_from")
    events = Event.objects.count()
    again = actions.link_records(by=world.actor(), origin=origin, target=target, kind="came_from")
    assert (again, Event.objects.count()) == (link, events)
    actions.unlink_records(by=world.actor(), link=link)
    actions.unlink_records(by=world.actor(), link=link)
    assert Event.objects.count() == events + 1
    assert Link.objects.filter(withdrawn_at__isnull=False).count() == 1
    assert (
        actions.link_records(by=world.actor(), origin=origin, target=target, kind="came_from")
        != link
    )


def test_links_stay_within_an_initiative_but_for_lessons(world: World, elsewhere: World) -> None:
    mine = a_happening(world).record
    other = Happening.objects.get(
        pk=actions.record_happening(
            by=world.actor(),
            initiative=world.closed,
            category="meeting",
            text="Quiet meeting",
            when=parse("2026"),
        ).pk
    ).record
    theirs = actions.record_happening(
        by=elsewhere.actor(),
        initiative=elsewhere.hennepin,
        category="meeting",
        text="Elsewhere",
        when=parse("2026"),
    ).record
    for target, kind in (
        (mine, "came_from"),
        (other, "answers"),
        (theirs, "learned_from"),
        (other, "x"),
    ):
        with pytest.raises(RuleError):
            actions.link_records(by=world.actor(), origin=mine, target=target, kind=kind)
    actions.link_records(by=world.actor(), origin=mine, target=other, kind="learned_from")


def test_a_translation_stands_beside_the_original_and_knows_what_it_was_made_from(
    world: World,
) -> None:
    record = a_happening(world).record
    said = {"record": record, "field": "text", "original": "The commission meets"}
    first = actions.translate_text(by=world.actor(), language="es", text="La", **said)
    second = actions.translate_text(by=world.actor(), language="es", text="La comisión", **said)
    assert (first.pk, second.text) == (second.pk, "La comisión")
    assert len(second.source_hash) == 64
    for language, text, field in (
        ("en", "x", "language"),
        ("tlh", "x", "language"),
        ("es", " ", "text"),
    ):
        with pytest.raises(RuleError) as refused:
            actions.translate_text(by=world.actor(), language=language, text=text, **said)
        assert refused.value.field == field


def test_every_record_gets_its_class_of_the_retention_schedule(world: World) -> None:
    assert a_happening(world).record.retention.code == "decisions"
    loose = actions.open_record(
        by=world.actor(), initiative=world.hennepin, kind="note", title="A note"
    )
    assert loose.retention is not None
    assert loose.retention.code == "working-papers"


def test_a_record_is_as_open_as_its_initiative_unless_it_is_said_otherwise(world: World) -> None:
    said = {"by": world.actor(), "kind": "note", "title": "A note"}
    assert actions.open_record(initiative=world.hennepin, **said).visibility == "public"
    assert actions.open_record(initiative=world.closed, **said).visibility == "members"
    with pytest.raises(ValueError, match="visibility"):
        actions.open_record(initiative=world.hennepin, visibility="friends", **said)


def test_a_hold_needs_a_name_a_reason_and_something_to_keep(world: World, elsewhere: World) -> None:
    record = a_happening(world).record
    by, authority = world.actor("records_officer"), world.authority
    good = {"name": "Smith v. County", "reason": "litigation", "records": [record]}
    for wrong, field in (
        ({"name": " "}, "name"),
        ({"reason": ""}, "reason"),
        ({"records": []}, "initiative"),
        ({"initiative": elsewhere.hennepin}, "initiative"),
    ):
        with pytest.raises(RuleError) as refused:
            actions.place_hold(by=by, authority=authority, **(good | wrong))
        assert refused.value.field == field
    hold = actions.place_hold(by=by, authority=authority, **good)
    with pytest.raises(RuleError, match="in force"):
        actions.place_hold(by=by, authority=authority, **good)
    assert actions.hold_names(record) == ["Smith v. County"]
    with pytest.raises(RuleError):
        actions.release_hold(by=by, hold=hold, because=" ")
    actions.release_hold(by=by, hold=hold, because="settled")
    assert actions.hold_names(record) == []
    with pytest.raises(RuleError, match="already"):
        actions.release_hold(by=by, hold=hold, because="settled")


def test_a_date_closes_at_midnight_where_the_initiative_is(world: World) -> None:
    late = NOON.replace(hour=4)
    assert world.hennepin.today(late) == NOON.date() - timedelta(days=1)
    assert isinstance(world.hennepin, Initiative)
