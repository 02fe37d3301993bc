"""Asks one address at a time and streams its answer to the disk; waits between requests to a host; the clock and the sleep are given to it."""

import hashlib
import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import urllib3

from opencompact.fetching.faults import Fault, fault
from opencompact.fetching.feed import Manners

PART = ".part"
PIECE = 2**16
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Clock:
    """Where the time comes from, and how it is let pass: both given, so that tests need not wait."""

    now: Callable[[], datetime]
    sleep: Callable[[float], None]


@dataclass(frozen=True)
class Landed:
    """What one request brought: the status and headers, and the body in a file whose name ends in `.part` where there was one."""

    status: int | None
    headers: Mapping[str, str]
    asked_at: datetime
    answered_at: datetime
    path: Path | None = None
    sha256: str = ""
    size: int = 0
    fault: Fault | None = None


class Asker:
    """One connection at a time, with a name of its own and a pause for each host. Close it, or use it in a `with`."""

    def __init__(self, *, agent: str, clock: Clock) -> None:
        self.clock = clock
        self._last: dict[str, datetime] = {}
        self._pool = urllib3.PoolManager(num_pools=4, maxsize=1, block=True, headers={"User-Agent": agent, "Accept-Encoding": "gzip"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._pool.clear()

    def ask(self, url: str, *, folder: Path, manners: Manners, headers: Mapping[str, str]) -> Landed:
        """The answer of one address; what goes wrong on the way is a fault of it, never an exception. Redirects are not followed."""
        host = urlsplit(url).netloc
        self._pause(host, manners)
        asked = self.clock.now()
        try:
            return self._stream(url, folder, manners, headers, asked)
        except urllib3.exceptions.HTTPError as error:
            return Landed(None, {}, asked, self.clock.now(), fault=fault("unreachable", f"{type(error).__name__}: {_reason(error)}"))
        finally:
            self._last[host] = self.clock.now()

    def _pause(self, host: str, manners: Manners) -> None:
        if host in self._last:
            passed = (self.clock.now() - self._last[host]).total_seconds()
            if passed < manners.pause:
                self.clock.sleep(manners.pause - passed)

    def _stream(self, url: str, folder: Path, manners: Manners, headers: Mapping[str, str], asked: datetime) -> Landed:
        timeout = urllib3.Timeout(connect=manners.connect_seconds, read=manners.read_seconds)
        response = self._pool.request(
            "GET", url, headers={**self._pool.headers, **headers}, timeout=timeout, redirect=False, retries=False, preload_content=False
        )
        try:
            path = folder / f"{asked:%Y%m%dT%H%M%S%f}Z{PART}"
            digest, size, wrong = _write(response, path, most=manners.most_bytes)
            return Landed(response.status, response.headers, asked, self.clock.now(), path, digest, size, wrong)
        finally:
            response.close()  # a body left half read may not be mistaken for the next answer


def _write(response: urllib3.BaseHTTPResponse, path: Path, *, most: int) -> tuple[str, int, Fault | None]:
    """Write the body, unpacked from gzip; its checksum, size, and the fault where it came cut, damaged or too large."""
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        try:
            for piece in response.stream(PIECE, decode_content=True):
                digest.update(piece)
                size += len(piece)
                if size > most:
                    return digest.hexdigest(), size, fault("too_large", f"more than {most:,} bytes")
                file.write(piece)
        except urllib3.exceptions.HTTPError as error:
            return digest.hexdigest(), size, fault("cut_short", f"{type(error).__name__} after {size:,} bytes: {_reason(error)}")
        finally:
            file.flush()
            os.fsync(file.fileno())
    return digest.hexdigest(), size, None


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def joined(url: str, link: str) -> str:
    """The address a link on a page leads to; "" where it is no address."""
    try:
        address = urljoin(url, link)
        urlsplit(address).port  # noqa: B018 - where it is no number, asking for it is what tells
    except ValueError:
        return ""
    return address


def same_host(url: str, other: str) -> bool:
    """Whether an address lies with the host of another, and is not less safe: from https never back to http."""
    one, two = urlsplit(url), urlsplit(joined(url, other))
    return one.netloc.lower() == two.netloc.lower() and two.scheme in (one.scheme, "https")


def host_in_words(url: str) -> str:
    """`https://sample.example`, or that there is no such address."""
    parts = urlsplit(joined(url, url))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else "no address of the web"


def is_public(url: str) -> bool:
    """Whether an address others gave us may be asked at all: a web address of a named host or a public number, never this machine's own network."""
    parts = urlsplit(joined(url, url))
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https"):
        return False
    if ":" in host or host.replace(".", "").isdigit():
        return ipaddress.ip_address(host).is_global if is_number(host) else False
    return "." in host and not host.endswith((".local", ".internal", ".localhost"))


def is_number(host: str) -> bool:
    """Whether a host is given as the number of a network."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
