from dataclasses import dataclass

from headway.directory.models import Source


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a fact comes from: recorded here, or reported by a source.

    Reported facts skip rules of order and completeness, never rules of value; they are labelled
    and notify nobody.
    """

    source: Source | None = None

    @property
    def reported(self) -> bool:
        """Whether a source outside reported it."""
        return self.source is not None

    @property
    def kind(self) -> str:
        """The value stored with a record."""
        return "reported" if self.reported else "here"


HERE = Provenance()


def reported(source: Source) -> Provenance:
    """Reported by a source."""
    return Provenance(source)
