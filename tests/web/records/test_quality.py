import csv
import io
import re

from django.test import Client
from tests.web import invented

from opencompact.records.rules import quality as rules
from opencompact.web.records import quality


def text_of(answer) -> str:
    page = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", page.replace("\u00a0", " "))


def test_publishers_are_compared_within_one_record(site: Client) -> None:
    page = text_of(site.get("/publishers/"))
    assert "Files of 3 publishers were given." in page
    assert "Borough of Nowhere 100 % 5 of 5 20 % 1 of 5 40 % 2 of 5" in page
    assert "Department for Examples 80 % 4 of 5 60 % 3 of 5 not known" in page
    assert "The middle publisher 90 % 40 % 20 %" in page
    assert page.count("The middle publisher") == 1


def test_publishers_where_none_is_says_so(settings, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(invented, "_publisher_quality", list)
    settings.OPENCOMPACT_WORKSPACE = invented.build(tmp_path)
    assert "No file was given that answers to a source card." in text_of(Client().get("/publishers/"))


def test_publisher_tells_shares_problems_and_files(site: Client) -> None:
    page = text_of(site.get("/publishers/borough-of-nowhere/"))
    assert "How well does Borough of Nowhere publish?" in page
    assert "5 files with 144 rows" in page
    assert "We list 3 problems with how to mend each." in page
    assert "Rows with both days 40 % 2 of 5 half within 21 days" in page
    assert "No such date Payment Date Write it in the form expected. 1 1 a day 2028-09-31 row 4 Value missing" in page
    assert "Repeats spend/borough-of-nowhere-2028.csv" in page


def test_publisher_without_problems_or_a_known_day_says_so(site: Client) -> None:
    page = text_of(site.get("/publishers/department-for-examples/"))
    assert "We found no problem." in page
    assert "not known No file of it says on which day it was published." in page
    assert "problems.csv" not in page


def test_the_only_publisher_of_a_record_has_no_middle(site: Client) -> None:
    assert "Files that could be read 40 % 2 of 5 no other" in text_of(site.get("/publishers/ministry-of-samples/"))


def test_problems_are_a_file_to_work_through(site: Client) -> None:
    answer = site.get("/publishers/borough-of-nowhere/problems.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="INVENTED-SAMPLE-opencompact-draft-problems.csv"'
    assert rows[1] == {
        "file": "spend/borough-of-nowhere-2028.csv",
        "row": "4",
        "field": "Payment Date",
        "found": "2028-09-31",
        "expected": "a day",
        "fix": "Write it in the form expected.",
        "kind": "no_such_date",
        "what_became_of_it": "value_missing",
    }
    assert len(rows) == 3


def test_an_unknown_publisher_is_not_found(site: Client) -> None:
    assert [site.get(f"/publishers/no-such/{rest}").status_code for rest in ("", "problems.csv")] == [404, 404]


def test_every_head_is_of_a_measure() -> None:
    assert {slug for _, _, slug, _ in rules._asked()} == set(quality.HEADS)
