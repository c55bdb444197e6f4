from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProblemsConfig(AppConfig):
    """The problem: who is affected, the starting point, ways to see it, parts, facts, efforts."""

    name = "headway.problems"
    label = "problems"

    def ready(self) -> None:
        """Say which kinds of record are kept here and where their pages are."""
        from headway.initiatives.kinds import register

        for kind, label, url_name, kept in (
            ("problem", _("problem"), "problems:statement", "decisions"),
            ("affected_group", _("who is affected"), "problems:group", "decisions"),
            ("baseline", _("starting point"), "problems:baseline", "measures"),
            ("framing", _("way to see the problem"), "problems:framing", "decisions"),
            ("facet", _("part of the problem"), "problems:facet", "working-papers"),
            ("fact", _("fact"), "problems:fact", "working-papers"),
            ("vision_line", _("line of the vision"), "problems:vision_line", "decisions"),
            ("effort", _("what is done already"), "problems:effort", "working-papers"),
        ):
            register(kind=kind, label=label, area="problem", url_name=url_name, retention=kept)
