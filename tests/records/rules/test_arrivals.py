from datetime import UTC, date, datetime, timedelta, timezone

from opencompact.fetching.faults import fault
from opencompact.fetching.proof import Proof
from opencompact.records.rules.arrivals import MOST_IDS, arrival_rows
from opencompact.shapes.arrivals import SHAPE

SUMMER = timezone(timedelta(hours=1))
PROOF = Proof(
    day=date(2031, 7, 1),
    state="gaps",
    because="Readings differ.",
    offered=30,
    arrived=5,
    missing=25,
    wanting=tuple(f"{each:02}" for each in range(25)),
    differing=1,
    repeated=2,
    readings=3,
    faults=(fault("web_page", "x"), fault("throttled", "x"), fault("web_page", "y")),
    first_asked_at=datetime(2031, 7, 2, 7, tzinfo=SUMMER),
)


def test_row_has_every_column_in_universal_time_with_faults_by_kind_and_some_identifiers():
    row = arrival_rows("sample", title="Sample", proofs=[PROOF])[0]
    assert set(row) == set(SHAPE.column_names)
    assert (row["first_asked_at"], row["last_asked_at"]) == (datetime(2031, 7, 2, 6, tzinfo=UTC).replace(tzinfo=None), None)
    assert (row["faults"], row["fault_kinds"]) == (3, "throttled; web page (2 times)")
    assert row["missing_ids"].split("; ") == [f"{each:02}" for each in range(MOST_IDS)]


def test_row_without_faults_or_missing_items_leaves_them_out():
    whole = Proof(
        day=date(2031, 7, 1),
        state="complete",
        because="x",
        offered=0,
        arrived=0,
        missing=0,
        wanting=(),
        differing=0,
        repeated=0,
        readings=2,
        faults=(),
    )
    row = arrival_rows("sample", title="Sample", proofs=[whole])[0]
    assert (row["missing_ids"], row["fault_kinds"], row["missing"]) == (None, None, 0)
