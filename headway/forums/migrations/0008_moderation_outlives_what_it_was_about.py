from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0007_hidden_words_leave_the_log"),
        ("initiatives", "0004_texts_are_searched"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="moderation",
            name="moderation_is_about_one_thing",
        ),
        migrations.AddConstraint(
            model_name="moderation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("comment__isnull", True), ("statement__isnull", True), _connector="OR"
                ),
                name="moderation_is_about_one_thing",
            ),
        ),
    ]
