from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.accounts.models import Authority, AuthorityRole, RetentionClass
from headway.core.marks import Tab
from headway.core.slots import SETTINGS_PLACES
from headway.core.tables import Column, Mark, TablePage, TextLink, table_page

PLACES = (
    ("accounts.settings", "accounts:settings", gettext_lazy("Organization")),
    ("accounts.people", "accounts:people", gettext_lazy("People and roles")),
    ("accounts.retention", "accounts:retention", gettext_lazy("Retention")),
    ("accounts.log", "accounts:log", gettext_lazy("Log")),
)


def settings_tabs(may: frozenset[str], here: str) -> tuple[Tab, ...]:
    """The settings pages that somebody may open."""
    added = ((each.permission, each.url_name, each.label) for each in SETTINGS_PLACES.ask(None))
    return tuple(
        Tab(label, reverse(name), current=name == here)
        for permission, name, label in (*PLACES, *added)
        if permission in may
    )


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """The authority's own facts."""

    tabs: tuple[Tab, ...]
    name: str


def settings_page(authority: Authority, may: frozenset[str]) -> SettingsPage:
    """The first page of the settings."""
    return SettingsPage(settings_tabs(may, "accounts:settings"), authority.name)


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Who holds a role for the whole authority, now and before."""

    tabs: tuple[Tab, ...]
    table: TablePage


PEOPLE_COLUMNS = (
    Column("person", gettext_lazy("Person"), sort="user__name"),
    Column("email", gettext_lazy("Email"), sort="user__email"),
    Column("role", gettext_lazy("Role"), sort="role"),
    Column("state", gettext_lazy("State")),
    Column("starts_on", gettext_lazy("From"), sort="starts_on"),
    Column("ends_on", gettext_lazy("Last day"), sort="ends_on"),
    Column("step", gettext_lazy("Next step")),
)


def _role_state(role: AuthorityRole, today: date) -> tuple[str, str]:
    if role.ended_at is not None:
        return "withdrawn", _("Taken away")
    if role.ends_on is not None and role.ends_on < today:
        return "ended", _("Ended")
    if role.starts_on > today:
        return "planned", _("From %(day)s") % {"day": role.starts_on.isoformat()}
    return "met", _("Holds it")


def _role_row(role: AuthorityRole, today: date) -> dict[str, object]:
    state, word = _role_state(role, today)
    over = state in {"withdrawn", "ended"}
    return {
        "person": role.user.name or role.user.email,
        "email": role.user.email,
        "role": role.get_role_display(),
        "state": Mark(state, word),
        "starts_on": role.starts_on,
        "ends_on": role.ends_on or _("none"),
        "step": "–" if over else _end_link(role),
    }


def _end_link(role: AuthorityRole) -> TextLink:
    words = _("End %(person)s as %(role)s") % {
        "person": role.user,
        "role": role.get_role_display(),
    }
    return TextLink(words, reverse("accounts:end_role", args=[role.pk]))


def people_page(
    *, authority: Authority, today: date, may: frozenset[str], params: QueryDict
) -> PeoplePage:
    """Everybody with a role, those that hold now first."""
    roles = AuthorityRole.objects.in_authority(authority).select_related("user")
    return PeoplePage(
        tabs=settings_tabs(may, "accounts:people"),
        table=table_page(
            roles.order_by("ended_at", "role", "starts_on"),
            PEOPLE_COLUMNS,
            params,
            build=lambda role: _role_row(role, today),
        ),
    )


@dataclass(frozen=True, slots=True)
class RetentionPage:
    """How long each class of records is kept, under which schedule."""

    tabs: tuple[Tab, ...]
    schedule: str
    table: TablePage


RETENTION_COLUMNS = (
    Column("name", gettext_lazy("Class of records"), sort="name"),
    Column("kept", gettext_lazy("Kept"), sort="keep_years"),
    Column("basis", gettext_lazy("Because"), sort="basis"),
)


def kept_words(keep_years: int | None) -> str:
    """How long, in words."""
    if keep_years is None:
        return _("permanently")
    return _("%(years)s years") % {"years": keep_years}


def retention_page(
    *, authority: Authority, may: frozenset[str], params: QueryDict
) -> RetentionPage:
    """The authority's retention schedule."""
    return RetentionPage(
        tabs=settings_tabs(may, "accounts:retention"),
        schedule=authority.retention_schedule,
        table=table_page(
            RetentionClass.objects.in_authority(authority),
            RETENTION_COLUMNS,
            params,
            build=lambda row: {
                "name": TextLink(row.name, reverse("accounts:retention_class", args=[row.pk])),
                "kept": kept_words(row.keep_years),
                "basis": row.basis,
            },
        ),
    )
