from headway.initiatives import actions
from headway.initiatives.models import Translation
from tests.world import World, a_happening


def test_a_text_stands_in_another_language_beside_the_original(world: World) -> None:
    happening = a_happening(world, "The commission meets")
    page = world.address("initiatives:translate", happening.pk)
    client = world.client("partner")
    answer = client.post(page, {"field": "title", "language": "so", "text": "Guddigu wuu kulmayaa"})
    assert answer.status_code == 302
    shown = client.get(answer["Location"]).content.decode()
    assert "Guddigu wuu kulmayaa" in shown
    assert 'lang="so"' in shown
    assert "The commission meets" in shown


def test_a_translation_says_when_its_original_has_changed(world: World) -> None:
    happening = a_happening(world, "The commission meets")
    actions.translate_text(
        by=world.actor(),
        record=happening.record,
        field="title",
        original="The commission meets",
        language="es",
        text="La comisión se reúne",
    )
    row = Translation.objects.get()
    assert row.made_from("The commission meets")
    assert not row.made_from("The commission met")


def test_the_original_language_and_unknown_ones_are_refused(world: World) -> None:
    happening = a_happening(world)
    page = world.address("initiatives:translate", happening.pk)
    for language in ("en", "xx"):
        answer = world.client("partner").post(
            page, {"field": "title", "language": language, "text": "Still here"}
        )
        assert answer.status_code == 422
        assert "Still here" in answer.content.decode()
    assert not Translation.objects.exists()


def test_an_observer_cannot_translate(world: World) -> None:
    page = world.address("initiatives:translate", a_happening(world).pk)
    assert world.client("observer").get(page).status_code == 403
