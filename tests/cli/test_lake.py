"""The lake from the command line, read only."""

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner
from tests.lakes import sample_tables, small_lake

from opencompact.cli import run
from opencompact.cli.lake import command


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("workspace")
    small_lake(folder / "lake")
    return folder


@pytest.fixture
def lake(workspace, capsys):
    def ask(*arguments):
        code, message = run(["lake", *arguments, "--workspace", str(workspace)])
        return code, capsys.readouterr().out, message

    return ask


def test_tables_are_listed_with_their_rows(lake):
    code, out, _ = lake("tables", "--json")
    rows = {row["table"]: (row["rows"], row["visibility"]) for row in json.loads(out)}
    assert (code, len(rows), rows["payments"], rows["entries"]) == (0, len(sample_tables()) + 1, (3, "public"), (9, "public"))


def test_tables_are_shown_to_people(lake):
    assert lake("tables")[1].splitlines()[0].split() == ["table", "rows", "visibility", "holds"]


def test_json_has_dates_as_iso_decimals_as_numbers_and_missing_as_null(lake):
    _, out, _ = lake(
        "sql", "--json", "SELECT payee_name, amount, paid_on, organisation_id, is_card, NULL AS nothing FROM payments ORDER BY source_row LIMIT 2;"
    )
    assert json.loads(out, parse_float=Decimal) == [
        {
            "payee_name": "Café Carers of Nowhere",
            "amount": Decimal("26000.50"),
            "paid_on": "2031-07-04",
            "organisation_id": "GB-CHC-sample-1",
            "is_card": False,
            "nothing": None,
        },
        {"payee_name": "withheld", "amount": Decimal("-310.00"), "paid_on": "2031-07-04", "organisation_id": None, "is_card": False, "nothing": None},
    ]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("9999999999999999.99::DECIMAL(18,2)", "9999999999999999.99"),
        ("170141183460469231731687303715884105727::HUGEINT", "170141183460469231731687303715884105727"),
        ("0.0::DOUBLE / 0", "null"),
        ("'-inf'::DOUBLE", "null"),
        ("2.5::DOUBLE", "2.5"),
        ("TIMESTAMPTZ '2031-11-22 09:30:00+00'", '"2031-11-22 09:30:00+00"'),
        ("TIMESTAMP '2031-11-22 09:30:00'", '"2031-11-22 09:30:00"'),
        ("INTERVAL 1 DAY", '"1 day"'),
        ("[1, NULL]", "[1,null]"),
        ("{'a': DATE '2031-01-02'}", '{"a":"2031-01-02"}'),
        ("MAP {1: 'b'}", '{"1":"b"}'),
        ("'a\"b'", '"a\\"b"'),
    ],
)
def test_every_type_has_its_json(lake, value, written):
    assert lake("sql", "--json", f'SELECT {value} AS "a""b"')[1] == f'[{{"a\\"b":{written}}}]\n'


def test_no_rows_are_an_empty_array(lake):
    assert lake("sql", "--json", "SELECT 1 WHERE false") == (0, "[]\n", "")


def test_columns_of_one_name_are_kept_apart(lake):
    assert lake("sql", "--json", "SELECT 1 AS a, 2 AS a -- twice")[1] == '[{"a":1,"a_1":2}]\n'


def test_rows_are_shown_to_people_as_they_stand(lake):
    assert [line.split() for line in lake("sql", "SELECT '[red]x' AS word, NULL AS nothing, 1.50 AS amount")[1].splitlines()] == [
        ["word", "nothing", "amount"],
        ["[red]x", "1.50"],
    ]


@pytest.mark.parametrize("text", ["SHOW TABLES", "DESCRIBE payments", "FROM payments", "WITH p AS (FROM payments) SELECT count(*) FROM p", "VALUES (1)"])
def test_every_form_of_a_question_is_answered(lake, text):
    assert lake("sql", text)[0] == 0


@pytest.mark.parametrize(
    "text", ["DROP VIEW payments", "SELECT 1; SELECT 2", "", "COPY payments TO 'x.csv'", "SET threads = 1", "PRAGMA version", "EXPLAIN SELECT 1"]
)
def test_anything_but_one_select_is_refused(lake, text):
    assert lake("sql", text) == (2, "", "The lake is read only here, one question at a time: expected one SELECT.")


def test_select_that_hides_a_write_is_refused(lake, workspace):
    before = sorted((workspace / "lake").iterdir())
    code, out, message = lake("sql", f"WITH a AS (COPY (SELECT 1) TO '{workspace}/lake/x.csv') FROM a")
    assert (code, out, message.split(".")[0], sorted((workspace / "lake").iterdir())) == (2, "", "The lake cannot answer that", before)


def test_file_outside_the_lake_is_refused(lake, tmp_path):
    (tmp_path / "private.txt").write_text("canary")
    code, out, _ = lake("sql", f"SELECT * FROM read_text('{tmp_path}/private.txt')")
    assert (code, out) == (2, "")


@pytest.mark.parametrize(
    ("text", "said"), [("SELEC 1", "That is not SQL the lake understands. "), ("SELECT nope FROM payments", "The lake cannot answer that. ")]
)
def test_error_of_sql_is_told_plainly(lake, text, said):
    code, out, message = lake("sql", text)
    assert (code, out, message[: len(said)], "Traceback" in message) == (2, "", said, False)


def test_workspace_without_a_lake_is_refused(tmp_path):
    code, message = run(["lake", "tables", "--workspace", str(tmp_path)])
    assert (code, message.split(". ")[1]) == (3, "Run `opencompact build` first.")


def test_shell_answers_until_an_empty_line(workspace):
    shown = CliRunner().invoke(command, ["shell", "--workspace", str(workspace)], input="SELECT 1\n AS one;\nSELEC;\nSELECT 2 AS two;\n\nSELECT 3 AS three;\n")
    assert (shown.exit_code, [word in shown.output for word in ("one", "not SQL", "two", "three")]) == (0, [True, True, True, False])


def test_shell_ends_with_its_input(workspace):
    shown = CliRunner().invoke(command, ["shell", "--workspace", str(workspace)], input="SELECT 1 AS one;\n")
    assert (shown.exit_code, "one" in shown.output) == (0, True)
