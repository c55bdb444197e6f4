from collections.abc import Sequence
from datetime import date
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from headway.accounts.models import AuthorityRole
from headway.accounts.queries.log import VERBS
from headway.core.forms import DayField, PageForm

Choices = Sequence[tuple[str, Sequence[tuple[str, str]]]]


def _languages() -> list[tuple[str, str]]:
    return [(code, str(name)) for code, name in settings.LANGUAGES]


class AccountForm(PageForm):
    """A person's own name and language."""

    name = forms.CharField(
        label=_("Your name, as others should see it"),
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language of pages and mails"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices("language", [("", _("as my browser asks")), *_languages()])


class TokenForm(PageForm):
    """A new token: what for, what it may, until when."""

    name = forms.CharField(
        label=_("What is it for?"), max_length=250, help_text=_("Like: monthly report script.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do for you?"), widget=forms.CheckboxSelectMultiple
    )
    expires_on = DayField(label=_("Last day"), help_text=_("Within the next year."))

    def __init__(self, *args: object, scopes: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices("scopes", scopes)


class AuthorityForm(PageForm):
    """What an authority is called, and where and how it counts days."""

    name = forms.CharField(label=_("Name of the organization"), max_length=250)
    zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Days begin and deadlines end by it.")
    )
    language = forms.ChoiceField(label=_("Usual language"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in available_timezones() if "/" in zone)
        self.offer_choices("zone", [(zone, zone) for zone in [*zones, "UTC"]])
        self.offer_choices("language", _languages())


class GrantForm(PageForm):
    """A role for somebody who has an account."""

    email = forms.EmailField(
        label=_("Email address of their account"),
        max_length=250,
    )
    role = forms.ChoiceField(label=_("Role"), choices=AuthorityRole.Role.choices)
    ends_on = DayField(
        label=_("Last day"), required=False, help_text=_("Leave empty where no end is known.")
    )


class EndRoleForm(PageForm):
    """When a role ends, and why."""

    last_day = DayField(
        label=_("Last day they hold it"),
        required=False,
        help_text=_("Leave empty to take it away now."),
    )
    because = forms.CharField(
        label=_("Why"), max_length=250, help_text=_("Like: moved to another department.")
    )


class ScheduleForm(PageForm):
    """The name of the retention schedule."""

    schedule = forms.CharField(
        label=_("Name of the schedule, as you cite it"),
        max_length=250,
        help_text=_("Like: General Records Retention Schedule for Minnesota Counties."),
    )


class RetentionClassForm(PageForm):
    """How long one class of records is kept."""

    name = forms.CharField(label=_("Class of records"), max_length=250)
    keep_years = forms.IntegerField(
        label=_("Years kept after the end"),
        required=False,
        help_text=_("Leave empty to keep permanently."),
    )
    basis = forms.CharField(
        label=_("Because"),
        max_length=250,
        required=False,
        help_text=_("The law or the use, like: Minn. Stat. 138.17."),
    )


class LogFilterForm(PageForm):
    """Which part of the log to show."""

    verb = forms.ChoiceField(label=_("What was done"), required=False)
    person = forms.CharField(label=_("Who did it"), max_length=250, required=False)
    since = DayField(label=_("Since"), required=False)
    until = DayField(label=_("Until"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices("verb", [("", _("anything")), *VERBS.items()])


def default_last_day(today: date) -> date:
    """Three months: long enough for a report, short enough to be forgotten safely."""
    return date.fromordinal(today.toordinal() + 90)
