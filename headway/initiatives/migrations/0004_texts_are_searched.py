import django.db.models.deletion
from django.db import migrations, models

from headway.initiatives.search_index import create_index, drop_index


def make(_apps, schema_editor):
    create_index(schema_editor.connection)


def unmake(_apps, schema_editor):
    drop_index(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0003_forms_are_carried_out_once")]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("field", models.CharField(blank=True, max_length=60)),
                ("text", models.TextField(blank=True, max_length=50000)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="initiatives.record",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("record", "field"), name="searched_text_once")
                ],
            },
        ),
        migrations.RunPython(make, unmake),
    ]
