import django.db.models.deletion
import headway.core.operations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0002_uploads_are_forgotten"),
        ("initiatives", "0003_forms_are_carried_out_once"),
        ("solutions", "0001_solutions_tables"),
    ]

    operations = [
        headway.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Pilot",
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
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("worked", "worked"),
                                    ("did_not", "did not work"),
                                    ("inconclusive", "inconclusive"),
                                    ("not_finished", "not finished"),
                                ],
                                max_length=20,
                                verbose_name="how it came out",
                            ),
                        ),
                        (
                            "saw",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="what we saw"
                            ),
                        ),
                        (
                            "ended_on",
                            models.DateField(blank=True, null=True, verbose_name="ended on"),
                        ),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("adopt", "adopt it"),
                                    ("adapt", "adapt it"),
                                    ("abandon", "abandon it"),
                                ],
                                max_length=20,
                                verbose_name="what we do now",
                            ),
                        ),
                        (
                            "because",
                            models.TextField(blank=True, max_length=5000, verbose_name="why"),
                        ),
                        (
                            "decided_on",
                            models.DateField(blank=True, null=True, verbose_name="decided on"),
                        ),
                        (
                            "sort",
                            models.CharField(
                                choices=[
                                    ("pilot", "pilot: whether it is adopted is open"),
                                    (
                                        "demonstration",
                                        "demonstration: it works, and doubters can see it",
                                    ),
                                    (
                                        "roll_out",
                                        "staged roll-out: it is decided and comes step by step",
                                    ),
                                ],
                                default="pilot",
                                max_length=20,
                                verbose_name="what it is",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("card", "being prepared"),
                                    ("running", "under way"),
                                    ("ended", "ended, to be decided"),
                                    ("stopped", "stopped early, to be decided"),
                                    ("decided", "decided"),
                                ],
                                default="card",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "hypothesis",
                            models.TextField(
                                blank=True,
                                max_length=5000,
                                verbose_name="what we think happens, and why",
                            ),
                        ),
                        (
                            "affected",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="who is affected"
                            ),
                        ),
                        (
                            "consent",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="how they consent"
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="what is measured"
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=60, verbose_name="unit")),
                        (
                            "better",
                            models.CharField(
                                choices=[("higher", "more is better"), ("lower", "less is better")],
                                default="higher",
                                max_length=20,
                                verbose_name="which way is better",
                            ),
                        ),
                        (
                            "baseline",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="starting point"
                            ),
                        ),
                        (
                            "design",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("two-arm", "two groups side by side"),
                                    ("before-after", "before and after, beside a comparison group"),
                                    ("series", "one series, before and after the start"),
                                    ("staggered", "groups that start at different times"),
                                ],
                                max_length=20,
                                verbose_name="how it is compared",
                            ),
                        ),
                        (
                            "comparison",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="with whom it is compared"
                            ),
                        ),
                        (
                            "minimum_effect",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=20,
                                null=True,
                                verbose_name="smallest difference that is worth it",
                            ),
                        ),
                        (
                            "stop_for_harm",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="we stop for harm when"
                            ),
                        ),
                        (
                            "stop_for_cost",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="we stop for cost when"
                            ),
                        ),
                        (
                            "stop_for_futility",
                            models.TextField(
                                blank=True,
                                max_length=2000,
                                verbose_name="we stop because it leads nowhere when",
                            ),
                        ),
                        (
                            "starts_on",
                            models.DateField(blank=True, null=True, verbose_name="starts on"),
                        ),
                        (
                            "ends_on",
                            models.DateField(blank=True, null=True, verbose_name="ends on"),
                        ),
                        (
                            "started_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="started"),
                        ),
                        (
                            "stopped_because",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="why it was stopped"
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="organization that decided",
                            ),
                        ),
                        (
                            "decided_post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.post",
                                verbose_name="seat that decided",
                            ),
                        ),
                        (
                            "decider",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="organization that decides at the end",
                            ),
                        ),
                        (
                            "decider_post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.post",
                                verbose_name="seat that decides at the end",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="who carries it out",
                            ),
                        ),
                        (
                            "solution",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="solutions.solution",
                                verbose_name="recommendation it tests",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["state", "ends_on"], name="pilots_ending")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("starts_on__isnull", True),
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="pilot_does_not_end_before_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "stopped"), _negated=True),
                                    models.Q(("stopped_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="stopped_pilot_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "decided"), _negated=True),
                                    models.Q(("decision", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="decided_pilot_names_the_decision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision", ""),
                                    models.Q(("result", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="pilot_is_decided_on_a_result",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minimum_effect__isnull", True),
                                    ("minimum_effect__gt", 0),
                                    _connector="OR",
                                ),
                                name="smallest_difference_is_more_than_none",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PilotFinding",
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
                        (
                            "through",
                            models.CharField(
                                choices=[
                                    ("entered", "entered from a report"),
                                    ("worked_out", "worked out from a file"),
                                ],
                                max_length=20,
                                verbose_name="how it was found",
                            ),
                        ),
                        (
                            "design",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("two-arm", "two groups side by side"),
                                    ("before-after", "before and after, beside a comparison group"),
                                    ("series", "one series, before and after the start"),
                                    ("staggered", "groups that start at different times"),
                                ],
                                max_length=20,
                                verbose_name="how it was compared",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="what was compared"
                            ),
                        ),
                        (
                            "estimate",
                            models.FloatField(blank=True, null=True, verbose_name="difference"),
                        ),
                        (
                            "standard_error",
                            models.FloatField(blank=True, null=True, verbose_name="standard error"),
                        ),
                        ("low", models.FloatField(blank=True, null=True, verbose_name="at least")),
                        ("high", models.FloatField(blank=True, null=True, verbose_name="at most")),
                        (
                            "p_value",
                            models.FloatField(
                                null=True,
                                verbose_name="chance of such a difference if there is none",
                            ),
                        ),
                        (
                            "count",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="how many were compared"
                            ),
                        ),
                        (
                            "dropped",
                            models.PositiveIntegerField(default=0, verbose_name="rows left out"),
                        ),
                        ("caveats", models.JSONField(default=list, verbose_name="cautions")),
                        (
                            "note",
                            models.TextField(blank=True, max_length=5000, verbose_name="in words"),
                        ),
                        (
                            "input_sha256",
                            models.CharField(
                                blank=True, max_length=64, verbose_name="digest of the file"
                            ),
                        ),
                        (
                            "analysis_version",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="version of the analysis"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_because", models.TextField(blank=True, max_length=2000)),
                        (
                            "pilot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="pilots.pilot",
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
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("pilot", "number"), name="finding_numbered_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("low__isnull", True),
                                    ("high__isnull", True),
                                    ("high__gte", models.F("low")),
                                    _connector="OR",
                                ),
                                name="finding_ends_above_its_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    models.Q(("withdrawn_because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="withdrawn_finding_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Prediction",
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
                        ("team", models.CharField(max_length=120, verbose_name="team")),
                        (
                            "low",
                            models.DecimalField(
                                decimal_places=6, max_digits=20, verbose_name="at least"
                            ),
                        ),
                        (
                            "high",
                            models.DecimalField(
                                decimal_places=6, max_digits=20, verbose_name="at most"
                            ),
                        ),
                        (
                            "percent",
                            models.PositiveSmallIntegerField(verbose_name="how sure, in percent"),
                        ),
                        (
                            "reasons",
                            models.TextField(blank=True, max_length=2000, verbose_name="why"),
                        ),
                        ("said_at", models.DateTimeField(verbose_name="said")),
                        (
                            "locked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="locked"),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "pilot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="predictions",
                                to="pilots.pilot",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["said_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("pilot", "team"),
                                name="prediction_of_a_team_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("high__gte", models.F("low"))),
                                name="prediction_ends_above_its_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("percent__gte", 1), ("percent__lte", 99)),
                                name="prediction_is_neither_sure_nor_impossible",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Review",
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
                            "occasion",
                            models.CharField(
                                choices=[
                                    ("ended", "it ended"),
                                    ("stopped", "it was stopped"),
                                    ("missed", "it was missed"),
                                    ("asked", "somebody asked for it"),
                                ],
                                max_length=20,
                                verbose_name="why it was opened",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("closed", "closed")],
                                default="open",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "conductor_as_said",
                            models.CharField(
                                blank=True,
                                max_length=250,
                                verbose_name="who leads it, from outside",
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="by when")),
                        (
                            "expected",
                            models.TextField(
                                blank=True, max_length=10000, verbose_name="what did we expect?"
                            ),
                        ),
                        (
                            "happened",
                            models.TextField(
                                blank=True, max_length=10000, verbose_name="what happened?"
                            ),
                        ),
                        (
                            "difference",
                            models.TextField(
                                blank=True,
                                max_length=10000,
                                verbose_name="why was there a difference?",
                            ),
                        ),
                        (
                            "learned",
                            models.TextField(
                                blank=True, max_length=10000, verbose_name="what do we learn?"
                            ),
                        ),
                        (
                            "notes_kept_until",
                            models.DateField(
                                blank=True, null=True, verbose_name="raw notes are kept until"
                            ),
                        ),
                        (
                            "notes_destroyed_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="raw notes destroyed on"
                            ),
                        ),
                        ("key_id", models.UUIDField(blank=True, editable=False, null=True)),
                        (
                            "closed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="closed"),
                        ),
                        (
                            "about",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.record",
                                verbose_name="what it is about",
                            ),
                        ),
                        (
                            "conductor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.member",
                                verbose_name="who leads the conversation",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["about"], name="reviews_about_a_record")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    ("closed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="closed_review_says_when",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lesson",
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
                        ("text", models.TextField(max_length=5000, verbose_name="what we learned")),
                        (
                            "applies_to",
                            models.TextField(
                                blank=True,
                                max_length=5000,
                                verbose_name="where it helps, and where not",
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="pilots.review",
                                verbose_name="review it came from",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="lesson_says_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUp",
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
                            models.TextField(max_length=5000, verbose_name="what is to be done"),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="by when")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "to do"),
                                    ("done", "done"),
                                    ("not_doing", "not doing, because"),
                                ],
                                default="open",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "because",
                            models.TextField(blank=True, max_length=5000, verbose_name="why"),
                        ),
                        (
                            "ended_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="done or given up on"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="who does it",
                            ),
                        ),
                        (
                            "owner_member",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.member",
                                verbose_name="member who looks after it",
                            ),
                        ),
                        (
                            "owner_post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.post",
                                verbose_name="seat that answers for it",
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="pilots.review",
                                verbose_name="review",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="follow_up_says_what",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "not_doing"), _negated=True),
                                    models.Q(("because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="follow_up_not_done_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewDraft",
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
                            "expected",
                            models.TextField(
                                blank=True, max_length=10000, verbose_name="what did we expect?"
                            ),
                        ),
                        (
                            "happened",
                            models.TextField(
                                blank=True, max_length=10000, verbose_name="what happened?"
                            ),
                        ),
                        (
                            "difference",
                            models.TextField(
                                blank=True,
                                max_length=10000,
                                verbose_name="why was there a difference?",
                            ),
                        ),
                        (
                            "learned",
                            models.TextField(
                                blank=True, max_length=10000, verbose_name="what do we learn?"
                            ),
                        ),
                        ("revision", models.PositiveIntegerField(default=0)),
                        (
                            "review",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="draft",
                                to="pilots.review",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ReviewParticipant",
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
                        ("joined_on", models.DateField()),
                        (
                            "agreed_to",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("partners", "the partners of this initiative"),
                                    ("everybody", "everybody"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("agreed_on", models.DateField(blank=True, null=True)),
                        ("left_on", models.DateField(blank=True, null=True)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.member",
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participants",
                                to="pilots.review",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("review", "member"), name="takes_part_in_a_review_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("agreed_to", ""), ("agreed_on__isnull", False), _connector="OR"
                                ),
                                name="agreement_has_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SealedTelling",
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
                        ("day", models.DateField()),
                        ("teller", models.CharField(max_length=64)),
                        ("sealed", models.BinaryField(max_length=40000)),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="pilots.review",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SmallTest",
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
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("worked", "worked"),
                                    ("did_not", "did not work"),
                                    ("inconclusive", "inconclusive"),
                                    ("not_finished", "not finished"),
                                ],
                                max_length=20,
                                verbose_name="how it came out",
                            ),
                        ),
                        (
                            "saw",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="what we saw"
                            ),
                        ),
                        (
                            "ended_on",
                            models.DateField(blank=True, null=True, verbose_name="ended on"),
                        ),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("adopt", "adopt it"),
                                    ("adapt", "adapt it"),
                                    ("abandon", "abandon it"),
                                ],
                                max_length=20,
                                verbose_name="what we do now",
                            ),
                        ),
                        (
                            "because",
                            models.TextField(blank=True, max_length=5000, verbose_name="why"),
                        ),
                        (
                            "decided_on",
                            models.DateField(blank=True, null=True, verbose_name="decided on"),
                        ),
                        ("tries", models.TextField(max_length=5000, verbose_name="what we try")),
                        (
                            "expects",
                            models.TextField(max_length=5000, verbose_name="what we expect"),
                        ),
                        (
                            "look_on",
                            models.DateField(blank=True, null=True, verbose_name="when we look"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("running", "under way"),
                                    ("ended", "ended, to be decided"),
                                    ("decided", "decided"),
                                ],
                                default="running",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "authority_stated",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("own", "within our authority"),
                                    ("allowed", "allowed by who has the authority"),
                                ],
                                max_length=20,
                                verbose_name="under whose authority",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="organization that decided",
                            ),
                        ),
                        (
                            "decided_post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.post",
                                verbose_name="seat that decided",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="who tries it",
                            ),
                        ),
                        (
                            "owner_post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.post",
                                verbose_name="seat that answers for it",
                            ),
                        ),
                        (
                            "solution",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="solutions.solution",
                                verbose_name="idea or recommendation it tests",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["state", "look_on"], name="small_tests_to_look_at")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("tries", ""), _negated=True),
                                name="small_test_says_what_is_tried",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "decided"), _negated=True),
                                    models.Q(("decision", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="decided_small_test_names_the_decision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decision", ""),
                                    models.Q(("result", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="small_test_is_decided_on_a_result",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Telling",
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
                            "part",
                            models.CharField(
                                choices=[
                                    ("event", "something that happened"),
                                    ("expected", "what did we expect?"),
                                    ("happened", "what happened?"),
                                    ("difference", "why was there a difference?"),
                                    ("learned", "what do we learn?"),
                                ],
                                default="event",
                                max_length=20,
                            ),
                        ),
                        ("text", models.TextField(max_length=5000)),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tellings",
                                to="pilots.review",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["review", "happened_from"], name="tellings_by_date"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LessonCase",
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
                        ("supports", models.BooleanField(verbose_name="speaks for it")),
                        ("note", models.TextField(blank=True, max_length=2000, verbose_name="how")),
                        ("noted_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.record",
                            ),
                        ),
                        (
                            "lesson",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="pilots.lesson",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("lesson", "case"),
                                name="case_of_a_lesson_once",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
