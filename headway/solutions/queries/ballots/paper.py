"""What somebody reads before giving a vote."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from headway.initiatives.pages.detail import address
from headway.initiatives.reader import Reader
from headway.solutions.models import Ballot, Elector
from headway.solutions.queries.ballots.detail import OptionLine, option_lines
from headway.solutions.queries.ballots.words import rule_sentences


@dataclass(frozen=True)
class PaperPage:
    """The ballot paper with its rule and what secrecy is worth."""

    title: str
    lead: str
    text: str
    rule: str
    warnings: tuple[str, ...]
    options: tuple[OptionLine, ...]
    hint: str
    back_href: str


def _warnings(ballot: Ballot, voices: list[Elector]) -> tuple[str, ...]:
    if ballot.secret:
        return (
            _("A secret vote is final once it is given. Read it again before you send it."),
            _(
                "Until the close, whoever runs the server and holds its key could look. After the "
                "close the key is destroyed, and nobody can."
            ),
            _("If all vote alike, the result itself says how each voted."),
        )
    if any(each.has_voted for each in voices):
        return (_("A vote was given already. What you send now replaces it."),)
    return ()


def _hint(ballot: Ballot, count: int) -> str:
    if ballot.rule == Ballot.Rule.RANKING:
        return _(
            "Write 1 beside the best, 2 beside the next, up to %(count)s. The same number means "
            "equally good; one left empty comes below all others. An empty sheet is no vote: check "
            "“I abstain” for that."
        ) % {"count": count}
    if ballot.rule == Ballot.Rule.SCORE:
        return _(
            "Give 0 to 5 points to each option. One left empty counts as 0. An empty sheet is no "
            "vote: check “I abstain” for that."
        )
    return ""


def paper_page(ballot: Ballot, reader: Reader, voices: list[Elector]) -> PaperPage:
    """The paper on which a member votes."""
    options = option_lines(ballot, reader)
    lead = _("You vote for %(name)s.") % {"name": voices[0]} if len(voices) == 1 else ""
    return PaperPage(
        title=ballot.record.title,
        lead=lead,
        text=ballot.text,
        rule=rule_sentences(ballot),
        warnings=_warnings(ballot, voices),
        options=options,
        hint=_hint(ballot, len(options)),
        back_href=address(reader, "solutions:ballot", ballot.pk),
    )
