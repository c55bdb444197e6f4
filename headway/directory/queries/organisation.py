"""One organisation: what it is, who belongs to it, its seats, its parts, where that is written."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from headway.core.marks import Term
from headway.core.tables import Column, TablePage, TextLink, table_page
from headway.directory.models import Identifier, Membership, Organisation, Post
from headway.directory.queries.common import (
    MergedLine,
    Ref,
    SourceLine,
    Step,
    organisation_ref,
    person_ref,
    said,
    sources_on,
)
from headway.directory.queries.history import HistoryLine, HistoryReader, history_of
from headway.directory.queries.organisations import sector_label
from headway.directory.queries.roles import (
    PERSON,
    RoleLine,
    RolesReader,
    role_line,
    roles_in,
    roles_table,
)


@dataclass(frozen=True, slots=True)
class IdentifierLine:
    """A number that somebody else's register gives it."""

    scheme: str
    identifier: str


@dataclass(frozen=True, slots=True)
class PostLine:
    """A seat and who holds it now."""

    id: str
    label: str
    role: str
    deputy_to: str
    starts: str
    ends: str
    holders: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """An organisation as the API tells it and its page begins."""

    id: str
    name: str
    other_names: tuple[str, ...]
    kind: str
    kind_label: str
    sector: str
    sector_label: str
    parent: Ref | None
    area: str
    founded: str
    dissolved: str
    website: str
    description: str
    identifiers: tuple[IdentifierLine, ...]
    counts_as: Ref | None
    withdrawn: bool
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class OrganisationDetail:
    """An organisation with its people and seats, as the API tells it."""

    organisation: OrganisationFacts
    roles: tuple[RoleLine, ...]
    posts: tuple[PostLine, ...]
    parts: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """Everything on the page of one organisation."""

    facts: OrganisationFacts
    terms: tuple[Term, ...]
    notice: str
    merged: tuple[MergedLine, ...]
    people: TablePage
    posts: TablePage
    parts: TablePage
    history: tuple[HistoryLine, ...]
    shows_values: bool
    steps: tuple[Step, ...]
    may_edit: bool
    may_merge: bool


@dataclass(frozen=True, slots=True)
class OrganisationReader:
    """What somebody may see and do on the page, on which day."""

    today: date
    may_edit: bool
    may_merge: bool
    history: HistoryReader


POST_COLUMNS = (
    Column("label", gettext_lazy("Seat")),
    Column("role", gettext_lazy("What it does")),
    Column("holders", gettext_lazy("Held by")),
    Column("deputy_to", gettext_lazy("Deputy to")),
    Column("ends", gettext_lazy("Until")),
)
PART_COLUMNS = (
    Column("name", gettext_lazy("Organization"), sort="name"),
    Column("kind", gettext_lazy("Kind"), sort="classification"),
)
MOST_LISTED = 500


def organisation_facts(organisation: Organisation, counted: Sequence[UUID]) -> OrganisationFacts:
    """What is recorded about an organisation and those that count as it."""
    live = Identifier.objects.live().filter(organisation__in=counted)
    pairs = dict.fromkeys(live.values_list("scheme", "identifier"))
    parent = organisation.parent
    return OrganisationFacts(
        id=str(organisation.pk),
        name=organisation.name,
        other_names=organisation.all_other_names,
        kind=organisation.classification,
        kind_label=str(Organisation.Kind(organisation.classification).label),
        sector=organisation.sector,
        sector_label=sector_label(organisation.sector),
        parent=organisation_ref(parent.canonical) if parent else None,
        area=organisation.area.name if organisation.area else "",
        founded=said(organisation.founded),
        dissolved=said(organisation.dissolved),
        website=organisation.website,
        description=organisation.description,
        identifiers=tuple(IdentifierLine(*pair) for pair in pairs),
        counts_as=organisation_ref(organisation.merged_into) if organisation.merged_into else None,
        withdrawn=not organisation.live,
        sources=tuple(line for lines in sources_on(counted).values() for line in lines),
    )


def organisation_detail(organisation: Organisation, today: date) -> OrganisationDetail:
    """An organisation for the API; very long lists are cut."""
    counted = [organisation.pk, *(row.pk for row in _merged(organisation))]
    return OrganisationDetail(
        organisation=organisation_facts(organisation, counted),
        roles=tuple(role_line(row, today) for row in roles_in(counted)[:MOST_LISTED]),
        posts=_posts(counted, today),
        parts=tuple(map(organisation_ref, _parts(counted)[:MOST_LISTED])),
    )


def _merged(organisation: Organisation) -> list[Organisation]:
    return list(Organisation.objects.live().filter(merged_into=organisation))


def _parts(counted: Sequence[UUID]) -> "Organisation.OrganisationQuerySet":
    return Organisation.objects.live().canonical().filter(parent__in=counted)


def _posts(counted: Sequence[UUID], today: date) -> tuple[PostLine, ...]:
    posts = Post.objects.live().filter(organisation__in=counted).select_related("deputy_to")
    held = Membership.objects.live().current(today).filter(post__organisation__in=counted)
    holders: dict[UUID | None, list[Ref]] = defaultdict(list)
    for row in held.select_related("person__merged_into")[: 2 * MOST_LISTED]:
        holders[row.post_id].append(person_ref(row.person.canonical))
    return tuple(
        PostLine(
            id=str(post.pk),
            label=post.label,
            role=post.role,
            deputy_to=post.deputy_to.label if post.deputy_to else "",
            starts=said(post.starts),
            ends=said(post.ends),
            holders=tuple(holders[post.pk]),
        )
        for post in posts[:MOST_LISTED]
    )


def organisation_page(
    organisation: Organisation, params: QueryDict, reader: OrganisationReader
) -> OrganisationPage:
    """The page of one organisation; what was merged into it shows in its name."""
    merged = _merged(organisation)
    counted = [organisation.pk, *(row.pk for row in merged)]
    facts = organisation_facts(organisation, counted)
    posts = _posts(counted, reader.today)
    roles = roles_in(counted)
    members = list(roles.values_list("pk", flat=True)[:MOST_LISTED])
    subjects = [*counted, *members, *(UUID(post.id) for post in posts)]
    open_row = organisation.live and organisation.merged_into is None
    may_edit = reader.may_edit and open_row
    return OrganisationPage(
        facts=facts,
        terms=_terms(facts),
        notice=_notice(organisation),
        merged=tuple(_merged_line(row) for row in merged),
        people=roles_table(roles, PERSON, params, RolesReader(reader.today, may_edit)),
        posts=_posts_table(posts, params, may_edit=may_edit),
        parts=table_page(_parts(counted), PART_COLUMNS, params, build=_part, name="parts", size=25),
        history=history_of(organisation.authority, subjects, reader.history),
        shows_values=reader.history.values,
        steps=_steps(organisation, reader),
        may_edit=may_edit,
        may_merge=reader.may_merge,
    )


def _part(row: Organisation) -> dict[str, object]:
    ref = organisation_ref(row)
    return {
        "name": TextLink(ref.name, ref.href),
        "kind": Organisation.Kind(row.classification).label,
    }


def _posts_table(posts: tuple[PostLine, ...], params: QueryDict, *, may_edit: bool) -> TablePage:
    def cells(post: PostLine) -> dict[str, object]:
        href = reverse("directory:post", args=[post.id])
        return {
            "label": TextLink(post.label, href) if may_edit else post.label,
            "role": post.role,
            "holders": ", ".join(one.name for one in post.holders),
            "deputy_to": post.deputy_to or "–",
            "ends": post.ends or "–",
        }

    return table_page(posts, POST_COLUMNS, params, build=cells, name="posts", size=25)


def _terms(facts: OrganisationFacts) -> tuple[Term, ...]:
    parent = facts.parent
    known = [
        Term(_("Kind"), facts.kind_label),
        Term(_("Also called"), ", ".join(facts.other_names)),
        Term(_("Part of"), parent.name if parent else "", parent.href if parent else ""),
        Term(_("Area"), facts.area),
        Term(_("Founded"), facts.founded),
        Term(_("Ended"), facts.dissolved),
        Term(_("Website"), facts.website, facts.website),
        Term(
            _("Identifiers"),
            ", ".join(f"{line.scheme}: {line.identifier}" for line in facts.identifiers),
        ),
    ]
    # A sector that is known stands above, with its mark; one that is not is worth saying.
    unsaid = () if facts.sector else (Term(_("Sector"), ""),)
    return (*unsaid, *(term for term in known if term.value))


def _notice(organisation: Organisation) -> str:
    if organisation.merged_into is not None:
        return _("This organization counts as %(name)s.") % {"name": organisation.merged_into.name}
    if organisation.withdrawn_at is not None:
        day = date_format(organisation.withdrawn_at, "DATE_FORMAT")
        because = organisation.withdrawn_because
        return _("Withdrawn on %(day)s: %(because)s") % {"day": day, "because": because}
    return ""


def _merged_line(row: Organisation) -> MergedLine:
    return MergedLine(organisation_ref(row), reverse("directory:unmerge", args=[row.pk]))


def _steps(organisation: Organisation, reader: OrganisationReader) -> tuple[Step, ...]:
    """What a registrar may do, by the state of the row."""
    if organisation.merged_into is not None:
        names = [("unmerge", _("Undo the merge"))] if reader.may_merge else []
    elif not organisation.live:
        names = [("restore", _("Restore"))] if reader.may_edit else []
    else:
        names = [("edit", _("Edit"))] if reader.may_edit else []
        names += [("merge", _("Merge with another"))] if reader.may_merge else []
        names += [("withdraw", _("Withdraw"))] if reader.may_edit else []
    return tuple(
        Step(label, reverse(f"directory:{name}", args=[organisation.pk])) for name, label in names
    )
