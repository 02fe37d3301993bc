from opencompact.convening.queries.roundtables_profiles import headers, known_values, labels, profiles, values_of, wider
from opencompact.convening.rules.roundtables import ATTRIBUTES
from opencompact.registry import load_catalogue


def test_every_target_of_every_profile_names_a_value_there_is() -> None:
    wrong = [(name, each) for name, targets in profiles().items() for each in targets if each.value not in values_of(each.attribute)]
    assert wrong == []


def test_every_target_asks_for_no_more_than_it_allows_and_weighs_something() -> None:
    assert [each for targets in profiles().values() for each in targets if not 0 <= each.least <= each.most or each.weight < 1] == []


def test_every_value_has_a_label_and_no_two_attributes_share_one() -> None:
    values = [value for attribute in ATTRIBUTES for value in values_of(attribute)]
    assert (len(set(values)) == len(values), [value for value in values if value not in labels()]) == (True, [])


def test_size_bands_are_those_of_the_size_band_vocabulary() -> None:
    assert values_of("size_band") == [term["band"] for term in load_catalogue().vocabularies["size-bands"].terms]


def test_wider_groups_are_of_values_there_are() -> None:
    assert set(wider()) - set(labels()) == set()


def test_columns_are_those_of_a_contact_and_none_is_for_opinions() -> None:
    assert list(headers()) == ["name", "organisation", "email", *ATTRIBUTES, "last_invited_on"]


def test_a_sub_sector_by_code_or_name_at_any_level_stands_for_its_section() -> None:
    known = known_values()["sub_sector"]
    assert {known[words] for words in ("a", "a10", "museums zoos parks historical sites and similar institutions")} == {"a"}
