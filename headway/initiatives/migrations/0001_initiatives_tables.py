import django.db.models.deletion
import headway.core.operations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_events_never_change"),
        ("accounts", "__first__"),
        ("directory", "0001_directory_tables"),
    ]

    operations = [
        headway.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Initiative",
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
                        ("slug", models.SlugField(max_length=60)),
                        ("title", models.CharField(max_length=250)),
                        ("summary", models.TextField(blank=True, max_length=5000)),
                        ("label", models.CharField(blank=True, max_length=250)),
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("public", "Anyone may read what is marked public"),
                                    ("members", "Only members may read it"),
                                ],
                                default="members",
                                max_length=20,
                            ),
                        ),
                        ("language", models.CharField(default="en", max_length=12)),
                        ("languages", models.JSONField(default=list)),
                        ("zone", models.CharField(default="America/Chicago", max_length=60)),
                        ("opened_at", models.DateTimeField()),
                        ("closed_on", models.DateField(blank=True, null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.area",
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
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
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
                        "ordering": ["title"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("authority", "slug"), name="initiative_address_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Member",
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
                        ("joined_at", models.DateTimeField()),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "initiative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.initiative",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.person",
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
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_at__isnull", True)),
                                fields=("initiative", "user"),
                                name="member_of_an_initiative_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Record",
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
                        ("happened_from", models.DateField(blank=True, null=True)),
                        ("happened_to", models.DateField(blank=True, null=True)),
                        ("date_as_said", models.CharField(blank=True, max_length=60)),
                        ("kind", models.CharField(max_length=60)),
                        ("title", models.CharField(max_length=250)),
                        ("language", models.CharField(default="en", max_length=12)),
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
                            "provenance",
                            models.CharField(
                                choices=[
                                    ("here", "recorded here"),
                                    ("reported", "reported by a source"),
                                ],
                                default="here",
                                max_length=20,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_because", models.TextField(blank=True, max_length=5000)),
                        ("expunged_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                        (
                            "retention",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.retentionclass",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.source",
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
                            "author",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.member",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.member",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.member",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["initiative", "kind", "recorded_at"],
                                name="records_of_a_kind",
                            ),
                            models.Index(
                                fields=["initiative", "happened_to"], name="records_by_date"
                            ),
                            models.Index(
                                fields=["-recorded_at", "id"], name="records_newest_first"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("provenance", "reported"), ("source__isnull", False)),
                                    models.Q(("provenance", "here"), ("source__isnull", True)),
                                    ("expunged_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="reported_record_names_its_source",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    models.Q(("withdrawn_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="withdrawn_record_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("happened_from__isnull", True),
                                        ("happened_to__isnull", True),
                                    ),
                                    ("happened_to__gte", models.F("happened_from")),
                                    _connector="OR",
                                ),
                                name="record_does_not_end_before_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Happening",
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
                            "category",
                            models.CharField(
                                choices=[
                                    ("meeting", "meeting"),
                                    ("consultation", "public comment"),
                                    ("proposal", "proposal"),
                                    ("request", "request to a decision body"),
                                    ("decision", "decision by a body"),
                                    ("rule", "decision rule"),
                                    ("action", "action"),
                                    ("test", "pilot or test"),
                                    ("measurement", "count or measurement"),
                                    ("review", "review or evaluation"),
                                    ("milestone", "milestone"),
                                    ("change", "change of people or powers"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("text", models.TextField(max_length=5000)),
                        ("kind_as_said", models.CharField(blank=True, max_length=60)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Hold",
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
                        ("reason", models.TextField(max_length=5000)),
                        ("placed_at", models.DateTimeField()),
                        ("released_at", models.DateTimeField(blank=True, null=True)),
                        ("released_because", models.TextField(blank=True, max_length=5000)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.authority",
                            ),
                        ),
                        (
                            "placed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "initiative",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.initiative",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-placed_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("released_at__isnull", True)),
                                fields=("authority", "name"),
                                name="hold_has_a_name_of_its_own",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("released_at__isnull", True),
                                    models.Q(("released_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="released_hold_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Link",
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
                                    ("came_from", "came from"),
                                    ("answers", "answers"),
                                    ("tests", "tests"),
                                    ("moves", "is meant to move"),
                                    ("blocks", "stands in the way of"),
                                    ("learned_from", "learned from"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "origin",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links_out",
                                to="initiatives.record",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links_in",
                                to="initiatives.record",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("origin", "target", "kind"),
                                name="link_made_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("origin", models.F("target")), _negated=True),
                                name="record_is_not_linked_to_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mandate",
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
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "scope",
                            models.CharField(
                                choices=[
                                    ("everything", "everything in this initiative"),
                                    ("facts", "facts and how the problem is seen"),
                                    ("promises", "promises"),
                                    ("decisions", "votes and decisions"),
                                ],
                                default="everything",
                                max_length=20,
                            ),
                        ),
                        ("given_by", models.CharField(max_length=250)),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mandates",
                                to="initiatives.member",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="mandate_does_not_end_before_it_starts",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ends_on__isnull", True)),
                                fields=("member", "organisation", "scope"),
                                name="mandate_given_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="File",
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
                        ("media_type", models.CharField(max_length=120)),
                        ("size", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("stored_as", models.CharField(max_length=250)),
                        ("uploaded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="initiatives.record",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.member",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["uploaded_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("record", "sha256"),
                                name="file_of_a_record_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecordHold",
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
                            "hold",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="records",
                                to="initiatives.hold",
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.record",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("hold", "record"), name="record_held_once_by_a_hold"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecordState",
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
                        ("happened_from", models.DateField(blank=True, null=True)),
                        ("happened_to", models.DateField(blank=True, null=True)),
                        ("date_as_said", models.CharField(blank=True, max_length=60)),
                        ("state", models.CharField(max_length=60)),
                        ("because", models.TextField(blank=True, max_length=5000)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="states",
                                to="initiatives.record",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["recorded_at"],
                        "indexes": [
                            models.Index(
                                fields=["record", "happened_to"], name="states_of_a_record"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoleGrant",
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
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("convener", "convener"),
                                    ("facilitator", "facilitator"),
                                    ("liaison", "liaison to decision bodies"),
                                    ("partner", "partner"),
                                    ("evaluator", "evaluator"),
                                    ("observer", "observer"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roles",
                                to="initiatives.member",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="rolegrant_does_not_end_before_it_starts",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ends_on__isnull", True)),
                                fields=("member", "role"),
                                name="role_held_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Translation",
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
                        ("language", models.CharField(max_length=12)),
                        ("text", models.TextField(max_length=50000)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("human", "translated by a person"),
                                    ("machine", "translated by a machine"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("source_hash", models.CharField(max_length=64)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="translations",
                                to="initiatives.record",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("record", "field", "language"),
                                name="translation_once_a_language",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Wording",
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
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField(blank=True, max_length=50000)),
                        ("language", models.CharField(max_length=12)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "member",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.member",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wordings",
                                to="initiatives.record",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["field", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("record", "field", "number"), name="wording_numbered_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HappeningOrganisation",
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
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                        (
                            "happening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="organisations",
                                to="initiatives.happening",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("happening", "organisation"),
                                name="organisation_took_part_once",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
