"""People and one-time sign-in links for trying Headway out; refused but in demonstration mode."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from headway.accounts.actions import grant_role, make_person
from headway.accounts.actor import Actor
from headway.accounts.links import make_link, open_link, use_link
from headway.accounts.models import Authority, AuthorityRole, LinkToken, User
from headway.core.errors import Message, RuleError

PURPOSE = "demonstration_sign_in"
LINKS_LAST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class DemonstrationPerson:
    """Somebody who can be tried out; an `authority_role` is granted by this app itself."""

    role: str
    email: str
    name: str
    label: Message
    authority_role: str = ""


PEOPLE = (
    DemonstrationPerson("convener", "convener@example.org", "Carmen Convener", _("convener")),
    DemonstrationPerson("partner", "partner@example.org", "Pat Partner", _("partner")),
    DemonstrationPerson(
        "facilitator", "facilitator@example.org", "Fay Facilitator", _("facilitator")
    ),
    DemonstrationPerson("liaison", "liaison@example.org", "Lee Liaison", _("liaison")),
    DemonstrationPerson("evaluator", "evaluator@example.org", "Eve Evaluator", _("evaluator")),
    DemonstrationPerson("observer", "observer@example.org", "Oli Observer", _("observer")),
    DemonstrationPerson(
        "registrar", "registrar@example.org", "Rae Registrar", _("registrar"), "registrar"
    ),
    DemonstrationPerson(
        "administrator",
        "administrator@example.org",
        "Ada Administrator",
        _("administrator"),
        "administrator",
    ),
    DemonstrationPerson(
        "records_officer",
        "records@example.org",
        "Rory Records",
        _("records officer"),
        "records_officer",
    ),
)


def refuse_outside_demonstration() -> None:
    """Stop here unless this installation is a demonstration.

    Raises:
        RuleError: in development and production.

    """
    if settings.MODE != "demonstration":
        raise RuleError(_("Sign in with your email address: this is not a demonstration."))


@transaction.atomic
def ensure_demonstration_people(authority: Authority, now: datetime) -> dict[str, User]:
    """One person for each role, by role; run again it changes nothing."""
    by = Actor(kind="worker", at=now)
    return {person.role: _ensure(by, authority, person) for person in PEOPLE}


def _ensure(by: Actor, authority: Authority, person: DemonstrationPerson) -> User:
    user = make_person(by=by, authority=authority, email=person.email, name=person.name)
    EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
    today = authority.today(by.at)
    held = AuthorityRole.objects.in_authority(authority).holding(today)
    if person.authority_role and not held.filter(user=user, role=person.authority_role).exists():
        grant_role(
            by=by,
            authority=authority,
            email=person.email,
            role=person.authority_role,
            starts_on=today,
        )
    return user


@transaction.atomic
def sign_in_links(now: datetime) -> list[tuple[str, str]]:
    """(role in words, path) for each demonstration person; the caller puts the host in front.

    Raises:
        RuleError: where this installation is not a demonstration.

    """
    refuse_outside_demonstration()
    authority = Authority.objects.for_host("")
    if authority is None:
        return []
    users = ensure_demonstration_people(authority, now)
    return [(str(person.label), _path(authority, users[person.role], now)) for person in PEOPLE]


def _path(authority: Authority, user: User, now: datetime) -> str:
    secret = make_link(
        authority=authority,
        purpose=PURPOSE,
        subject_id=user.pk,
        at=now,
        lasts=LINKS_LAST,
        user=user,
    )
    return reverse("accounts:demonstration_sign_in", args=[secret])


def label_of(user: User) -> str:
    """The role that a demonstration person stands for, in words."""
    return next((str(person.label) for person in PEOPLE if person.email == user.email), str(user))


def show_sign_in(secret: str, now: datetime) -> LinkToken:
    """The link as its page shows it.

    Raises:
        RuleError: outside a demonstration, or where the link opens nothing.

    """
    refuse_outside_demonstration()
    return open_link(secret, PURPOSE, now)


def use_sign_in(secret: str, now: datetime) -> User:
    """Use a link up and answer who signs in by it.

    Raises:
        RuleError: outside a demonstration, or where the link opens nothing.

    """
    refuse_outside_demonstration()
    user = use_link(secret, PURPOSE, now).user
    if user is None or user.email not in {person.email for person in PEOPLE}:
        raise RuleError(_("This link is not for a demonstration person."))
    return user
