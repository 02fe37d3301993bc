"""A feed of Atom: what a reader needs to show each entry once, in order, with its instant in universal time."""

from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree as ET

from opencompact.web.atom import Entry, feed

NS = {"a": "http://www.w3.org/2005/Atom"}
AT = datetime(2031, 5, 6, 10, 30, tzinfo=timezone(timedelta(hours=1)))


def read(response) -> ET.Element:
    return ET.fromstring(response.content)


def test_entry_keeps_its_name_and_leads_to_its_page(rf) -> None:
    response = feed(rf.get("/silence/?format=atom"), "Silence", [Entry("/ledger/c/", "A < B & C", "Words.", AT, "7")])
    found = read(response)
    entry = found.find("a:entry", NS)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [entry.findtext(f"a:{name}", namespaces=NS) for name in ("title", "summary", "id", "updated")] == [
        "A < B & C", "Words.", "http://testserver/ledger/c/#7", "2031-05-06T09:30:00+00:00",
    ]  # fmt: skip
    assert entry.find("a:link", NS).get("href") == "http://testserver/ledger/c/"


def test_feed_names_itself_and_the_page_it_follows(rf) -> None:
    found = read(feed(rf.get("/silence/?format=atom"), "Silence", []))
    assert (found.findtext("a:title", namespaces=NS), found.findall("a:entry", NS)) == ("Silence", [])
    assert {each.get("rel"): each.get("href") for each in found.findall("a:link", NS)} == {
        "alternate": "http://testserver/silence/", "self": "http://testserver/silence/?format=atom",
    }  # fmt: skip


def test_entries_keep_their_order_and_the_feed_is_as_new_as_its_newest(rf) -> None:
    entries = [Entry("/a/", str(day), "x", datetime(2031, 5, day, tzinfo=UTC), str(day)) for day in (9, 4, 6)]
    found = read(feed(rf.get("/x/"), "X", entries))
    assert [each.text for each in found.findall("a:entry/a:title", NS)] == ["9", "4", "6"]
    assert found.findtext("a:updated", namespaces=NS) == "2031-05-09T00:00:00+00:00"
