"""Who may work on the words of a recommendation: the offer, the page and the form ask here."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from headway.initiatives.models import Mandate
from headway.initiatives.reader import Reader
from headway.solutions.models import CoAuthor, Solution


def may_draft(solution: Solution, reader: Reader) -> bool:
    """Whether the reader may word it, settle suggestions to it and name authors and owner.

    Who leads may, who brought it, and who may speak in decisions for one of its authors. Where no
    organisation drafts it, whoever may draft at all.
    """
    if solution.record.withdrawn or not reader.may("solutions.draft"):
        return False
    if reader.may("solutions.lead") or _brought(solution, reader):
        return True
    standing = CoAuthor.objects.filter(solution=solution, ended_at=None)
    drafting = {each.organisation.canonical_pk for each in standing.select_related("organisation")}
    return not drafting or bool(drafting & _spoken_for(reader))


def _brought(solution: Solution, reader: Reader) -> bool:
    return reader.member_id is not None and solution.record.author_id == reader.member_id


def _spoken_for(reader: Reader) -> set[object]:
    """The organisations that the reader may speak for in decisions, as they count."""
    held = Mandate.objects.filter(member=reader.member_id).covering(Mandate.Scope.DECISIONS)
    holding = held.holding(reader.today).select_related("organisation")
    return {each.organisation.canonical_pk for each in holding}


def must_draft(solution: Solution, reader: Reader) -> None:
    """Let only those go on who may work on it.

    Raises:
        PermissionDenied: where others draft it; it says what to do instead.

    """
    if solution.record.withdrawn or may_draft(solution, reader):
        return
    raise PermissionDenied(
        _(
            "Other organizations draft this. Suggest a change to it on its page, or ask the "
            "convener."
        )
    )
