"""How a body decides: the rule's sentence, and what it means for every number of seats present."""

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.arenas.models import Arena, DecisionRule, Seat
from headway.arenas.queries.parts import own_withdrawal
from headway.core.dates import date_words
from headway.core.marks import Moment
from headway.core.tables import Column, TablePage, table_page
from headway.initiatives.pages.detail import DetailPage, Passage, address, beside
from headway.initiatives.reader import Reader
from headway_analysis.decision_rule import Basis, Rule, Tie, votes_needed

COLUMNS = (
    Column("present", gettext_lazy("Seats present"), numeric=True),
    Column("needed", gettext_lazy("Yes votes needed"), numeric=True),
)


@dataclass(frozen=True)
class Computation:
    """What a rule means with so many seats present, and with every other number."""

    seats: int
    present: int
    words: str
    table: TablePage | None


@dataclass(frozen=True)
class RulePage:
    """One decision rule with its computation."""

    detail: DetailPage
    computation: Computation


def rules_of(arena: Arena, reader: Reader) -> QuerySet[DecisionRule]:
    """The rules of a body, the one that holds since the latest day first."""
    found = DecisionRule.objects.filter(arena=arena).live().visible_to(reader.readers)
    return found.select_related("record", "veto").order_by(
        F("record__happened_from").desc(nulls_last=True), "-record__recorded_at"
    )


def rule_today(rules: list[DecisionRule], reader: Reader) -> DecisionRule | None:
    """The rule that holds today: the latest that has begun."""
    begun = (
        rule
        for rule in rules
        if rule.record.happened_from is None or rule.record.happened_from <= reader.today
    )
    return next(begun, None)


def voting_seats(arena: Arena) -> int:
    """How many seats of a body have a vote."""
    return Seat.objects.filter(arena=arena, ended_at__isnull=True, votes=True).count()


def counted(rule: DecisionRule, seats: int) -> Rule | None:
    """The rule as it is computed, or None where seats are missing for it."""
    if not seats or (rule.quorum or 0) > seats:
        return None
    override = None
    if rule.override_numerator and rule.override_denominator:
        override = Fraction(rule.override_numerator, rule.override_denominator)
    return Rule(
        seats=seats,
        basis=cast("Basis", rule.basis),
        share=Fraction(rule.numerator, rule.denominator),
        more_than=rule.more_than,
        quorum=rule.quorum or 0,
        tie=cast("Tie", rule.tie),
        override=override,
    )


def _share_words(numerator: int, denominator: int, *, more_than: bool) -> str:
    if (numerator, denominator, more_than) == (1, 2, True):
        return _("more than half")
    share = _("all") if numerator == denominator else f"{numerator}/{denominator}"
    return (_("more than %s") if more_than else _("at least %s")) % share


def sentence(rule: DecisionRule) -> str:
    """How the body decides, in sentences."""
    share = _share_words(rule.numerator, rule.denominator, more_than=rule.more_than)
    words = {"share": share, "basis": rule.get_basis_display()}
    said = [_("A request is adopted by %(share)s of %(basis)s.") % words]
    if rule.quorum:
        text = ngettext(
            "%(count)s seat must be present.", "%(count)s seats must be present.", rule.quorum
        )
        said.append(text % {"count": rule.quorum})
    said.append(_("At a tie, %(tie)s.") % {"tie": rule.get_tie_display()})
    if rule.veto is not None:
        said.append(_veto(rule))
    return " ".join(said)


def _veto(rule: DecisionRule) -> str:
    seat = rule.veto.label if rule.veto else ""
    if not (rule.override_numerator and rule.override_denominator):
        return _("%(seat)s may veto it, and nothing overrules that.") % {"seat": seat}
    share = f"{rule.override_numerator}/{rule.override_denominator}"
    return _("%(seat)s may veto it; at least %(share)s of all seats overrule that.") % {
        "seat": seat,
        "share": share,
    }


def _asked(params: QueryDict, seats: int) -> int:
    """How many seats the address takes as present; all of them where it does not say."""
    said = params.get("present", "")
    usable = said.isascii() and said.isdigit() and len(said) < 5
    return min(int(said), seats) if usable else seats


def computation(rule: DecisionRule, seats: int, params: QueryDict) -> Computation:
    """How many yes votes are needed with so many seats present."""
    ready = counted(rule, seats)
    if ready is None:
        return Computation(seats, 0, _unready(seats), None)
    present = _asked(params, seats)
    rows = [
        {"present": each, "needed": votes_needed(ready, present=each)}
        for each in range(max(ready.quorum, 1), seats + 1)
    ]
    return Computation(
        seats=seats,
        present=present,
        words=_worked(ready, present),
        table=table_page(rows, COLUMNS, QueryDict(), size=len(rows)),
    )


def _unready(seats: int) -> str:
    if not seats:
        return _("Nothing can be computed: the body has no seat with a vote.")
    return _("Nothing can be computed: the rule wants more seats present than have a vote.")


def _worked(rule: Rule, present: int) -> str:
    if present < rule.quorum:
        words = _("With %(present)s of %(seats)s seats present the body cannot decide.")
        return words % {"present": present, "seats": rule.seats}
    needed = votes_needed(rule, present=present)
    words = ngettext(
        "With %(present)s of %(seats)s seats present, %(needed)s yes vote carries a request.",
        "With %(present)s of %(seats)s seats present, %(needed)s yes votes carry a request.",
        needed,
    )
    return words % {"present": present, "seats": rule.seats, "needed": needed}


def rule_page(rule: DecisionRule, reader: Reader, params: QueryDict) -> RulePage:
    """One rule, whether it holds today, and what it means."""
    arena = rule.arena
    today = rule_today(list(rules_of(arena, reader)), reader)
    holds = today is not None and today.pk == rule.pk
    return RulePage(
        detail=DetailPage(
            title=rule.record.title,
            kicker=arena.organisation.canonical.name,
            kicker_href=address(reader, "arenas:arena", arena.pk),
            state="met" if holds else "ended",
            state_label=_("Holds today") if holds else _("Does not hold today"),
            passages=(Passage("", sentence(rule)), Passage(_("Note"), rule.note)),
            steps=own_withdrawal(rule.record, reader),
            **beside(rule.record, reader),
        ),
        computation=computation(rule, voting_seats(arena), params),
    )


def rule_moments(rules: list[DecisionRule], reader: Reader) -> tuple[Moment, ...]:
    """Every rule that a body had, the latest first."""
    return tuple(
        Moment(
            when=date_words(rule.record.when) or _("since when is not recorded"),
            title=sentence(rule),
            href=address(reader, "arenas:rule", rule.pk),
        )
        for rule in rules
    )
