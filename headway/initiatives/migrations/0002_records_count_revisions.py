from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0001_initiatives_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="record",
            name="revision",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
