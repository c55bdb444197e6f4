from django.apps import AppConfig


class SiteConfig(AppConfig):
    """What puts the stages together: where we stand, navigation, public pages, the root."""

    name = "headway.site"
    label = "site"

    def ready(self) -> None:
        """Fill the places that earlier stages leave open."""
        from headway.core import slots
        from headway.exchange.queries.mine import account_ways
        from headway.forums.queries.comments import talk_about
        from headway.initiatives.access import takes_part
        from headway.site.navigation import decision_ways, navigation, settings_places, stage_marks

        slots.TAKES_PART.fill(takes_part)
        slots.DISCUSSION.fill(talk_about)
        slots.NAVIGATION.fill(navigation)
        slots.ACCOUNT_WAYS.fill(account_ways)
        slots.STAGE_MARKS.fill(stage_marks)
        slots.DECISION_WAYS.fill(decision_ways)
        slots.SETTINGS_PLACES.fill(settings_places)
