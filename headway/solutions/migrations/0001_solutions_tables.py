import django.db.models.deletion
import headway.core.operations
import uuid
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_directory_tables"),
        ("forums", "0001_forums_tables"),
        ("initiatives", "0001_initiatives_tables"),
    ]

    operations = [
        headway.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Ballot",
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
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="what is decided"
                            ),
                        ),
                        (
                            "rule",
                            models.CharField(
                                choices=[
                                    ("consent", "consent: nobody objects with a reason"),
                                    ("ranking", "ranking"),
                                    ("approval", "approval: choose all that you can support"),
                                    ("score", "score from 0 to 5"),
                                    ("budget", "split a budget"),
                                ],
                                max_length=20,
                                verbose_name="how we decide",
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("schulze", "Schulze: compare every pair"),
                                    ("irv", "instant runoff: the last one drops out"),
                                    ("mes", "equal shares"),
                                    ("greedy", "most votes first"),
                                ],
                                max_length=20,
                                verbose_name="how it is counted",
                            ),
                        ),
                        (
                            "voices",
                            models.CharField(
                                choices=[
                                    ("organisations", "one voice per organization"),
                                    ("persons", "one voice per person"),
                                ],
                                max_length=20,
                                verbose_name="whose voice counts",
                            ),
                        ),
                        ("secret", models.BooleanField(default=False, verbose_name="secret")),
                        (
                            "quorum_percent",
                            models.PositiveSmallIntegerField(
                                default=50, verbose_name="how many must vote, percent"
                            ),
                        ),
                        (
                            "needed_percent",
                            models.PositiveSmallIntegerField(
                                default=50, verbose_name="how many must agree, percent"
                            ),
                        ),
                        (
                            "budget",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=16,
                                null=True,
                                verbose_name="budget",
                            ),
                        ),
                        (
                            "closes_early",
                            models.BooleanField(
                                default=False,
                                verbose_name="may be closed early once enough have voted",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being prepared"),
                                    ("open", "open"),
                                    ("closed", "closed"),
                                ],
                                default="draft",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "opens_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="opens"),
                        ),
                        (
                            "closes_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="closes"),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="opened"),
                        ),
                        (
                            "closed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="closed"),
                        ),
                        ("key_id", models.UUIDField(verbose_name="key")),
                        ("result", models.JSONField(blank=True, null=True, verbose_name="result")),
                        (
                            "forum",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.forum",
                                verbose_name="group",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["state", "closes_at"], name="ballots_by_their_end")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closes_at__isnull", True),
                                    ("opens_at__isnull", True),
                                    ("closes_at__gt", models.F("opens_at")),
                                    _connector="OR",
                                ),
                                name="ballot_closes_after_it_opens",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("needed_percent__lte", 100), ("quorum_percent__lte", 100)
                                ),
                                name="ballot_shares_are_at_most_all",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("rule", "budget"), _negated=True),
                                    ("budget__gt", Decimal(0)),
                                    _connector="OR",
                                ),
                                name="budget_ballot_has_a_budget",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("result__isnull", True), ("state", "closed"), _connector="OR"
                                ),
                                name="ballot_has_no_result_before_its_close",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Barrier",
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
                                    ("rule", "law or rule"),
                                    ("procedure", "procedure"),
                                    ("habit", "habit of solving it in-house"),
                                    ("money", "money"),
                                    ("other", "something else"),
                                ],
                                default="other",
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "text",
                            models.TextField(max_length=5000, verbose_name="what is in the way"),
                        ),
                        (
                            "waiver_as_said",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="who, as said"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "nobody was asked"),
                                    ("asked", "asked, no answer yet"),
                                    ("waived", "waived"),
                                    ("changed", "changed"),
                                    ("refused", "stays, they say"),
                                ],
                                default="open",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "answer",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="their answer"
                            ),
                        ),
                        (
                            "waiver",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="who can waive or change it",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Criterion",
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
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="what 1 and 5 mean"
                            ),
                        ),
                        (
                            "weight",
                            models.PositiveSmallIntegerField(default=1, verbose_name="weight"),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("weight__gte", 1), ("weight__lte", 10)),
                                name="criterion_weighs_one_to_ten",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Elector",
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
                        ("recused", models.BooleanField(default=False)),
                        ("has_voted", models.BooleanField(default=False)),
                        (
                            "ballot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="electors",
                                to="solutions.ballot",
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
                        (
                            "stand_in",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.member",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("organisation__isnull", False)),
                                fields=("ballot", "organisation"),
                                name="organisation_has_one_voice",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("member__isnull", False)),
                                fields=("ballot", "member"),
                                name="person_has_one_voice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("member__isnull", True), ("organisation__isnull", False)
                                    ),
                                    models.Q(
                                        ("member__isnull", False), ("organisation__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="voice_is_an_organisation_or_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("recused", False), ("has_voted", False), _connector="OR"
                                ),
                                name="recused_voice_does_not_vote",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NamedVote",
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
                        ("content", models.JSONField()),
                        (
                            "because",
                            models.TextField(blank=True, max_length=5000, verbose_name="reason"),
                        ),
                        ("cast_at", models.DateTimeField()),
                        (
                            "ballot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="solutions.ballot",
                            ),
                        ),
                        (
                            "elector",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="solutions.elector",
                            ),
                        ),
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
                        "verbose_name": "vote",
                    },
                ),
                migrations.CreateModel(
                    name="Objection",
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
                        ("text", models.TextField(max_length=5000, verbose_name="objection")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("met", "met by a change"),
                                    ("taken_back", "taken back"),
                                    ("stands", "stands"),
                                ],
                                default="open",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "answer",
                            models.TextField(blank=True, max_length=5000, verbose_name="answer"),
                        ),
                        (
                            "ballot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="solutions.ballot",
                                verbose_name="vote",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="who objects",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="objection_says_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpenedVote",
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
                        ("content", models.JSONField()),
                        (
                            "because",
                            models.TextField(blank=True, max_length=5000, verbose_name="reason"),
                        ),
                        (
                            "ballot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="solutions.ballot",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vote",
                    },
                ),
                migrations.CreateModel(
                    name="SealedVote",
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
                        ("sealed", models.BinaryField(max_length=100000)),
                        (
                            "ballot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="solutions.ballot",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Solution",
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
                            models.TextField(max_length=20000, verbose_name="what is recommended"),
                        ),
                        (
                            "expects",
                            models.TextField(
                                blank=True,
                                max_length=5000,
                                verbose_name="what it would change, for whom",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("idea", "idea"),
                                    ("draft", "recommendation being drafted"),
                                    ("adopted", "adopted"),
                                    ("not_adopted", "not adopted"),
                                    ("set_aside", "set aside"),
                                    ("carried_out", "carried out"),
                                ],
                                default="idea",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "cost",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=16,
                                null=True,
                                verbose_name="cost",
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(default="USD", max_length=3, verbose_name="currency"),
                        ),
                        (
                            "cost_note",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="what the cost covers"
                            ),
                        ),
                        (
                            "bought",
                            models.BooleanField(
                                default=False, verbose_name="something will be bought competitively"
                            ),
                        ),
                        (
                            "suggestions_closed_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="suggested changes closed"
                            ),
                        ),
                        (
                            "forum",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.forum",
                                verbose_name="group",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="organization that answers for it",
                            ),
                        ),
                        (
                            "owner_post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.post",
                                verbose_name="seat",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="recommendation_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cost__isnull", True),
                                    ("cost__gte", Decimal(0)),
                                    _connector="OR",
                                ),
                                name="recommendation_costs_nothing_or_more",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Outcome",
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
                        ("text", models.TextField(max_length=5000, verbose_name="what we decided")),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("adopted", "it is adopted"),
                                    ("not_adopted", "it is not adopted"),
                                    ("set_aside", "it is set aside for now"),
                                ],
                                max_length=20,
                                verbose_name="what becomes of the recommendation",
                            ),
                        ),
                        (
                            "review_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="we look at it again on"
                            ),
                        ),
                        (
                            "reminded_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="reminder sent"
                            ),
                        ),
                        (
                            "reviewed_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="looked at again"
                            ),
                        ),
                        (
                            "review",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="what we found"
                            ),
                        ),
                        (
                            "ballot",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="solutions.ballot",
                                verbose_name="vote",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.meeting",
                                verbose_name="meeting",
                            ),
                        ),
                        (
                            "solution",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="solutions.solution",
                                verbose_name="recommendation",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["review_on"], name="outcomes_by_review")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="outcome_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reviewed_at__isnull", True),
                                    models.Q(("review", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="reviewed_outcome_says_what_was_found",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Interest",
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
                        ("text", models.TextField(max_length=5000, verbose_name="interest")),
                        (
                            "recused",
                            models.BooleanField(
                                default=True, verbose_name="does not take part in the vote"
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="whose interest",
                            ),
                        ),
                        (
                            "solution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="solutions.solution",
                                verbose_name="recommendation",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Funding",
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
                            "giver_as_said",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="source, as said"
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2, max_digits=16, verbose_name="amount"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("committed", "committed"), ("asked", "asked for")],
                                max_length=20,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "fiscal_year",
                            models.CharField(blank=True, max_length=60, verbose_name="fiscal year"),
                        ),
                        (
                            "restriction",
                            models.CharField(blank=True, max_length=250, verbose_name="tied to"),
                        ),
                        (
                            "deadline",
                            models.DateField(
                                blank=True, null=True, verbose_name="deadline of the grant"
                            ),
                        ),
                        (
                            "note",
                            models.TextField(blank=True, max_length=5000, verbose_name="note"),
                        ),
                        (
                            "giver",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="source",
                            ),
                        ),
                        (
                            "solution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="solutions.solution",
                                verbose_name="recommendation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", Decimal(0))),
                                name="funding_is_above_zero",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CriterionScore",
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
                        ("score", models.PositiveSmallIntegerField()),
                        ("because", models.TextField(blank=True, max_length=1000)),
                        ("scored_at", models.DateTimeField()),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="solutions.criterion",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.member",
                            ),
                        ),
                        (
                            "solution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="solutions.solution",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("solution", "criterion", "member"),
                                name="criterion_scored_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("score__gte", 1), ("score__lte", 5)),
                                name="criterion_score_is_one_to_five",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoAuthor",
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
                        ("since", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
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
                            "solution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="authors",
                                to="solutions.solution",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("solution", "organisation"),
                                name="author_of_a_recommendation_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BallotOption",
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
                        ("title", models.CharField(blank=True, max_length=250)),
                        ("wording_number", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "cost",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True
                            ),
                        ),
                        (
                            "ballot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="options",
                                to="solutions.ballot",
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
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("ballot", "number"), name="ballot_option_numbered_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cost__isnull", True),
                                    ("cost__gte", Decimal(0)),
                                    _connector="OR",
                                ),
                                name="ballot_option_costs_nothing_or_more",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Amendment",
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
                            "field",
                            models.CharField(
                                default="text", max_length=60, verbose_name="which text"
                            ),
                        ),
                        (
                            "base_number",
                            models.PositiveIntegerField(verbose_name="made to version"),
                        ),
                        (
                            "text",
                            models.TextField(max_length=20000, verbose_name="suggested wording"),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, max_length=5000, verbose_name="why"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("accepted", "accepted"),
                                    ("edited", "accepted in other words"),
                                    ("refused", "not accepted"),
                                    ("promoted", "made an idea of its own"),
                                ],
                                default="open",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "answer",
                            models.TextField(blank=True, max_length=5000, verbose_name="answer"),
                        ),
                        (
                            "solution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="solutions.solution",
                                verbose_name="recommendation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="suggested_change_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="change_that_is_not_accepted_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VoteSettings",
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
                            "more_ways",
                            models.BooleanField(default=False, verbose_name="more ways to vote"),
                        ),
                        (
                            "initiative",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.initiative",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
            ],
        ),
    ]
