from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PilotsConfig(AppConfig):
    """What is tried out, what was expected of it, and what we learned."""

    name = "headway.pilots"
    label = "pilots"

    def ready(self) -> None:
        """Say which kinds of record are kept here and where their pages are."""
        from headway.initiatives.kinds import register

        for kind, label, url_name in (
            ("small_test", _("small test"), "pilots:small_test"),
            ("pilot", _("pilot"), "pilots:pilot"),
        ):
            register(
                kind=kind,
                label=label,
                area="recommendations",
                url_name=url_name,
                retention="decisions",
            )
        for kind, label, url_name, retention in (
            ("learning_review", _("learning review"), "pilots:review", "measures"),
            ("follow_up", _("follow-up"), "pilots:follow_up", "agreements"),
            ("lesson", _("lesson"), "pilots:lesson", "measures"),
        ):
            register(
                kind=kind,
                label=label,
                area="recommendations",
                url_name=url_name,
                retention=retention,
            )
