"""Parts of the report on who took part, what was decided, promised and paid, what happened."""

from collections import Counter

from django.db.models import Count
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.arenas.queries.decisions import visible_decisions, vote_words
from headway.arenas.queries.parts import result_mark
from headway.commitments.models import Commitment
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.numbers import number_words
from headway.core.tables import TextLink
from headway.directory.models.organisation import Sector
from headway.initiatives import kinds
from headway.initiatives.models import Initiative
from headway.initiatives.pages.detail import address
from headway.initiatives.queries.happenings import visible_happenings
from headway.initiatives.reader import Reader
from headway.partners.queries.roster import roster
from headway.site.queries.told import Part, Told, sourced
from headway.solutions.queries.money import plan_sums
from headway.solutions.queries.outcomes import visible_outcomes

MOST = 30
MOST_HAPPENINGS = 80
STATES: dict[str, tuple[Message, str]] = {
    Commitment.State.KEPT: (gettext_lazy("Kept"), "kept"),
    Commitment.State.CONFIRMED: (gettext_lazy("Confirmed and open"), "open"),
    Commitment.State.INTENT: (gettext_lazy("Not confirmed by the organization"), "unconfirmed"),
    Commitment.State.DROPPED: (gettext_lazy("Not going ahead"), "dropped"),
}


def partners(initiative: Initiative, reader: Reader) -> Part:
    """How many organisations of which sector take part."""
    standing = [each for each in roster(initiative, reader).listed if each.stands]
    by_sector = Counter(each.sector for each in standing)
    home = address(reader, "partners:home")
    lines = tuple(
        Told(label, number_words(by_sector[sector]), f"{home}?sector={sector}")
        for sector, label in Sector.choices
        if by_sector[sector]
    )
    total = len(standing)
    words = ngettext(
        "%(count)s organization takes part.", "%(count)s organizations take part.", total
    )
    lead = words % {"count": number_words(total)} if total else ""
    return Part("partners", _("Who takes part"), lead, lines)


def money(initiative: Initiative, reader: Reader) -> Part:
    """What it costs, what is committed and what is missing."""
    href = address(reader, "solutions:all_funding")
    lines = tuple(Told(sums.sentence, "", href) for sums in plan_sums(initiative, reader))
    return Part("money", _("What it costs"), "", lines)


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
