from headway.arenas.models import Approach, Arena, Ask, BodyDecision, DecisionRule, OnRecord
from tests.arenas.making import an_ask, fill
from tests.world import World


def text_of(world: World, name: str, *ids: object, role: str = "", query: str = "") -> str:
    answer = world.client(role).get(world.address(f"arenas:{name}", *ids) + query)
    assert answer.status_code == 200, (name, answer)
    return answer.content.decode()


def test_every_page_opens_with_everything_filled_in(world: World) -> None:
    fill(world)
    for role in ("convener", "partner", ""):
        for name in ("home", "asks", "decisions"):
            text_of(world, name, role=role)
        for name, model in (
            ("arena", Arena),
            ("rule", DecisionRule),
            ("ask", Ask),
            ("on_record", OnRecord),
            ("decision", BodyDecision),
        ):
            for row in model.objects.all():
                assert "may have to be released" in text_of(world, name, row.pk, role=role) or (
                    name == "rule"
                )
    for row in Approach.objects.all():
        text_of(world, "approach", row.pk, role="partner")
    for row in Ask.objects.all():
        text_of(world, "who_asks", row.pk, role="partner")
    assert an_ask
