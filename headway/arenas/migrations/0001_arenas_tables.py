import django.db.models.deletion
import headway.core.operations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_accounts_tables"),
        ("directory", "0001_directory_tables"),
        ("initiatives", "0001_initiatives_tables"),
        ("solutions", "0001_solutions_tables"),
    ]

    operations = [
        headway.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Arena",
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
                            "about",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="what it decides here"
                            ),
                        ),
                        (
                            "agenda_page",
                            models.CharField(
                                blank=True,
                                max_length=500,
                                verbose_name="where its agenda is posted",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="decision body",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Ask",
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
                        ("text", models.TextField(max_length=5000, verbose_name="what we ask for")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being prepared"),
                                    ("submitted", "submitted"),
                                    ("on_agenda", "on the agenda"),
                                    ("decided", "decided"),
                                    ("taken_back", "taken back"),
                                ],
                                default="draft",
                                max_length=20,
                            ),
                        ),
                        ("wording_number", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "vote_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="vote expected on"
                            ),
                        ),
                        (
                            "arena",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="arenas.arena",
                            ),
                        ),
                        (
                            "barrier",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="solutions.barrier",
                            ),
                        ),
                        (
                            "solution",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="solutions.solution",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="request_asks_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approach",
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
                                choices=[("ask", "asks for it"), ("inform", "informs about it")],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="by when")),
                        (
                            "done_on",
                            models.DateField(blank=True, null=True, verbose_name="done on"),
                        ),
                        (
                            "answer",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="what they answered"
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="who",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.post",
                            ),
                        ),
                        (
                            "ask",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="arenas.ask",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AdvocacyLimit",
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
                            "limit",
                            models.CharField(
                                choices=[
                                    ("may_ask", "may ask for it"),
                                    ("may_inform", "may inform only"),
                                    ("may_not", "may not speak on it"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("because", models.TextField(blank=True, max_length=1000)),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                        (
                            "ask",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="arenas.ask",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["ask", "organisation", "recorded_at"],
                                name="limits_of_a_request",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BodyDecision",
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
                                choices=[
                                    ("adopted", "adopted"),
                                    ("changed", "adopted with changes"),
                                    ("refused", "not adopted"),
                                    ("postponed", "postponed"),
                                ],
                                max_length=20,
                                verbose_name="result",
                            ),
                        ),
                        (
                            "text",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="what was decided"
                            ),
                        ),
                        (
                            "yes",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="yes"
                            ),
                        ),
                        (
                            "no",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="no"
                            ),
                        ),
                        (
                            "abstained",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="abstained"
                            ),
                        ),
                        (
                            "absent",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="absent"
                            ),
                        ),
                        (
                            "link",
                            models.CharField(
                                blank=True, max_length=1000, verbose_name="address of the source"
                            ),
                        ),
                        (
                            "arena",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="arenas.arena",
                            ),
                        ),
                        (
                            "ask",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="arenas.ask",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="DecisionRule",
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
                            "basis",
                            models.CharField(
                                choices=[
                                    ("members", "all seats"),
                                    ("present", "those present"),
                                    ("voting", "those present and voting"),
                                ],
                                max_length=20,
                                verbose_name="counted on",
                            ),
                        ),
                        (
                            "numerator",
                            models.PositiveSmallIntegerField(
                                default=1, verbose_name="share needed: of"
                            ),
                        ),
                        (
                            "denominator",
                            models.PositiveSmallIntegerField(
                                default=2, verbose_name="share needed: in"
                            ),
                        ),
                        (
                            "more_than",
                            models.BooleanField(
                                default=True, verbose_name="more than that share (not: at least)"
                            ),
                        ),
                        (
                            "quorum",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="seats that must be present"
                            ),
                        ),
                        (
                            "tie",
                            models.CharField(
                                choices=[
                                    ("fails", "the request fails"),
                                    ("chair", "the chair decides"),
                                ],
                                default="fails",
                                max_length=20,
                                verbose_name="at a tie",
                            ),
                        ),
                        (
                            "override_numerator",
                            models.PositiveSmallIntegerField(blank=True, null=True),
                        ),
                        (
                            "override_denominator",
                            models.PositiveSmallIntegerField(blank=True, null=True),
                        ),
                        (
                            "note",
                            models.TextField(blank=True, max_length=5000, verbose_name="note"),
                        ),
                        (
                            "arena",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rules",
                                to="arenas.arena",
                            ),
                        ),
                        (
                            "veto",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.post",
                                verbose_name="who may veto it",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("denominator__gte", 1),
                                    ("numerator__gte", 1),
                                    ("numerator__lte", models.F("denominator")),
                                ),
                                name="decision_rule_asks_for_a_share",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ElectionWindow",
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
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
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
                        "ordering": ["starts_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="election_window_does_not_end_before_it_starts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OnRecord",
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
                                    ("statement", "public statement"),
                                    ("question", "question"),
                                    ("condition", "condition"),
                                    ("vote", "vote on an earlier item"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "stance",
                            models.CharField(
                                choices=[
                                    ("strongly_for", "strongly for it"),
                                    ("for", "for it"),
                                    ("neutral", "neither"),
                                    ("against", "against it"),
                                    ("strongly_against", "strongly against it"),
                                    ("unknown", "not said"),
                                ],
                                default="unknown",
                                max_length=20,
                            ),
                        ),
                        ("text", models.TextField(max_length=5000, verbose_name="what was said")),
                        (
                            "link",
                            models.CharField(max_length=1000, verbose_name="address of the source"),
                        ),
                        (
                            "ask",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="arenas.ask",
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
                            "post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.post",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("post__isnull", False),
                                    ("person__isnull", False),
                                    _connector="OR",
                                ),
                                name="said_on_the_record_by_somebody",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PathStep",
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
                        ("days_before", models.PositiveSmallIntegerField()),
                        ("done_on", models.DateField(blank=True, null=True)),
                        ("submitted", models.TextField(blank=True, max_length=5000)),
                        (
                            "ask",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="arenas.ask",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                            ),
                        ),
                        (
                            "owner_post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-days_before", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("ask", "number"), name="path_step_numbered_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PathTemplateStep",
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
                        ("days_before", models.PositiveSmallIntegerField()),
                        (
                            "arena",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="template_steps",
                                to="arenas.arena",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-days_before", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("arena", "number"), name="template_step_numbered_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
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
                        ("votes", models.BooleanField(default=True, verbose_name="has a vote")),
                        ("presides", models.BooleanField(default=False, verbose_name="presides")),
                        (
                            "appointed_as_said",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="how it is filled"
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "appointed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="appointed by",
                            ),
                        ),
                        (
                            "arena",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="arenas.arena",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.post",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("arena", "post"),
                                name="seat_of_a_body_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeatVote",
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
                            "vote",
                            models.CharField(
                                choices=[
                                    ("yes", "yes"),
                                    ("no", "no"),
                                    ("abstain", "abstained"),
                                    ("absent", "absent"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="votes",
                                to="arenas.bodydecision",
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
                            "post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.post",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("decision", "post"), name="seat_voted_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("post__isnull", False),
                                    ("person__isnull", False),
                                    _connector="OR",
                                ),
                                name="vote_of_somebody",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
