"""What the wording check says about a text."""

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["fault", "hindsight", "counterfactual", "single_cause", "name"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Flag:
    """A phrase to look at again.

    Attributes:
        start: where it begins in the text, counted in characters from 0.
        end: where it ends; the character there is no longer part of it.
        kind: why it is flagged: a person with a fault word, a counterfactual, hindsight, a single
            cause, or a personal name where a role serves.
        words: the phrase itself, `text[start:end]`.
        question: what to ask instead, in the language of the text.

    Raises:
        ValueError: where the span is empty or its words have another length.

    >>> Flag(0, 3, "name", "Ann Lee", "Which role did this person have?")
    Traceback (most recent call last):
    ...
    ValueError: a flag from 0 to 3 does not hold the 7 characters of 'Ann Lee'

    """

    start: int
    end: int
    kind: Kind
    words: str
    question: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.words):
            raise ValueError(
                f"a flag from {self.start} to {self.end} does not hold "
                f"the {len(self.words)} characters of {self.words!r}"
            )
