from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from headway.accounts.models import User

ActorKind = Literal["member", "user", "link", "mail", "api", "participant", "worker", "import"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, for whom, by which means, and when.

    Attributes:
        kind: the means; `user` acts for the authority, `member` within an initiative.
        at: the instant, aware; actions never ask the clock.
        user: the person signed in, where there is one.
        member_id: their membership of the initiative.
        organisation_id: the organisation they speak for, which needs a mandate.
        credential: which token or link, never the secret itself.

    """

    kind: ActorKind
    at: datetime
    user: User | None = None
    member_id: UUID | None = None
    organisation_id: UUID | None = None
    credential: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"at must be aware, got {self.at!r}")

    def speaking_for(self, organisation_id: UUID | None) -> Self:
        """The same actor in the name of an organisation."""
        return replace(self, organisation_id=organisation_id)
