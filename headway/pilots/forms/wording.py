"""Forms that look at how something is worded: they offer a question, and never refuse."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message
from headway.core.forms import PageForm
from headway_analysis.wording import Flag, Kind, check

QUESTIONS: dict[Kind, Message] = {
    "fault": _("What made it sensible at the time?"),
    "hindsight": _("Who could know this at that moment, and from what?"),
    "counterfactual": _("What could be seen then, and what was done?"),
    "single_cause": _("What else had to come together for this to happen?"),
    "name": _("Which role does this person have here?"),
}
MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Heard:
    """A phrase to look at again, and the question offered in its place."""

    words: str
    question: Message


class WordedForm(PageForm):
    """Shows once which phrases one may want to put as a question; sent again it saves them."""

    WORDED: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, *args: Any, names: Sequence[str] = (), language: str = "en", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._names, self._language = names, language
        self.heard: dict[str, tuple[Heard, ...]] = {}

    def carry_out(self, action: Callable[[dict[str, Any]], Any]) -> bool:
        """Run the action, unless a phrase was found and nobody chose yet to keep it as it is."""
        if self.is_valid() and not self.data.get("keep"):
            self.heard = self._listen()
            if self.heard:
                return False
        return super().carry_out(action)

    def _listen(self) -> dict[str, tuple[Heard, ...]]:
        found = {name: self._of(str(self.cleaned_data.get(name) or "")) for name in self.WORDED}
        return {name: heard for name, heard in found.items() if heard}

    def _of(self, text: str) -> tuple[Heard, ...]:
        flags: Sequence[Flag] = check(text, self._names, language=self._language)
        return tuple(Heard(flag.words, QUESTIONS[flag.kind]) for flag in flags[:MOST_SHOWN])

    @property
    def listened(self) -> list[tuple[Any, tuple[Heard, ...]]]:
        """The fields that people see, each with what was found in it."""
        return [(bound, self.heard.get(bound.name, ())) for bound in self.visible_fields()]
