import django.db.models.deletion
import headway.core.operations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_accounts_tables"),
        ("accounts", "__first__"),
        ("directory", "0001_directory_tables"),
        ("initiatives", "0001_initiatives_tables"),
    ]

    operations = [
        headway.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Commitment",
                    fields=[
                        (
                            "record",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="initiatives.record",
                            ),
                        ),
                        (
                            "text",
                            models.TextField(max_length=5000, verbose_name="what is promised"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("intent", "not confirmed yet"),
                                    ("confirmed", "confirmed"),
                                    ("kept", "kept"),
                                    ("dropped", "not going ahead"),
                                    ("split", "split into several"),
                                ],
                                default="intent",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "organisation_as_said",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="who, as said"
                            ),
                        ),
                        (
                            "due_from",
                            models.DateField(blank=True, null=True, verbose_name="due not before"),
                        ),
                        ("due_to", models.DateField(blank=True, null=True, verbose_name="due")),
                        (
                            "due_as_said",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="due, as said"
                            ),
                        ),
                        (
                            "first_due_to",
                            models.DateField(blank=True, null=True, verbose_name="first due"),
                        ),
                        (
                            "authority_stated",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("own", "within our authority"),
                                    ("board", "needs our board"),
                                    ("intent", "intent only"),
                                ],
                                max_length=20,
                                verbose_name="under whose authority",
                            ),
                        ),
                        (
                            "board_by",
                            models.DateField(
                                blank=True, null=True, verbose_name="their board decides by"
                            ),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="confirmed"),
                        ),
                        (
                            "confirmed_name",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="confirmed by"
                            ),
                        ),
                        (
                            "confirmed_through",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("page", "on its page"),
                                    ("link", "by a link in a mail"),
                                    ("mail", "by answering a mail"),
                                ],
                                max_length=20,
                                verbose_name="confirmed",
                            ),
                        ),
                        (
                            "percent",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="percent done"
                            ),
                        ),
                        (
                            "ended_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="kept or given up on"
                            ),
                        ),
                        (
                            "evidence",
                            models.CharField(
                                blank=True, max_length=1000, verbose_name="what shows it"
                            ),
                        ),
                        (
                            "because",
                            models.TextField(blank=True, max_length=5000, verbose_name="why"),
                        ),
                        (
                            "archived_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="put into the archive"
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.member",
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.member",
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="who",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.person",
                                verbose_name="person who answers for it",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.post",
                                verbose_name="seat that answers for it",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "due_to"], name="promises_due")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="promise_says_what",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_from__isnull", True),
                                    ("due_to__gte", models.F("due_from")),
                                    _connector="OR",
                                ),
                                name="promise_is_not_due_before_it_may_be_kept",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_at__isnull", True),
                                    models.Q(("authority_stated", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="confirmed_promise_states_its_authority",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="confirmed_promise_was_confirmed_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("percent__lte", 100)),
                                name="promise_is_done_to_at_most_all_of_it",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("archived_at__isnull", True),
                                    models.Q(("state__in", ["intent", "confirmed"]), _negated=True),
                                    _connector="OR",
                                ),
                                name="archived_promise_has_ended",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Milestone",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=250)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("done_on", models.DateField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="milestones",
                                to="commitments.commitment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("commitment", "number"), name="milestone_numbered_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanFile",
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
                        ("file_name", models.CharField(max_length=250)),
                        ("title", models.CharField(max_length=500)),
                        ("url", models.CharField(blank=True, max_length=1000)),
                        ("sha256", models.CharField(max_length=64)),
                        ("sheet", models.JSONField(default=dict)),
                        ("mapping", models.JSONField(default=list)),
                        ("problems", models.JSONField(default=list)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("read", "waiting for your answer"),
                                    ("confirmed", "being brought in"),
                                    ("done", "brought in"),
                                    ("refused", "cannot be read"),
                                ],
                                default="read",
                                max_length=20,
                            ),
                        ),
                        ("counts", models.JSONField(default=dict)),
                        ("uploaded_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "initiative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.initiative",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.job",
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
                        "ordering": ["-uploaded_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["confirmed", "done"]), _negated=True),
                                    ("confirmed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="plan_is_brought_in_only_after_confirmation",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
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
                                    ("confirm", "asked to confirm"),
                                    ("meeting", "told after a meeting"),
                                    ("before", "due soon"),
                                    ("overdue", "overdue"),
                                    ("question", "asked back"),
                                    ("weekly", "weekly report"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("about", models.DateField()),
                        ("recipient", models.EmailField(max_length=250)),
                        ("written_at", models.DateTimeField()),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="commitments.commitment",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("commitment", "kind", "about", "recipient"),
                                name="reminded_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeed",
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
                        ("digest", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
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
                        "constraints": [
                            models.UniqueConstraint(fields=("digest",), name="calendar_feed_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at__isnull", True)),
                                fields=("member",),
                                name="calendar_feed_of_a_member_once",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
