"""What came of a record in later stages, and the way to add to it."""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message
from headway.core.slots import Followed, RecordPlace, TraceStep
from headway.initiatives import kinds
from headway.initiatives.models import Link


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


def _made(place: RecordPlace) -> dict[str, list[TraceStep]]:
    """What links back to the record, by kind, as far as the reader may see it. One query."""
    links = Link.objects.filter(
        target=place.record_id,
        withdrawn_at__isnull=True,
        origin__kind__in=[stage.kind for stage in STAGES],
        origin__withdrawn_at__isnull=True,
        origin__visibility__in=place.initiative.visibilities,
    )
    found: dict[str, list[TraceStep]] = defaultdict(list)
    for link in links.select_related("origin").order_by("made_at"):
        record = link.origin
        step = TraceStep("", record.title, kinds.href(record, place.initiative.slug), record.kind)
        if step not in found[record.kind]:
            found[record.kind].append(step)
    return found


def follows(place: RecordPlace) -> tuple[Followed, ...]:
    """Requests, promises, tests and pilots that came of a record, and where to make one."""
    made = _made(place)
    shown = []
    for stage in STAGES:
        may = not place.withdrawn and place.may(stage.permission)
        href = reverse(stage.url_name, args=[place.initiative.slug, place.record_id]) if may else ""
        if made[stage.kind] or href:
            steps = tuple(made[stage.kind])
            shown.append(Followed(stage.heading, steps, stage.label if href else "", href))
    return tuple(shown)
