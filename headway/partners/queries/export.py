"""The rows of the files that people may save; never anybody's address."""

from collections.abc import Iterator

from headway.initiatives.models import Initiative
from headway.initiatives.reader import Reader
from headway.partners.queries.contacts import all_lines, contact_records
from headway.partners.queries.home import Asked, partners_once_each

PARTNER_HEADING = (
    "name",
    "sector",
    "kind",
    "role",
    "state",
    "since",
    "represents",
    "website",
    "provenance",
    "source",
    "source_url",
)
CONTACT_HEADING = (
    "date",
    "title",
    "kind",
    "with",
    "how_known",
    "next_step",
    "next_step_by",
    "next_step_done",
    "provenance",
)


def partner_rows(initiative: Initiative, reader: Reader, asked: Asked) -> Iterator[list[str]]:
    """Every partner that the filters leave, one a row."""
    rows = partners_once_each(initiative, reader, asked)
    full = rows.select_related("record__source", "organisation__merged_into", "represents__record")
    for partner in full.iterator(chunk_size=500):
        organisation, record = partner.organisation.canonical, partner.record
        group = partner.represents.record if partner.represents else None
        yield [
            organisation.name,
            organisation.sector,
            organisation.classification,
            partner.role_as_said,
            partner.state,
            str(record.when or ""),
            group.title if group and group.visibility in reader.readers else "",
            organisation.website,
            record.provenance,
            record.source.title if record.source else "",
            record.source.url if record.source else "",
        ]


def contact_rows(initiative: Initiative, reader: Reader, shown: str) -> Iterator[list[str]]:
    """Every contact, recorded or inferred, one a row."""
    for line in all_lines(contact_records(initiative, reader, shown=shown)):
        record = line.record
        yield [
            str(record.when or record.date_as_said),
            record.title,
            str(line.kind),
            "; ".join(line.organisations),
            "inferred" if line.inferred else "recorded",
            line.next_step,
            line.next_step_by.isoformat() if line.next_step_by else "",
            "yes" if line.next_step_done else "",
            record.provenance,
        ]
