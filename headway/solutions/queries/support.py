"""What closed votes said about recommendations, for the column beside the evaluators' scores."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from headway.initiatives.models import Initiative
from headway.initiatives.reader import Reader
from headway.solutions.models import Ballot, BallotOption


def support_in(initiative: Initiative, reader: Reader) -> dict[UUID, str]:
    """The newest closed vote on each recommendation, in a few words."""
    found = BallotOption.objects.filter(
        solution__isnull=False,
        ballot__record__initiative=initiative,
        ballot__record__visibility__in=reader.readers,
        ballot__record__withdrawn_at=None,
        ballot__state=Ballot.State.CLOSED,
    )
    said = {}
    for option in found.select_related("ballot").order_by("ballot__closed_at"):
        words = _words(option)
        if option.solution_id is not None and words:
            said[option.solution_id] = words
    return said


def _words(option: BallotOption) -> str:
    """How it did in one vote; nothing where the vote was void."""
    result: dict[str, Any] = option.ballot.result or {}
    if result.get("result") == "void":
        return ""
    if option.ballot.rule == Ballot.Rule.CONSENT:
        return _("%(consent)s consent, %(aside)s stand aside, %(objections)s object") % {
            "consent": result.get("consent", 0),
            "aside": result.get("stand_aside", 0),
            "objections": _count(result.get("objections", 0)),
        }
    places = result.get("places", ())
    place = next((each["place"] for each in places if each["option"] == option.number), None)
    if place is None:
        return _("chosen") if option.number in result.get("winners", ()) else _("not chosen")
    return _("place %(place)s of %(count)s") % {"place": place, "count": len(places)}


def _count(value: Any) -> int:
    return value if isinstance(value, int) else len(value)
