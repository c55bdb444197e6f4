"""The page of one promise."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from headway.accounts.models import User
from headway.commitments.models import Commitment, Milestone
from headway.commitments.queries.answerers import Answerer, answerers
from headway.commitments.queries.words import (
    authority_words,
    due_words,
    seat_words,
    state_mark,
)
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.marks import Moment, Term
from headway.initiatives.models import RecordState
from headway.initiatives.pages.detail import (
    DetailPage,
    Passage,
    Step,
    address,
    beside,
    withdraw_step,
)
from headway.initiatives.reader import Reader

State = Commitment.State


@dataclass(frozen=True)
class MilestoneLine:
    """One step of a promise, and what may be done with it."""

    title: str
    due: date | None
    done: date | None
    reach_href: str
    withdraw_href: str


@dataclass(frozen=True)
class PromisePage:
    """One promise with its steps and everything that was said about it since."""

    detail: DetailPage
    percent: int
    percent_words: str
    milestones: tuple[MilestoneLine, ...]
    moments: tuple[Moment, ...]
    add_milestone_href: str
    progress_href: str
    ask_href: str
    asked_words: str


@dataclass(frozen=True, slots=True)
class May:
    """What the reader may do with one promise, and whose word confirms it."""

    answer: bool
    confirm: bool
    lead: bool
    note: bool
    reword: bool
    confirming: tuple[Answerer, ...] = ()


def may_do(commitment: Commitment, reader: Reader, user: User | None, *, acts_for: bool) -> May:
    """What the reader may do; `acts_for` says whether they act for its organisation."""
    if commitment.record.withdrawn:
        return May(answer=False, confirm=False, lead=False, note=False, reword=False)
    lead = reader.may("commitments.lead")
    address_ = user.email.lower() if user else ""
    confirms, note = reader.may("commitments.confirm"), reader.may("commitments.note")
    people = answerers(commitment, reader.today) if confirms or note else ()
    confirming = tuple(each for each in people if each.may_confirm)
    spoken = confirms and any(each.address == address_ for each in confirming)
    answer = lead or spoken or (reader.may("commitments.answer") and acts_for)
    author_id = commitment.record.author_id
    own = author_id is not None and author_id == reader.member_id
    reword = note and (answer or own)
    return May(answer, spoken, lead, note, reword, confirming)


def promise_page(commitment: Commitment, reader: Reader, may: May) -> PromisePage:
    """One promise, what shows how far it is, and its history by date."""
    is_open = commitment.is_open and not commitment.record.withdrawn
    change = is_open and may.answer
    steps = list(Milestone.objects.filter(commitment=commitment, withdrawn_at__isnull=True))
    plain = reader.member_id is None
    mark = state_mark(commitment, reader.today, plain=plain)
    return PromisePage(
        detail=DetailPage(
            title=commitment.record.title,
            kicker=_("Promises"),
            kicker_href=address(reader, "commitments:home"),
            state=mark.state,
            state_label=mark.label,
            notice=_notice(commitment),
            passages=_passages(commitment),
            terms=_terms(commitment, reader),
            steps=_steps(commitment, reader, may),
            **beside(commitment.record, reader),
        ),
        percent=_percent(commitment, steps),
        percent_words=_("%(percent)s percent done") % {"percent": _percent(commitment, steps)},
        milestones=tuple(_milestone(step, reader, change=change) for step in steps),
        moments=_moments(commitment),
        add_milestone_href=_href("commitments:add_milestone", commitment, reader, allowed=change),
        progress_href=_href(
            "commitments:note_progress", commitment, reader, allowed=change and not steps
        ),
        ask_href=_href(
            "commitments:ask",
            commitment,
            reader,
            allowed=is_open and _can_be_asked(commitment, may),
        ),
        asked_words=_who_may(commitment, reader, may) if may.note and is_open else "",
    )


def _can_be_asked(commitment: Commitment, may: May) -> bool:
    """Whether a mail may ask for its confirmation, and reaches anybody who may confirm it."""
    asks = may.note and not may.confirm and bool(may.confirming)
    return asks and commitment.state == State.INTENT


def _href(name: str, commitment: Commitment, reader: Reader, *, allowed: bool) -> str:
    return address(reader, name, commitment.pk) if allowed else ""


def _percent(commitment: Commitment, steps: list[Milestone]) -> int:
    if commitment.state == State.KEPT or not steps:
        return 100 if commitment.state == State.KEPT else commitment.percent
    return round(100 * sum(step.done_on is not None for step in steps) / len(steps))


def _notice(commitment: Commitment) -> str:
    """What has to be known before it is relied upon."""
    if commitment.state == State.INTENT:
        who = commitment.who or _("the organization")
        return _("An intent: %(who)s has not confirmed it. A promise is not a contract.") % {
            "who": who
        }
    if commitment.state == State.CONFIRMED:
        return _("Confirmed by its organization. A promise is not a contract.")
    return ""


def _passages(commitment: Commitment) -> tuple[Passage, ...]:
    same = commitment.text == commitment.record.title
    because = "" if commitment.is_open and not commitment.was_moved else commitment.because
    heading = _("Why it has a new date") if commitment.is_open else _("Why")
    return (
        Passage("", "" if same else commitment.text),
        Passage(_("What shows it"), commitment.evidence),
        Passage(heading, because),
    )


def _terms(commitment: Commitment, reader: Reader) -> tuple[Term, ...]:
    first = commitment.first_due_to if commitment.was_moved else None
    confirmed = _confirmed_words(commitment, reader)
    shown = (
        Term(_("Who"), commitment.who or _("nobody named yet")),
        Term(_("Seat that answers for it"), seat_words(commitment, reader)),
        Term(_("Due"), due_words(commitment) or _("no date said")),
        Term(_("First due"), date_format(first, "l, F j, Y") if first else ""),
        Term(_("Under whose authority"), authority_words(commitment)),
        Term(_("Confirmed"), confirmed),
        Term(_("Ended"), date_format(commitment.ended_on) if commitment.ended_on else ""),
    )
    return tuple(term for term in shown if term.value)


def _confirmed_words(commitment: Commitment, reader: Reader) -> str:
    if commitment.confirmed_at is None:
        return ""
    day = date_format(commitment.record.initiative.today(commitment.confirmed_at))
    through = commitment.get_confirmed_through_display()
    if not reader.may("initiatives.view_members"):
        return _("%(day)s, %(through)s") % {"day": day, "through": through}
    return _("%(day)s by %(name)s, %(through)s") % {
        "day": day,
        "name": commitment.confirmed_name,
        "through": through,
    }


def _steps(commitment: Commitment, reader: Reader, may: May) -> tuple[Step, ...]:
    shown: list[tuple[bool, Message, str]] = [
        (
            commitment.is_open and may.confirm,
            _("Confirm it") if commitment.state == State.INTENT else _("Confirm anew"),
            "confirm",
        ),
        (commitment.is_open and may.answer, _("Say how it stands"), "answer"),
        (commitment.is_open and may.answer, _("Hand it over"), "hand_over"),
        (commitment.is_open and may.answer, _("Split it"), "split"),
        (commitment.is_open and may.reword, _("Change the wording"), "edit"),
        (not commitment.is_open and may.answer, _("Open it again"), "reopen"),
        (
            not commitment.is_open and may.answer and commitment.archived_at is None,
            _("Put into the archive"),
            "archive",
        ),
    ]
    found = [
        Step(label, address(reader, f"commitments:{name}", commitment.pk))
        for wanted, label, name in shown
        if wanted
    ]
    if found:
        found[0] = Step(found[0].label, found[0].href, first=True)
    own = commitment.record.author_id == reader.member_id and may.note
    return (
        *found,
        *withdraw_step(commitment.record, reader, "commitments:withdraw", may=own),
    )


def _milestone(step: Milestone, reader: Reader, *, change: bool) -> MilestoneLine:
    def href(name: str) -> str:
        return address(reader, name, step.pk) if change else ""

    return MilestoneLine(
        title=step.title,
        due=step.due_on,
        done=step.done_on,
        reach_href=href("commitments:reach_milestone"),
        withdraw_href=href("commitments:withdraw_milestone"),
    )


def _moments(commitment: Commitment) -> tuple[Moment, ...]:
    """Every state it was in, newest first; says what, when and why, and names nobody."""
    words = {
        State.INTENT: _("Noted as an intent"),
        State.CONFIRMED: _("Confirmed by its organization"),
        State.KEPT: _("Kept"),
        State.DROPPED: _("Not going ahead"),
        State.SPLIT: _("Split into several"),
        "new_date": _("New date"),
        "as_reported": _("As its source says"),
        "archived": _("Put into the archive"),
        "withdrawn": _("Withdrawn"),
    }
    found = RecordState.objects.filter(record=commitment.record).order_by("-recorded_at")
    return tuple(
        Moment(
            when=date_words(row.when) or _("no date said"),
            title=words.get(row.state, row.state),
            text=row.because,
        )
        for row in found
    )


def _who_may(commitment: Commitment, reader: Reader, may: May) -> str:
    """Who may confirm it, or what to do where nobody may."""
    if commitment.state != State.INTENT or not reader.may("initiatives.view_members"):
        return ""
    names = [each.name for each in may.confirming]
    if names:
        return _("May confirm it: %(names)s.") % {"names": ", ".join(names)}
    return _(
        "Nobody is known who may confirm it. Record a mandate for one of the organization's "
        "members, or name a seat whose holder has an email address."
    )
