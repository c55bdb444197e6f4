from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol, Self, TypeVar
from uuid import UUID

from headway.accounts.access import permission_table


class Rows(Protocol):
    """Records, or rows of a stage, that can be narrowed to a reader."""

    def live(self) -> Self:
        """Those that were not withdrawn."""

    def visible_to(self, readers: Collection[str]) -> Self:
        """Those that somebody with these reader classes may see."""


RowsT = TypeVar("RowsT", bound=Rows)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a page of an initiative: what queries need to know, and nothing more.

    Attributes:
        slug: the initiative's address, to build links.
        today: the date where the initiative is.
        cells: what the reader's roles are worth, like `partner@initiative`.
        readers: the visibilities that the reader may see.
        member_id: the reader's membership, None for visitors.
        organisation_id: the organisation the member came for.

    """

    slug: str
    today: date
    cells: frozenset[str]
    readers: frozenset[str]
    member_id: UUID | None = None
    organisation_id: UUID | None = None

    def may(self, permission: str) -> bool:
        """Whether the reader holds a permission."""
        return bool(permission_table()[permission] & self.cells)

    def readable(self, rows: RowsT) -> RowsT:
        """The rows whose pages the reader may open; withdrawn ones only with the history."""
        seen = rows.visible_to(self.readers)
        return seen if self.may("initiatives.view_history") else seen.live()
