"""Puts a diagnosis into words for one reader."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.core.errors import Message
from headway.core.tables import TextLink
from headway.diagnosis.queries.evidence.building import AnsweredMove
from headway.diagnosis.queries.evidence.items import record_id
from headway.diagnosis.queries.keeping import Kept
from headway.diagnosis.queries.practices.offered import practice_for
from headway.diagnosis.queries.starts import Place, record_href, start_href
from headway.diagnosis.queries.told import (
    AnsweredLine,
    ConditionLine,
    Figured,
    LeadLine,
    MoveLine,
    Standing,
    StepLine,
)
from headway.diagnosis.queries.words import (
    CONDITIONS,
    LEADING,
    LEVERS,
    STATES,
    STEPS,
    condition_words,
    day_words,
    days_words,
    is_worse,
    listed,
    reason_words,
    records_in,
    start_words,
    state_words,
)
from headway.initiatives.reader import Reader
from headway_analysis.diagnosis import BY_KEY, ConditionReading, LeadershipReading, Spread, Trigger
from headway_analysis.followthrough import Conversion, MedianWait, PromiseTally

MOST_RECORDS = 5


def evidence_query(as_of: date, known_at: datetime | None, *, is_today: bool) -> str:
    """What an address carries so that its page looks at the same day."""
    told = {} if is_today else {"as_of": as_of.isoformat()}
    if known_at is not None:
        told["known_at"] = known_at.isoformat()
    return f"?{urlencode(told)}" if told else ""


class Lines:
    """Puts a diagnosis into words for one reader."""

    def __init__(
        self,
        found: Kept,
        reader: Reader,
        as_of: date,
        known_at: datetime | None = None,
        *,
        is_today: bool = True,
    ) -> None:
        self.kept, self.found, self.reader = found, found.diagnosis, reader
        self.as_of, self.known_at, self.is_today = as_of, known_at, is_today
        self.whole = reader.may("diagnosis.view")
        self.query = evidence_query(as_of, known_at, is_today=is_today)

    def standing(self) -> Standing:
        """Everything; a visitor gets the conditions that are met and no more."""
        conditions = tuple(self.condition(each) for each in self.found.conditions)
        waited = (each for each in conditions if each.state == "waiting_on")
        return Standing(
            as_of=self.as_of,
            known_at=self.known_at,
            is_today=self.is_today,
            conditions=conditions,
            waited_on=next(waited, None),
            moves=tuple(self.move(each) for each in self.found.moves) if self.whole else (),
            answered=tuple(map(self.answered, self.kept.moves)) if self.whole else (),
            readings=tuple(map(self.reading, self.found.readings)) if self.whole else (),
            conversions=tuple(map(self.step, self.found.conversions)) if self.whole else (),
            promises=tuple(self.promises()) if self.whole else (),
            weeks_since_result=self.weeks() if self.whole else None,
            warnings=tuple(self.warnings()) if self.whole else (),
            leadership_href=self.href("diagnosis:leadership") if self.whole else "",
            conditions_href=self.href("diagnosis:conditions"),
        )

    def href(self, name: str, *args: object) -> str:
        """A page that looks at the same day."""
        return reverse(name, args=[self.reader.slug, *args]) + self.query

    def evidence(self, name: str) -> str:
        """The page of the records behind a figure; empty for who may not open it."""
        return self.href("diagnosis:evidence", name) if self.whole else ""

    def named(self, keys: tuple[str, ...]) -> str:
        """Organisations and posts by name."""
        return listed(self.kept.names.get(key, "") for key in keys)

    def condition(self, reading: ConditionReading) -> ConditionLine:
        """One condition as the reader may know it."""
        label = CONDITIONS[reading.condition]
        if not self.whole and reading.state != "met":
            return ConditionLine(reading.condition, label, "", STATES[""], "not_met")
        whom = self.named(reading.whom) if self.whole else ""
        still = records_in(reading.open) if self.whole else 0
        shown = reading if self.whole else _without_open(reading)
        return ConditionLine(
            key=reading.condition,
            label=label,
            state=reading.state,
            state_label=state_words(reading, self.kept.fared),
            mark="worse" if is_worse(reading, self.kept.fared) else reading.state,
            words=condition_words(shown, whom, self.titles(reading.open), self.kept.fared),
            whom=whom,
            since=reading.since if reading.state == "waiting_on" else reading.met_on,
            count=records_in(reading.through),
            open=still,
            line=reading.line,
            source=reading.source,
            href=self.href("diagnosis:evidence", f"condition-{reading.condition}"),
        )

    def links(self, keys: tuple[str, ...]) -> tuple[TextLink, ...]:
        """The first records behind a next move."""
        found = ((key, self.kept.records[key]) for key in keys if key in self.kept.records)
        shown = [
            TextLink(told.title, record_href(Place(record_id(key), told.kind), self.reader))
            for key, told in found
        ]
        return tuple(shown[:MOST_RECORDS])

    def titles(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The titles of the first records that words speak of."""
        return tuple(self.kept.records[key].title for key in keys if key in self.kept.records)

    def title(self, keys: tuple[str, ...]) -> str:
        """The title of the first record."""
        told = self.kept.records.get(keys[0]) if keys else None
        return told.title if told else ""

    def move(self, trigger: Trigger) -> MoveLine:
        """One next move with its reason."""
        lever = BY_KEY[trigger.lever]
        about = self.kept.records.get(trigger.records[0]) if trigger.records else None
        may = self.reader.may("diagnosis.move") and self.is_today
        return MoveLine(
            key=lever.key,
            label=LEVERS[lever.key],
            reason=reason_words(trigger, self.title(trigger.records)),
            source=lever.source,
            condition=CONDITIONS[lever.condition],
            records=self.links(trigger.records),
            evidence_href=self.evidence(f"lever-{lever.key}"),
            start_label=start_words(trigger),
            start_href=start_href(trigger, about, self.reader) if self.is_today else "",
            take_href=self.href("diagnosis:take", lever.key) if may else "",
            decline_href=self.href("diagnosis:decline", lever.key) if may else "",
            practice=practice_for(lever.key, self.reader) if may else None,
        )

    def answered(self, move: AnsweredMove) -> AnsweredLine:
        """A next move that was taken or declined, with what followed."""
        told = {"who": move.whose, "day": day_words(move.on)}
        if move.taken:
            words = _("Taken by %(who)s on %(day)s") if move.whose else _("Taken on %(day)s")
        else:
            words = _("Declined by %(who)s on %(day)s") if move.whose else _("Declined on %(day)s")
        about = next(iter(self.links((move.about,))), None)
        owned = (TextLink(_("An owner was named"), about.href),) if move.owned and about else ()
        return AnsweredLine(
            label=next((words for key, words in LEVERS.items() if key == move.lever), move.lever),
            state="under_way" if move.taken else "not_needed",
            words=words % told,
            because=move.because,
            about=about,
            followed=(*owned, *self.links(move.followed)),
            taken=move.taken,
            href=reverse("diagnosis:move", args=[self.reader.slug, move.record]),
        )

    def reading(self, reading: LeadershipReading) -> LeadLine:
        """One reading of leadership."""
        return LeadLine(
            key=reading.leading,
            label=LEADING[reading.leading],
            words=spread_words(reading, self.kept.names, self.kept.thresholds.fewest_acts),
            computed=spread_computed(reading.spread),
            alarm=reading.spread.alarm,
            href=self.evidence(f"acts-{reading.leading}"),
        )

    def step(self, found: Conversion) -> StepLine:
        """How many recommendations came a step further."""
        told = {"start": STEPS[found.start], "end": STEPS[found.end]}
        return StepLine(
            start=found.start,
            end=found.end,
            label=_("%(start)s → %(end)s") % told,
            there=len(found.there),
            further=len(found.further),
            share=None if found.share is None else float(found.share),
            days=found.wait.days,
            words=step_words(found),
            computed=wait_computed(found.wait),
            href=self.evidence(f"step-{found.end}"),
        )

    def promises(self) -> Iterator[Figured]:
        """How promises stand: counts with what they are out of, a verdict on nobody."""
        tally = self.found.promises
        every = sum(map(len, tally.by_state.values()))
        for key, ids in promises_by_word(tally).items():
            words = _("%(n)d of %(all)d") % {"n": len(ids), "all": every}
            href = self.evidence(f"promises-{key}")
            yield Figured(key, PROMISES[key], words, len(ids), href)
        on_time, due = len(tally.on_time), len(tally.due)
        share = None if tally.share_on_time is None else float(tally.share_on_time)
        words = (
            _("%(n)d of %(all)d that were confirmed and due") % {"n": on_time, "all": due}
            if due
            else _("no confirmed promise was due yet")
        )
        yield Figured("on_time", _("Kept on time"), words, share, self.evidence("promises-on_time"))

    def weeks(self) -> Figured | None:
        """How long ago the last result was."""
        weeks = self.found.weeks_since_result
        if weeks is None:
            return None
        words = ngettext("%d week ago", "%d weeks ago", weeks) % weeks
        label = _("Last result")
        return Figured("last_result", label, words, weeks, self.evidence("last-result"))

    def warnings(self) -> Iterator[Figured]:
        """What depends on one, and terms that end before what needs them."""
        spread = self.found.spread
        if spread.alarm and spread.largest is not None:
            told = {
                "who": self.kept.names.get(spread.top, ""),
                "percent": round(100 * spread.largest),
                "n": spread.acts,
            }
            words = _("%(who)s did %(percent)d %% of %(n)d acts of leading.")
            yield Figured(
                "largest",
                _("Much depends on one"),
                words % told,
                float(spread.largest),
                self.href("diagnosis:leave", spread.top),
                alarm=True,
            )
        for gap in self.found.gaps:
            told = {
                "name": gap.title,
                "day": day_words(gap.ends),
                "days": days_words(gap.days),
                "about": self.title((gap.milestone.record,)),
            }
            words = _("%(name)s: ends on %(day)s, %(days)s before “%(about)s”.") % told
            label = _("Ends before it is needed")
            yield Figured(gap.cause, label, words, gap.days, self.evidence("terms"), not gap.deputy)


PROMISES: Mapping[str, Message] = {
    "kept": gettext_lazy("Kept"),
    "late": gettext_lazy("Late"),
    "intent": gettext_lazy("Not confirmed yet"),
    "no_owner": gettext_lazy("Without a stated owner"),
    "not_going_ahead": gettext_lazy("Not going ahead"),
}


def promises_by_word(tally: PromiseTally) -> dict[str, tuple[str, ...]]:
    """The promises that each word is said of; one may be late and not confirmed at once."""
    states = tally.by_state
    return {
        "kept": (*states["kept_on_time"], *states["kept_late"]),
        "late": states["late"],
        "intent": tally.unconfirmed,
        "no_owner": tally.no_owner,
        "not_going_ahead": states["not_going_ahead"],
    }


def _without_open(reading: ConditionReading) -> ConditionReading:
    """A condition that is met, without what is still open: that is for those who take part."""
    return ConditionReading(
        reading.condition,
        reading.state,
        through=reading.through,
        met_on=reading.met_on,
        line=reading.line,
        source=reading.source,
    )


def spread_words(reading: LeadershipReading, names: Mapping[str, str], fewest: int) -> str:
    """How spread the acts of one kind of leading are."""
    spread = reading.spread
    acts = ngettext("%d act recorded", "%d acts recorded", spread.acts) % spread.acts
    if spread.largest is None:
        return _("%(acts)s; from %(fewest)d on it is told how they are spread.") % {
            "acts": acts,
            "fewest": fewest,
        }
    whose = ngettext("%d organization", "%d organizations", spread.holders) % spread.holders
    told = {
        "acts": acts,
        "whose": whose,
        "most": round(spread.largest * spread.acts),
        "who": names.get(spread.top, ""),
    }
    if spread.holders == 1:
        return _("%(acts)s, all by %(who)s.") % told
    return _("%(acts)s by %(whose)s; the most, %(most)d of them, by %(who)s.") % told


def spread_computed(spread: Spread) -> str:
    """The figures behind the sentence on a spread; empty where nothing is said of shares."""
    if spread.effective is None or spread.largest is None:
        return ""
    told = {"effective": f"{spread.effective:.1f}", "percent": round(100 * spread.largest)}
    return (
        _(
            "The largest share is %(percent)d percent. The acts are spread as if %(effective)s"
            " organizations had done equally many (Hill number of order 1)."
        )
        % told
    )


def step_words(found: Conversion) -> str:
    """How many came further, and how long it took."""
    there = len(found.there)
    if not there:
        return _("None was there yet.")
    told = _("%(n)d of %(all)d") % {"n": len(found.further), "all": there}
    return f"{told}, {wait_words(found.wait)}"


def wait_words(wait: MedianWait) -> str:
    """After how long half had come; those that still wait are counted."""
    if wait.days is None:
        return _("fewer than half so far")
    if not wait.days:
        return _("half of them on the same day")
    return _("half of them within %s") % days_words(wait.days)


def wait_computed(wait: MedianWait) -> str:
    """What the wait is computed of, and how sure it is; empty where there is none."""
    if wait.days is None:
        return ""
    told = {"days": days_words(wait.days), "low": wait.low, "high": wait.high}
    if wait.low is None or wait.high is None:
        return _("Median %(days)s, with those that still wait (Kaplan–Meier).") % told
    return (
        _(
            "Median %(days)s, with those that still wait (Kaplan–Meier);"
            " 90 percent sure that it is between %(low)d and %(high)d."
        )
        % told
    )
