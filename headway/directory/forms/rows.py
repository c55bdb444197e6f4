from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import LongTextField, PageForm, PartialDateField, RowField
from headway.directory.forms.fields import IdentifiersField, LinesField
from headway.directory.forms.pickers import (
    AreaField,
    DirectoryForm,
    OrganisationField,
    PersonField,
)
from headway.directory.models import Area, Organisation, Post
from headway.directory.models.organisation import Sector

OPEN_SECTOR = ("", _("Not recorded"))
OTHER_NAMES = _("Short forms and earlier names, one a line. People find it by any of them.")


class OrganisationForm(DirectoryForm):
    """What can be said about an organisation; only the name is needed."""

    name = forms.CharField(label=_("Name"), max_length=250)
    classification = forms.ChoiceField(label=_("Kind"), choices=Organisation.Kind.choices)
    sector = forms.ChoiceField(
        label=_("Sector"), choices=[OPEN_SECTOR, *Sector.choices], required=False
    )
    other_names = LinesField(label=_("Also called"), help_text=OTHER_NAMES)
    parent = OrganisationField(label=_("Part of"), required=False)
    area = AreaField(label=_("Area"), required=False)
    website = forms.CharField(
        label=_("Website"),
        max_length=500,
        required=False,
        help_text=_("The whole address, like https://www.hennepin.us."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    identifiers = IdentifiersField(label=_("Identifiers"))
    founded = PartialDateField(label=_("Founded"), required=False)
    dissolved = PartialDateField(label=_("Ended"), required=False)
    description = LongTextField(label=_("What it does"), required=False)


class NewOrganisationForm(OrganisationForm):
    """The same for a new one, which may be there already under a similar name."""

    source = forms.CharField(
        label=_("Source"),
        max_length=500,
        required=False,
        help_text=_("Where this can be read, like: County board minutes of March 27, 2026."),
    )
    source_url = forms.CharField(
        label=_("Web address of the source"), max_length=1_000, required=False
    )
    is_another = forms.BooleanField(
        label=_("None of these; add it"), required=False, widget=forms.HiddenInput
    )

    def offer_similar(self) -> None:
        """Ask whether one of the similar organisations is meant."""
        self.fields["is_another"].widget = forms.CheckboxInput()
        self.add_error(
            "is_another",
            _("Look at the similar names. Tick this if it is none of them."),
        )


class PersonForm(DirectoryForm):
    """What the directory says about a person."""

    name = forms.CharField(label=_("Name"), max_length=250)
    email = forms.CharField(
        label=_("Email"),
        max_length=250,
        required=False,
        help_text=_("Seen by registrars only. Tells people of the same name apart."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    other_names = LinesField(label=_("Also called"), help_text=OTHER_NAMES)


def seats_of(organisation: Organisation) -> "Post.PostQuerySet":
    """The seats of an organisation and of those that count as it."""
    counted = Organisation.objects.counted_as(organisation)
    return Post.objects.live().filter(organisation__in=counted)


class PostForm(PageForm):
    """A seat of an organisation."""

    label = forms.CharField(
        label=_("What the seat is called"),
        max_length=250,
        help_text=_("Like: Ward 3."),
    )
    role = forms.CharField(
        label=_("What it does"), max_length=250, required=False, help_text=_("Like: chair.")
    )
    deputy_to = RowField(Post.objects.none(), label=_("Deputy to"), required=False)
    starts = PartialDateField(label=_("Since"), required=False)
    ends = PartialDateField(label=_("Until"), required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("deputy_to", seats_of(organisation))


class RoleForm(DirectoryForm):
    """A role of a person in an organisation, with its dates."""

    post = RowField(Post.objects.none(), label=_("Seat"), required=False)
    role = forms.CharField(
        label=_("Role"),
        max_length=250,
        required=False,
        help_text=_("Like: director."),
    )
    starts = PartialDateField(label=_("Since"), required=False)
    ends = PartialDateField(label=_("Until"), required=False)

    def __init__(self, *args: Any, organisation: Organisation | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = seats_of(organisation) if organisation else Post.objects.none()
        self.offer_rows("post", seats)
        if not seats.exists():
            del self.fields["post"]


class RoleOfSomebodyForm(RoleForm):
    """A role in a known organisation, of a person typed by name or added at once."""

    person = PersonField(label=_("Person"), required=False)
    new_person = forms.CharField(
        label=_("Or the name of somebody not in the directory yet"), max_length=250, required=False
    )
    source = forms.CharField(label=_("Source"), max_length=500, required=False)
    field_order = ("person", "new_person", "post", "role", "starts", "ends", "source")

    def clean(self) -> dict[str, Any]:
        """Either a known person or a new name."""
        data = super().clean() or self.cleaned_data
        named = [bool(data.get("person")), bool(str(data.get("new_person") or "").strip())]
        if "person" not in self.errors and sum(named) != 1:
            self.add_error("person", _("Name one person: known here, or new in the field below."))
        return data


class RoleSomewhereForm(RoleForm):
    """A role of a known person, in an organisation typed by name."""

    organisation = OrganisationField(label=_("Organization"))
    source = forms.CharField(label=_("Source"), max_length=500, required=False)
    field_order = ("organisation", "role", "starts", "ends", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, organisation=None, **kwargs)


class EndRoleForm(PageForm):
    """When a role ended."""

    ends = PartialDateField(label=_("When did it end?"))
    because = forms.CharField(
        label=_("Why"), max_length=250, required=False, help_text=_("Like: term ended.")
    )


class ReasonForm(PageForm):
    """Why something is taken back."""

    because = forms.CharField(
        label=_("Why?"),
        max_length=250,
        help_text=_("Like: entered twice."),
    )


class OptionalReasonForm(PageForm):
    """Why, where somebody wants to say it."""

    because = forms.CharField(
        label=_("How do you know that they are one?"), max_length=250, required=False
    )


class SourceForm(PageForm):
    """Where something can be read."""

    title = forms.CharField(
        label=_("What is the source called?"),
        max_length=500,
        help_text=_("Like: Heading Home Hennepin, ten-year plan."),
    )
    url = forms.CharField(label=_("Web address"), max_length=1_000, required=False)
    publisher = forms.CharField(label=_("Published by"), max_length=250, required=False)
    published = PartialDateField(label=_("Published"), required=False)
    note = forms.CharField(label=_("What it says here"), max_length=250, required=False)


class AreaForm(DirectoryForm):
    """What can be said about an area."""

    name = forms.CharField(label=_("Name"), max_length=250)
    classification = forms.ChoiceField(
        label=_("Kind"), choices=Area.Kind.choices, initial=Area.Kind.COUNTY
    )
    parent = AreaField(label=_("Inside"), required=False)
    identifier = forms.CharField(
        label=_("Identifier"), max_length=120, required=False, help_text=_("Like: FIPS 27053.")
    )
    other_names = LinesField(label=_("Also called"))


class OtherOrganisationForm(DirectoryForm):
    """Which organisation is the same one."""

    other = OrganisationField(label=_("Its name in the directory"), required=False)


class OtherPersonForm(DirectoryForm):
    """Who is the same person."""

    other = PersonField(label=_("Their name in the directory"), required=False)
