from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """Who promised what by when, and whether it happened."""

    name = "headway.commitments"
    label = "commitments"
