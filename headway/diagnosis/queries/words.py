"""The words for what the diagnosis finds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import lazystr
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from headway.core.errors import Message
from headway.core.numbers import number_words
from headway.diagnosis.queries.evidence.building import Fared
from headway.diagnosis.queries.evidence.items import record_id
from headway_analysis.diagnosis import Condition, ConditionReading, Leading, LeverKey, Trigger
from headway_analysis.diagnosis.evidence import HoldingKind
from headway_analysis.diagnosis.readings import Figures

MOST_NAMED = 3
UNCHANGED = Fared()

CONDITIONS: Mapping[Condition, Message] = {
    "understood": gettext_lazy("Understood"),
    "convened": gettext_lazy("Convened"),
    "common_ground": gettext_lazy("Common ground"),
    "proposed": gettext_lazy("Proposed"),
    "supported": gettext_lazy("Supported"),
    "promised": gettext_lazy("Promised"),
    "tested": gettext_lazy("Tested"),
    "result": gettext_lazy("Result"),
}
STATES: Mapping[str, Message] = {
    "met": gettext_lazy("Met"),
    "under_way": gettext_lazy("Under way"),
    "waiting_on": gettext_lazy("Waiting on"),
    "not_needed": gettext_lazy("Not needed"),
    "not_recorded": gettext_lazy("Not recorded"),
    "": lazystr(""),
}
LEADING: Mapping[Leading, Message] = {
    "distributive": gettext_lazy("Sharing the lead"),
    "integrative": gettext_lazy("Joining different groups"),
    "catalysing": gettext_lazy("Opening new ways"),
}
LEVERS: Mapping[LeverKey, Message] = {
    "deadline": gettext_lazy("Set a deadline with a product"),
    "shared_facts": gettext_lazy("Settle a disputed fact together"),
    "small_win": gettext_lazy("Find a small win"),
    "sponsor": gettext_lazy("Win a sponsor or champion"),
    "owner": gettext_lazy("Turn agreement into a recommendation with an owner"),
    "implementer": gettext_lazy("Find who carries it out"),
    "path": gettext_lazy("Clear the path to the agenda"),
    "resources": gettext_lazy("Pool resources"),
    "small_test": gettext_lazy("Try it small"),
    "report_back": gettext_lazy("Report back in public"),
    "act_before": gettext_lazy("Act before priorities change"),
}
STARTS: Mapping[LeverKey, Message] = {
    "deadline": gettext_lazy("Date the phase"),
    "shared_facts": gettext_lazy("Open the fact"),
    "small_win": gettext_lazy("Note the smallest useful promise"),
    "sponsor": gettext_lazy("See who can ask"),
    "owner": gettext_lazy("Name an owner"),
    "implementer": gettext_lazy("Make a promise from this"),
    "path": gettext_lazy("Open the path"),
    "resources": gettext_lazy("Open the need"),
    "small_test": gettext_lazy("Start a small test"),
    "report_back": gettext_lazy("Write what happened"),
    "act_before": gettext_lazy("Open what it is needed for"),
}
HELD: Mapping[HoldingKind, Message] = {
    "part": gettext_lazy("Parts of the problem"),
    "promise": gettext_lazy("Open promises"),
    "seat": gettext_lazy("Seats"),
    "forum": gettext_lazy("Groups"),
    "recommendation": gettext_lazy("Recommendations"),
    "role": gettext_lazy("Roles without a deputy"),
}
FIGURES: Mapping[Figures, Message] = {
    "roles_with_deputy": gettext_lazy("Roles with a deputy"),
    "forums_run_by_others": gettext_lazy("Groups run by others than the convener"),
    "cross_sector_ties": gettext_lazy("Working relationships across sectors"),
    "sectors": gettext_lazy("Sectors that take part"),
    "facts_agreed": gettext_lazy("Facts agreed, of those that were spoken about"),
    "objections_closed": gettext_lazy("Objections closed"),
    "affected_present": gettext_lazy("Affected groups for which somebody takes part"),
    "common_ground": gettext_lazy("Talks and votes that closed, and decisions we took"),
    "views": gettext_lazy("Views that differ"),
    "reframings": gettext_lazy("Other ways to see the problem"),
    "ideas": gettext_lazy("Ideas"),
    "ideas_by_sectors": gettext_lazy("Ideas by two or more sectors"),
    "barriers_answered": gettext_lazy("What was in the way and was answered"),
    "tests_per_recommendation": gettext_lazy("Tests for the recommendations"),
    "changed_after_test": gettext_lazy("Tests after which something was adapted or abandoned"),
    "idea_to_test": gettext_lazy("How soon ideas are tried"),
}
ORIGINS: Mapping[str, Message] = {
    "conversation": gettext_lazy("a conversation"),
    "common_ground": gettext_lazy("a decision we took"),
    "barrier": gettext_lazy("something in the way"),
    "elsewhere": gettext_lazy("what others do or learned"),
    "meeting": gettext_lazy("a meeting"),
    "reframing": gettext_lazy("a way to see the problem"),
    "fact": gettext_lazy("a fact"),
    "story": gettext_lazy("one story"),
    "test": gettext_lazy("a test"),
}
STEPS: Mapping[str, Message] = {
    "owner": gettext_lazy("with an owner"),
    "approved": gettext_lazy("approved"),
    "under_way": gettext_lazy("under way"),
    "result": gettext_lazy("with a result"),
}
NEEDS: Mapping[str, Message] = {
    "aims": gettext_lazy("clear aims"),
    "theory": gettext_lazy("a sound idea of why it works"),
    "authority": gettext_lazy("the authority to do it"),
    "rules": gettext_lazy("rules that support it"),
    "implementers": gettext_lazy("skilled and committed people who do it"),
    "coalition": gettext_lazy("backing that lasts"),
    "rivals": gettext_lazy("freedom from rival priorities"),
}
THRESHOLDS: Mapping[str, Message] = {
    "largest_percent": gettext_lazy("One organization does more of the leading than this percent"),
    "fewest_acts": gettext_lazy("Tell who leads most only from so many acts on"),
    "fewest_decided": gettext_lazy("Ask why no test changed anything after so many tests"),
    "phase_days": gettext_lazy("Ask for a draft after a phase went on for so many days"),
    "win_days": gettext_lazy("Ask for a small win after so many days without a result"),
    "public_days": gettext_lazy("Ask for a report after so many days without a public word"),
    "rest_days": gettext_lazy("Propose a move again so many days after it was answered"),
}


def threshold_label(name: str) -> str:
    """What a threshold is called; those of conditions name their condition."""
    if name in THRESHOLDS:
        return str(THRESHOLDS[name])
    condition, _underscore, unit = name.rpartition("_")
    label = next((each for key, each in CONDITIONS.items() if key == condition), name)
    if unit == "days":
        return _("%s: ask after something was open for so many days") % label
    return _("%s: and while less than this percent came through") % label


def listed(names: Iterable[str], of: int = 0) -> str:
    """A few names as one phrase; of many only the first and how many more, where there are `of`."""
    every = [name for name in names if name]
    if max(len(every), of) <= MOST_NAMED:
        return get_text_list(every, _("and"))
    more = max(len(every), of) - min(len(every), MOST_NAMED)
    others = ngettext("%d other", "%d others", more) % more
    return get_text_list([*every[:MOST_NAMED], others], _("and"))


def day_words(day: date | None) -> str:
    """A day as people of the page's language write it."""
    return date_format(day, "DATE_FORMAT") if day else ""


MONTHS_IN_A_YEAR = 12
DAYS_IN_FOUR_YEARS = 1_461


def days_words(days: int) -> str:
    """So many days; from a year on in years and months, which people can picture."""
    months = 4 * MONTHS_IN_A_YEAR * days // DAYS_IN_FOUR_YEARS
    if months < MONTHS_IN_A_YEAR:
        return ngettext("%s day", "%s days", days) % number_words(days)
    years, left = divmod(months, MONTHS_IN_A_YEAR)
    told = ngettext("%s year", "%s years", years) % number_words(years)
    if not left:
        return told
    more = ngettext("%s month", "%s months", left) % left
    return _("%(years)s and %(months)s") % {"years": told, "months": more}


def is_worse(reading: ConditionReading, fared: Fared) -> bool:
    """Whether a result is known and something got worse."""
    return reading.condition == "result" and reading.state == "met" and bool(fared.worse)


def state_words(reading: ConditionReading, fared: Fared) -> Message:
    """What the state of a condition is called; a result that is known may be a bad one."""
    if not is_worse(reading, fared):
        return STATES[reading.state]
    partly = fared.better or fared.same
    return _("Met, but partly worse") if partly else _("Met, but worse than at the start")


def condition_words(
    reading: ConditionReading, whom: str, still: Sequence[str] = (), fared: Fared = UNCHANGED
) -> str:
    """Where a condition stands, in plain sentences.

    Args:
        reading: of it.
        whom: those that would act on what is open.
        still: the titles of the first records that are open, where little enough is missing.
        fared: how the counts stand beside their starting points.

    """
    if reading.line and reading.state in {"met", "not_needed"} and not reading.through:
        return reading.line
    if reading.state == "waiting_on":
        return _waiting(reading, whom)
    if reading.state == "not_recorded":
        return _("Nothing is recorded.")
    if reading.short:
        return _short(reading, still)
    told = fared_words(fared) if reading.condition == "result" and reading.state == "met" else ""
    return f"{_counted(reading)} {told}".strip()


def fared_words(fared: Fared) -> str:
    """How many counts are better or worse than at the start; empty where none can be compared."""
    said = (
        (fared.better, _("%d better") % fared.better),
        (fared.worse, _("%d worse") % fared.worse),
        (fared.same, _("%d the same") % fared.same),
    )
    told = get_text_list([words for count, words in said if count], _("and"))
    return _("Compared with the starting points: %s.") % told if told else ""


def _short(reading: ConditionReading, still: Sequence[str]) -> str:
    """That something came through, of how many, and what is still to come."""
    through, left = records_in(reading.through), records_in(reading.open)
    words = ngettext(
        "%(n)d of %(all)d came through, too few yet. Still to come: %(still)s.",
        "%(n)d of %(all)d came through, too few yet. Still to come: %(still)s.",
        through,
    )
    return words % {"n": through, "all": through + left, "still": listed(still, left)}


def _waiting(reading: ConditionReading, whom: str) -> str:
    told = {"day": day_words(reading.since), "days": days_words(reading.days or 0), "whom": whom}
    if whom:
        return _("Waiting on %(whom)s since %(day)s (%(days)s).") % told
    return _("Waiting since %(day)s (%(days)s); nobody is named.") % told


def records_in(keys: Iterable[str]) -> int:
    """How many records a figure rests on: those that its page shows, each once."""
    return len({record_id(key) for key in keys})


def _counted(reading: ConditionReading) -> str:
    through, still = records_in(reading.through), records_in(reading.open)
    if not through:
        begun = ngettext("%d record, still open.", "%d records, all still open.", still)
        return begun % still
    first = ngettext("%(n)d record since %(day)s", "%(n)d records since %(day)s", through)
    told = first % {"n": through, "day": day_words(reading.met_on)}
    if not still:
        return _("%s.") % told
    return ngettext("%(told)s; %(n)d open.", "%(told)s; %(n)d open.", still) % {
        "told": told,
        "n": still,
    }


def start_words(trigger: Trigger) -> Message:
    """What the button of a next move says."""
    if trigger.reason == "condition_unmet":
        return _("Check again what it needs")
    return STARTS[trigger.lever]


def reason_words(trigger: Trigger, about: str) -> str:
    """Why a lever would help, in one plain sentence about records; it accuses nobody."""
    told = {
        "about": about,
        "days": days_words(trigger.days or 0),
        "day": day_words(trigger.by),
        "name": listed(str(NEEDS.get(name, name)) for name in trigger.names),
        "more": len(trigger.records) - 1,
    }
    words = str(REASONS[trigger.reason]) % told
    more = len(trigger.records) - 1
    if more < 1 or trigger.reason in ONE_ONLY:
        return words
    return words + " " + ngettext("So it is with %d more.", "So it is with %d more.", more) % more


ONE_ONLY = {"no_result", "no_public_word", "term_ends", "election", "budget"}
REASONS: Mapping[str, Message] = {
    "no_end": gettext_lazy("“%(about)s” has no last day."),
    "no_draft": gettext_lazy("“%(about)s” has been open for %(days)s and no draft came of it."),
    "disputed": gettext_lazy("“%(about)s” has been disputed for %(days)s."),
    "no_result": gettext_lazy("No result is recorded for %(days)s."),
    "no_supporter": gettext_lazy("Nobody with a seat has spoken for “%(about)s” on the record."),
    "role_vacant": gettext_lazy("Nobody holds the role %(name)s."),
    "no_recommendation": gettext_lazy("No recommendation came of “%(about)s” yet."),
    "no_owner": gettext_lazy("“%(about)s” has no owner."),
    "no_promise": gettext_lazy("“%(about)s” was approved %(days)s ago and nobody promised it yet."),
    "condition_unmet": gettext_lazy("“%(about)s” still lacks: %(name)s."),
    "step_late": gettext_lazy("The step %(name)s of “%(about)s” was due %(days)s ago."),
    "step_unowned": gettext_lazy("Nobody owns the step %(name)s of “%(about)s”."),
    "nobody_may_ask": gettext_lazy("No partner has said that it may ask for “%(about)s”."),
    "need_unanswered": gettext_lazy("“%(about)s” is needed and nobody has offered it yet."),
    "untested": gettext_lazy("“%(about)s” was approved %(days)s ago and was not tried."),
    "effect_disputed": gettext_lazy("There is an objection to “%(about)s”. A test could tell."),
    "no_public_word": gettext_lazy("There was no public word for %(days)s."),
    "term_ends": gettext_lazy(
        "The term of %(name)s ends on %(day)s, %(days)s before “%(about)s” needs it."
    ),
    "election": gettext_lazy("%(name)s ends on %(day)s, %(days)s before “%(about)s”."),
    "budget": gettext_lazy("%(name)s is on %(day)s, %(days)s before “%(about)s”."),
}
