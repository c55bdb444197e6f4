"""Every write to the directory: one verb-first function per thing that can happen."""

from headway.directory.actions.areas import (
    AreaDetails,
    add_area,
    find_area,
    find_or_add_area,
    revise_area,
    withdraw_area,
)
from headway.directory.actions.details import OrganisationDetails, PersonDetails
from headway.directory.actions.merging import (
    merge_organisation,
    merge_person,
    unmerge_organisation,
    unmerge_person,
)
from headway.directory.actions.organisations import (
    add_organisation,
    find_or_add_organisation,
    find_organisation,
    restore_organisation,
    revise_organisation,
    withdraw_organisation,
)
from headway.directory.actions.people import (
    add_person,
    restore_person,
    revise_person,
    withdraw_person,
)
from headway.directory.actions.posts import (
    PostDetails,
    RoleDetails,
    add_membership,
    add_post,
    end_membership,
    revise_membership,
    revise_post,
    withdraw_membership,
    withdraw_post,
)
from headway.directory.actions.sources import attach_source, detach_source, record_source

__all__ = [
    "AreaDetails",
    "OrganisationDetails",
    "PersonDetails",
    "PostDetails",
    "RoleDetails",
    "add_area",
    "add_membership",
    "add_organisation",
    "add_person",
    "add_post",
    "attach_source",
    "detach_source",
    "end_membership",
    "find_area",
    "find_or_add_area",
    "find_or_add_organisation",
    "find_organisation",
    "merge_organisation",
    "merge_person",
    "record_source",
    "restore_organisation",
    "restore_person",
    "revise_area",
    "revise_membership",
    "revise_organisation",
    "revise_person",
    "revise_post",
    "unmerge_organisation",
    "unmerge_person",
    "withdraw_area",
    "withdraw_membership",
    "withdraw_organisation",
    "withdraw_person",
    "withdraw_post",
]
