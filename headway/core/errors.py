from collections.abc import Mapping

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
