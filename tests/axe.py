"""What axe finds on an open page, in short lines; injected once, asked as often as wanted."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

ASK = """() => axe.run({resultTypes: ["violations"]}).then(found => found.violations.map(
    each => `${each.id} at ${each.nodes[0].target}: ${each.help}`))"""


def violations(page: Page) -> list[str]:
    """Every rule that the page breaks as it looks now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [f"{page.url}: {line}" for line in page.evaluate(ASK)]
