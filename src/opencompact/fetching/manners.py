"""How long to wait before a source is asked again; pure."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from opencompact.fetching.feed import Manners


def retry_after(header: str, *, at: datetime) -> float | None:
    """Seconds from `at` that a Retry-After header asks for, as seconds or as an HTTP date (RFC 9110, section 10.2.3); None where it says neither."""
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, IndexError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - at).total_seconds())


def wait_for(status: int, header: str, *, manners: Manners, at: datetime) -> float | None:
    """Seconds a status that means "too fast" asks us to wait; None where it means something else."""
    if status not in manners.waits:
        return None
    asked = retry_after(header, at=at)
    return manners.waits[status] if asked is None else max(asked, manners.pause)


def pause_before(attempt: int, *, manners: Manners) -> float:
    """Seconds before the next attempt at an address that failed: twice as long each time."""
    return min(manners.longest_wait, max(1.0, manners.pause) * 2.0 ** (attempt - 1))
