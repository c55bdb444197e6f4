from django.apps import AppConfig


class SolutionsConfig(AppConfig):
    """Ideas, recommendations, money, what is in the way, votes and what came out."""

    name = "headway.solutions"
    label = "solutions"
