from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArenasConfig(AppConfig):
    """Decision bodies, requests to them, what was said on the record, what they decided."""

    name = "headway.arenas"
    label = "arenas"

    def ready(self) -> None:
        """Say which kinds of record are kept here and where their pages are."""
        from headway.initiatives.kinds import register

        for kind, label, url_name in (
            ("arena", _("decision body"), "arenas:arena"),
            ("decision_rule", _("decision rule"), "arenas:rule"),
            ("ask", _("request"), "arenas:ask"),
            ("on_record", _("on the record"), "arenas:on_record"),
            ("approach", _("who asks"), "arenas:approach"),
            ("decision", _("decision"), "arenas:decision"),
        ):
            register(
                kind=kind, label=label, area="decisions", url_name=url_name, retention="decisions"
            )
