import django.db.models.deletion
import headway.core.operations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0004_mail_out_schedule_unread_notices"),
        ("accounts", "__first__"),
        ("initiatives", "0003_forms_are_carried_out_once"),
    ]

    operations = [
        headway.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="IncomingMail",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("message_id", models.CharField(max_length=250)),
                        ("received_at", models.DateTimeField()),
                        ("sender_digest", models.CharField(blank=True, max_length=64)),
                        (
                            "fate",
                            models.CharField(
                                choices=[
                                    ("done", "done as asked"),
                                    ("asked_back", "answered with a question"),
                                    ("automatic", "automatic reply, left alone"),
                                    ("unknown", "not for a promise we know"),
                                    ("refused", "not from whom it says"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("record_id", models.UUIDField(null=True)),
                        ("finding", models.CharField(blank=True, max_length=250)),
                    ],
                    options={
                        "ordering": ["-received_at"],
                        "indexes": [
                            models.Index(
                                fields=["sender_digest", "received_at"],
                                name="incoming_mail_of_a_sender",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("message_id",), name="incoming_mail_taken_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reading",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("position", models.BigIntegerField(default=0)),
                        (
                            "stream",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.stream",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("mentioned", "you were mentioned"),
                                    ("follows", "you follow this"),
                                    ("author", "you wrote this"),
                                    ("owner", "you look after this"),
                                    ("organisation", "it concerns your organization"),
                                    ("role", "your role looks after this"),
                                    ("voice", "your voice counts"),
                                    ("grew", "it grew out of what you said"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        ("mail_due_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.event",
                            ),
                        ),
                        (
                            "initiative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.initiative",
                            ),
                        ),
                        (
                            "mailed_in",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.outboxmessage",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.member",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["member", "-noted_at"], name="notices_of_a_member"
                            ),
                            models.Index(
                                condition=models.Q(("read_at__isnull", True)),
                                fields=["member"],
                                name="notices_unread",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("mail_due_at__isnull", False), ("mailed_in__isnull", True)
                                ),
                                fields=["member", "mail_due_at"],
                                name="notices_to_mail",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("member", "event"), name="told_once_of_an_event"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Preference",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[
                                    ("immediate", "at once"),
                                    ("daily", "once a day"),
                                    ("weekly", "once a week"),
                                    ("never", "never by mail, only here"),
                                ],
                                default="daily",
                                max_length=20,
                            ),
                        ),
                        (
                            "initiative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.initiative",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "initiative"), name="preference_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
