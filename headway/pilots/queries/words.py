"""How tests, pilots and reviews read, and how their lists are searched and written to files."""

from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.http import QueryDict
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from headway.accounts.models.authority import Visibility
from headway.core.tables import Mark
from headway.directory.models import Organisation, Post
from headway.initiatives.models import Record
from headway.pilots.models import Decision, Pilot, Result, SmallTest, Tried


def state_mark(row: SmallTest | Pilot, today: date) -> Mark:
    """How a test or a pilot stands, by shape and word."""
    if row.decision:
        return _decided(row)
    if row.state == Pilot.State.CARD:
        return Mark("draft", _("Being prepared"))
    if row.state == Pilot.State.RUNNING:
        return _running(row, today)
    if row.state == Pilot.State.STOPPED:
        return Mark("waiting_on", _("Stopped early, to be decided"))
    return Mark("waiting_on", _("Ended, to be decided"))


def _decided(row: Tried) -> Mark:
    words = {
        Decision.ADOPT: Mark("adopted", _("Adopted")),
        Decision.ADAPT: Mark("under_way", _("To be adapted")),
        Decision.ABANDON: Mark("ended", _("Abandoned")),
    }
    return words[Decision(row.decision)]


def _running(row: SmallTest | Pilot, today: date) -> Mark:
    ends = row.ends_on
    if ends is not None and ends < today:
        return Mark("waiting_on", _("Its end date has come"))
    return Mark("under_way", _("Under way"))


def sort_words(pilot: Pilot) -> str:
    """What sort of trial it is; once it is decided, without what was open until then."""
    if pilot.decision and pilot.sort == Pilot.Sort.PILOT:
        return _("pilot")
    return str(pilot.get_sort_display())


def result_words(row: Tried) -> str:
    """How it came out, in one word; empty while nobody said."""
    return str(Result(row.result).label) if row.result else ""


def day_words(day: date | None) -> str:
    """A day with its weekday; empty where there is none."""
    return date_format(day, "l, F j, Y") if day else ""


def who_reads(record: Record) -> str:
    """Who will read what is written into a record."""
    if {record.visibility, record.initiative.visibility} == {Visibility.PUBLIC.value}:
        return _("Everybody can read what you write here, also without signing in.")
    return _("Whoever may open “%(title)s” reads what you write here.") % {"title": record.title}


def who_words(organisation: Organisation | None, post: Post | None) -> str:
    """A seat and its organisation, as far as they are named."""
    if post is not None:
        return post.label
    return organisation.canonical.name if organisation else ""


def amount(value: float | Decimal | None) -> str:
    """A number as people write it, without digits that say nothing; empty where unknown."""
    if value is None:
        return ""
    size = abs(float(value))
    places = 0 if size >= 1_000 else 2 if size >= 1 else 4
    written = number_format(round(float(value), places), decimal_pos=places, use_l10n=True)
    return _trimmed(written) if places else written


def _trimmed(written: str) -> str:
    """Without the zeros after the last digit behind the point."""
    whole = written.rstrip("0")
    return whole[:-1] if whole and not whole[-1].isdigit() else whole or written


def words_asked(params: QueryDict) -> str:
    """The words that a list is searched for."""
    return params.get("q", "").replace("\x00", "").strip()[:100]


def holding(words: str, *fields: str) -> Q:
    """The condition that a row holds every word in one of these fields."""
    wanted = Q()
    for word in words.split()[:10]:
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": word})
        wanted &= anywhere
    return wanted


def iso(day: date | None) -> str:
    """A day as programs read it; empty where there is none."""
    return day.isoformat() if day else ""
