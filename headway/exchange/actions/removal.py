"""What expunging and redacting have in common."""

from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext as _

from headway.accounts.models import Event, EventValue
from headway.core.errors import RuleError
from headway.exchange.queries.quotes import names_of_quote_holds
from headway.initiatives.actions import hold_names
from headway.initiatives.models import Link, Record

MARK = "███"


def checked_reason(because: str) -> str:
    """The reason, which stays for ever.

    Raises:
        RuleError: where there is none.

    """
    if not because.strip():
        raise RuleError(
            _("Say why, like “court order of May 4”. The reason stays, so name nobody in it."),
            "because",
        )
    return because.strip()


def refuse_if_held(record: Record) -> None:
    """Stop what a hold keeps, singly or in what repeats it.

    Raises:
        RuleError: naming the holds.

    """
    names = dict.fromkeys([*hold_names(record), *names_of_quote_holds(record)])
    if names:
        raise RuleError(
            _("“%(title)s” is on hold: %(holds)s. Release the hold first, if its case is closed.")
            % {"title": record.title, "holds": ", ".join(names)}
        )


def refuse_if_expunged(record: Record) -> None:
    """Stop what was done before.

    Raises:
        RuleError: where nothing is left to remove.

    """
    if record.expunged_at is not None:
        raise RuleError(_("Nothing is left to remove: this record was expunged already."))


def titles_of(record: Record) -> set[str]:
    """Every title that the record has had."""
    said = EventValue.objects.filter(event__subject_id=record.pk, field="title")
    titles = {record.title}
    for old, new in said.values_list("old", "new"):
        titles |= {old, new}
    return titles - {""}


def erase_quotes(record: Record, titles: Collection[str], erasure: Event) -> int:
    """Empty the record's title where the log of linked records quotes it."""
    links = Link.objects.filter(Q(origin=record) | Q(target=record)).values_list("origin", "target")
    others = {key for pair in links for key in pair} - {record.pk}
    quoting = EventValue.objects.filter(event__subject_id__in=others, erased_by__isnull=True)
    quoting = quoting.exclude(field="title").filter(Q(old__in=titles) | Q(new__in=titles))
    return quoting.update(old="", new="", erased_by=erasure)
