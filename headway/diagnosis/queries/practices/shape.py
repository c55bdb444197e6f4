from dataclasses import dataclass

from headway.core.errors import Message


@dataclass(frozen=True, slots=True)
class PracticeStep:
    """One step of a practice: what to ask, how to go about it, and what it leaves behind.

    Attributes:
        key: its name in addresses.
        ask: the question that stands above it.
        how: what to do, in two or three sentences.
        example: what somebody could answer.
        writes: which records its form makes, a key of `WRITES`; empty where people only talk.
        opens: another page that belongs to it, a key of `OPENS`; empty for none.

    """

    key: str
    ask: Message
    how: Message
    example: Message
    writes: str = ""
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Practice:
    """One way of working together that others have found to help, as a guided activity."""

    key: str
    stage: str
    title: Message
    why: Message
    when: Message
    who: Message
    time: Message
    writes: Message
    steps: tuple[PracticeStep, ...]
    pitfalls: tuple[Message, ...]
    sources: tuple[str, ...]

    def step(self, key: str) -> PracticeStep | None:
        """A step by its key."""
        return next((step for step in self.steps if step.key == key), None)
