from django.urls import reverse

from headway.arenas.actions import name_arena
from tests.world import World


def test_a_body_without_a_seat_stands_in_the_list(world: World) -> None:
    name_arena(by=world.actor(), initiative=world.hennepin, organisation=world.shelter)
    page = world.client("convener").get(reverse("arenas:home", args=[world.hennepin.slug]))
    assert page.status_code == 200
    assert "Stephen" in page.content.decode()
