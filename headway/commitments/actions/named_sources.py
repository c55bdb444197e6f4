"""The sources that the rows of a table name, each recorded once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction

from headway.accounts.actor import Actor
from headway.accounts.models import Authority
from headway.core.errors import RuleError
from headway.directory.actions.sources import record_source
from headway.directory.models import Source


@dataclass
class NamedSources:
    """Sources by title and address; what a refused row recorded is not remembered."""

    by: Actor
    authority: Authority
    _known: dict[tuple[str, str], Source] = field(default_factory=dict)
    _new: list[tuple[str, str]] = field(default_factory=list)

    def called(self, title: str, url: str) -> Source:
        """The source of this title and address, recorded where it is not yet.

        Raises:
            RuleError: without a title, or with an address that no browser opens.

        """
        said = title, url
        if said not in self._known:
            self._known[said] = record_source(
                by=self.by, authority=self.authority, title=title, url=url
            )
            self._new.append(said)
        return self._known[said]

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Take back all of a row that is refused; a source it brought is then recorded anew."""
        self._new.clear()
        try:
            with transaction.atomic():
                yield
        except RuleError:
            for said in self._new:
                del self._known[said]
            raise
