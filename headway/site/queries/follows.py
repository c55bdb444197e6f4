"""What came of a record in later stages, and the way to add to it."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message
from headway.core.slots import Followed, FollowedPlace, Trace, TraceStep


@dataclass(frozen=True, slots=True)
class Stage:
    """A kind of record that can come of another, and how one more is made."""

    kind: str
    heading: Message
    permission: str
    url_name: str
    label: Message


STAGES = (
    Stage(
        "ask",
        _("Requests to decision bodies"),
        "arenas.write",
        "arenas:ask_from",
        _("Ask a decision body for it"),
    ),
    Stage(
        "promise",
        _("Promises"),
        "commitments.note",
        "commitments:promise_from",
        _("Note a promise that comes of it"),
    ),
    Stage(
        "small_test",
        _("Small tests"),
        "pilots.test",
        "pilots:small_test_from",
        _("Start a small test"),
    ),
    Stage("pilot", _("Pilots"), "pilots.prepare", "pilots:pilot_from", _("Prepare a pilot")),
)


def _made(trace: Trace, kind: str) -> tuple[TraceStep, ...]:
    """What came of the record and is of a kind, each once, as far as the reader may see it."""
    steps = (step for step in trace.led_to if step.code == kind and not step.withdrawn)
    return tuple({step.href: replace(step, words="") for step in steps}.values())


def follows(asked: FollowedPlace) -> tuple[Followed, ...]:
    """Requests, promises, tests and pilots that came of a record, and where to make one."""
    place = asked.record
    shown = []
    for stage in STAGES:
        made = _made(asked.trace, stage.kind)
        may = not place.withdrawn and place.may(stage.permission)
        href = reverse(stage.url_name, args=[place.initiative.slug, place.record_id]) if may else ""
        if made or href:
            shown.append(Followed(stage.heading, made, stage.label if href else "", href))
    return tuple(shown)
