"""Whether words would tell who somebody is: a social-security, client or birth date in a text."""

import re

from headway.directory.formats.cells import SOCIAL_SECURITY

BORN = re.compile(
    r"\b(?:born|birth ?date|birthday|date of birth|d\.?o\.?b\.?)\b[^.\n]{0,12}"
    r"(?:\d{1,4}[-/]\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d)",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"\b(?:client|case|patient|guest|resident|participant|inmate|student|hmis|medicaid|mrn)s?"
    r"(?: (?:id|no\.?|nr\.?|number|code))? ?[#:]? ?[a-z]{0,3}-?\d{4,}\b",
    re.IGNORECASE,
)


def tells_of_a_person(text: str) -> bool:
    """Whether a text holds what single persons are known by.

    >>> tells_of_a_person("Client 48213 left in May"), tells_of_a_person("born 3/4/1980")
    (True, True)
    >>> tells_of_a_person("SSN 123-45-6789")
    True
    >>> tells_of_a_person("48,213 clients in 2024"), tells_of_a_person("born in shelters: 12")
    (False, False)

    """
    return any(found.search(text) for found in (SOCIAL_SECURITY, BORN, NUMBERED))
