from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from headway.core.forms import DayField, LongTextField, PageForm, RowField
from headway.directory.forms.pickers import DirectoryForm, OrganisationField
from headway.forums.forms.moments import ClockForm, MomentField
from headway.forums.models import Forum, Phase
from headway.initiatives.forms import SeenForm
from headway.initiatives.models import Initiative, Member


class ForumForm(SeenForm, DirectoryForm):
    """A group that meets and talks."""

    name = forms.CharField(
        max_length=250, label=_("Name"), help_text=_("Like “Shelter working group”.")
    )
    purpose = LongTextField(required=False, rows=3, label=_("What it is for"))
    public_body = forms.ChoiceField(
        choices=[(value, capfirst(label)) for value, label in Forum.PublicBody.choices],
        widget=forms.RadioSelect,
        label=_("Is this a public body?"),
        initial=Forum.PublicBody.ASK,
        help_text=_(
            "Open-meeting law counts for public bodies: notice is posted, nobody discusses or votes"
            " between meetings, and there are no secret ballots. Ask counsel if nobody is sure."
        ),
    )
    counsel = LongTextField(
        required=False,
        rows=2,
        max_length=1_000,
        label=_("What counsel said about it"),
        help_text=_("Like “The group is advisory and not covered.”"),
    )
    counsel_name = forms.CharField(
        required=False,
        max_length=250,
        label=_("Who of counsel said so"),
        help_text=_(
            "With the day and the place it is needed to say no where open-meeting law counted."
        ),
    )
    counsel_on = DayField(required=False, label=_("On which day"))
    counsel_source = forms.CharField(
        required=False,
        max_length=500,
        label=_("Where it stands"),
        help_text=_("Like “Letter of March 3, file 26-114”, or its address."),
    )
    notice_days = forms.IntegerField(
        min_value=0,
        max_value=365,
        initial=3,
        label=_("Days between notice and meeting"),
        help_text=_("Only a public body is held to it."),
        error_messages={
            "min_value": _("Enter a number of days from 0 to 365, like 3."),
            "max_value": _("Enter a number of days from 0 to 365, like 3."),
        },
    )
    led_by = OrganisationField(required=False, label=_("Organization that leads it"))
    policy = LongTextField(
        required=False,
        rows=3,
        label=_("Rules of what is said here"),
        help_text=_("Moderators name one of them when they hide something."),
    )


class PhaseForm(SeenForm, ClockForm):
    """A time in which some rights are open."""

    name = forms.CharField(max_length=250, label=_("Name"), help_text=_("Like “Collect ideas”."))
    opens_at = MomentField(label=_("Opens"))
    closes_at = MomentField(
        required=False, label=_("Closes"), help_text=_("Empty means until further notice.")
    )
    rights = forms.MultipleChoiceField(
        required=False,
        choices=[(value, capfirst(label)) for value, label in Phase.Right.choices],
        widget=forms.CheckboxSelectMultiple,
        label=_("What is open in this time"),
        help_text=_("Everything else is closed; rights open and close by themselves."),
    )
    product = forms.CharField(
        required=False,
        max_length=250,
        label=_("What it brings forth"),
        help_text=_("Like “A draft of the winter plan”."),
    )
    product_due = DayField(required=False, label=_("Draft due on"))


class ModeratorForm(PageForm):
    """Who moderates a group, and how long."""

    member = RowField(Member.objects.none(), label=_("Member"))
    starts_on = DayField(required=False, label=_("From"), help_text=_("Empty means today."))
    ends_on = DayField(required=False, label=_("Last day"), help_text=_("Empty means no end."))

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Member.objects.in_initiative(initiative).filter(left_at__isnull=True)
        self.offer_rows("member", members.order_by("name"))


class ConfirmForm(PageForm):
    """Nothing to fill in: a step that is asked once."""
