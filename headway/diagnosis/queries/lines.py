"""Puts a diagnosis into words for one reader."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.core.errors import Message
from headway.core.tables import TextLink
from headway.diagnosis.queries.evidence.items import record_id
from headway.diagnosis.queries.keeping import Kept
from headway.diagnosis.queries.practices.offered import practice_for
from headway.diagnosis.queries.starts import Place, record_href, start_href
from headway.diagnosis.queries.told import (
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
    STARTS,
    STATES,
    STEPS,
    condition_words,
    day_words,
    days_words,
    listed,
    reason_words,
    records_in,
)
from headway.initiatives.reader import Reader
from headway_analysis.diagnosis import BY_KEY, ConditionReading, LeadershipReading, Trigger
from headway_analysis.followthrough import Conversion, MedianWait

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
            return ConditionLine(reading.condition, label, "", STATES[""])
        whom = self.named(reading.whom) if self.whole else ""
        still = records_in(reading.open) if self.whole else 0
        shown = reading if self.whole else _without_open(reading)
        return ConditionLine(
            key=reading.condition,
            label=label,
            state=reading.state,
            state_label=STATES[reading.state],
            words=condition_words(shown, whom),
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
            start_label=STARTS[lever.key],
            start_href=start_href(trigger, about, self.reader),
            take_href=self.href("diagnosis:take", lever.key) if may else "",
            decline_href=self.href("diagnosis:decline", lever.key) if may else "",
            practice=practice_for(lever.key, self.reader) if may else None,
        )

    def reading(self, reading: LeadershipReading) -> LeadLine:
        """One reading of leadership."""
        return LeadLine(
            key=reading.leading,
            label=LEADING[reading.leading],
            words=spread_words(reading, self.kept.names, self.kept.thresholds.fewest_acts),
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
            href=self.evidence(f"step-{found.end}"),
        )

    def promises(self) -> Iterator[Figured]:
        """How promises stand: counts with what they are out of, a verdict on nobody."""
        tally = self.found.promises
        on_time, due = len(tally.on_time), len(tally.due)
        share = None if tally.share_on_time is None else float(tally.share_on_time)
        words = (
            _("%(n)d of %(all)d that were due") % {"n": on_time, "all": due}
            if due
            else _("none was due yet")
        )
        yield Figured("on_time", _("Kept on time"), words, share, self.evidence("promises-on_time"))
        ids = {str(state): found for state, found in tally.by_state.items()}
        ids["no_owner"] = tally.no_owner
        for key, label in PROMISES.items():
            words = ngettext("%d promise", "%d promises", len(ids[key])) % len(ids[key])
            yield Figured(key, label, words, len(ids[key]), self.evidence(f"promises-{key}"))

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
    "late": gettext_lazy("Past their day"),
    "intent": gettext_lazy("Not confirmed yet"),
    "no_owner": gettext_lazy("Without a stated owner"),
    "not_going_ahead": gettext_lazy("Not going ahead"),
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
    if spread.effective is None or spread.largest is None:
        return _("%(acts)s; from %(fewest)d on it is told how they are spread.") % {
            "acts": acts,
            "fewest": fewest,
        }
    whose = ngettext("%d organization", "%d organizations", spread.holders) % spread.holders
    told = {
        "acts": acts,
        "whose": whose,
        "effective": f"{spread.effective:.1f}",
        "percent": round(100 * spread.largest),
        "who": names.get(spread.top, ""),
    }
    if spread.holders == 1:
        return _("%(acts)s, all by %(who)s.") % told
    return (
        _(
            "%(acts)s by %(whose)s, as if by %(effective)s alike;"
            " the largest share is %(percent)d %% (%(who)s)."
        )
        % told
    )


def step_words(found: Conversion) -> str:
    """How many came further, and how long it took."""
    there = len(found.there)
    if not there:
        return _("None was there yet.")
    told = _("%(n)d of %(all)d") % {"n": len(found.further), "all": there}
    return f"{told}, {median_words(found.wait)}"


def median_words(wait: MedianWait) -> str:
    """The median wait with its interval; those that still wait are counted."""
    if wait.days is None:
        return _("fewer than half so far, so that there is no median yet")
    told = {"days": days_words(wait.days), "low": wait.low, "high": wait.high}
    if wait.low is None or wait.high is None:
        return _("median %(days)s") % told
    return _("median %(days)s (90 %% between %(low)d and %(high)d)") % told
