"""*Affordable housing*: a real conversation with 14,995 votes, out of its open data."""

from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from headway.accounts.actor import Actor
from headway.accounts.models import Authority
from headway.accounts.models.authority import Visibility
from headway.directory.actions import (
    OrganisationDetails,
    find_or_add_organisation,
    record_source,
)
from headway.forums.actions import HeldThere, StatedThere, bring_in_conversation, open_forum
from headway.forums.models import Forum
from headway.initiatives.actions import open_initiative
from headway.initiatives.models import Initiative
from headway.initiatives.provenance import Provenance, reported
from headway.site.example.known import opened_before
from headway.site.formats import polis_csv

TITLE: Final = "Affordable housing"
QUESTION: Final = "How can housing become affordable?"
HOST: Final = "Scoop HiveMind"
SOURCE: Final = "Polis open data: ScoopNZ Hivemind on affordable housing"
ADDRESS: Final = "https://compdemocracy.org/case-studies/2017-scoop-hivemind-affordable-housing"
# The words that the source asks for, as they are.
ATTRIBUTION: Final = (
    "Data was gathered using the Polis software (compdemocracy.org/polis) and is sub-licensed under"
    " CC BY 4.0 with Attribution to The Computational Democracy Project. The data and more"
    " information about how the data was collected can be found at the following link(s):"
    f" {ADDRESS}"
)
# Where it was held; its days are those of New Zealand.
ZONE: Final = "Pacific/Auckland"
# Polis counts statements from 0.
FIRST: Final = 1


@transaction.atomic
def load_affordable_housing(*, by: Actor, authority: Authority, folder: Path) -> Initiative:
    """Load the initiative, its forum and the whole conversation; run again it changes nothing."""
    provenance = reported(
        record_source(by=by, authority=authority, title=SOURCE, url=ADDRESS, publisher=HOST)
    )
    initiative = _initiative(by, authority)
    bring_in_conversation(
        by=by,
        forum=_forum(by, initiative, provenance),
        held=_held(folder),
        provenance=provenance,
    )
    return initiative


def _initiative(by: Actor, authority: Authority) -> Initiative:
    known = opened_before(authority, TITLE)
    if known is not None:
        return known
    host = find_or_add_organisation(
        by=by, authority=authority, details=OrganisationDetails(name=HOST, sector="business")
    )
    return open_initiative(
        by=by,
        authority=authority,
        owner=host,
        title=TITLE,
        summary=_("What 381 people in New Zealand said in 2017 about affordable housing.")
        + f"\n\n{ATTRIBUTION}",
        label=_(
            "Example: a real conversation of 2017, without names. Data: The Computational Democracy"
            " Project, gathered with Polis, CC BY 4.0."
        ),
        visibility=Visibility.PUBLIC,
        zone=ZONE,
    )


def _forum(by: Actor, initiative: Initiative, provenance: Provenance) -> Forum:
    return open_forum(
        by=by,
        initiative=initiative,
        name=HOST,
        purpose=ATTRIBUTION,
        public_body=Forum.PublicBody.NO,
        visibility=Visibility.PUBLIC,
        provenance=provenance,
    )


def _held(folder: Path) -> HeldThere:
    rows = polis_csv.comments((folder / "comments.csv").read_text(encoding="utf-8"))
    zone = ZoneInfo(ZONE)
    days = [row.at.astimezone(zone).date() for row in rows]
    because = _("Left out by the moderators, as its source says.")
    return HeldThere(
        title=QUESTION,
        introduction=ATTRIBUTION,
        first=min(days),
        last=max(days),
        statements=[
            StatedThere(row.number + FIRST, row.text, day, because if row.rejected else "")
            for row, day in zip(rows, days, strict=True)
        ],
        people=[
            {number + FIRST: choice for number, choice in choices.items()}
            for choices in polis_csv.votes((folder / "participants-votes.csv.gz").read_bytes())
        ],
    )
