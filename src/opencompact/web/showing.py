"""What a page is shown from: the release in force, a reader of its own for each request, and answers with their headers."""

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from io import StringIO
from pathlib import Path
from threading import Lock
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.shortcuts import render

from opencompact import __version__
from opencompact.lake import Connection
from opencompact.publication import queries as publication
from opencompact.publication.queries import ReleaseReader
from opencompact.publication.rules.release import DRAFT, Release

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
class InForce:
    """The release this site shows: a reader of it, the checksum of its list of checksums, and the titles of the agreements it covers."""

    reader: ReleaseReader
    checksum: str
    agreements: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """One request over one release: `con` is its own, and sees only the release."""

    request: HttpRequest
    con: Connection
    held: InForce

    @property
    def release(self) -> Release:
        """What the release says of itself."""
        return self.held.reader.release

    @property
    def reader(self) -> ReleaseReader:
        """The reader all requests share."""
        return self.held.reader

    def page(self, template: str, /, *, status: int = 200, **context: Any) -> HttpResponse:
        """The page, with what every page needs added."""
        return bare(self.request, template, status=status, **context, **masthead(self.held))

    def csv(self, name: str, records: Iterable[tuple[Any, ...]]) -> HttpResponseBase:
        """The records as a CSV file to keep, its first one the header; on sample data the name says so."""
        response = StreamingHttpResponse(csv_lines(records), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name(self.release, name)}"'
        return response


def bare(request: HttpRequest, template: str, /, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page with the frame of the site alone."""
    section = next((address for address, _ in NAV if request.path.startswith(address)), "")
    return render(request, template, {"nav": NAV, "section": section, "here": request.get_full_path(), "here_bare": request.path, **context}, status=status)


def page(view: Callable[Concatenate[Shown, P], HttpResponseBase]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A view of the release in force: the plain words where there is none, and no work where the reader holds the page already."""

    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            held = in_force()
        except publication.NoRelease as refusal:
            return bare(request, "no-release.html", status=503, why=str(refusal))
        tag = etag(held, request)
        if tag in request.headers.get("If-None-Match", ""):
            return _with_headers(HttpResponseNotModified(), held, tag)
        # The same release, program and address make the same page, so one made before is handed out again.
        kept: bytes | None = cache.get(tag.strip('"'))
        if kept is not None:
            return _with_headers(HttpResponse(kept), held, tag)
        response = view(Shown(request, held.reader.con.cursor(), held), *args, **kwargs)
        if isinstance(response, HttpResponse):
            cache.set(tag.strip('"'), response.content, timeout=None)
        return _with_headers(response, held, tag)

    return shown


_open: list[InForce] = []
_opening = Lock()


def in_force() -> InForce:
    """The release this site shows, opened anew once a build has replaced it; raises NoRelease where there is none."""
    folder = Path(settings.OPENCOMPACT_WORKSPACE) / "releases"
    number = settings.OPENCOMPACT_RELEASE or DRAFT
    with _opening:
        if not (
            _open
            and _open[0].reader.folder.parent == folder.absolute()
            and _open[0].reader.release.number == number
            and publication.is_current(_open[0].reader)
        ):
            reader = publication.open_release(folder, number)
            checksum = hashlib.sha256((reader.folder / "checksums.txt").read_bytes()).hexdigest()
            agreements = reader.con.execute("SELECT title FROM agreements ORDER BY in_force_from NULLS LAST, agreement").fetchall()
            _open[:] = [InForce(reader, checksum, tuple(row[0] for row in agreements))]
        return _open[0]


def masthead(held: InForce) -> Mapping[str, Any]:
    """What the top and the foot of every page say."""
    release = held.reader.release
    return {"release": release, "agreements_covered": held.agreements, "is_sample": release.standing == "sample", "sample_band": SAMPLE_BAND}


def etag(held: InForce, request: HttpRequest) -> str:
    """What a page depends on, in one word: the release, the program and the address asked for."""
    text = "\n".join((held.checksum, __version__, request.build_absolute_uri()))
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _with_headers(response: HttpResponseBase, held: InForce, tag: str) -> HttpResponseBase:
    response.headers["ETag"] = tag
    # A draft may be made anew at any moment; a frozen release never changes, but which one is shown may.
    response.headers["Cache-Control"] = "public, no-cache" if held.reader.release.state == DRAFT else "public, max-age=300"
    return response


def found(thing: Any, what: str) -> Any:
    """The thing, or the page that says it is not here."""
    if not thing:
        raise Http404(what)
    return thing


def file_name(release: Release, name: str) -> str:
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


class IsoDay:
    """A day in an address, as 2031-09-30; what is no day of the calendar is no address."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, text: str) -> str:
        """The day as written; raises ValueError for the thirty-first of September."""
        return date.fromisoformat(text).isoformat()

    def to_url(self, text: str) -> str:
        """As it is."""
        return text
