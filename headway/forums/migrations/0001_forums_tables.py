import django.db.models.deletion
import headway.core.operations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_directory_tables"),
        ("initiatives", "0001_initiatives_tables"),
    ]

    operations = [
        headway.core.operations.CreateModels(
            models=[
                migrations.CreateModel(
                    name="Forum",
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
                            "purpose",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="what it is for"
                            ),
                        ),
                        (
                            "public_body",
                            models.CharField(
                                choices=[
                                    ("yes", "yes"),
                                    ("no", "no"),
                                    ("ask_counsel", "ask counsel (treated as yes)"),
                                ],
                                default="ask_counsel",
                                max_length=20,
                                verbose_name="is this a public body?",
                            ),
                        ),
                        (
                            "policy",
                            models.TextField(
                                blank=True,
                                max_length=5000,
                                verbose_name="rules of what is said here",
                            ),
                        ),
                        (
                            "notice_days",
                            models.PositiveSmallIntegerField(
                                default=3, verbose_name="days between notice and meeting"
                            ),
                        ),
                        (
                            "counsel",
                            models.TextField(
                                blank=True,
                                max_length=1000,
                                verbose_name="what counsel said about open meetings",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Comment",
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
                        ("thread_id", models.UUIDField()),
                        ("thread_at", models.DateTimeField()),
                        ("text", models.TextField(max_length=5000, verbose_name="what was said")),
                        ("language", models.CharField(default="en", max_length=12)),
                        ("written_at", models.DateTimeField()),
                        ("wordings", models.PositiveSmallIntegerField(default=1)),
                        ("hidden_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answers",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.comment",
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
                                related_name="+",
                                to="initiatives.record",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["record", "thread_at", "thread_id", "written_at"],
                                name="comments_in_threads",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="comment_says_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommentWording",
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
                        ("text", models.TextField(max_length=5000, verbose_name="what was said")),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.comment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("comment", "number"),
                                name="wording_of_a_comment_numbered_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Follow",
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
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.member",
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
                                fields=("record", "member"), name="record_followed_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Conversation",
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
                            "introduction",
                            models.TextField(
                                blank=True, max_length=5000, verbose_name="introduction"
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
                            "open_to",
                            models.CharField(
                                choices=[
                                    ("members", "members of the initiative"),
                                    ("codes", "people with an invitation code"),
                                    ("anyone", "anyone with the address"),
                                ],
                                max_length=20,
                                verbose_name="who may take part",
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
                            "closed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="closed"),
                        ),
                        (
                            "statements_each",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="statements each may add"
                            ),
                        ),
                        (
                            "checked_first",
                            models.BooleanField(
                                default=True, verbose_name="statements are read before they appear"
                            ),
                        ),
                        (
                            "asks_sector",
                            models.BooleanField(
                                default=True, verbose_name="people are asked for their sector"
                            ),
                        ),
                        ("key_id", models.UUIDField(blank=True, null=True)),
                        ("key_destroyed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "forum",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.forum",
                                verbose_name="group",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closes_at__isnull", True),
                                    ("opens_at__isnull", True),
                                    ("closes_at__gt", models.F("opens_at")),
                                    _connector="OR",
                                ),
                                name="conversation_closes_after_it_opens",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ForumModerator",
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
                            "forum",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moderators",
                                to="forums.forum",
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
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="forummoderator_does_not_end_before_it_starts",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True), ("ends_on__isnull", True)
                                ),
                                fields=("forum", "member"),
                                name="moderator_of_a_forum_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvitationCode",
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
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.conversation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("conversation", "digest"), name="invitation_code_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Meeting",
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
                        ("starts_at", models.DateTimeField(verbose_name="begins")),
                        (
                            "ends_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ends"),
                        ),
                        (
                            "place",
                            models.CharField(blank=True, max_length=250, verbose_name="place"),
                        ),
                        (
                            "link",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="address of the call"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("held", "held"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "day_only",
                            models.BooleanField(
                                default=False, verbose_name="only the day is known"
                            ),
                        ),
                        (
                            "emergency",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="why it could not wait"
                            ),
                        ),
                        (
                            "notes",
                            models.TextField(blank=True, max_length=50000, verbose_name="notes"),
                        ),
                        (
                            "notice_posted_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="notice posted"
                            ),
                        ),
                        (
                            "minutes_sent_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="minutes sent"
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(default=0)),
                        (
                            "forum",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.forum",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["starts_at"], name="meetings_by_time")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_at__isnull", True),
                                    ("ends_at__gt", models.F("starts_at")),
                                    _connector="OR",
                                ),
                                name="meeting_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
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
                        ("name", models.CharField(max_length=250, verbose_name="name")),
                        (
                            "was",
                            models.CharField(
                                choices=[
                                    ("present", "present"),
                                    ("excused", "excused"),
                                    ("absent", "absent"),
                                ],
                                default="present",
                                max_length=20,
                                verbose_name="was",
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
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.person",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendance",
                                to="forums.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "name", "organisation"),
                                name="attendance_noted_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("organisation__isnull", True)),
                                fields=("meeting", "name"),
                                name="attendance_without_organisation_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
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
                            "title",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="what it is about"
                            ),
                        ),
                        (
                            "text",
                            models.TextField(blank=True, max_length=5000, verbose_name="details"),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("overdue", "overdue"),
                                    ("due", "due before the next meeting"),
                                    ("waiting", "waiting for an answer"),
                                    ("decision", "for decision"),
                                    ("next_move", "next move"),
                                    ("headline", "headline number"),
                                    ("other", "added by hand"),
                                ],
                                default="other",
                                max_length=20,
                                verbose_name="why",
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="minutes"
                            ),
                        ),
                        (
                            "record",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.record",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agenda",
                                to="forums.meeting",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "number"), name="agenda_numbered_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("title", ""), _negated=True),
                                    ("record__isnull", False),
                                    _connector="OR",
                                ),
                                name="agenda_item_is_about_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mention",
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
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentions",
                                to="forums.comment",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("comment", "member"), name="member_mentioned_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MinuteLine",
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
                            "number",
                            models.PositiveSmallIntegerField(verbose_name="place in the notes"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("will_do", "Will do"),
                                    ("decided", "Decided"),
                                    ("idea", "Idea"),
                                    ("in_the_way", "In the way"),
                                    ("fact", "Fact"),
                                    ("note", "Note"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("text", models.TextField(max_length=5000, verbose_name="text")),
                        ("what", models.CharField(max_length=1000, verbose_name="what")),
                        ("as_typed", models.TextField(max_length=5000, verbose_name="as typed")),
                        (
                            "owner_as_said",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="who, as said"
                            ),
                        ),
                        ("due_from", models.DateField(blank=True, null=True)),
                        ("due_to", models.DateField(blank=True, null=True, verbose_name="by when")),
                        (
                            "due_as_said",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="by when, as said"
                            ),
                        ),
                        ("unsure", models.JSONField(default=list, verbose_name="to look at")),
                        (
                            "corrected_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="looked at"),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="forums.meeting",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.organisation",
                                verbose_name="who",
                            ),
                        ),
                        (
                            "owner_person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.person",
                                verbose_name="person",
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
                        "indexes": [
                            models.Index(fields=["meeting", "number"], name="minute_lines_in_order")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="minute_line_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("due_from__isnull", True), ("due_to__isnull", True)),
                                    ("due_to__gte", models.F("due_from")),
                                    _connector="OR",
                                ),
                                name="minute_line_is_not_due_before_it_begins",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Participant",
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
                            "channel",
                            models.CharField(
                                choices=[
                                    ("web", "on the web"),
                                    ("link", "with a code"),
                                    ("paper", "on paper"),
                                    ("room", "in the room"),
                                ],
                                default="web",
                                max_length=20,
                                verbose_name="how",
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
                                verbose_name="sector",
                            ),
                        ),
                        ("resume", models.CharField(blank=True, max_length=64, null=True)),
                        ("choices_made", models.PositiveIntegerField(default=0)),
                        ("statements_made", models.PositiveIntegerField(default=0)),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.conversation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("conversation", "resume"), name="participant_resumes_as_one"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Phase",
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
                        ("opens_at", models.DateTimeField(verbose_name="opens")),
                        (
                            "closes_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="closes"),
                        ),
                        ("rights", models.JSONField(default=list, verbose_name="what is open")),
                        (
                            "product",
                            models.CharField(
                                blank=True, max_length=250, verbose_name="what it brings forth"
                            ),
                        ),
                        (
                            "product_due",
                            models.DateField(blank=True, null=True, verbose_name="draft due on"),
                        ),
                        (
                            "forum",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="phases",
                                to="forums.forum",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closes_at__isnull", True),
                                    ("closes_at__gt", models.F("opens_at")),
                                    _connector="OR",
                                ),
                                name="phase_closes_after_it_opens",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Statement",
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
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("text", models.CharField(max_length=280, verbose_name="statement")),
                        (
                            "seed",
                            models.BooleanField(default=False, verbose_name="added at the start"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting to be read"),
                                    ("published", "published"),
                                    ("refused", "not published"),
                                    ("hidden", "hidden"),
                                    ("replaced", "replaced by a new wording"),
                                ],
                                default="waiting",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "conversation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.conversation",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.statement",
                                verbose_name="new wording of",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("conversation", "number"), name="statement_numbered_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="statement_says_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Report",
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
                            "because",
                            models.TextField(max_length=1000, verbose_name="what is wrong"),
                        ),
                        ("reported_at", models.DateTimeField()),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "comment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.comment",
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
                            "statement",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.statement",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("comment__isnull", False), ("statement__isnull", True)
                                    ),
                                    models.Q(
                                        ("comment__isnull", True), ("statement__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="report_is_about_one_thing",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrganisationChoice",
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
                            "choice",
                            models.CharField(
                                choices=[
                                    ("agree", "Agree"),
                                    ("disagree", "Disagree"),
                                    ("pass", "Pass"),
                                ],
                                max_length=10,
                                verbose_name="choice",
                            ),
                        ),
                        ("said_at", models.DateTimeField()),
                        (
                            "member",
                            models.ForeignKey(
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
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.statement",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("statement", "organisation"),
                                name="organisation_choice_made_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Moderation",
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
                            "decision",
                            models.CharField(
                                choices=[
                                    ("published", "published"),
                                    ("refused", "not published"),
                                    ("hidden", "hidden"),
                                    ("restored", "shown again"),
                                    ("left", "left as it is"),
                                ],
                                max_length=20,
                                verbose_name="decision",
                            ),
                        ),
                        (
                            "rule",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("off_topic", "not about the question"),
                                    ("duplicate", "says what another one says"),
                                    ("personal", "names or attacks a person"),
                                    ("private", "gives away somebody's private data"),
                                    ("several", "says several things at once"),
                                    ("unlawful", "unlawful"),
                                    ("other", "another reason"),
                                ],
                                max_length=20,
                                verbose_name="rule",
                            ),
                        ),
                        (
                            "because",
                            models.TextField(
                                blank=True, max_length=1000, verbose_name="explanation"
                            ),
                        ),
                        ("decided_at", models.DateTimeField()),
                        (
                            "comment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.comment",
                            ),
                        ),
                        (
                            "forum",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.forum",
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
                            "member",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="initiatives.member",
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.statement",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["initiative", "decided_at"], name="moderation_log")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("comment__isnull", False), ("statement__isnull", True)
                                    ),
                                    models.Q(
                                        ("comment__isnull", True), ("statement__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="moderation_is_about_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decision__in", ["refused", "hidden"]), _negated=True
                                    ),
                                    models.Q(("rule", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="moderation_that_takes_away_names_its_rule",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Choice",
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
                            "choice",
                            models.CharField(
                                choices=[
                                    ("agree", "Agree"),
                                    ("disagree", "Disagree"),
                                    ("pass", "Pass"),
                                ],
                                max_length=10,
                                verbose_name="choice",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day")),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.participant",
                            ),
                        ),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.statement",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("participant", "statement"), name="choice_made_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatementContact",
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
                        ("address", models.EmailField(max_length=250)),
                        (
                            "statement",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="forums.statement",
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
