from django.db import migrations

from headway.accounts.triggers import create_triggers, drop_triggers


def guard(_apps, schema_editor):
    create_triggers(schema_editor.connection)


def unguard(_apps, schema_editor):
    drop_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_accounts_tables")]

    operations = [migrations.RunPython(guard, unguard)]
