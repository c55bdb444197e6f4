from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation, Source
from headway.initiatives.actions import (
    append_state,
    locked,
    must_be_of,
    must_stand,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.actions.records import last_number
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import HERE, Provenance
from headway.problems.actions.citations import as_reported, cite_all, in_the_name_of
from headway.problems.models import Fact, FactStance, FactState, Stance, last_words, state_from
from headway_analysis.partial_date import PartialDate


def _check_claim(claim: str) -> None:
    if not claim.strip():
        raise RuleError(
            _("State the fact in a sentence, like “Half of the shelter guests are children”."),
            "claim",
        )


@transaction.atomic
def add_fact(
    *,
    by: Actor,
    initiative: Initiative,
    claim: str,
    sources: Iterable[Source] = (),
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> Fact:
    """Put a claim into the ledger; it is open until somebody agrees or disputes.

    Raises:
        RuleError: where the claim is empty.

    """
    known = as_reported(Fact, initiative, provenance, claim=claim.strip())
    if known is not None:
        return known
    _check_claim(claim)
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Fact.RECORD_KIND,
        title=title_of(claim),
        visibility=visibility,
        provenance=provenance,
        when=when,
    )
    fact = Fact(record=record, claim=claim.strip())
    fact.save(force_insert=True)
    write_wording(by=by, record=record, field="claim", text=fact.claim)
    append_state(record=record, state=FactState.OPEN, by=by, when=when, provenance=provenance)
    cited = cite_all(by, record, sources)
    changes = {"claim": ("", fact.claim), "sources": ("", cited)}
    note_event(by=by, record=record, verb="claimed", changes=changes)
    return fact


@transaction.atomic
def revise_fact(
    *,
    by: Actor,
    fact: Fact,
    claim: str,
    sources: Iterable[Source] = (),
    when: PartialDate | None = None,
    seen: int | None = None,
) -> bool:
    """Word a claim anew; what was said to the old wording stands in the ledger with its date.

    Raises:
        RuleError: where the claim is empty or somebody else wrote in between.

    """
    _check_claim(claim)
    cited = cite_all(by, fact.record, sources)
    return revise_record(
        by=by,
        stage=fact,
        title=title_of(claim),
        when=when,
        values={"claim": claim.strip()},
        seen=seen,
        also={"sources": ("", cited)} if cited else None,
    )


def _check_stance(stance: str, reason: str) -> None:
    if stance not in Stance.values:
        raise RuleError(_("Choose one of: agree, dispute, take no side."), "stance")
    if stance == Stance.DISPUTE and not reason.strip():
        raise RuleError(
            _("Say what is wrong with it, like “the count left out people in cars”."), "reason"
        )


@transaction.atomic
def take_stance(
    *,
    by: Actor,
    fact: Fact,
    stance: str,
    reason: str = "",
    organisation: Organisation | None = None,
    source: Source | None = None,
    when: PartialDate | None = None,
    provenance: Provenance = HERE,
) -> FactStance:
    """Agree with a fact or dispute it with a reason; a later word replaces the one before.

    Raises:
        RuleError: where a dispute has no reason, nobody speaks, or there is no mandate.

    """
    _check_stance(stance, reason)
    record = locked(fact.record)
    must_stand(record)
    speaker = in_the_name_of(by, record.initiative, organisation, provenance)
    if organisation is None and by.member_id is None:
        raise RuleError(_("Name the organization that says so."), "organisation")
    must_be_of(record.initiative.authority_id, source or provenance.source, "source")
    said = list(fact.stances.select_related("organisation", "member").order_by("number"))
    row = FactStance(
        fact=fact,
        number=said[-1].number + 1 if said else 1,
        wording_number=max(1, last_number(record, "claim")),
        stance=stance,
        organisation=organisation,
        member_id=by.member_id,
        reason=reason.strip(),
        source=source or provenance.source,
        recorded_at=by.at,
    ).set_when(when or PartialDate.on(record.initiative.today(by.at)))
    same = next((each for each in last_words(said) if _says_the_same(each, row)), None)
    if same is not None:
        return same
    row.save(force_insert=True)
    changes = {"stance": ("", stance), "reason": ("", row.reason)}
    note_event(by=speaker, record=record, verb="took_stance", changes=changes)
    _settle(by, fact, state_from([*said, row]), row)
    return row


def _says_the_same(before: FactStance, row: FactStance) -> bool:
    return before.speaker_key == row.speaker_key and (
        (before.stance, before.reason, before.wording_number)
        == (row.stance, row.reason, row.wording_number)
    )


def _settle(by: Actor, fact: Fact, state: FactState, row: FactStance) -> None:
    """Note that the fact changed its state with this word."""
    current = Fact.objects.select_for_update().get(pk=fact.pk)
    if current.change(state=state.value):
        append_state(record=fact.record, state=state, by=by, when=row.when, because=row.reason)
