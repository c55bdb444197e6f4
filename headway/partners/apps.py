from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message


class PartnersConfig(AppConfig):
    """The partners: who takes part, what they give and need, contacts, and how we work."""

    name = "headway.partners"
    label = "partners"

    def ready(self) -> None:
        """Make this app's kinds of record known."""
        from headway.initiatives import kinds

        known: tuple[tuple[str, Message, str, str], ...] = (
            ("partner", _("partner"), "partner", "agreements"),
            ("offer", _("offer"), "offer", "agreements"),
            ("need", _("need"), "need", "working-papers"),
            ("contact", _("contact"), "contact", "contacts"),
            ("correction", _("correction"), "correction", "contacts"),
            ("agreement", _("how we work"), "kept_agreement", "agreements"),
        )
        for kind, label, page, kept in known:
            kinds.register(
                kind=kind,
                label=label,
                area="people",
                url_name=f"partners:{page}",
                retention=kept,
            )
