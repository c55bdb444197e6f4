"""What forms hold as the actions take it, and what is recorded as forms begin with it."""

from dataclasses import fields, replace
from typing import Any

from headway.directory.actions import (
    AreaDetails,
    OrganisationDetails,
    PersonDetails,
    PostDetails,
    RoleDetails,
)
from headway.directory.models import Area, Membership, Organisation, Person, Post

Data = dict[str, Any]


def organisation_details(data: Data) -> OrganisationDetails:
    """An organisation as it was typed; the form may hold more than that."""
    return OrganisationDetails(
        **{field.name: data[field.name] for field in fields(OrganisationDetails)}
    )


def organisation_values(row: Organisation) -> Data:
    """An organisation as it is recorded."""
    return dict(vars(OrganisationDetails.of(row)))


def person_details(data: Data) -> PersonDetails:
    """A person as they were typed."""
    return PersonDetails(**data)


def person_values(row: Person) -> Data:
    """A person as they are recorded."""
    return dict(vars(PersonDetails.of(row)))


def post_details(data: Data) -> PostDetails:
    """A seat as it was typed."""
    return PostDetails(**data)


def post_values(row: Post) -> Data:
    """A seat as it is recorded."""
    return dict(vars(PostDetails.of(row)))


def role_details(data: Data, begin: RoleDetails | None = None) -> RoleDetails:
    """A role as it was typed; what the form does not ask stays as it began."""
    asked = {name: data[name] for name in ("role", "post", "starts", "ends") if name in data}
    return replace(begin or RoleDetails(), **asked)


def role_values(row: Membership) -> Data:
    """A role as it is recorded."""
    return {"post": row.post, "role": row.role, "starts": row.starts, "ends": row.ends}


def area_details(data: Data) -> AreaDetails:
    """An area as it was typed."""
    return AreaDetails(**data)


def area_values(row: Area) -> Data:
    """An area as it is recorded."""
    return dict(vars(AreaDetails.of(row)))
