from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """The partners: who takes part, what they give and need, contacts, and how we work."""

    name = "headway.partners"
    label = "partners"
