from django.db import migrations

from headway.initiatives.search_index import create_index


def make(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        create_index(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0004_texts_are_searched")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
