from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from headway.core.models import CheckedModel, CheckedQuerySet
from headway.directory.models import Organisation
from headway.initiatives.models import StageModel, StageQuerySet


class ContactQuerySet(StageQuerySet["Contact"]):
    """Contacts by what is still to be done."""

    def waiting(self) -> Self:
        """Contacts with a next step that nobody has marked as done."""
        return self.exclude(next_step="").filter(next_step_done_on__isnull=True)

    def overdue(self, today: date) -> Self:
        """Contacts whose next step should have been done before today."""
        return self.waiting().filter(next_step_by__lt=today)


class Contact(StageModel):
    """One meeting, call, note or visit with partners, and what follows from it."""

    RECORD_KIND = "contact"
    TEXTS = ("text",)

    class Kind(models.TextChoices):
        MEETING = "meeting", _("meeting")
        CALL = "call", _("call")
        NOTE = "note", _("note")
        VISIT = "visit", _("visit")

    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField(max_length=5_000)
    next_step = models.CharField(max_length=250, blank=True)
    next_step_by = models.DateField(null=True, blank=True)
    next_step_done_on = models.DateField(null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(next_step_by__isnull=True) | ~Q(next_step=""),
                name="contact_with_a_due_date_says_what_is_due",
            ),
            models.CheckConstraint(
                condition=Q(next_step_done_on__isnull=True) | ~Q(next_step=""),
                name="contact_with_nothing_to_do_is_not_done",
            ),
        ]

    def late(self, today: date) -> bool:
        """Whether its next step should have been done before a day."""
        waiting = bool(self.next_step) and self.next_step_done_on is None
        return waiting and self.next_step_by is not None and self.next_step_by < today


class ContactOrganisation(CheckedModel):
    """That a contact was with an organisation."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="organisations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    objects = CheckedQuerySet["ContactOrganisation"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "organisation"], name="contact_names_an_organisation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.contact}"
