from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import LongTextField, PartialDateField
from headway.directory.forms.pickers import (
    DirectoryForm,
    OrganisationField,
    PersonField,
    PostField,
)
from headway.initiatives.forms import SeenForm


class PromiseForm(DirectoryForm):
    """What an organisation will do by when."""

    text = LongTextField(
        rows=3,
        label=_("What is promised"),
        help_text=_("Like “Send the list of landlords to all partners”."),
    )
    organisation = OrganisationField(
        required=False,
        label=_("Organization that promises it"),
        help_text=_("It confirms the promise itself; until then it stands as an intent."),
    )
    organisation_as_said = forms.CharField(
        required=False,
        max_length=250,
        label=_("Or, where it is not in the directory: who, in the words used"),
    )
    post = PostField(
        required=False,
        label=_("Seat that answers for it"),
        help_text=_("It stays when people leave, like “Director of housing”."),
    )
    person = PersonField(required=False, label=_("Person who answers for it, if known"))
    due = PartialDateField(required=False, label=_("By when"))


class RevisePromiseForm(SeenForm):
    """The wording of a promise."""

    text = LongTextField(
        rows=3,
        label=_("What is promised"),
        help_text=_("Worded anew by others, a confirmed promise is an intent again."),
    )
    organisation_as_said = forms.CharField(
        required=False, max_length=250, label=_("Who, in the words used")
    )
