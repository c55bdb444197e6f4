import django.db.models.deletion
import headway.core.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("initiatives", "0001_initiatives_tables"),
    ]

    operations = [
        headway.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="ConditionStatement",
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
                        ("condition", models.CharField(max_length=20, verbose_name="condition")),
                        (
                            "verdict",
                            models.CharField(
                                choices=[("met", "met outside"), ("not_needed", "not needed")],
                                max_length=20,
                                verbose_name="what is so",
                            ),
                        ),
                        ("line", models.CharField(max_length=250, verbose_name="in one line")),
                        (
                            "told_by",
                            models.CharField(max_length=250, verbose_name="where it can be read"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "condition__in",
                                        (
                                            "understood",
                                            "convened",
                                            "common_ground",
                                            "proposed",
                                            "supported",
                                            "promised",
                                            "tested",
                                            "result",
                                        ),
                                    )
                                ),
                                name="statement_is_about_a_condition",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("verdict__in", ["met", "not_needed"])),
                                name="condition_is_met_or_not_needed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("line", ""), _negated=True),
                                    models.Q(("told_by", ""), _negated=True),
                                ),
                                name="stated_condition_names_its_source",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Threshold",
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
                        ("name", models.CharField(max_length=60, verbose_name="threshold")),
                        ("value", models.PositiveSmallIntegerField(verbose_name="value")),
                        ("argument", models.TextField(max_length=5000, verbose_name="argument")),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "name__in",
                                        (
                                            "understood_days",
                                            "understood_percent",
                                            "convened_days",
                                            "convened_percent",
                                            "common_ground_days",
                                            "common_ground_percent",
                                            "proposed_days",
                                            "proposed_percent",
                                            "supported_days",
                                            "supported_percent",
                                            "promised_days",
                                            "promised_percent",
                                            "tested_days",
                                            "tested_percent",
                                            "result_days",
                                            "result_percent",
                                            "largest_percent",
                                            "fewest_acts",
                                            "fewest_decided",
                                            "phase_days",
                                            "win_days",
                                            "public_days",
                                            "rest_days",
                                        ),
                                    )
                                ),
                                name="threshold_has_a_known_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("argument", ""), _negated=True),
                                name="threshold_has_an_argument",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Move",
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
                        ("lever", models.CharField(max_length=20, verbose_name="next move")),
                        (
                            "answer",
                            models.CharField(
                                choices=[("taken", "taken"), ("declined", "declined")],
                                max_length=20,
                                verbose_name="answer",
                            ),
                        ),
                        (
                            "told",
                            models.CharField(
                                blank=True, max_length=1000, verbose_name="why it was proposed"
                            ),
                        ),
                        (
                            "because",
                            models.TextField(blank=True, max_length=5000, verbose_name="reason"),
                        ),
                        (
                            "about",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.record",
                                verbose_name="what it is about",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "lever__in",
                                        (
                                            "deadline",
                                            "shared_facts",
                                            "small_win",
                                            "sponsor",
                                            "owner",
                                            "implementer",
                                            "path",
                                            "resources",
                                            "small_test",
                                            "report_back",
                                            "act_before",
                                        ),
                                    )
                                ),
                                name="move_is_one_of_the_levers",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("answer__in", ["taken", "declined"])),
                                name="move_is_taken_or_declined",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "declined"), _negated=True),
                                    models.Q(("because", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="declined_move_says_why",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
