from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation, Source
from headway.initiatives.actions import (
    locked,
    must_be_of,
    must_stand,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import HERE, Provenance
from headway.problems.actions.citations import as_reported, cite_all
from headway.problems.models import Facet, FacetHolder
from headway_analysis.partial_date import PartialDate


def _check_name(name: str) -> None:
    if not name.strip():
        raise RuleError(
            _("Name the part, like “People leaving hospital with nowhere to go”."), "name"
        )


@transaction.atomic
def add_facet(
    *,
    by: Actor,
    initiative: Initiative,
    name: str,
    description: str = "",
    sources: Iterable[Source] = (),
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> Facet:
    """Name a part of the problem.

    Raises:
        RuleError: where it has no name.

    """
    known = as_reported(Facet, initiative, provenance, record__title=name.strip())
    if known is not None:
        return known
    _check_name(name)
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Facet.RECORD_KIND,
        title=name,
        visibility=visibility,
        provenance=provenance,
        when=when,
    )
    facet = Facet(record=record, description=description.strip())
    facet.save(force_insert=True)
    write_wording(by=by, record=record, field="description", text=facet.description)
    cited = cite_all(by, record, sources)
    note_event(by=by, record=record, verb="added", changes={"sources": ("", cited)})
    return facet


@transaction.atomic
def revise_facet(
    *,
    by: Actor,
    facet: Facet,
    name: str,
    description: str = "",
    sources: Iterable[Source] = (),
    seen: int | None = None,
) -> bool:
    """Word a part of the problem anew.

    Raises:
        RuleError: where it has no name or somebody else wrote in between.

    """
    _check_name(name)
    cited = cite_all(by, facet.record, sources)
    return revise_record(
        by=by,
        stage=facet,
        title=name,
        values={"description": description.strip()},
        seen=seen,
        also={"sources": ("", cited)} if cited else None,
    )


@transaction.atomic
def hold_facet(
    *, by: Actor, facet: Facet, organisation: Organisation, kind: str, note: str = ""
) -> FacetHolder:
    """Say what an organisation brings to a part of the problem; twice is the same.

    Raises:
        RuleError: where the kind is unknown or the part was withdrawn.

    """
    if kind not in FacetHolder.Kind.values:
        raise RuleError(_("Choose what it brings, like knowledge."), "kind")
    must_be_of(facet.record.initiative.authority_id, organisation, "organisation")
    record = locked(facet.record)
    must_stand(record)
    holder, made = FacetHolder.objects.get_or_create(
        facet=facet,
        organisation=organisation,
        kind=kind,
        withdrawn_at=None,
        defaults={"note": note.strip(), "member_id": by.member_id, "recorded_at": by.at},
    )
    if made:
        changes = {kind: ("", organisation.name)}
        note_event(by=by, record=record, verb="held", changes=changes)
    return holder


@transaction.atomic
def release_facet(*, by: Actor, holder: FacetHolder, because: str) -> None:
    """Take back that an organisation brings something to a part, with the reason.

    Raises:
        RuleError: where no reason is given.

    """
    if not because.strip():
        raise RuleError(_("Say why, like “left the partnership” or “recorded twice”."), "because")
    current = FacetHolder.objects.select_for_update(of=("self",)).get(pk=holder.pk)
    if current.withdrawn_at is None:
        current.change(withdrawn_at=by.at)
        note_event(
            by=by,
            record=current.facet.record,
            verb="released",
            changes={current.kind: (current.organisation.name, "")},
            because=because.strip(),
        )
