from django.apps import AppConfig


class ArenasConfig(AppConfig):
    """Decision bodies, requests to them, what was said on the record, what they decided."""

    name = "headway.arenas"
    label = "arenas"
