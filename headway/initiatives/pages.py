from dataclasses import dataclass

from headway.core.errors import Message


@dataclass(frozen=True)
class Newest:
    """What a text says now, beside what somebody was about to make of it."""

    now: str
    typed: str


@dataclass(frozen=True)
class FormPage:
    """A page that is one form: what it does, in which words, and where "go back" leads."""

    title: Message
    lead: Message = ""
    button: Message = ""
    kicker: Message = ""
    back_href: str = ""
    upload: bool = False
    newest: tuple[Newest, ...] = ()
