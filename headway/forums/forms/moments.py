"""An instant as people type it: a day and a time where the initiative is."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from headway_analysis.partial_date import EARLIEST, LATEST

LEFT_OUT = _("That night the clocks skip this time. Enter one after it, like 03:00.")
FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%m/%d/%Y %H:%M", "%Y-%m-%dT%H:%M:%S"]


class MomentField(forms.DateTimeField):
    """A day and a time, told by the clock of the initiative; `begin` says which."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format=FORMATS[0], attrs={"type": "datetime-local"})
        kwargs.setdefault("widget", widget)
        kwargs.setdefault("input_formats", FORMATS)
        super().__init__(**kwargs)
        self.zone = ZoneInfo("UTC")

    def begin(self, zone: str) -> None:
        """Say by which clock the time is meant."""
        self.zone = ZoneInfo(zone)
        self.help_text = self.help_text or _("By the clock of %(zone)s, like 2026-03-27 14:30.") % {
            "zone": zone.replace("_", " ")
        }

    def to_python(self, value: Any) -> datetime | None:
        """The instant, within years that every calculation with it can bear."""
        # What was typed is the initiative's clock, whatever the clock of this process is.
        with timezone.override(UTC):
            typed = super().to_python(value)
        if typed is None:
            return None
        there = typed.replace(tzinfo=self.zone)
        if not EARLIEST <= there.year <= LATEST:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        instant = there.astimezone(UTC)
        if instant.astimezone(self.zone).replace(tzinfo=None) != there.replace(tzinfo=None):
            raise ValidationError(LEFT_OUT, code="left_out")
        return instant

    def prepare_value(self, value: Any) -> Any:
        """The instant as that clock shows it, or the words as they were typed."""
        if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(self.zone).replace(tzinfo=None)
        return value


class ClockForm(forms.Form):
    """A form with moments; `zone` says by which clock they are typed."""

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, MomentField):
                field.begin(zone)
