"""Form fields in the house's markup; widgets keep Django's names and are overridden here."""

from functools import cached_property
from pathlib import Path

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as Engine

OURS = Path(__file__).parent / "form_templates"
DJANGOS = Path(forms.__file__).parent / "templates"


class PageForms(DjangoTemplates):
    """Renders every form of the site, allauth's too."""

    field_template_name = "core_forms/field.html"
    form_template_name = "core_forms/form.html"

    @cached_property
    def engine(self) -> Engine:
        """Our templates first, then Django's."""
        return Engine(
            {
                "APP_DIRS": False,
                "DIRS": [OURS, DJANGOS],
                "NAME": "pageforms",
                "OPTIONS": {"libraries": {"i18n": "django.templatetags.i18n"}},
            }
        )
