from headway.initiatives.models.file import File
from headway.initiatives.models.happening import Happening, HappeningOrganisation
from headway.initiatives.models.hold import Hold, RecordHold
from headway.initiatives.models.initiative import Initiative
from headway.initiatives.models.membership import Mandate, Member, RoleGrant
from headway.initiatives.models.record import Link, Record, RecordState, StageModel, StageQuerySet
from headway.initiatives.models.search import SearchText
from headway.initiatives.models.sent import SentForm
from headway.initiatives.models.text import Translation, Wording

__all__ = [
    "File",
    "Happening",
    "HappeningOrganisation",
    "Hold",
    "Initiative",
    "Link",
    "Mandate",
    "Member",
    "Record",
    "RecordHold",
    "RecordState",
    "RoleGrant",
    "SearchText",
    "SentForm",
    "StageModel",
    "StageQuerySet",
    "Translation",
    "Wording",
]
