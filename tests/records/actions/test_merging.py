import json
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.records.runs import catalogue_of, lake_of, read_into, rows, write

from opencompact import catalogue
from opencompact.records.actions import merging, reading
from opencompact.records.rules import process_tables

AT = datetime(2033, 1, 1, tzinfo=UTC)
SOURCES = ("find-a-tender", "find-a-tender-lines", "find-a-tender-records", "contracts-finder-lines", "public-contracts-scotland")
SAMPLE = resources.files(catalogue) / "sources" / "find_a_tender" / "sample" / "packages.json"
TABLES = ("process_lines", "processes", "notices", "lots", "contract_lines", "problems")
PROCESS = "ocds-h6vhtk-sample1"


def merged(workspace, files, *, at=AT, digest="as of today"):
    """The lake of these files, given as texts or releases by name, read and merged."""
    given = {name: content if isinstance(content, str) else lines(*content) for name, content in files.items()}
    folder = write(workspace / "in", given)
    for path in folder.iterdir():
        if path.name not in given:
            path.unlink()
    lake = lake_of(workspace)
    with lake.change() as change:
        known = catalogue_of(*SOURCES)
        read_into(change, reading.find_inputs([folder]), catalogue=known, digest=digest)
        merging.merge(change, catalogue=known, standing="real", digest=digest, at=at)
    return lake


def lines(*releases):
    return "".join(json.dumps(release) + "\n" for release in releases)


def release(process=1, number=1, **given):
    body = {"ocid": f"ocds-h6vhtk-{process}", "id": f"{process}-{number}", "date": f"2031-01-{number:02}T00:00:00Z", "tag": ["award"], "title": "Sample"}
    return {**body, "buyer": {"id": "GB-LAE-ZZZ", "name": "Sample Council"}, **given}


def award(amount=100, **given):
    return {"id": "a", "value": {"amount": amount, "currency": "GBP"}, "suppliers": [{"name": "Sample Trust"}], **given}


def told(lake, select):
    return [tuple(row.values()) for row in rows(lake, select)]


def test_process_of_the_sample_is_told_from_engagement_to_end(tmp_path):
    lake = merged(tmp_path, {"in.json": SAMPLE.read_text(encoding="utf-8")})
    row = rows(lake, f"SELECT * FROM processes WHERE ocid = '{PROCESS}'")[0]
    assert row == {
        "ocid": PROCESS,
        "body": "GB-PPON-SMPL-0001-BUYR",
        "buyer_name": "Sample Harbour Authority",
        "bodies": "GB-PPON-SMPL-0001-BUYR",
        "buyers": 1,
        "title": "Sample ferry service",
        "kind": "framework",
        "procurement_method": "open",
        "procurement_method_details": "Open procedure",
        "category": "services",
        "legal_basis": "UKPGA 2023/54",
        "opens_on": date(2031, 4, 14),
        "opens_from": "published",
        "closes_on": date(2031, 5, 21),
        "days_open": 37,
        "tender_amount": Decimal("120000.00"),
        "tender_amount_is_gross": True,
        "tender_currency": "GBP",
        "suitable_for_sme": True,
        "suitable_for_vcse": True,
        "early_on": date(2031, 3, 3),
        "cancelled_on": None,
        "ended_on": date(2032, 5, 2),
        "contract_ends_on": date(2032, 7, 31),
        "has_subcontracting": True,
        "lots": 2,
        "amendments": 3,
        "awards": 1,
        "awards_gross_only": 1,
        "releases": 7,
        "first_on": date(2031, 3, 3),
        "last_on": date(2032, 5, 2),
        "ending": "ended_with_notice",
        "source": "find-a-tender",
        "standing": "real",
        "source_file": "in/in.json",
        "source_row": 7,
    }
    assert told(lake, f"SELECT kind, does FROM notices WHERE ocid = '{PROCESS}' ORDER BY place") == [
        *(("UK2", "early"), ("UK4", "opens"), ("UK4", None), ("UK6", None), ("UK7", None), ("UK10", None), ("UK11", "ends")),
    ]
    assert told(lake, "SELECT lot_id, amount, amount_is_gross, suitable_for_vcse, source_row FROM lots ORDER BY ALL") == [
        ("1", Decimal("70000.00"), True, True, 2),
        ("2", None, None, None, 2),
    ]


def test_award_of_the_sample_has_its_company_number_and_the_row_it_last_came_from(tmp_path):
    lake = merged(tmp_path, {"in.json": SAMPLE.read_text(encoding="utf-8")})
    select = f"""SELECT title, award_amount, amount_is_gross, supplier_org_id, declared_id, awarded_on, starts_on, ends_on, release_id, source_row
    FROM contract_lines WHERE ocid = '{PROCESS}'"""
    days = (date(2031, 7, 20), date(2031, 8, 1), date(2032, 7, 31))
    assert told(lake, select) == [("Sample ferry, summer", Decimal("60000.00"), True, "GB-COH-09800022", "GB-COH-9800022", *days, "980007-2031", 7)]


def test_problems_of_the_sample_are_at_their_rows(tmp_path):
    lake = merged(tmp_path, {"in.json": SAMPLE.read_text(encoding="utf-8")})
    assert told(lake, "SELECT source_row, field, kind, consequence FROM problems ORDER BY ALL") == [
        (7, "parties.identifier.id", "repaired_identifier", "repaired"),
        (8, "awards.suppliers.name", "missing", "row_refused"),
        (8, "awards.value.amount", "not_an_amount", "value_missing"),
        (8, "awards.value.currency", "not_in_pounds", "row_refused"),
        (9, "id", "missing", "kept"),
    ]


def test_process_of_many_buyers_lists_them_all(tmp_path):
    lake = merged(tmp_path, {"in.json": SAMPLE.read_text(encoding="utf-8")})
    assert told(lake, "SELECT body, buyers, bodies, kind, awards FROM processes WHERE ocid = 'ocds-h6vhtk-sample2'") == [
        ("GB-PPON-SMPL-0001-BUYR", 2, "GB-PPON-SMPL-0001-BUYR;GB-PPON-SMPL-0003-BUYR", "dynamic_market", 3)
    ]


@pytest.mark.parametrize(
    ("buyer", "party", "body"),
    [
        ({"id": "org-1", "name": "Sample Isles Council"}, {}, "sample-isles-council"),
        ({"id": "org-1"}, {}, "org-1"),
        ({"id": "GB-FTS-1", "name": "Sample Council"}, {}, "GB-FTS-1"),
        ({"id": "x", "name": "Sample Council"}, {"identifier": {"scheme": "GB-LAE", "id": "ZZZ"}}, "GB-LAE-ZZZ"),
    ],
)
def test_body_is_the_org_id_else_a_slug_of_the_name(tmp_path, buyer, party, body):
    lake = merged(tmp_path, {"a.jsonl": [release(buyer=buyer, parties=[{"id": buyer["id"], **party}]), release(2, buyer=None)]})
    assert told(lake, "SELECT body, buyers FROM processes ORDER BY ocid") == [(body, 1), (None, 0)]


@pytest.mark.parametrize(
    ("at", "awards", "tags", "ending"),
    [
        (datetime(2032, 1, 1, tzinfo=UTC), [award(contractPeriod={"endDate": "2031-12-31"})], ["award"], "ended_without_notice"),
        (datetime(2031, 12, 31, tzinfo=UTC), [award(contractPeriod={"endDate": "2031-12-31"})], ["award"], "running"),
        (datetime(2031, 12, 31, tzinfo=UTC), [award(contractPeriod={"endDate": "2031-12-31"})], ["contractTermination"], "ended_with_notice"),
        (AT, [award()], ["award"], None),
        (AT, [], ["contractTermination"], None),
    ],
)
def test_ending_is_as_of_the_day_of_the_build(tmp_path, at, awards, tags, ending):
    lake = merged(tmp_path, {"a.jsonl": [release(awards=awards, tag=tags), release(2)]}, at=at)
    assert told(lake, "SELECT ending FROM processes ORDER BY ocid LIMIT 1") == [(ending,)]


def test_window_that_closes_before_it_opens_is_said(tmp_path):
    tender = {"tenderPeriod": {"startDate": "2031-02-02", "endDate": "2031-02-01"}}
    lake = merged(tmp_path, {"a.jsonl": [release(tender=tender), release(2, tender={"tenderPeriod": {"endDate": "soon"}})]})
    assert told(lake, "SELECT days_open, opens_from FROM processes ORDER BY ocid") == [(None, "stated"), (None, None)]
    assert told(lake, "SELECT field, found, kind FROM problems ORDER BY ALL") == [
        ("tender.tenderPeriod", "2031-02-01", "closes_before_it_opens"),
        ("tender.tenderPeriod.endDate", "s**", "no_such_date"),
    ]


def test_field_that_changes_its_shape_is_said(tmp_path):
    lake = merged(tmp_path, {"a.jsonl": [release(title="A"), release(number=2, title={"x": 1})]})
    assert told(lake, "SELECT source_row, kind FROM problems") == [(2, "changes_shape")]


def test_release_in_several_files_counts_once_where_it_stands_first(tmp_path):
    lake = merged(tmp_path, {"a.jsonl": [release(awards=[award()]), release(2)], "b.jsonl": [release(awards=[award()]), release(3), release(4)]})
    assert told(lake, "SELECT ocid, source_file FROM contract_lines") == [("ocds-h6vhtk-1", "in/a.jsonl")]
    assert told(lake, "SELECT count(*) FROM notices") == [(4,)]
    assert told(lake, "SELECT kind FROM problems") == []


def test_release_repeated_with_other_content_is_said_and_the_later_counts(tmp_path):
    twice = [release(awards=[award(1)]), release(awards=[award(2)])]
    lake = merged(tmp_path, {"a.jsonl": twice})
    assert told(lake, "SELECT award_amount, source_row FROM contract_lines") == [(Decimal("2.00"), 2)]
    assert told(lake, "SELECT source_row, found, kind, consequence FROM problems") == [(1, "1-1", "repeated_release_differs", "row_refused")]


def test_releases_without_ids_count_each(tmp_path):
    lake = merged(tmp_path, {"a.jsonl": [release(id=None, title="A"), release(id=None, title="B")]})
    assert told(lake, "SELECT releases, title FROM processes") == [(2, "B")]


def test_releases_merge_in_order_of_their_instants_whatever_their_files(tmp_path):
    later, earlier = release(number=1, date="2031-07-01T00:30:00+01:00", title="Earlier"), release(number=2, date="2031-06-30T23:45:00Z", title="Later")
    lake = merged(tmp_path, {"a.jsonl": [earlier, release(2)], "b.jsonl": [later, release(3)]})
    assert told(lake, "SELECT title, source_file FROM processes WHERE ocid = 'ocds-h6vhtk-1'") == [("Later", "in/a.jsonl")]


def test_suppliers_shares_add_up_to_the_penny(tmp_path):
    lake = merged(tmp_path, {"a.jsonl": [release(awards=[award(suppliers=[{"name": f"Sample {place}"} for place in range(3)])]), release(2)]})
    assert told(lake, "SELECT supplier_place, amount, award_amount FROM contract_lines ORDER BY 1") == [
        (1, Decimal("33.33"), Decimal("100.00")),
        (2, Decimal("33.34"), Decimal("100.00")),
        (3, Decimal("33.33"), Decimal("100.00")),
    ]


def contents(lake):
    return {table: told(lake, f"SELECT * FROM {table} ORDER BY ALL") for table in TABLES}


def processes_read(monkeypatch):
    """The processes merged from here on, each by itself."""
    seen = []
    monkeypatch.setattr(merging, "are_usual", lambda _: False)
    whole = merging.read_process

    def told_of(found, texts, *rest, **given):
        seen.append(json.loads(texts[0])["ocid"])
        return whole(found, texts, *rest, **given)

    monkeypatch.setattr(merging, "read_process", told_of)
    return seen


FILES = {
    "a.jsonl": [release(1, 1, awards=[award(0)]), release(2, 1, awards=[award(currency="GBP")])],
    "b.jsonl": [release(1, 2), release(3, 1, tender={"lots": [{"id": "1"}]})],
}


def test_processes_whose_releases_stand_as_they_stood_are_not_merged_again(tmp_path, monkeypatch):
    merged(tmp_path / "one", FILES)
    changed = {**FILES, "b.jsonl": [release(1, 2, title="Changed"), release(3, 1, tender={"lots": [{"id": "1"}]}), release(4, 1)]}
    seen = processes_read(monkeypatch)
    lake = merged(tmp_path / "one", changed)
    assert seen == ["ocds-h6vhtk-1", "ocds-h6vhtk-4"]
    assert contents(lake) == contents(merged(tmp_path / "two", changed))


def test_nothing_is_merged_where_nothing_changed(tmp_path, monkeypatch):
    before = contents(merged(tmp_path, FILES))
    seen = processes_read(monkeypatch)
    assert (contents(merged(tmp_path, FILES)), seen) == (before, [])


def test_process_that_is_gone_is_gone(tmp_path):
    merged(tmp_path / "one", FILES)
    left = {"a.jsonl": FILES["a.jsonl"]}
    assert contents(merged(tmp_path / "one", left)) == contents(merged(tmp_path / "two", left))


def test_everything_is_merged_again_where_the_code_changed(tmp_path, monkeypatch):
    merged(tmp_path, FILES)
    seen = processes_read(monkeypatch)
    merged(tmp_path, FILES, digest="tomorrow")
    assert seen == ["ocds-h6vhtk-1", "ocds-h6vhtk-2", "ocds-h6vhtk-3"]


def test_no_release_makes_empty_tables(tmp_path):
    lake = merged(tmp_path, {"a.txt": "nothing"})
    assert {table: held for table, held in contents(lake).items() if held} == {}


def test_rows_are_handed_on_as_they_come(tmp_path, monkeypatch):
    whole = contents(merged(tmp_path / "one", FILES))
    monkeypatch.setattr(merging, "_AT_ONCE", 1)
    assert contents(merged(tmp_path / "two", FILES)) == whole


def test_plain_processes_are_merged_in_portions(tmp_path, monkeypatch):
    files = {"a.jsonl": [release(process, number, awards=[award(number)], contracts=[CONTRACT]) for process in (1, 2, 3) for number in (1, 2)]}
    whole = contents(merged(tmp_path / "one", files))
    monkeypatch.setattr(merging, "_SAID_AT_ONCE", 3)
    assert contents(merged(tmp_path / "two", files)) == whole
    assert len(whole["contract_lines"]) == 3


CONTRACT = {"id": "c", "awardID": "a", "dateSigned": "2031-02-03"}


def test_plain_processes_that_stand_as_they_stood_are_not_merged_again(tmp_path):
    files = {"a.jsonl": [release(process, awards=[award()]) for process in (1, 2, 3)]}
    merged(tmp_path / "one", files)
    files["a.jsonl"].append(release(3, 2, title="Changed"))
    assert contents(merged(tmp_path / "one", files)) == contents(merged(tmp_path / "two", files))


@settings(max_examples=3)
@given(st.permutations(range(6)))
def test_order_of_the_files_rows_changes_nothing_but_the_rows(tmp_path_factory, order):
    releases = [release(process, number, awards=[award(number)]) for process in (1, 2) for number in (1, 2, 3)]
    lake = merged(tmp_path_factory.mktemp("lake"), {"a.jsonl": [releases[place] for place in order]})
    assert told(lake, "SELECT ocid, award_amount FROM contract_lines ORDER BY ALL") == [("ocds-h6vhtk-1", Decimal("3.00")), ("ocds-h6vhtk-2", Decimal("3.00"))]


def test_every_field_of_a_plan_is_a_column_of_its_table(tmp_path):
    shapes = lake_of(tmp_path).shapes
    for table, (_, plan, _) in merging._TABLES.items():
        assert {field.name for field in plan().fields} - set(shapes[table].column_names) == {"file_row"}
    assert process_tables.lots_plan().checks == ()


def kept_releases(workspace, text):
    lake = lake_of(workspace)
    with lake.change() as change:
        read_into(change, reading.find_inputs([write(workspace / "in", {"a.jsonl": text})]), catalogue=catalogue_of("find-a-tender-lines"))
    return [json.loads(row["release"]) for row in rows(lake, "SELECT release FROM release_lines ORDER BY source_row")]


def test_contact_people_stay_outside_whatever_the_shape_of_a_release(tmp_path):
    party = {"id": "1", "name": "Sample Trust", "contactPoint": {"name": "Somebody"}}
    fitting = release(parties=[party], title="A", description="Ring Somebody")
    beyond = json.dumps({**fitting, "tender": {"value": {"amount": 0}}}).replace('"amount": 0', '"amount": 1e9999')
    odd = {**fitting, "tender": "none", "parties": {"1": party}}
    held = kept_releases(tmp_path, lines(fitting) + beyond + "\n" + lines(odd))
    assert [set(each) - {"tender"} for each in held[:2]] == [{"ocid", "id", "date", "tag", "title", "buyer", "parties"}] * 2
    assert held[1]["tender"] == {"value": {"amount": "1e9999"}}
    assert held[2]["parties"] == {"1": {"id": "1", "name": "Sample Trust"}}
    assert ["Somebody" in json.dumps(each["parties"]) for each in held] == [False, False, False]
