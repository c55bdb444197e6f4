"""Parts of the report on who took part, what was decided, promised and paid, what happened."""

from collections import Counter

from django.db.models import Count
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.arenas.queries.decisions import visible_decisions, vote_words
from headway.arenas.queries.parts import result_mark
from headway.commitments.models import Commitment
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.numbers import number_words
from headway.core.tables import TextLink
from headway.directory.models.organisation import Sector
from headway.initiatives import kinds
from headway.initiatives.models import Initiative, Record
from headway.initiatives.pages.detail import address
from headway.initiatives.queries.happenings import visible_happenings
from headway.initiatives.reader import Reader
from headway.partners.models import Partner
from headway.partners.queries.roster import roster, taking_part_words
from headway.site.queries.told import Part, Told, sourced
from headway.solutions.queries.money import plan_sums, planned
from headway.solutions.queries.outcomes import visible_outcomes

TAKING_PART = Partner.State.TAKING_PART
MOST = 30
MOST_HAPPENINGS = 80
STATES: dict[str, tuple[Message, str]] = {
    Commitment.State.KEPT: (gettext_lazy("Kept"), "kept"),
    Commitment.State.CONFIRMED: (gettext_lazy("Confirmed and open"), "open"),
    Commitment.State.INTENT: (gettext_lazy("Not confirmed by the organization"), "unconfirmed"),
    Commitment.State.DROPPED: (gettext_lazy("Not going ahead"), "dropped"),
}


def partners(initiative: Initiative, reader: Reader) -> Part:
    """How many organisations of which sector take part, and how much of it only sources say."""
    known = roster(initiative, reader)
    by_sector = Counter(each.sector for each in known.taking_part)
    home = address(reader, "partners:home")
    lines = tuple(
        Told(label, number_words(by_sector[sector]), f"{home}?sector={sector}&state={TAKING_PART}")
        for sector, label in Sector.choices
        if by_sector[sector]
    )
    lead = taking_part_words(known) if known.taking_part else ""
    return Part("partners", _("Who takes part"), lead, lines)


def money(initiative: Initiative, reader: Reader) -> Part:
    """What it costs, what is committed and what is missing."""
    href = address(reader, "solutions:all_funding")
    lines = tuple(Told(sums.sentence, "", href) for sums in plan_sums(initiative, reader))
    return Part("money", _("What it costs"), _told_when(initiative, reader) if lines else "", lines)


def _told_when(initiative: Initiative, reader: Reader) -> str:
    """When sources told the costs, where nobody recorded any of them here."""
    costs = planned(initiative, reader).filter(cost__isnull=False)
    told = list(costs.values_list("record__provenance", "record__happened_to"))
    if any(provenance != Record.Provenance.REPORTED for provenance, _day in told):
        return ""
    last = max((day for _provenance, day in told if day), default=None)
    return _("As sources told it in %s; nothing newer is recorded.") % last.year if last else ""


def decisions(initiative: Initiative, reader: Reader) -> Part:
    """What decision bodies and partners decided, refusals included, the latest first."""
    theirs = tuple(
        sourced(
            row.record,
            row.record.title,
            ", ".join(
                filter(
                    None,
                    (
                        row.arena.organisation.canonical.name,
                        str(result_mark(row).label),
                        date_words(row.record.when),
                        vote_words(row),
                    ),
                )
            ),
            kinds.href(row.record, reader.slug),
        )
        for row in visible_decisions(initiative, reader)[:MOST]
    )
    ours = tuple(
        sourced(
            row.record,
            row.record.title,
            ", ".join(filter(None, (_("decided by the partners"), date_words(row.record.when)))),
            kinds.href(row.record, reader.slug),
        )
        for row in visible_outcomes(initiative, reader)[:MOST]
    )
    more = TextLink(_("All decisions"), address(reader, "arenas:decisions"))
    return Part("decisions", _("What was decided"), "", (*theirs, *ours), more)


def promises(initiative: Initiative, reader: Reader) -> Part:
    """How many promises stand how: counts with what they are out of, no names."""
    seen = Commitment.objects.in_initiative(initiative).live().visible_to(reader.readers)
    counted = dict(seen.order_by().values_list("state").annotate(Count("pk")))
    total = sum(counted.get(state, 0) for state in STATES)
    home = address(reader, "commitments:home")
    lines = tuple(
        Told(
            label,
            _("%(count)s of %(all)s")
            % {"count": number_words(counted[state]), "all": number_words(total)},
            f"{home}?state={asked}",
        )
        for state, (label, asked) in STATES.items()
        if counted.get(state)
    )
    return Part("promises", _("What was promised"), "", lines)


def happened(initiative: Initiative, reader: Reader) -> Part:
    """What happened, in the order of time, each with its source."""
    found = visible_happenings(initiative, reader).prefetch_related(None)
    lines = tuple(
        sourced(
            row.record,
            capfirst(date_words(row.record.when) or _("without a date")),
            row.record.title,
            kinds.href(row.record, reader.slug),
        )
        for row in found[:MOST_HAPPENINGS]
    )
    more = TextLink(_("Everything that happened"), address(reader, "initiatives:happenings"))
    return Part("happened", _("What happened"), "", lines, more)
