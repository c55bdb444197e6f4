import django.db.models.deletion
import headway.core.operations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_directory_tables"),
        ("initiatives", "0001_initiatives_tables"),
        ("problems", "0001_problems_tables"),
    ]

    operations = [
        headway.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="WorkingAgreement",
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
                        ("decisions", models.TextField(blank=True, max_length=20000)),
                        ("roles", models.TextField(blank=True, max_length=20000)),
                        ("sharing", models.TextField(blank=True, max_length=20000)),
                        ("disagreements", models.TextField(blank=True, max_length=20000)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("meeting", "meeting"),
                                    ("call", "call"),
                                    ("note", "note"),
                                    ("visit", "visit"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("text", models.TextField(max_length=5000)),
                        ("next_step", models.CharField(blank=True, max_length=250)),
                        ("next_step_by", models.DateField(blank=True, null=True)),
                        ("next_step_done_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("next_step_by__isnull", True),
                                    models.Q(("next_step", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="contact_with_a_due_date_says_what_is_due",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("next_step_done_on__isnull", True),
                                    models.Q(("next_step", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="contact_with_nothing_to_do_is_not_done",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Partner",
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
                        ("role_as_said", models.TextField(blank=True, max_length=5000)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("invited", "invited"),
                                    ("taking_part", "taking part"),
                                    ("declined", "said no for now"),
                                    ("left", "left"),
                                ],
                                max_length=20,
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
                            "represents",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="problems.affectedgroup",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["invited", "taking_part", "declined", "left"])
                                ),
                                name="partner_is_invited_takes_part_declined_or_left",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Offer",
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
                        ("what", models.TextField(max_length=5000)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("money", "money"),
                                    ("people", "people and their time"),
                                    ("space", "space and things"),
                                    ("data", "data and knowledge"),
                                    ("standing", "standing and access"),
                                    ("other", "something else"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=60)),
                        ("until", models.DateField(blank=True, null=True)),
                        ("tied_to", models.CharField(blank=True, max_length=250)),
                        (
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partners.partner",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount__isnull", True), ("amount__gt", 0), _connector="OR"
                                ),
                                name="offer_amount_is_more_than_nothing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount__isnull", True),
                                    models.Q(("unit", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="offer_with_an_amount_says_of_what",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Need",
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
                        ("what", models.TextField(max_length=5000)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("money", "money"),
                                    ("people", "people and their time"),
                                    ("space", "space and things"),
                                    ("data", "data and knowledge"),
                                    ("standing", "standing and access"),
                                    ("other", "something else"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=14, null=True
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=60)),
                        ("until", models.DateField(blank=True, null=True)),
                        (
                            "partner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partners.partner",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount__isnull", True), ("amount__gt", 0), _connector="OR"
                                ),
                                name="need_amount_is_more_than_nothing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount__isnull", True),
                                    models.Q(("unit", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="need_with_an_amount_says_of_what",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactOrganisation",
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
                            "contact",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="organisations",
                                to="partners.contact",
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
                                fields=("contact", "organisation"),
                                name="contact_names_an_organisation_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Correction",
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
                            "part",
                            models.CharField(
                                choices=[
                                    ("role_as_said", "what the organization does here"),
                                    ("what", "what is offered or needed"),
                                    ("text", "what happened or was said"),
                                    ("when", "a date"),
                                    ("name", "the organization's name"),
                                    ("sector", "the organization's sector"),
                                    ("people", "who belongs to it or speaks for it"),
                                    ("other", "something else"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("says_now", models.TextField(blank=True, max_length=5000)),
                        ("should_say", models.TextField(max_length=5000)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "waiting for an answer"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                ],
                                default="asked",
                                max_length=20,
                            ),
                        ),
                        ("answer", models.TextField(blank=True, max_length=5000)),
                        ("carried_out", models.BooleanField(default=False)),
                        (
                            "about",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.record",
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "declined"), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="declined_correction_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("carried_out", False), ("state", "accepted"), _connector="OR"
                                ),
                                name="correction_is_carried_out_only_when_accepted",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
