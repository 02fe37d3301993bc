"""The sample country as a whole: the same bytes for the same seed, true headers, and a truth that an independent reading bears out."""

import hashlib
import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.sample import slow_reader, true_headers

from opencompact.sample.contracts import RELEASES
from opencompact.sample.making import ANSWERS, MARKER, NotOurs, make_country

REASONS = ("because", "shortened")
SECTOR = ("charities", "voluntary", "social enterprises")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return make_country(tmp_path_factory.mktemp("made") / "land", scale=1, seed=2031).folder


@pytest.fixture(scope="module")
def truth(root):
    return json.loads((root / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def links(root):
    with (root / "truth-links.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def marker(root):
    return json.loads((root / MARKER).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def registers(root):
    return slow_reader.Registers(root)


@pytest.fixture(scope="module")
def payments(root, marker, truth, registers):
    copies = {item["source_file"] for item in truth["copies"]}
    files = [name for name in marker["files"] if name.startswith("spend/") and f"land/{name}" not in copies]
    return {name: list(slow_reader.payments(root, name, marker["bodies"], registers)) for name in files}


def digests(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_same_seed_and_scale_give_the_same_bytes(root, tmp_path):
    again = make_country(tmp_path / "land", scale=1, seed=2031).folder
    assert digests(again) == digests(root)


def test_another_seed_gives_another_country(root, tmp_path):
    other = make_country(tmp_path / "land", scale=1, seed=7).folder
    assert (other / "registers/register-names.csv").read_bytes() != (root / "registers/register-names.csv").read_bytes()


def test_scale_multiplies_what_grows(truth, tmp_path):
    twice = json.loads((make_country(tmp_path / "land", scale=2, seed=2031).folder / "truth.json").read_text(encoding="utf-8"))
    assert len(twice["consultations"]) == 2 * len(truth["consultations"]) == 120
    assert twice["grants"]["rows"] == 1198
    assert 1.9 < twice["payments"]["rows"] / truth["payments"]["rows"] < 2


def test_a_large_publication_comes_in_parts_of_which_the_first_holds_the_dirt(tmp_path, monkeypatch):
    monkeypatch.setattr("opencompact.sample.spend.PAYMENTS_A_FILE", 60)
    monkeypatch.setattr("opencompact.sample.grants.GRANTS_A_FILE", 50)
    root = make_country(tmp_path / "land", scale=1, seed=2031).folder
    truth = json.loads((root / "truth.json").read_text(encoding="utf-8"))
    files = json.loads((root / MARKER).read_text(encoding="utf-8"))
    registers = slow_reader.Registers(root)
    copies = {item["source_file"] for item in truth["copies"]}
    months = [name for name in files["files"] if name.startswith("spend/") and f"land/{name}" not in copies]
    assert [name for name in months if "varrowmere/2031-11" in name] == [
        "spend/sample-borough-of-varrowmere/2031-11-part-02.csv",
        "spend/sample-borough-of-varrowmere/2031-11.csv",
    ]
    found = {f"land/{name}": len(list(slow_reader.payments(root, name, files["bodies"], registers))) for name in months}
    assert found == truth["payments"]["rows_by_file"]
    assert sorted(path.name for path in (root / "grants").glob("quillbrook*")) == [
        "quillbrook-part-02.csv", "quillbrook-part-02.json", "quillbrook.csv", "quillbrook.json",
    ]  # fmt: skip
    assert truth["grants"]["rows"] == 598
    every = ("impossible date", "N/A for every 0")  # in every row of a quarter
    assert [item for item in truth["problems"] if "-part-" in item["source_file"] and item["source_row"] is not None and item["dirt"] not in every] == []


def test_a_process_tells_its_releases_in_order_of_time_and_some_way_apart(tmp_path):
    root = make_country(tmp_path / "land", scale=3, seed=2031).folder
    releases = [release for path in sorted((root / "contracts").iterdir()) for release in json.loads(path.read_text())["releases"]]
    assert len(releases) == 3 * RELEASES
    told = defaultdict(list)
    for place, release in enumerate(releases):
        told[release["ocid"]].append((place, release["date"], release["tag"][0]))
    assert all(found == sorted(found) and len({date for _, date, _ in found}) == len(found) for found in told.values())
    assert {tag for found in told.values() for _, _, tag in found} == {
        "planning", "tender", "tenderAmendment", "award", "awardUpdate", "contract", "contractAmendment",
    }  # fmt: skip
    assert min(later - earlier for found in told.values() for (earlier, *_), (later, *_) in pairwise(found)) > 1
    assert max(found[-1][0] - found[0][0] for found in told.values()) < 100


def test_marker_lists_every_file_with_its_checksum(root, marker):
    found = digests(root)
    del found[MARKER]
    assert marker["files"] == found
    assert marker["answers"] == list(ANSWERS)
    assert (marker["opencompact_sample"], marker["seed"], marker["scale"], marker["today"]) == (1, 2031, 1, "2034-07-01")


def test_every_body_named_in_the_marker_is_a_body_of_the_truth(marker, truth):
    assert set(marker["bodies"].values()) <= {body["body"] for body in truth["bodies"]}
    assert all((path.split("/")[1]).startswith("sample-") for path in marker["bodies"])


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("registers/government-organisation.csv", true_headers.BODIES),
        ("registers/register-names.csv", true_headers.NAMES),
        ("registers/ccni.csv", true_headers.CCNI),
        ("registers/BasicCompanyDataAsOneFile-2034-06-01.csv", true_headers.COMPANIES),
        ("consultations/examples-archive-2009-2012.csv", true_headers.AMERICAN),
        ("consultations/corrections-2012.csv", true_headers.CORRECTIONS),
        ("spend/sample-department-of-examples/2031-01.csv", true_headers.SIX),
        ("spend/sample-department-of-examples/2031-02.csv", true_headers.SIX),
        ("spend/sample-ministry-of-plausible-works/2033-01.csv", true_headers.EIGHT),
        ("spend/sample-borough-of-varrowmere/2031-10.csv", true_headers.LEEDS_2012),
        ("spend/sample-borough-of-varrowmere-cleaned/2031-10.csv", true_headers.LEEDS_2012_CLEANED),
        ("spend/sample-borough-of-varrowmere/2032-04.csv", true_headers.LEEDS_2020),
        ("spend/sample-city-of-wexelwick/2031-Q1.csv", true_headers.QUARTER_2017),
        ("spend/sample-city-of-wexelwick/2031-Q2.csv", true_headers.QUARTER_2017),
        ("spend/sample-city-of-wexelwick/2031-Q4.csv", true_headers.QUARTER_2018),
        ("spend/sample-city-of-wexelwick/2031-Q3-card.csv", true_headers.CARD),
        ("spend/sample-district-of-ulmersholt/2033-Q1.csv", true_headers.QUARTER_2014),
        ("grants/quillbrook.csv", true_headers.CSV),
    ],
)
def test_header_is_the_true_one_and_every_row_as_wide(root, truth, name, header):
    found, *rows = slow_reader.rows_of(root / name)
    assert found == header
    blank = {item["source_row"] for item in truth["problems"] if item["source_file"] == f"land/{name}" and item["dirt"] == "blank line"}
    assert {number for number, row in enumerate(rows, start=2) if len(row) != len(header)} == blank


@pytest.mark.parametrize(("name", "header"), [("government-grant-awards-2033-34", true_headers.AWARDS), ("lanternfold-foundation", true_headers.TRUST)])
def test_workbook_reads_back_with_the_true_header_and_days_as_days(root, name, header):
    found, first, *_ = CalamineWorkbook.from_path(root / "grants" / f"{name}.xlsx").get_sheet_by_index(0).to_python()
    assert found == header
    assert isinstance(first[header.index("Award Date")], date)
    assert isinstance(first[header.index("Amount Awarded")], float)


def test_payment_sums_equal_a_slow_recount(payments, truth, links):
    likely = {(link["source_file"], link["source_row"]): link["organisation_id"] for link in links if link["stage"] == "probable"}
    rows, totals, voluntary = defaultdict(int), defaultdict(Decimal), defaultdict(lambda: defaultdict(Decimal))
    for name, found in payments.items():
        for row, body, day, amount, exactly, _ in found:
            rows[body] += 1
            totals[body] += amount
            who = exactly or likely.get((f"land/{name}", row))
            if who and who.startswith(("GB-CHC-", "GB-SC-", "GB-NIC-")):
                voluntary[body][str(day.year)] += amount
    assert {body: (rows[body], totals[body]) for body in rows} == {
        body: (sums["rows"], Decimal(sums["total"])) for body, sums in truth["payments"]["by_body"].items()
    }
    assert (sum(rows.values()), sum(totals.values())) == (truth["payments"]["rows"], Decimal(truth["payments"]["total"]))
    assert {body: {year: str(amount) for year, amount in years.items()} for body, years in voluntary.items()} == truth["payments"]["voluntary_total"]
    assert {f"land/{name}": len(found) for name, found in payments.items()} == truth["payments"]["rows_by_file"]


def test_payment_links_equal_a_slow_search_of_the_registers(payments, links):
    planted = {(link["source_file"], link["source_row"], link["organisation_id"], link["stage"]) for link in links if link["table"] == "payments"}
    assert {stage for *_, stage in planted} == {"identifier", "exact", "probable", "none"}
    # a damaged name is on no register as it stands, so the slow search finds nobody
    seen = {(file, row, None, "none") if stage == "probable" else (file, row, who, stage) for file, row, who, stage in planted}
    assert {(f"land/{name}", row, who, stage) for name, found in payments.items() for row, _, _, _, who, stage in found} == seen


def test_grants_equal_a_slow_recount(root, registers, truth, links):
    found = list(slow_reader.grants(root, registers))
    planted = {(link["source_file"], link["source_row"], link["organisation_id"], link["stage"]) for link in links if link["table"] == "grants"}
    assert {(f"land/{name}", row, who, stage) for name, row, _, _, who, stage in found} == planted
    assert (len(found), sum(grant[3] for grant in found)) == (truth["grants"]["rows"], Decimal(truth["grants"]["total"]))
    assert {grant[2] for grant in found} == set(truth["grants"]["by_body"])


def test_contracts_equal_a_slow_recount(root, registers, truth, links):
    found = list(slow_reader.contracts(root, registers))
    names = ("source_file", "source_row", "award_id", "supplier_place", "organisation_id", "stage")
    planted = {tuple(link[name] for name in names) for link in links if link["table"] == "contracts"}
    assert {(f"land/{name}", row, award, place, who, stage) for name, row, award, place, _, _, who, stage in found} == planted
    assert (len(found), sum(contract[5] for contract in found)) == (truth["contracts"]["rows"], Decimal(truth["contracts"]["total"]))
    assert {contract[4] for contract in found} == set(truth["contracts"]["by_body"])


def test_consultations_equal_a_slow_reading(root, registers, truth):
    found = {}
    for name, opened, closed, responded, text in slow_reader.consultations(root, registers):
        days = (closed - opened).days
        has_reason = "given" if any(word in text for word in REASONS) else "none_found"
        state = "not_needed" if days >= 84 else "not_held" if not text.strip() else has_reason
        found[name] = (str(opened), str(closed), days, str(responded) if responded else None, days < 84, state, any(word in text.casefold() for word in SECTOR))
    keys = ("opened_on", "closed_on", "days_open", "responded_on", "short", "explanation", "sector_relevant")
    assert found == {item["consultation_id"]: tuple(item[name] for name in keys) for item in truth["consultations"]}


def test_response_states_follow_the_clock_of_84_days(truth):
    for item in truth["consultations"]:
        due = date.fromisoformat(item["closed_on"]).toordinal() + 84
        responded, today = item["responded_on"], date.fromisoformat(truth["today"]).toordinal()
        if item["opened_on"] < "2016-02-01":
            expected = None
        elif responded:
            expected = "in_time" if date.fromisoformat(responded).toordinal() <= due else "late"
        else:
            expected = "not_due" if due >= today else "overdue"
        assert item["response_state"] == expected, item


def test_every_case_a_rule_turns_on_is_there(truth):
    found = truth["consultations"]
    assert {83, 84, 85} <= {item["days_open"] for item in found}
    assert {item["explanation"] for item in found} == {"given", "none_found", "not_held", "not_needed"}
    assert {item["response_state"] for item in found} == {"in_time", "late", "overdue", "not_due", None}
    assert {item["kind"] for item in found} == {"consultation", "call_for_evidence"}
    assert any(item["spans_christmas"] and item["opened_on"] >= "2031" for item in found)
    assert any(item["closed_on"] >= "2200" for item in found)
    assert {item["opened_on"][:4] for item in found} >= {"2009", "2010", "2011", "2013", "2016", "2031", "2032", "2034"}


def test_problems_name_dirt_that_stands_in_the_file(root, truth):
    kinds = defaultdict(int)
    for item in truth["problems"]:
        kinds[item["dirt"].split(":")[0]] += 1
        path = root / item["source_file"].removeprefix("land/")
        assert path.is_file()
        if path.suffix == ".csv" and item["source_row"] is not None:
            rows = slow_reader.rows_of(path)
            row, header = rows[item["source_row"] - 1], rows[0]
            value = row[header.index(item["field"])] if item["field"] and row else ""
            assert DIRT_LOOKS.get(item["dirt"], lambda value, row: True)(value, row), item
    assert set(kinds) == {
        *DIRT_LOOKS, "1e9999 as an amount", "CR-LF line ends", "Ltd for Limited", "amount of nought", "and for &", "another currency",
        "award of an id and amendments only", "byte order mark", "capitals", "closes in the 2200s", "cp1252", "dd/mm/yyyy as text", "look-alike name",
        "malformed company number", "name on the register twice", "person as payee", "repeated row", "without The",
    }  # fmt: skip


DIRT_LOOKS = {
    "empty amount": lambda value, row: value == "",
    "blank row": lambda value, row: row != [] and not any(row),
    "blank line": lambda value, row: row == [],
    "commas": lambda value, row: "," in value,
    "pound sign": lambda value, row: value.lstrip("-").startswith("£"),
    "brackets": lambda value, row: value.startswith("(") and value.endswith(")"),
    "impossible date": lambda value, row: value == "2031-09-31",
    "N/A for every 0": lambda value, row: "N/A" in value and value != "N/A" and "0" not in value,
    "malformed charity number": lambda value, row: value in ("19712R", "198", "see website"),
    "shifted row": lambda value, row: slow_reader.day_of(value) is None,
    "multi-line cell": lambda value, row: any("\n" in cell for cell in row) or "body" not in row,
}


def test_months_without_a_payment_are_the_missing_ones(payments, truth):
    held = defaultdict(set)
    for found in payments.values():
        for _, body, day, *_ in found:
            held[body].add(day.year * 12 + day.month - 1)
    missing = [
        {"body": body, "month": f"{number // 12}-{number % 12 + 1:02}"}
        for body, months in held.items()
        for number in range(min(months), max(months))
        if number not in months
    ]
    assert sorted(missing, key=str) == sorted(truth["payments"]["missing_months"], key=str)


def test_no_file_but_a_copy_repeats_another(root, truth):
    assert [item["source_file"] for item in truth["copies"]] == ["land/grants/quillbrook.json", "land/spend/sample-borough-of-varrowmere-cleaned/2031-10.csv"]
    cleaned, raw = (slow_reader.rows_of(root / truth["copies"][1][name].removeprefix("land/"))[1:] for name in ("source_file", "copy_of"))
    assert len(cleaned) == truth["payments"]["rows_by_file"][truth["copies"][1]["copy_of"]] - 1
    assert {row[8] for row in cleaned} < {row[8] for row in raw if row}


def test_the_grants_of_the_json_are_those_of_the_csv(root):
    header, *rows = slow_reader.rows_of(root / "grants/quillbrook.csv")
    items = json.loads((root / "grants/quillbrook.json").read_text())["grants"]
    names = ("Identifier", "Amount Awarded", "Award Date", "Recipient Org:Identifier", "Recipient Org:Name")
    cells = [dict(zip(header, row, strict=True)) for row in rows]
    written = [(cell["Identifier"], Decimal(cell["Amount Awarded"]), *(cell[name] for name in names[2:])) for cell in cells]
    recipients = [item["recipientOrganization"][0] for item in items]
    told = [(item["id"], Decimal(str(item["amountAwarded"])), item["awardDate"], who["id"], who["name"]) for item, who in zip(items, recipients, strict=True)]
    assert written == told


def test_strays_are_named_as_unused(root, truth):
    assert truth["unused"] == ["land/strays/README.txt", "land/strays/schema.json"]
    assert truth["refused"] == []
    assert all((root / name.removeprefix("land/")).is_file() for name in truth["unused"])


def test_names_that_must_not_appear_stand_in_the_files(root, truth):
    everything = "".join(path.read_text(encoding="latin-1") for path in root.rglob("*") if path.suffix in (".csv", ".json") and path.name != "truth.json")
    assert len(truth["must_not_appear"]) > 2
    assert [name for name in truth["must_not_appear"] if name not in everything] == []


def test_broken_files_are_written_when_asked_for(tmp_path):
    root = make_country(tmp_path / "land", scale=1, seed=1, with_broken_files=True).folder
    truth = json.loads((root / "truth.json").read_text(encoding="utf-8"))
    assert truth["refused"] == ["land/contracts/notices-broken.json", "land/spend/sample-department-of-examples/2034-07.csv"]
    assert (root / "spend/sample-department-of-examples/2034-07.csv").read_bytes() == b""
    with pytest.raises(json.JSONDecodeError):
        json.loads((root / "contracts/notices-broken.json").read_text())


def test_an_older_sample_country_is_replaced(tmp_path):
    make_country(tmp_path / "land", scale=2, seed=1)
    make_country(tmp_path / "land", scale=1, seed=1)
    assert json.loads((tmp_path / "land" / MARKER).read_text())["scale"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["land"]


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "land").mkdir()
    assert (make_country(tmp_path / "land", scale=1, seed=1).folder / MARKER).is_file()


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(NotOurs, match=r"letter\.txt"):
        make_country(tmp_path, scale=1, seed=1)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_sample_country_with_a_stranger_in_it_is_refused(tmp_path):
    make_country(tmp_path / "land", scale=1, seed=1)
    (tmp_path / "land" / "mine.csv").write_text("a,b\n")
    with pytest.raises(NotOurs, match=r"mine\.csv"):
        make_country(tmp_path / "land", scale=1, seed=1)


def test_a_marker_of_something_else_protects_nothing(tmp_path):
    (tmp_path / MARKER).write_text('{"opencompact_sample": 0, "files": {}}')
    with pytest.raises(NotOurs, match=MARKER):
        make_country(tmp_path, scale=1, seed=1)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "land").write_text("")
    with pytest.raises(NotOurs, match="is a file"):
        make_country(tmp_path / "land", scale=1, seed=1)


def test_told_hears_every_part_once_in_order(tmp_path):
    heard = []
    make_country(tmp_path / "land", scale=1, seed=1, told=lambda part, place, total: heard.append((place, total, part)))
    assert [place for place, _, _ in heard] == list(range(len(heard)))
    assert heard[-1] == (len(heard) - 1, len(heard) - 1, "done")
