"""How tests of decision bodies look at pages."""

import csv
import io

from tests.world import World


def text_of(world: World, name: str, *ids: object, role: str = "", query: str = "") -> str:
    """What a page says to somebody."""
    answer = world.client(role).get(world.address(f"arenas:{name}", *ids) + query)
    assert answer.status_code == 200, (name, answer)
    return answer.content.decode()


def send(world: World, name: str, *ids: object, role: str = "convener", **said: object) -> str:
    """What stands there after a form was sent."""
    answer = world.client(role).post(world.address(f"arenas:{name}", *ids), said, follow=True)
    assert answer.status_code == 200, (answer.status_code, answer.content.decode()[:3_000])
    return answer.content.decode()


def rows_of(world: World, name: str, role: str = "") -> list[dict[str, str]]:
    """The rows of a table file."""
    answer = world.client(role).get(world.address(f"arenas:{name}"))
    assert answer.status_code == 200
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))
