from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What people are told, read from the event log."""

    name = "headway.notices"
    label = "notices"
