from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import DayField, LongTextField
from headway.directory.forms.pickers import DirectoryForm, OrganisationField, PostField
from headway.initiatives.forms import SeenForm
from headway.pilots.forms.wording import WordedForm
from headway.pilots.models import Decision, Result, SmallTest


class WhatIsTried(SeenForm):
    """What is tried, what is expected and when somebody looks."""

    tries = LongTextField(
        rows=2,
        max_length=5_000,
        label=_("What we try"),
        help_text=_("Like “A text message the day before each appointment”."),
    )
    expects = LongTextField(
        rows=2,
        max_length=5_000,
        label=_("What we expect"),
        help_text=_("Like “Fewer missed appointments in a month”."),
    )
    look_on = DayField(label=_("When we look"), help_text=_("Like 2026-03-27."))


class SmallTestForm(DirectoryForm, WhatIsTried):
    """Everything that a small test needs, on one screen of a phone."""

    owner = OrganisationField(label=_("Organization that tries it"))
    authority_stated = forms.ChoiceField(
        choices=SmallTest.Authority,
        initial=SmallTest.Authority.OWN,
        label=_("Under whose authority"),
    )
    fit = forms.BooleanField(
        required=False,
        label=_("It is lawful, cheap, and can be undone"),
        help_text=_("If rights, benefits or new money are involved, prepare a pilot."),
    )
    owner_post = PostField(required=False, label=_("Seat that answers for it, if known"))

    field_order = ("tries", "expects", "look_on", "owner", "authority_stated", "fit", "owner_post")


class ReviseSmallTestForm(WhatIsTried):
    """The wording of a small test, and its day."""


class EndSmallTestForm(WordedForm):
    """How a small test came out."""

    WORDED = ("saw",)

    result = forms.ChoiceField(
        choices=Result.choices, widget=forms.RadioSelect, label=_("How it came out")
    )
    saw = LongTextField(
        rows=3,
        max_length=5_000,
        label=_("What we saw"),
        help_text=_("Like “9 of 40 appointments were missed, 14 of 41 before”. No names."),
    )


class DecideForm(WordedForm, DirectoryForm):
    """What is done with what was tried."""

    WORDED: ClassVar[tuple[str, ...]] = ("because",)

    decision = forms.ChoiceField(
        choices=Decision.choices, widget=forms.RadioSelect, label=_("What we do now")
    )
    because = LongTextField(
        rows=2,
        max_length=5_000,
        label=_("Why"),
        help_text=_("Like “it cost twice what we set as the limit”."),
    )
    decided_by = OrganisationField(required=False, label=_("Organization that decided"))
    decided_post = PostField(required=False, label=_("Seat that decided, if known"))
