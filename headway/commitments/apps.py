from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    """Who promised what by when, and whether it happened."""

    name = "headway.commitments"
    label = "commitments"

    def ready(self) -> None:
        """Say which kinds of record are kept here and where their pages are."""
        from headway.initiatives.kinds import register

        register(
            kind="promise",
            label=_("promise"),
            area="decisions",
            url_name="commitments:promise",
            retention="decisions",
        )
