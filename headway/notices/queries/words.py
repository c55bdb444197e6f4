"""What a notice says: who did what to which record, in one line, and why somebody is told."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models import Event
from headway.core.errors import Message
from headway.initiatives import kinds
from headway.initiatives.models import Record
from headway.initiatives.queries.history import verb_words, who_did

SAID: Final[dict[tuple[str, str], Message]] = {
    ("ask", "asked"): gettext_lazy("%(who)s prepares a request: “%(title)s”"),
    ("ask", "moved"): gettext_lazy("%(who)s moved the request “%(title)s” on"),
    ("ballot", "closed"): gettext_lazy("The vote “%(title)s” is closed; the result can be read"),
    ("ballot", "opened"): gettext_lazy("A vote is open: “%(title)s”"),
    ("barrier", "answered"): gettext_lazy("There is an answer about what is in the way: %(title)s"),
    ("barrier", "noted"): gettext_lazy("%(who)s noted what is in the way: “%(title)s”"),
    ("decision", "decided"): gettext_lazy("A body decided: “%(title)s”"),
    ("follow_up", "done"): gettext_lazy("The follow-up “%(title)s” is done"),
    ("follow_up", "dropped"): gettext_lazy("The follow-up “%(title)s” is not done, with a reason"),
    ("follow_up", "noted"): gettext_lazy("There is a follow-up: “%(title)s”"),
    ("learning_review", "agreed"): gettext_lazy(
        "Somebody noted for you how far the answers may go. Look, and change it if it is wrong: "
        "“%(title)s”"
    ),
    ("learning_review", "answers_drafted"): gettext_lazy(
        "The answers changed. Read them, then say how far they may go: “%(title)s”"
    ),
    ("learning_review", "closed"): gettext_lazy("The answers can be read: “%(title)s”"),
    ("learning_review", "named"): gettext_lazy("It is said who leads “%(title)s”, and by when"),
    ("learning_review", "opened"): gettext_lazy("A learning review is open: “%(title)s”"),
    ("lesson", "published"): gettext_lazy("Everybody may read the lesson “%(title)s”"),
    ("lesson", "unpublished"): gettext_lazy(
        "The lesson “%(title)s” is for the partners again, until everybody agrees anew"
    ),
    ("measure", "values_hidden"): gettext_lazy("Values of “%(title)s” are hidden from now on"),
    ("objection", "objected"): gettext_lazy("There is an objection with a reason: “%(title)s”"),
    ("outcome", "decided"): gettext_lazy("We decided: “%(title)s”"),
    ("outcome", "review_due"): gettext_lazy("It is time to look again at “%(title)s”"),
    ("pilot", "decided"): gettext_lazy("There is a decision on the pilot “%(title)s”"),
    ("pilot", "ended"): gettext_lazy("The pilot “%(title)s” has ended and waits for a decision"),
    ("pilot", "started"): gettext_lazy("The pilot “%(title)s” has started"),
    ("pilot", "stopped"): gettext_lazy("The pilot “%(title)s” was stopped before its end"),
    ("promise", "confirmed"): gettext_lazy("The promise “%(title)s” is confirmed"),
    ("promise", "dropped"): gettext_lazy("The promise “%(title)s” is not going ahead"),
    ("promise", "kept"): gettext_lazy("The promise “%(title)s” is kept"),
    ("promise", "moved"): gettext_lazy("The promise “%(title)s” has a new date"),
    ("promise", "promised"): gettext_lazy("There is a promise: “%(title)s”"),
    ("recommendation", "moved"): gettext_lazy("%(who)s moved the recommendation “%(title)s” on"),
    ("recommendation", "proposed"): gettext_lazy("%(who)s brought an idea: “%(title)s”"),
    ("series", "values_hidden"): gettext_lazy("Values of “%(title)s” are hidden from now on"),
    ("small_test", "decided"): gettext_lazy("There is a decision on the small test “%(title)s”"),
    ("small_test", "ended"): gettext_lazy("The small test “%(title)s” has ended"),
    ("small_test", "started"): gettext_lazy("A small test has started: “%(title)s”"),
    ("statement", "statement_hidden"): gettext_lazy("The statement “%(title)s” was hidden"),
    ("statement", "statement_published"): gettext_lazy("The statement “%(title)s” is published"),
    ("statement", "statement_refused"): gettext_lazy("The statement “%(title)s” was not published"),
    ("suggested_change", "settled"): gettext_lazy("The suggested change “%(title)s” is answered"),
}
COMMENTED: Final = gettext_lazy("%(who)s commented on “%(title)s”")
# Of what happens in a review nobody is named: who takes part may be who told something.
NAMELESS: Final = frozenset({"learning_review"})


def notice_words(event: Event, record: Record, *, named: bool = True) -> str:
    """One line on what happened; the title is read from the record as it is now."""
    nameless = event.subject_kind in NAMELESS and event.verb != "commented"
    who = who_did(event) if named and not nameless else _("A member")
    said = {"who": who, "title": record.title}
    words = SAID.get((event.subject_kind, event.verb))
    if words is None and event.verb == "commented":
        words = COMMENTED
    if words is not None:
        return str(words) % said
    return _("%(who)s: %(verb)s (%(kind)s “%(title)s”)") % {
        **said,
        "verb": verb_words(event.verb),
        "kind": kinds.label(event.subject_kind),
    }


def address_words(event: Event, record: Record, *, open_to_all: bool) -> str:
    """The same for somebody who takes no part: no member's name, no title that is for members."""
    if open_to_all:
        return notice_words(event, record, named=False)
    return _("Your statement led to a next step: %(kind)s") % {
        "kind": kinds.label(event.subject_kind)
    }
