from datetime import date

import duckdb
import pytest

from opencompact.organisations.rules.places import LINES, areas_sql, figures_sql
from opencompact.registry import load_shapes

ORIGIN = {"source": "s", "standing": "sample", "source_file": "f.csv", "source_row": 2}
KINDS = ({"prefix": "E08", "label": "Metropolitan Districts"},)


def made(sql, **tables):
    con = duckdb.connect()
    for table in LINES:
        con.execute(f"CREATE TABLE {table} ({', '.join(f'{column.name} {column.type}' for column in load_shapes()[table].columns)})")
        for row in tables.get(table, []):
            given = {**ORIGIN, **row}
            con.execute(f"INSERT INTO {table} ({', '.join(given)}) VALUES ({', '.join('?' for _ in given)})", list(given.values()))
    answer = con.execute(sql)
    names = [column[0] for column in answer.description]
    return [{name: value for name, value in zip(names, row, strict=True) if value is not None} for row in answer.fetchall()]


def test_area_is_what_its_latest_files_tell():
    lines = [
        {"area": "E08980001", "name": "Sampleton", "vintage": "2019", "hex_column": 8, "hex_row": 1},
        {"area": "E08980001", "name": "Sampletown", "vintage": "2024", "body": "GB-LAE-SMP", "valid_from": date(1974, 4, 1)},
        {"area": "98AA01S1", "name": "Sample of another list"},
        {"area": "E08980001", "name": "Example", "vintage": "2031", "standing": "example"},
    ]
    part = {"area": "E08980001", "relation": "part_of", "other": "E12980001"}
    (area,) = made(areas_sql("sample", KINDS), area_lines=lines, area_relations=[part, {**part, "other": "SMP"}])
    assert area == {
        "area": "E08980001",
        "name": "Sampletown",
        "kind": "Metropolitan Districts",
        "parent": "E12980001",
        "valid_from": date(1974, 4, 1),
        "body": "GB-LAE-SMP",
        "hex_column": 8,
        "hex_row": 1,
        "standing": "sample",
    }


@pytest.mark.parametrize("kinds", [KINDS, ()])
def test_kind_no_vocabulary_knows_is_as_published(kinds):
    (area,) = made(areas_sql("sample", kinds), area_lines=[{"area": "E07980001", "kind": "District"}])
    assert area["kind"] == "District"


def test_figure_told_by_two_files_is_one():
    figure = {"area": "E08980001", "measure": "population", "year": 2020, "value": 1200.0}
    rows = made(figures_sql("sample"), area_figure_lines=[{**figure, "source_file": "g.csv"}, figure, {**figure, "year": 2021}])
    assert [(row["year"], row["source_file"]) for row in rows] == [(2020, "f.csv"), (2021, "f.csv")]
