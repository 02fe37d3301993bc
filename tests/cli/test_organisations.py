import csv
import json
import re
import sys
from datetime import UTC, date, datetime

import pytest
from tests.lakes import CARERS, sample_tables
from tests.web.invented import build

from opencompact.cli import run
from opencompact.lake import Lake
from opencompact.organisations.actions import offering
from opencompact.organisations.rules.history import LINES
from opencompact.registry import load_shapes

ORIGIN = {"source": "s", "standing": "sample", "source_file": "register.csv", "source_row": 2}


def workspace_of(folder, **tables):
    lake = Lake(folder / "lake", load_shapes())
    with lake.change() as change:
        for table in ("register_names", *LINES):
            change.put_rows(table, [{**ORIGIN, "organisation_id": CARERS, **row} for row in tables.get(table, [])])
    return folder


@pytest.fixture
def show(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    name = {"name": "Café Carers of Nowhere", "name_kind": "main", "register": "sample", "registered_on": date(2010, 1, 1)}
    income = {"year_starts_on": date(2013, 4, 1), "year_ends_on": date(2014, 3, 31), "income": 8000}
    pair = {"relation": "parent", "other_id": "GB-CHC-sample-8", "other_name": "Carers of the World"}
    workspace = workspace_of(tmp_path, register_names=[name], register_incomes=[income], register_numbers=[pair])

    def ask(*arguments):
        code, message = run(["organisations", "show", *arguments, "--workspace", str(workspace)])
        return code, capsys.readouterr().out, message

    return ask


def test_organisation_is_shown_as_it_was_on_a_day(show):
    code, out, _ = show(CARERS, "--on", "2014-03-31")
    assert code == 0
    assert [line.split("  ")[0].strip() for line in out.splitlines()] == [f"{CARERS} on 2014-03-31: registered", "what", "name", "parent", "income"]
    assert "£8,000.00 (micro)" in out


def test_year_without_accounts_says_so(show):
    _, out, _ = show(CARERS, "--on", "2020-01-01")
    assert out.splitlines()[-1] == "No accounts of that year are held."


def test_today_is_meant_where_no_day_is_given(show):
    before = datetime.now(UTC).date()
    code, out, _ = show(CARERS, "--json")
    held = json.loads(out)
    assert (code, held["status"], held["names"][0]["told"]) == (0, "registered", "Café Carers of Nowhere")
    assert before <= date.fromisoformat(held["on"]) <= datetime.now(UTC).date()


def test_unknown_organisation_is_a_sentence(show):
    code, out, message = show("GB-CHC-sample-404")
    assert (code, out) == (3, "")
    assert message.startswith("No register held in ")


def test_lake_without_names_knows_nobody(tmp_path, capsys):
    code, message = run(["organisations", "show", CARERS, "--workspace", str(workspace_of(tmp_path))])
    assert (code, "tells of GB-CHC-sample-1" in message) == (3, True)


def test_small_lake_has_the_history_the_pages_show():
    assert {row["line"] for row in sample_tables()["organisation_history"]} == {"name", "event", "income", "number"}


REGISTER = """org_id,name,postcode,kind
GB-CHC-1900001,The Varrowmere Lantern Trust,AL1 1AA,charity
GB-CHC-1900002,Wexelwick Carers & Music Society,,charity
GB-CHC-1900002,Quillbrook Singers,,charity
GB-CHC-1900003,Café Ombrixholt,,charity
,Nobody,,
"""


@pytest.fixture
def match(tmp_path, capsys):
    def ask(text, *arguments, register=REGISTER, out="out.csv", encoding="utf-8", name="Payee"):
        (tmp_path / "file.csv").write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        (tmp_path / "register.csv").write_text(register, encoding="utf-8")
        where = ["--register", str(tmp_path / "register.csv"), "--out", str(tmp_path / out)]
        code, message = run(["organisations", "match", str(tmp_path / "file.csv"), "--name", name, *where, *arguments])
        rows = list(csv.reader((tmp_path / out).read_text(encoding="utf-8").splitlines())) if code == 0 else []
        return code, rows, message or capsys.readouterr().out

    return ask


ADDED = ["match_org_id", "match_name", "match_probability", "match_decision", "match_stage", "match_why"]


def test_every_row_gets_its_match_in_order(match):
    code, rows, said = match("Payee,Amount\nQUILLBROOK SINGERS,5\nZandric Lifts PLC,6\nVARROWMERE LANTERN TRUST,7\n")
    assert code == 0
    assert rows[0] == ["Payee", "Amount", *ADDED]
    assert [row[:4] for row in rows[1:]] == [
        ["QUILLBROOK SINGERS", "5", "GB-CHC-1900002", "Quillbrook Singers"],
        ["Zandric Lifts PLC", "6", "", ""],
        ["VARROWMERE LANTERN TRUST", "7", "GB-CHC-1900001", "The Varrowmere Lantern Trust"],
    ]
    assert [row[5:7] for row in rows[1:]] == [["accepted", "exact"], ["none", "none"], ["accepted", "exact"]]
    assert said.startswith("Of 3 rows 2 accepted, 0 for review, 1 not identified. Written to ")


def test_postcode_context_and_number_are_read(match):
    text = "Payee,Where,What,No\nVARROWMERE LANTERN TRUST,AL1 1AA,lamps,\nSomebody,,,1900002\n"
    _, rows, _ = match(text, "--postcode", "Where", "--context", "What", "--identifier", "No")
    assert [(row[4], row[8]) for row in rows[1:]] == [("GB-CHC-1900001", "exact"), ("GB-CHC-1900002", "identifier")]


def test_rows_too_long_or_short_keep_all_they_have(match):
    _, rows, _ = match("Amount,Payee\n1\n2,Quillbrook Singers,a note\n\n")
    assert rows[0][:3] == ["Amount", "Payee", "extra_1"]
    assert [row[:4] for row in rows[1:]] == [["1", "", "", ""], ["2", "Quillbrook Singers", "a note", "GB-CHC-1900002"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_accents_are_read_in_the_encodings_of_spreadsheets(match, encoding):
    assert match("Payee\nCAFÉ OMBRIXHOLT\n", encoding=encoding)[1][1][:2] == ["CAFÉ OMBRIXHOLT", "GB-CHC-1900003"]


def test_file_matched_before_is_matched_anew(match):
    _, rows, _ = match("Payee,match_org_id\nQuillbrook Singers,old\n")
    assert rows[0] == ["Payee", *ADDED]
    assert rows[1][1] == "GB-CHC-1900002"


def test_header_alone_is_answered_with_a_header(match):
    code, rows, said = match("Payee\n")
    assert (code, rows) == (0, [["Payee", *ADDED]])
    assert said.startswith("Of 0 rows ")


def test_register_of_one_row_is_enough(match):
    assert match("Payee\nQuillbrook Singers\n", register="org_id,name\nx-1,Quillbrook Singers\n")[1][1][1] == "x-1"


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("", {}, "file.csv: is empty; expected a header and a row for each name."),
        ("Name\nx\n", {}, "file.csv: found the columns Name; expected Payee too."),
        ("Payee,Payee\nx,y\n", {}, "file.csv: found 2 columns called Payee; expected one."),
        (b"Payee\n\x81\x8d\n", {}, "file.csv: found text that is neither UTF-8 nor Windows-1252"),
        ('Payee\n"' + "x" * 140_000 + '"\n', {}, "file.csv: found a row that is no CSV (field larger than field limit (131072))"),
        ("Payee\nx\n", {"register": "id,name\n1,x\n"}, "register.csv: found the columns id, name; expected org_id too."),
        ("Payee\nx\n", {"register": "org_id,name\n,x\n"}, "register.csv: found no row with both org_id and name; expected at least one."),
        ("Payee\nx\n", {"out": "file.csv"}, "file.csv: is a file that is read. Give --out another name"),
        ("Payee\nx\n", {"out": "no/such.csv"}, "make it first."),
    ],
)
def test_what_cannot_be_matched_is_a_sentence(match, text, more, said):
    before = csv.field_size_limit(131_072)  # as Python has it; the reading of published files lifts it for its whole process
    code, _, message = match(text, **more)
    csv.field_size_limit(before)
    assert code == 3
    assert said in message


DECIDED = """payee_name,published_org_id,body,vendor_number,outcome,organisation_id,because,decision,decided_by,decided_at,origin
Wexelwick Carers,,,,none_of_these,,They say so.,n-1,r@example.org,2031-08-01T09:00:00+00:00,
VARROWMERE LANTERN,,,,organisation,GB-CHC-1900002,Their letter.,n-2,r@example.org,2031-08-01T09:00:00+00:00,
Somebody,,sample-borough,V1,organisation,GB-CHC-1900003,Their letter.,n-3,r@example.org,2031-08-01T09:00:00+00:00,
Waits,,,,,,,,,,
"""
LIKE = "Wexelwick Carers & Music Socety"


@pytest.fixture
def decided(match, tmp_path):
    def ask(text, *arguments, decisions=DECIDED):
        (tmp_path / "decided.csv").write_text(decisions, encoding="utf-8")
        return match(text, "--decisions", str(tmp_path / "decided.csv"), *arguments)

    return ask


def test_decisions_of_a_file_settle_their_names_and_teach_the_others(match, decided):
    text = f"Payee,Vendor\nVarrowmere Lantern,\nwhoever,V1\n{LIKE},\nQuillbrook Singers,\n"
    before = {row[0]: row for row in match(text)[1]}
    code, rows, said = decided(text, "--body", "sample-borough", "--vendor", "Vendor")
    after = {row[0]: row for row in rows}
    assert code == 0
    assert [after["Varrowmere Lantern"][place] for place in (2, 3, 5, 6, 7)] == [
        "GB-CHC-1900002", "Wexelwick Carers & Music Society", "accepted", "reviewed", "A person decided, as decided.csv says."
    ]  # fmt: skip
    assert (after["whoever"][2], after["whoever"][3]) == ("GB-CHC-1900003", "Café Ombrixholt")
    assert (before[LIKE][6], after[LIKE][6]) == ("compared", "compared")
    assert float(after[LIKE][4]) < float(before[LIKE][4])
    assert re.search(r"Learned from \d decisions?: 0\.\d\d where the scorer gave 0\.\d\d", after[LIKE][7])
    assert after["Quillbrook Singers"] == before["Quillbrook Singers"]
    assert re.search(r"\nLearned from \d decisions?: where the scorer says 0\.70 is now 0\.\d\d, 0\.80 is now ", said)


def test_order_of_decisions_in_the_file_does_not_matter(decided):
    header, *rows = DECIDED.splitlines(keepends=True)
    assert decided(f"Payee\n{LIKE}\n", decisions=header + "".join(reversed(rows)))[1] == decided(f"Payee\n{LIKE}\n")[1]


def test_file_of_decisions_that_teaches_nothing_says_so_and_changes_nothing(match, decided):
    header = DECIDED.splitlines(keepends=True)[0]
    text = f"Payee\n{LIKE}\nQuillbrook Singers\n"
    for decisions in (header, header + "Quillbrook Singers,,,,organisation,GB-CHC-1900002,Seen.,,,,\nQuillbrook Singers,,,,undone,,A slip.,,,,\n"):
        code, rows, said = decided(text, decisions=decisions)
        assert (code, rows) == (0, match(text)[1])
        assert "decided.csv taught anything" in said


@pytest.mark.parametrize(
    ("decisions", "said"),
    [
        ("payee_name,outcome\nx,none_of_these\n", "decided.csv: found the columns payee_name, outcome; expected organisation_id, because too."),
        (DECIDED.replace("none_of_these", "nobody"), "decided.csv, row 2, outcome: found 'nobody'; expected one of organisation, none_of_these"),
        (DECIDED.replace("Their letter.", ""), "row 3, because: found ''; expected the reason, in a few words. 2 cells cannot be taken; this is the first."),
    ],
)
def test_decisions_that_cannot_be_taken_are_a_sentence(decided, decisions, said):
    code, _, message = decided("Payee\nx\n", decisions=decisions)
    assert code == 3
    assert said in message


def test_splink_gives_the_same_columns(match):
    code, rows, said = match("Payee,No\nQUILLBROOK SINGERS,\nSomebody,1900003\nZandric Lifts PLC,\n", "--by", "splink", "--identifier", "No")
    assert (code, rows[0]) == (0, ["Payee", "No", *ADDED])
    assert [(row[2], row[5], row[6]) for row in rows[2:]] == [("GB-CHC-1900003", "accepted", "identifier"), ("", "none", "none")]
    assert rows[1][7].startswith("By Splink: match weight ")
    assert said.startswith("Of 3 rows ")


def test_splink_that_is_not_installed_is_named(match, monkeypatch):
    monkeypatch.delitem(sys.modules, "opencompact.organisations.actions.by_splink", raising=False)
    monkeypatch.setitem(sys.modules, "splink", None)
    code, _, message = match("Payee\nx\n", "--by", "splink")
    assert code == 3
    assert message == "--by splink: the Python package splink is missing. Install the extra: pip install 'opencompact[splink]'."


@pytest.mark.parametrize("more", [["--postcode", "Payee"], ["--context", "Payee"], ["--engine", "spark"], ["--body", "x"]])
def test_what_splink_does_not_heed_is_refused(match, more):
    code, _, message = match("Payee\nx\n", "--by", "splink", *more)
    assert code == 2
    assert "With --by splink give --register, and of the other columns --identifier alone" in message


@pytest.fixture
def released(tmp_path, capsys):
    """Names matched to the release of the invented country, beside whose lake people decided about two."""
    workspace = build(tmp_path / "work")
    told = {"decision": "n-1", "payee_name": "Samplers United", "published_org_id": "", "body": "", "vendor_number": "", "outcome": "none_of_these",
            "because": "They say so.", "decided_on": date(2031, 8, 1)}  # fmt: skip
    vendor = {"decision": "n-2", "body": "borough-of-nowhere", "vendor_number": "V1", "outcome": "organisation", "organisation_id": "GB-CHC-9900002"}
    with Lake(workspace / "lake", load_shapes()).change() as change:
        change.put_rows("name_decisions", [told, {**told, **vendor}])

    def ask(text, *arguments):
        (tmp_path / "file.csv").write_text(text, encoding="utf-8")
        code, message = run(["organisations", "match", str(tmp_path / "file.csv"), "--name", "Payee", "--out", str(tmp_path / "out.csv"), *arguments])
        rows = list(csv.reader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines())) if code == 0 else []
        return code, rows, message or capsys.readouterr().out

    yield ask, workspace
    offering.forget()


def test_file_is_matched_to_a_workspace_by_what_people_decided_first(released):
    ask, workspace = released
    text = "Payee,Vendor,Number\nTHE FORD TRUST,V7,\nWhoever,V1,\nSamplers United,,\nThe Ford Trust,,GB-CHC-9900001\n"
    more = ["--workspace", str(workspace), "--body", "Borough of Nowhere", "--vendor", "Vendor", "--identifier", "Number"]
    code, rows, said = ask(text, *more)
    assert (code, said.split(" Written")[0]) == (0, "Of 4 rows 3 accepted, 0 for review, 1 not identified.")
    assert [(row[3], row[4], row[7]) for row in rows[1:]] == [
        ("GB-CHC-9900001", "The Ford Trust", "exact"),
        ("GB-CHC-9900002", "Friends of the Long Wall", "reviewed"),
        ("", "", "reviewed"),
        ("GB-CHC-9900001", "The Ford Trust", "identifier"),
    ]


def test_neither_register_nor_workspace_nor_a_body_of_it_is_a_sentence(released, tmp_path):
    ask, workspace = released
    assert "Give --register with or without --decisions, or --workspace" in ask("Payee\nx\n")[2]
    assert "found no body called 'Nobody'" in ask("Payee\nx\n", "--workspace", str(workspace), "--body", "Nobody")[2]
    (tmp_path / "empty").mkdir()
    assert "holds no draft release" in ask("Payee\nx\n", "--workspace", str(tmp_path / "empty"))[2]
