from importlib import resources

import pytest
from tests.cards import installing

from opencompact.registry import BadCard, load_catalogue, load_shapes, read_card
from opencompact.registry.cards import Indicator, Vocabulary

TERMS = "title: Sample\nsource: Sample\nterms: [{word: one}]\n"


def test_every_shape_is_found_under_its_name():
    shapes = load_shapes()
    assert {name: shape.name for name, shape in shapes.items()} == {name: name for name in shapes}
    assert {"payments", "consultations", "sources", "problems"} <= set(shapes)


def test_our_catalogue_is_found_with_a_tidy_for_every_source():
    catalogue = load_catalogue()
    assert set(catalogue.tidies) == set(catalogue.sources)
    assert {card.slug for card in catalogue.sources.values()} == set(catalogue.sources)
    assert all((catalogue.agreements, catalogue.rule_sets, catalogue.vocabularies, catalogue.indicators))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("title: Sample\n", "Object missing required field `source`"),
        (TERMS + "mood: fine\n", "unknown field `mood`"),
        ("- a list\n", "vocabulary.yml: "),
        ("", "vocabulary.yml: "),
        ("title: [unclosed\n", "vocabulary.yml: "),
        (TERMS.replace("Sample", "Caf\xe9").encode("latin-1"), "can't decode byte"),
    ],
)
def test_card_that_cannot_be_read_is_named_with_what_is_wrong(tmp_path, content, told):
    (tmp_path / "vocabulary.yml").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadCard, match=r"vocabulary\.yml") as caught:
        read_card(tmp_path, "vocabulary.yml", Vocabulary, slug="sample")
    assert told in str(caught.value)


def test_card_takes_its_slug_from_its_folder(tmp_path):
    (tmp_path / "vocabulary.yml").write_text(TERMS)
    card = read_card(tmp_path, "vocabulary.yml", Vocabulary, slug="sample")
    assert (card.slug, card.terms) == ("sample", ({"word": "one"},))


def test_indicator_without_its_sql_is_named(tmp_path):
    slug, card = next(iter(load_catalogue().indicators.items()))
    text = (resources.files("opencompact.catalogue") / "indicators" / slug / "indicator.yml").read_text(encoding="utf-8")
    (tmp_path / "indicator.yml").write_text(text)
    (tmp_path / "examples.yml").write_text("[]")
    with pytest.raises(BadCard, match=r"measure\.sql"):
        read_card(tmp_path, "indicator.yml", Indicator, slug=slug)
    (tmp_path / "measure.sql").write_text("SELECT 1")
    assert read_card(tmp_path, "indicator.yml", Indicator, slug=slug).sql == "SELECT 1"
    assert card.sql != "SELECT 1"


@pytest.fixture
def installed(tmp_path, monkeypatch):
    with installing(tmp_path, monkeypatch) as install:
        yield install


SOURCE = "title: Sample\npublisher: Sample\nlicence: Sample\nstanding: real\ntable: payment_lines\nformat: table\nrecognise:\n  columns: [a]\n"


def test_cards_of_another_package_are_found(installed):
    installed("samplecards", {"vocabularies/sample-words/vocabulary.yml": TERMS, "vocabularies/notes/README": "no card"})
    ours = set(load_catalogue().vocabularies)
    assert "sample-words" in ours
    assert "notes" not in ours


def test_source_of_another_package_brings_its_own_tidy(installed):
    files = {
        "sources/__init__.py": "",
        "sources/sample_spend/__init__.py": "",
        "sources/sample_spend/source.yml": SOURCE,
        "sources/sample_spend/tidy.py": "def tidy(found):\n    return found\n",
    }
    installed("samplecards", files)
    catalogue = load_catalogue()
    assert catalogue.sources["sample-spend"].slug == "sample-spend"
    assert catalogue.tidies["sample-spend"]("as it was") == "as it was"


@pytest.mark.parametrize("tidy", [None, "def tidied(found):\n    return found\n", "import nothing_of_this_name\n"])
def test_source_without_a_tidy_is_named(installed, tidy):
    files = {"sources/__init__.py": "", "sources/sample_spend/__init__.py": "", "sources/sample_spend/source.yml": SOURCE}
    installed("samplecards", files if tidy is None else {**files, "sources/sample_spend/tidy.py": tidy})
    with pytest.raises(BadCard, match=r"samplecards\.sources\.sample_spend: found no function `tidy`"):
        load_catalogue()


def test_slug_taken_by_two_packages_is_refused(installed):
    installed("samplecards", {"vocabularies/missing_words/vocabulary.yml": TERMS})
    with pytest.raises(BadCard, match="the slug missing-words is taken by another package"):
        load_catalogue()


def test_entry_point_that_is_no_package_is_refused(installed):
    installed("samplecards", {"cards.py": "CARDS = 1\n"}, value="samplecards.cards:CARDS")
    with pytest.raises(BadCard, match="expected a package whose folders are cards"):
        load_catalogue()
