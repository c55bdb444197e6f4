"""American English with its months in full, so that a day is written one way on every page."""

DATE_FORMAT = "F j, Y"
DATETIME_FORMAT = "F j, Y, P"
