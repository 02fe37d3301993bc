"""The rows that tell what arrived from live sources."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from opencompact.fetching.proof import Proof

MOST_IDS = 20


def arrival_rows(source: str, *, title: str, proofs: Iterable[Proof]) -> list[Mapping[str, Any]]:
    """Rows of `arrivals` from the proofs of one source."""
    return [
        {
            "source": source,
            "title": title,
            "day": proof.day,
            "state": proof.state,
            "because": proof.because,
            "offered": proof.offered,
            "arrived": proof.arrived,
            "missing": proof.missing,
            "missing_ids": "; ".join(proof.wanting[:MOST_IDS]) or None,
            "differing": proof.differing,
            "repeated": proof.repeated,
            "readings": proof.readings,
            "faults": len(proof.faults),
            "fault_kinds": _kinds(proof),
            "first_asked_at": _universal(proof.first_asked_at),
            "last_asked_at": _universal(proof.last_asked_at),
        }
        for proof in proofs
    ]


def _kinds(proof: Proof) -> str | None:
    counts = Counter(fault.kind.replace("_", " ") for fault in proof.faults)
    return "; ".join(f"{kind} ({number} times)" if number > 1 else kind for kind, number in sorted(counts.items())) or None


def _universal(instant: datetime | None) -> datetime | None:
    return instant.astimezone(UTC).replace(tzinfo=None) if instant else None
