from django.db import models
from django.utils.translation import gettext_lazy as _

from headway.core.errors import Message
from headway.initiatives.models import StageModel, StageQuerySet


class WorkingAgreementQuerySet(StageQuerySet["WorkingAgreement"]):
    """How we work, asked through its record."""


class WorkingAgreement(StageModel):
    """How the partners work together, on one page with every version kept."""

    RECORD_KIND = "agreement"
    TEXTS = ("decisions", "roles", "sharing", "disagreements")
    HEADINGS: dict[str, Message] = {
        "decisions": _("How we decide"),
        "roles": _("Who does what, and who steps in"),
        "sharing": _("What we share with each other, and what we do not"),
        "disagreements": _("What we do when we disagree"),
    }

    decisions = models.TextField(max_length=20_000, blank=True)
    roles = models.TextField(max_length=20_000, blank=True)
    sharing = models.TextField(max_length=20_000, blank=True)
    disagreements = models.TextField(max_length=20_000, blank=True)

    objects = WorkingAgreementQuerySet.as_manager()
