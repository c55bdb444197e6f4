"""Seats of organisations, and who holds or held them."""

from dataclasses import dataclass
from typing import Any, Self, TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.accounts.actor import Actor
from headway.core.errors import RuleError
from headway.directory.actions.details import ENDS_FIRST, OTHER_AUTHORITY, Check, in_order, tidy
from headway.directory.actions.log import first_values, lock_directory, locked_live, note, shown
from headway.directory.actions.sources import attach_source
from headway.directory.models import Membership, Organisation, Person, Post, Source
from headway.directory.models.base import stretch_values
from headway_analysis.partial_date import PartialDate

POST_WITHDRAWN = _("This seat was withdrawn.")
ROLE_WITHDRAWN = _("This role was withdrawn.")


@dataclass(frozen=True)
class PostDetails:
    """What can be said about a seat."""

    label: str
    role: str = ""
    deputy_to: Post | None = None
    starts: PartialDate | None = None
    ends: PartialDate | None = None

    @classmethod
    def of(cls, post: Post) -> Self:
        """What is recorded now, to be changed with `dataclasses.replace`."""
        return cls(post.label, post.role, post.deputy_to, post.starts, post.ends)

    def columns(self) -> dict[str, Any]:
        """The values of the table's columns."""
        return {
            "label": tidy(self.label),
            "role": tidy(self.role),
            "deputy_to_id": self.deputy_to.pk if self.deputy_to else None,
            **stretch_values("starts", self.starts),
            **stretch_values("ends", self.ends),
        }


@transaction.atomic
def add_post(*, by: Actor, organisation: Organisation, details: PostDetails) -> Post:
    """Add a seat to an organisation, whether or not somebody holds it.

    Raises:
        RuleError: where the organisation has a seat of this label.

    """
    lock_directory(organisation.authority)
    _check_post(organisation, details, besides=None)
    post = Post(
        authority_id=organisation.authority_id,
        organisation=organisation,
        recorded_at=by.at,
        **details.columns(),
    )
    post.save(force_insert=True)
    note(by=by, row=post, verb="post_added", changes=first_values(post))
    return post


@transaction.atomic
def revise_post(*, by: Actor, post: Post, details: PostDetails) -> Post:
    """Change what is recorded about a seat.

    Raises:
        RuleError: where it was withdrawn, or its organisation has another seat of this label.

    """
    post = locked_live(post, POST_WITHDRAWN)
    _check_post(post.organisation, details, besides=post)
    changes = shown(post, post.change(**details.columns()))
    if changes:
        note(by=by, row=post, verb="post_revised", changes=changes)
    return post


@transaction.atomic
def withdraw_post(*, by: Actor, post: Post, because: str) -> Post:
    """Take back that there is such a seat.

    Raises:
        RuleError: while somebody is recorded in it.

    """
    post = locked_live(post, POST_WITHDRAWN)
    if Membership.objects.live().filter(post=post).exists():
        raise RuleError(_("People are recorded in this seat. Withdraw those roles first."))
    return _withdraw(by, post, because)


def _check_post(organisation: Organisation, details: PostDetails, besides: Post | None) -> None:
    check = Check()
    check.storable(Post, details.columns())
    check.that(tidy(details.label), "label", _("Enter what the seat is called, like: Ward 3."))
    check.that(in_order(details.starts, details.ends), "ends", ENDS_FIRST)
    check.done()
    same = Post.objects.live().filter(organisation=organisation, label=tidy(details.label))
    taken = same.besides(besides.pk if besides else None).exists()
    check.that(not taken, "label", _("This organization has a seat of this name already."))
    chief = details.deputy_to
    fine = chief is None or (chief.authority_id == organisation.authority_id and chief != besides)
    check.that(fine, "deputy_to", OTHER_AUTHORITY)
    check.done()


@dataclass(frozen=True)
class RoleDetails:
    """What can be said about a person's role in an organisation."""

    role: str = ""
    label: str = ""
    post: Post | None = None
    starts: PartialDate | None = None
    ends: PartialDate | None = None

    @classmethod
    def of(cls, row: Membership) -> Self:
        """What is recorded now, to be changed with `dataclasses.replace`."""
        return cls(row.role, row.label, row.post, row.starts, row.ends)

    def columns(self) -> dict[str, Any]:
        """The values of the table's columns."""
        return {
            "role": tidy(self.role),
            "label": tidy(self.label),
            "post_id": self.post.pk if self.post else None,
            **stretch_values("starts", self.starts),
            **stretch_values("ends", self.ends),
        }


@transaction.atomic
def add_membership(
    *,
    by: Actor,
    person: Person,
    organisation: Organisation,
    details: RoleDetails,
    source: Source | None = None,
) -> Membership:
    """Record that a person belongs to an organisation, perhaps in a seat.

    Raises:
        RuleError: where the same role is open already, or the seat is another organisation's.

    """
    lock_directory(organisation.authority)
    if person.authority_id != organisation.authority_id:
        raise RuleError(OTHER_AUTHORITY, "person")
    _check_role(person, organisation, details, besides=None)
    row = Membership(
        authority_id=organisation.authority_id,
        person=person,
        organisation=organisation,
        reported=source,
        recorded_at=by.at,
        **details.columns(),
    )
    row.save(force_insert=True)
    note(by=by, row=row, verb="membership_added", changes=first_values(row))
    if source is not None:
        attach_source(by=by, source=source, subject=row)
    return row


@transaction.atomic
def revise_membership(*, by: Actor, membership: Membership, details: RoleDetails) -> Membership:
    """Change what is recorded about a role.

    Raises:
        RuleError: where it was withdrawn or would be a second one of its kind.

    """
    row = locked_live(membership, ROLE_WITHDRAWN)
    _check_role(row.person, row.organisation, details, besides=row)
    changes = shown(row, row.change(**details.columns()))
    if changes:
        note(by=by, row=row, verb="membership_revised", changes=changes)
    return row


@transaction.atomic
def end_membership(
    *, by: Actor, membership: Membership, ends: PartialDate, because: str = ""
) -> Membership:
    """Record when a role ended; the person stays in the history of the organisation.

    Raises:
        RuleError: where it was withdrawn, or would end before it starts.

    """
    row = locked_live(membership, ROLE_WITHDRAWN)
    if not in_order(row.starts, ends):
        raise RuleError(ENDS_FIRST, "ends")
    changes = shown(row, row.change(**stretch_values("ends", ends)))
    if changes:
        note(by=by, row=row, verb="membership_ended", changes=changes, because=because.strip())
    return row


@transaction.atomic
def withdraw_membership(*, by: Actor, membership: Membership, because: str) -> Membership:
    """Take back a role that was recorded wrongly; one that ended is ended, not withdrawn.

    Raises:
        RuleError: without a reason.

    """
    return _withdraw(by, locked_live(membership, ROLE_WITHDRAWN), because)


def _check_role(
    person: Person, organisation: Organisation, details: RoleDetails, besides: Membership | None
) -> None:
    check = Check()
    check.storable(Membership, details.columns())
    check.that(in_order(details.starts, details.ends), "ends", ENDS_FIRST)
    check.done()
    post = details.post
    if post is not None:
        own = Organisation.objects.counted_as(organisation).filter(pk=post.organisation_id)
        check.that(own.exists() and post.live, "post", _("Choose a seat of this organization."))
    if details.ends is None:
        rows = Membership.objects.live().filter(_is_open(person, organisation, details))
        again = rows.besides(besides.pk if besides else None).exists()
        check.that(not again, "role", _("This person has this role already. End it first."))
    check.done()


def _is_open(person: Person, organisation: Organisation, details: RoleDetails) -> Q:
    """Roles of the person without an end that say the same."""
    mine = Q(person=person, ends_to__isnull=True)
    if details.post is not None:
        return mine & Q(post=details.post)
    return mine & Q(organisation=organisation, role=tidy(details.role), post__isnull=True)


RowT = TypeVar("RowT", Post, Membership)


def _withdraw(by: Actor, row: RowT, because: str) -> RowT:
    if not because.strip():
        raise RuleError(_("Say why, like: entered by mistake."), "because")
    changes = shown(row, row.change(withdrawn_at=by.at, withdrawn_because=because.strip()))
    verb = f"{row._meta.model_name}_withdrawn"
    note(by=by, row=row, verb=verb, changes=changes, because=because.strip())
    return row
