from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The records office, and data in and out of the house."""

    name = "headway.exchange"
    label = "exchange"
