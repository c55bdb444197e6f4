"""Where an initiative stands: out of records, as of any day, for one pair of eyes at a time."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.diagnosis import actions
from headway.diagnosis.queries.evidence import tell
from headway.diagnosis.queries.evidence.rows import View
from headway.diagnosis.queries.keeping import kept
from headway.diagnosis.queries.standing import Standing, standing
from headway.diagnosis.queries.words import days_words
from headway.forums.actions.comments import comment_on, edit_comment, take_back_comment
from headway.forums.actions.moderation import hide_comment, restore_comment
from headway.initiatives.actions import (
    add_file,
    record_happening,
    translate_text,
    withdraw_file,
    withdraw_record,
)
from headway.initiatives.files import check_upload
from headway.measures.actions import add_measure, add_reading, open_series
from headway.partners.actions import add_partner
from headway.pilots.actions import decide_small_test, end_small_test, start_small_test
from headway.problems.actions import add_affected_group, add_baseline
from headway_analysis.diagnosis import CONDITIONS, diagnose
from headway_analysis.partial_date import PartialDate, parse
from tests.diagnosis.making import (
    MEMBERS,
    VISITOR,
    a_forum,
    a_held_meeting,
    a_promise,
    an_adopted,
    an_idea,
    before,
    by,
    fill,
    history,
    reader,
)
from tests.world import TODAY, World


def stands(world: World, role: str = "convener", **asked: object) -> Standing:
    return standing(world.hennepin, reader(world, role), TODAY, **asked)


def states(found: Standing) -> dict[str, str]:
    return {line.key: line.state for line in found.conditions}


def test_an_empty_initiative_has_eight_conditions_not_recorded_and_no_move(world: World) -> None:
    found = stands(world)
    assert states(found) == dict.fromkeys(CONDITIONS, "not_recorded")
    assert (found.waited_on, found.moves, found.warnings) == (None, (), ())


def test_thirty_meetings_without_a_promise_wait_on_promises(world: World) -> None:
    forum = a_forum(world)
    for number in range(30):
        a_held_meeting(world, forum, 390 - 10 * number)
    for organisation in (world.shelter, world.office):
        add_partner(by=by(world, 395), initiative=world.hennepin, organisation=organisation)
    found = stands(world)
    assert found.waited_on is not None
    assert found.waited_on.key == "promised"
    assert found.waited_on.words.startswith("Waiting on St. Stephen's since March 2, 2025")
    assert states(found)["convened"] == "met"
    assert states(found)["proposed"] == "not_recorded"


def test_a_record_counts_for_its_condition_and_only_from_its_day_on(world: World) -> None:
    adopted = an_adopted(world, days=90)
    assert states(stands(world, as_of=TODAY - timedelta(101)))["proposed"] == "not_recorded"
    assert states(stands(world, as_of=TODAY - timedelta(96)))["proposed"] == "under_way"
    assert states(stands(world, as_of=TODAY - timedelta(94)))["proposed"] == "met"
    found = stands(world)
    assert found.waited_on is not None
    assert found.waited_on.key == "promised"
    assert "St. Stephen's" in found.waited_on.whom
    assert [move.key for move in found.moves] == ["implementer", "small_test"]
    assert str(adopted.pk) in found.moves[0].start_href


def test_as_of_compares_what_happened_and_known_at_what_was_recorded(world: World) -> None:
    told = history(world)
    add_affected_group(
        by=by(world),
        initiative=world.hennepin,
        name="Families",
        provenance=told,
        when=parse("2006"),
    )
    add_baseline(
        by=by(world),
        initiative=world.hennepin,
        measure="In shelters",
        value=Decimal(900),
        unit="people",
        when=parse("2006-06"),
        provenance=told,
    )
    assert states(stands(world, as_of=date(2006, 6, 29)))["understood"] == "not_recorded"
    assert states(stands(world, as_of=date(2006, 12, 31)))["understood"] == "met"
    before_it = before(1)
    known = stands(world, as_of=date(2006, 12, 31), known_at=before_it)
    assert states(known)["understood"] == "not_recorded"
    assert known.known_at == before_it


def test_what_was_withdrawn_was_never_so_but_was_known(world: World) -> None:
    idea = an_idea(world, days=50)
    withdraw_record(by=by(world, 10), record=idea.record, because="entered twice")
    day = TODAY - timedelta(20)
    assert states(stands(world, as_of=day))["proposed"] == "not_recorded"
    assert states(stands(world, as_of=day, known_at=before(20)))["proposed"] == "under_way"


def test_a_test_and_a_data_point_are_told(world: World) -> None:
    adopted = an_adopted(world)
    trial = start_small_test(
        by=by(world, 60),
        initiative=world.hennepin,
        tries="Two rooms",
        expects="Six stay",
        owner=world.shelter,
        solution=adopted,
        look_on=TODAY - timedelta(20),
    )
    assert states(stands(world, as_of=TODAY - timedelta(30)))["tested"] == "under_way"
    end_small_test(by=by(world, 20), test=trial, result="worked", saw="Seven stayed")
    decide_small_test(by=by(world, 19), test=trial, decision="adapt", because="more rooms")
    measure = add_measure(
        by=by(world, 15), initiative=world.hennepin, title="Asleep outside", unit="people"
    )
    series = open_series(by=by(world, 15), measure=measure, title="The count")
    for days in (70, 8):  # the first count is where it starts
        add_reading(
            by=by(world, 5),
            series=series,
            value=Decimal(300),
            when=PartialDate.on(TODAY - timedelta(days)),
        )
    found = stands(world)
    assert (states(found)["tested"], states(found)["result"]) == ("met", "met")
    assert found.weeks_since_result is not None
    assert found.weeks_since_result.number == 1


def test_what_somebody_stated_counts_with_its_line(world: World) -> None:
    said = {"verdict": "not_needed", "line": "No body decides here", "told_by": "Charter"}
    actions.state_condition(by=by(world), initiative=world.hennepin, condition="supported", **said)
    line = next(each for each in stands(world).conditions if each.key == "supported")
    assert (line.state, line.words, line.source) == (
        "not_needed",
        "No body decides here",
        "Charter",
    )


def test_a_threshold_counts_from_the_day_on_which_somebody_argued(world: World) -> None:
    a_held_meeting(world, a_forum(world), 90)
    assert stands(world).waited_on is not None
    actions.set_threshold(
        by=by(world),
        initiative=world.hennepin,
        name="promised_days",
        title="Promised",
        value=120,
        argument="our board meets three times a year",
    )
    assert stands(world).waited_on is None


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1 day"),
        (365, "365 days"),
        (366, "1 year"),
        (661, "1 year and 9 months"),
        (7_297, "19 years and 11 months"),
    ],
)
def test_a_long_time_is_told_in_years_and_months(days: int, words: str) -> None:
    assert days_words(days) == words


def test_visitors_are_told_what_is_met_and_nothing_else(world: World) -> None:
    fill(world)
    seen = stands(world, "")
    assert {line.state for line in seen.conditions} <= {"met", ""}
    assert all(not line.words for line in seen.conditions if not line.state)
    told = (seen.moves, seen.readings, seen.conversions, seen.promises, seen.warnings)
    assert told == ((), (), (), (), ())
    assert (seen.waited_on, seen.leadership_href) == (None, "")


def test_a_kept_diagnosis_is_never_shown_to_other_eyes(world: World) -> None:
    forum = a_forum(world, visibility="members")
    a_held_meeting(world, forum, 90)
    members = kept(world.hennepin, MEMBERS, TODAY)
    visitors = kept(world.hennepin, VISITOR, TODAY)
    assert members.diagnosis.condition("convened").through
    assert not visitors.diagnosis.condition("convened").through
    assert kept(world.hennepin, MEMBERS, TODAY) == members
    assert kept(world.hennepin, VISITOR, TODAY) == visitors
    assert not kept(world.closed, MEMBERS, TODAY).diagnosis.condition("convened").through


def test_a_kept_diagnosis_is_never_stale(world: World) -> None:
    a_held_meeting(world, a_forum(world), 90)
    assert kept(world.hennepin, MEMBERS, TODAY).diagnosis.waited_on == "promised"
    a_promise(world)
    assert kept(world.hennepin, MEMBERS, TODAY).diagnosis.waited_on is None
    later = kept(world.hennepin, MEMBERS, TODAY + timedelta(400))
    assert later.diagnosis.as_of == TODAY + timedelta(400)


def test_what_is_said_beside_a_record_changes_no_reading_and_makes_none_anew(world: World) -> None:
    """Events that are left out of the key: the evidence after them is the one before."""
    forum = a_forum(world)
    an_adopted(world)
    kept(world.hennepin, MEMBERS, TODAY)
    before_it = tell(View(world.hennepin, MEMBERS, None, TODAY))
    said = comment_on(by=by(world), record=forum.record, text="Where do we meet?")
    edit_comment(by=by(world), comment=said, text="Where shall we meet?")
    hide_comment(by=by(world), comment=said, rule="off_topic")
    restore_comment(by=by(world), comment=said)
    take_back_comment(by=by(world), comment=said)
    spanish = {"field": "title", "original": "Partners", "language": "es", "text": "Socios"}
    translate_text(by=by(world), record=forum.record, **spanish)
    upload = check_upload(SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan"))
    withdraw_file(by=by(world), file=add_file(by=by(world), record=forum.record, upload=upload))
    assert tell(View(world.hennepin, MEMBERS, None, TODAY)) == before_it
    with CaptureQueriesContext(connection) as asked:
        kept(world.hennepin, MEMBERS, TODAY)
    assert len(asked) == 2


def test_every_other_event_reads_anew(world: World) -> None:
    a_held_meeting(world, a_forum(world), 90)
    for act in (
        lambda: an_idea(world),
        lambda: record_happening(
            by=by(world),
            initiative=world.hennepin,
            category="meeting",
            text="We met",
            when=PartialDate.on(TODAY),
        ),
    ):
        kept(world.hennepin, MEMBERS, TODAY)
        act()
        with CaptureQueriesContext(connection) as asked:
            kept(world.hennepin, MEMBERS, TODAY)
        assert len(asked) > 2


def test_it_takes_few_questions_whatever_there_is_and_two_when_kept(world: World) -> None:
    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as cold:
            first = stands(world)
        with CaptureQueriesContext(connection) as warm:
            assert stands(world) == first
        return len(cold), len(warm)

    assert world.hennepin.owner
    fill(world)
    before_more = asked()
    assert before_more[0] <= 14
    assert before_more[1] == 2
    for number in range(12):
        an_adopted(world, title=f"Open {number} beds")
        a_promise(world, confirmed=False)
    assert asked() == before_more


def test_the_evidence_of_a_day_is_what_the_pure_package_reads(world: World) -> None:
    fill(world)
    told = tell(View(world.hennepin, MEMBERS))
    found = diagnose(told.evidence, TODAY, told.thresholds)
    assert found == kept(world.hennepin, MEMBERS, TODAY).diagnosis
    assert told.evidence.convener == str(world.office.pk)
    assert {"forum", "meeting", "recommendation", "promise"} <= {
        item.kind for item in told.evidence.items
    }


@pytest.mark.parametrize("days", [1, 30, 100, 250])
def test_a_day_reads_alike_whatever_was_recorded_later(world: World, days: int) -> None:
    """Everything here is dated by its day, so that what was known then is what is known now."""
    fill(world)
    day = TODAY - timedelta(days)
    now = stands(world, as_of=day)
    then = stands(world, as_of=day, known_at=before(days) + timedelta(hours=1))
    assert states(now) == states(then)


def test_what_a_report_tells_without_a_day_counts_since_the_report_appeared(world: World) -> None:
    told = history(world, published="2006-12")
    add_affected_group(by=by(world), initiative=world.hennepin, name="Families", provenance=told)
    assert states(stands(world, as_of=date(2006, 12, 30)))["understood"] == "not_recorded"
    assert states(stands(world, as_of=date(2006, 12, 31)))["understood"] == "under_way"


def test_the_last_public_word_counts_on_each_day(world: World) -> None:
    a_held_meeting(world, a_forum(world), 300)
    for days in (290, 250, 20):
        record_happening(
            by=by(world, days),
            initiative=world.hennepin,
            category="milestone",
            text="We reported to everybody",
            when=PartialDate.on(TODAY - timedelta(days)),
        )
    silent = TODAY - timedelta(60)
    levers = {
        day: {each.lever for each in kept(world.hennepin, MEMBERS, day).diagnosis.levers}
        for day in (silent, TODAY)
    }
    assert "report_back" in levers[silent]
    assert "report_back" not in levers[TODAY]
    told = tell(View(world.hennepin, MEMBERS))
    for day in levers:
        assert (
            diagnose(told.evidence, day).levers
            == kept(world.hennepin, MEMBERS, day).diagnosis.levers
        )
