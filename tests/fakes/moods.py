"""A server on this machine that answers as a live source does, its bad moods among them."""

import gzip
import json
import re
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from opencompact.fetching.asking import Clock

Mood = Callable[["Fake", Request, Response], Response]


class Time:
    """A clock that only moves when it is slept by, a second a reading, so that names in time differ."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.slept: list[float] = []

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += timedelta(seconds=seconds)

    @property
    def clock(self) -> Clock:
        return Clock(self.now, self.sleep)


def after(day: str, hours: int = 30) -> Time:
    """Some hours after a day began."""
    return Time(datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(hours=hours))


class Fake:
    """Answers truly, save for the moods given, one for each next request; None among them is a true answer."""

    def __init__(self, server: HTTPServer) -> None:
        self.server = server
        self.root = server.url_for("").rstrip("/")
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.headers: list[dict[str, str]] = []
        self.moods: deque[Mood | None] = deque()
        self.before: Response | None = None
        server.expect_request(re.compile(".*")).respond_with_handler(self.answer)

    def answer(self, request: Request) -> Response:
        self.asked.append(request.full_path.rstrip("?"))
        self.headers.append(dict(request.headers))
        self.agents.add(request.headers["User-Agent"])
        mood = self.moods.popleft() if self.moods else None
        true = self.true(request)
        given = true if mood is None else mood(self, request, true)
        self.before = true
        return given

    def true(self, request: Request) -> Response:
        """The answer of the source in good order; each fake gives its own."""
        raise AssertionError(f"a fake without an answer was asked for {request.url}")


def as_json(document: object, **given: object) -> Response:
    return Response(json.dumps(document), content_type="application/json", **given)


def html(_fake, _request, _true):
    return Response("<!DOCTYPE html>\n<html><body>Sorry, the service is unavailable</body></html>", content_type="text/html")


def empty(_fake, _request, _true):
    return Response(b"", content_type="application/json")


def cut(_fake, _request, true):
    return Response(true.get_data()[:-20], content_type="application/json")


def not_json(_fake, _request, _true):
    return Response(b'{"releases": [,]}', content_type="application/json")


def damaged_gzip(_fake, _request, true):
    return Response(gzip.compress(true.get_data())[:-12], content_type="application/json", headers={"Content-Encoding": "gzip"})


def gzipped(_fake, _request, true):
    return Response(gzip.compress(true.get_data()), content_type="application/json", headers={"Content-Encoding": "gzip"})


def page_before(fake, _request, _true):
    """The page before, word for word."""
    return Response(fake.before.get_data(), content_type="application/json")


def page_before_stamped_anew(fake, _request, _true):
    """The page before with another instant in its head, so that no checksum tells."""
    return as_json({**json.loads(fake.before.get_data()), "publishedDate": "2031-01-01T00:00:00Z"})


def nested(_fake, _request, _true):
    return Response(b"[" * 200_000, content_type="application/json")


def status(code: int, **headers: str) -> Mood:
    return lambda _fake, _request, _true: Response("<html>busy</html>", status=code, headers={name.replace("_", "-"): text for name, text in headers.items()})


def changed(**parts: object) -> Mood:
    """The true document with parts of it changed."""
    return lambda _fake, _request, true: as_json({**json.loads(true.get_data()), **parts})


def without(name: str) -> Mood:
    """The true document with a part of it left out."""
    return lambda _fake, _request, true: as_json({key: value for key, value in json.loads(true.get_data()).items() if key != name})


def moved(to: str, code: int = 301) -> Mood:
    return lambda _fake, _request, _true: Response(status=code, headers={"Location": to})


def in_bytes(make: Callable[[bytes], bytes], content_type: str) -> Mood:
    return lambda _fake, _request, true: Response(make(true.get_data()), content_type=content_type)
