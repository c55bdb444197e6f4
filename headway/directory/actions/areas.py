"""The areas that organisations work in and measures are about."""

from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from headway.accounts.actor import Actor
from headway.accounts.models import Authority
from headway.core.errors import RuleError
from headway.directory.actions.details import OTHER_AUTHORITY, Check, tidy, tidy_lines
from headway.directory.actions.log import first_values, lock_directory, locked_live, note, shown
from headway.directory.models import Area, Organisation
from headway.directory.models.base import search_values

WITHDRAWN = _("This area was withdrawn.")


@dataclass(frozen=True)
class AreaDetails:
    """What can be said about an area."""

    name: str
    classification: str = Area.Kind.COUNTY
    identifier: str = ""
    parent: Area | None = None
    other_names: tuple[str, ...] = ()

    @classmethod
    def of(cls, area: Area) -> Self:
        """What is recorded now, to be changed with `dataclasses.replace`."""
        return cls(
            area.name, area.classification, area.identifier, area.parent, area.all_other_names
        )

    def columns(self) -> dict[str, Any]:
        """The values of the table's columns."""
        name, other_names = tidy(self.name), tidy_lines(self.other_names)
        return {
            "name": name,
            "other_names": other_names,
            "classification": self.classification,
            "identifier": self.identifier.strip(),
            "parent_id": self.parent.pk if self.parent else None,
            **search_values(name, other_names),
        }


@transaction.atomic
def add_area(*, by: Actor, authority: Authority, details: AreaDetails) -> Area:
    """Add an area.

    Raises:
        RuleError: where it is there already.

    """
    lock_directory(authority)
    _check(authority, details, besides=None)
    area = Area(authority=authority, recorded_at=by.at, **details.columns())
    area.save(force_insert=True)
    note(by=by, row=area, verb="area_added", changes=first_values(area))
    return area


@transaction.atomic
def revise_area(*, by: Actor, area: Area, details: AreaDetails) -> Area:
    """Change what is recorded about an area.

    Raises:
        RuleError: where it was withdrawn, or another has this name or identifier.

    """
    area = locked_live(area, WITHDRAWN)
    _check(area.authority, details, besides=area.pk)
    _check_not_inside_itself(area, details.parent)
    changes = shown(area, area.change(**details.columns()))
    if changes:
        note(by=by, row=area, verb="area_revised", changes=changes)
    return area


@transaction.atomic
def withdraw_area(*, by: Actor, area: Area, because: str) -> Area:
    """Take an area out of the directory.

    Raises:
        RuleError: while organisations or areas lie in it, or without a reason.

    """
    area = locked_live(area, WITHDRAWN)
    if not because.strip():
        raise RuleError(_("Say why, like: entered twice."), "because")
    inside = Area.objects.live().filter(parent=area)
    if inside.exists() or Organisation.objects.live().filter(area=area).exists():
        raise RuleError(_("Organizations or areas lie in this one. Move those first."))
    changes = shown(area, area.change(withdrawn_at=by.at, withdrawn_because=because.strip()))
    note(by=by, row=area, verb="area_withdrawn", changes=changes, because=because.strip())
    return area


def find_area(authority: Authority, details: AreaDetails) -> Area | None:
    """The live area of this identifier, or else of this name and kind, or None."""
    rows = Area.objects.in_authority(authority).live()
    if details.identifier.strip():
        found = rows.filter(identifier=details.identifier.strip()).first()
        if found is not None:
            return found
    return rows.called(tidy(details.name)).filter(classification=details.classification).first()


@transaction.atomic
def find_or_add_area(*, by: Actor, authority: Authority, details: AreaDetails) -> Area:
    """The area of this identifier or name and kind; added where there is none."""
    lock_directory(authority)
    found = find_area(authority, details)
    return found or add_area(by=by, authority=authority, details=details)


def _check(authority: Authority, details: AreaDetails, besides: UUID | None) -> None:
    check = Check()
    check.storable(Area, details.columns())
    check.that(tidy(details.name), "name", _("Enter the name, like Hennepin County."))
    kinds = Area.Kind.values
    check.that(details.classification in kinds, "classification", _("Choose the kind of area."))
    parent = details.parent
    fine = parent is None or (parent.authority_id == authority.pk and parent.live)
    check.that(fine, "parent", OTHER_AUTHORITY)
    check.done()
    rows = Area.objects.in_authority(authority).live().besides(besides)
    same = rows.called(tidy(details.name)).filter(
        classification=details.classification, parent=parent
    )
    check.that(not same.exists(), "name", _("This area is in the directory already."))
    code = details.identifier.strip()
    taken = bool(code) and rows.filter(identifier=code).exists()
    check.that(not taken, "identifier", _("Another area has this identifier already."))
    check.done()


def _check_not_inside_itself(area: Area, parent: Area | None) -> None:
    seen: set[object] = set()
    while parent is not None and parent.pk not in seen:
        if parent.pk == area.pk:
            raise RuleError(_("Choose an area that is not inside this one."), "parent")
        seen.add(parent.pk)
        parent = parent.parent
