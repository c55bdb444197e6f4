"""Takes the pictures that the documentation shows: `make snapshots`. Not part of the tests' run."""

import pytest

from tests.e2e.conftest import Visitor, pictures_folder

pytestmark = pytest.mark.browser
INITIATIVE = "/i/heading-home-hennepin/"
PICTURES = {
    "where-we-stand": INITIATIVE,
    "problem": f"{INITIATIVE}problem/",
    "people": f"{INITIATIVE}people/",
    "history": f"{INITIATIVE}happenings/",
    "measures": f"{INITIATIVE}measures/",
    "tests": f"{INITIATIVE}tests/?what=pilots",
    "leadership": f"{INITIATIVE}leadership/",
    "report": f"{INITIATIVE}report/",
    "hand-over": f"{INITIATIVE}hand-over/",
    "riverbend": "/i/riverbend-illustrative-fewer-falls-at-home/",
}
LOOKS = {"": (1280, "light"), "-phone": (390, "dark")}


@pytest.mark.parametrize("look", LOOKS, ids=["wide", "phone"])
@pytest.mark.parametrize("name", PICTURES)
def test_take_a_picture(visitor: Visitor, name: str, look: str) -> None:
    width, scheme = LOOKS[look]
    with visitor("convener", width=width, color_scheme=scheme, reduced_motion="reduce") as visit:
        assert visit.open(PICTURES[name]) == 200
        visit.page.wait_for_load_state("networkidle")
        visit.page.screenshot(path=pictures_folder() / f"{name}{look}.png")
