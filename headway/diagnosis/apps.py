from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiagnosisConfig(AppConfig):
    """Where an initiative stands, how it is led, what depends on one, and which move would help."""

    name = "headway.diagnosis"
    label = "diagnosis"

    def ready(self) -> None:
        """Say which kinds of record are kept here and where their pages are."""
        from headway.initiatives.kinds import register

        for kind, label, url_name in (
            ("move", _("next move"), "diagnosis:move"),
            ("threshold", _("threshold"), "diagnosis:threshold"),
            ("condition", _("condition as stated"), "diagnosis:stated"),
            ("readiness", _("readiness check"), "diagnosis:readiness"),
        ):
            register(kind=kind, label=label, area="decisions", url_name=url_name)
        register(
            kind="activity",
            label=_("practice carried out"),
            area="meetings",
            url_name="diagnosis:activity",
        )
