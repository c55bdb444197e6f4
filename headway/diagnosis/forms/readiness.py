"""The seven questions of a readiness check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import LongTextField, PageForm
from headway.diagnosis.models.readiness import Answer


def _question(label: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=Answer.choices,
        initial=Answer.UNKNOWN,
        widget=forms.RadioSelect,
        label=label,
        help_text=help_text,
    )


class ReadinessForm(PageForm):
    """What carrying something out has and what it lacks."""

    aims = _question(_("Clear aims"), _("Everybody could say when it is done."))
    theory = _question(
        _("A sound idea of why it works"),
        _("What is done leads to what is wanted, as far as known."),
    )
    authority = _question(_("The authority to do it"), _("Somebody may decide and spend."))
    rules = _question(_("Rules that support it"), _("No law, contract or habit stands against it."))
    implementers = _question(
        _("Skilled and committed people who do it"), _("They know how, want to, and have the time.")
    )
    coalition = _question(
        _("Backing that lasts"), _("Enough partners stand by it beyond the next election.")
    )
    rivals = _question(
        _("No rival priority in the way"), _("Nothing more urgent takes its people or its money.")
    )
    note = LongTextField(
        rows=3,
        max_length=5_000,
        required=False,
        label=_("What would help"),
        help_text=_("May be left empty. Roles rather than names."),
    )
