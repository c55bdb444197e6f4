from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every page stands on."""

    name = "headway.core"
    label = "core"
