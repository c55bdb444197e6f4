from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    """The initiative and its records."""

    name = "headway.initiatives"
    label = "initiatives"
