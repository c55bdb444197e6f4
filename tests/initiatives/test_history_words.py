import re
from pathlib import Path

import pytest
from django.utils import timezone

from headway.initiatives.queries.field_words import value_words
from headway.initiatives.queries.verbs import VERBS

HEADWAY = Path(__file__).resolve().parent.parent.parent / "headway"
OF_RECORDS = ("initiatives", "problems", "partners", "forums", "solutions", "arenas", "commitments")


def test_the_history_has_plain_words_for_everything_that_is_done() -> None:
    texts = [path.read_text() for app in OF_RECORDS for path in (HEADWAY / app).rglob("*.py")]
    done = {verb for text in texts for verb in re.findall(r"verb=\"([a-z_]+)\"", text)}

    assert len(done) > 60
    assert done - set(VERBS) == set()


@pytest.mark.parametrize(
    ("kind", "field", "stored", "said"),
    [
        ("forum", "public_body", "ask_counsel", "ask counsel (treated as yes)"),
        ("meeting", "starts_at", "2026-12-07T16:00:00+00:00", "December 7, 2026, 10 a.m."),
        ("ballot", "closes_at", "2026-12-02 06:00:00+00:00", "December 2, 2026, midnight"),
        ("interest", "recused", "True", "yes"),
        ("fact", "claim", "True stories help", "True stories help"),
        ("nothing", "nowhere", "as it is", "as it is"),
    ],
)
def test_a_value_of_the_log_reads_as_on_its_page(
    kind: str, field: str, stored: str, said: str
) -> None:
    with timezone.override("America/Chicago"):
        assert value_words(kind, field, stored) == said
