from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.models import Organisation
from headway.forums.models import Forum, ForumModerator, WordOfCounsel
from headway.initiatives.actions import (
    append_state,
    locked,
    must_stand,
    note_event,
    open_record,
    revise_record,
    write_wording,
)
from headway.initiatives.models import Initiative, Member, Record
from headway.initiatives.provenance import HERE, Provenance
from headway.problems.actions.citations import as_reported
from headway_analysis.partial_date import PartialDate

MOST_NOTICE_DAYS = 365


def _check(initiative: Initiative, public_body: str, led_by: Organisation | None) -> None:
    if public_body not in Forum.PublicBody.values:
        raise RuleError(
            _("Choose yes, no or ask counsel. Ask counsel if nobody is sure."), "public_body"
        )
    if led_by is not None and led_by.authority_id != initiative.authority_id:
        raise RuleError(_("Choose an organization of this directory."), "led_by")


NOBODY_SAID = WordOfCounsel()


def _check_counsel(word: WordOfCounsel, today: date) -> None:
    """Refuse half a word of counsel, or one of a day to come."""
    if any((word.name, word.on, word.source)) and not word.recorded:
        missing = {"counsel_name": word.name, "counsel_on": word.on, "counsel_source": word.source}
        field = next(name for name, value in missing.items() if not value)
        raise RuleError(_("Say who of counsel said it, on which day, and where it stands."), field)
    if word.on is not None and word.on > today:
        raise RuleError(
            _("Enter the day on which counsel said it; it cannot be ahead."), "counsel_on"
        )


def _must_be_approved(forum: Forum, public_body: str, word: WordOfCounsel) -> None:
    """Only counsel's recorded word takes a group out of open-meeting law."""
    freed = forum.meets_in_the_open or forum.counsel_source
    if freed and public_body == Forum.PublicBody.NO and not word.recorded:
        raise RuleError(
            _(
                "Open-meeting law counts for this group until counsel says otherwise. Enter who of "
                "counsel said so, on which day, and where it stands, like “Letter of March 3”."
            ),
            "public_body",
        )


def _check_notice_days(days: int) -> None:
    if not 0 <= days <= MOST_NOTICE_DAYS:
        raise RuleError(_("Enter a number of days from 0 to 365, like 3."), "notice_days")


@transaction.atomic
def open_forum(
    *,
    by: Actor,
    initiative: Initiative,
    name: str,
    purpose: str = "",
    public_body: str = Forum.PublicBody.ASK,
    counsel: WordOfCounsel = NOBODY_SAID,
    led_by: Organisation | None = None,
    policy: str = "",
    notice_days: int = 3,
    visibility: str = "",
    provenance: Provenance = HERE,
    when: PartialDate | None = None,
) -> Forum:
    """Open a group that meets and talks; without a word of counsel it counts as a public body.

    Raises:
        RuleError: where the name is missing or taken, or a value is out of bounds.

    """
    name = name.strip()
    known = as_reported(Forum, initiative, provenance, record__title=name)
    if known is not None:
        return known
    _check(initiative, public_body, led_by)
    _check_notice_days(notice_days)
    _check_counsel(counsel, initiative.today(by.at))
    _must_be_free(initiative, name)
    record = open_record(
        by=by,
        initiative=initiative,
        kind=Forum.RECORD_KIND,
        title=name,
        visibility=visibility,
        provenance=provenance,
        when=when,
        organisation=led_by,
    )
    forum = Forum(
        record=record,
        purpose=purpose.strip(),
        public_body=public_body,
        policy=policy.strip(),
        notice_days=notice_days,
        **counsel.values(),
    )
    forum.save(force_insert=True)
    for field in Forum.TEXTS:
        if getattr(forum, field):
            write_wording(by=by, record=record, field=field, text=getattr(forum, field))
    append_state(record=record, state="open", by=by, when=when, provenance=provenance)
    changes = {"purpose": ("", forum.purpose), "public_body": ("", public_body)}
    note_event(by=by, record=record, verb="opened", changes=changes)
    return forum


def _must_be_free(initiative: Initiative, name: str, but: Record | None = None) -> None:
    """Two groups of one name could not be told apart in any list."""
    others = Forum.objects.in_initiative(initiative).live().filter(record__title__iexact=name)
    if others.exclude(pk=but.pk if but else None).exists():
        raise RuleError(
            _("There is a group “%(name)s” already. Choose another name, like “%(name)s 2027”.")
            % {"name": name},
            "name",
        )


@transaction.atomic
def revise_forum(
    *,
    by: Actor,
    forum: Forum,
    name: str,
    purpose: str = "",
    public_body: str = Forum.PublicBody.ASK,
    counsel: WordOfCounsel = NOBODY_SAID,
    led_by: Organisation | None = None,
    policy: str = "",
    notice_days: int = 3,
    seen: int | None = None,
) -> bool:
    """Change what a group is called, what it is for, and which law counts for it.

    Raises:
        RuleError: where the name is missing or taken, somebody else wrote in between, or the
            group would leave open-meeting law without counsel's recorded word.

    """
    _check(forum.record.initiative, public_body, led_by)
    _check_notice_days(notice_days)
    record = locked(forum.record)
    _check_counsel(counsel, record.initiative.today(by.at))
    _must_be_approved(Forum.objects.get(pk=forum.pk), public_body, counsel)
    _must_be_free(record.initiative, name.strip(), record)
    values: dict[str, object] = {
        "purpose": purpose.strip(),
        "public_body": public_body,
        "policy": policy.strip(),
        "notice_days": notice_days,
        **counsel.values(),
    }
    led = record.change(organisation=led_by)
    return revise_record(
        by=by, stage=forum, title=name.strip(), values=values, seen=seen, also=led or None
    )


@transaction.atomic
def name_moderator(
    *,
    by: Actor,
    forum: Forum,
    member: Member,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> ForumModerator:
    """Let a member moderate one group, from a day until a day; twice is the same.

    Raises:
        RuleError: where the member takes no part here, or the end lies before the beginning.

    """
    record = locked(forum.record)
    must_stand(record)
    if member.initiative_id != record.initiative_id or member.left_at is not None:
        raise RuleError(_("Choose a member of this initiative."), "member")
    first = starts_on or record.initiative.today(by.at)
    if ends_on is not None and ends_on < first:
        raise RuleError(_("Enter a last day that is not before the first one."), "ends_on")
    terms = ForumModerator.objects.filter(forum=forum, member=member).standing(first)
    known = terms.select_for_update().first()
    if known is not None:
        known.change(ends_on=ends_on)
        return known
    term = ForumModerator(forum=forum, member=member, starts_on=first, ends_on=ends_on)
    term.save(force_insert=True)
    note_event(
        by=by, record=record, verb="moderator_named", changes={"moderator": ("", member.name)}
    )
    return term


@transaction.atomic
def end_moderator(*, by: Actor, term: ForumModerator) -> None:
    """Take the moderator's rights at once; what was moderated stays as it is."""
    record = locked(term.forum.record)
    current = ForumModerator.objects.select_for_update(of=("self",)).get(pk=term.pk)
    if current.ended_at is None:
        current.change(ended_at=by.at)
        name = current.member.name
        note_event(by=by, record=record, verb="moderator_ended", changes={"moderator": (name, "")})
