"""What every record's page costs: the gate, the record, what stands beside it, and its own."""

from collections import defaultdict

from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.initiatives import kinds
from headway.initiatives.models import Record
from tests.arenas.making import fill as fill_decisions
from tests.site.test_apart import fill
from tests.solutions.making import fill as fill_recommendations
from tests.world import World

AT_MOST = 15
# Pages on which many lists of other records stand; what they ask may only become less.
LARGE = {"partner": 20, "recommendation": 20, "ballot": 17, "arena": 17, "measure": 18}


def test_the_page_of_no_kind_of_record_asks_more_than_is_written_here(world: World) -> None:
    fill(world.actor(), world.hennepin, world.shelter)
    fill_recommendations(world)
    fill_decisions(world)
    client, most = world.client("convener"), defaultdict(int)
    for record in Record.objects.in_initiative(world.hennepin):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(kinds.href(record, world.hennepin.slug))
        assert answer.status_code == 200
        most[record.kind] = max(most[record.kind], len(asked))
    over = {kind: count for kind, count in most.items() if count > LARGE.get(kind, AT_MOST)}
    assert over == {}
