"""What a page shows to whoever comes by a link in a mail."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from headway.commitments.models import Commitment
from headway.commitments.queries.words import due_words
from headway.core.errors import Message
from headway.core.marks import Term


@dataclass(frozen=True)
class LinkPage:
    """One promise to be answered without signing in."""

    title: str
    initiative: str
    text: str
    terms: tuple[Term, ...]
    words: str
    done: bool = False


@dataclass(frozen=True)
class NoLinkPage:
    """That a link opens nothing, and what to do."""

    title: str
    text: Message


def link_page(commitment: Commitment, name: str) -> LinkPage:
    """A promise as the holder of its link sees it."""
    return LinkPage(
        title=_("Answer a promise"),
        initiative=commitment.record.initiative.title,
        text=commitment.text,
        terms=(
            Term(_("Who"), commitment.who or _("nobody named yet")),
            Term(_("Due"), due_words(commitment) or _("no date said")),
            Term(_("State"), commitment.get_state_display()),
        ),
        words=_("You answer as %(name)s. A promise is not a contract.") % {"name": name},
    )


def answered_page(commitment: Commitment) -> LinkPage:
    """What stands after the answer."""
    return LinkPage(
        title=_("Noted. Thank you."),
        initiative=commitment.record.initiative.title,
        text=commitment.text,
        terms=(
            Term(_("Due"), due_words(commitment) or _("no date said")),
            Term(_("State"), commitment.get_state_display()),
        ),
        words=_("This link has done its work. The next mail brings a new one."),
        done=True,
    )


def no_link_page(message: Message) -> NoLinkPage:
    """A link that opens nothing (any more)."""
    return NoLinkPage(title=_("This link opens nothing"), text=message)
