from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_mail_out_schedule_unread_notices")]

    operations = [
        migrations.RemoveConstraint(model_name="authorityrole", name="authority_role_held_once"),
        migrations.RemoveConstraint(
            model_name="authorityrole", name="authority_role_does_not_end_before_it_starts"
        ),
        migrations.RenameField(
            model_name="authorityrole", old_name="withdrawn_at", new_name="ended_at"
        ),
        migrations.AddConstraint(
            model_name="authorityrole",
            constraint=models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="authorityrole_does_not_end_before_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorityrole",
            constraint=models.UniqueConstraint(
                fields=["authority", "user", "role"],
                condition=Q(ends_on__isnull=True, ended_at__isnull=True),
                name="authority_role_held_once",
            ),
        ),
    ]
