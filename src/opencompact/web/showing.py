"""What a page is shown from: the release in force, a reader of its own for each request, and answers with their headers."""

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from io import StringIO
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.shortcuts import render

from opencompact import __version__
from opencompact.lake import Connection
from opencompact.publication import queries as publication

P = ParamSpec("P")
NAV = (
    ("/agreements/", "Promises"),
    ("/bodies/", "Bodies"),
    ("/consultations/", "Consultations"),
    ("/spend/", "Spend"),
    ("/organisations/", "Organisations"),
    ("/methods/", "Methods"),
    ("/releases/", "Releases"),
    ("/about/", "About"),
)
SAMPLE_BAND = "Invented sample country: nothing here is real"
# A cell that begins with one of these is run as a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Shown:
    """One request over one release: `con` is its own, and sees only the release."""

    request: HttpRequest
    con: Connection
    reader: Any
    release: Any

    def page(self, template: str, /, *, status: int = 200, **context: Any) -> HttpResponse:
        """The page, with what every page needs added."""
        return bare(self.request, template, status=status, **context, **masthead(self.release, self.con))

    def csv(self, name: str, records: Iterable[tuple[Any, ...]]) -> HttpResponseBase:
        """The records as a CSV file to keep, its first one the header; on sample data the name says so."""
        response = StreamingHttpResponse(csv_lines(records), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name(self.release, name)}"'
        return response


def bare(request: HttpRequest, template: str, /, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page with the frame of the site alone."""
    section = next((address for address, _ in NAV if request.path.startswith(address)), "")
    return render(request, template, {"nav": NAV, "section": section, "here": request.get_full_path(), **context}, status=status)


def page(view: Callable[Concatenate[Shown, P], HttpResponseBase]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view of the release in force: the plain words where there is none, and no work where the reader holds the page already."""

    @wraps(view)
    def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            reader = release_in_force()
        except publication.NoRelease as refusal:
            return bare(request, "no-release.html", status=503, why=str(refusal))
        tag = etag(reader.release, request)
        if tag in request.headers.get("If-None-Match", ""):
            return _with_headers(HttpResponseNotModified(), reader.release, tag)
        return _with_headers(view(Shown(request, reader.cursor(), reader, reader.release), *args, **kwargs), reader.release, tag)

    return shown


def release_in_force() -> Any:
    """The reader of the release this site shows; raises NoRelease where there is none."""
    return publication.open_release(Path(settings.OPENCOMPACT_WORKSPACE), settings.OPENCOMPACT_RELEASE or None)


def masthead(release: Any, con: Connection) -> Mapping[str, Any]:
    """What the top and the foot of every page say."""
    agreements = [row[0] for row in con.execute("SELECT title FROM agreements ORDER BY in_force_from NULLS LAST, agreement").fetchall()]
    return {"release": release, "agreements_covered": agreements, "is_sample": release.standing == "sample", "sample_band": SAMPLE_BAND}


def etag(release: Any, request: HttpRequest) -> str:
    """What a page depends on, in one word: the release, the program and the address asked for."""
    text = "\n".join((str(release.stamp), __version__, request.get_full_path()))
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _with_headers(response: HttpResponseBase, release: Any, tag: str) -> HttpResponseBase:
    if response.status_code in (200, 304):
        response.headers["ETag"] = tag
        # A draft may be made anew at any moment; a frozen release never changes, but which one is shown may.
        response.headers["Cache-Control"] = "public, no-cache" if release.state == "draft" else "public, max-age=300"
    return response


def found(thing: Any, what: str) -> Any:
    """The thing, or the page that says it is not here."""
    if not thing:
        raise Http404(what)
    return thing


def file_name(release: Any, name: str) -> str:
    """`opencompact-2026-11-consultations.csv`; sample data is called so in the name."""
    return f"{'INVENTED-SAMPLE-' if release.standing == 'sample' else ''}opencompact-{release.number}-{name}.csv"


def csv_lines(records: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """Lines of CSV; text that a spreadsheet would run as a formula is kept as text with an apostrophe before it."""
    for record in records:
        line = StringIO()
        csv.writer(line).writerow([_cell(each) for each in record])
        yield line.getvalue()


def _cell(each: Any) -> Any:
    if isinstance(each, str):
        return f"'{each}" if each.lstrip(" ").startswith(_FORMULA) else each
    return each.isoformat() if isinstance(each, date | datetime) else "" if each is None else each


def number(request: HttpRequest, name: str, *, least: int = 1, most: int = 10**6) -> int | None:
    """A whole number of the query string; None where it is none or out of bounds."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 and least <= int(text) <= most else None


def choice(request: HttpRequest, name: str, words: Iterable[str], otherwise: str = "") -> str:
    """A word of the query string if it is one of the words."""
    text = request.GET.get(name, "")
    return text if text in words else otherwise
