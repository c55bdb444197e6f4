from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from headway.commitments import actions
from headway.commitments.formats.calendar import Entry, write
from headway.initiatives.actions import let_go
from tests.commitments.making import DUE, LIST, a_confirmed_promise, a_promise, fill
from tests.world import NOON, World

NOW = datetime(2026, 3, 27, 17, tzinfo=UTC)


def feed(world: World, secret: str) -> str:
    answer = world.client().get(f"/calendar/promises/{secret}.ics")
    assert answer.status_code == 200, answer
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return answer.content.decode()


def own_secret(world: World, role: str = "partner") -> str:
    return actions.make_calendar_feed(by=world.actor(role), member=world.members[role])


def test_a_calendar_shows_ones_own_promises_and_those_of_the_organisation(world: World) -> None:
    a_confirmed_promise(world)
    a_promise(world, "The office sends the list", organisation=world.office)
    read = Calendar.from_ical(feed(world, own_secret(world)))
    titles = {str(part["summary"]) for part in read.walk("VTODO")}
    assert titles == {LIST}
    (task,) = read.walk("VTODO")
    (day,) = read.walk("VEVENT")
    assert task["due"].params["TZID"] == "America/Chicago"
    assert day["dtstart"].dt == DUE
    assert read.walk("VTIMEZONE")


def test_a_new_address_ends_the_one_before(world: World) -> None:
    first = own_secret(world)
    second = own_secret(world)
    assert world.client().get(f"/calendar/promises/{first}.ics").status_code == 404
    feed(world, second)
    world.client("partner").post(world.address("commitments:stop_calendar"))
    assert world.client().get(f"/calendar/promises/{second}.ics").status_code == 404


def test_the_address_of_somebody_who_left_shows_nothing(world: World) -> None:
    secret = own_secret(world)
    let_go(by=world.actor(), member=world.members["partner"])
    assert world.client().get(f"/calendar/promises/{secret}.ics").status_code == 404
    assert world.client().get("/calendar/promises/made-up.ics").status_code == 404


def test_the_address_is_shown_once(world: World) -> None:
    client, page = world.client("partner"), world.address("commitments:calendar")
    made = client.post(page).content.decode()
    assert ".ics" in made
    assert ".ics" not in client.get(page).content.decode()


def test_what_ended_is_no_day_any_more(world: World) -> None:
    fill(world)
    read = Calendar.from_ical(feed(world, own_secret(world)))
    states = {str(part["status"]) for part in read.walk("VTODO")}
    assert states == {"NEEDS-ACTION", "COMPLETED", "CANCELLED"}
    open_tasks = [part for part in read.walk("VTODO") if part["status"] == "NEEDS-ACTION"]
    assert len(read.walk("VEVENT")) == len(open_tasks)


@given(
    title=st.text(max_size=80).filter(lambda text: "\x00" not in text),
    due=st.dates(date(1990, 1, 1), date(2200, 12, 31)),
    percent=st.integers(0, 100),
)
def test_whatever_the_words_the_calendar_reads_back(title: str, due: date, percent: int) -> None:
    entry = Entry("one@headway", title, title, due, "open", percent, NOW)
    read = Calendar.from_ical(write([entry], name="Promises", zone="America/Chicago", now=NOON))
    (task,) = read.walk("VTODO")
    assert task["due"].dt.date() == due
    assert int(task["percent-complete"]) == percent
