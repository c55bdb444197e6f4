from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def close(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Let nobody but those who decide about it read what is not published."""
    statements = apps.get_model("forums", "Statement").objects
    unpublished = statements.filter(state__in=["waiting", "refused", "hidden"])
    records = apps.get_model("initiatives", "Record").objects
    records.filter(pk__in=unpublished.values("pk")).update(visibility="office")


class Migration(migrations.Migration):
    dependencies = [("forums", "0001_forums_tables")]

    operations = [migrations.RunPython(close, migrations.RunPython.noop)]
