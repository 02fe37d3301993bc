from opencompact.web import labels


def test_labels_come_from_the_vocabularies() -> None:
    assert [labels.body_kind("council"), labels.body_kinds("executive_agency"), labels.organisation_kind("charity"), labels.size_band("micro")] == [
        "Council",
        "Executive agencies",
        "Charity",
        "Micro: under £10,000",
    ]


def test_label_unknown_word_in_plain_spelling() -> None:
    assert [labels.body_kind("fire_service"), labels.labels("no-such-vocabulary", "kind")] == ["Fire service", {}]


def test_place_of_band_unknown_comes_last() -> None:
    assert sorted(["not_held", "large", "micro"], key=labels.place_of_band) == ["micro", "large", "not_held"]
