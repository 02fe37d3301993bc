import re

import pytest

from opencompact.records.rules import quality
from opencompact.registry import load_shapes


@pytest.mark.parametrize("record", quality.RECORDS, ids=lambda record: record.name)
def test_every_measure_asks_for_columns_the_lines_have(record):
    asked = {word for sql in (record.delay, record.month, *(each.where for each in record.measures)) for word in re.findall(r"[a-z_]+_\w+|\b[a-z]+\b", sql)}
    functions = {"coalesce", "strftime", "m"}
    assert asked - functions - set(load_shapes()[record.lines].column_names) == set()


def test_every_measure_of_a_record_has_a_name_and_a_place_of_its_own():
    asked = quality._asked()
    assert len({place for _, place, _, _ in asked}) == len({(record, slug) for record, _, slug, _ in asked}) == len(asked)


def test_titles_stand_with_the_measures_of_every_record():
    assert [(record, slug) for record, place, slug, _ in quality._asked() if place <= 5] == [
        ("", "files-read"),
        ("", "files-once"),
        ("", "rows-used"),
        ("", "rows-without-problem"),
        ("payments", "with-identifier"),
    ]
