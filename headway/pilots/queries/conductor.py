"""Whether who leads a review had a part in what it is about."""

from django.db.models import Q
from django.utils.translation import gettext as _

from headway.directory.models import Organisation
from headway.initiatives.models import Member
from headway.pilots.models import Pilot, Review, SmallTest


def involved_notice(review: Review) -> str:
    """That who leads the conversation had a part in what is reviewed; empty where not."""
    member = review.conductor
    if member is None or not _was_involved(review, member):
        return ""
    return _(
        "Who leads this review had a part in what it is about. Where possible, let somebody lead "
        "it who had none."
    )


def _was_involved(review: Review, member: Member) -> bool:
    about = review.about
    if member.pk in {about.author_id, about.owner_id}:
        return True
    return member.organisation_id is not None and member.organisation_id in _doers(review)


def _doers(review: Review) -> set[object]:
    """The organisations that carried out what is reviewed. One query."""
    carried_out = Q(pk=review.about.organisation_id)
    for model in (Pilot, SmallTest):
        if review.about.kind == model.RECORD_KIND:
            carried_out |= Q(pk__in=model.objects.filter(pk=review.about_id).values("owner"))
    rows = Organisation.objects.filter(carried_out).select_related("merged_into")
    return {each.pk for row in rows for each in (row, row.canonical)}
