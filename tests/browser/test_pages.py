"""What only a real browser can tell: access, width, script, other origins, print."""

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.barriers import barriers

pytestmark = pytest.mark.browser

CONSULTATION = "/consultations/ministry-of-samples/school-transport-2028-6/"
PAGES = (
    "/",
    "/agreements/",
    "/agreements/compact-2010/",
    "/agreements/compact-2010/2.4/",
    "/agreements/covenant/1/",
    "/rule-sets/",
    "/bodies/",
    "/bodies/department-for-examples/",
    "/bodies/silent-office/",
    "/methods/",
    "/methods/consultations-under-12-weeks/",
    "/figures/consultations-under-12-weeks/all/2030/",
    "/figures/payments-to-voluntary/department-for-examples/all/",
    "/consultations/",
    "/consultations/?q=nothing-has-this-name",
    CONSULTATION,
    "/spend/",
    "/spend/payments/",
    "/spend/grants/ministry-of-samples/",
    "/spend/payments/compare/",
    "/files/",
    "/files/spend/borough-of-nowhere-2028.csv/",
    "/problems/",
    "/row/?file=consultations/ministry-of-samples.csv&row=8",
    "/challenge/?page=/spend/",
    "/organisations/",
    "/organisations/GB-CHC-9900001/",
    "/releases/",
    "/search/?q=samples",
    "/match/",
    "/spend-returns/",
    "/review/not-us/?organisation=GB-CHC-9900001",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/nowhere/",
)


@pytest.fixture
def desk(chromium: Browser):
    """A desk-wide page with the site's own policy in force, and what went wrong on it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(chromium: Browser):
    """The narrowest screen WCAG asks for, with JavaScript off."""
    context = chromium.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def examined(chromium: Browser):
    """A page into which axe may be put: the site's policy would refuse it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_page_has_no_barrier_that_axe_knows(examined: Page, site_address: str, path: str) -> None:
    examined.goto(site_address + path)
    assert barriers(examined) == []


def test_page_unfolded_has_no_barrier_either(examined: Page, site_address: str) -> None:
    for path in ("/bodies/department-for-examples/", "/", CONSULTATION, "/files/", "/spend/", "/spend/payments/"):
        examined.goto(site_address + path)
        examined.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert barriers(examined) == []


@pytest.mark.parametrize("path", PAGES)
def test_page_asks_nobody_else_and_breaks_no_policy(desk: Page, site_address: str, path: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.on("console", lambda message: said.append(message.text) if message.type == "error" and "404" not in message.text else None)
    desk.goto(site_address + path)
    assert [url for url in asked if not url.startswith((site_address, "data:"))] == []
    assert said == []
    assert desk.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Atkinson Hyperlegible Next Variable\"'))")


@pytest.mark.parametrize("path", PAGES)
def test_page_fits_320_pixels_without_script(phone: Page, site_address: str, path: str) -> None:
    phone.goto(site_address + path)
    wide = phone.locator("html").evaluate_all("all => all.map(each => each.scrollWidth)")
    assert wide == [320]


def test_search_works_without_script(phone: Page, site_address: str) -> None:
    phone.goto(site_address)
    phone.get_by_role("searchbox", name="Search bodies").fill("Ministry of Samples")
    phone.get_by_role("button", name="Search").click()
    phone.get_by_role("link", name="Ministry of Samples").first.click()
    assert phone.url == f"{site_address}/bodies/ministry-of-samples/"


def test_register_filters_without_script(phone: Page, site_address: str) -> None:
    phone.goto(f"{site_address}/consultations/")
    phone.get_by_label("Length", exact=True).select_option("under-42")
    phone.get_by_role("button", name="Show").click()
    assert "short=under-42" in phone.url
    assert "Of those you asked for" in phone.locator(".answer").inner_text()


def test_how_we_know_unfolds_without_script(phone: Page, site_address: str) -> None:
    phone.goto(site_address)
    rule = phone.get_by_text("A promise has a verdict only where", exact=False)
    assert not rule.is_visible()
    phone.get_by_text("How we know", exact=True).click()
    assert rule.is_visible()


def test_keyboard_reaches_the_answer_first(desk: Page, site_address: str) -> None:
    desk.goto(site_address)
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.textContent") == "Skip to the answer"
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "main"


def test_keyboard_never_stops_at_dots(desk: Page, site_address: str) -> None:
    desk.goto(f"{site_address}/bodies/department-for-examples/")
    assert desk.evaluate("[...document.querySelectorAll('svg a')].filter(each => each.tabIndex >= 0).length") == 0


def test_dot_opens_its_consultation(desk: Page, site_address: str) -> None:
    desk.goto(f"{site_address}/bodies/department-for-examples/")
    dot = desk.locator("svg a").last
    href = dot.get_attribute("href")
    dot.locator("circle").dispatch_event("click")
    desk.wait_for_url(f"{site_address}{href}")


def test_print_opens_the_folds_and_keeps_the_band(desk: Page, site_address: str) -> None:
    desk.goto(site_address)
    desk.emulate_media(media="print")
    assert desk.get_by_text("A promise has a verdict only where", exact=False).is_visible()
    assert desk.locator(".sample-band").is_visible()
    assert not desk.get_by_role("searchbox", name="Search bodies").is_visible()


def test_first_column_stays_while_a_table_scrolls(chromium: Browser, site_address: str) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{site_address}/agreements/compact-2010/2.4/")
    left = "document.querySelector('.scroller tbody tr:nth-child(2) th').getBoundingClientRect().left"
    before = page.evaluate(left)
    page.evaluate("document.querySelector('.scroller').scrollLeft = 200")
    assert (page.evaluate("document.querySelector('.scroller').scrollLeft"), page.evaluate(left)) == (200, before)
    context.close()


PAYMENTS = b"Supplier Name,Net Amount\nThe Ford Trust,100.00\nSamplers,20.00\nSundry Payee,60.00\n"


def _match(page: Page, site_address: str) -> None:
    page.goto(f"{site_address}/match/")
    page.get_by_label("A list of payments or vendors").set_input_files({"name": "march.csv", "mimeType": "text/csv", "buffer": PAYMENTS})
    page.get_by_role("button", name="Match it").click()


def test_payment_file_is_matched_and_taken_away_without_script(phone: Page, site_address: str) -> None:
    _match(phone, site_address)
    assert "£100 of £180" in phone.locator(".answer").inner_text()
    assert phone.locator("html").evaluate_all("all => all.map(each => each.scrollWidth)") == [320]
    with phone.expect_download() as taken:
        phone.get_by_role("button", name="Take it as CSV").click()
    assert "GB-CHC-9900001" in taken.value.path().read_text(encoding="utf-8")


def test_matched_file_has_no_barrier_that_axe_knows(examined: Page, site_address: str) -> None:
    _match(examined, site_address)
    examined.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert barriers(examined) == []
