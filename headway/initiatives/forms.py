from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from headway.core.forms import (
    DayField,
    LongTextField,
    PageForm,
    PartialDateField,
    RowField,
    UploadField,
)
from headway.directory.forms.pickers import DirectoryForm, OrganisationField, OrganisationsField
from headway.initiatives.languages import content_languages
from headway.initiatives.models import Happening, Initiative, Link, Mandate, Member, RoleGrant
from headway.initiatives.zones import zone_choices


class NewInitiativeForm(DirectoryForm):
    """What an initiative needs to begin."""

    title = forms.CharField(max_length=250, label=_("Name of the initiative"))
    summary = LongTextField(
        required=False, rows=3, label=_("What it is about"), help_text=_("One or two sentences.")
    )
    owner = OrganisationField(
        label=_("Organization it belongs to"),
        help_text=_("Type its name or a part of it. It can name a new convener when people leave."),
    )
    visibility = forms.ChoiceField(
        choices=Initiative.Reader.choices, widget=forms.RadioSelect, label=_("Who may read it")
    )
    zone = forms.ChoiceField(choices=zone_choices, label=_("Time zone"))
    convener_name = forms.CharField(max_length=250, label=_("Name of the convener"))
    convener_email = forms.EmailField(label=_("E-mail address of the convener"))


class SettingsForm(DirectoryForm):
    """The settings of an initiative."""

    title = forms.CharField(max_length=250, label=_("Name of the initiative"))
    summary = LongTextField(required=False, rows=3, label=_("What it is about"))
    owner = OrganisationField(label=_("Organization it belongs to"))
    visibility = forms.ChoiceField(
        choices=Initiative.Reader.choices, widget=forms.RadioSelect, label=_("Who may read it")
    )
    zone = forms.ChoiceField(choices=zone_choices, label=_("Time zone"))
    language = forms.ChoiceField(choices=content_languages, label=_("Main language"))
    languages = forms.MultipleChoiceField(
        required=False,
        choices=content_languages,
        label=_("Languages people write in"),
        help_text=_("Hold Ctrl or Command to choose several."),
    )


class InviteForm(DirectoryForm):
    """Somebody who shall take part."""

    name = forms.CharField(max_length=250, label=_("Name"))
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("They sign in with it; we mail them a code.")
    )
    organisation = OrganisationField(required=False, label=_("Organization they come for"))
    role = forms.ChoiceField(choices=RoleGrant.Role.choices, label=_("Role"))


class RoleForm(PageForm):
    """A further role."""

    role = forms.ChoiceField(choices=RoleGrant.Role.choices, label=_("Role"))
    starts_on = DayField(required=False, label=_("From"), help_text=_("Empty means today."))
    ends_on = DayField(required=False, label=_("Last day"), help_text=_("Empty means no end."))


class MandateForm(DirectoryForm):
    """For whom a member may speak."""

    organisation = OrganisationField(label=_("Organization"))
    scope = forms.ChoiceField(choices=Mandate.Scope.choices, label=_("In what"))
    given_by = forms.CharField(
        max_length=250,
        label=_("Who gave it"),
        help_text=_("Like “Executive director, letter of March 3”."),
    )
    starts_on = DayField(required=False, label=_("From"), help_text=_("Empty means today."))
    ends_on = DayField(required=False, label=_("Last day"), help_text=_("Empty means no end."))


class ReassignForm(PageForm):
    """Who takes over everything."""

    successor = RowField(Member.objects.none(), label=_("Who takes over"))

    def __init__(self, *args: Any, leaver: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Member.objects.in_initiative(leaver.initiative).filter(left_at__isnull=True)
        self.offer_rows("successor", others.exclude(pk=leaver.pk))


class SeenForm(PageForm):
    """A form that notices when somebody else wrote while this one was filled in."""

    seen = forms.IntegerField(
        required=False, min_value=0, max_value=1_000_000, widget=forms.HiddenInput
    )

    def catch_up(self, versions: int) -> bool:
        """Take note of newer versions, so that sending again saves; says whether there are any."""
        before = str(self.data.get("seen", ""))
        if not before or before == str(versions):
            return False
        data = cast("QueryDict", self.data).copy()
        data["seen"] = str(versions)
        self.data = data
        return True


class HappeningForm(DirectoryForm):
    """Something that happened."""

    text = LongTextField(rows=3, label=_("What happened"))
    when = PartialDateField(label=_("When"))
    category = forms.ChoiceField(choices=Happening.Category.choices, label=_("Kind"))
    organisations = OrganisationsField(required=False, label=_("Organizations that took part"))


class ReviseHappeningForm(SeenForm, HappeningForm):
    """The same, noticing when somebody else corrected it meanwhile."""


class NewHappeningForm(HappeningForm):
    """Something that happened, with where it is written down."""

    source_title = forms.CharField(
        required=False,
        max_length=500,
        label=_("Where it is written down"),
        help_text=_("Like “Minutes of the board, March 27”. It is then shown as reported by it."),
    )
    source_url = forms.URLField(
        required=False, max_length=1_000, assume_scheme="https", label=_("Web address of that")
    )


class LinkForm(PageForm):
    """What a record came from, answers, tests, moves or blocks."""

    kind = forms.ChoiceField(choices=Link.Kind.choices, label=_("How they belong together"))
    target = RowField(None, widget=forms.RadioSelect, label=_("Record"))

    def __init__(self, *args: Any, targets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_rows("target", targets)


class TranslationForm(PageForm):
    """A text of a record in another language."""

    field = forms.ChoiceField(label=_("Which text"))
    language = forms.ChoiceField(label=_("Language"))
    text = LongTextField(max_length=50_000, rows=8, label=_("The text in that language"))

    def __init__(self, *args: Any, texts: Mapping[str, str], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [each for each in content_languages() if each[0] != language]
        shown = [(name, f"{name}: {text[:80]}") for name, text in texts.items()]
        self.offer_choices("field", shown)
        self.offer_choices("language", others)


class WithdrawForm(PageForm):
    """Why something is withdrawn."""

    because = LongTextField(
        rows=2,
        label=_("Why"),
        help_text=_("Like “entered twice” or “the source corrected it”."),
    )


class CloseForm(PageForm):
    """Why the work ends, or goes on."""

    because = LongTextField(
        rows=2, label=_("Why"), help_text=_("Like “The plan is carried out and handed over”.")
    )


class FileForm(PageForm):
    """A file for a record."""

    file = UploadField(
        label=_("File"), help_text=_("PDF, picture, Word, Excel, PowerPoint, CSV or text.")
    )
