from datetime import date, timedelta
from xml.etree import ElementTree as ET

from opencompact.web.pictures.process import LONGEST, Story, Told, line

DAY = date(2031, 3, 3)


def drawn(story):
    picture = line(story, key="process", title="Sample", subtitle="of days")
    return picture, list(ET.fromstring(picture.svg).iter())


def test_line_has_a_dot_for_each_day_and_a_bar_for_each_spell():
    notices = [Told(1, DAY, is_early=True), Told(2, date(2031, 4, 1)), Told(3, date(2031, 4, 1))]
    picture, parts = drawn(Story(notices, tender=(date(2031, 4, 1), date(2031, 5, 1)), contract=(date(2031, 8, 1), date(2032, 8, 1))))
    names = [part.tag.split("}")[1] for part in parts]
    assert (names.count("circle"), names.count("rect")) == (2, 2)
    assert [part.text for part in parts if part.tag.endswith("text")] == [
        *("3 March 2031", "1 August 2032", "open for tenders: 30 days", "contract: 366 days", "1", "2-3"),
    ]
    assert picture.says == (
        "Notice 1, before the tender, on 3 March 2031. Notice 2 on 1 April 2031. Notice 3 on 1 April 2031. "
        "Open for tenders from 1 April 2031 to 1 May 2031: 30 days. Contract from 1 August 2031 to 1 August 2032: 366 days."
    )


def test_dots_before_the_tender_are_hollow():
    _, parts = drawn(Story([Told(1, DAY, is_early=True), Told(2, DAY + timedelta(days=9))]))
    assert [part.get("fill") for part in parts if part.tag.endswith("circle")] == ["#fff", "#1d2b33"]


def test_one_day_alone_is_named_once():
    _, parts = drawn(Story([Told(1, DAY)]))
    assert [part.text for part in parts if part.tag.endswith("text")] == ["3 March 2031", "1"]


def test_nothing_is_drawn_without_days_or_with_days_that_cannot_be():
    assert line(Story([]), key="k", title="t", subtitle="s") is None
    assert line(Story([Told(1, DAY), Told(2, DAY + timedelta(days=LONGEST + 1))]), key="k", title="t", subtitle="s") is None
