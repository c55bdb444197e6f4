from collections.abc import Iterable
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.core.text import PAGE, text_refusal
from headway.directory.actions.sources import record_source
from headway.directory.models import Organisation, Source
from headway.initiatives.actions import locked, must_be_of, must_stand, note_event, on_behalf_of
from headway.initiatives.models import Initiative, Mandate, Record, StageModel, Wording
from headway.initiatives.provenance import Provenance
from headway.problems.models import Citation

RowT = TypeVar("RowT", bound=StageModel)


def as_reported(
    model: type[RowT], initiative: Initiative, provenance: Provenance, **same: object
) -> RowT | None:
    """The same row from the same source, loaded before: reworded or withdrawn, it stays so."""
    said = [value for value in same.values() if isinstance(value, str)]
    # What cannot be stored can neither be searched for; the save refuses it with the reason.
    if not provenance.reported or any(text_refusal(value, PAGE) for value in said):
        return None
    known = model._default_manager.filter(
        record__initiative=initiative, record__source=provenance.source
    ).order_by("record__recorded_at")
    first_said = Wording.objects.filter(
        record__initiative=initiative, field__in=same, number=1, text__in=said
    )
    return known.filter(**same).first() or known.filter(pk__in=first_said.values("record")).first()


def in_the_name_of(
    by: Actor, initiative: Initiative, organisation: Organisation | None, provenance: Provenance
) -> Actor:
    """The actor, speaking for an organisation where one is named.

    What a source reports an organisation to have said needs no mandate here.

    Raises:
        RuleError: where no mandate lets this member speak for it.

    """
    if organisation is None:
        return by
    must_be_of(initiative.authority_id, organisation, "organisation")
    if provenance.reported:
        return by.speaking_for(organisation.pk)
    return on_behalf_of(
        by=by, initiative=initiative, organisation=organisation, scope=Mandate.Scope.FACTS
    )


def named_sources(
    *, by: Actor, initiative: Initiative, named: Iterable[tuple[str, str]]
) -> list[Source]:
    """The directory's sources of these titles and addresses, recorded where they are not yet."""
    authority = initiative.authority
    return [record_source(by=by, authority=authority, title=title, url=url) for title, url in named]


def cite_all(by: Actor, record: Record, sources: Iterable[Source]) -> str:
    """Set sources beside a record, each once; answers their titles for the log."""
    cited = []
    for source in dict.fromkeys(sources):
        must_be_of(record.initiative.authority_id, source, "sources")
        _row, made = Citation.objects.get_or_create(
            record=record,
            source=source,
            withdrawn_at=None,
            defaults={"member_id": by.member_id, "recorded_at": by.at},
        )
        cited += [source.title] if made else []
    return "; ".join(cited)


@transaction.atomic
def cite(*, by: Actor, record: Record, source: Source, note: str = "") -> Citation:
    """Say that a source speaks for a record; twice is the same citation.

    Raises:
        RuleError: where the record was withdrawn.

    """
    current = locked(record)
    must_stand(current)
    must_be_of(current.initiative.authority_id, source, "source")
    citation, made = Citation.objects.get_or_create(
        record=current,
        source=source,
        withdrawn_at=None,
        defaults={"note": note.strip(), "member_id": by.member_id, "recorded_at": by.at},
    )
    if made:
        note_event(by=by, record=current, verb="cited", changes={"source": ("", source.title)})
    return citation


@transaction.atomic
def withdraw_citation(*, by: Actor, citation: Citation, because: str) -> None:
    """Take a source off a record, with the reason; the log keeps that it was there.

    Raises:
        RuleError: where no reason is given.

    """
    if not because.strip():
        raise RuleError(
            _("Say why, like “the report was withdrawn” or “speaks of another year”."), "because"
        )
    current = Citation.objects.select_for_update(of=("self",)).get(pk=citation.pk)
    if current.withdrawn_at is None:
        current.change(withdrawn_at=by.at)
        note_event(
            by=by,
            record=current.record,
            verb="citation_withdrawn",
            changes={"source": (current.source.title, "")},
            because=because.strip(),
        )
