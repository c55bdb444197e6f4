"""A vote before it opens: what is decided, by which rule, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.events import Subject, append_event
from headway.core.errors import RuleError
from headway.forums.models import Forum
from headway.initiatives.actions import (
    append_state,
    link_records,
    lock_all,
    locked,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.actions.records import last_number
from headway.initiatives.models import Initiative, Link, Record
from headway.solutions.models import NO_KEY, Ballot, BallotOption, Solution, VoteSettings
from headway.solutions.queries.ballots.offered import rules_offered

METHODS: dict[str, tuple[str, ...]] = {
    Ballot.Rule.RANKING: (Ballot.Method.SCHULZE, Ballot.Method.IRV),
    Ballot.Rule.BUDGET: (Ballot.Method.MES, Ballot.Method.GREEDY),
}
# Rules under which a share of the voices must agree.
WITH_A_SHARE = (Ballot.Rule.CONSENT, Ballot.Rule.APPROVAL)
MOST_OPTIONS = 50


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One thing that can be chosen: a recommendation as it reads now, or something in words."""

    title: str = ""
    solution: Solution | None = None
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class VoteRule:
    """How a vote is decided; fixed once it opens."""

    rule: str = Ballot.Rule.CONSENT
    method: str = ""
    voices: str = Ballot.Voices.ORGANISATIONS
    secret: bool = False
    quorum_percent: int = 50
    needed_percent: int = 50
    budget: Decimal | None = None
    closes_early: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@transaction.atomic
def set_ways_to_vote(*, by: Actor, initiative: Initiative, more_ways: bool) -> bool:
    """Offer approval, score and budget split beside consent and ranking, or no longer.

    Returns whether that changed anything.
    """
    Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    settings, _made = VoteSettings.objects.get_or_create(initiative=initiative)
    changes = settings.change(more_ways=more_ways)
    if changes:
        append_event(
            stream=initiative.stream,
            by=by,
            verb="ways_to_vote_set",
            subject=Subject("initiative", initiative.pk, initiative.title),
            changes=changes,
        )
    return bool(changes)


def _check_offered(initiative: Initiative, rule: str) -> None:
    if rule not in Ballot.Rule.values:
        raise RuleError(_("Choose one of the ways to vote listed."), "rule")
    if rule not in rules_offered(initiative):
        raise RuleError(
            _("Choose consent or ranking, or switch on more ways to vote first."), "rule"
        )


def _check_method(rule: VoteRule) -> str:
    """The way of counting, the first one where nobody chose."""
    known = METHODS.get(rule.rule, ("",))
    chosen = rule.method or known[0]
    if chosen not in known:
        raise RuleError(_("Choose a way of counting that belongs to this way to vote."), "method")
    return str(chosen)


def _check_shares(rule: VoteRule) -> None:
    for field in ("quorum_percent", "needed_percent"):
        if not 0 <= getattr(rule, field) <= 100:
            raise RuleError(_("Enter a percentage from 0 to 100, like 50."), field)


def _check_dates(rule: VoteRule) -> None:
    if rule.opens_at and rule.closes_at and rule.closes_at <= rule.opens_at:
        raise RuleError(_("Choose an end after the beginning."), "closes_at")


def check_secret(forum: Forum | None, *, secret: bool) -> None:
    """Refuse secrecy where open-meeting law wants votes by name.

    Raises:
        RuleError: where the group is a public body, or nobody knows whether it is.

    """
    if secret and forum is not None and forum.meets_in_the_open:
        raise RuleError(
            _("%(name)s meets in the open, so that votes are given by name. Take out “secret”.")
            % {"name": forum.name},
            "secret",
        )


def _check_money(rule: VoteRule, options: Sequence[OptionLine]) -> None:
    if rule.rule != Ballot.Rule.BUDGET:
        return
    if rule.budget is None or rule.budget <= 0:
        raise RuleError(_("Enter the money to be split, like 250000."), "budget")
    if any(_cost_of(option) is None for option in options):
        raise RuleError(
            _("Say what each option costs: in the recommendation, or like “Night shelter: 40000”."),
            "others",
        )


def _check_options(initiative: Initiative, rule: VoteRule, options: Sequence[OptionLine]) -> None:
    consent = rule.rule == Ballot.Rule.CONSENT
    if consent and len(options) != 1:
        raise RuleError(_("Choose exactly one proposal for consent."), "solutions")
    if not consent and not 2 <= len(options) <= MOST_OPTIONS:
        raise RuleError(
            _("Give from 2 to %(most)s options to choose from.") % {"most": MOST_OPTIONS},
            "solutions",
        )
    named = [option.solution.pk if option.solution else option.title.strip() for option in options]
    if len(set(named)) < len(named) or "" in named:
        raise RuleError(_("Name each option once."), "others")
    for option in options:
        if option.solution and option.solution.record.initiative_id != initiative.pk:
            raise RuleError(_("Choose a recommendation of this initiative."), "solutions")


def _check(
    initiative: Initiative, forum: Forum | None, rule: VoteRule, options: Sequence[OptionLine]
) -> dict[str, object]:
    """The columns of a vote, after checking that they make sense together."""
    if forum is not None and forum.record.initiative_id != initiative.pk:
        raise RuleError(_("Choose a group of this initiative."), "forum")
    _check_offered(initiative, rule.rule)
    method = _check_method(rule)
    if rule.voices not in Ballot.Voices.values:
        raise RuleError(_("Choose whose voice counts."), "voices")
    _check_shares(rule)
    _check_dates(rule)
    check_secret(forum, secret=rule.secret)
    _check_options(initiative, rule, options)
    _check_money(rule, options)
    return {
        "forum": forum,
        "rule": rule.rule,
        "method": method,
        "voices": rule.voices,
        "secret": rule.secret,
        "quorum_percent": rule.quorum_percent,
        "needed_percent": rule.needed_percent if rule.rule in WITH_A_SHARE else 0,
        "budget": rule.budget if rule.rule == Ballot.Rule.BUDGET else None,
        "closes_early": rule.closes_early,
        "opens_at": rule.opens_at,
        "closes_at": rule.closes_at,
    }


def _cost_of(option: OptionLine) -> Decimal | None:
    return option.cost if option.solution is None else option.solution.cost


def _put_options(by: Actor, ballot: Ballot, options: Sequence[OptionLine]) -> None:
    """Write the ballot paper; each recommendation at the wording that it has now."""
    ballot.options.all().delete()
    BallotOption.objects.bulk_create(
        BallotOption(
            ballot=ballot,
            number=number,
            title="" if option.solution else option.title.strip(),
            solution=option.solution,
            wording_number=last_number(option.solution.record, "text") if option.solution else None,
            cost=_cost_of(option) if ballot.rule == Ballot.Rule.BUDGET else None,
        )
        for number, option in enumerate(options, start=1)
    )
    for option in options:
        if option.solution is not None:
            link_records(
                by=by,
                origin=ballot.record,
                target=option.solution.record,
                kind=Link.Kind.CAME_FROM,
            )


def _lock(options: Sequence[OptionLine], *others: Record) -> None:
    """Lock every record of a vote, always in the same order, so that nobody waits in a circle."""
    lock_all(*others, *(option.solution.record for option in options if option.solution))


@transaction.atomic
def prepare_ballot(
    *,
    by: Actor,
    initiative: Initiative,
    title: str,
    options: Sequence[OptionLine],
    rule: VoteRule,
    text: str = "",
    forum: Forum | None = None,
) -> Ballot:
    """Draft a vote; nothing is open yet and everything can still be changed.

    Raises:
        RuleError: naming what does not fit together.

    """
    _lock(options)
    values = _check(initiative, forum, rule, options)
    record = open_record(by=by, initiative=initiative, kind=Ballot.RECORD_KIND, title=title)
    ballot = Ballot(record=record, text=text.strip(), key_id=NO_KEY, **values)
    ballot.save(force_insert=True)
    if ballot.text:
        write_wording(by=by, record=record, field="text", text=ballot.text)
    append_state(record=record, state=Ballot.State.DRAFT, by=by)
    _put_options(by, ballot, options)
    changes: dict[str, tuple[object, object]] = {
        "text": ("", ballot.text),
        "rule": ("", rule.rule),
        # Each alone, so that what quotes a recommendation can be emptied with it.
        **{f"option_{each.number}": ("", str(each)) for each in ballot.options.all()},
    }
    note_event(by=by, record=record, verb="prepared", changes=changes)
    return ballot


@transaction.atomic
def revise_ballot(
    *,
    by: Actor,
    ballot: Ballot,
    title: str,
    options: Sequence[OptionLine],
    rule: VoteRule,
    text: str = "",
    forum: Forum | None = None,
    seen: int | None = None,
) -> bool:
    """Change a vote that has not opened.

    Raises:
        RuleError: where it has opened, or something does not fit together.

    """
    _lock(options, ballot.record)
    record = locked(ballot.record)
    current = Ballot.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if current.state != Ballot.State.DRAFT:
        raise RuleError(
            _("This vote has opened, so nothing of it can change. Withdraw it and prepare another.")
        )
    values = _check(record.initiative, forum, rule, options)
    changed = revise_record(
        by=by, stage=current, title=title, values={"text": text.strip(), **values}, seen=seen
    )
    current.refresh_from_db()
    _put_options(by, current, options)
    return changed
