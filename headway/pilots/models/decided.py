from django.db import models
from django.utils.translation import gettext_lazy as _

from headway.directory.models import Organisation, Post
from headway.initiatives.models import StageModel


class Result(models.TextChoices):
    """What a test or a pilot came to, in an honest word."""

    WORKED = "worked", _("worked")
    DID_NOT = "did_not", _("did not work")
    INCONCLUSIVE = "inconclusive", _("inconclusive")
    NOT_FINISHED = "not_finished", _("not finished")


class Decision(models.TextChoices):
    """What is done with what was tried."""

    ADOPT = "adopt", _("adopt it")
    ADAPT = "adapt", _("adapt it")
    ABANDON = "abandon", _("abandon it")


class Tried(StageModel):
    """Base of what is tried out: how it came out, and what was decided of it."""

    result = models.CharField(_("how it came out"), max_length=20, choices=Result, blank=True)
    saw = models.TextField(_("what we saw"), max_length=5_000, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    decision = models.CharField(_("what we do now"), max_length=20, choices=Decision, blank=True)
    because = models.TextField(_("why"), max_length=5_000, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Organisation,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organization that decided"),
    )
    decided_post = models.ForeignKey(
        Post,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("seat that decided"),
    )

    class Meta:
        abstract = True
