"""Our own servers are held to the same form as the live ones, so that no test rests on a form nobody gives."""

import json
from datetime import date

import pytest
from tests.fakes.files import Files, Grants, dataset, registry, zipped
from tests.fakes.govuk import Govuk, consultation
from tests.fakes.moods import after
from tests.fakes.releases import contracts_finder, find_a_tender, release
from tests.verification.shapes import SHAPES, first_answer, wanting

DAY = date(2031, 7, 1)
FAKES = {
    "contracts-finder": lambda server: contracts_finder(server, [release(1, "2031-07-01T09:00:00Z")]),
    "find-a-tender": lambda server: find_a_tender(server, [release(1, "2031-07-01T09:00:00Z")]),
    "govuk-consultations": lambda server: Govuk(server, [consultation("item", "2031-07-01T09:00:00Z")]),
    "govuk-organisations-api": lambda server: Govuk(server, []),
    "threesixtygiving-api": lambda server: Grants(server, {"GB-CHC-202918": ["360G-a-1"]}),
    "threesixtygiving-table": lambda server: Files(server, {"/data.json": registry([dataset("one", "https://sample.example/a.csv")])}),
    "charity-commission-charities": lambda server: Files(server, {"/data/txt/publicextract.charity_policy.zip": zipped("a.txt", "a\n")}),
}


@pytest.mark.parametrize("source", SHAPES)
def test_fake_answers_in_the_form_held_against_the_live_source(source, httpserver, tmp_path):
    fake = FAKES[source](httpserver)
    answer, request = first_answer(tmp_path / "raw", SHAPES[source], day=DAY, clock=after("2031-07-02").clock, root=fake.root)
    assert (answer.status, answer.fault, len(answer.told.arrived + answer.told.listed)) == (200, None, 1 if source != "govuk-organisations-api" else 2)
    if request.form == "json":
        assert wanting(json.loads((tmp_path / answer.file).read_text()), SHAPES[source]) == set()


def test_form_that_has_lost_a_part_is_seen():
    assert wanting({"results": [{"title": ""}], "total": 1}, SHAPES["govuk-consultations"]) == {"start", "link", "public_timestamp"}
    assert wanting({"results": [], "total": 0, "start": 0}, SHAPES["govuk-consultations"]) == set()
