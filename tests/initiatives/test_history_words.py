import re
from pathlib import Path

from headway.initiatives.queries.verbs import VERBS

HEADWAY = Path(__file__).resolve().parent.parent.parent / "headway"
OF_RECORDS = ("initiatives", "problems", "partners", "forums", "solutions", "arenas", "commitments")


def test_the_history_has_plain_words_for_everything_that_is_done() -> None:
    texts = [path.read_text() for app in OF_RECORDS for path in (HEADWAY / app).rglob("*.py")]
    done = {verb for text in texts for verb in re.findall(r"verb=\"([a-z_]+)\"", text)}

    assert len(done) > 60
    assert done - set(VERBS) == set()
