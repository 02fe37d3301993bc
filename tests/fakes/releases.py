"""Feeds of OCDS release packages by cursor, as Contracts Finder and Find a Tender give them; every name is invented."""

import base64
from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pytest_httpserver import HTTPServer
from tests.fakes.moods import Fake, as_json
from werkzeug import Request, Response

UK = ZoneInfo("Europe/London")
EXTENSIONS = ["https://raw.githubusercontent.com/open-contracting-extensions/ocds_pagination_extension/master/extension.json"]


def release(number: int, instant: str, stage: str = "tender") -> dict:
    """A release true to form; its date has the zone the service writes."""
    return {
        "ocid": f"ocds-sample-{number:06}",
        "id": f"{number:06}-2031",
        "date": instant,
        "tag": [stage],
        "initiationType": "tender",
        "language": "en",
        "tender": {"id": f"sample-{number}", "title": f"Sample notice {number}", "maximumLotsBidPerSupplier": 2},
        "buyer": {"id": "GB-FTS-000", "name": "Sample Council"},
        "parties": [{"id": "GB-FTS-000", "name": "Sample Council", "roles": ["buyer"]}],
    }


class Releases(Fake):
    """Answers a window from its releases, a page at a time; `lost` never come with a window of more than a day."""

    def __init__(
        self, server: HTTPServer, releases: Iterable[dict], *, path: str, begin: str, end: str, home: str, page: int = 100, lost: Iterable[str] = (), zone=UK
    ) -> None:
        super().__init__(server)
        self.releases, self.path, self.begin, self.end, self.page, self.lost, self.zone = list(releases), path, begin, end, page, set(lost), zone
        self.home = home

    def true(self, request: Request) -> Response:
        if request.path != self.path:
            return as_json({"error": "not found"}, status=404)
        since, until = (self._instant(request.args[name]) for name in (self.begin, self.end))
        stages = request.args.get("stages", "planning,tender,award").split(",")
        held = [each for each in self.releases if since <= datetime.fromisoformat(each["date"]) <= until and each["tag"][0] in stages]
        if (until - since).days > 1:
            held = [each for each in held if each["id"] not in self.lost]
        start = int(base64.b64decode(request.args.get("cursor", "")).decode() or 0)
        return self.package(request, held[start : start + self.page], start + self.page if start + self.page < len(held) else None)

    def package(self, request: Request, releases: list[dict], after: int | None) -> Response:
        url = f"{self.root}{self.path}?" + "&".join(f"{name}={text}" for name, text in request.args.items() if name != "cursor")
        document = {
            "uri": url.replace(self.root, self.home),
            "version": "1.1",
            "extensions": EXTENSIONS,
            "publishedDate": releases[0]["date"] if releases else "",
            "publisher": {"name": "Cabinet Office", "scheme": "GB-GOR", "uid": "D2", "uri": "https://www.gov.uk/government/organisations/cabinet-office"},
            "license": "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            "publicationPolicy": "https://www.gov.uk/government/publications/open-contracting",
            "releases": releases,
        }
        if after is not None:
            document["links"] = {"next": f"{url}&cursor={base64.b64encode(str(after).encode()).decode()}"}
        return as_json(document)

    def _instant(self, text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=self.zone).astimezone(UTC)


def contracts_finder(server: HTTPServer, releases: Iterable[dict], **given) -> Releases:
    return Releases(
        server,
        releases,
        path="/Published/Notices/OCDS/Search",
        begin="publishedFrom",
        end="publishedTo",
        home="https://www.contractsfinder.service.gov.uk",
        **given,
    )


def find_a_tender(server: HTTPServer, releases: Iterable[dict], **given) -> Releases:
    return Releases(
        server, releases, path="/api/1.0/ocdsReleasePackages", begin="updatedFrom", end="updatedTo", home="https://www.find-tender.service.gov.uk", **given
    )
