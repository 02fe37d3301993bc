"""Answers of the API: JSON, CSV and problems, each with the headers that say what it is made from and how long it holds."""

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from http import HTTPStatus
from io import StringIO
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import parse_etags

from opencompact import __version__
from opencompact.api.parameters import Asked, BadParameters, Fault
from opencompact.api.reading import Opened
from opencompact.publication.rules.release import Release

JSON, CSV, PROBLEM = "application/json", "text/csv", "application/problem+json"


def held(opened: Opened) -> dict[str, Any]:
    """What every answer says of the release it comes from."""
    return {**told(opened.release), "checksum": opened.checksum}


def in_full(release: Release, checksum: str) -> dict[str, Any]:
    """Everything a release says of itself but its input files, which its table `sources` tells more of."""
    rest = {name: getattr(release, name) for name in ("frozen_at", "version", "because", "tables", "coverage")}
    return {**told(release), "checksum": checksum, **rest}


def told(release: Release) -> dict[str, Any]:
    """A release in a few words: number, state, standing, and the instant it was computed as of."""
    return {"number": release.number, "state": release.state, "standing": release.standing, "as_of": release.at, "stamp": release.stamp}


def wants_csv(request: HttpRequest, asked: Asked) -> bool:
    """Whether CSV was asked for: by `format`, else by the Accept header; whoever asks for neither gets JSON."""
    return (asked.format or ("csv" if request.get_preferred_type([JSON, CSV]) == CSV else "json")) == "csv"


def answer(request: HttpRequest, opened: Opened, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer with its headers; no work where the reader says, by If-None-Match, that they hold it already."""
    tag = etag(request, opened.checksum)
    response = HttpResponseNotModified() if is_held(request, tag) else make()
    release = opened.release
    headers = {
        "ETag": tag,
        # A frozen release never changes; which one is the latest does, and a draft may at any moment.
        "Cache-Control": "public, no-cache" if release.state == "draft" else f"public, max-age={86400 if 'release' in request.GET else 300}",
        "Vary": "Accept",
        "OpenCompact-Release": release.number,
        "OpenCompact-Standing": release.standing,
    }
    for name, given in headers.items():
        response.headers[name] = given
    return response


def etag(request: HttpRequest, checksum: str) -> str:
    """What an answer depends on, in one word: the release, the program, the address and the form asked for."""
    text = "\n".join((checksum, __version__, request.get_full_path(), str(request.get_preferred_type([JSON, CSV]))))
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def is_held(request: HttpRequest, tag: str) -> bool:
    """Whether the reader names this tag as one they hold; a compressed answer's tag is weak and counts as the same."""
    named = parse_etags(request.headers.get("If-None-Match", ""))
    return tag in {each.removeprefix("W/") for each in named}


def json(content: Mapping[str, Any], *, status: int = 200, kind: str = JSON) -> HttpResponse:
    """A JSON answer; instants are UTC."""
    return HttpResponse(orjson.dumps(content, option=orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z), status=status, content_type=kind)


def table(opened: Opened, name: str, header: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> HttpResponseBase:
    """A CSV answer, sent as it is made; on sample data the name of the file says so."""
    response = StreamingHttpResponse(_lines(header, rows), content_type=f"{CSV}; charset=utf-8")
    mark = "INVENTED-SAMPLE-" if opened.release.standing == "sample" else ""
    response.headers["Content-Disposition"] = f'attachment; filename="{mark}opencompact-{opened.release.number}-{name}.csv"'
    return response


def _lines(header: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    yield ",".join(header) + "\n"
    line = StringIO()
    writer = csv.writer(line, lineterminator="\n")
    for place, row in enumerate(rows, start=1):
        writer.writerow([_cell(value) for value in row])
        if place % 500 == 0:
            yield line.getvalue()
            line.seek(0)
            line.truncate()
    yield line.getvalue()


def _cell(value: Any) -> Any:  # of any column
    return value.isoformat() if isinstance(value, date) else str(value).lower() if isinstance(value, bool) else value


def problem(status: int, detail: str, *, faults: Iterable[Fault] = ()) -> HttpResponse:
    """An error in the form of RFC 9457: what happened, and for each parameter what was found and what was expected."""
    errors = [asdict(fault) for fault in faults]
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    response = json(content | ({"errors": errors} if errors else {}), status=status, kind=PROBLEM)
    response.headers["Cache-Control"] = "no-store"
    return response


def refused(error: BadParameters) -> HttpResponse:
    """The answer to parameters that cannot be used."""
    return problem(400, str(error), faults=error.faults)
