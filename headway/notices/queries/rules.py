"""Which events are news, and for whom: a table of what happened and who hears of it."""

from dataclasses import dataclass
from typing import Final

from headway.notices.models import Why

ANY: Final[frozenset[str]] = frozenset()
# Book-keeping, or what is told in a better way by the event that stands beside it.
QUIET: Final = frozenset(
    {
        "agenda_set",
        "asked_to_confirm",
        "attendance_noted",
        "calendar_closed",
        "calendar_opened",
        "codes_made",
        "comment_edited",
        "comment_hidden",
        "comment_left",
        "comment_restored",
        "comment_taken_back",
        "expunged",
        "file_withdrawn",
        "hold_placed",
        "hold_released",
        "key_destroyed",
        "left_review",
        "linked",
        "logged",
        "minutes_sent",
        "notes_destroyed",
        "promises_mailed",
        "ranked",
        "records_exported",
        "redacted",
        "took_part",
        "translated",
        "unlinked",
        "values_erased",
        "vote_replaced",
    }
)
# Between two people: nobody hears of it but whom a rule names, not even who wrote the record.
CONFIDENTIAL: Final = frozenset({"agreed"})
# What a comment is about may be reported by a source; the comment itself is not.
TALK: Final = frozenset({"commented"})


@dataclass(frozen=True, slots=True)
class Rule:
    """That some people hear of some events; no kind or no verb named means every usual one."""

    whys: tuple[Why, ...]
    kinds: frozenset[str] = ANY
    verbs: frozenset[str] = ANY

    def fits(self, kind: str, verb: str) -> bool:
        """Whether the rule is about this event."""
        usual = ANY if verb in CONFIDENTIAL else frozenset({verb})
        return kind in (self.kinds or {kind}) and verb in (self.verbs or usual)


def _rule(kinds: str, verbs: str, *whys: Why) -> Rule:
    return Rule(whys, frozenset(kinds.split()), frozenset(verbs.split()))


RULES: Final = (
    Rule((Why.MENTIONED, Why.AUTHOR, Why.OWNER, Why.FOLLOWS)),
    _rule("promise", "promised passed_on confirmed moved dropped reopened split", Why.ORGANISATION),
    _rule("ballot", "opened closed", Why.VOICE),
    _rule("objection", "objected", Why.ROLE),
    _rule("promise", "dropped", Why.ROLE),
    _rule("correction", "asked", Why.ROLE),
    _rule("outcome", "review_due", Why.ROLE),
    # What became of what somebody said: every later stage of it.
    # That a statement is published, or not and why, its author hears from the moderation.
    _rule("recommendation", "proposed moved", Why.GREW),
    _rule("suggested_change", "settled", Why.GREW),
    _rule("barrier", "noted answered", Why.GREW),
    _rule("ballot", "opened closed", Why.GREW),
    _rule("outcome", "decided", Why.GREW),
    _rule("ask", "asked moved", Why.GREW),
    _rule("decision", "decided", Why.GREW),
    _rule("promise", "promised confirmed kept dropped", Why.GREW),
    # What is tried: who carries it out, who decides on it, whose idea it was.
    _rule("small_test", "started ended decided", Why.ORGANISATION, Why.GREW),
    _rule("pilot", "started ended stopped decided end_moved result_recorded", Why.ORGANISATION),
    _rule("pilot", "started ended stopped decided", Why.GREW),
    _rule("pilot", "stopped", Why.ROLE),
    # What we learn: who carried it out, who takes part, whose follow-up it is.
    _rule("learning_review", "opened", Why.ORGANISATION, Why.ROLE),
    _rule("learning_review", "named answers_drafted", Why.TAKES_PART),
    _rule("learning_review", "closed", Why.TAKES_PART, Why.ORGANISATION),
    _rule("learning_review", "agreed", Why.NOTED),
    _rule("follow_up", "noted revised", Why.ORGANISATION),
    _rule("follow_up", "done dropped", Why.ORGANISATION, Why.TAKES_PART),
    _rule("lesson", "noted revised published unpublished", Why.TAKES_PART),
    # What is counted: who looks after the measure, and who gives the values.
    _rule("measure", "target_set floor_set put_first revised values_hidden", Why.ORGANISATION),
    _rule("series", "counted corrected reading_withdrawn shared values_hidden", Why.ORGANISATION),
)


def reasons(kind: str, verb: str) -> frozenset[Why]:
    """For what reasons somebody hears of an event."""
    if verb in QUIET:
        return frozenset()
    return frozenset(why for rule in RULES if rule.fits(kind, verb) for why in rule.whys)
