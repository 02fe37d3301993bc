"""What axe finds on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """Each rule that is broken, with where."""
    violations = Axe().run(page, options=RULES).response["violations"]
    return [(each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in violations]
