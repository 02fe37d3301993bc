import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import duckdb
import msgspec
import openpyxl
import pytest
from tests.records.runs import PAYMENTS, REGISTER, catalogue_of, lake_of, payment, read, rows, states, write

from opencompact.lake import NoLake
from opencompact.records.actions import reading
from opencompact.records.actions.reading import NoInput, find_inputs, running
from opencompact.records.rules.inputs import MARKER, OWN_ACCOUNT, Input, MixedStandings
from opencompact.registry import Catalogue, load_catalogue
from opencompact.registry.cards import Recognise

GOOD = PAYMENTS + payment("2031-07-01", "SAMPLE TRUST", "10.00") + payment("2031-07-02", "SAMPLE QUAY LTD", "20.00")
OTHER = PAYMENTS + payment("2031-08-01", "SAMPLE QUAY LTD", "30.00")
KEPT = "; the rows of the reading before are kept"


def amounts(lake):
    return [row["amount"] for row in rows(lake, "SELECT amount FROM payment_lines ORDER BY source_file, source_row")]


def source(lake, name="in/a.csv"):
    return next(row for row in rows(lake, "SELECT * FROM sources") if row["source_file"] == name)


def kinds(lake):
    return [
        (row["source_file"], row["kind"], row["consequence"])
        for row in rows(lake, "SELECT source_file, kind, consequence FROM problems WHERE kind <> 'unknown_body' ORDER BY ALL")
    ]


@pytest.fixture
def given(tmp_path):
    return write(tmp_path / "in", {"a.csv": GOOD, "b.csv": OTHER})


# ---- what is given


def test_files_are_found_below_folders_hidden_ones_among_them(tmp_path):
    folder = write(tmp_path / "in", {"b/c.csv": "", "a.csv": "", ".hidden": "", "b/.DS_Store": ""})
    assert [item.name for item in find_inputs([folder])] == ["in/.hidden", "in/a.csv", "in/b/.DS_Store", "in/b/c.csv"]
    assert [item.name for item in find_inputs([folder / "b/c.csv", folder / "a.csv"])] == ["a.csv", "c.csv"]


def test_path_that_is_not_there_and_folder_without_files_are_told(tmp_path):
    with pytest.raises(NoInput, match="gone is not there"):
        find_inputs([tmp_path / "gone"])
    with pytest.raises(NoInput, match="hold no files"):
        find_inputs([tmp_path])


def country(tmp_path, bodies=None):
    marker = json.dumps({"bodies": bodies or {"town": "sample-town"}})
    return write(tmp_path / "country", {MARKER: marker, "town/a.csv": GOOD})


def test_files_of_the_sample_country_are_marked_and_its_marker_is_no_file(tmp_path):
    folder = country(tmp_path)
    item = Input(folder / "town/a.csv", "country/town/a.csv", is_sample=True, body="sample-town")
    assert find_inputs([folder]) == [item]
    assert [(found.is_sample, found.body) for found in find_inputs([folder / "town" / "a.csv"])] == [(True, "sample-town")]


@pytest.mark.parametrize("name", sorted({*OWN_ACCOUNT} - {MARKER}))
def test_what_the_sample_country_says_of_itself_is_no_publication(tmp_path, name):
    lake = read(tmp_path, [write(country(tmp_path), {name: "{}"})])
    row = source(lake, f"country/{name}")
    assert (row["state"], row["because"]) == ("unused", "it is the sample country's own account of itself, not a publication")


def test_sample_country_beside_real_files_is_refused(tmp_path, given):
    with pytest.raises(MixedStandings, match="two workspaces"):
        find_inputs([country(tmp_path), given])


@pytest.mark.parametrize("marker", ["not json", "{}", '{"bodies": 1}', '{"bodies": null}'])
def test_marker_that_cannot_be_read_is_told(tmp_path, marker):
    with pytest.raises(NoInput, match=r"sample-country\.json: found a marker that cannot be read"):
        find_inputs([write(tmp_path, {MARKER: marker, "a.csv": "x"})])


def test_name_with_bytes_that_are_no_text_is_read(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / os.fsdecode(b"caf\xe9.csv")).write_text(GOOD)
    assert states(read(tmp_path, [tmp_path / "in"])) == {"in/caf\\udce9.csv": "read"}


# ---- reading


def test_lines_say_where_they_were_read(tmp_path, given):
    lake = read(tmp_path, [given])
    assert rows(lake, "SELECT DISTINCT source, standing FROM payment_lines") == [{"source": "central-government-payments", "standing": "real"}]
    assert [(row["source_file"], row["source_row"]) for row in rows(lake, "SELECT source_file, source_row FROM payment_lines ORDER BY ALL")] == [
        ("in/a.csv", 2),
        ("in/a.csv", 3),
        ("in/b.csv", 2),
    ]


def test_reading_tells_all_there_is_to_tell(tmp_path, given):
    row = source(read(tmp_path, [given]))
    assert row["because"].startswith("row 1 has the columns Departmental Family, Entity")
    assert {name: row[name] for name in ("source", "publisher", "state", "bytes", "encoding", "table_name", "rows_found", "rows_loaded", "columns_unused")} == {
        "source": "central-government-payments",
        "publisher": "The body named in each row",
        "state": "read",
        "bytes": len(GOOD),
        "encoding": "utf-8",
        "table_name": "payment_lines",
        "rows_found": 2,
        "rows_loaded": 2,
        "columns_unused": "Departmental Family; Expense Area",
    }
    assert (str(row["first_on"]), str(row["last_on"])) == ("2031-07-01", "2031-07-02")


def test_sample_file_has_the_body_of_its_folder_and_no_publisher(tmp_path):
    lake = read(tmp_path, [country(tmp_path)])
    assert {row["body"] for row in rows(lake, "SELECT body FROM payment_lines")} == {"sample-town"}
    row = source(lake, "country/town/a.csv")
    assert (row["standing"], row["publisher"], row["licence"], row["url"]) == ("sample", "The invented sample country", "", "")


def test_names_of_bodies_come_from_registers_given_in_any_order(tmp_path):
    register = REGISTER + "1,1,2031-01-01T00:00:00Z,D98,D98,Sample Office,https://www.gov.uk/government/organisations/office-of-samples,,\n"
    lake = read(tmp_path, [write(tmp_path / "in", {"a.csv": GOOD, "z.csv": register})])
    assert rows(lake, "SELECT DISTINCT body FROM payment_lines") == [{"body": "office-of-samples"}]


def test_register_in_a_workbook_is_a_register(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["org_id", "name"])
    book.active.append(["GB-CHC-980001", "Sample Trust"])
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in/names.xlsx")
    lake = read(tmp_path, [tmp_path / "in"])
    assert rows(lake, "SELECT organisation_id, name FROM register_names") == [{"organisation_id": "GB-CHC-980001", "name": "Sample Trust"}]


def book_of(path, sheets, *, hidden=()):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, held in sheets.items():
        sheet = book.create_sheet(name)
        for row in held:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    path.parent.mkdir(exist_ok=True)
    book.save(path)
    return path.parent


def names_sheet(number, name):
    return [["org_id", "name"], [f"GB-CHC-{number}", name]]


def test_each_sheet_that_answers_to_a_card_is_read(tmp_path):
    sheets = {"north": names_sheet(980001, "Sample Trust"), "notes": [["Nothing"]], "south": names_sheet(980002, "Sample Quay")}
    lake = read(tmp_path, [book_of(tmp_path / "in/names.xlsx", sheets)])
    assert rows(lake, "SELECT source_file, source_row, name FROM register_names ORDER BY ALL") == [
        {"source_file": "in/names.xlsx", "source_row": 2, "name": "Sample Trust"},
        {"source_file": "in/names.xlsx/south", "source_row": 2, "name": "Sample Quay"},
    ]
    assert states(lake) == {"in/names.xlsx": "read", "in/names.xlsx/south": "read"}
    assert "(sheet north)" in source(lake, "in/names.xlsx")["because"]
    assert kinds(lake) == []


def test_sheets_stand_on_when_the_workbook_can_no_longer_be_read(tmp_path):
    sheets = {"north": names_sheet(980001, "Sample Trust"), "south": names_sheet(980002, "Sample Quay")}
    folder = book_of(tmp_path / "in/names.xlsx", sheets)
    read(tmp_path, [folder])
    write(folder, {"names.xlsx": b"PK\x03\x04cut"})
    lake = read(tmp_path, [folder])
    assert [row["name"] for row in rows(lake, "SELECT name FROM register_names ORDER BY 1")] == ["Sample Quay", "Sample Trust"]
    assert states(lake) == {"in/names.xlsx": "refused", "in/names.xlsx/south": "refused"}


def test_hidden_sheet_is_told_and_left_out_unless_it_is_the_only_one(tmp_path):
    sheets = {"old": names_sheet(980001, "Sample Trust"), "now": names_sheet(980002, "Sample Quay")}
    beside = read(tmp_path / "1", [book_of(tmp_path / "1in/names.xlsx", sheets, hidden=["old"])])
    alone = read(tmp_path / "2", [book_of(tmp_path / "2in/names.xlsx", {"notes": [["Nothing"]], "old": sheets["old"]}, hidden=["old"])])
    assert [row["name"] for row in rows(beside, "SELECT name FROM register_names")] == ["Sample Quay"]
    assert kinds(beside) == [("1in/names.xlsx", "hidden_sheet", "kept")]
    assert [row["name"] for row in rows(alone, "SELECT name FROM register_names")] == ["Sample Trust"]
    assert kinds(alone) == []


@pytest.mark.parametrize(
    ("name", "content", "because"),
    [
        ("a.csv", "Day,Pounds\n1,2\n", "its columns answer to no source card"),
        (
            "a.csv",
            "org_id,icnptso_kode\n",
            "it comes nearest to charity-classes-icnptso, but has no column icnptso_code",
        ),
        ("a.csv", "\n\n", "it holds no rows"),
        ("a.json", '{"other": 1}', "its keys answer to no source card"),
        ("a.json", "[1]", "its keys answer to no source card"),
        ("LICENSE", "You may use this.\n", "its columns answer to no source card"),
        ("a.jsonl", '{"mood": "1"}\n{"mood": "2"}\n', "the keys of its records answer to no source card"),
        ("a.pdf", "%PDF-1.7", "a PDF: its tables cannot be read; ask the publisher for CSV or a spreadsheet"),
        ("a.txt", "%PDF-1.7", "a PDF: its tables cannot be read; ask the publisher for CSV or a spreadsheet"),
        ("a.odt", "PK", "a file of the kind .odt: its tables cannot be read; ask the publisher for CSV or a spreadsheet"),
        ("a.html", "<!DOCTYPE html><p>", "it is a web page"),
    ],
)
def test_file_of_no_source_is_unused_and_says_why(tmp_path, name, content, because):
    lake = read(tmp_path, [write(tmp_path / "in", {name: content})])
    assert [(row["state"], row["because"]) for row in rows(lake, "SELECT state, because FROM sources")] == [("unused", because)]
    assert kinds(lake) == []


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.csv", "", "empty_file"),
        ("a.json", "", "empty_file"),
        ("a.json", '{"grants": [', "broken_json"),
        ("a.json", '{"grants": {"id": "360G-sample", "awardDate": "2031-01-01"}}', "broken_json"),
        ("a.csv", "\ufeff \n<HTML><body>Not found", "error_page"),
        ("a.json", "<!doctype html><title>503", "error_page"),
        ("a.xlsx", "not a workbook", "wrong_extension"),
        ("a.csv", b"PK\x03\x04 not a workbook", "broken_workbook"),
    ],
)
def test_file_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path, name, content, kind):
    lake = read(tmp_path, [write(tmp_path / "in", {name: content, "b.csv": OTHER})])
    assert states(lake) == {f"in/{name}": "refused", "in/b.csv": "read"}
    assert kinds(lake) == [(f"in/{name}", kind, "file_refused")]
    assert source(lake, f"in/{name}")["bytes"] == len(content if isinstance(content, bytes) else content.encode())


def test_unknown_column_is_told(tmp_path):
    extra = GOOD.replace("Amount\n", "Amount,Mood\n").replace(".00\n", ".00,fine\n")
    lake = read(tmp_path, [write(tmp_path / "in", {"a.csv": extra})])
    assert kinds(lake) == [("in/a.csv", "unknown_column", "kept")]


def test_example_of_a_format_is_not_looked_for_in_the_sample_country(tmp_path):
    grants = json.dumps(
        {
            "grants": [
                {
                    "id": "360G-fundingproviders-1",
                    "awardDate": "2031-01-01",
                    "amountAwarded": 1,
                    "fundingOrganization": [{"id": "360G-x"}],
                    "recipientOrganization": [{"name": "Sample"}],
                }
            ]
        }
    )
    sample = read(tmp_path / "1", [write(tmp_path / "1/country", {MARKER: '{"bodies": {}}', "a.json": grants})])
    real = read(tmp_path / "2", [write(tmp_path / "2/in", {"a.json": grants})])
    assert (source(sample, "country/a.json")["source"], source(sample, "country/a.json")["standing"]) == ("threesixtygiving-json", "sample")
    assert (source(real, "in/a.json")["source"], source(real, "in/a.json")["standing"]) == ("threesixtygiving-json-examples", "example")


def test_json_lines_are_read_and_a_faulty_one_is_told(tmp_path):
    grant = {"id": "360G-sample-1", "awardDate": "2031-01-01", "amountAwarded": 1, "currency": "GBP"}
    grant |= {"fundingOrganization": [{"id": "360G-sample", "name": "Sample Fund"}], "recipientOrganization": [{"id": "x", "name": "Sample Trust"}]}
    card = msgspec.structs.replace(load_catalogue().sources["threesixtygiving-json"], items="", recognise=Recognise(keys=("id", "awardDate")))
    whole = catalogue_of("threesixtygiving-json", "register-names")
    catalogue = Catalogue(vocabularies=whole.vocabularies, sources={**whole.sources, card.slug: card}, tidies=whole.tidies)
    lines = [json.dumps(grant), '{"id": ', json.dumps({**grant, "id": "360G-sample-2"})]
    files = {"a.jsonl": "\n".join(lines), "b.json": "\n".join(lines), "c.json": f"[{lines[2]}]", "d.ndjson": lines[0], "e.jsonl": json.dumps(grant, indent=1)}
    lake = read(tmp_path, [write(tmp_path / "in", files)], catalogue=catalogue)
    assert [(row["source_file"], row["source_row"]) for row in rows(lake, "SELECT source_file, source_row FROM grant_lines ORDER BY ALL")] == [
        ("in/a.jsonl", 1),
        ("in/a.jsonl", 3),
        ("in/b.json", 1),
        ("in/b.json", 3),
        ("in/c.json", 1),
        ("in/d.ndjson", 1),
        ("in/e.jsonl", 1),
    ]
    row = source(lake, "in/a.jsonl")
    assert (row["rows_found"], row["rows_loaded"], row["rows_refused"], row["because"]) == (3, 2, 1, "its lines have the keys id, awardDate")
    assert rows(lake, "SELECT source_file, source_row FROM problems WHERE kind = 'broken_json' ORDER BY ALL") == [
        {"source_file": "in/a.jsonl", "source_row": 2},
        {"source_file": "in/b.json", "source_row": 2},
    ]


# ---- once more


def checksums(lake):
    return {table: sorted(part.sha256 for part in parts) for table, parts in lake.manifest().items()}


def test_parts_are_taken_over_when_nothing_changed(tmp_path, given):
    first = checksums(read(tmp_path, [given]))
    made = {path: path.stat().st_mtime_ns for path in (tmp_path / "lake/parts").iterdir() if "payment_lines" in path.name}
    second = checksums(read(tmp_path, [given]))
    assert first == second
    assert made == {path: path.stat().st_mtime_ns for path in made}


def test_same_files_in_another_workspace_give_the_same_parts(tmp_path, given):
    assert checksums(read(tmp_path / "one", [given])) == checksums(read(tmp_path / "two", [given]))


def test_changed_file_is_read_alone(tmp_path, given):
    lake = read(tmp_path, [given])
    before = {part.made_from: part for part in lake.manifest()["payment_lines"]}
    write(given, {"b.csv": PAYMENTS + payment("2031-09-01", "SAMPLE QUAY LTD", "40.00")})
    lake = read(tmp_path, [given])
    after = {part.made_from: part for part in lake.manifest()["payment_lines"]}
    assert amounts(lake) == [10, 20, 40]
    assert len(set(before) & set(after)) == 1
    assert [before[key] for key in set(before) & set(after)] == [after[key] for key in set(before) & set(after)]


def test_files_that_do_not_fit_in_memory_while_they_wait_are_read_again(tmp_path, given, monkeypatch):
    monkeypatch.setattr(running, "MOST_HELD", 0)
    assert amounts(read(tmp_path, [given])) == [10, 20, 30]


def test_other_rules_read_everything_anew(tmp_path, given):
    first = {part.made_from for part in read(tmp_path, [given]).manifest()["payment_lines"]}
    assert first & {part.made_from for part in read(tmp_path, [given], digest="other rules").manifest()["payment_lines"]} == set()


def test_new_register_reads_anew_what_names_bodies(tmp_path, given):
    read(tmp_path, [given])
    write(given, {"z.csv": REGISTER + "1,1,2031-01-01T00:00:00Z,D98,D98,Sample Office,https://www.gov.uk/government/organisations/office-of-samples,,\n"})
    assert rows(read(tmp_path, [given]), "SELECT DISTINCT body FROM payment_lines") == [{"body": "office-of-samples"}]


def test_file_no_longer_given_is_no_longer_counted(tmp_path, given):
    read(tmp_path, [given])
    (given / "b.csv").unlink()
    assert states(read(tmp_path, [given])) == {"in/a.csv": "read"}


# ---- the last good table


@pytest.mark.parametrize(
    ("content", "kind"),
    [("", "empty_file"), (b"PK\x03\x04cut", "broken_workbook"), ("<html>Not found</html>\n", "error_page"), ("Not,found\n", "no_longer_known")],
)
def test_rows_stand_on_when_a_file_can_no_longer_be_read(tmp_path, given, content, kind):
    good = source(read(tmp_path, [given]))
    write(given, {"a.csv": content})
    lake = read(tmp_path, [given])
    row = source(lake)
    assert amounts(lake) == [10, 20, 30]
    assert (row["state"], row["because"].endswith(KEPT)) == ("refused", True)
    assert {name: value for name, value in row.items() if name not in ("state", "because")} == {
        name: value for name, value in good.items() if name not in ("state", "because")
    }
    assert kinds(lake) == [("in/a.csv", kind, "file_refused")]


def test_rows_stand_on_build_after_build_until_the_file_is_good_again(tmp_path, given):
    read(tmp_path, [given])
    write(given, {"a.csv": ""})
    because = source(read(tmp_path, [given]))["because"]
    second = read(tmp_path, [given])
    assert (amounts(second), source(second)["because"]) == ([10, 20, 30], because)
    write(given, {"a.csv": GOOD})
    third = read(tmp_path, [given])
    assert (amounts(third), source(third)["state"], kinds(third)) == ([10, 20, 30], "read", [])


def test_problems_of_the_rows_that_stand_on_stand_on_too(tmp_path):
    folder = write(tmp_path / "in", {"a.csv": GOOD + payment("2031-06-31", "SAMPLE", "1.00")})
    read(tmp_path, [folder])
    write(folder, {"a.csv": ""})
    assert kinds(read(tmp_path, [folder])) == [("in/a.csv", "empty_file", "file_refused"), ("in/a.csv", "no_such_date", "value_missing")]


def test_register_that_can_no_longer_be_read_stands_on(tmp_path):
    folder = write(tmp_path / "in", {"names.csv": "org_id,name\nGB-CHC-980001,Sample Trust\n", "a.csv": GOOD})
    read(tmp_path, [folder])
    for content in ("", "<html>\n"):
        write(folder, {"names.csv": content})
        lake = read(tmp_path, [folder])
        assert [row["name"] for row in rows(lake, "SELECT name FROM register_names")] == ["Sample Trust"]
        assert source(lake, "in/names.csv")["state"] == "refused"


NAMES = "org_id,name\nGB-CHC-1990001,Sample Lantern Trust\n"


def test_nothing_that_can_be_used_leaves_the_lake_as_it_was(tmp_path, given):
    lake = read(tmp_path, [given])
    before = amounts(lake)
    stray = write(tmp_path / "stray", {"notes.txt": "nothing"})
    with pytest.raises(NoInput, match="Of the 1 files given none could be used"):
        read(tmp_path, [stray])
    assert amounts(lake) == before != []


def test_last_row_that_the_end_of_the_file_cuts_short_is_refused(tmp_path):
    folder = write(tmp_path / "in", {"a.csv": GOOD + GOOD.splitlines()[1][:-12]})
    lake = read(tmp_path, [folder])
    row = source(lake)
    assert (row["rows_found"], row["rows_loaded"], row["rows_refused"]) == (3, 2, 1)
    assert kinds(lake) == [("in/a.csv", "cut_short", "row_refused")]


def test_file_never_read_before_has_nothing_to_stand_on(tmp_path):
    folder = write(tmp_path / "in", {"a.csv": "", "names.csv": NAMES})
    for _ in range(2):
        row = source(read(tmp_path, [folder]))
        assert (row["state"], row["because"]) == ("refused", "found a file of no bytes; expected a file with rows; fetch it again")


def test_file_of_a_source_that_was_taken_out_is_simply_unused(tmp_path, given):
    write(given, {"names.csv": NAMES})
    read(tmp_path, [given])
    lake = read(tmp_path, [given], catalogue=catalogue_of("register-names"), digest="fewer cards")
    assert (states(lake), kinds(lake)) == ({"in/a.csv": "unused", "in/b.csv": "unused", "in/names.csv": "read"}, [])


def test_copy_that_stands_on_counts_no_more_than_before(tmp_path):
    five = PAYMENTS + "".join(payment(f"2031-07-0{day}", "SAMPLE TRUST", f"{day}.00") for day in range(1, 8))
    folder = write(tmp_path / "in", {"a.csv": five, "b.csv": five + "\n"})
    assert source(read(tmp_path, [folder]), "in/b.csv")["copy_of"] == "in/a.csv"
    write(folder, {"b.csv": ""})
    row = source(read(tmp_path, [folder]), "in/b.csv")
    assert (row["state"], row["copy_of"]) == ("refused", "in/a.csv")


def test_invented_rows_never_stand_on_beside_the_real_record(tmp_path):
    folder = write(tmp_path / "in", {MARKER: '{"bodies": {}}', "a.csv": GOOD})
    read(tmp_path, [folder])
    (folder / MARKER).unlink()
    write(folder, {"a.csv": "", "names.csv": NAMES})
    lake = read(tmp_path, [folder])
    assert (amounts(lake), source(lake)["because"]) == ([], "found a file of no bytes; expected a file with rows; fetch it again")


def bounded(**bounds):
    """Our payments card with bounds on its rows."""
    slug, whole = "central-government-payments", load_catalogue()
    card = msgspec.structs.replace(whole.sources[slug], **bounds)
    return Catalogue(vocabularies=whole.vocabularies, sources={slug: card}, tidies=whole.tidies)


@pytest.mark.parametrize(
    ("bounds", "kind", "because"),
    [
        ({"least_rows": 2}, "too_few_rows", "found 1 rows that can be used; expected 2 or more"),
        ({"most_rows": 0}, "too_many_rows", "found 1 rows; expected 0 or fewer"),
    ],
)
def test_file_with_too_few_or_too_many_rows_is_refused(tmp_path, bounds, kind, because):
    folder = write(tmp_path / "in", {"a.csv": OTHER})
    lake = read(tmp_path, [folder], catalogue=bounded(**bounds))
    assert (amounts(lake), source(lake)["because"], kinds(lake)) == ([], because, [("in/a.csv", kind, "file_refused")])


def test_rows_stand_on_when_a_file_has_too_few(tmp_path, given):
    read(tmp_path, [given / "a.csv"], catalogue=bounded(least_rows=2))
    write(given, {"a.csv": OTHER})
    lake = read(tmp_path, [given / "a.csv"], catalogue=bounded(least_rows=2))
    assert (amounts(lake), source(lake, "a.csv")["because"]) == ([10, 20], f"found 1 rows that can be used; expected 2 or more{KEPT}")


def test_sample_country_is_as_large_as_it_is_made(tmp_path):
    lake = read(tmp_path, [write(tmp_path / "in", {MARKER: '{"bodies": {}}', "a.csv": OTHER})], catalogue=bounded(least_rows=2))
    assert states(lake) == {"in/a.csv": "read"}


# ---- rights, room and kills


@contextmanager
def nobody():
    """A folder of an account without rights to everything; tests that run as root become that account, others stay who they are."""
    folder = Path(tempfile.mkdtemp())
    user = 65534 if os.geteuid() == 0 else os.geteuid()
    os.chown(folder, user, -1)
    before = os.geteuid()
    os.seteuid(user)
    try:
        yield folder
    finally:
        os.seteuid(before)
        subprocess.run(["chmod", "-R", "u+rwX", str(folder)], check=True)
        shutil.rmtree(folder)


def test_folder_and_file_without_rights_are_named_and_the_others_are_read():
    with nobody() as home:
        folder = write(home / "in", {"a.csv": GOOD, "b.csv": OTHER, "closed/c.csv": OTHER, "blind/d.csv": OTHER})
        (folder / "b.csv").chmod(0)
        (folder / "closed").chmod(0)
        (folder / "blind").chmod(0o400)
        lake = read(home, [folder])
        assert states(lake) == {"in/a.csv": "read", "in/b.csv": "refused", "in/blind/d.csv": "refused", "in/closed": "refused"}
        assert {kind for name, kind, _ in kinds(lake)} == {"unreadable_file"}


@contextmanager
def full_disk():
    """No file may grow beyond a kilobyte, as on a disk that is full."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)


def test_full_disk_leaves_the_state_before(tmp_path, given):
    lake = read(tmp_path, [given])
    before = lake.manifest()
    write(given, {"b.csv": GOOD})
    with full_disk(), pytest.raises((OSError, duckdb.Error)):
        read(tmp_path, [given])
    assert lake.manifest() == before
    assert amounts(lake) == [10, 20, 30]
    assert amounts(read(tmp_path, [given])) == [10, 20, 10, 20]


KILL = """
import os, signal, sys
from pathlib import Path
from opencompact.records.actions import reading
from tests.records.runs import lake_of, read_into
workspace, folder = map(Path, sys.argv[1:])
with lake_of(workspace).change() as change:
    read_into(change, reading.find_inputs([folder]))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_kill_between_the_parts_and_the_swap_leaves_the_state_before(tmp_path, given):
    before = read(tmp_path, [given]).manifest()
    write(given, {"b.csv": GOOD})
    killed = subprocess.run([sys.executable, "-c", KILL, str(tmp_path), str(given)], cwd=Path(__file__).parents[3], check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL
    lake = lake_of(tmp_path)
    assert (lake.manifest(), amounts(lake)) == (before, [10, 20, 30])
    assert amounts(read(tmp_path, [given])) == [10, 20, 10, 20]
    in_force = {part.path for parts in [*before.values(), *lake.manifest().values()] for part in parts}
    assert {f"parts/{path.name}" for path in (tmp_path / "lake/parts").iterdir()} - in_force == set()


KILL_WHILE_READING = """
import os, signal, sys
from pathlib import Path
from opencompact.records.actions import reading
from opencompact.registry import load_catalogue
from tests.records.runs import lake_of
workspace, folder = map(Path, sys.argv[1:])
reading.running.FILES_TOGETHER = 2
def told(step):
    if step.files == 2:
        os.kill(os.getpid(), signal.SIGKILL)
with lake_of(workspace).change() as change:
    reading.read(change, reading.find_inputs([folder]), catalogue=load_catalogue(), digest="as of today", told=told)
"""


def line_parts(tmp_path):
    return {path.name: path.stat().st_mtime_ns for path in (tmp_path / "lake/parts").glob("payment_lines-*")}


def test_kill_while_reading_costs_only_what_was_not_yet_read(tmp_path):
    days = [f"2031-0{month}-01" for month in range(1, 5)]
    folder = write(tmp_path / "in", {f"{day}.csv": PAYMENTS + payment(day, "SAMPLE QUAY LTD", "40.00") for day in days})
    killed = subprocess.run(
        [sys.executable, "-c", KILL_WHILE_READING, str(tmp_path), str(folder)], cwd=Path(__file__).parents[3], check=False, capture_output=True
    )
    assert killed.returncode == -signal.SIGKILL
    with pytest.raises(NoLake):
        lake_of(tmp_path).connect()
    made = line_parts(tmp_path)
    assert len(made) == 2
    lake = read(tmp_path, [folder])
    after = line_parts(tmp_path)
    assert {name: after[name] for name in made} == made
    assert (amounts(lake), set(states(lake).values())) == ([40, 40, 40, 40], {"read"})
    assert [str(row["first_on"]) for row in rows(lake, "SELECT first_on FROM readings ORDER BY source_file")] == days
    assert not (tmp_path / "lake/unfinished.jsonl").exists()
    assert checksums(lake) == checksums(read(tmp_path / "anew", [folder]))


def test_nothing_is_in_force_before_the_first_build(tmp_path):
    with pytest.raises(NoLake, match="Run `opencompact build` first"):
        lake_of(tmp_path).connect()


def test_progress_is_told_file_by_file(tmp_path, given):
    told = []
    with lake_of(tmp_path).change() as change:
        reading.read(change, find_inputs([given]), catalogue=load_catalogue(), digest="", told=told.append)
    size = len(GOOD + OTHER)
    assert told[-1] == reading.Step("in/b.csv", 2, 2, size, size)
    assert {step.name for step in told} == {"in/a.csv", "in/b.csv"}
    assert [(step.files, step.bytes) for step in told] == sorted((step.files, step.bytes) for step in told)
