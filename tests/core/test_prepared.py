from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db.models import Exists, QuerySet
from django.db.models.functions import Upper
from pytest_django import DjangoAssertNumQueries

from headway.core.prepared import Prepared
from headway.initiatives.models import Initiative, Member, RoleGrant
from tests.world import TODAY, World

BUILT: list[str] = []


@Prepared
def _named(slug: str, starts_on: date, authority_id: UUID) -> QuerySet[Initiative]:
    BUILT.append(slug)
    grants = RoleGrant.objects.filter(starts_on__lte=starts_on).order_by()
    found = Initiative.objects.filter(slug=slug, authority=authority_id).select_related("owner")
    return found.annotate(began=Exists(grants))[:1]


def test_a_prepared_query_answers_for_each_value_as_a_plain_one(world: World) -> None:
    for initiative in (world.hennepin, world.closed):
        assert _named(initiative.slug, TODAY, world.authority.pk) == [initiative]
    assert _named("nothing", TODAY, world.authority.pk) == []
    assert _named(world.hennepin.slug, TODAY, uuid4()) == []


def test_it_is_built_once_and_brings_what_it_is_joined_to(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _named(world.hennepin.slug, TODAY, world.authority.pk)
    BUILT.clear()
    early = date(1999, 1, 1)
    with django_assert_num_queries(2):
        [now] = _named(world.hennepin.slug, TODAY, world.authority.pk)
        [then] = _named(world.hennepin.slug, early, world.authority.pk)
        assert now.owner == world.office
        assert (vars(now)["began"], vars(then)["began"]) == (True, False)
    assert BUILT == []


def test_a_value_may_stand_in_several_places_and_among_constants(world: World) -> None:
    @Prepared
    def both(user_id: UUID, *readers: str) -> QuerySet[Member]:
        found = Member.objects.filter(initiative__visibility__in=readers, user=user_id)
        return (
            found.select_related("initiative")
            .filter(left_at__isnull=True)
            .exclude(name="Nobody")
            .exclude(person=user_id)
        )

    person = world.people["convener"].pk
    assert [each.initiative for each in both(person, "public")] == [world.hennepin]
    assert {each.initiative for each in both(person, "public", "members")} == {
        world.hennepin,
        world.closed,
    }


def test_a_value_that_is_changed_on_its_way_is_refused(world: World) -> None:
    shouted = Prepared(lambda name: Initiative.objects.filter(title__icontains=name))
    with pytest.raises(ValueError, match="would not reach the database"):
        shouted(world.hennepin.title)
    lost = Prepared(lambda _name: Initiative.objects.annotate(loud=Upper("title")))
    with pytest.raises(ValueError, match="would not reach the database"):
        lost(world.hennepin.title)
