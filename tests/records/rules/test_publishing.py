from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.judgement.tiny_lake import put, tiny_lake

from opencompact.records.rules import publishing

DAY = date(2031, 7, 16)
LINK = {"link_stage": "none", "may_name": False}
ANY = {"source_file": "a.csv", "standing": "real", "source": "sample"}


@pytest.fixture
def change(tmp_path):
    tables = (
        "payment_lines",
        "grant_lines",
        "contract_lines",
        "consultation_lines",
        "sources",
        "links",
        "own_links",
        "payments",
        "grants",
        "contracts",
        "consultations",
    )
    with tiny_lake(tmp_path, dict.fromkeys(tables, ())) as change:
        yield change


def ask(change, select, *columns):
    answer = change.con.execute(f"SELECT {', '.join(columns)} FROM ({select})")
    return answer.fetchall()


def files(change, *copies):
    put(change, "sources", [{"source_file": "a.csv", "state": "read"}, *({"source_file": name, "state": state, "copy_of": "a.csv"} for name, state in copies)])


@given(st.sets(st.text("abc/", min_size=1, max_size=6), max_size=200), st.text("abc/", min_size=1, max_size=6))
def test_runs_hold_every_file_once_in_order_and_one_more_file_leaves_most_as_they_were(names, another):
    runs = list(publishing.runs(names))
    assert [name for run in runs for name in run] == sorted(names)
    assert all(1 <= len(run) <= 24 for run in runs)
    before, after = ({tuple(run) for run in publishing.runs(some)} for some in (names - {another}, names | {another}))
    assert len(before - after) <= 1 + 200 // 24


def test_what_a_file_is_linked_to_changes_with_its_links_alone(change):
    (money, *_) = publishing.MONEY
    put(change, "payment_lines", [{**ANY, "payee_name": " Sample "}, {**ANY, "payee_name": "Other", "source_file": "b.csv"}])
    seen = []
    for stage, organisation in (("none", None), ("exact", "GB-CHC-980001"), ("none", None)):
        put(change, "links", [{**LINK, "published_name": "Sample", "published_org_id": "", "link_stage": stage, "organisation_id": organisation}])
        source = "(SELECT *, 'part' AS filename FROM payment_lines)"
        seen.append({file: linked for file, _, linked in change.con.execute(publishing.linked_files_sql(money, source)).fetchall()})
    assert seen[0] == seen[2]
    assert seen[0]["a.csv"] != seen[1]["a.csv"]
    assert seen[0]["b.csv"] == seen[1]["b.csv"]


def test_payment_shows_the_name_only_where_it_may_be_shown(change):
    names = [("Sample Trust", True), ("A Person", False), (None, False)]
    put(change, "payment_lines", [{**ANY, "payee_name": name, "source_row": place} for place, (name, _) in enumerate(names, start=2)])
    put(change, "links", [{**LINK, "published_name": name or "", "published_org_id": "", "may_name": may} for name, may in names])
    assert ask(change, publishing.payments_sql("real"), "payee_name") == [("Sample Trust",), ("withheld",), (None,)]


def test_payment_has_the_link_of_its_name_and_number(change):
    put(
        change,
        "payment_lines",
        [{**ANY, "payee_name": " Sample ", "payee_org_id": number, "source_row": place} for place, number in ((2, "GB-CHC-980001"), (3, None))],
    )
    link = {"published_name": "Sample", "may_name": True}
    put(
        change,
        "links",
        [
            {**link, "published_org_id": "GB-CHC-980001", "organisation_id": "GB-CHC-980001", "link_stage": "identifier"},
            {**link, "published_org_id": "", "link_stage": "none"},
        ],
    )
    assert ask(change, publishing.payments_sql("real"), "organisation_id", "link_stage") == [("GB-CHC-980001", "identifier"), (None, "none")]


def test_payment_without_a_link_is_not_dropped(change):
    put(change, "payment_lines", [{**ANY, "payee_name": "Sample"}])
    assert ask(change, publishing.payments_sql("real"), "link_stage", "payee_name") == [(None, "withheld")]


def test_copies_and_other_standings_are_left_out(change):
    lines = [{**ANY, "payee_name": "Sample", "source_file": name} for name in ("a.csv", "b.csv", "c.csv")]
    put(change, "payment_lines", [*lines, {**lines[0], "standing": "example"}])
    files(change, ("b.csv", "copy"), ("c.csv", "refused"))
    assert ask(change, publishing.counted("payment_lines", "real"), "source_file") == [("a.csv",)]
    assert ask(change, publishing.counted("payment_lines", "example"), "source_file") == [("a.csv",)]
    assert ask(change, publishing.counted("payment_lines", "sample"), "source_file") == []


def grant(file, number="1", row=2, **told):
    return {**ANY, "source_file": file, "source_row": row, "grant_id": number, "recipient_name": "Sample", **told}


def published_grants(change, *rows):
    put(change, "grant_lines", rows)
    ids = {row.get("recipient_org_id") or "" for row in rows}
    put(change, "links", [{**LINK, "published_name": "Sample", "published_org_id": number, "may_name": True} for number in sorted(ids)])
    return ask(change, publishing.grants_sql("real"), "grant_id", "source_file", "source_row", "recipient_name", "has_identifier")


def test_grant_in_two_files_counts_once_where_most_is_told_of_it(change):
    rows = [grant("a.csv"), grant("b.csv", title="Sample", months=12.0), grant("c.csv", title="Sample", months=12.0), grant("a.csv", "2", 3)]
    assert published_grants(change, *rows) == [("2", "a.csv", 3, "Sample", False), ("1", "b.csv", 2, "Sample", False)]


def test_grant_that_stands_twice_in_one_file_is_as_published(change):
    assert [row[:3] for row in published_grants(change, grant("a.csv", row=2), grant("a.csv", row=3))] == [("1", "a.csv", 2), ("1", "a.csv", 3)]


@pytest.mark.parametrize(
    ("given", "has"),
    [
        ({"recipient_org_id": "GB-CHC-980001"}, True),
        ({"recipient_org_id": "GB-GOR-D98"}, False),
        ({"charity_number": "31192R"}, True),
        ({"company_number": "12"}, True),
        ({}, False),
    ],
)
def test_grant_says_whether_its_publisher_gave_a_number(change, given, has):
    assert [row[4] for row in published_grants(change, grant("a.csv", **given))] == [has]


def contract(file, release, released, place=1, **given):
    return {
        **ANY,
        "source_file": file,
        "ocid": "ocds-1",
        "award_id": "1",
        "release_id": release,
        "released_at": released,
        "supplier_name": "Sample",
        "supplier_place": place,
        "source_row": 1,
        **given,
    }


def published_contracts(change, *rows):
    put(change, "contract_lines", rows)
    put(change, "links", [{**LINK, "published_name": "Sample", "published_org_id": ""}])
    return ask(change, publishing.contracts_sql("real"), "source_file", "amount", "supplier_name")


def test_award_is_a_row_for_each_supplier_and_names_are_withheld(change):
    day = datetime.fromisoformat("2031-01-02T09:00:00")
    rows = [contract("b.json", "1", day, amount=1), contract("a.json", "2", day, 1, amount=2), contract("a.json", "2", day, 2, amount=3)]
    assert published_contracts(change, *rows) == [("a.json", Decimal(2), "withheld"), ("a.json", Decimal(3), "withheld"), ("b.json", Decimal(1), "withheld")]


def page(file, **given):
    return {**ANY, "source_file": file, "consultation_id": "sample/1", **given}


def test_consultation_is_as_read_last(change):
    put(
        change,
        "consultation_lines",
        [page("a.json", read_on=DAY), page("b.json", read_on=date(2031, 8, 1)), page("c.json"), page("d.json", consultation_id="sample/0")],
    )
    assert ask(change, publishing.consultations_sql("real"), "source_file") == [("d.json",), ("b.json",)]


def covered(change, table, *months):
    key = {"payments": "paid_in_month", "consultations": "opened_on"}[table]
    rows = [{**ANY, "body": "sample", "consultation_id": str(place), key: month} for place, month in enumerate(months)]
    put(change, table, [{name: value for name, value in row.items() if table == "consultations" or name != "consultation_id"} for row in rows])
    return ask(change, publishing.coverage_sql(), "record", "month", "state", "rows")


def test_month_missing_between_two_held_is_not_held(change):
    assert covered(change, "payments", "2031-11", "2031-11", "2032-01", None) == [
        ("payments", "2031-11", "held", 2),
        ("payments", "2031-12", "not_held", 0),
        ("payments", "2032-01", "held", 1),
    ]


def test_slips_of_the_pen_make_no_centuries_of_missing_months(change):
    assert covered(change, "consultations", date(203, 1, 1), DAY, date(2231, 1, 1)) == [("consultations", "2031-07", "held", 1)]


def test_rows_counted_once_though_they_stand_twice_are_told(change):
    put(change, "consultation_lines", [page("a.json", source_row=1), page("b.json", source_row=1)])
    put(change, "consultations", [page("b.json", source_row=1)])
    put(change, "grant_lines", [grant("a.csv"), grant("b.csv")])
    put(change, "grants", [grant("a.csv")])
    assert sorted(ask(change, publishing.repeats_sql("real"), "source_file", "source_row", "field", "found", "kind", "consequence", "standing")) == [
        ("a.json", 1, "old_url", "sample/1", "repeats_another_row", "row_refused", "real"),
        ("b.csv", 2, "Identifier", "1", "repeats_another_row", "row_refused", "real"),
    ]
