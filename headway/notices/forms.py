from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from headway.core.forms import PageForm
from headway.initiatives.models import Initiative
from headway.notices.models import Rhythm


class RhythmsForm(PageForm):
    """How often somebody gets mail, for each initiative in which they take part."""

    def __init__(
        self, *args: Any, initiatives: Sequence[tuple[Initiative, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for initiative, rhythm in initiatives:
            self.fields[str(initiative.pk)] = forms.ChoiceField(
                label=initiative.title,
                choices=Rhythm.choices,
                initial=rhythm,
                help_text=_("Mornings and Mondays at 7:00 in %(zone)s.")
                % {"zone": initiative.zone},
            )
        self.settle_fields()
