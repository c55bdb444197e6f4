"""The look at every page is proved: a fault planted in a served page is found by the same look."""

import pytest
from playwright.sync_api import Route

from tests.e2e.conftest import Visit, Visitor
from tests.e2e.test_every_page import look_over

pytestmark = pytest.mark.browser
PAGE = "/"
AGAINST_THE_POLICY = {
    "an inline script": "<script>document.title = 'x'</script>",
    "an inline style": "<style>h1 { color: red }</style>",
    "a style attribute": '<p style="color: red">Red</p>',
    "a handler in an attribute": '<p id="p">x</p><img src="data:," alt="" onerror="alert(1)">',
    "a script from elsewhere": '<script src="https://elsewhere.example/x.js"></script>',
}
AGAINST_A_RULE = {
    "a button without a name": ("<button></button>", "button-name"),
    "a picture without words": ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "alt"),
    "a field without a label": ('<input type="text">', "label"),
    "pale words": ('<p><font color="#bbbbbb">Hardly to be read</font></p>', "color-contrast"),
    "a table wider than a phone": (
        '<table width="4000"><tr><td>Far</td><td>away</td></tr></table>',
        "px wide",
    ),
}


def open_with(visit: Visit, fault: str) -> None:
    """Open the page as the server sends it, policy and all, with a fault in its main part."""

    def plant(route: Route) -> None:
        answer = route.fetch()
        html = answer.text()
        assert "</main>" in html
        route.fulfill(response=answer, body=html.replace("</main>", f"{fault}</main>"))

    visit.page.route(visit.installation.address + PAGE, plant)
    assert visit.open(PAGE) == 200


def test_the_page_itself_has_no_fault(visitor: Visitor) -> None:
    with visitor() as visit:
        open_with(visit, "<p>Nothing is wrong here.</p>")
        assert look_over(visit) == []
        assert visit.warned == []


@pytest.mark.parametrize("fault", AGAINST_THE_POLICY.values(), ids=AGAINST_THE_POLICY)
def test_what_the_policy_forbids_is_noticed(visitor: Visitor, fault: str) -> None:
    with visitor() as visit:
        open_with(visit, fault)
        visit.page.wait_for_function("document.readyState === 'complete'")
        assert any("Content Security Policy" in line for line in visit.warned)


@pytest.mark.parametrize(("fault", "rule"), AGAINST_A_RULE.values(), ids=AGAINST_A_RULE)
def test_what_shuts_somebody_out_is_noticed(visitor: Visitor, fault: str, rule: str) -> None:
    with visitor() as visit:
        open_with(visit, fault)
        assert any(rule in line for line in look_over(visit))
