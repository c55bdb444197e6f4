import django.db.models.deletion
import django.db.models.functions.text
import headway.core.operations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        headway.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="User",
                    fields=[
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("email", models.EmailField(max_length=250)),
                        ("name", models.CharField(blank=True, max_length=250)),
                        ("language", models.CharField(blank=True, max_length=12)),
                        ("is_active", models.BooleanField(default=True)),
                        ("joined_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                name="user_has_an_email_of_their_own",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Authority",
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
                        ("name", models.CharField(max_length=250)),
                        ("host_name", models.CharField(blank=True, max_length=250)),
                        ("zone", models.CharField(default="America/Chicago", max_length=60)),
                        ("language", models.CharField(default="en", max_length=12)),
                        ("retention_schedule", models.CharField(blank=True, max_length=250)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("host_name",), name="authority_has_a_host_of_its_own"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Job",
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
                        ("title", models.CharField(max_length=250)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting to start"),
                                    ("running", "under way"),
                                    ("done", "done"),
                                    ("failed", "stopped before the end"),
                                ],
                                default="waiting",
                                max_length=20,
                            ),
                        ),
                        ("done", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(default=0)),
                        ("finding", models.TextField(blank=True, max_length=5000)),
                        ("problems", models.JSONField(default=list)),
                        ("result_url", models.CharField(blank=True, max_length=250)),
                        ("asked_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.authority",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Stream",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("initiative", "initiative"),
                                    ("directory", "directory"),
                                    ("accounts", "people and settings"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("last_position", models.BigIntegerField(default=0)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.authority",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "initiative"), _negated=True),
                                fields=("authority", "kind"),
                                name="stream_of_the_authority_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
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
                        ("position", models.BigIntegerField()),
                        ("recorded_at", models.DateTimeField()),
                        ("verb", models.CharField(max_length=60)),
                        ("subject_kind", models.CharField(max_length=60)),
                        ("subject_id", models.UUIDField()),
                        ("actor_kind", models.CharField(max_length=20)),
                        ("member_id", models.UUIDField(null=True)),
                        ("organisation_id", models.UUIDField(null=True)),
                        ("credential", models.CharField(blank=True, max_length=60)),
                        ("field_names", models.JSONField(default=list)),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("public", "anyone"),
                                    ("members", "members of the initiative"),
                                    ("office", "the people who run this installation"),
                                ],
                                default="members",
                                max_length=20,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "stream",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.stream",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["subject_id", "recorded_at"], name="event_of_a_subject"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("stream", "position"), name="event_position_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApiToken",
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
                        ("name", models.CharField(max_length=250)),
                        ("prefix", models.CharField(max_length=12)),
                        ("digest", models.CharField(max_length=64)),
                        ("scopes", models.JSONField(default=list)),
                        ("made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        ("last_used_on", models.DateField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.authority",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("digest",), name="api_token_once"),
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                                name="api_token_expires",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuthorityRole",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("administrator", "administrator"),
                                    ("registrar", "registrar of organizations"),
                                    ("records_officer", "records officer"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.authority",
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
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("withdrawn_at__isnull", True)
                                ),
                                fields=("authority", "user", "role"),
                                name="authority_role_held_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="authority_role_does_not_end_before_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EventValue",
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
                        ("field", models.CharField(max_length=60)),
                        ("old", models.TextField(blank=True, max_length=50000)),
                        ("new", models.TextField(blank=True, max_length=50000)),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("public", "anyone"),
                                    ("members", "members of the initiative"),
                                    ("office", "the people who run this installation"),
                                ],
                                default="members",
                                max_length=20,
                            ),
                        ),
                        (
                            "erased_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.event",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="values",
                                to="accounts.event",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("event", "field"), name="event_value_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("erased_by__isnull", True),
                                    models.Q(("new", ""), ("old", "")),
                                    _connector="OR",
                                ),
                                name="erased_value_is_empty",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LinkToken",
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
                        ("purpose", models.CharField(max_length=60)),
                        ("subject_id", models.UUIDField()),
                        ("organisation_id", models.UUIDField(null=True)),
                        ("digest", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.authority",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("digest",), name="link_token_once"),
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("made_at"))),
                                name="link_token_expires",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutboxMessage",
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
                        ("recipient", models.EmailField(max_length=250)),
                        ("subject", models.CharField(max_length=250)),
                        ("text", models.TextField(max_length=50000)),
                        ("html", models.TextField(blank=True, max_length=200000)),
                        ("reply_to", models.CharField(blank=True, max_length=250)),
                        ("confidential", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("sent", "sent"),
                                    ("refused", "refused by the mail server"),
                                ],
                                default="waiting",
                                max_length=20,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("trouble", models.CharField(blank=True, max_length=250)),
                        ("written_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "authority",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.authority",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "due_at"], name="messages_due")],
                        "constraints": [
                            models.UniqueConstraint(fields=("message_id",), name="message_id_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "sent"), _negated=True),
                                    ("sent_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="sent_message_has_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RetentionClass",
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
                        ("code", models.SlugField(max_length=60)),
                        ("name", models.CharField(max_length=250)),
                        (
                            "keep_years",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="Empty means: kept permanently.", null=True
                            ),
                        ),
                        ("basis", models.CharField(blank=True, max_length=250)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.authority",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["code"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("authority", "code"), name="retention_class_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
