"""Full-text search: finds what a reader may see, and nothing else."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test.utils import CaptureQueriesContext

from headway.accounts.models.authority import Visibility
from headway.commitments.actions import promise
from headway.exchange.actions.expunge import expunge_record
from headway.forums import actions as forums
from headway.initiatives.actions import withdraw_record
from headway.initiatives.models import Record, SearchText, Wording
from headway.initiatives.search_index import create_index, folded, hits, words_of
from headway.problems.actions import add_fact, revise_fact
from headway.problems.models import Fact
from headway.site.queries.search import excerpt, kinds_open_to, pieces
from tests.commitments.making import a_promise
from tests.world import World

MOST_QUERIES = 12


def a_fact(world: World, claim: str, visibility: str = "") -> Fact:
    return add_fact(by=world.actor(), initiative=world.hennepin, claim=claim, visibility=visibility)


def found(world: World, words: str, role: str = "convener", *, everywhere: bool = False) -> str:
    address = "/search/" if everywhere else world.address("site:search_initiative")
    answer = world.client(role).get(address, {"q": words})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("everywhere", [True, False])
def test_a_word_or_its_beginning_is_found_in_titles_and_texts(
    world: World, *, everywhere: bool
) -> None:
    a_fact(world, "Landlords near the Café ask for two months of deposit")
    for words in ("landlords", "LANDL", "deposit months", "cafe", "café"):
        shown = found(world, words, everywhere=everywhere)
        assert "1 record says it." in shown, words
        assert "<mark>" in shown
    assert "Nothing says" in found(world, "landlords zebra", everywhere=everywhere)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Bjørn and Łukasz spoke", "Bjørn"),
        ("Bjørn and Łukasz spoke", "łukasz"),
        ("Éclair", "eclair"),
        ("On mental/behavioral health", "behavioral"),
        ("See www.hud.gov for more", "hud"),
        ("See www.hud.gov for more", "www.hud.gov"),
        ("Ask desk@riverbend.example", "riverbend"),
        ("About 12.5 million dollars", "12.5 million"),
        ("Closed by covid-19 rules", "covid-19"),
        ("The point-in-time count", "point-in-time"),
        ("A file called night_count", "night_count"),
    ],
)
def test_words_between_any_signs_are_found_as_they_are_written(
    world: World, text: str, asked: str
) -> None:
    about = a_fact(world, text)
    told = hits(Record.objects.all(), words_of(asked), 5)
    assert {hit.record_id for hit in told} == {about.pk}


def test_only_the_newest_wording_is_found(world: World) -> None:
    fact = a_fact(world, "Rents rose by nine percent")
    revise_fact(by=world.actor(), fact=fact, claim="Rents rose by seven percent")
    assert "1 record says it." in found(world, "seven")
    assert "Nothing says" in found(world, "nine")


def test_what_was_withdrawn_is_not_found(world: World) -> None:
    fact = a_fact(world, "Quicksilver in the wells")
    withdraw_record(by=world.actor(), record=fact.record, because="wrong well")
    assert "Nothing says" in found(world, "quicksilver")


def test_a_visitor_finds_public_records_alone(world: World) -> None:
    a_fact(world, "Quicksilver for members", visibility=Visibility.MEMBERS)
    a_fact(world, "Quicksilver for everybody", visibility=Visibility.PUBLIC)
    for everywhere in (True, False):
        assert "1 record says it." in found(world, "quicksilver", "", everywhere=everywhere)
        assert "2 records say it." in found(world, "quicksilver", everywhere=everywhere)
        assert "for members" not in found(world, "quicksilver", "", everywhere=everywhere)


def test_kinds_whose_pages_do_not_open_are_not_found() -> None:
    visitor = kinds_open_to({"visitor@public"})
    assert {"promise", "fact", "pilot"} <= set(visitor)
    assert not {"contact", "approach", "correction", "learning_review"} & set(visitor)
    assert "contact" in kinds_open_to({"convener@initiative"})


def test_a_conversation_in_preparation_is_not_found(world: World) -> None:
    forum = forums.open_forum(
        by=world.actor(), initiative=world.hennepin, name="Renters", public_body="no"
    )
    asked = forums.start_conversation(
        by=world.actor(), forum=forum, title="Quicksilver?", statements=["Quicksilver is old"]
    )
    for role in ("convener", "partner", ""):
        assert "Nothing says" in found(world, "quicksilver", role)
    forums.open_conversation(by=world.actor(), conversation=asked)
    assert "2 records say it." in found(world, "quicksilver", "partner")


def test_what_is_expunged_leaves_the_index(world: World) -> None:
    row = a_promise(world, "Quicksilver is removed by May")
    withdraw_record(by=world.actor(), record=row.record, because="entered twice")
    expunge_record(
        by=world.actor("records_officer"), record=row.record, because="order of the court"
    )
    assert not SearchText.objects.filter(text__icontains="quicksilver").exists()
    allowed = Record.objects.all()
    assert hits(allowed, words_of("quicksilver"), 10) == []


def test_a_text_that_is_emptied_leaves_the_index(world: World) -> None:
    fact = a_fact(world, "Something about quicksilver")
    Wording.objects.filter(record=fact.record).update(text="")
    Record.objects.filter(pk=fact.pk).update(title="Emptied")
    assert "Nothing says" in found(world, "quicksilver")
    assert "1 record says it." in found(world, "emptied")


@pytest.mark.parametrize("too_many", [5_000, 5])
def test_what_may_be_found_is_found_among_any_number_that_may_not(
    world: World, monkeypatch: pytest.MonkeyPatch, too_many: int
) -> None:
    monkeypatch.setattr("headway.initiatives.search_index.FIRST_TEXTS", 3)
    monkeypatch.setattr("headway.initiatives.search_index.TOO_MANY", too_many)
    for number in range(12):
        a_fact(world, f"Quicksilver {number}", visibility=Visibility.MEMBERS)
    a_fact(world, "In the oldest of all the wells stands quicksilver", visibility="public")
    assert "1 record says it." in found(world, "quicksilver", "")
    assert "13 records say it." in found(world, "quicksilver")


def test_a_title_counts_more_than_a_text(world: World) -> None:
    long = "Beds are counted in January. " * 5
    a_fact(world, f"{long} Then come the shelters and what they need.")
    promise(
        by=world.actor(),
        initiative=world.hennepin,
        text="Shelters open at noon",
        organisation=world.shelter,
    )
    best = hits(Record.objects.all(), words_of("shelters"), 10)
    assert len(best) == 2
    assert Record.objects.get(pk=best[0].record_id).kind == "promise"


def test_of_words_that_very_many_texts_say_the_newest_come_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_fact(world, "Quicksilver, quicksilver, quicksilver")
    newest = a_fact(world, "In the oldest of all the wells that we know stands some quicksilver")
    first = hits(Record.objects.all(), words_of("quicksilver"), 1)
    assert first[0].record_id != newest.pk
    monkeypatch.setattr("headway.initiatives.search_index.TOO_MANY", 2)
    first = hits(Record.objects.all(), words_of("quicksilver"), 1)
    assert first[0].record_id == newest.pk


def test_a_single_letter_is_a_word_and_no_beginning(world: World) -> None:
    a_fact(world, "Plan B asks for beds")
    assert "1 record says it." in found(world, "plan b")
    assert "Nothing says" in found(world, "plan a")


@pytest.mark.parametrize(
    "words", ["", " ", "'", '"', "a OR b", "NOT", "(", "%", "_", "\\", ":*", "&|!", "x" * 5_000]
)
def test_no_input_makes_the_search_fail(world: World, words: str) -> None:
    a_fact(world, "Landlords ask for a deposit")
    for everywhere in (True, False):
        found(world, words, everywhere=everywhere)


def test_nul_and_half_an_emoji_are_no_reason_to_fail(world: World) -> None:
    client = world.client("convener")
    for asked, status in (("%00land", 400), ("%ED%A0%BD", 200), ("%FF%FE", 200)):
        assert client.get(f"/search/?q={asked}").status_code == status, asked


def test_the_pages_need_few_queries_whatever_is_found(world: World) -> None:
    for number in range(30):
        a_fact(world, f"Quicksilver in well {number}")
    client = world.client("convener")
    for address in ("/search/", world.address("site:search_initiative")):
        client.get(address, {"q": "quicksilver"})
        with CaptureQueriesContext(connection) as seen:
            shown = client.get(address, {"q": "quicksilver"}).content.decode()
        assert len(_of_the_page(seen)) <= MOST_QUERIES
        assert "30 records say it." in shown
        assert "More results" in shown


def _of_the_page(seen: CaptureQueriesContext) -> list[str]:
    """The queries without those by which the rate limit counts."""
    asked = [each["sql"] for each in seen.captured_queries]
    return [sql for sql in asked if "headway_cache" not in sql and "SAVEPOINT" not in sql]


def test_the_index_made_anew_says_the_same(world: World) -> None:
    fact = a_fact(world, "Rents rose by nine percent")
    revise_fact(by=world.actor(), fact=fact, claim="Rents rose by seven percent")
    before = set(SearchText.objects.values_list("record", "field", "text"))
    create_index(connection)
    assert set(SearchText.objects.values_list("record", "field", "text")) == before
    assert len(hits(Record.objects.all(), words_of("seven"), 5)) == 1


@pytest.mark.django_db
def test_migrations_after_the_index_that_alter_its_tables_make_it_again() -> None:
    loader = MigrationLoader(connection)
    names = sorted(name for app, name in loader.disk_migrations if app == "initiatives")
    for name in names[names.index("0004_texts_are_searched") + 1 :]:
        migration = loader.disk_migrations["initiatives", name]
        altered = {getattr(step, "model_name", "") for step in migration.operations}
        if altered & {"record", "wording", "searchtext"}:
            told = {getattr(step, "code", None).__name__ for step in migration.operations[-1:]}
            assert "make" in told, f"{name} rebuilds a table of the search index"


def test_an_excerpt_shows_where_the_word_stands() -> None:
    text = "Long before. " * 30 + "Here the Éclair stands. " + "Long after. " * 30
    shown = excerpt(text, words_of("eclair"))
    assert shown.startswith("… ")
    assert shown.endswith("…")
    assert [piece.text for piece in pieces(shown, words_of("eclair")) if piece.found] == ["Éclair"]
    assert folded("Éclair") == "eclair"
