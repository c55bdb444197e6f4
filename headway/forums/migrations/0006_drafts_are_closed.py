from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def close_drafts(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Let only those who lead read a conversation, with its statements, before it is opened."""
    drafts = apps.get_model("forums", "Conversation").objects.filter(state="draft").values("pk")
    statements = apps.get_model("forums", "Statement").objects.filter(conversation__in=drafts)
    records = apps.get_model("initiatives", "Record").objects
    records.filter(pk__in=drafts).update(visibility="office")
    records.filter(pk__in=statements.values("pk")).update(visibility="office")


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0005_counsel_says_who_and_when"),
        ("initiatives", "0003_forms_are_carried_out_once"),
    ]

    operations = [migrations.RunPython(close_drafts, migrations.RunPython.noop)]
