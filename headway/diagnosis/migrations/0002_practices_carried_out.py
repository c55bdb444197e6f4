import uuid

import django.db.models.deletion
import headway.core.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("diagnosis", "0001_diagnosis_tables"),
        ("directory", "0001_directory_tables"),
        ("initiatives", "0001_initiatives_tables"),
    ]

    operations = [
        headway.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Activity",
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
                        ("practice", models.CharField(max_length=40, verbose_name="practice")),
                        (
                            "state",
                            models.CharField(
                                choices=[("under_way", "under way"), ("finished", "finished")],
                                default="under_way",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "came_of",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="what came of it"
                            ),
                        ),
                        (
                            "finished_on",
                            models.DateField(blank=True, null=True, verbose_name="finished on"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("practice", ""), _negated=True),
                                name="activity_names_its_practice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("finished_on__isnull", True), ("state", "under_way")),
                                    models.Q(("finished_on__isnull", False), ("state", "finished")),
                                    _connector="OR",
                                ),
                                name="finished_activity_has_its_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityOrganisation",
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
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="organisations",
                                to="diagnosis.activity",
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
                                fields=("activity", "organisation"),
                                name="organisation_takes_part_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityStep",
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
                        ("step", models.CharField(max_length=40)),
                        ("note", models.TextField(blank=True, max_length=5000)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="diagnosis.activity",
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
                        (
                            "organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["recorded_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("step", ""), _negated=True),
                                name="done_step_is_a_step",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
