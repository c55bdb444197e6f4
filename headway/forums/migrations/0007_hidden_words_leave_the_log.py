from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def empty_log(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Take the words of hidden statements out of the log, naming the event that hid them."""
    hidden = apps.get_model("forums", "Statement").objects.filter(state="hidden")
    events = apps.get_model("accounts", "Event").objects
    values = apps.get_model("accounts", "EventValue").objects
    for key in hidden.values_list("pk", flat=True):
        event = events.filter(subject_id=key, verb="statement_hidden").order_by("position").last()
        told = values.filter(event__subject_id=key, erased_by__isnull=True)
        told = told.exclude(visibility="office").exclude(field__in=("because", "choice"))
        if event is not None:
            told.update(old="", new="", erased_by=event)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_mail_out_schedule_unread_notices"),
        ("forums", "0006_drafts_are_closed"),
    ]

    operations = [migrations.RunPython(empty_log, migrations.RunPython.noop)]
