"""How GOV.UK is asked for consultations: its search lists pages by the day they last changed, then each page's content item is taken."""

from datetime import UTC, date
from typing import Any

from opencompact.fetching.feed import ChangedType, Feed, Item, Manners, Request, Told, Window, day_of, part

ROOT = "https://www.gov.uk"
MANNERS = Manners(pause=0.5)
PAGE = 200
# Every state a consultation or a call for evidence passes through; the bare words are those not yet open.
KINDS = (
    "consultation",
    "open_consultation",
    "closed_consultation",
    "consultation_outcome",
    "call_for_evidence",
    "open_call_for_evidence",
    "closed_call_for_evidence",
    "call_for_evidence_outcome",
)


def feed(root: str = ROOT) -> Feed:
    """The search counts what it lists (`total`); a content item is taken again only when the page has changed."""

    def page(window: Window, start: int) -> str:
        kinds = "".join(f"&filter_content_store_document_type={kind}" for kind in KINDS)
        days = f"&filter_public_timestamp=from:{window.first},to:{window.last}"
        return f"{root}/api/search.json?count={PAGE}&start={start}&order=public_timestamp&fields=title,link,public_timestamp{days}{kinds}"

    def first(window: Window, _stage: str) -> tuple[Request, ...]:
        return (Request(page(window, 0), is_index=True),)

    def read(request: Request, document: Any) -> Told:
        if request.item is not None:
            part(document, "base_path", str)
            return Told(arrived=(request.item,))
        results, total, start = part(document, "results", list), part(document, "total", int), part(document, "start", int)
        listed = tuple(_item(result) for result in results)
        after = start + len(results)
        following = Request(request.url.replace(f"&start={start}&", f"&start={after}&"), is_index=True) if results and after < total else None
        more = tuple(
            Request(f"{root}/api/content{item.id}", item=item, version=part(result, "public_timestamp", str))
            for item, result in zip(listed, results, strict=True)
        )
        return Told(listed=listed, offered=total, next=following, more=more)

    return Feed(first=first, read=read, manners=MANNERS, step=30, earliest=date(2010, 1, 1))


def _item(result: Any) -> Item:
    link = part(result, "link", str)
    if "//" in link:
        raise ChangedType(f"`link` is {link[:80]}; expected a path on GOV.UK")
    # the search takes its days as universal time: https://docs.publishing.service.gov.uk/repos/search-api/using-the-search-api.html
    return Item(f"/{link.lstrip('/')}", day_of(part(result, "public_timestamp", str), UTC))
