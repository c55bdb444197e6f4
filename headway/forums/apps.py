from django.apps import AppConfig


class ForumsConfig(AppConfig):
    """Meetings, what was said in them, discussions and conversations."""

    name = "headway.forums"
    label = "forums"
