from headway.directory.models.area import Area
from headway.directory.models.membership import Membership
from headway.directory.models.organisation import Identifier, Organisation
from headway.directory.models.person import Person
from headway.directory.models.post import Post
from headway.directory.models.source import Source, SourceOn
from headway.directory.models.upload import Upload

__all__ = [
    "Area",
    "Identifier",
    "Membership",
    "Organisation",
    "Person",
    "Post",
    "Source",
    "SourceOn",
    "Upload",
]
