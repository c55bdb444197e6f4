from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.directory.models import Organisation, Post
from headway.initiatives.models import StageQuerySet
from headway.pilots.models.decided import Tried
from headway.solutions.models import Solution


class SmallTest(Tried):
    """What somebody with the authority to do so tries, expects, and when they look.

    It has to be lawful, cheap and reversible; whatever is not is a pilot. The record's title is
    the first words of what is tried.
    """

    RECORD_KIND = "small_test"
    TEXTS = ("tries", "expects", "saw")

    class State(models.TextChoices):
        RUNNING = "running", _("under way")
        ENDED = "ended", _("ended, to be decided")
        DECIDED = "decided", _("decided")

    class Authority(models.TextChoices):
        OWN = "own", _("within our authority")
        ALLOWED = "allowed", _("allowed by who has the authority")

    tries = models.TextField(_("what we try"), max_length=5_000)
    expects = models.TextField(_("what we expect"), max_length=5_000)
    look_on = models.DateField(_("when we look"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RUNNING)
    owner = models.ForeignKey(
        Organisation,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("who tries it"),
    )
    owner_post = models.ForeignKey(
        Post,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("seat that answers for it"),
    )
    authority_stated = models.CharField(
        _("under whose authority"), max_length=20, choices=Authority, blank=True
    )
    solution = models.ForeignKey(
        Solution,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("idea or recommendation it tests"),
    )

    objects = StageQuerySet["SmallTest"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(tries=""), name="small_test_says_what_is_tried"),
            models.CheckConstraint(
                condition=~Q(state="decided") | ~Q(decision=""),
                name="decided_small_test_names_the_decision",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | ~Q(result=""),
                name="small_test_is_decided_on_a_result",
            ),
        ]
        indexes = [models.Index(fields=["state", "look_on"], name="small_tests_to_look_at")]

    @property
    def ends_on(self) -> date | None:
        """The day on which it is looked at."""
        return self.look_on
