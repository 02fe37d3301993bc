from datetime import UTC, date, datetime

import pytest

from opencompact.fetching.feed import Item
from opencompact.fetching.ledger import BadLedger, Entry, Ledger, read_ledger, standing

AT = datetime(2031, 7, 2, 6, tzinfo=UTC)


def entry(event="answer", **given):
    return Entry(**({"source": "sample", "window": "2031-07-01", "reading": 1, "event": event, "asked_at": AT} | given))


def test_ledger_without_a_file_is_empty(tmp_path):
    assert read_ledger(tmp_path / "ledger.jsonl") == []


def test_entries_come_back_as_they_were_written(tmp_path):
    made = [entry("begun"), entry(url="https://sample.example/", arrived=(Item("a", date(2031, 7, 1)), Item("b")), is_usable=True)]
    ledger = Ledger(tmp_path / "raw")
    for each in made:
        ledger.append(each)
    assert (Ledger(tmp_path / "raw").entries, ledger.usable) == (made, {"https://sample.example/": made[1]})


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_line_cut_by_a_kill_is_left_out_and_the_next_stands_on_its_own(tmp_path, cut):
    ledger = Ledger(tmp_path)
    ledger.append(entry("begun"))
    ledger.append(entry("finished"))
    whole = ledger.path.read_bytes()
    ledger.path.write_bytes(whole[:-cut])
    assert [each.event for each in read_ledger(ledger.path)] == ["begun"]
    Ledger(tmp_path).append(entry("stopped"))
    assert [each.event for each in read_ledger(ledger.path)] == ["begun", "stopped"]


def test_line_that_is_no_entry_is_named(tmp_path):
    (tmp_path / "ledger.jsonl").write_text('{"source": 1}\n')
    with pytest.raises(BadLedger, match=r"ledger\.jsonl, line 1: found a line that is no entry"):
        Ledger(tmp_path)


def test_files_that_stand_are_the_latest_of_each_record_and_pages_that_hold_every_one():
    answer = {"is_usable": True}
    entries = [
        entry(url="e", file="d/page-without-records.json", **answer),
        entry(url="a", file="d/page1.json", arrived=(Item("a"), Item("b")), **answer),
        entry(url="b", file="d/page2.json", arrived=(Item("c"), Item("d")), **answer),
        entry(url="a", file="d/page1-again.json", reading=2, arrived=(Item("a"), Item("b"), Item("c")), **answer),
        entry(url="b", file="d/list.index.json", **answer),
        entry(url="c", file="d/bad.unusable"),
        entry(url="d", item="one", file="d/one.csv", **answer),
        entry(url="d", item="one", file="d/one-again.csv", **answer),
    ]
    assert standing(entries) == {"d/page2.json", "d/page1-again.json", "d/one-again.csv"}


def test_pages_of_a_whole_source_stand_until_it_was_read_whole_again():
    whole = {"is_whole": True, "chain": "a", "is_usable": True, "arrived": (Item("a"),)}
    first = [entry(file="one/1.json", **whole), entry("finished", is_whole=True)]
    second = [entry(file="two/1.json", window="2031-07-08", **whole)]
    assert standing(first + second) == {"one/1.json", "two/1.json"}
    assert standing([*first, *second, entry("finished", window="2031-07-08", is_whole=True)]) == {"two/1.json"}
