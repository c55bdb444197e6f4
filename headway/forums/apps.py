from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    """Meetings, what was said in them, discussions and conversations."""

    name = "headway.forums"
    label = "forums"

    def ready(self) -> None:
        """Say which kinds of record are kept here and where their pages are."""
        from headway.initiatives.kinds import register

        for kind, label, url_name, kept in (
            ("forum", _("group"), "forums:forum", "decisions"),
            ("phase", _("phase"), "forums:phase", "working-papers"),
            ("meeting", _("meeting"), "forums:meeting", "decisions"),
            ("minute_line", _("line of the minutes"), "forums:minute_line", "decisions"),
            ("conversation", _("conversation"), "forums:conversation", "working-papers"),
            ("statement", _("statement"), "forums:statement", "working-papers"),
        ):
            register(kind=kind, label=label, area="meetings", url_name=url_name, retention=kept)
