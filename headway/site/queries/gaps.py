"""What was decided and has nobody's promise behind it: the gap that the product exists to show."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from headway.arenas.models import Ask, BodyDecision
from headway.commitments.models import Commitment
from headway.initiatives.models import Initiative, Link, Record
from headway.initiatives.provenance import HERE
from headway.initiatives.reader import Reader
from headway.solutions.models import Outcome

DECIDED = (BodyDecision.Result.ADOPTED, BodyDecision.Result.CHANGED)


def _followed_by(*kinds: str) -> Exists:
    """Whether a standing record of one of these kinds came from a record."""
    links = Link.objects.filter(
        target=OuterRef("pk"),
        withdrawn_at__isnull=True,
        origin__withdrawn_at__isnull=True,
        origin__kind__in=kinds,
    )
    return Exists(links)


def without_a_promise(initiative: Initiative, reader: Reader) -> QuerySet[Record]:
    """Decisions that were taken here, by us or by a body, and that nobody promised to carry out.

    A decision of ours that became a request waits for the body first.
    """
    ours = Outcome.objects.in_initiative(initiative).exclude(
        decision__in=[Outcome.Decision.NOT_ADOPTED, Outcome.Decision.SET_ASIDE]
    )
    asked = Ask.objects.filter(solution=OuterRef("solution"), record__withdrawn_at__isnull=True)
    ours = ours.exclude(Q(solution__isnull=False) & Exists(asked))
    theirs = BodyDecision.objects.in_initiative(initiative).filter(result__in=DECIDED)
    found = Record.objects.in_initiative(initiative).live().visible_to(reader.readers)
    decided = found.filter(Q(pk__in=ours.values("pk")) | Q(pk__in=theirs.values("pk")))
    return (
        decided.filter(provenance=HERE.kind)
        .exclude(_followed_by(Commitment.RECORD_KIND, Ask.RECORD_KIND))
        .order_by("recorded_at", "pk")
    )
