"""What pages about the problem show, as frozen dataclasses."""

from headway.problems.queries.efforts import (
    EFFORT_HEADING,
    effort_page,
    effort_rows,
    efforts_page,
)
from headway.problems.queries.facets import (
    FACET_HEADING,
    facet_page,
    facet_rows,
    facets_page,
    visible_facets,
)
from headway.problems.queries.facts import FACT_HEADING, fact_page, fact_rows, facts_page
from headway.problems.queries.framings import framing_page, framings_page
from headway.problems.queries.home import home_page
from headway.problems.queries.start import missing_start
from headway.problems.queries.start_pages import baseline_page, group_page, statement_page
from headway.problems.queries.vision import vision_line_page, vision_page

__all__ = [
    "EFFORT_HEADING",
    "FACET_HEADING",
    "FACT_HEADING",
    "baseline_page",
    "effort_page",
    "effort_rows",
    "efforts_page",
    "facet_page",
    "facet_rows",
    "facets_page",
    "fact_page",
    "fact_rows",
    "facts_page",
    "framing_page",
    "framings_page",
    "group_page",
    "home_page",
    "missing_start",
    "statement_page",
    "visible_facets",
    "vision_line_page",
    "vision_page",
]
