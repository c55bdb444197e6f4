import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0002_records_count_revisions"),
    ]

    operations = [
        migrations.CreateModel(
            name="SentForm",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("mark", models.CharField(max_length=64, unique=True)),
                ("address", models.CharField(blank=True, max_length=1000)),
                ("sent_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
