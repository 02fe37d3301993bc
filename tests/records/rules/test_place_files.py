import json
from datetime import date

import pytest
from tests.records.registers import tidied

from opencompact.registry import load_catalogue


@pytest.mark.parametrize(
    ("slug", "relations"),
    [
        ("districts-2022-to-2023", [("E07980001", "becomes", "E06980001")]),
        ("districts-2023-to-regions", [("E06980001", "part_of", "E12980001")]),
        ("districts-2024-to-regions", [("E06980001", "part_of", "E12980001")]),
        ("districts-2023-to-counties", [("E07980001", "part_of", "E10980001")]),
        ("districts-2021-to-counties", [("E07980001", "part_of", "E10980001")]),
        ("districts-2021-to-vcse-regions", [("E07980001", "part_of", "Sample North")]),
        ("gss-codes-of-authorities", [("E08980001", "other_code", "SMP")]),
        ("small-areas-of-authorities", [("E01980001", "part_of", "SMP"), ("98AA01S1", "part_of", "SMA")]),
        ("names-of-authorities", [("SMP", "other_name", None)]),
        ("areas-of-operation", [("E08980001", "other_name", "Local Authority")]),
        ("areas-of-operation-before-2021", [("K04980001", "other_name", "A")]),
        ("code-changes", [("E06980001", "follows", "E07980001")]),
        ("code-equivalents", [("E06980001", "other_code", "98UD")]),
    ],
)
def test_look_up_is_read_as_the_vocabulary_says(slug, relations):
    assert [(row["area"], row["relation"], row.get("other")) for row in tidied(slug)["area_relations"]] == relations


@pytest.mark.parametrize("vocabulary", ["area-lookups", "area-layers", "class-lists"])
def test_every_term_with_a_card_has_one(vocabulary):
    catalogue = load_catalogue()
    assert {str(term["card"]) for term in catalogue.vocabularies[vocabulary].terms} <= set(catalogue.sources)


def test_look_up_names_both_its_areas_once():
    made = tidied("districts-2022-to-2023")["area_lines"]
    assert sorted((row["area"], row["name"]) for row in made) == [("E06980001", "Sampletown"), ("E06980001", "Sampletown"), ("E07980001", "Samplewick")]


def test_code_history_has_days():
    rows = tidied("code-history")["area_lines"]
    assert [(row["area"], row.get("valid_from"), row.get("valid_to"), row.get("parent")) for row in rows] == [
        ("E07980001", date(2009, 4, 1), date(2023, 3, 31), "E10980001"),
        ("E06980001", None, None, "E92000001"),
    ]


def figures(slug):
    return [(row["measure"], row.get("domain"), row["year"], row["value"]) for row in tidied(slug)["area_figure_lines"]]


def test_deprivation_has_a_row_for_each_measure_of_each_domain():
    assert figures("deprivation-2015") == [("deprivation-rank", "crime", 2015, 297.0), ("deprivation-share-in-worst-tenth", "crime", 2015, 0.0172)]
    assert figures("deprivation-2025")[:2] == [
        ("deprivation-average-rank", "income", 2025, 22621.74),
        ("deprivation-rank-of-average-rank", "income", 2025, 32.0),
    ]
    assert ("deprivation-average-score", "all", 2019, 0.087) in figures("deprivation-2019")


def test_summary_sheet_reads_its_headers():
    assert figures("deprivation-summaries-2015") == [("deprivation-average-rank", "all", 2015, 21886.6)]


def test_scores_of_records_are_figures_of_2015():
    assert figures("deprivation-scores-2015") == [("deprivation-average-score", "all", 2015, 33.178)]


def test_feature_keeps_its_outline():
    (row,) = tidied("district-boundaries-2024")["area_lines"]
    assert (row["area"], json.loads(row["outline"])["type"]) == ("E06980001", "Polygon")


@pytest.mark.parametrize(
    ("slug", "areas"),
    [
        ("district-topology", [("E06980001", "Sampletown"), ("E06980002", "Samplewick")]),
        ("district-topology-2013", [("E06980001", "Sampletown")]),
        ("district-hexagons", [("E06980001", "Sampletown"), ("E06980002", "Samplewick")]),
    ],
)
def test_map_gives_codes_and_names(slug, areas):
    assert [(row["area"], row["name"]) for row in tidied(slug)["area_lines"]] == areas


def test_hexagon_has_its_place():
    assert [(row.get("hex_column"), row.get("hex_row")) for row in tidied("district-hexagons")["area_lines"]] == [(8, 19), (None, 1)]
