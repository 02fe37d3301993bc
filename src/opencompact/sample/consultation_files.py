"""How consultations are published: two tables made for a move of pages, and content items as a site's content store gives them."""

import random
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from opencompact.sample.consultation_wishes import Consultation
from opencompact.sample.country import TODAY, WEB, Body

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _attachments(first: int, last: int, url: str = "attachment_{}", title: str = "attachment_{}_title") -> tuple[str, ...]:
    return tuple(name.format(number) for number in range(first, last + 1) for name in (url, title))


AMERICAN_HEADER = (
    "old_url", "title", "summary", "body", "opening_date", "closing_date", "response date", "respond url", "respond email", "postal address",
    "response form title", "response form link", "policy 1", "policy 2", "policy 3", "policy 4", "policies SCRAPED", "minister 1", "minister 2",
    *_attachments(1, 20), "response summary (OPTIONAL)", *_attachments(1, 6, "response_{}", "response_{}_title"),
    "organisation", "consultation status", "Comments",
)  # fmt: skip
CORRECTIONS_HEADER = (
    "old_url", "ignoreoriginaltitle", "organisation", "title", "body", "opening_date", "closing_date", "consultation_ISBN", "ignoreperson", "ignoreaddr",
    "ignoreemail", "policy_1", "policy_2", "policy_3", "policy_4", "response_date", "response_1_url", "response_1_title", "response_summary", "response_1_ISBN",
    "response_2_url", "response_2_title", "response_2_ISBN", "response_3_url", "response_3_title", "response_3_ISBN", "response_4_url", "response_4_title",
    "response_5_url", "response_5_title", "response_5_ISBN", *_attachments(1, 23, "attachment_{}_url", "attachment_{}_title"),
)  # fmt: skip


def american_row(found: Consultation) -> list[str]:
    """A row of the table with days as 7/16/2012 and bodies by name."""
    summary, *rest = found.sentences or ("",)
    cells = {
        "old_url": f"{WEB}/consultations/{found.slug}",
        "title": found.title,
        "summary": summary,
        "body": "## Summary\n\n" + "\n\n".join(rest) if rest else "",
        "opening_date": _american(found.opened_on),
        "closing_date": _american(found.closed_on),
        "response date": _american(found.responded_on) if found.responded_on else "",
        "policy 1": "sample-policy",
        "attachment_1": f"{WEB}/consultations/{found.slug}/document.pdf",
        "attachment_1_title": "Consultation document",
        "organisation": found.body.name,
        "consultation status": "replied" if found.responded_on else "closed",
    }
    return [cells.get(name, "") for name in AMERICAN_HEADER]


def corrections_row(found: Consultation) -> list[str]:
    """A row of the table with days as 16-Jul-2012 and bodies by slug."""
    cells = {
        "old_url": f"{WEB}/publications/{found.slug}",
        "ignoreoriginaltitle": found.title.upper(),
        "organisation": found.body.slug,
        "title": found.title,
        "body": "\r\n\r\n".join(found.sentences),
        "opening_date": _with_month(found.opened_on),
        "closing_date": _with_month(found.closed_on),
        "consultation_ISBN": "9780000000000",
        "response_date": _with_month(found.responded_on) if found.responded_on else "",
        "attachment_1_url": f"{WEB}/documents/{found.slug}.pdf",
        "attachment_1_title": found.title,
    }
    return [cells.get(name, "") for name in CORRECTIONS_HEADER]


def content_item(found: Consultation, *, rng: random.Random) -> dict[str, Any]:
    """A page as a content item of schema `consultation`; of two responses one is dated by a field, the other only by the page's history."""
    by_field = rng.random() < 0.5
    read_on = TODAY if found.opened_on.year > 2030 else f"{found.closed_on.year + 2}-03-01"
    details: dict[str, Any] = {
        "body": '<div class="govspeak">' + "\n\n".join(f"<p>{sentence}</p>" for sentence in found.sentences[1:]) + "\n</div>",
        "first_public_at": f"{found.opened_on}T09:30:00+01:00",
        "opening_date": f"{found.opened_on}T09:30:00+01:00",
        "closing_date": f"{found.closed_on}T23:45:00+01:00",
        "change_history": [{"public_timestamp": f"{found.opened_on}T09:30:00+01:00", "note": "First published."}],
        "tags": {"browse_pages": [], "topics": [], "policies": []},
        "political": False,
        "emphasised_organisations": [_content_id(found.body.slug)],
        "documents": [f'<section class="attachment embedded"><h2 class="title"><a href="/sample/{found.slug}.pdf">Consultation document</a></h2></section>'],
    }
    if found.responded_on is not None:
        details["final_outcome_detail"] = '<div class="govspeak"><p>This is what we decided.</p></div>'
        details["change_history"].insert(0, {"public_timestamp": f"{found.responded_on}T09:30:00+00:00", "note": "Published summary of responses document."})
        if by_field:
            details["final_outcome_publication_date"] = f"{found.responded_on}T09:30:00+00:00"
    return {
        "content_id": _content_id(found.slug),
        "base_path": f"/government/consultations/{found.slug}",
        "description": found.sentences[0],
        "public_updated_at": f"{found.responded_on or found.opened_on}T09:30:00.000+00:00",
        "title": found.title,
        "updated_at": f"{read_on}T10:30:00Z",
        "schema_name": "consultation",
        "document_type": "consultation_outcome"
        if found.responded_on
        else "open_consultation"
        if found.closed_on.isoformat() > TODAY
        else "closed_consultation",
        "locale": "en",
        "details": details,
        "links": {"organisations": [_organisation(body) for body in (found.body, *found.partners)]},
    }


def _organisation(body: Body) -> dict[str, str]:
    path = f"/government/organisations/{body.slug}"
    return {
        "content_id": _content_id(body.slug),
        "title": body.name,
        "api_path": f"/api/content{path}",
        "base_path": path,
        "api_url": f"{WEB}/api/content{path}",
        "web_url": WEB + path,
        "locale": "en",
        "document_type": "organisation",
        "analytics_identifier": body.key,
    }


def _content_id(slug: str) -> str:
    """An id made of the slug alone, so that one thing has one id."""
    return str(UUID(bytes=sha256(slug.encode()).digest()[:16], version=4))


def _american(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def _with_month(day: date) -> str:
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"
