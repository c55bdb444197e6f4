from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The house: where we stand, navigation, public pages and the root of all addresses."""

    name = "headway.site"
    label = "site"
