"""Fields that several forms about the problem share."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from headway.core.forms import LongTextField, RowField
from headway.directory.formats.cells import is_web_address, title_and_address
from headway.directory.models import Organisation
from headway.initiatives.models import Initiative, Mandate

MOST_SOURCES, LONGEST_TITLE, LONGEST_ADDRESS = 50, 500, 1_000


class SourcesField(LongTextField):
    """Sources, one a line: what it is called, then its web address where it has one."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Sources"))
        kwargs.setdefault(
            "help_text",
            _(
                "One a line: what it is called, then its address, like “Ten-Year Plan 2006"
                " https://www.hennepin.us/plan”."
            ),
        )
        super().__init__(required=False, rows=2, max_length=20_000, **kwargs)

    def clean(self, value: Any) -> tuple[tuple[str, str], ...]:
        """(title, address) of each line."""
        lines = [line.strip() for line in str(super().clean(value)).split("\n")]
        named = [title_and_address(line) for line in lines if line]
        if len(named) > MOST_SOURCES:
            raise ValidationError(_("Name at most 50 sources at once, one a line."))
        for title, address in named:
            self._check(title, address)
        return tuple(named)

    def _check(self, title: str, address: str) -> None:
        if len(title) > LONGEST_TITLE or len(address) > LONGEST_ADDRESS:
            raise ValidationError(
                _("Shorten each line: at most 500 characters for the name, 1,000 for the address.")
            )
        if address and not is_web_address(address):
            raise ValidationError(
                _("Enter whole web addresses, like https://www.hennepin.us/report.")
            )


def organisations_of(initiative: Initiative) -> Any:
    """The organisations of the directory that one may choose from."""
    known = Organisation.objects.filter(authority=initiative.authority_id)
    return known.live().canonical().order_by("name")


def speaks_for(initiative: Initiative, member_id: object, today: object) -> Any:
    """The organisations that a member may speak for about facts and how the problem is seen."""
    held = Mandate.objects.filter(member=member_id).covering(Mandate.Scope.FACTS)
    return organisations_of(initiative).filter(
        pk__in=held.holding(cast("Any", today)).values("organisation")
    )


class OrganisationField(RowField):
    """One organisation of the directory."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Organization"))
        super().__init__(Organisation.objects.none(), **kwargs)


class VoiceField(OrganisationField):
    """In whose name one speaks: one's own, or an organisation's under a mandate."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("In whose name"))
        kwargs.setdefault(
            "help_text", _("Speaking for an organization needs a mandate; the convener records it.")
        )
        super().__init__(required=False, empty_label=_("My own name"), **kwargs)
