"""Which phrases of a text judge a person or close a question."""

from collections.abc import Iterator, Sequence

from headway_analysis.wording import english
from headway_analysis.wording.clauses import Words
from headway_analysis.wording.flags import KINDS, Flag, Kind
from headway_analysis.wording.people import named
from headway_analysis.wording.rules import Language, found

LANGUAGES: dict[str, Language] = {"en": english.LANGUAGE}


def speaks(language: str) -> bool:
    """Whether there are rules for a language, given by its tag; where not, nothing is flagged.

    >>> speaks("en-US"), speaks("so")
    (True, False)

    """
    return _main(language) in LANGUAGES


def check(text: str, names: Sequence[str] = (), *, language: str = "en") -> tuple[Flag, ...]:
    """The phrases of a text that a no-blame review would put as a question, in their order.

    Meaning: a flag is an offer, never a verdict; whoever wrote the text decides. Flagged are a
    person or a group together with a fault word; what somebody *should have* done or *failed to*
    do; hindsight (*obviously*); one cause named as the whole (*the root cause*); and a person's
    name. Spans never overlap; where two rules meet, the longer phrase stays, and of equal ones
    the one whose kind comes first in `KINDS`.

    Assumptions: rules over words, clause by clause, with a list of words for people; things that
    fail ("the pump failed") are no people. Work grows linearly with the length of the text.

    Args:
        text: what somebody wrote; any text at all, also an empty one.
        names: of people who take part, like "Rosa Delgado"; found whole, by first and by last
            part, with their capitals, but not inside names of places and organisations.
        language: the tag of the text's language; flags nothing where `speaks` says no.

    Source: own rules after Dekker, "The Field Guide to Understanding Human Error" (2014), on
    counterfactual, judgmental and hindsight language; checked on the sentences in *Wording*.

    >>> for flag in check("The pump failed. The clerk should have called Rosa.", ["Rosa Delgado"]):
    ...     print(flag.start, flag.kind, flag.words)
    27 counterfactual should have called
    46 name Rosa
    >>> check("La bomba falló.", language="es")
    ()

    """
    language_rules = LANGUAGES.get(_main(language))
    if language_rules is None:
        return ()
    return tuple(_apart(_all(text, names, language_rules)))


def _main(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


def _all(text: str, names: Sequence[str], language: Language) -> Iterator[Flag]:
    words = Words(text)
    for rule in language.rules:
        for start, end in found(rule, words, language):
            yield _flag(text, start, end, rule.kind, language)
    for start, end in named(text, names):
        yield _flag(text, start, end, "name", language)


def _flag(text: str, start: int, end: int, kind: Kind, language: Language) -> Flag:
    return Flag(start, end, kind, text[start:end], language.questions[kind])


def _apart(flags: Iterator[Flag]) -> list[Flag]:
    """The flags by place; of overlapping ones the longest."""
    ranked = sorted(flags, key=lambda flag: (flag.start, -flag.end, KINDS.index(flag.kind)))
    kept: list[Flag] = []
    for flag in ranked:
        if not kept or flag.start >= kept[-1].end:
            kept.append(flag)
        elif flag.end - flag.start > kept[-1].end - kept[-1].start:
            kept[-1] = flag
    return kept
