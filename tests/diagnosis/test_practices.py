"""Seventeen practices: to read for everybody, and as activities that write real records."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from headway.accounts.models import Event
from headway.commitments.models import Commitment
from headway.core.errors import RuleError
from headway.diagnosis.actions.practices import (
    finish_activity,
    note_step,
    start_activity,
    write_step,
)
from headway.diagnosis.actions.writers import WRITERS
from headway.diagnosis.forms.practices import FORMS
from headway.diagnosis.models import Activity
from headway.diagnosis.queries.practices import HELPS_WITH, PRACTICES, STAGES, PracticeStep
from headway.diagnosis.queries.practices.offered import practice_for
from headway.diagnosis.queries.practices.writing import OPENS, WRITES
from headway.forums.actions import open_forum
from headway.initiatives import kinds
from headway.initiatives.models import Link, Record
from headway.measures.models import Measure
from headway.partners.actions import add_partner
from headway.partners.models import Partner, WorkingAgreement
from headway.problems.models import Fact, VisionLine
from tests.diagnosis.making import an_adopted, reader
from tests.diagnosis.making_practices import FACTS, a_fact_base, an_activity, fill_practices
from tests.diagnosis.practice_typed import TYPED
from tests.diagnosis.test_pages import token_of
from tests.site.forms import read_page
from tests.site.test_every_form import FINE, NASTY, SCRIPT, send
from tests.world import World

STEPS = [
    (practice.key, step.key, step.writes)
    for practice in PRACTICES
    for step in practice.steps
    if step.writes in TYPED
]


def step_address(world: World, activity: Activity, step: str) -> str:
    return world.address("diagnosis:step", activity.pk, step)


def wrote(activity: Activity) -> list[Record]:
    links = Link.objects.filter(target=activity.pk, kind="came_from")
    return [link.origin for link in links.order_by("origin__title")]


def test_there_are_seventeen_practices_each_complete() -> None:
    assert len(PRACTICES) == len({each.key for each in PRACTICES}) == 17
    assert {each.stage for each in PRACTICES} == set(STAGES)
    assert set(HELPS_WITH.values()) <= {each.key for each in PRACTICES}
    for each in PRACTICES:
        assert len(each.steps) == len({step.key for step in each.steps}) >= 3
        assert all((each.why, each.when, each.who, each.time, each.writes, each.sources))
        assert len(each.pitfalls) >= 2
        assert any(step.writes for step in each.steps), "it writes real records"
        assert all(step.ask and step.how and step.example for step in each.steps)


def test_whatever_a_step_writes_has_its_form_and_its_action() -> None:
    used = {step.writes for each in PRACTICES for step in each.steps} - {""}
    assert used == set(WRITES) == set(FORMS) == set(WRITERS) == {*TYPED, "stances"}
    assert {step.opens for each in PRACTICES for step in each.steps} - {""} == set(OPENS)
    known = {each.kind for each in kinds.kinds()}
    assert {kind for writes in WRITES.values() for kind in writes.kinds} <= known


def test_everybody_reads_every_practice_without_an_account(world: World) -> None:
    visitor = world.client()
    listed = visitor.get(reverse("diagnosis:practices_everywhere")).content.decode()
    assert "Intersector Toolkit" in listed
    for each in PRACTICES:
        address = reverse("diagnosis:practice_everywhere", args=[each.key])
        assert address in listed
        shown = visitor.get(address).content.decode()
        for text in (each.who, each.pitfalls[0], each.steps[-1].ask):
            assert str(text)[:20] in shown
    nothing = reverse("diagnosis:practice_everywhere", args=["nothing"])
    assert visitor.get(nothing).status_code == 404


def test_the_common_fact_base_with_three_members_stands_in_the_ledger(world: World) -> None:
    first = world.client("convener")
    begun = first.post(world.address("diagnosis:start_practice", "fact-base"), {})
    activity = Activity.objects.get()
    assert begun.url == world.address("diagnosis:activity", activity.pk)
    first.post(step_address(world, activity, "facts"), TYPED["facts"])
    outside, job = Fact.objects.order_by("claim")
    stances = step_address(world, activity, "stances")
    why = f"fact-{job.pk}-why"
    for role, of_job in (("convener", "agree"), ("partner", "dispute"), ("evaluator", "no_view")):
        said = {f"fact-{outside.pk}": "agree", f"fact-{job.pk}": of_job, why: "Nobody asked them"}
        assert world.client(role).post(stances, said).status_code == 302
    ledger = first.get(world.address("problems:facts")).content.decode()
    assert all(claim in ledger for claim in FACTS)
    assert sorted(Fact.objects.values_list("claim", "state")) == [
        (FACTS[0], "agreed"),
        (FACTS[1], "disputed"),
    ]
    assert "Nobody asked them" in first.get(world.address("problems:fact", job.pk)).content.decode()
    shown = first.get(begun.url).content.decode()
    for claim, state in zip(FACTS, ("agreed", "disputed"), strict=True):
        assert f'{claim}</bdi></a> <span class="quiet">({state})</span>' in shown
    assert "St. Stephen&#x27;s" in shown


def test_disputing_needs_a_reason_and_nothing_typed_is_lost(world: World) -> None:
    activity = a_fact_base(world)
    outside, job = Fact.objects.order_by("claim")
    browser, address = world.client("partner"), step_address(world, activity, "stances")
    refused = browser.post(address, {f"fact-{outside.pk}": "agree", f"fact-{job.pk}": "dispute"})
    assert refused.status_code == 422
    assert "Say what is wrong with it." in refused.content.decode()
    assert not Fact.objects.exclude(state="open").exists()
    assert browser.post(address, {}).status_code == 422
    odd = browser.post(address, {f"fact-{outside.pk}": "surely"})
    assert odd.status_code == 422


@pytest.mark.parametrize(("practice", "step", "writes"), STEPS)
def test_a_step_writes_records_that_came_from_the_activity(
    world: World, practice: str, step: str, writes: str
) -> None:
    partner = add_partner(by=world.actor(), initiative=world.hennepin, organisation=world.shelter)
    forum = open_forum(
        by=world.actor(), initiative=world.hennepin, name="Partners", public_body="no"
    )
    activity = an_activity(world, practice)
    typed = TYPED[writes] | {"partner": partner.pk, "forum": forum.pk}
    browser, address = world.client("convener"), step_address(world, activity, step)
    assert browser.get(address).status_code == 200
    answer = browser.post(address, typed)
    assert answer.status_code == 302, answer.content.decode()
    records = wrote(activity)
    assert {record.kind for record in records} <= set(WRITES[writes].kinds)
    lines = str(typed.get("lines", "")).splitlines()
    assert len(records) >= (1 if writes == "conversation" else max(1, len(lines)))
    shown = browser.get(answer.url).content.decode()
    for record in records:
        if record.visibility == "office":
            continue  # a conversation before it is opened
        assert kinds.href(record, world.hennepin.slug) in shown


def test_lines_of_the_vision_keep_their_order(world: World) -> None:
    activity = an_activity(world, "success", "partner")
    browser = world.client("partner")
    browser.post(step_address(world, activity, "lines"), TYPED["vision"])
    browser.post(step_address(world, activity, "out"), TYPED["vision_out"])
    ranked = VisionLine.objects.order_by("rank").values_list("text", "scope")
    assert [scope for _text, scope in ranked] == ["in", "in", "out"]
    assert ranked[0][0] == "Nobody sleeps outside for a month"


def test_a_measure_has_its_starting_point_and_its_target(world: World) -> None:
    activity = an_activity(world, "measures")
    world.client("convener").post(step_address(world, activity, "measure"), TYPED["measure"])
    measure = Measure.objects.get()
    assert measure.baseline is not None
    assert (measure.baseline.value, measure.targets.get().value) == (412, 200)


def test_what_is_agreed_is_added_below_what_stands(world: World) -> None:
    activity = an_activity(world, "discretion")
    browser = world.client("convener")
    browser.post(step_address(world, activity, "matrix"), TYPED["decides"])
    browser.post(step_address(world, activity, "doubt"), TYPED["doubt"])
    [agreement] = WorkingAgreement.objects.all()
    assert agreement.decisions.splitlines() == [
        "Decided alone: The agenda",
        "Needs all of us: A new partner",
        "In doubt: Act and tell the same day",
    ]
    assert browser.post(step_address(world, activity, "matrix"), {}).status_code == 422


def test_a_small_win_is_due_within_sixty_days(world: World) -> None:
    activity = an_activity(world, "small-win", "partner")
    browser, address = world.client("partner"), step_address(world, activity, "win")
    late = TYPED["small_win"] | {"due": "2099-01-01"}
    assert "next sixty days" in browser.post(address, late).content.decode()
    assert not Commitment.objects.exists()


def test_whoever_may_not_write_a_step_notes_what_was_said(world: World) -> None:
    activity = an_activity(world, "discretion", "partner")
    browser, address = world.client("partner"), step_address(world, activity, "matrix")
    assert "somebody who may record this does so" in browser.get(address).content.decode()
    answer = browser.post(address, {"note": "The county sets the agenda", **TYPED["decides"]})
    assert answer.status_code == 302
    assert not WorkingAgreement.objects.exists()
    shown = world.client("observer").get(answer.url).content.decode()
    assert "The county sets the agenda" in shown
    assert address not in shown, "an observer only reads"


@pytest.mark.parametrize(
    ("role", "status"), [("partner", 302), ("liaison", 302), ("observer", 403), ("stranger", 404)]
)
def test_any_partner_starts_one_and_who_only_watches_does_not(
    world: World, role: str, status: int
) -> None:
    start = world.address("diagnosis:start_practice", "small-win")
    assert world.client(role).post(start, {}).status_code == status
    assert Activity.objects.count() == int(status == 302)


def test_visitors_find_no_activity_and_a_practice_without_a_start(world: World) -> None:
    activity = a_fact_base(world)
    visitor = world.client()
    for address in (
        world.address("diagnosis:practices"),
        world.address("diagnosis:activity", activity.pk),
        step_address(world, activity, "facts"),
    ):
        assert visitor.get(address).status_code == 302
    assert activity.record.visibility == "members"


def test_a_step_that_is_none_is_not_there(world: World) -> None:
    activity = an_activity(world)
    browser = world.client("convener")
    assert browser.get(step_address(world, activity, "win")).status_code == 404
    assert browser.get(world.address("diagnosis:practice", "nothing")).status_code == 404
    assert browser.get(world.address("diagnosis:start_practice", "nothing")).status_code == 404
    with pytest.raises(ValueError, match="no step"):
        note_step(by=world.actor(), activity=activity, step="win", note="x")
    with pytest.raises(ValueError, match="no practice"):
        start_activity(by=world.actor(), initiative=world.hennepin, practice="nothing")
    with pytest.raises(ValueError, match="writes nothing"):
        write_step(by=world.actor(), activity=an_activity(world, "story"), step="hear", said={})


@pytest.mark.parametrize(
    "lines", ["", "  \n ", "x" * 251, "\n".join(f"Fact {number}" for number in range(31))]
)
def test_lines_that_do_not_fit_are_refused_and_none_is_recorded(world: World, lines: str) -> None:
    activity = an_activity(world)
    answer = world.client("convener").post(step_address(world, activity, "facts"), {"lines": lines})
    assert answer.status_code == 422
    assert not Fact.objects.exists()


def test_no_form_of_a_step_breaks_down_whatever_is_typed(world: World) -> None:
    browser = world.client("convener")
    browser.raise_request_exception = False
    open_forum(by=world.actor(), initiative=world.hennepin, name="Partners", public_body="no")
    add_partner(by=world.actor(), initiative=world.hennepin, organisation=world.shelter)
    wrong, values = [], list(NASTY.values())
    for key, step in {each.writes: (key, each.key) for key, each in all_steps()}.values():
        path = step_address(world, an_activity(world, key), step)
        [form] = [
            each
            for each in read_page(browser.get(path).content.decode()).forms
            if each.method == "post" and not each.action
        ]
        for turn in range(0, len(values), 2):
            status, html = send(browser, path, form, values[turn:] + values[:turn])
            if status not in FINE or SCRIPT in html:
                wrong.append(f"{key} {step}: {status}")
    assert wrong == []


def all_steps() -> Iterator[tuple[str, PracticeStep]]:
    """Every step with the key of its practice."""
    for each in PRACTICES:
        for step in each.steps:
            yield each.key, step


def test_a_refusal_of_one_record_leaves_none(world: World) -> None:
    add_partner(by=world.actor(), initiative=world.hennepin, organisation=world.shelter)
    activity = an_activity(world, "stakeholders")
    typed = {"organisations": "Office to End Homelessness; St. Stephen's"}
    answer = world.client("convener").post(step_address(world, activity, "missing"), typed)
    assert answer.status_code == 422
    assert "is a partner already" in answer.content.decode()
    assert Partner.objects.count() == 1


def test_a_step_sent_twice_is_done_once(world: World) -> None:
    activity = an_activity(world)
    form = TYPED["facts"] | {"form_key": "6b1f0f3e-35fb-4d4b-a7f2-6e6a0f5f7a11"}
    browser, address = world.client("convener"), step_address(world, activity, "facts")
    assert browser.post(address, form).url == browser.post(address, form).url
    assert Fact.objects.count() == len(FACTS)
    assert activity.steps.count() == 1


def test_finishing_says_what_came_of_it_and_ends_the_steps(world: World) -> None:
    activity = a_fact_base(world)
    browser = world.client("partner")
    finish = world.address("diagnosis:finish_activity", activity.pk)
    assert browser.post(finish, {"came_of": " "}).status_code == 422
    home = browser.post(finish, {"came_of": "Two facts, one open"}).url
    shown = browser.get(home).content.decode()
    assert "Two facts, one open" in shown
    assert step_address(world, activity, "facts") not in shown
    assert browser.get(step_address(world, activity, "facts")).url == home
    with pytest.raises(RuleError, match="finished"):
        write_step(by=world.actor(), activity=activity, step="facts", said={"lines": ("Another",)})
    with pytest.raises(RuleError):
        finish_activity(by=world.actor(), activity=activity, came_of="again")
    verbs = set(Event.objects.about(activity.pk).values_list("verb", flat=True))
    assert {"started", "practised", "done"} <= verbs


def test_who_began_it_or_who_leads_withdraws_it_and_what_it_wrote_stays(world: World) -> None:
    activity = a_fact_base(world)
    take_back = world.address("diagnosis:withdraw_activity", activity.pk)
    assert world.client("partner").get(take_back).status_code == 404
    assert world.client("convener").post(take_back, {"because": "By mistake"}).status_code == 302
    assert Fact.objects.live().count() == len(FACTS)
    assert "No practice was carried out here yet" in page(world, "diagnosis:practices")


def page(world: World, name: str, *args: object) -> str:
    return world.client("observer").get(world.address(name, *args)).content.decode()


def test_the_list_tells_what_was_carried_out_and_by_whom(world: World) -> None:
    fill_practices(world)
    shown = page(world, "diagnosis:practices")
    assert shown.count("under way") == 1
    table = b"".join(
        world.client("observer").get(world.address("diagnosis:activities_csv"))
    ).decode()
    assert "One list each Monday" in table
    assert "Office to End Homelessness" in table
    began = page(world, "diagnosis:practice", "fact-base")
    assert "Begun on March 27, 2026" in began


@pytest.mark.parametrize("role", ["convener", "partner", "observer"])
def test_pages_of_practices_ask_few_questions(world: World, role: str) -> None:
    for _each in range(4):
        fill_practices(world)
    activity = a_fact_base(world)
    browser = world.client(role)
    addresses = {
        world.address("diagnosis:practices"): 12,
        world.address("diagnosis:practice", "fact-base"): 15,
        world.address("diagnosis:activity", activity.pk): 15,
    }
    if role != "observer":
        addresses |= {
            step_address(world, activity, step): 15 for step in ("facts", "stances", "lacking")
        }
    for address, most in addresses.items():
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        assert len(asked) <= most, f"{address}: {len(asked)}"


def test_a_next_move_leads_to_the_practice_that_helps(world: World) -> None:
    an_adopted(world)
    leadership = world.address("diagnosis:leadership")
    helps = world.address("diagnosis:practice", HELPS_WITH["implementer"])
    assert helps in world.client("partner").get(leadership).content.decode()
    assert helps not in world.client("observer").get(leadership).content.decode()
    assert practice_for("path", reader(world, "partner")) is None


def test_a_program_reads_what_was_carried_out(world: World) -> None:
    fill_practices(world)
    address = f"/api/v1/initiatives/{world.hennepin.slug}/activities"
    headers = {"Authorization": f"Bearer {token_of(world, 'diagnosis.view')}"}
    told = world.client().get(address, headers=headers).json()["items"]
    by_practice = {each["practice"]: each for each in told}
    assert by_practice["fact-base"]["records"] == len(FACTS)
    assert by_practice["small-win"]["came_of"] == "One list each Monday"
    assert by_practice["small-win"]["organizations"] == ["St. Stephen's"]
    assert world.client().get(address).status_code == 401
