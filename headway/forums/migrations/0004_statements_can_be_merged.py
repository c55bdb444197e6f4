import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0003_statements_wait_sealed")]

    operations = [
        migrations.RemoveConstraint(
            model_name="moderation",
            name="moderation_that_takes_away_names_its_rule",
        ),
        migrations.AddField(
            model_name="statement",
            name="merged_into",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.statement",
                verbose_name="merged with",
            ),
        ),
        migrations.AlterField(
            model_name="moderation",
            name="decision",
            field=models.CharField(
                choices=[
                    ("published", "published"),
                    ("refused", "not published"),
                    ("hidden", "hidden"),
                    ("restored", "shown again"),
                    ("left", "left as it is"),
                    ("merged", "merged with another one"),
                ],
                max_length=20,
                verbose_name="decision",
            ),
        ),
        migrations.AlterField(
            model_name="statement",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting to be read"),
                    ("published", "published"),
                    ("refused", "not published"),
                    ("hidden", "hidden"),
                    ("replaced", "replaced by a new wording"),
                    ("merged", "merged with another one"),
                ],
                default="waiting",
                max_length=20,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="moderation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision__in", ["refused", "hidden", "merged"]), _negated=True),
                    models.Q(("rule", ""), _negated=True),
                    _connector="OR",
                ),
                name="moderation_that_takes_away_names_its_rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("record")), _negated=True),
                name="statement_is_not_merged_with_itself",
            ),
        ),
    ]
