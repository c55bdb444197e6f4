from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    """The problem: who is affected, the starting point, ways to see it, parts, facts, efforts."""

    name = "headway.problems"
    label = "problems"
