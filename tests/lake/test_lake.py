import json
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest

from opencompact.lake import Lake, NoLake, Part, WrongShape, write_whole
from opencompact.registry import load_shapes
from opencompact.shapes.shape import Column, Shape

THINGS = Shape(
    name="things",
    title="Things",
    description="Sample things.",
    visibility="public",
    key=("thing",),
    columns=(
        Column("thing", "VARCHAR", "Its name.", required=True),
        Column("kind", "VARCHAR", "Its kind.", words=("round", "square")),
        Column("count", "BIGINT", "How many."),
        Column("seen_on", "DATE", "Day."),
        Column("seen_at", "TIMESTAMP", "Instant."),
        Column("amount", "DECIMAL(18,2)", "Pounds."),
        Column("share", "DOUBLE", "Share."),
        Column("is_new", "BOOLEAN", "New."),
    ),
)
OTHERS = Shape(name="others", title="Others", description="Others.", visibility="internal", columns=(Column("name", "VARCHAR", "Name."),))
SHAPES = {"things": THINGS, "others": OTHERS}


@pytest.fixture
def lake(tmp_path):
    return Lake(tmp_path / "lake", SHAPES)


def put(lake, *things):
    with lake.change() as change:
        return change.put_rows("things", [{"thing": thing} for thing in things])


def things(con):
    return [thing for (thing,) in con.execute("SELECT thing FROM things").fetchall()]


def test_rows_come_back_as_they_were_put(lake):
    row = ("one", "round", 3, date(2031, 7, 16), datetime.fromisoformat("2031-07-16T09:30:00"), Decimal("1.25"), 0.5, True)
    with lake.change() as change:
        assert change.put_rows("things", [dict(zip(THINGS.column_names, row, strict=True)), {"thing": "two"}]) == 2
    assert lake.connect().execute("SELECT * FROM things").fetchall() == [row, ("two", *[None] * 7)]


def test_columns_have_the_declared_types_whatever_the_select_gives(lake):
    with lake.change() as change:
        change.put("things", "SELECT 1 AS count, 'x' AS thing, '2031-07-16' AS seen_on")
        assert change.con.execute("SELECT * FROM things").fetchall() == [("x", None, 1, date(2031, 7, 16), None, None, None, None)]


def test_parts_keep_the_order_of_their_select(lake):
    with lake.change() as change:
        change.put("things", "SELECT 'x' || i AS thing FROM range(5000) r(i) ORDER BY i % 7, i DESC")
    wanted = [f"x{i}" for i in sorted(range(5000), key=lambda i: (i % 7, -i))]
    assert things(lake.connect()) == wanted


def test_same_rows_are_the_same_bytes(lake, tmp_path):
    put(lake, "one", "two")
    other = Lake(tmp_path / "other", SHAPES)
    put(other, "one", "two")
    assert lake.manifest() == other.manifest()
    (part,) = lake.manifest()["things"]
    assert (lake.folder / part.path).read_bytes() == (other.folder / part.path).read_bytes()


def test_table_of_no_rows_and_table_of_no_parts_are_tables(lake):
    with lake.change() as change:
        assert (change.put_rows("things", []), change.put_parts("others", [])) == (0, 0)
    con = lake.connect()
    assert (things(con), con.execute("SELECT name FROM others").fetchall()) == ([], [])


def test_lake_without_a_change_holds_nothing(lake):
    assert lake.manifest() == {}
    with pytest.raises(NoLake, match=r"holds no tables yet\. Run `opencompact build` first"):
        lake.connect()


def test_table_whose_shape_is_gone_is_not_seen(lake):
    with lake.change() as change:
        change.put_rows("things", [])
        change.put_rows("others", [])
    assert Lake(lake.folder, {"others": OTHERS}).connect().execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall() == [("others",)]


@pytest.mark.parametrize(
    ("select", "told"),
    [
        ("SELECT 1 AS wheels, 'x' AS thing, 2 AS axles", "Table things: found columns axles, wheels; expected only thing, kind, count"),
        ("SELECT NULL AS thing", "Table things, column thing: found 1 rows without a value; expected one in each."),
        ("SELECT 1 AS count", "Table things, column thing: found 1 rows without a value; expected one in each."),
        ("SELECT 'x' AS thing, 'oval' AS kind", "Table things, column kind: found 'oval'; expected one of round, square."),
        ("SELECT 'x' AS thing FROM range(2)", r'Table things: found {"thing":"x"} twice; expected "thing" to be unique.'),
    ],
)
def test_rows_of_another_shape_are_refused_and_leave_the_state_before(lake, select, told):
    put(lake, "before")
    with pytest.raises(WrongShape) as caught, lake.change() as change:
        change.put("things", select)
    assert str(caught.value).startswith(told)
    assert things(lake.connect()) == ["before"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"thing": "x", "wheels": 1}, "Table things: found columns wheels; expected only thing"),
        ({"thing": "x", "count": "many"}, "Table things, column count: found a value that is no BIGINT ("),
        ({"thing": 1}, "Table things, column thing: found a value that is no VARCHAR ("),
        ({"thing": "x", "amount": "1"}, "Table things, column amount: found a value that is no DECIMAL(18,2) ("),
    ],
)
def test_rows_given_with_values_of_another_type_are_refused(lake, row, told):
    with pytest.raises(WrongShape) as caught, lake.change() as change:
        change.put_rows("things", [row])
    assert str(caught.value).startswith(told)


def put_one_well_and_one_badly(lake):
    with lake.change() as change:
        change.put_rows("things", [{"thing": "after"}])
        change.put_rows("others", [{"name": 1}])


def test_tables_change_together_or_not_at_all(lake):
    put(lake, "before")
    with pytest.raises(WrongShape):
        put_one_well_and_one_badly(lake)
    assert things(lake.connect()) == ["before"]


def test_change_sees_its_own_tables(lake):
    put(lake, "before")
    with lake.change() as change:
        change.put_rows("things", [{"thing": "after"}])
        assert things(change.con) == ["after"]


def test_reader_of_a_change_sees_it_and_nothing_outside(lake, tmp_path):
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with lake.change() as change:
        change.put_rows("things", [{"thing": "after"}])
        reader = change.connect()
        assert things(reader) == ["after"]
        with pytest.raises(duckdb.Error):
            reader.execute(f"SELECT * FROM read_csv('{tmp_path}/secret.csv')")


def test_reader_keeps_the_state_it_opened(lake):
    put(lake, "first")
    reader = lake.connect()
    put(lake, "second")
    assert (things(reader), things(lake.connect())) == (["first"], ["second"])


def test_parts_two_changes_old_and_leavings_are_swept_away(lake):
    for name in ("first", "second", "third"):
        put(lake, name)
    (lake.folder / "parts" / ".things.99.tmp").write_bytes(b"left by a kill")
    put(lake, "fourth")
    held = {f"parts/{path.name}" for path in (lake.folder / "parts").iterdir()}
    with lake.change() as change:
        before = {part.path for part in change.before["things"]}
        change.put_rows("things", [{"thing": "fifth"}])
    assert len(held) == 2
    assert before <= held


def test_part_made_from_the_same_is_known_while_its_file_stands(lake):
    with lake.change() as change:
        change.put_parts("things", [change.part("things", "SELECT 'x' AS thing", made_from="key")])
    with lake.change() as change:
        part = change.known_part("things", "key")
        assert (part.rows, part.made_from) == (1, "key")
        assert (change.known_part("things", "other"), change.known_part("others", "key")) == (None, None)
        change.put_parts("things", [part])
    (lake.folder / part.path).unlink()
    with lake.change() as change:
        assert change.known_part("things", "key") is None


def test_table_of_several_parts_is_checked_as_a_whole(lake):
    with pytest.raises(WrongShape, match="twice"), lake.change() as change:
        change.put_parts("things", [change.part("things", f"SELECT 'x' AS thing, {count} AS count") for count in (1, 2)])


def test_manifest_names_each_part_with_its_checksum(lake):
    put(lake, "one")
    (part,) = lake.manifest()["things"]
    assert part == Part(f"parts/things-{part.sha256[:20]}.parquet", part.sha256, 1, "")
    assert json.loads((lake.folder / "manifest.json").read_text())["tables"]["things"][0]["path"] == part.path


SECRET = "found outside"


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * FROM read_csv('{outside}/secret.csv')",
        "SELECT * FROM read_text('{lake}/../secret.csv')",
        "SELECT * FROM glob('{outside}/*')",
        "COPY (SELECT 1) TO '{outside}/copy.csv'",
        "ATTACH '{outside}/other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM read_parquet('https://sample.example/x.parquet')",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "INSERT INTO things (thing) VALUES ('x')",
        "DELETE FROM things",
        "UPDATE things SET thing = 'x'",
    ],
)
def test_reader_reaches_nothing_outside_and_changes_no_table(lake, tmp_path, question):
    put(lake, "one")
    (tmp_path / "secret.csv").write_text(SECRET)
    con = lake.connect()
    with pytest.raises(duckdb.Error):
        con.execute(question.format(outside=tmp_path, lake=lake.folder))
    assert things(lake.connect()) == ["one"]
    assert {path.name for path in tmp_path.iterdir()} == {"lake", "secret.csv"}


def test_folder_with_a_quote_in_its_name_and_a_relative_one_work(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder in (tmp_path / "o'clock", tmp_path.relative_to(tmp_path) / "relative"):
        lake = Lake(folder, SHAPES)
        put(lake, "one")
        assert things(lake.connect()) == ["one"]


def test_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a.json"
    write_whole(path, b"old")
    write_whole(path, b"new")
    assert (path.read_bytes(), [item.name for item in tmp_path.iterdir()]) == (b"new", ["a.json"])
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "gone" / "a.json", b"x")


@pytest.mark.parametrize("name", load_shapes())
def test_every_table_of_the_house_can_be_put_empty(tmp_path, name):
    with Lake(tmp_path, load_shapes()).change() as change:
        assert change.put_rows(name, []) == 0


def test_what_a_kill_left_in_the_spill_folder_is_removed_by_the_next_change(lake):
    (lake.folder / "spill").mkdir(parents=True)
    (lake.folder / "spill" / "duckdb_temp_0").write_text("half a table")
    put(lake, "one")
    assert not (lake.folder / "spill").exists()


def test_tables_of_the_same_rows_have_the_same_checksum(lake):
    sums = []
    for names in (("one",), ("one",), ("one", "two")):
        with lake.change() as change:
            change.put_rows("things", [{"thing": name} for name in names])
            change.put_rows("others", [])
            sums.append(change.made_of("things", "others"))
            assert change.made_of("things") != change.made_of("others")
    assert sums[0] == sums[1] != sums[2]


def inodes(lake):
    return {(lake.folder / part.path).stat().st_ino for parts in lake.manifest().values() for part in parts}


def test_part_made_once_from_the_same_is_not_made_again(lake):
    found = []
    for key, name in (("key", "one"), ("key", "another"), ("other key", "two")):
        with lake.change() as change:
            change.put_parts("things", [change.part_once("things", f"SELECT '{name}' AS thing", made_from=key)])
        found.append((things(lake.connect()), inodes(lake)))
    assert [names for names, _ in found] == [["one"], ["one"], ["two"]]
    assert found[0] == found[1]
    assert found[1][1] != found[2][1]


def cut_off(lake, key, calls):
    """A change in which a step is made once under the key, and which ends before it is in force."""
    with pytest.raises(KeyboardInterrupt), lake.change() as change:
        change.once(key, lambda: step(change, calls))
        raise KeyboardInterrupt


def step(change, calls):
    calls.append("made")
    change.put_rows("things", [{"thing": "one"}])
    change.put_parts("others", [])


def test_step_that_a_kill_cut_off_is_not_made_again(lake):
    calls = []
    cut_off(lake, "key", calls)
    with lake.change() as change:
        change.once("key", lambda: step(change, calls))
        assert (calls, set(change.after)) == (["made"], {"things", "others"})
        assert change.con.execute("SELECT thing FROM things").fetchall() == [("one",)]
    assert things(lake.connect()) == ["one"]


def test_step_of_another_key_or_after_the_change_is_in_force_is_made(lake):
    calls = []
    cut_off(lake, "key", calls)
    cut_off(lake, "another key", calls)
    with lake.change() as change:
        change.once("key", lambda: step(change, calls))
    with lake.change() as change:
        change.once("key", lambda: step(change, calls))
    assert calls == ["made"] * 3


def test_step_whose_part_is_gone_is_made_again(lake):
    calls = []
    cut_off(lake, "key", calls)
    for part in (lake.folder / "parts").glob("things-*"):
        part.unlink()
    cut_off(lake, "key", calls)
    assert calls == ["made"] * 2


def test_rows_of_parts_in_force_are_not_checked_again_and_new_ones_are(lake):
    put(lake, "one")
    (part,) = lake.manifest()["things"]
    with lake.change() as change:
        assert change.put_parts("things", [part]) == 1
    with pytest.raises(WrongShape, match=r"found .* twice"), lake.change() as change:
        change.put_parts("things", [part, change.part("things", "SELECT 'one' AS thing")])


def many_small(change, *, without=()):
    names = [number for number in range(300) if number not in without]
    change.put_parts("others", [change.rows_part("others", [{"name": f"{number:03}"}], made_from=str(number)) for number in names])


def gathered(lake):
    return lake.manifest().get("others gathered", ())


def test_many_small_parts_are_read_in_their_order_from_files_of_dozens(lake):
    wanted = [(f"{number:03}",) for number in range(300)]
    with lake.change() as change:
        many_small(change)
        assert change.con.execute("SELECT name FROM others").fetchall() == wanted
        assert change.files()["others"] == tuple(lake.folder / part.path for part in change.after["others gathered"])
    assert lake.connect().execute("SELECT name FROM others").fetchall() == wanted
    assert (len(lake.manifest()["others"]), sum(part.rows for part in gathered(lake)), len(gathered(lake)) < 20) == (300, 300, True)


def test_part_that_comes_or_goes_leaves_the_files_of_the_others_as_they_are(lake):
    with lake.change() as change:
        many_small(change)
    before = gathered(lake)
    with lake.change() as change:
        many_small(change, without=(150,))
    assert sum(part.rows for part in gathered(lake)) == 299
    assert len(set(gathered(lake)) - set(before)) in (1, 2)  # two where it ended a run


def test_table_of_few_parts_or_of_large_ones_is_read_as_it_stands(lake):
    with lake.change() as change:
        many_small(change)
    with lake.change() as change:
        many_small(change, without=range(99, 300))
    assert gathered(lake) == ()
    with lake.change() as change:
        rows = [change.rows_part("others", [{"name": f"{number} {row}"} for row in range(51)]) for number in range(100)]
        assert change.put_parts("others", rows) == 5100
    assert gathered(lake) == ()


def test_step_that_puts_many_small_parts_is_taken_up_after_a_kill(lake):
    with pytest.raises(KeyboardInterrupt), lake.change() as change:
        change.once("key", lambda: many_small(change))
        raise KeyboardInterrupt
    with lake.change() as change:
        change.once("key", lambda: pytest.fail("it was made again"))
    assert lake.connect().execute("SELECT count(*), max(name) FROM others").fetchall() == [(300, "299")]
