from datetime import date

import pytest
from tests.records.plans import found, run, table
from tests.records.registers import tidied

from opencompact.records.rules.register_councils import authorities_plan


@pytest.mark.parametrize(
    ("slug", "org_id"),
    [
        ("local-authorities-england", "GB-LAE-SMP"),
        ("local-authorities-scotland", "GB-LAS-SMP"),
        ("local-authorities-northern-ireland", "GB-LANI-SMP"),
        ("local-authorities-wales", "GB-PLA-SMP"),
    ],
)
def test_council_is_a_body_under_the_list_of_its_nation(slug, org_id):
    (row,) = tidied(slug)["register_names"]
    assert (row["organisation_id"], row["slug"], row["kind"], row["removed_on"]) == (org_id, org_id, "public_body", date(2030, 3, 31))


def test_bare_name_of_a_place_is_no_name_of_its_council():
    names = [(row["organisation_id"], row["name"], row["name_kind"]) for row in tidied("local-authorities")["register_names"] if "SMP" in row["slug"]]
    assert names == [("GB-LAE-SMP", "Sampletown City Council", "main"), ("GB-LAE-SMP", "Sampletown Metropolitan Council", "other")]


def test_council_that_ended_names_the_one_or_several_that_replaced_it():
    rows = tidied("local-authorities")["register_events"]
    assert [(row["organisation_id"], row["other_id"], row.get("happened_on")) for row in rows] == [
        ("GB-LAE-SMA", "GB-LAE-SMP", date(2023, 4, 1)),
        ("GB-LAS-SMB", "GB-LAS-SMP", None),
        ("GB-LAS-SMB", "GB-LAS-SMC", None),
    ]


def test_area_knows_its_council_and_its_people():
    made = tidied("local-authorities")
    assert [(row["area"], row["body"]) for row in made["area_lines"]] == [
        ("E08980001", "GB-LAE-SMP"),
        ("E07980001", "GB-LAE-SMA"),
        ("S12980001", "GB-LAS-SMB"),
    ]
    assert [(row["area"], row["year"], row["value"]) for row in made["area_figure_lines"]] == [("E08980001", 2020, 1200.0), ("E07980001", 2020, 300.0)]


def test_file_without_a_population_tells_none():
    header = ("local-authority-code", "official-name", "nice-name", "gss-code", "replaced-by", "nation")
    plans = authorities_plan(found("local-authorities", header))
    rows = [run(plan, table(("SMP", "Sample Council", "Sample", "E06980001", "", "England")))[0] for plan in plans if plan.table == "area_figure_lines"]
    assert rows == [[]]
