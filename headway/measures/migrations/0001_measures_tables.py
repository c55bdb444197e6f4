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
        ("directory", "0002_uploads_are_forgotten"),
        ("initiatives", "0003_forms_are_carried_out_once"),
        ("problems", "0001_problems_tables"),
    ]

    operations = [
        headway.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Measure",
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
                            "counts",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="what it counts"
                            ),
                        ),
                        ("unit", models.CharField(max_length=60, verbose_name="unit")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("result", "result for the population"),
                                    ("performance", "our own performance"),
                                ],
                                max_length=20,
                                verbose_name="result or performance",
                            ),
                        ),
                        (
                            "direction",
                            models.CharField(
                                choices=[
                                    ("higher", "more is better"),
                                    ("lower", "less is better"),
                                    ("neither", "neither is better"),
                                ],
                                max_length=20,
                                verbose_name="which way is better",
                            ),
                        ),
                        (
                            "subject",
                            models.CharField(
                                choices=[
                                    ("people", "a number of people or households"),
                                    ("share", "a share, an average or a median of people"),
                                    ("other", "things, money or time: nobody can be recognized"),
                                ],
                                default="people",
                                max_length=20,
                                verbose_name="what the numbers are of",
                            ),
                        ),
                        (
                            "every_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                verbose_name="months from one value to the next",
                            ),
                        ),
                        (
                            "floor",
                            models.PositiveSmallIntegerField(
                                default=11, verbose_name="smallest number that may be shown"
                            ),
                        ),
                        (
                            "agreement",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="data agreement"
                            ),
                        ),
                        (
                            "story",
                            models.TextField(
                                blank=True,
                                max_length=20000,
                                verbose_name="story behind the numbers",
                            ),
                        ),
                        (
                            "gains",
                            models.TextField(blank=True, max_length=5000, verbose_name="who gains"),
                        ),
                        (
                            "costs",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="who bears the cost"
                            ),
                        ),
                        (
                            "baseline",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="problems.baseline",
                                verbose_name="starting point",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("unit", ""), _negated=True),
                                name="measure_has_a_unit",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("every_months__isnull", True),
                                    models.Q(("every_months__gte", 1), ("every_months__lte", 240)),
                                    _connector="OR",
                                ),
                                name="measure_is_due_every_so_many_months",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("floor__gte", 1), ("floor__lte", 1000)),
                                name="measure_has_a_floor_from_1_to_1000",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("floor__gte", 11),
                                    models.Q(("agreement", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="lower_floor_of_a_measure_names_its_agreement",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Headline",
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
                        ("because", models.CharField(blank=True, max_length=500)),
                        ("chosen_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "initiative",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.initiative",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="measures.measure",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("initiative",),
                                name="headline_of_an_initiative_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeasureOwner",
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
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="owners",
                                to="measures.measure",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("measure", "organisation"),
                                name="organisation_owns_a_measure_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReadingsFile",
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
                        ("visibility", models.CharField(max_length=20)),
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
                            "job",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.job",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="measures.measure",
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
                                name="readings_are_brought_in_only_after_confirmation",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Series",
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
                            "note",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="how it was counted"
                            ),
                        ),
                        (
                            "shown_first",
                            models.BooleanField(default=False, verbose_name="shown first"),
                        ),
                        (
                            "first_because",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="why it is shown first"
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="measures.measure",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="who gives the values",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "series",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("shown_first", True)),
                                fields=("measure",),
                                name="one_series_of_a_measure_is_shown_first",
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
                        ("happened_from", models.DateField(blank=True, null=True)),
                        ("happened_to", models.DateField(blank=True, null=True)),
                        ("date_as_said", models.CharField(blank=True, max_length=60)),
                        (
                            "value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=20,
                                null=True,
                                verbose_name="value",
                            ),
                        ),
                        (
                            "kept",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=20, null=True
                            ),
                        ),
                        (
                            "kept_people",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="of how many people"
                            ),
                        ),
                        (
                            "gap",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "counted"),
                                    ("not_counted", "not counted"),
                                    ("hidden", "hidden, too few people"),
                                    ("withdrawn", "taken back"),
                                ],
                                max_length=20,
                                verbose_name="why there is no value",
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True,
                                max_length=500,
                                verbose_name="what makes it hard to compare",
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
                        (
                            "because",
                            models.CharField(
                                blank=True, max_length=1000, verbose_name="why it was corrected"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("superseded_at", models.DateTimeField(blank=True, null=True)),
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
                                verbose_name="who gave it",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.source",
                                verbose_name="source",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="measures.series",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["happened_to", "recorded_at"],
                        "indexes": [
                            models.Index(
                                fields=["series", "happened_to"], name="readings_of_a_series"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("happened_from__isnull", False),
                                    ("happened_to__gte", models.F("happened_from")),
                                ),
                                name="reading_tells_of_some_time",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_at__isnull", True)),
                                fields=("series", "happened_from", "happened_to"),
                                name="reading_of_a_series_once_for_its_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("gap", ""), ("value__isnull", False)),
                                    models.Q(
                                        ("value__isnull", True),
                                        models.Q(("gap", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="reading_says_a_value_or_why_not",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("gap", "not_counted"), _negated=True),
                                    models.Q(
                                        ("kept__isnull", True),
                                        models.Q(("note", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="reading_not_counted_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("gap", "hidden"), _negated=True),
                                    ("kept__isnull", False),
                                    _connector="OR",
                                ),
                                name="hidden_reading_was_counted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("gap", "withdrawn"), _negated=True),
                                    models.Q(
                                        ("kept__isnull", True),
                                        models.Q(("because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="reading_taken_back_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReadingCell",
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
                        ("dimension", models.CharField(max_length=60, verbose_name="split by")),
                        ("group", models.CharField(max_length=120, verbose_name="group")),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=20,
                                null=True,
                                verbose_name="value",
                            ),
                        ),
                        ("kept", models.DecimalField(decimal_places=4, max_digits=20)),
                        (
                            "kept_people",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="of how many people"
                            ),
                        ),
                        (
                            "reading",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cells",
                                to="measures.reading",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["dimension", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("reading", "dimension", "group"),
                                name="group_of_a_reading_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("group", ""), _negated=True),
                                    models.Q(("dimension", ""), _negated=True),
                                ),
                                name="group_of_a_reading_is_named",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Target",
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
                        (
                            "value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=20,
                                null=True,
                                verbose_name="target",
                            ),
                        ),
                        (
                            "due_from",
                            models.DateField(
                                blank=True, null=True, verbose_name="by when, not before"
                            ),
                        ),
                        ("due_to", models.DateField(blank=True, null=True, verbose_name="by when")),
                        (
                            "due_as_said",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="by when, as said"
                            ),
                        ),
                        (
                            "because",
                            models.TextField(blank=True, max_length=1000, verbose_name="why"),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="measures.measure",
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
                        "ordering": ["recorded_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("value__isnull", False),
                                    models.Q(("because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="target_given_up_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_from__isnull", True),
                                    ("due_to__gte", models.F("due_from")),
                                    _connector="OR",
                                ),
                                name="target_is_not_due_before_it_may_be_reached",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
