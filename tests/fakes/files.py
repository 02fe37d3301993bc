"""Files at plain addresses: publishers' own, the registry that lists them, and a register's zips that say when they last changed."""

import io
import json
import zipfile

from pytest_httpserver import HTTPServer
from tests.fakes.moods import Fake, as_json
from werkzeug import Request, Response


def zipped(name: str, text: str) -> bytes:
    """A zip with one text file in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), text)
    return packed.getvalue()


class Files(Fake):
    """Serves bytes by path; `stamps` are ETags, and a request that names the one in force gets 304."""

    def __init__(self, server: HTTPServer, files: dict[str, bytes], *, stamps: dict[str, str] | None = None) -> None:
        super().__init__(server)
        self.files, self.stamps = files, stamps or {}

    def true(self, request: Request) -> Response:
        if request.path not in self.files:
            return Response("<html>not here</html>", status=404)
        stamp = self.stamps.get(request.path, "")
        if stamp and request.headers.get("If-None-Match") == stamp:
            return Response(status=304)
        given = {"ETag": stamp, "Last-Modified": "Tue, 01 Jul 2031 09:00:00 GMT"} if stamp else {}
        return Response(self.files[request.path], content_type="application/octet-stream", headers=given)


def dataset(identifier: str, url: str, *, prefix: str = "360G-samplefund", modified: str = "2031-07-01T09:00:00+0000") -> dict:
    """A dataset of the registry, true to form."""
    return {
        "title": f"Sample grants {identifier}",
        "description": "",
        "identifier": identifier,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "license_name": "Creative Commons Attribution 4.0 International (CC BY 4.0)",
        "issued": "2031-01-01",
        "modified": modified,
        "publisher": {"name": "Sample Fund", "website": "https://sample.example/", "logo": "", "prefix": prefix, "org_id": "GB-CHC-1990009"},
        "distribution": [{"downloadURL": url, "accessURL": "https://sample.example/grants", "title": f"Sample grants {identifier}"}],
    }


def registry(datasets: list[dict]) -> bytes:
    """The registry's one document."""
    return json.dumps(datasets).encode()


class Grants(Fake):
    """360Giving's interface: the grants of each organisation, a page at a time."""

    def __init__(self, server: HTTPServer, grants: dict[str, list[str]], *, page: int = 2) -> None:
        super().__init__(server)
        self.grants, self.page = grants, page

    def true(self, request: Request) -> Response:
        _, _, _, _, org, side, *_ = request.path.split("/")
        if org not in self.grants:
            return as_json({"detail": "Not found."}, status=404)
        held = self.grants[org] if side == "grants_made" else []
        start = int(request.args.get("offset", 0))
        url = f"{self.root}{request.path}?offset={start + self.page}"
        results = [{"grant_id": name, "data": {"id": name, "awardDate": "2031-07-01", "amountAwarded": 1000.0}} for name in held[start : start + self.page]]
        return as_json({"count": len(held), "next": url if start + self.page < len(held) else None, "previous": None, "results": results})
