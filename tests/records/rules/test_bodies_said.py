import pytest
from tests.records.plans import found as plan_found

from opencompact.records.rules.bodies_said import said_body, words_said


def said(name, *, titles=(), headers=()):
    found = plan_found("council-payments", headers)
    found.file_name, found.titles = name, titles
    return said_body(found)


@pytest.mark.parametrize(
    ("name", "titles", "headers", "body", "known"),
    [
        ("spend/darlington/2031-04.csv", (), (), "GB-LAE-DAL", True),
        ("darlington-2031-04.csv", (), (), "GB-LAE-DAL", True),
        ("spend/newcastle/2031.csv", (), ("Internal Ref",), "GB-LAE-NET", True),
        ("spend/newcastle/2031.csv", (), ("Ref",), "newcastle", False),
        ("x/2031.csv", ("Payments of Leeds City Council, April",), (), "GB-LAE-LDS", True),
        ("raw/SAM/SAM 01 - April.pdf.csv", (), (), "sam", False),
        ("raw/2031-04.csv", ("Sample District Council",), (), "sample-district-council", False),
        ("data/Sample Town supplier payments over 500 Q1.csv", (), (), "sample-town", False),
        ("2031-04.csv", (), (), "body-not-named", False),
    ],
)
def test_body_a_file_says_it_is_of(name, titles, headers, body, known):
    found = said(name, titles=titles, headers=headers)
    assert (found.body, found.is_known) == (body, known)


def test_words_said_are_of_titles_folders_name_and_payers():
    assert words_said("nhs-raw/SAM 01.pdf.csv", ["Sample & Co"], ["NHS Sample"]) == " sample and co nhs raw sam 01 nhs sample "
