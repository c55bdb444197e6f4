import pytest

from headway.core.tables import TextLink
from headway.directory.models import Source
from headway.directory.queries.sources import source_link, source_words

PLAN = Source(title="Ten-Year Plan", url="https://county.example/plan")
LETTER = Source(title="A letter")


@pytest.mark.parametrize(
    ("source", "words", "link"),
    [
        (PLAN, "Ten-Year Plan https://county.example/plan", TextLink(PLAN.title, PLAN.url)),
        (LETTER, "A letter", "A letter"),
        (None, "", ""),
    ],
)
def test_a_source_is_told_with_its_address_where_it_has_one(
    source: Source | None, words: str, link: object
) -> None:
    assert source_words(source) == words
    assert source_link(source) == link
