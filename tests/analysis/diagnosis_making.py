"""Evidence for tests of the diagnosis: one fixture for each lever, and what is around it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from headway_analysis.diagnosis import (
    Act,
    Evidence,
    Item,
    Leading,
    Link,
    Phase,
    Pledge,
    Recommendation,
    Request,
    Role,
    Step,
    Trial,
    Turn,
)

TODAY = date(2026, 6, 1)


def ago(days: int) -> date:
    """A day before today."""
    return TODAY - timedelta(days)


def item(key: str, kind: str, days: int = 30, *states: str, **more: Any) -> Item:
    """A record of so many days ago, in states it came into that day."""
    day = ago(days)
    return Item(id=key, kind=kind, on=day, states=tuple((day, each) for each in states), **more)


def drafted(key: str, days: int = 30, *states: str, **more: Any) -> Recommendation:
    """A recommendation of so many days ago."""
    day = ago(days)
    told = tuple((day, each) for each in states or ("draft",))
    given_: dict[str, Any] = {"owner": "county", "owner_on": day}
    more = given_ | more
    return Recommendation(id=key, kind="recommendation", on=day, states=told, **more)


def promised(key: str, days: int = 30, **more: Any) -> Pledge:
    """A promise of so many days ago."""
    day = ago(days)
    return Pledge(id=key, kind="promise", on=day, states=((day, "intent"),), **more)


def asked(key: str, days: int = 30, **more: Any) -> Request:
    """A request to a body of so many days ago, in order unless told otherwise."""
    day = ago(days)
    given_: dict[str, Any] = {
        "vote_on": TODAY + timedelta(40),
        "may_ask": frozenset({"business"}),
        "backed": (day,),
        "steps": (Step(title="Committee", due=TODAY + timedelta(9), owner="county"),),
    }
    more = given_ | more
    return Request(id=key, kind="ask", on=day, states=((day, "submitted"),), **more)


# An initiative in which no lever would help: it met, told the public, kept a promise last month.
WELL = Evidence(
    items=(
        item("m", "meeting", 300, "held", parties=frozenset({"county", "business"})),
        promised("p", 90, confirmed_on=ago(80), kept_on=ago(20), holder="county", owner="post"),
        item("h", "happening", 30, public=True),
    ),
    convener="county",
)


def with_(*items: Item, links: tuple[Link, ...] = (), **more: Any) -> Evidence:
    """The initiative where all is well, and what is given."""
    return replace(WELL, items=(*WELL.items, *items), links=links, **more)


def less(kind: str, *items: Item) -> Evidence:
    """The initiative where all is well, without a kind of record."""
    kept = (each for each in WELL.items if each.kind != kind)
    return replace(WELL, items=(*kept, *items))


def link(later: str, earlier: str, kind: str = "came_from") -> Link:
    """That one record followed another."""
    return Link(later, earlier, kind, ago(10))


TRIAL = Trial(id="t", kind="small_test", on=ago(9), states=((ago(9), "running"),))
DONE = link("p", "s")
TESTED = link("t", "s", "tests")
SPONSOR = Role("r", "sponsor", "Sponsor", "county", ((None, TODAY + timedelta(10)),))

FIXTURES: dict[str, dict[str, Evidence]] = {
    "deadline": {
        "no_end": with_(Phase(id="f", kind="phase", on=ago(5))),
        "no_draft": with_(
            Phase(id="f", kind="phase", on=ago(101), forum="g", ends=TODAY + timedelta(30))
        ),
    },
    "shared_facts": {
        "disputed": with_(item("f", "fact", 9, "disputed"), item("w", "framing", 40, "adopted")),
    },
    "small_win": {
        "no_result": less("promise", promised("p", 90, confirmed_on=ago(80), owner="post")),
    },
    "sponsor": {
        "no_supporter": with_(asked("q", backed=())),
        "role_vacant": with_(roles=(Role("r", "champion", "Champion", "county"),)),
    },
    "owner": {
        "no_owner": with_(drafted("s", owner="", owner_on=None)),
        "no_recommendation": with_(item("c", "conversation", 50, "open", "closed")),
    },
    "implementer": {
        "no_promise": with_(drafted("s", 30, "draft", "adopted"), TRIAL, links=(TESTED,)),
        "condition_unmet": with_(
            drafted("s", 30, "draft", "adopted", unmet=("authority",)),
            TRIAL,
            links=(TESTED, DONE),
        ),
    },
    "path": {
        "step_late": with_(asked("q", steps=(Step(title="Committee", due=ago(2), owner="a"),))),
        "step_unowned": with_(asked("q", steps=(Step(title="Committee", due=TODAY),))),
        "nobody_may_ask": with_(asked("q", may_ask=frozenset())),
    },
    "resources": {
        "need_unanswered": with_(
            drafted("s", 30, "draft", "adopted"),
            item("n", "need", 20),
            TRIAL,
            links=(TESTED, DONE),
        ),
    },
    "small_test": {
        "untested": with_(drafted("s", 30, "draft", "adopted"), links=(DONE,)),
        "effect_disputed": with_(
            drafted("s"), item("o", "objection", 5, "open"), links=(link("o", "s", "about"),)
        ),
    },
    "report_back": {
        "no_public_word": less("happening", item("h", "happening", 181, public=True)),
    },
    "act_before": {
        "term_ends": with_(asked("q"), roles=(SPONSOR,)),
        "election": with_(
            asked("q"), turns=(Turn("e", "election", "November", TODAY + timedelta(3)),)
        ),
    },
}


def acts(*names: str, leading: Leading = "distributive") -> tuple[Act, ...]:
    """One act for each name."""
    return tuple(Act(leading, "forum_led", name, ago(9), f"r{n}") for n, name in enumerate(names))
