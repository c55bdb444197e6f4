"""The page of one small test."""

from django.utils.translation import gettext as _

from headway.core.errors import Message
from headway.core.marks import Term
from headway.initiatives.pages.detail import (
    DetailPage,
    Passage,
    Step,
    address,
    beside,
    withdraw_step,
)
from headway.initiatives.reader import Reader
from headway.pilots.models import SmallTest
from headway.pilots.queries.words import day_words, result_words, state_mark, who_words

State = SmallTest.State


def may_change(test: SmallTest, reader: Reader, *, acts_for: bool) -> bool:
    """Whether the reader may end, decide and change a small test.

    Its author, whoever acts for the organisation that tries it, and who leads may.
    """
    if test.record.withdrawn or not reader.may("pilots.test"):
        return False
    own = test.record.author_id is not None and test.record.author_id == reader.member_id
    return own or acts_for or reader.may("pilots.lead")


def small_test_page(test: SmallTest, reader: Reader, *, change: bool) -> DetailPage:
    """One small test: what is tried and expected, when somebody looks, and what came of it."""
    mark = state_mark(test, reader.today)
    return DetailPage(
        title=test.record.title,
        kicker=_("Small tests and pilots"),
        kicker_href=address(reader, "pilots:home"),
        state=mark.state,
        state_label=mark.label,
        passages=_passages(test),
        terms=_terms(test, reader),
        steps=_steps(test, reader, change=change),
        **beside(test.record, reader),
    )


def _passages(test: SmallTest) -> tuple[Passage, ...]:
    same = test.tries == test.record.title
    return (
        Passage(_("What we try"), "" if same else test.tries),
        Passage(_("What we expect"), test.expects),
        Passage(_("What we saw"), test.saw),
        Passage(_("Why we decided so"), test.because),
    )


def _terms(test: SmallTest, reader: Reader) -> tuple[Term, ...]:
    solution = test.solution if _readable(test, reader) else None
    authority = test.get_authority_stated_display() if test.authority_stated else ""
    shown = (
        Term(_("Who tries it"), who_words(test.owner, test.owner_post)),
        Term(_("Under whose authority"), authority),
        Term(
            _("What it tests"),
            solution.record.title if solution else "",
            address(reader, "solutions:solution", solution.pk) if solution else "",
        ),
        Term(_("When we look"), day_words(test.look_on)),
        Term(_("Ended"), day_words(test.ended_on)),
        Term(_("How it came out"), result_words(test)),
        Term(_("What we do now"), test.get_decision_display() if test.decision else ""),
        Term(_("Who decided"), who_words(test.decided_by, test.decided_post)),
        Term(_("Decided"), day_words(test.decided_on)),
    )
    return tuple(term for term in shown if term.value)


def _readable(test: SmallTest, reader: Reader) -> bool:
    return test.solution is not None and test.solution.record.visibility in reader.readers


def _steps(test: SmallTest, reader: Reader, *, change: bool) -> tuple[Step, ...]:
    shown: list[tuple[bool, Message, str]] = [
        (test.state == State.RUNNING, _("Say what came out"), "end_small_test"),
        (test.state == State.RUNNING, _("Change it"), "edit_small_test"),
        (test.state == State.ENDED, _("Decide what is done with it"), "decide_small_test"),
    ]
    found = [
        Step(label, address(reader, f"pilots:{name}", test.pk), first=place == 0)
        for place, (label, name) in enumerate(
            (label, name) for wanted, label, name in shown if wanted and change
        )
    ]
    own = test.record.author_id is not None and test.record.author_id == reader.member_id
    may = own and reader.may("pilots.test")
    return (*found, *withdraw_step(test.record, reader, "pilots:withdraw", may=may))
