import django.db.models.deletion
import django.db.models.functions.text
import headway.core.operations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_events_never_change"),
        ("accounts", "__first__"),
    ]

    operations = [
        headway.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Area",
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
                        ("recorded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=250)),
                        ("name", models.CharField(max_length=250)),
                        ("other_names", models.TextField(blank=True, max_length=5000)),
                        ("name_key", models.CharField(editable=False, max_length=250)),
                        ("search_text", models.TextField(editable=False, max_length=50000)),
                        (
                            "classification",
                            models.CharField(
                                choices=[
                                    ("country", "country"),
                                    ("state", "state or province"),
                                    ("region", "region"),
                                    ("county", "county"),
                                    ("city", "city or town"),
                                    ("tribal", "tribal nation or reservation"),
                                    ("district", "district or ward"),
                                    ("neighborhood", "neighborhood"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("identifier", models.CharField(blank=True, max_length=120)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.authority",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.area",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True), ("parent__isnull", True)
                                ),
                                fields=("authority", "classification", "name_key"),
                                name="area_of_a_name_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True), ("parent__isnull", False)
                                ),
                                fields=("authority", "parent", "classification", "name_key"),
                                name="area_of_a_name_once_in_its_parent",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    models.Q(("identifier", ""), _negated=True),
                                ),
                                fields=("authority", "identifier"),
                                name="area_identifier_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parent__isnull", True),
                                    models.Q(("parent", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="area_is_not_part_of_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
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
                        ("recorded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=250)),
                        ("name", models.CharField(max_length=250)),
                        ("other_names", models.TextField(blank=True, max_length=5000)),
                        ("name_key", models.CharField(editable=False, max_length=250)),
                        ("search_text", models.TextField(editable=False, max_length=50000)),
                        (
                            "classification",
                            models.CharField(
                                choices=[
                                    ("organisation", "organization"),
                                    ("department", "department or office"),
                                    ("arena", "decision body"),
                                    ("body", "commission or working body"),
                                    ("network", "network or coalition"),
                                ],
                                default="organisation",
                                max_length=30,
                            ),
                        ),
                        (
                            "sector",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("government", "Government"),
                                    ("business", "Business"),
                                    ("nonprofit", "Nonprofit"),
                                    ("philanthropy", "Philanthropy"),
                                    ("faith", "Faith"),
                                    ("education_research", "Education and research"),
                                    ("health", "Health"),
                                    ("residents", "Residents and lived experience"),
                                    ("cross_sector", "Cross-sector"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("founded_from", models.DateField(blank=True, null=True)),
                        ("founded_to", models.DateField(blank=True, null=True)),
                        ("founded_as_said", models.CharField(blank=True, max_length=60)),
                        ("dissolved_from", models.DateField(blank=True, null=True)),
                        ("dissolved_to", models.DateField(blank=True, null=True)),
                        ("dissolved_as_said", models.CharField(blank=True, max_length=60)),
                        ("website", models.CharField(blank=True, max_length=500)),
                        ("description", models.TextField(blank=True, max_length=5000)),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
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
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "indexes": [
                            models.Index(
                                fields=["authority", "name_key"], name="organisations_by_name"
                            ),
                            models.Index(
                                fields=["authority", "sector"], name="organisations_by_sector"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True), ("merged_into__isnull", True)
                                ),
                                fields=("authority", "name_key", "classification"),
                                name="organisation_of_a_name_and_kind_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into__isnull", True),
                                    models.Q(("merged_into", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="organisation_is_not_merged_into_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("parent__isnull", True),
                                    models.Q(("parent", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="organisation_is_not_part_of_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("founded_from__isnull", True),
                                    ("dissolved_to__isnull", True),
                                    ("dissolved_to__gte", models.F("founded_from")),
                                    _connector="OR",
                                ),
                                name="organisation_not_dissolved_before_it_was_founded",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Identifier",
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
                        ("recorded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=250)),
                        ("scheme", models.CharField(max_length=60)),
                        ("identifier", models.CharField(max_length=120)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.authority",
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
                    ],
                    options={
                        "ordering": ["scheme", "identifier"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("authority", "scheme", "identifier"),
                                name="identifier_of_a_scheme_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Person",
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
                        ("recorded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=250)),
                        ("name", models.CharField(max_length=250)),
                        ("other_names", models.TextField(blank=True, max_length=5000)),
                        ("name_key", models.CharField(editable=False, max_length=250)),
                        ("search_text", models.TextField(editable=False, max_length=50000)),
                        ("email", models.EmailField(blank=True, max_length=250)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.authority",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.person",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "indexes": [
                            models.Index(fields=["authority", "name_key"], name="people_by_name")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("authority"),
                                django.db.models.functions.text.Lower("email"),
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    ("merged_into__isnull", True),
                                    models.Q(("email", ""), _negated=True),
                                ),
                                name="person_has_an_email_of_their_own",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into__isnull", True),
                                    models.Q(("merged_into", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="person_is_not_merged_into_themselves",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
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
                        ("recorded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=250)),
                        ("label", models.CharField(max_length=250)),
                        ("role", models.CharField(blank=True, max_length=250)),
                        ("starts_from", models.DateField(blank=True, null=True)),
                        ("starts_to", models.DateField(blank=True, null=True)),
                        ("starts_as_said", models.CharField(blank=True, max_length=60)),
                        ("ends_from", models.DateField(blank=True, null=True)),
                        ("ends_to", models.DateField(blank=True, null=True)),
                        ("ends_as_said", models.CharField(blank=True, max_length=60)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.authority",
                            ),
                        ),
                        (
                            "deputy_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.post",
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
                    ],
                    options={
                        "ordering": ["label"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("organisation", "label"),
                                name="post_of_a_label_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("starts_from__isnull", True),
                                    ("ends_to__isnull", True),
                                    ("ends_to__gte", models.F("starts_from")),
                                    _connector="OR",
                                ),
                                name="post_does_not_end_before_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("deputy_to__isnull", True),
                                    models.Q(("deputy_to", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="post_is_not_its_own_deputy",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Source",
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
                        ("recorded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=250)),
                        ("title", models.CharField(max_length=500)),
                        ("url", models.CharField(blank=True, max_length=1000)),
                        ("publisher", models.CharField(blank=True, max_length=250)),
                        ("published_from", models.DateField(blank=True, null=True)),
                        ("published_to", models.DateField(blank=True, null=True)),
                        ("published_as_said", models.CharField(blank=True, max_length=60)),
                        ("key", models.CharField(editable=False, max_length=64)),
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
                        "ordering": ["title"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("authority", "key"),
                                name="source_of_a_title_and_address_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                        ("recorded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=250)),
                        ("role", models.CharField(blank=True, max_length=250)),
                        ("label", models.CharField(blank=True, max_length=250)),
                        ("starts_from", models.DateField(blank=True, null=True)),
                        ("starts_to", models.DateField(blank=True, null=True)),
                        ("starts_as_said", models.CharField(blank=True, max_length=60)),
                        ("ends_from", models.DateField(blank=True, null=True)),
                        ("ends_to", models.DateField(blank=True, null=True)),
                        ("ends_as_said", models.CharField(blank=True, max_length=60)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.authority",
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.person",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.post",
                            ),
                        ),
                        (
                            "reported",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.source",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-starts_from", "role"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    ("ends_to__isnull", True),
                                    ("post__isnull", True),
                                ),
                                fields=("person", "organisation", "role"),
                                name="membership_in_one_role_once_at_a_time",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    ("ends_to__isnull", True),
                                    ("post__isnull", False),
                                ),
                                fields=("person", "post"),
                                name="membership_in_one_post_once_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("starts_from__isnull", True),
                                    ("ends_to__isnull", True),
                                    ("ends_to__gte", models.F("starts_from")),
                                    _connector="OR",
                                ),
                                name="membership_does_not_end_before_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceOn",
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
                        ("recorded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_because", models.CharField(blank=True, max_length=250)),
                        ("subject_kind", models.CharField(max_length=60)),
                        ("subject_id", models.UUIDField()),
                        ("note", models.CharField(blank=True, max_length=500)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.authority",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.source",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["recorded_at"],
                        "indexes": [models.Index(fields=["subject_id"], name="sources_on_a_thing")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("source", "subject_kind", "subject_id"),
                                name="source_on_one_thing_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Upload",
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
                                    ("organisations_csv", "organizations as CSV"),
                                    ("people_csv", "people and their roles as CSV"),
                                    ("popolo_json", "Popolo JSON"),
                                ],
                                max_length=30,
                            ),
                        ),
                        ("file_name", models.CharField(max_length=250)),
                        ("stored_as", models.CharField(max_length=250)),
                        ("size", models.BigIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "being read"),
                                    ("read", "waiting for your answer"),
                                    ("confirmed", "being brought in"),
                                    ("done", "brought in"),
                                    ("refused", "cannot be read"),
                                ],
                                default="waiting",
                                max_length=20,
                            ),
                        ),
                        ("preview", models.JSONField(default=dict)),
                        ("uploaded_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.authority",
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
                                name="upload_is_brought_in_only_after_confirmation",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
