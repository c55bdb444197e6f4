import csv
import time
from collections import Counter
from datetime import date

import pytest
from django.urls import reverse

from headway.accounts.models import Event
from headway.core.errors import RuleError
from headway.directory.actions import record_source
from headway.forums.actions import HeldThere, StatedThere, bring_in_conversation, open_forum
from headway.forums.models import Choice, Conversation, Moderation, Participant, Statement
from headway.forums.queries.results import tallies
from headway.initiatives.models import Initiative, Record
from headway.initiatives.provenance import reported
from headway.site.example.housing import ATTRIBUTION, load_affordable_housing
from tests.world import EXAMPLE, World

FOLDER = EXAMPLE.parent / "affordable-housing"


def load(world: World) -> Initiative:
    return load_affordable_housing(
        by=world.actor("administrator"), authority=world.authority, folder=FOLDER
    )


def rows() -> list[dict[str, str]]:
    with (FOLDER / "comments.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_whole_conversation_loads_in_seconds_and_once(world: World) -> None:
    begun = time.process_time()
    initiative = load(world)
    assert time.process_time() - begun < 10
    counts = (Record.objects.count(), Event.objects.count(), Choice.objects.count())
    assert load(world) == initiative
    assert counts == (Record.objects.count(), Event.objects.count(), Choice.objects.count())
    assert (Participant.objects.count(), counts[2]) == (381, 14_995)


def test_tallies_are_those_of_the_source(world: World) -> None:
    load(world)
    conversation = Conversation.objects.get()
    wanted = {
        int(row["comment-id"]) + 1: (int(row["agrees"]), int(row["disagrees"]))
        for row in rows()
        if row["moderated"] == "1"
    }
    counted = {each.number: (each.agree, each.disagree) for each in tallies(conversation)}
    assert set(counted) == set(wanted)
    statements = Statement.objects.filter(conversation=conversation)
    assert Counter(statements.values_list("state", flat=True)) == {"published": 119, "hidden": 46}
    assert Moderation.objects.filter(decision="hidden").exclude(because="").count() == 46


def test_who_made_it_stands_on_its_pages_and_hidden_statements_do_not(world: World) -> None:
    load(world)
    conversation = Conversation.objects.select_related("record__initiative").get()
    slug = conversation.record.initiative.slug
    pages = [
        reverse("forums:conversation", args=[slug, conversation.pk]),
        reverse("forums:results", args=[slug, conversation.pk]),
    ]
    hidden = Statement.objects.filter(conversation=conversation, state="hidden").first()
    assert hidden is not None
    visitor = world.client()
    for address in (f"/i/{slug}/", *pages):
        page = visitor.get(address, follow=True)
        assert page.status_code == 200, address
        text = page.content.decode()
        assert "The Computational Democracy" in text
        assert "CC BY 4.0" in text
        assert hidden.text not in text
    assert ATTRIBUTION in conversation.introduction


@pytest.mark.parametrize(
    ("statements", "people", "why"),
    [
        ([StatedThere(1, "A", date(2017, 6, 13))], [{2: "agree"}], "not among them"),
        ([StatedThere(1, "A", date(2017, 6, 13))], [{1: "maybe"}], "agree, disagree or pass"),
        ([StatedThere(1, "A", date(2017, 6, 13))] * 2, [], "same number"),
        ([StatedThere(1, "A" * 281, date(2017, 6, 13))], [], "at most 280"),
    ],
)
def test_a_conversation_that_does_not_fit_together_is_refused_whole(
    world: World, statements: list[StatedThere], people: list[dict[int, str]], why: str
) -> None:
    by = world.actor("administrator")
    forum = open_forum(by=by, initiative=world.hennepin, name="A group", public_body="no")
    source = record_source(by=by, authority=world.authority, title="Open data")
    first, last = date(2017, 6, 13), date(2017, 7, 9)
    with pytest.raises(RuleError, match=why):
        bring_in_conversation(
            by=by,
            forum=forum,
            held=HeldThere("What helps?", "", first, last, statements, people),
            provenance=reported(source),
        )
    assert not Conversation.objects.exists()
