"""One statement, one affected group, one starting point."""

from django.utils.translation import gettext as _

from headway.core.dates import date_words
from headway.core.marks import Term
from headway.core.numbers import number_words
from headway.initiatives.pages.detail import DetailPage, Passage, address
from headway.initiatives.reader import Reader
from headway.problems.models import AffectedGroup, Baseline, Problem
from headway.problems.queries.home import people_words
from headway.problems.queries.parts import beside, steps_for


def statement_page(problem: Problem, reader: Reader) -> DetailPage:
    """What the problem is, with the evidence and every wording."""
    return DetailPage(
        title=problem.record.title,
        kicker=_("Problem"),
        kicker_href=address(reader, "problems:home"),
        passages=(
            Passage(_("What the problem is"), problem.statement),
            Passage(_("What shows it"), problem.evidence),
        ),
        terms=(Term(_("Where"), problem.where),),
        steps=steps_for(problem.record, reader, "problems:edit_statement"),
        **beside(problem.record, reader),
    )


def group_page(group: AffectedGroup, reader: Reader) -> DetailPage:
    """Who is affected, and how many."""
    return DetailPage(
        title=group.name,
        kicker=_("Who is affected"),
        kicker_href=address(reader, "problems:home"),
        passages=(Passage(_("Who they are"), group.description),),
        terms=(
            Term(_("How many"), people_words(group)),
            Term(_("Counted"), date_words(group.record.when)),
        ),
        steps=steps_for(group.record, reader, "problems:edit_group"),
        **beside(group.record, reader),
    )


def baseline_page(baseline: Baseline, reader: Reader) -> DetailPage:
    """Where a measure starts."""
    return DetailPage(
        title=baseline.measure_name,
        kicker=_("Starting point"),
        kicker_href=address(reader, "problems:home"),
        passages=(Passage(_("How it was counted"), baseline.note),),
        terms=(
            Term(_("Starting point"), f"{number_words(baseline.value)} {baseline.unit}"),
            Term(_("Day"), date_words(baseline.record.when)),
        ),
        steps=steps_for(baseline.record, reader, "problems:edit_baseline"),
        **beside(baseline.record, reader),
    )
