from datetime import date
from decimal import Decimal

from tests.records.registers import tidied

ID = {"organisation_id": "GB-SC-SC098001"}


def test_removed_charity_is_told_with_all_that_is_known_of_it():
    made = tidied("oscr-register")
    assert [(row["name"], row["name_kind"]) for row in made["register_names"]] == [
        ("Sample Lantern SCIO", "main"),
        ("Sample Quay", "main"),
        ("Sample Lamp", "working"),
    ]
    assert made["register_events"] == [{**ID, "event": "removed", "happened_on": date(2012, 6, 2), "reason": "This charity has been wound up."}]
    assert made["register_numbers"] == [
        {**ID, "relation": "parent", "other_id": "GB-CHC-980001", "name": "Sample Lantern SCIO", "other_name": "Sample Harbour Trust"}
    ]
    assert made["register_areas"] == [{**ID, "area_kind": "scale", "area_name": "Wider but within one local authority", "within": "Sampletown"}]
    assert [row["code"] for row in made["register_classes"]] == ["The advancement of samples", "The relief of need, by samples"]
    assert made["register_incomes"] == [{**ID, "year_ends_on": date(2011, 3, 31), "income": Decimal(2348), "spending": Decimal(2127)}]
