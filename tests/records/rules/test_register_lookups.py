from datetime import date
from decimal import Decimal

import pytest
from tests.records.plans import found, run, table
from tests.records.registers import tidied

from opencompact.records.rules.register_lookups import pairs_plan, set_aside
from opencompact.registry import load_catalogue


@pytest.mark.parametrize(
    ("slug", "pairs"),
    [
        ("company-number-pairs", [("GB-CHC-980001", "company", "GB-COH-98000001"), ("GB-EDU-980001", "company", None)]),
        ("cio-company-numbers", [("GB-CHC-1980001", "cio_twin", "GB-COH-CE980001")]),
        ("charity-reregistrations", [("GB-CHC-980001", "reregistered_as", "GB-CHC-1980001"), ("GB-CHC-980002", "reregistered_as", None)]),
        ("dual-registered-charities", [("GB-CHC-980001", "dual_registered", "GB-SC-SC098001")]),
        ("mutual-companies", [("GB-COH-IP98001R", "mutual", "GB-MPR-98001R")]),
        ("housing-providers", [("GB-COH-IP98001R", "housing_provider", "GB-SHPE-C9801")]),
        ("university-charities", [("GB-CHC-1980001", "university", "GB-HESA-9801")]),
        ("university-charters", [("GB-COH-RC980001", "university", "GB-EDU-980001")]),
        ("oxbridge-colleges", [("GB-CHC-1980001", "parent", "GB-EDU-980001")]),
        ("academy-trusts", [("GB-COH-98000001", "academy_trust", "OSCAR-CPID-CAD980")]),
        ("independent-schools", [("GB-CHC-980001", "school", "GB-EDU-980001"), ("GB-COH-98000001", "school", "GB-EDU-980001")]),
        ("research-register-numbers", [("GB-CHC-980001", "research_register", "XI-GRID-grid.98001.1")]),
        ("federated-charities", [("GB-CHC-980001", "federation", None), ("GB-NIC-198001", "federation", None)]),
    ],
)
def test_pairs_are_read_as_the_vocabulary_says(slug, pairs):
    assert [(row["organisation_id"], row["relation"], row.get("other_id")) for row in tidied(slug)["register_numbers"]] == pairs


def test_every_pair_of_the_vocabulary_is_of_a_card():
    catalogue = load_catalogue()
    assert {str(term["card"]) for term in catalogue.vocabularies["register-pairs"].terms} <= set(catalogue.sources)


def test_number_of_another_register_is_a_problem_of_its_field():
    header = ("Old charity number", "New charity number", "Name")
    (plan,) = pairs_plan(found("charity-reregistrations", header))
    _, problems = run(plan, table(("980001", "x", "Sample"), ("x", "980001", "Sample")))
    assert problems == [
        (2, "New charity number", "malformed_identifier", "value_missing"),
        (3, "Old charity number", "malformed_identifier", "row_refused"),
    ]


def test_parent_stands_first_in_a_relationship_and_is_the_other():
    assert tidied("org-id-relationships")["register_numbers"] == [
        {
            "organisation_id": "GB-CHC-1980002",
            "relation": "parent",
            "other_id": "GB-CHC-980001",
            "name": "Sample Branch",
            "other_name": "Sample Harbour Trust",
            "from_on": date(2030, 1, 1),
        },
        {"organisation_id": "GB-COH-CE980001", "relation": "cio_twin", "other_id": "GB-CHC-1980001"},
        {"organisation_id": "GB-CHC-980001", "relation": "same_as", "other_id": "GB-COH-98000001"},
    ]


def test_merger_is_of_the_one_that_ended_else_of_the_one_that_took_it_over():
    rows = tidied("charity-mergers")["register_events"]
    assert [(row["organisation_id"], row["event"], row.get("other_id"), row["other_name"], row["happened_on"]) for row in rows] == [
        ("GB-CHC-980002", "merged_into", "GB-CHC-980001", "Sample Harbour Trust", date(2014, 3, 30)),
        ("GB-CHC-980001", "took_over", None, "Sample Lamps (unregistered)", date(2014, 3, 30)),
        ("GB-CHC-980003-2", "merged_into", None, "Sample Housing (no number)", date(2015, 1, 1)),
    ]


def test_names_reach_and_classes_are_read():
    assert [row["name"] for row in tidied("charity-other-names")["register_names"]] == ["The Sample Foundation"]
    assert [(row["area_kind"], row["area_name"]) for row in tidied("charity-reach")["register_areas"]] == [
        ("scale", "Local"),
        ("scale", "National and Overseas"),
    ]
    assert [(row["code"], row.get("probability")) for row in tidied("cic-classes-icnptso")["register_classes"]] == [("A11", 0.95), ("L50", None)]


def test_studied_charities_have_a_row_for_each_class_and_their_accounts():
    made = tidied("charity-classes-by-hand")
    assert [(row["scheme"], row["code"]) for row in made["register_classes"]] == [("ukcat", "BE100"), ("ukcat", "AN101"), ("icnptso", "A11")]
    assert made["register_incomes"] == [
        {"organisation_id": "GB-CHC-980001", "year_ends_on": date(2031, 3, 31), "income": Decimal(30071), "spending": Decimal(27227)}
    ]
    assert [(row["scheme"], row["code"]) for row in tidied("charity-classes-adjusted")["register_classes"]] == [
        ("icnptso", "F20"),
        ("ukcat", "CV104"),
        ("ukcat", "RL200"),
    ]


def test_class_lists_have_the_class_above():
    assert [(row["code"], row.get("parent")) for row in tidied("icnptso-classes")["class_names"]] == [("A", None), ("A10", "A"), ("A11", "A10")]
    assert [(row["scheme"], row["code"], row.get("parent")) for row in tidied("ntee-classes")["class_names"]] == [("ntee", "A01", "A")]
    assert [row.get("parent") for row in tidied("mutual-number-forms")["class_names"]] == ["Sample society"]


def test_file_set_aside_gives_no_row_and_no_problem():
    assert run(set_aside(found("charity-commission-trustees", ("trustee_name",))), table(("Sample Person",))) == ([], [])
