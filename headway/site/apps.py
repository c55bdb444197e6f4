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
        from headway.site.navigation import navigation, settings_places, stage_marks
        from headway.site.queries.follows import follows
        from headway.site.queries.ways import notes_at, ways_on

        slots.TAKES_PART.fill(takes_part)
        slots.DISCUSSION.fill(talk_about)
        slots.FOLLOWS.fill(follows)
        slots.WAYS_ON.fill(ways_on)
        slots.NOTES_AT.fill(notes_at)
        slots.NAVIGATION.fill(navigation)
        slots.ACCOUNT_WAYS.fill(account_ways)
        slots.STAGE_MARKS.fill(stage_marks)
        slots.SETTINGS_PLACES.fill(settings_places)
