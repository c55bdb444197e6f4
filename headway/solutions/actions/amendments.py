from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.initiatives.actions import (
    append_state,
    link_records,
    lock_all,
    locked,
    must_stand,
    note_event,
    on_behalf_of,
    open_record,
    write_wording,
)
from headway.initiatives.actions.happenings import title_of
from headway.initiatives.actions.records import last_number
from headway.initiatives.models import Initiative, Link, Mandate, Record
from headway.solutions.actions.solutions import bring_idea
from headway.solutions.models import Amendment, Solution

CHANGEABLE = ("text", "expects")


class MovedMeanwhileError(RuleError):
    """The text was worded anew after the change was suggested; both are to be read first."""


def _must_be_open(amendment: Amendment) -> None:
    if amendment.state != Amendment.State.OPEN:
        raise RuleError(
            _("This suggestion is %(state)s already.") % {"state": amendment.get_state_display()}
        )


def _made_to(record: Record, field: str, number: int | None) -> int:
    """The version that a change is made to: the one named, else the newest."""
    newest = last_number(record, field)
    return number if number is not None and 1 <= number <= newest else newest


@transaction.atomic
def suggest_change(
    *,
    by: Actor,
    solution: Solution,
    text: str,
    field: str = "text",
    reason: str = "",
    base_number: int | None = None,
    organisation: Organisation | None = None,
) -> Amendment:
    """Suggest another wording, made on the version that its author saw.

    Raises:
        RuleError: where suggestions are closed, nothing changes, or no mandate allows it.

    """
    if field not in CHANGEABLE:
        raise ValueError(f"field must be one of {CHANGEABLE}, got {field!r}")
    record = locked(solution.record)
    must_stand(record)
    current = Solution.objects.select_for_update().get(pk=record.pk)
    _must_take_changes(current, field, text)
    speaker = _speaker(by, record.initiative, organisation)
    amendment = Amendment(solution=current, field=field, text=text.strip(), reason=reason.strip())
    amendment.base_number = _made_to(record, field, base_number)
    amendment.record = open_record(
        by=speaker,
        initiative=record.initiative,
        kind=Amendment.RECORD_KIND,
        title=title_of(text),
        visibility=record.visibility,
        organisation=organisation,
    )
    _keep(speaker, amendment)
    link_records(by=speaker, origin=amendment.record, target=record, kind=Link.Kind.ANSWERS)
    return amendment


def _must_take_changes(solution: Solution, field: str, text: str) -> None:
    if solution.suggestions_closed_at is not None:
        raise RuleError(_("Suggestions to this recommendation are closed. Discuss it instead."))
    if not text.strip() or text.strip() == getattr(solution, field):
        raise RuleError(_("Change some words of the text first."), "text")


def _speaker(by: Actor, initiative: Initiative, organisation: Organisation | None) -> Actor:
    """Whoever suggests, in the name of an organisation where one is given."""
    if organisation is None:
        return by
    scope = Mandate.Scope.DECISIONS
    return on_behalf_of(by=by, initiative=initiative, organisation=organisation, scope=scope)


def _keep(by: Actor, amendment: Amendment) -> None:
    """Write a suggestion down in its table, its texts, its states and the log."""
    record = amendment.record
    amendment.save(force_insert=True)
    write_wording(by=by, record=record, field="text", text=amendment.text)
    append_state(record=record, state=amendment.state, by=by)
    note_event(by=by, record=record, verb="suggested", changes={"text": ("", amendment.text)})


def _settle(by: Actor, amendment: Amendment, state: str, answer: str) -> None:
    changes = amendment.change(state=state, answer=answer.strip())
    append_state(record=amendment.record, state=state, by=by, because=answer.strip())
    note_event(by=by, record=amendment.record, verb="settled", changes=changes)


@transaction.atomic
def accept_change(
    *,
    by: Actor,
    amendment: Amendment,
    merged: str = "",
    seen_number: int | None = None,
    answer: str = "",
) -> Solution:
    """Take a suggested wording over, or another one that was made out of both texts.

    Args:
        by: who accepts it.
        amendment: what was suggested.
        merged: the wording to take instead; needed where the text moved since.
        seen_number: the version of the text that whoever merged has read.
        answer: what is said to whoever suggested it.

    Raises:
        MovedMeanwhileError: where the text moved and nobody merged, or it moved again.
        RuleError: where the suggestion is settled already, or nothing of it is taken over.

    """
    lock_all(amendment.solution.record, amendment.record)
    record = locked(amendment.solution.record)
    solution = Solution.objects.select_for_update().get(pk=record.pk)
    current = Amendment.objects.select_for_update().get(pk=amendment.pk)
    _must_be_open(current)
    read = seen_number if merged.strip() else current.base_number
    if read != last_number(record, current.field):
        raise MovedMeanwhileError(
            _("The text was worded anew meanwhile. Read both and put them together."), "merged"
        )
    text = merged.strip() or current.text
    _must_take_something(solution, current, text)
    _word_anew(by, record, solution, current, text)
    link_records(by=by, origin=record, target=current.record, kind=Link.Kind.CAME_FROM)
    took_over = text == current.text
    state = Amendment.State.ACCEPTED if took_over else Amendment.State.EDITED
    _settle(by, current, state, answer)
    return solution


def _word_anew(
    by: Actor, record: Record, solution: Solution, suggested: Amendment, text: str
) -> None:
    """Let a recommendation say what was suggested; the wording names who suggested it."""
    changes = solution.change(**{suggested.field: text})
    write_wording(
        by=by,
        record=record,
        field=suggested.field,
        text=text,
        organisation=suggested.record.organisation,
    )
    if changes:
        note_event(by=by, record=record, verb="revised", changes=changes)


def _must_take_something(solution: Solution, suggested: Amendment, text: str) -> None:
    """Refuse to call a suggestion accepted while the text stays as it is."""
    now = getattr(solution, suggested.field)
    if text == now.strip() != suggested.text.strip():
        raise RuleError(
            _(
                "This is the text as it stands. Put in what you take over of the suggestion, or "
                "go back and say why you do not accept it."
            ),
            "merged",
        )


@transaction.atomic
def refuse_change(*, by: Actor, amendment: Amendment, because: str) -> None:
    """Leave the text as it is, and say why.

    Raises:
        RuleError: where no reason is given, or it is settled already.

    """
    if not because.strip():
        raise RuleError(_("Say why, like “the law asks for the word *shall*”."), "because")
    must_stand(locked(amendment.record))
    current = Amendment.objects.select_for_update().get(pk=amendment.pk)
    _must_be_open(current)
    _settle(by, current, Amendment.State.REFUSED, because)


@transaction.atomic
def promote_change(*, by: Actor, amendment: Amendment, title: str = "") -> Solution:
    """Make a suggestion an idea of its own, beside the recommendation it was made to.

    Raises:
        RuleError: where it is settled already.

    """
    record = locked(amendment.record)
    must_stand(record)
    current = Amendment.objects.select_for_update().get(pk=amendment.pk)
    _must_be_open(current)
    idea = bring_idea(
        by=by,
        initiative=record.initiative,
        text=current.text,
        title=title,
        organisations=[record.organisation] if record.organisation else [],
        came_from=record,
        visibility=record.visibility,
    )
    _settle(by, current, Amendment.State.PROMOTED, "")
    return idea


@transaction.atomic
def close_suggestions(*, by: Actor, solution: Solution) -> bool:
    """Take no more suggestions; those made stay readable."""
    return _close(by, solution, closed=True)


@transaction.atomic
def reopen_suggestions(*, by: Actor, solution: Solution) -> bool:
    """Take suggestions again."""
    return _close(by, solution, closed=False)


def _close(by: Actor, solution: Solution, *, closed: bool) -> bool:
    record = locked(solution.record)
    must_stand(record)
    current = Solution.objects.select_for_update().get(pk=record.pk)
    if (current.suggestions_closed_at is not None) == closed:
        return False
    current.change(suggestions_closed_at=by.at if closed else None)
    verb = "suggestions_closed" if closed else "suggestions_reopened"
    note_event(by=by, record=record, verb=verb)
    return True
