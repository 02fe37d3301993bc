"""GOV.UK's search, content items and list of organisations; every name is invented."""

from datetime import UTC, datetime

from pytest_httpserver import HTTPServer
from tests.fakes.moods import Fake, as_json
from werkzeug import Request, Response


def consultation(slug: str, changed: str, kind: str = "closed_consultation") -> dict:
    """A content item true to form, changed at that instant."""
    return {
        "base_path": f"/government/consultations/{slug}",
        "content_id": "00000000-0000-0000-0000-000000000001",
        "title": f"Sample {slug}",
        "description": "Asks about samples.",
        "document_type": kind,
        "schema_name": "consultation",
        "locale": "en",
        "first_published_at": changed,
        "public_updated_at": changed,
        "updated_at": changed,
        "details": {"body": "<p>Sample</p>", "opening_date": "2031-04-20T16:00:00+01:00", "closing_date": "2031-07-13T22:45:00+01:00", "documents": []},
        "links": {"organisations": [{"title": "Sample Department", "base_path": "/government/organisations/sample-department"}]},
    }


class Govuk(Fake):
    """`kept_back` are items that the search counts but no page of it shows; `gone` have no content item."""

    def __init__(self, server: HTTPServer, items: list[dict], *, kept_back: int = 0, gone: tuple[str, ...] = (), page: int = 200) -> None:
        super().__init__(server)
        self.items, self.kept_back, self.gone, self.page = items, kept_back, gone, page

    def true(self, request: Request) -> Response:
        if request.path == "/api/search.json":
            return self.search(request)
        if request.path == "/api/organisations":
            return self.organisations(request)
        item = next((item for item in self.items if request.path == f"/api/content{item['base_path']}"), None)
        return as_json({}, status=404) if item is None or item["base_path"] in self.gone else as_json(item)

    def search(self, request: Request) -> Response:
        first, last = (part.split(":")[1] for part in request.args["filter_public_timestamp"].split(","))
        kinds = request.args.getlist("filter_content_store_document_type")
        held = [item for item in self.items if first <= _day(item) <= last and item["document_type"] in kinds]
        held.sort(key=lambda item: item["public_updated_at"])
        start, count = int(request.args["start"]), min(int(request.args["count"]), self.page)
        shown = held[: len(held) - self.kept_back] if self.kept_back and first != last else held
        results = [
            {
                "title": item["title"],
                "link": item["base_path"],
                "public_timestamp": item["public_updated_at"],
                "index": "government",
                "es_score": None,
                "_id": item["base_path"],
                "elasticsearch_type": "edition",
                "document_type": "edition",
            }
            for item in shown[start : start + count]
        ]
        return as_json({"results": results, "total": len(held), "start": start, "aggregates": {}, "suggested_queries": [], "suggested_autocomplete": None})

    def organisations(self, request: Request) -> Response:
        number, pages = int(request.args["page"]), 3
        results = [organisation(self.root, 2 * number - 1), organisation(self.root, 2 * number)]
        document = {"results": results, "current_page": number, "total": 6, "pages": pages, "page_size": 2, "start_index": 2 * number - 1}
        if number < pages:
            document["next_page_url"] = f"{self.root}/api/organisations?page={number + 1}"
        return as_json({**document, "_response_info": {"status": "ok", "links": []}})


def organisation(root: str, number: int) -> dict:
    """An entry of the list true to form."""
    return {
        "id": f"{root}/api/organisations/sample-{number}",
        "title": f"Sample Organisation {number}",
        "format": "Other",
        "updated_at": "2031-01-09T10:07:57.000+00:00",
        "web_url": f"{root}/government/organisations/sample-{number}",
        "details": {"slug": f"sample-{number}", "abbreviation": "", "closed_at": None, "govuk_status": "live", "govuk_closed_status": None},
        "analytics_identifier": f"OT{number}",
        "parent_organisations": [],
        "child_organisations": [],
        "superseded_organisations": [],
        "superseding_organisations": [],
    }


def _day(item: dict) -> str:
    return datetime.fromisoformat(item["public_updated_at"]).astimezone(UTC).date().isoformat()
