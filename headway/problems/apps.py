from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProblemsConfig(AppConfig):
    """The problem: who is affected, the starting point, ways to see it, parts, facts, efforts."""

    name = "headway.problems"
    label = "problems"

    def ready(self) -> None:
        """Say which kinds of record are kept here and where their pages are."""
        from headway.initiatives.kinds import register

        for kind, label, url_name in (
            ("problem", _("problem"), "problems:statement"),
            ("affected_group", _("who is affected"), "problems:group"),
            ("baseline", _("starting point"), "problems:baseline"),
            ("framing", _("way to see the problem"), "problems:framing"),
            ("facet", _("part of the problem"), "problems:facet"),
            ("fact", _("fact"), "problems:fact"),
            ("vision_line", _("line of the vision"), "problems:vision_line"),
            ("effort", _("what is done already"), "problems:effort"),
        ):
            register(kind=kind, label=label, area="problem", url_name=url_name)
