from datetime import date

from tests.records.registers import tidied


def test_company_has_its_names_now_and_before_with_their_days():
    names = [(row["name"], row["name_kind"], row.get("from_on"), row.get("to_on")) for row in tidied("companies-house-companies")["register_names"]]
    assert names == [
        ("SAMPLE LAMPS CIC", "main", date(2010, 9, 2), None),
        ("SAMPLE WICKS LTD", "former", date(2005, 7, 19), date(2010, 9, 2)),
        ("SAMPLE CANDLES LTD", "former", date(2001, 7, 31), date(2005, 7, 19)),
    ]


def test_trade_without_a_code_is_none():
    assert [(row["code"], row["label"]) for row in tidied("companies-house-companies")["register_classes"]] == [("74909", "Sample trades n.e.c.")]


def test_kind_is_the_category_s():
    assert [row.get("kind") for row in tidied("companies-house-companies")["register_names"]] == ["cic", None, None]


def test_of_an_ordinary_company_or_one_of_no_category_the_present_name_is_kept_apart_and_nothing_else():
    made = tidied("companies-house-companies")
    assert [(row["organisation_id"], row["name"], row["status"], row.get("removed_on")) for row in made["company_names"]] == [
        ("GB-COH-98000002", "SAMPLE FIRM LTD", "Active", None),
        ("GB-COH-98000003", "SAMPLE WITHOUT CATEGORY LTD", "Active", None),
    ]
    assert "GB-COH-98000002" not in {row["organisation_id"] for table in ("register_names", "register_classes") for row in made[table]}
