import traceback
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

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


class Attempt:
    """A step whose trouble is kept, so that it stops nothing of what goes on around it.

    `with Attempt() as attempt: step()`; then `attempt.trouble` is what went wrong, or None. What
    ends the program itself, like Ctrl-C, is not kept.
    """

    def __init__(self) -> None:
        self.trouble: Exception | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: object, trouble: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        self.trouble = trouble if isinstance(trouble, Exception) else None
        return self.trouble is not None


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
