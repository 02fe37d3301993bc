from datetime import date

from opencompact.fetching.feed import Item, Window
from opencompact.fetching.packages import bounds, read_package


def test_window_is_asked_for_with_an_hour_on_each_side():
    assert bounds(Window(date(2031, 3, 1), date(2031, 3, 31))) == ("2031-02-28T23:00:00", "2031-04-01T01:00:00")


def test_release_without_an_id_is_known_by_process_and_instant_or_by_content():
    named = read_package(None, {"releases": [{"id": 7}, {"ocid": "ocds-sample-1", "date": "2031-07-01T09:00:00Z"}, {"id": "", "tag": ["tender"]}]}).arrived
    assert named[:2] == (Item("7"), Item("ocds-sample-1 2031-07-01T09:00:00Z", date(2031, 7, 1)))
    assert len(named[2].id) == 64


def test_older_pages_held_packages_within_results():
    told = read_package(None, {"results": [{"releases": [{"id": "a"}]}, {"releases": [{"id": "b"}]}], "maxPage": 3})
    assert ([item.id for item in told.arrived], told.next) == (["a", "b"], None)
