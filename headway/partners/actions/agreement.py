from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.initiatives.actions import note_event, open_record, revise_record, write_wording
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import HERE, Provenance
from headway.partners.models import WorkingAgreement


@transaction.atomic
def write_agreement(
    *,
    by: Actor,
    initiative: Initiative,
    decisions: str = "",
    roles: str = "",
    sharing: str = "",
    disagreements: str = "",
    seen: int | None = None,
    provenance: Provenance = HERE,
) -> WorkingAgreement:
    """Write how we work, or a new version of it; there is one per initiative.

    Raises:
        RuleError: where every section is empty, or somebody wrote in between.

    """
    texts = {
        "decisions": decisions.strip(),
        "roles": roles.strip(),
        "sharing": sharing.strip(),
        "disagreements": disagreements.strip(),
    }
    if not any(texts.values()):
        raise RuleError(
            _("Write at least one section, like “We decide by consent, in the monthly meeting”."),
            "decisions",
        )
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    known = WorkingAgreement.objects.in_initiative(initiative).live().first()
    if known is not None:
        revise_record(by=by, stage=known, values=dict(texts), seen=seen)
        return WorkingAgreement.objects.select_related("record").get(pk=known.pk)
    if seen:
        raise RuleError(_("Somebody withdrew this while you wrote. Save once more to begin anew."))
    return _begin(by, initiative, texts, provenance)


def _begin(
    by: Actor, initiative: Initiative, texts: dict[str, str], provenance: Provenance
) -> WorkingAgreement:
    record = open_record(
        by=by,
        initiative=initiative,
        kind=WorkingAgreement.RECORD_KIND,
        title=_("How we work"),
        provenance=provenance,
    )
    agreement = WorkingAgreement(record=record, **texts)
    agreement.save(force_insert=True)
    written = {field: text for field, text in texts.items() if text}
    for field, text in written.items():
        write_wording(by=by, record=record, field=field, text=text)
    changes = {field: ("", text) for field, text in written.items()}
    note_event(by=by, record=record, verb="written", changes=changes)
    return agreement
