"""From an empty initiative to an adopted view of the problem, by keyboard alone."""

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Visit, Visitor

pytestmark = pytest.mark.browser
MOST_STEPS = 150
NAME = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return "";
    const label = here.labels && here.labels.length ? here.labels[0].innerText : "";
    return (label || here.getAttribute("aria-label") || here.innerText || here.value || "").trim();
}"""


class Keyboard:
    """Somebody who has no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, name: str) -> None:
        """Press Tab until something whose name begins like this has the focus."""
        for _step in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(NAME).startswith(name):
                return
        raise AssertionError(f"{name!r} cannot be reached by Tab on {self.page.url}")

    def follow(self, name: str) -> None:
        """Reach a link or a button and press Enter."""
        self.reach(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, name: str, text: str) -> None:
        """Reach a field and type; in a list of options the letters choose."""
        self.reach(name)
        self.page.keyboard.type(text)


def main_text(visit: Visit) -> str:
    """What the main part of the page says."""
    return visit.page.inner_text("main")


def go(visit: Visit, area: str) -> None:
    """Go to an area; on a phone its name stands in a list that opens by keyboard."""
    keys = Keyboard(visit.page)
    if (visit.page.viewport_size or {})["width"] < 640:
        keys.reach("This initiative")
        visit.page.keyboard.press("Enter")
    keys.follow(area)


def open_initiative(visit: Visit, title: str) -> None:
    """As the administrator: open an initiative and name its convener."""
    keys = Keyboard(visit.page)
    visit.open("/home/")
    keys.follow("Open an initiative")
    keys.fill("Name of the initiative", title)
    keys.fill("Organization it belongs to", "Hennepin County")
    keys.reach("Only members may read it")
    visit.page.keyboard.press("ArrowUp")
    keys.fill("Name of the convener", "Carmen Convener")
    keys.fill("E-mail address of the convener", "convener@example.org")
    keys.follow("Open the initiative")


def describe_the_problem(visit: Visit) -> None:
    """As the convener: the two things that a problem needs."""
    keys = Keyboard(visit.page)
    go(visit, "Problem & measures")
    keys.follow("Say who is affected")
    keys.fill("Who is affected", "People who sleep outside")
    keys.fill("How many people", "400")
    keys.follow("Save")
    go(visit, "Problem & measures")
    keys.follow("Record a starting point")
    keys.fill("What is measured", "People outside on one night")
    keys.fill("The number", "400")
    keys.fill("Unit", "people")
    keys.fill("Day of this number", "January 2026")
    keys.follow("Save")


def see_and_adopt(visit: Visit) -> None:
    """As the convener: write down how one sees it, and adopt it with a reason."""
    keys = Keyboard(visit.page)
    go(visit, "Problem & measures")
    keys.follow("Write down how you see it")
    keys.fill("Name", "A housing problem first")
    keys.fill("How you see it", "People lose their homes faster than homes are built.")
    keys.follow("Save")
    keys.follow("Adopt this")
    keys.follow("Adopt it")
    assert visit.page.locator("#error-summary").is_visible()
    keys.reach("Why")
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    visit.page.keyboard.type("All partners could live with it on March 3.")
    keys.follow("Adopt it")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
@pytest.mark.parametrize("width", [1280, 320])
def test_a_convener_describes_the_problem_by_keyboard(
    visitor: Visitor, scripts: bool, width: int
) -> None:
    title = f"Warm Nights {width} {'with' if scripts else 'without'} scripts"
    with visitor("administrator", width, java_script_enabled=scripts) as visit:
        open_initiative(visit, title)
        assert visit.warned == []
    with visitor("convener", width, java_script_enabled=scripts) as visit:
        visit.open("/home/")
        Keyboard(visit.page).follow(title)
        describe_the_problem(visit)
        see_and_adopt(visit)
        go(visit, "Where we stand")
        said = main_text(visit)
        assert "People who sleep outside" in said
        assert "400 people, January 2026" in said
        assert "People lose their homes faster" in said
        assert visit.warned == []
