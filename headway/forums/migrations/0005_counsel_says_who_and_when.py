from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0004_statements_can_be_merged")]

    operations = [
        migrations.AddField(
            model_name="forum",
            name="counsel_name",
            field=models.CharField(
                blank=True, max_length=250, verbose_name="who of counsel said so"
            ),
        ),
        migrations.AddField(
            model_name="forum",
            name="counsel_on",
            field=models.DateField(blank=True, null=True, verbose_name="when counsel said so"),
        ),
        migrations.AddField(
            model_name="forum",
            name="counsel_source",
            field=models.CharField(
                blank=True, max_length=500, verbose_name="where counsel said so"
            ),
        ),
        migrations.AddConstraint(
            model_name="forum",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("counsel_name", ""), ("counsel_on__isnull", True), ("counsel_source", "")
                    ),
                    models.Q(
                        models.Q(("counsel_name", ""), _negated=True),
                        ("counsel_on__isnull", False),
                        models.Q(("counsel_source", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="word_of_counsel_says_who_when_and_where",
            ),
        ),
    ]
