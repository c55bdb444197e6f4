"""What a new promise begins with when it is made from another record."""

from headway.arenas.models import BodyDecision
from headway.forums.models import MinuteLine
from headway.initiatives.models import Record
from headway.initiatives.queries.panel import texts_of
from headway.solutions.models import Solution


def first_values(record: Record) -> dict[str, object]:
    """The words, the organisation and the date that a record offers to a promise made from it."""
    if record.kind == MinuteLine.RECORD_KIND:
        return _from_line(record)
    if record.kind == Solution.RECORD_KIND:
        return {**_from_any(record), **_from_solution(record)}
    if record.kind == BodyDecision.RECORD_KIND:
        return _from_decision(record)
    return _from_any(record)


def _from_any(record: Record) -> dict[str, object]:
    texts = texts_of(record)
    found: dict[str, object] = {"text": texts.get("text") or record.title}
    if record.organisation is not None:
        found["organisation"] = record.organisation.canonical
    return found


def _from_decision(record: Record) -> dict[str, object]:
    """What was asked for; who carries it out is not the body that allowed it."""
    decision = BodyDecision.objects.select_related("ask__record").get(pk=record.pk)
    asked = decision.ask.record if decision.ask else None
    return {"text": asked.title if asked and asked.expunged_at is None else record.title}


def _from_line(record: Record) -> dict[str, object]:
    rows = MinuteLine.objects.select_related(
        "owner__merged_into", "owner_person__merged_into", "owner_post__organisation"
    )
    line = rows.get(pk=record.pk)
    found: dict[str, object] = {
        "text": line.what or line.text,
        "organisation_as_said": line.owner_as_said,
        "due": line.due,
    }
    if line.owner is not None:
        found["organisation"] = line.owner.canonical
    if line.owner_post is not None:
        found["post"] = line.owner_post
    if line.owner_person is not None:
        found["person"] = line.owner_person.canonical
    return found


def _from_solution(record: Record) -> dict[str, object]:
    rows = Solution.objects.select_related("owner__merged_into", "owner_post__organisation")
    solution = rows.get(pk=record.pk)
    found: dict[str, object] = {}
    if solution.owner is not None:
        found["organisation"] = solution.owner.canonical
    if solution.owner_post is not None:
        found["post"] = solution.owner_post
    return found
