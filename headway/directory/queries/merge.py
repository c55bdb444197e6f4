"""Two rows side by side before they are merged."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from headway.directory.models import Identifier, Membership, Organisation, Person
from headway.directory.queries.common import Ref, organisation_ref, person_ref, said
from headway.directory.queries.organisations import sector_label
from headway.directory.queries.similar import similar_organisations, similar_people


@dataclass(frozen=True, slots=True)
class SideLine:
    """One field of both."""

    label: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.left != self.right


@dataclass(frozen=True, slots=True)
class Choice:
    """Another row that may be the same."""

    ref: Ref
    href: str


@dataclass(frozen=True, slots=True)
class MergePage:
    """What would count as what; without `into` the reader first chooses."""

    left: Ref
    into: Ref | None
    lines: tuple[SideLine, ...]
    choices: tuple[Choice, ...]
    what_happens: tuple[str, ...]
    turn_round_href: str


def merge_page(left: Organisation, into: Organisation | None) -> MergePage:
    """Two organisations side by side, or a choice of those that come near by name."""
    near = () if into else similar_organisations(left.authority, left.name, left.pk).found
    here = reverse("directory:merge", args=[left.pk])
    return MergePage(
        left=organisation_ref(left),
        into=organisation_ref(into) if into else None,
        lines=_organisation_lines(left, into) if into else (),
        choices=tuple(Choice(ref, f"{here}?into={ref.id}") for ref in near),
        what_happens=_what_happens(left.name, into.name) if into else (),
        turn_round_href=_turned("directory:merge", left, into),
    )


def merge_person_page(left: Person, into: Person | None) -> MergePage:
    """Two people side by side, or a choice of those that come near by name."""
    near = () if into else similar_people(left.authority, left.name, left.pk).found
    here = reverse("directory:merge_person", args=[left.pk])
    return MergePage(
        left=person_ref(left),
        into=person_ref(into) if into else None,
        lines=_person_lines(left, into) if into else (),
        choices=tuple(Choice(ref, f"{here}?into={ref.id}") for ref in near),
        what_happens=_what_happens(left.name, into.name) if into else (),
        turn_round_href=_turned("directory:merge_person", left, into),
    )


def _turned(name: str, left: Organisation | Person, into: Organisation | Person | None) -> str:
    return f"{reverse(name, args=[into.pk])}?into={left.pk}" if into else ""


def _what_happens(left: str, into: str) -> tuple[str, ...]:
    names = {"left": left, "into": into}
    return (
        _("From now on “%(left)s” counts as “%(into)s” in every list and figure.") % names,
        _("Nothing is deleted or moved; what stands under “%(left)s” keeps its name.") % names,
        _("You can undo it on the page of “%(into)s”.") % names,
    )


def _organisation_lines(left: Organisation, right: Organisation) -> tuple[SideLine, ...]:
    return tuple(
        SideLine(label, *pair)
        for label, pair in zip(
            (
                _("Name"),
                _("Also called"),
                _("Kind"),
                _("Sector"),
                _("Part of"),
                _("Area"),
                _("Founded"),
                _("Website"),
                _("Identifiers"),
                _("People"),
                _("Description"),
            ),
            zip(_organisation_side(left), _organisation_side(right), strict=True),
            strict=True,
        )
        if any(pair)
    )


def _organisation_side(row: Organisation) -> tuple[str, ...]:
    identifiers = Identifier.objects.live().filter(organisation=row)
    return (
        row.name,
        ", ".join(row.all_other_names),
        str(Organisation.Kind(row.classification).label),
        sector_label(row.sector),
        row.parent.name if row.parent else "",
        row.area.name if row.area else "",
        said(row.founded),
        row.website,
        ", ".join(map(str, identifiers)),
        str(Membership.objects.live().filter(organisation=row).count()),
        row.description,
    )


def _person_lines(left: Person, right: Person) -> tuple[SideLine, ...]:
    labels = (_("Name"), _("Also called"), _("Email"), _("Roles"))
    sides = zip(_person_side(left), _person_side(right), strict=True)
    return tuple(
        SideLine(label, *pair) for label, pair in zip(labels, sides, strict=True) if any(pair)
    )


def _person_side(row: Person) -> tuple[str, ...]:
    held = Membership.objects.live().filter(person=row).select_related("organisation")
    roles = [f"{one.role or one.label}, {one.organisation}".strip(", ") for one in held[:20]]
    return row.name, ", ".join(row.all_other_names), row.email, "\n".join(roles)
