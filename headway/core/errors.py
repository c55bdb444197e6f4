import traceback
from collections.abc import Mapping
from pathlib import Path

from django.utils.functional import Promise

Message = str | Promise


class RuleError(Exception):
    """Something a person asked for may not be: says what is wrong and what to do.

    `field` names the form field it belongs to; empty means the request as a whole.
    """

    def __init__(self, message: Message, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class Refusals(RuleError):  # noqa: N818  # it is several of them
    """Several rules refused at once, so that a person can mend them in one go."""

    def __init__(self, by_field: Mapping[str, Message]) -> None:
        super().__init__(" ".join(str(message) for message in by_field.values()))
        self.by_field = dict(by_field)


def without_words(trouble: BaseException) -> str:
    """What went wrong and where, for the log, without its words: they may name a person.

    A database names the values it refuses, a mail server the address: "IntegrityError at
    people.py:31 in make_person" says enough to look there.
    """
    frames = traceback.extract_tb(trouble.__traceback__)[-3:]
    places = [f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
    return " at ".join(
        [type(trouble).__name__, ", ".join(places)] if places else [type(trouble).__name__]
    )
