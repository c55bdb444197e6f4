"""Nothing that somebody types ends in a failure, and nothing typed is lost."""

import pytest

from headway.solutions.models import Amendment, Solution
from tests.solutions.making import a_barrier, a_change, a_criterion, a_recommendation
from tests.world import World

NASTY = (
    "NUL \x00 inside",
    "x" * 30_000,
    "=HYPERLINK(1)",
    "<script>alert(1)</script>",
    "1e400",
    "-1",
    "NaN",
    "99999999999999999999999999999999",
)
STORABLE = NASTY[2:]
ANY_WORDS = {"refuse_change", "promote_change"}
FIELDS: dict[str, tuple[str, ...]] = {
    "bring_idea": ("title", "text", "organisations"),
    "edit_solution": ("title", "text", "expects", "cost", "currency", "cost_note", "seen"),
    "name_owner": ("owner", "post"),
    "credit_authors": ("organisations",),
    "move_solution": ("state", "because"),
    "suggest_change": ("text", "reason", "organisation", "base_number"),
    "accept_change": ("merged", "answer", "seen_number"),
    "refuse_change": ("because",),
    "promote_change": ("title",),
    "add_barrier": ("title", "text", "kind", "waiver", "waiver_as_said"),
    "move_barrier": ("state", "answer", "when", "sources"),
    "add_funding": (
        "giver",
        "giver_as_said",
        "amount",
        "status",
        "fiscal_year",
        "restriction",
        "deadline",
        "note",
    ),
    "declare_interest": ("organisation", "text", "recused"),
    "add_criterion": ("title", "text", "weight"),
}


def address(world: World, name: str) -> str:
    solution = a_recommendation(world)
    if name in {"bring_idea", "add_barrier", "add_criterion"}:
        return world.address(f"solutions:{name}")
    if name == "suggest_change":
        return world.address("solutions:suggest_change", solution.pk, "text")
    if name in {"accept_change", "refuse_change", "promote_change"}:
        return world.address(f"solutions:{name}", a_change(world, solution).pk)
    if name == "move_barrier":
        return world.address("solutions:move_barrier", a_barrier(world).pk)
    return world.address(f"solutions:{name}", solution.pk)


@pytest.mark.parametrize("name", FIELDS)
def test_nonsense_in_any_field_comes_back_with_what_to_mend(world: World, name: str) -> None:
    convener = world.client("convener")
    for nasty in NASTY:
        answer = convener.post(address(world, name), dict.fromkeys(FIELDS[name], nasty))
        # A reason and a name may be any words, where no other field has to mean something.
        kept = name in ANY_WORDS and nasty in STORABLE
        assert answer.status_code == (302 if kept else 422), (name, nasty[:20])
        assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("query", ["?state=nowhere&q=%25", "?q=" + "a+" * 200, "?sort=-x&page=9e9"])
@pytest.mark.parametrize("name", ["solutions", "solutions_csv", "amendments", "barriers"])
def test_an_address_with_nonsense_in_it_still_opens(world: World, name: str, query: str) -> None:
    a_recommendation(world)
    assert world.client().get(world.address(f"solutions:{name}") + query).status_code == 200


def test_judging_with_nonsense_keeps_what_was_typed(world: World) -> None:
    solution, criterion = a_recommendation(world), a_criterion(world)
    where = world.address("solutions:score", solution.pk)
    sent = {f"points-{criterion.pk}": "9", f"because-{criterion.pk}": "within a year"}
    refused = world.client("evaluator").post(where, sent)
    assert refused.status_code == 422
    assert "within a year" in refused.content.decode()


def test_a_change_made_to_a_version_that_is_not_there_counts_as_made_to_the_newest(
    world: World,
) -> None:
    solution = a_recommendation(world)
    where = world.address("solutions:suggest_change", solution.pk, "text")
    for number in ("0", "-4", "77"):
        sent = {"text": f"Open {number} halls.", "base_number": number}
        assert world.client("partner").post(where, sent).status_code == 302
    assert set(Amendment.objects.values_list("base_number", flat=True)) == {1}
    assert Solution.objects.get().text == solution.text
