from datetime import UTC, date, datetime

import pytest
from tests.fakes import moods
from tests.fakes.govuk import Govuk, consultation
from tests.fakes.moods import after
from tests.fetching.asking import feed_of, harvesting

from opencompact.lake import Lake
from opencompact.records.actions import arriving
from opencompact.records.actions.reading import NoInput, find_inputs
from opencompact.registry import load_catalogue, load_shapes

DAY = date(2031, 7, 1)
AT = datetime(2031, 7, 9, tzinfo=UTC)


def fetched(httpserver, folder):
    """A folder with two consultations, one of them in two versions, a web page given instead of one, and a file of somebody's own beside."""
    items = [consultation("one", "2031-07-01T09:00:00Z"), consultation("two", "2031-07-01T10:00:00Z")]
    fake = Govuk(httpserver, items)
    fake.moods.extend([None, moods.html])
    time = after("2031-07-02")
    with harvesting(folder, feed_of("govuk-consultations", fake.root), time, source="govuk-consultations") as harvest:
        harvest.fetch(DAY, DAY)
        fake.items[0] = consultation("one", "2031-07-02T09:00:00Z")
        time.at = after("2031-07-03").at
        harvest.fetch(date(2031, 7, 2), date(2031, 7, 2))
    (folder / "raw" / "own.csv").write_text("a\n1\n")
    (folder / "raw" / "govuk-consultations" / "2031-07-01" / "half.part").write_text("{")
    return folder / "raw"


def put(tmp_path, inputs):
    lake = Lake(tmp_path / "lake", load_shapes())
    with lake.change() as change:
        arriving.put_arrivals(change, inputs, catalogue=load_catalogue(), at=AT)
    return lake.connect().execute("SELECT source, title, day, state, offered, arrived, missing, faults, fault_kinds FROM arrivals ORDER BY day").fetchall()


def test_latest_whole_answers_alone_are_read(httpserver, tmp_path):
    inputs = find_inputs([fetched(httpserver, tmp_path)])
    read = arriving.readable(inputs)
    assert len(inputs) > 8
    assert [(item.path.parent.name, item.path.suffix) for item in read] == [("2031-07-01", ".json"), ("2031-07-02", ".json"), ("raw", ".csv")]


def test_arrivals_are_told_as_a_table(httpserver, tmp_path):
    title = load_catalogue().sources["govuk-consultations"].title
    assert put(tmp_path, find_inputs([fetched(httpserver, tmp_path)])) == [
        ("govuk-consultations", title, date(2031, 7, 1), "complete", 2, 2, 0, 1, "web page"),
        ("govuk-consultations", title, date(2031, 7, 2), "complete", 1, 1, 0, 0, None),
    ]


def test_source_without_a_card_keeps_its_name(httpserver, tmp_path):
    fake = Govuk(httpserver, [])
    with harvesting(tmp_path, feed_of("govuk-consultations", fake.root), after("2031-07-02"), source="sample") as harvest:
        harvest.fetch(DAY, DAY)
    assert [row[:4] for row in put(tmp_path, find_inputs([tmp_path / "raw"]))] == [("sample", "sample", DAY, "complete")]


def test_files_that_nobody_fetched_are_all_read_and_nothing_arrived(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text("a\n1\n")
    inputs = find_inputs([tmp_path / "in"])
    assert (arriving.readable(inputs), put(tmp_path, inputs)) == (inputs, [])


def test_empty_ledger_tells_of_nothing(tmp_path):
    (tmp_path / "ledger.jsonl").write_text("")
    inputs = find_inputs([tmp_path])
    assert (arriving.readable(inputs), put(tmp_path / "w", inputs)) == ([], [])


def test_broken_ledger_is_named(tmp_path):
    (tmp_path / "ledger.jsonl").write_text("{}\n")
    with pytest.raises(NoInput, match=r"ledger\.jsonl, line 1"):
        arriving.readable(find_inputs([tmp_path]))
