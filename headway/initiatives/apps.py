from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    """The initiative and its records."""

    name = "headway.initiatives"
    label = "initiatives"

    def ready(self) -> None:
        """Make this app's kind of record known."""
        from headway.initiatives import kinds

        kinds.register(
            kind="happening",
            label=_("what happened"),
            area="meetings",
            url_name="initiatives:happening",
            retention="decisions",
        )
