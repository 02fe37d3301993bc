"""Measures worked out one row at a time, slowly and plainly, to hold the SELECTs to."""

from collections import defaultdict
from decimal import Decimal

from opencompact.values.period import periods_of


def short_shares(consultations):
    """(body, period) to (under 84 days, length known, all), for `consultations-under-12-weeks`."""
    counts = defaultdict(lambda: [0, 0, 0])
    for row in consultations:
        for body in (row["body"], "all"):
            for period in periods_of(row["opened_on"]):
                known = row["days_open"] is not None
                counts[body, period][0] += known and row["days_open"] < 84
                counts[body, period][1] += known
                counts[body, period][2] += 1
    return {place: tuple(found) for place, found in counts.items()}


def voluntary_pounds(payments, organisations):
    """(body, period) to (pounds or None, lines identified, all lines, part of the money identified), for `payments-to-voluntary`."""
    is_voluntary = {row["organisation_id"]: row["is_voluntary"] for row in organisations}
    lines = defaultdict(list)
    for row in payments:
        for body in (row["body"], "all"):
            for period in periods_of(row["paid_on"]):
                lines[body, period].append((row["amount"], is_voluntary.get(row["organisation_id"])))
    return {place: _pounds(found) for place, found in lines.items()}


def _pounds(lines):
    identified = [(amount, voluntary) for amount, voluntary in lines if voluntary is not None]
    size, identified_size = sum(abs(amount) for amount, _ in lines), sum(abs(amount) for amount, _ in identified)
    pounds = sum((amount for amount, voluntary in identified if voluntary), Decimal(0)) if identified else None
    return pounds, len(identified), len(lines), float(identified_size / size) if size else None
