from django.utils.translation import gettext as _

from headway.initiatives.models import Initiative
from headway.problems.models import AffectedGroup, Baseline


def missing_start(initiative: Initiative) -> str:
    """What has to be recorded before a way to see the problem is adopted; nothing where all is."""
    if not AffectedGroup.objects.in_initiative(initiative).live().exists():
        return _("Record who is affected first, like “people who sleep outside, about 400”.")
    if not Baseline.objects.in_initiative(initiative).live().exists():
        return _(
            "Record one measure with its starting point first, like “people without a home on"
            " one night: 2,800 in 2006”. Later nobody could tell whether it moved."
        )
    return ""
