from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.utils import is_mfa_enabled
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.access import Cell, permission_table, permission_words
from headway.accounts.models import ApiToken, Authority, User
from headway.core.errors import Message
from headway.core.marks import Term
from headway.core.slots import ACCOUNT_WAYS, AccountWay
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page

NEVER_BY_TOKEN = frozenset({"accounts.own_tokens", "accounts.people", "accounts.mail_folder"})
AREAS: dict[str, Message] = {
    "accounts": gettext_lazy("Your account, settings and people"),
    "directory": gettext_lazy("Directory"),
    "exchange": gettext_lazy("Records office"),
    "initiatives": gettext_lazy("Initiatives and what happened"),
    "partners": gettext_lazy("Partners and contacts"),
    "problems": gettext_lazy("Problem and facts"),
    "site": gettext_lazy("Overview pages"),
}
JOINED_SCOPES = ("initiative", "forum", "circle", "own_organisation")


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another page, with a sentence on what is there."""

    label: str
    href: str
    about: str


@dataclass(frozen=True, slots=True)
class AccountPage:
    """A person's own account."""

    person: str
    terms: tuple[Term, ...]
    ways: tuple[Way, ...]
    own_data: tuple[AccountWay, ...]
    settings: tuple[Way, ...]


def _ways() -> tuple[Way, ...]:
    return (
        Way(
            _("Second factor and passkeys"),
            reverse("mfa_index"),
            _("An authenticator app, a security key, recovery codes."),
        ),
        Way(
            _("Password"),
            reverse("account_change_password"),
            _("Not needed: you can always sign in with a code sent by mail."),
        ),
        Way(
            _("Email addresses"),
            reverse("account_email"),
            _("Where codes and notices go."),
        ),
        Way(
            _("Where you are signed in"),
            reverse("usersessions_list"),
            _("See every browser and sign the others out."),
        ),
        Way(
            _("Tokens for programs"),
            reverse("accounts:tokens"),
            _("Let a script or a spreadsheet read and write for you."),
        ),
    )


def _settings_ways(may: frozenset[str]) -> tuple[Way, ...]:
    offered = (
        ("accounts.settings", Way(_("Settings"), reverse("accounts:settings"), "")),
        ("accounts.people", Way(_("People and roles"), reverse("accounts:people"), "")),
        ("accounts.retention", Way(_("Retention"), reverse("accounts:retention"), "")),
        ("accounts.log", Way(_("Log"), reverse("accounts:log"), "")),
    )
    return tuple(way for permission, way in offered if permission in may)


def account_page(user: User, may: frozenset[str]) -> AccountPage:
    """The page of a person's own account."""
    on = _("On") if is_mfa_enabled(user) else _("Off")
    return AccountPage(
        person=str(user),
        terms=(
            Term(_("Email"), user.email),
            Term(_("Second factor"), on),
            Term(_("Account since"), user.joined_at.date()),
        ),
        ways=_ways(),
        own_data=ACCOUNT_WAYS.ask(None),
        settings=_settings_ways(may),
    )


def offered_scopes(cells: frozenset[Cell]) -> list[str]:
    """The permissions a person could hold: by roles held now, or by a role in an initiative."""

    def could_hold(granted: frozenset[Cell]) -> bool:
        return bool(granted & cells) or any(
            cell.partition("@")[2] in JOINED_SCOPES for cell in granted
        )

    return sorted(
        permission
        for permission, granted in permission_table().items()
        if permission not in NEVER_BY_TOKEN and could_hold(granted)
    )


def scope_choices(cells: frozenset[Cell]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a token may be allowed, in groups, for a form."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for permission in offered_scopes(cells):
        area = AREAS.get(permission.partition(".")[0])
        groups.setdefault(str(area or permission.partition(".")[0].capitalize()), []).append(
            (permission, permission_words(permission))
        )
    return list(groups.items())


@dataclass(frozen=True, slots=True)
class TokensPage:
    """A person's tokens; `secret` only right after one was made."""

    table: TablePage
    secret: str = ""
    made: str = ""


TOKEN_COLUMNS = (
    Column("name", gettext_lazy("Name"), sort="name"),
    Column("starts_with", gettext_lazy("Starts with")),
    Column("scopes", gettext_lazy("May")),
    Column("state", gettext_lazy("State")),
    Column("expires", gettext_lazy("Until"), sort="expires_at"),
    Column("used", gettext_lazy("Last used"), sort="last_used_on"),
    Column("step", gettext_lazy("Next step")),
)


def _token_state(token: ApiToken, now: datetime) -> tuple[str, Message]:
    if token.revoked_at is not None:
        return "withdrawn", _("Revoked")
    if token.expires_at <= now:
        return "ended", _("Run out")
    return "met", _("Usable")


def _token_row(token: ApiToken, now: datetime) -> dict[str, object]:
    state, word = _token_state(token, now)
    href = reverse("accounts:revoke_token", args=[token.pk])
    return {
        "name": token.name,
        "starts_with": f"{token.prefix}…",
        "scopes": "; ".join(map(permission_words, token.scopes)),
        "state": Mark(state, word),
        "expires": token.expires_at,
        "used": token.last_used_on or _("never"),
        "step": TextLink(_("Revoke %(name)s") % {"name": token.name}, href)
        if state == "met"
        else "–",
    }


def tokens_page(
    *,
    user: User,
    authority: Authority,
    now: datetime,
    params: QueryDict,
    secret: str = "",
    made: str = "",
) -> TokensPage:
    """A person's tokens, newest first."""
    tokens = ApiToken.objects.in_authority(authority).filter(user=user)
    return TokensPage(
        table=table_page(tokens, TOKEN_COLUMNS, params, build=lambda token: _token_row(token, now)),
        secret=secret,
        made=made,
    )
