from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasuresConfig(AppConfig):
    """Measures, their data points from every source, and what is meant to move them."""

    name = "headway.measures"
    label = "measures"

    def ready(self) -> None:
        """Say which kinds of record are kept here and where their pages are."""
        from headway.initiatives.kinds import register

        for kind, label, url_name in (
            ("measure", _("measure"), "measures:measure"),
            ("series", _("series of data points"), "measures:series"),
        ):
            register(
                kind=kind, label=label, area="problem", url_name=url_name, retention="measures"
            )
