from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SolutionsConfig(AppConfig):
    """Ideas, recommendations, money, what is in the way, votes and what came out."""

    name = "headway.solutions"
    label = "solutions"

    def ready(self) -> None:
        """Say which kinds of record are kept here and where their pages are."""
        from headway.initiatives.kinds import register

        for kind, label, url_name, kept in (
            ("recommendation", _("recommendation"), "solutions:solution", "decisions"),
            ("suggested_change", _("suggested change"), "solutions:amendment", "working-papers"),
            ("funding", _("funding"), "solutions:funding", "decisions"),
            ("interest", _("interest"), "solutions:interest", "decisions"),
            ("criterion", _("criterion"), "solutions:criterion", "working-papers"),
            ("barrier", _("what is in the way"), "solutions:barrier", "decisions"),
            ("ballot", _("vote"), "solutions:ballot", "decisions"),
            ("objection", _("objection"), "solutions:objection", "decisions"),
            ("outcome", _("decision we took"), "solutions:outcome", "decisions"),
        ):
            register(
                kind=kind, label=label, area="recommendations", url_name=url_name, retention=kept
            )
