"""Who takes part, who steps in, how they work, and where files and offers are."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.arenas.models import Seat
from headway.core.dates import weekday_words
from headway.core.numbers import number_words
from headway.diagnosis.queries.leadership import LeadershipPage
from headway.directory.models import Membership, Post
from headway.initiatives.models import File, Mandate, Member, RoleGrant
from headway.partners.models import Offer, Partner, WorkingAgreement
from headway.site.queries.handover.told import Line, Place, Section, joined

AHEAD = timedelta(days=90)


def members_of(place: Place) -> list[Member]:
    """Who takes part, each with roles and mandates that hold. Three queries."""
    today = place.reader.today
    roles = RoleGrant.objects.standing(today)
    mandates = Mandate.objects.standing(today).select_related("organisation__merged_into")
    found = Member.objects.in_initiative(place.initiative).filter(left_at=None)
    return list(
        found.select_related("organisation__merged_into", "user")
        .prefetch_related(Prefetch("roles", queryset=roles))
        .prefetch_related(Prefetch("mandates", queryset=mandates))
    )


def roles(place: Place, members: Iterable[Member]) -> Section:
    """Members with the roles they hold, and until when."""
    lines = [
        Line(
            what=member.name,
            href=reverse("initiatives:member", args=[place.reader.slug, member.pk]),
            who=member.organisation.canonical.name if member.organisation else "",
            when=_until(grant),
            state=str(grant.get_role_display()),
            day=grant.ends_on,
        )
        for member in members
        for grant in member.roles.all()
    ]
    return Section(
        "roles",
        _("Members and their roles"),
        _("A role that ends without a successor leaves its rights to nobody."),
        _("Nobody holds a role."),
        tuple(lines),
    )


def mandates(place: Place, members: Iterable[Member]) -> Section:
    """Who may speak for which organisation, in what, and who said so."""
    lines = [
        Line(
            what=_("%(member)s may speak for %(organization)s")
            % {"member": member.name, "organization": mandate.organisation.canonical.name},
            href=reverse("initiatives:member", args=[place.reader.slug, member.pk]),
            who=_("given by %s") % mandate.given_by,
            when=_until(mandate),
            state=str(mandate.get_scope_display()),
            day=mandate.ends_on,
        )
        for member in members
        for mandate in member.mandates.all()
    ]
    return Section(
        "mandates", _("Mandates"), "", _("Nobody was given a mandate here."), tuple(lines)
    )


def _until(term: RoleGrant | Mandate) -> str:
    if term.ends_on is None:
        return _("until further notice")
    return _("until %s") % weekday_words(term.ends_on)


def deputies(place: Place) -> Section:
    """The posts that answer for something here, who holds them and who steps in. Two queries."""
    partners = Partner.of_initiative(place.initiative).values("organisation")
    ours = Q(organisation__in=partners.order_by()) | Q(organisation=place.initiative.owner_id)
    seats = Seat.objects.filter(arena__record__initiative=place.initiative, ended_at=None)
    posts = Post.objects.in_authority(place.initiative.authority).live().filter(ours)
    terms = Membership.objects.live().filter(post__in=posts.values("pk"))
    today = place.reader.today
    holding = terms.filter(Q(ends_to=None) | Q(ends_to__gte=today)).select_related(
        "person__merged_into"
    )
    held: dict[object, list[str]] = {}
    for term in holding:
        held.setdefault(term.post_id, []).append(term.person.canonical.name)
    rows = list(
        posts.exclude(pk__in=seats.values("post"))
        .select_related("organisation__merged_into", "deputy_to")
        .order_by("organisation__name", "label", "pk")
    )
    steps_in = {row.deputy_to_id: row for row in rows if row.deputy_to_id}
    return Section(
        "deputies",
        _("Posts of the partners, and who steps in"),
        "",
        _("The directory names no post of a partner."),
        tuple(_post(row, steps_in.get(row.pk), held) for row in rows if row.deputy_to_id is None),
    )


def _post(row: Post, deputy: Post | None, held: dict[object, list[str]]) -> Line:
    stands_in = _("No deputy is named.")
    if deputy is not None:
        named = joined([deputy.label, *held.get(deputy.pk, ())])
        stands_in = _("Deputy: %s") % named
    return Line(
        what=row.label,
        who=joined([row.organisation.canonical.name, *held.get(row.pk, ())]),
        state=stands_in,
    )


def terms_ending(place: Place) -> Iterator[Line]:
    """Terms on decision bodies that end soon. One query."""
    today = place.reader.today
    seats = Seat.objects.filter(
        arena__record__initiative=place.initiative,
        arena__record__visibility__in=place.reader.readers,
        arena__record__withdrawn_at=None,
        ended_at=None,
    )
    terms = Membership.objects.live().filter(
        post__in=seats.values("post"), ends_to__gte=today, ends_to__lte=today + AHEAD
    )
    for term in terms.select_related("person__merged_into", "post__organisation"):
        who, post = term.person.canonical.name, term.post
        yield Line(
            what=_("The term of %s ends") % who,
            href=reverse("arenas:home", args=[place.reader.slug]),
            who=joined([post.organisation.name, post.label]) if post else "",
            when=weekday_words(term.ends_to),
            state=_("Term on a decision body"),
            day=term.ends_to,
        )


def agreement(place: Place) -> Section:
    """How we work, as it was written down last. One query."""
    found = place.rows(WorkingAgreement.objects.all()).order_by("-record__recorded_at").first()
    lines = []
    for name, heading in WorkingAgreement.HEADINGS.items() if found else ():
        text = str(getattr(found, name))
        if found and text:
            paragraphs = tuple(part for part in text.split("\n") if part.strip())
            lines.append(Line(str(heading), place.href(found.record), more=paragraphs))
    return Section(
        "how_we_work",
        _("How we work"),
        "",
        _("Nobody wrote down how we work."),
        tuple(lines),
    )


def files(place: Place) -> Section:
    """Where files are: contracts, agreements and papers, each beside its record. One query."""
    found = File.objects.filter(
        record__initiative=place.initiative,
        record__visibility__in=place.reader.readers,
        record__withdrawn_at=None,
        withdrawn_at=None,
    )
    return Section(
        "files",
        _("Files and contracts"),
        _("Each file stands beside a record; the record says what it belongs to."),
        _("No file is kept here. Ask where contracts and data agreements lie."),
        tuple(
            Line(
                what=row.name,
                href=place.href(row.record),
                who=row.record.title,
                when=weekday_words(place.initiative.today(row.uploaded_at)),
                state=row.media_type,
            )
            for row in found.select_related("record").order_by("name", "pk")
        ),
    )


def offers(place: Place) -> Section:
    """What partners give, until when and tied to what. One query."""
    found = place.rows(Offer.objects.standing().running(place.reader.today))
    return Section(
        "offers",
        _("What partners give"),
        "",
        _("No offer is recorded."),
        tuple(
            Line(
                what=row.record.title,
                href=place.href(row.record),
                who=row.partner.organisation.canonical.name,
                when=_("until %s") % weekday_words(row.until) if row.until else "",
                state=joined([_amount(row), _tied(row)]),
                day=row.until,
            )
            for row in found.select_related("partner__organisation__merged_into")
        ),
    )


def _amount(row: Offer) -> str:
    return f"{number_words(row.amount)} {row.unit}" if row.amount is not None else ""


def _tied(row: Offer) -> str:
    return _("tied to %s") % row.tied_to if row.tied_to else ""


def single_holders(led: LeadershipPage) -> Section:
    """What depends on one organisation or role only."""
    return Section(
        "single_holders",
        _("What depends on one"),
        _("What would lose its only holder. It reads organizations and roles, not people."),
        _("Nothing depends on one holder, as far as it is recorded."),
        tuple(Line(each.name, each.href, state=each.words) for each in led.depends),
    )
