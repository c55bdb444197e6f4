"""Who acted how many days ago."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from headway.accounts.actor import Actor
from headway.initiatives.models import Member
from headway_analysis.partial_date import PartialDate

BEGAN: Final = -365


@dataclass(frozen=True)
class Clock:
    """Days counted from the one on which the example is loaded; the past is negative."""

    by: Actor
    zone: str
    members: dict[str, Member] = field(default_factory=dict)

    def with_members(self, members: dict[str, Member]) -> "Clock":
        """The same, with those who can act."""
        return replace(self, members=members)

    def day(self, days: int) -> date:
        """A date so many days from now."""
        return self.by.at.astimezone(ZoneInfo(self.zone)).date() + timedelta(days=days)

    def on(self, days: int) -> PartialDate:
        """The same as an exactly known one."""
        return PartialDate.on(self.day(days))

    def at(self, days: int, hour: int = 10) -> datetime:
        """An hour of that day, where the initiative is; never after now where it is past."""
        local = datetime.combine(self.day(days), time(hour), ZoneInfo(self.zone))
        instant = local.astimezone(UTC)
        return min(instant, self.by.at) if days <= 0 else instant

    def worker(self, days: int) -> Actor:
        """The worker, as if so many days ago."""
        return Actor(kind="worker", at=self.at(days))

    def member(self, role: str, days: int, hour: int = 10) -> Actor:
        """Somebody in a role, as if so many days ago."""
        member = self.members[role]
        at = self.at(days, hour)
        return Actor(kind="member", at=at, user=member.user, member_id=member.pk)

    def convener(self, days: int, hour: int = 10) -> Actor:
        """The convener, as if so many days ago."""
        return self.member("convener", days, hour)

    def partner(self, days: int, hour: int = 10) -> Actor:
        """The partner, as if so many days ago."""
        return self.member("partner", days, hour)
