"""What recognised lines of notes mean: all lines of a meeting on one page, each part at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from headway.core.forms import PageForm, PartialDateField
from headway.directory.models import Organisation, Person, Post
from headway.directory.queries.finders import OrganisationFinder
from headway.forums.models import MinuteLine, SaidLine
from headway.forums.queries.parts import owner_words
from headway.forums.queries.roster import Known
from headway.initiatives.models import Initiative

KNOWN = "known-names"


@dataclass(frozen=True)
class Who:
    """Who answers for a line; only words where nobody of that name is known."""

    organisation: Organisation | None = None
    person: Person | None = None
    post: Post | None = None
    as_said: str = ""


@dataclass(frozen=True)
class LineFields:
    """One line on the page with its fields."""

    number: int
    typed: str
    unsure: bool
    fields: tuple[forms.BoundField, ...]


class WhoField(forms.CharField):
    """A partner, a person or a seat by name; other words are kept as they were said."""

    def __init__(self, *, initiative: Initiative, known: Known, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": KNOWN, "autocomplete": "off"})
        super().__init__(required=False, max_length=250, widget=widget, **kwargs)
        self.initiative, self.known = initiative, known

    def clean(self, value: Any) -> Who:
        """Who is meant."""
        name = str(super().clean(value)).strip()
        if not name:
            return Who()
        found = _known_as(name, self.known)
        return found or self._in_directory(name)

    def _in_directory(self, name: str) -> Who:
        rows = OrganisationFinder(self.initiative.authority).called(name)
        if len(rows) > 1:
            raise ValidationError(
                _("Several organizations are called so. Enter more of the name."), code="several"
            )
        return Who(organisation=rows[0]) if rows else Who(as_said=name)


def _known_as(name: str, known: Known) -> Who | None:
    """Who of the initiative is called exactly so."""
    key = name.casefold()
    for each in known.roster.organisations:
        if key in {other.casefold() for other in (each.name, *each.other_names)}:
            return Who(organisation=known.organisations[each.key])
    for seat in known.roster.posts:
        organisation = known.organisations[seat.organisation]
        if key in {seat.label.casefold(), f"{seat.label}, {organisation.name}".casefold()}:
            return Who(organisation=organisation, post=known.posts[seat.key])
    for person in known.roster.people:
        if person.name.casefold() == key:
            places = [known.organisations.get(place) for place in person.organisations]
            owner = next((place for place in places if place is not None), None)
            return Who(owner, known.people.get(person.key), as_said="" if owner else name)
    return None


class LinesForm(PageForm):
    """Kind, text, who and by when of each line."""

    def __init__(
        self,
        *args: Any,
        initiative: Initiative,
        lines: Sequence[MinuteLine],
        known: Known,
        hints: Mapping[UUID, Mapping[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = tuple(lines)
        for line in self.lines:
            fields = _fields(line, initiative, known, hints.get(line.pk, {}))
            self.fields |= {f"{line.pk}-{part}": field for part, field in fields.items()}
        self.settle_fields()

    @property
    def rows(self) -> tuple[LineFields, ...]:
        """Each line with its fields, as the page shows them."""
        return tuple(
            LineFields(
                line.number,
                line.as_typed,
                bool(line.unsure),
                tuple(self[f"{line.pk}-{part}"] for part in ("kind", "what", "who", "due", "seen")),
            )
            for line in self.lines
        )

    def said(self) -> list[tuple[MinuteLine, SaidLine, int | None]]:
        """Each line as it was corrected, with the revision that was seen."""
        return [(line, self._said(line), self._part(line, "seen")) for line in self.lines]

    def _part(self, line: MinuteLine, part: str) -> Any:
        return self.cleaned_data[f"{line.pk}-{part}"]

    def _said(self, line: MinuteLine) -> SaidLine:
        what, who, due = (self._part(line, part) for part in ("what", "who", "due"))
        same = who.organisation == line.owner and owner_words(line) == self[f"{line.pk}-who"].data
        return SaidLine(
            kind=self._part(line, "kind"),
            text=line.text if what == line.what else what,
            what=what,
            as_typed=line.as_typed,
            owner=who.organisation,
            owner_person=line.owner_person if same and who.person is None else who.person,
            owner_post=line.owner_post if same and who.post is None else who.post,
            owner_as_said=who.as_said,
            due=due,
        )


def _fields(
    line: MinuteLine, initiative: Initiative, known: Known, hint: Mapping[str, str]
) -> dict[str, forms.Field]:
    """The fields of one line, each with what to look at."""
    due = PartialDateField(
        required=False,
        label=_("By when"),
        initial=line.due,
        help_text=hint.get("due", ""),
    )
    return {
        "kind": forms.ChoiceField(
            choices=MinuteLine.Kind.choices,
            label=_("Kind"),
            initial=line.kind,
            help_text=hint.get("kind", ""),
        ),
        "what": forms.CharField(max_length=1_000, label=_("What"), initial=line.what),
        "who": WhoField(
            initiative=initiative,
            known=known,
            label=_("Who"),
            initial=owner_words(line),
            help_text=hint.get("owner", ""),
        ),
        "due": due,
        "seen": forms.IntegerField(
            required=False,
            min_value=0,
            max_value=1_000_000,
            widget=forms.HiddenInput,
            initial=line.record.revision,
        ),
    }
