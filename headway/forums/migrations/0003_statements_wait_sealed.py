import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0002_unpublished_statements_are_closed")]

    operations = [
        migrations.CreateModel(
            name="SealedStatement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                ("sealed", models.BinaryField(max_length=10000)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StatementTurn",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.RemoveField(
            model_name="participant",
            name="statements_made",
        ),
        migrations.AddField(
            model_name="sealedstatement",
            name="conversation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.conversation",
            ),
        ),
        migrations.AddField(
            model_name="statementturn",
            name="conversation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.conversation",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementturn",
            constraint=models.UniqueConstraint(
                fields=("conversation", "digest"), name="statement_turn_once"
            ),
        ),
    ]
