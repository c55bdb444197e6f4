"""Which parts of which records a correction can name, and what they say now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from headway.directory.models import Organisation
from headway.initiatives.models import Happening, Record, StageModel
from headway.partners.models import Contact, Correction, Need, Offer, Partner

Part = Correction.Part
OF_ORGANISATION = (Part.NAME, Part.SECTOR, Part.PEOPLE, Part.OTHER)


@dataclass(frozen=True)
class Correctable:
    """A kind of record of which some parts can be put right by accepting a correction."""

    stage: type[StageModel]
    parts: Mapping[Part, str]


OF_KIND: dict[str, Correctable] = {
    Partner.RECORD_KIND: Correctable(Partner, {Part.ROLE: "role_as_said", Part.DATE: "when"}),
    Offer.RECORD_KIND: Correctable(Offer, {Part.WHAT: "what"}),
    Need.RECORD_KIND: Correctable(Need, {Part.WHAT: "what"}),
    Contact.RECORD_KIND: Correctable(Contact, {Part.TEXT: "text", Part.DATE: "when"}),
    Happening.RECORD_KIND: Correctable(Happening, {Part.TEXT: "text", Part.DATE: "when"}),
}
DIRECTORY: dict[Part, Callable[[Organisation], str]] = {
    Part.NAME: lambda organisation: organisation.name,
    Part.SECTOR: lambda organisation: str(organisation.get_sector_display()),
}


def parts_of(about: Record | None) -> tuple[Part, ...]:
    """What a correction of a record, or of the directory's entry, may name."""
    if about is None:
        return OF_ORGANISATION
    known = OF_KIND.get(about.kind)
    return (*known.parts, Part.OTHER) if known else (Part.OTHER,)


def can_be_carried_out(about: Record | None, part: str) -> bool:
    """Whether accepting a correction of this part changes the record by itself."""
    known = OF_KIND.get(about.kind) if about else None
    return known is not None and part in known.parts


def stage_of(about: Record) -> StageModel:
    """The row of its stage that a correctable record stands for."""
    return OF_KIND[about.kind].stage._default_manager.select_related("record").get(pk=about.pk)


def says_now(organisation: Organisation, about: Record | None, part: str) -> str:
    """What is recorded today in the part that is said to be wrong."""
    if about is None:
        words = DIRECTORY.get(Part(part))
        return words(organisation) if words else ""
    if not can_be_carried_out(about, part):
        return about.title
    if part == Part.DATE:
        return str(about.when or about.date_as_said)
    return str(getattr(stage_of(about), OF_KIND[about.kind].parts[Part(part)]))
