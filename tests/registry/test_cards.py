import msgspec
import pytest

from opencompact.registry.cards import Agreement, Recognise, Source, Undertaking

SOURCE = {
    "title": "Sample",
    "publisher": "Sample",
    "licence": "Sample",
    "standing": "real",
    "table": "payment_lines",
    "format": "table",
    "recognise": {"columns": ["a"]},
}
PROMISE = {"number": "1.1", "outcome": "1", "bound": "both", "paraphrase": "Sample.", "test": "judgement", "wording": "unconfirmed"}


def test_source_has_what_it_is_given_and_plain_defaults():
    card = msgspec.convert(SOURCE, Source)
    assert (card.recognise, card.dates, card.items, card.least_rows, card.most_rows) == (Recognise(columns=("a",)), "iso", "", 0, None)


@pytest.mark.parametrize(
    ("kind", "given", "changed"),
    [
        (Source, SOURCE, {"standing": "true"}),
        (Source, SOURCE, {"format": "xlsx"}),
        (Source, SOURCE, {"dates": "backwards"}),
        (Source, SOURCE, {"mood": "fine"}),
        (Source, SOURCE, {"recognise": {"colums": ["a"]}}),
        (Source, SOURCE, {"snapshot_on": "2031-09-31"}),
        (Undertaking, PROMISE, {"bound": "nobody"}),
        (Undertaking, PROMISE, {"wording": "half"}),
        (Agreement, {"title": "Sample", "parties": "Sample", "outcomes": [], "undertakings": []}, {"in_force_from": "soon"}),
    ],
)
def test_card_with_a_word_or_key_nobody_knows_is_refused(kind, given, changed):
    msgspec.convert(given, kind)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**given, **changed}, kind)


def test_cards_cannot_be_changed():
    with pytest.raises(AttributeError):
        msgspec.convert(SOURCE, Source).title = "Other"
