"""Notes of a meeting: what is recognised while somebody types, and what was kept."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.accounts.models.authority import Visibility
from headway.commitments.models import Commitment
from headway.commitments.queries.answerers import answerers_of
from headway.core.dates import date_words
from headway.core.errors import Message
from headway.core.tables import TextLink
from headway.forums.models import Meeting, MinuteLine
from headway.forums.queries.hints import CorrectPage, correct_page
from headway.forums.queries.minutes import MARKS, UNSURE
from headway.forums.queries.notes import read_notes
from headway.forums.queries.parts import came_of
from headway.initiatives.models import Record
from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader


@dataclass(frozen=True)
class Recognised:
    """One line of the notes as it was understood."""

    mark: str
    kind: Message
    what: str
    who: str
    due: str
    unsure: tuple[Message, ...]


@dataclass(frozen=True)
class RecognisedPart:
    """What is recognised in notes that are not saved yet."""

    lines: tuple[Recognised, ...]
    words: str
    unsure: int


@dataclass(frozen=True)
class NotesPage:
    """The notes of a meeting, and below them what was recognised."""

    title: str
    lead: str
    meeting: str
    back_href: str
    correct_href: str
    read_href: str
    mail_href: str
    files: tuple[TextLink, ...]
    part: RecognisedPart | None
    correct: CorrectPage
    came_of: dict[UUID, tuple[TextLink, ...]]
    newest: tuple[object, ...] = ()


@dataclass(frozen=True)
class MailPage:
    """What would be mailed to whom."""

    title: str
    what_happens: tuple[str, ...]
    button: str
    back_href: str


def recognised(meeting: Meeting, notes: str, now: datetime) -> RecognisedPart:
    """What is recognised in notes; nothing is stored."""
    said = [line.said for line in read_notes(meeting, notes, now) if line.said is not None]
    lines = tuple(
        Recognised(
            mark=MARKS[each.kind],
            kind=MinuteLine.Kind(each.kind).label,
            what=each.what or each.text,
            who=each.owner.name if each.owner else each.owner_as_said,
            due=_("by %s") % date_words(each.due) if each.due else each.due_as_said,
            unsure=tuple(words for part, words in UNSURE.items() if part in each.unsure),
        )
        for each in said
    )
    unsure = sum(bool(line.unsure) for line in lines)
    words = ngettext("%s line recognized", "%s lines recognized", len(lines)) % len(lines)
    return RecognisedPart(lines=lines, words=words, unsure=unsure)


def notes_page(
    meeting: Meeting, reader: Reader, now: datetime, part: RecognisedPart | None = None
) -> NotesPage:
    """The notes with what was kept of them."""
    back = address(reader, "forums:meeting", meeting.pk)
    kept = MinuteLine.objects.of(meeting).live().values_list("pk", flat=True)
    return NotesPage(
        title=_("Notes of the meeting"),
        lead=_(
            "Begin a line with Will do:, Decided:, Idea:, In the way: or Fact:. Saving turns it"
            " into a record. %(who)s"
        )
        % {"who": _who_reads(meeting)},
        meeting=meeting.record.title,
        back_href=back,
        correct_href=address(reader, "site:correct_lines", meeting.pk),
        read_href=address(reader, "site:read_notes", meeting.pk),
        mail_href=address(reader, "site:mail", meeting.pk) if kept else "",
        files=(
            TextLink(_("Minutes as Word"), address(reader, "forums:minutes_docx", meeting.pk)),
            TextLink(_("Minutes as PDF"), address(reader, "forums:minutes_pdf", meeting.pk)),
        ),
        part=part,
        correct=correct_page(meeting, now, back),
        came_of=came_of(list(kept), reader),
    )


def _who_reads(meeting: Meeting) -> str:
    """Who will read what is saved."""
    everybody = {meeting.record.visibility, meeting.record.initiative.visibility}
    if everybody == {Visibility.PUBLIC.value}:
        return _("Everybody can read what you save, visitors too.")
    return _("Whoever may open this meeting can read what you save; visitors cannot.")


def mail_page(meeting: Meeting, reader: Reader) -> MailPage:
    """What goes out to the organisations that promised something in a meeting."""
    of_meeting = MinuteLine.objects.of(meeting).live()
    lines = Record.objects.filter(pk__in=of_meeting.values("pk")) | Record.objects.filter(
        pk=meeting.pk
    )
    promises = Commitment.objects.live().still_open().came_from(lines)
    rows = promises.select_related("organisation", "person", "record__initiative")
    unclear = of_meeting.exclude(unsure=[]).count()
    return MailPage(
        title=_("Mail each organization its own promises"),
        what_happens=_mail_words(_with_people(list(rows), meeting, reader), unclear),
        button=_("Mail them now"),
        back_href=address(reader, "forums:meeting", meeting.pk),
    )


def sent_words(written: int) -> str:
    """How many mails went out, once somebody pressed the button."""
    if not written:
        return _(
            "Nothing went out: nobody who may answer for a promise of this meeting is left to be "
            "told. Name who promised, and invite somebody of them."
        )
    return ngettext("%s mail goes out.", "%s mails go out.", written) % written


def _with_people(
    promises: list[Commitment], meeting: Meeting, reader: Reader
) -> list[tuple[Commitment, bool]]:
    """Each promise, and whether anybody may answer for it."""
    people = answerers_of(promises, meeting.record.initiative, reader.today)
    return [(row, bool(people[row.pk])) for row in promises]


def _addressees(promises: list[tuple[Commitment, bool]]) -> list[str]:
    """Whose people get mail, and for whom nobody does."""
    reached = sorted({row.who for row, people in promises if row.organisation_id and people})
    every = {row.who for row, _people in promises if row.organisation_id}
    if not every:
        return [_("No promise of this meeting names an organization, so nothing goes out.")]
    alone = sorted(every.difference(reached))
    told = [_("Mail goes to those who may answer for: %s.") % "; ".join(reached)] if reached else []
    if alone:
        told.append(
            _("Nobody may answer yet for: %s. Invite somebody first; these get no mail.")
            % "; ".join(alone)
        )
    return told


def _mail_words(promises: list[tuple[Commitment, bool]], unclear: int) -> tuple[str, ...]:
    told = _addressees(promises)
    words = [*told, _("Each one reads only its own promises, and answers by mail or by a link.")]
    nameless = sum(row.organisation_id is None for row, _people in promises)
    if nameless:
        words.append(
            ngettext(
                "%s promise names no organization yet.",
                "%s promises name no organization yet.",
                nameless,
            )
            % nameless
        )
    if unclear:
        words.append(
            ngettext(
                "%s line is still to be looked at.",
                "%s lines are still to be looked at.",
                unclear,
            )
            % unclear
        )
    words.append(_("Whoever was told of this meeting already gets nothing new."))
    return tuple(words)
