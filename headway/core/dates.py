"""Dates as people read them, exactly as far as they are known."""

import re

from django.utils.formats import date_format

from headway_analysis.partial_date import PartialDate

DAY, MONTH = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII), re.compile(r"\d{4}-\d{2}", re.ASCII)


def date_words(when: PartialDate | None, as_said: str = "") -> str:
    """A day or a month in the reader's language; anything vaguer in the words it was said in."""
    if when is None:
        return as_said
    said = when.as_said or when.start.isoformat()
    if when.exact and DAY.fullmatch(said):
        return date_format(when.start, "DATE_FORMAT")
    if MONTH.fullmatch(said):
        return date_format(when.start, "YEAR_MONTH_FORMAT")
    return str(when)
