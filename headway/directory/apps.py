from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Who is who: organisations, people and the posts between them."""

    name = "headway.directory"
    label = "directory"
