from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Measures, their data points from every source, and what is meant to move them."""

    name = "headway.measures"
    label = "measures"
