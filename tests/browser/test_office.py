"""The office in a real browser, as it is served: signing in with both factors and with a passkey, and every kind of page for each kind of reader."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState
from tests.browser.barriers import barriers
from tests.organisations import waiting

from opencompact.cli._office.people import PASSPHRASE

pytestmark = pytest.mark.browser
ROOTS = ("/office/", "/ledger/", "/asks/", "/silence/", "/meetings/", "/roundtables/", "/audits/", "/verdicts/", "/returns/", "/campaigns/", "/posts/",
         "/challenges/", "/roles/", "/scorecards/", "/account/", "/challenge/?page=/spend/", "/trail/", "/taking-part/", "/office/brief/",
         "/spend-returns/")  # fmt: skip
# Words of an address that name a page of their own; any other word after the first names one of many things.
FIXED = frozenset({
    "new", "cockpit", "pool", "profiles", "plans", "became", "roll-over", "read", "letter", "figures", "contacts", "series", "people", "2fa", "password",
    "change", "mine", "totp", "recovery-codes", "webauthn", "since", "login", "add", "generate", "view", "ask", "events", "brief",
})  # fmt: skip
LET_IN: dict[str, StorageState] = {}
FILES = re.compile(r"\.(ics|csv|xlsx|pdf|atom)$")


@pytest.mark.parametrize("role", ["central", "lead", "public"])
def test_no_kind_of_page_has_a_barrier_or_is_too_wide(chromium: Browser, office_address: str, code, role: str) -> None:
    context = signed_in(chromium, office_address, code, role)
    narrow = chromium.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False, storage_state=context.storage_state()).new_page()
    page, waiting, found = context.new_page(), list(ROOTS), {}
    while waiting:
        address = waiting.pop(0)
        if (kind := _kind(address)) in found:
            continue
        answer = page.goto(office_address + address)
        narrow.goto(office_address + address)
        found[kind] = (address, answer.status if answer else 0, barriers(page), _width(narrow))
        waiting += [onward for link in _links(page) if (onward := _onward(address, link))]
    assert [each for each in found.values() if each[1:] != (200, [], 320)] == []
    assert len(found) > 25
    context.close()
    narrow.context.close()


def test_no_page_of_names_to_review_has_a_barrier_or_is_too_wide(chromium: Browser, office_address: str, code) -> None:
    context = signed_in(chromium, office_address, code, "reviewer")
    narrow = chromium.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False, storage_state=context.storage_state()).new_page()
    page, found = context.new_page(), {}
    page.goto(f"{office_address}/review/")
    first = page.get_by_role("link", name="Begin with the first").get_attribute("href")
    for address in ("/review/", str(first), "/review/?state=unknown", "/review/decisions/", "/review/vendors/", f"/review/vendors/{waiting.COUNCIL}/",
                    "/review/disputes/", "/review/not-us/?organisation=GB-CHC-9900001"):  # fmt: skip
        answer = page.goto(office_address + address)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        narrow.goto(office_address + address)
        found[address] = (answer.status if answer else 0, barriers(page), _width(narrow))
    assert {address: told for address, told in found.items() if told != (200, [], 320)} == {}
    context.close()
    narrow.context.close()


def test_a_name_is_decided_and_the_decision_taken_back_without_script(chromium: Browser, office_address: str, code) -> None:
    context = signed_in(chromium, office_address, code, "reviewer")
    page = chromium.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False, storage_state=context.storage_state()).new_page()
    page.goto(f"{office_address}/review/")
    page.get_by_role("link", name="Begin with the first").click()
    page.get_by_role("button", name="It is this one").first.click()
    page.goto(f"{office_address}/review/decisions/")
    assert waiting.TWIN in page.locator("main").inner_text()
    page.locator("main table a").first.click()
    page.locator("main form textarea, main form input[name=because]").first.fill("A slip.")
    page.locator("main form button").first.click()
    page.goto(f"{office_address}/review/")
    assert waiting.TWIN in page.locator("main").inner_text()
    context.close()
    page.context.close()


def test_forms_sent_empty_say_what_is_wrong_without_a_barrier(chromium: Browser, office_address: str, code) -> None:
    context = signed_in(chromium, office_address, code, "central")
    page = context.new_page()
    for address in ("/ledger/new/", "/meetings/new/", "/roundtables/new/", "/returns/new/", "/campaigns/new/", "/asks/new/"):
        page.goto(office_address + address)
        page.locator("form.office-form button[type=submit]").last.click()
        assert page.get_by_role("alert").inner_text().startswith("Nothing was saved yet"), address
        assert barriers(page) == [], address
    context.close()


def test_a_passkey_is_added_and_opens_the_door(chromium: Browser, office_address: str, code) -> None:
    context = signed_in(chromium, office_address, code, "assessor", bypass=False)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    page.goto(f"{office_address}/account/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.locator("input[name=password]").fill(PASSPHRASE)
        page.locator("main form button").first.click()
    page.locator("input[name=name]").fill("A sample key")
    page.locator("main form button").first.click()
    page.wait_for_url("**/account/2fa/recovery-codes/**")
    page.goto(f"{office_address}/account/2fa/webauthn/")
    assert "A sample key" in page.locator("main").inner_text()
    page.goto(f"{office_address}/account/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{office_address}/account/login/")
    _passphrase(page, "assessor")
    page.get_by_role("button", name=re.compile("security key", re.IGNORECASE)).click()
    page.wait_for_url("**/office/")
    context.close()


def test_signing_out_is_a_button_and_ends_it(chromium: Browser, office_address: str, code) -> None:
    context = signed_in(chromium, office_address, code, "sro")
    page = context.new_page()
    page.goto(f"{office_address}/account/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{office_address}/account/")
    assert urlsplit(page.url).path == "/account/login/"
    context.close()


def signed_in(chromium: Browser, address: str, code, role: str, *, bypass: bool = True) -> BrowserContext:
    """A browser of somebody with that role, let in once by passphrase and code, as a code opens the door once; the public is not signed in.

    `bypass` lets axe into pages.
    """
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=bypass, storage_state=LET_IN.get(role))
    if role not in ("public", *LET_IN):
        page = context.new_page()
        page.goto(f"{address}/account/login/")
        _passphrase(page, role)
        page.locator("input[name=code]").fill(code(role))
        page.locator("main form button").first.click()
        page.wait_for_url("**/office/")
        page.close()
        LET_IN[role] = context.storage_state()
    return context


def _passphrase(page: Page, role: str) -> None:
    page.locator("input[name=login]").fill(f"{role}@sample.invalid")
    page.locator("input[name=password]").fill(PASSPHRASE)
    page.locator("main form button").first.click()


def _kind(address: str) -> str:
    first, *rest = urlsplit(address).path.strip("/").split("/")
    return "/".join([first, *(word if word in FIXED else "*" for word in rest)])


def _links(page: Page) -> list[str]:
    return page.evaluate("[...document.querySelectorAll('a[href]')].map(each => each.getAttribute('href'))")


def _onward(address: str, link: str) -> str:
    """The address of another page of the office; empty for files, other sites and pages of the record."""
    parts = urlsplit(urljoin(address, link))
    ours = {urlsplit(root).path.split("/")[1] for root in ROOTS}
    apart = parts.netloc or FILES.search(parts.path) or "format=" in parts.query or "/evidence/" in parts.path or "logout" in parts.path
    return "" if apart or parts.path.strip("/").split("/")[0] not in ours else parts.path


def _width(page: Page) -> int:
    return int(page.locator("html").evaluate_all("all => all[0].scrollWidth"))
