"""Every vocabulary of the catalogue is even and sourced; the words we search for find what they should on invented sentences, and nothing else."""

import re

import duckdb
import pytest

from opencompact.registry import load_catalogue
from opencompact.registry.cards import Vocabulary

VOCABULARIES = load_catalogue().vocabularies
PATTERNS = [
    pytest.param(term["pattern"], id=f"{slug}-{place}")
    for slug, card in VOCABULARIES.items()
    for place, term in enumerate(card.terms, start=1)
    if "pattern" in term
]


@pytest.mark.parametrize("card", VOCABULARIES.values(), ids=VOCABULARIES)
def test_vocabulary_has_a_source_and_terms_of_one_list_of_keys(card: Vocabulary) -> None:
    """Some keys may be left out of a term; those that stay keep their order, and at least one is in all."""
    assert card.source
    keys = list(dict.fromkeys(key for term in sorted(card.terms, key=len, reverse=True) for key in term))
    assert [list(term) for term in card.terms] == [[key for key in keys if key in term] for term in card.terms]
    assert set.intersection(*map(set, card.terms))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_pattern_means_the_same_to_python_and_to_the_lakes_engine(pattern: str) -> None:
    sentences = [*EXPLAINED, *UNEXPLAINED, *SOFTENED, *NOT_SOFTENED, *CONCERNS_SECTOR, *CONCERNS_OTHERS]
    with duckdb.connect() as con:
        in_lake = con.execute("SELECT list_transform(?::VARCHAR[], lambda sentence: regexp_matches(sentence, ?, 'i'))", [sentences, pattern]).fetchall()
    assert in_lake == [([re.search(pattern, sentence, re.IGNORECASE) is not None for sentence in sentences],)]


def finds(slug: str, sentence: str) -> bool:
    return any(re.search(term["pattern"], sentence, re.IGNORECASE) for term in VOCABULARIES[slug].terms)


EXPLAINED = (
    "The consultation period is shorter than usual because the regulations must be in force by April.",
    "This consultation will last for less than 12 weeks in order to meet the date set by the lighthouse treaty.",
    "A shortened consultation period of five weeks is needed as the present licence ends in June.",
    "We have chosen a shorter period to allow ministers to decide before the ferry season.",
    "The period is shorter than that of our formal consultations. This approach has been taken as it is of interest to harbour pilots alone.",
    "We are holding a six-week consultation because the change is minor.",
    "This is an 8 week consultation, as most of those concerned replied last year.",
    "Owing to the date of the election, we ask you to respond to this consultation within four weeks.",
    "As the effect on lighthouse keepers is neutral the Department is undertaking a targeted six week informal consultation.",
    "Since the order is technical, we are running a short, five-week consultation.",
    "Responses are limited to three weeks so that the flood scheme can begin before winter.",
    "Given the tight legislative timetable, this consultation closes on 3 May.",
    "The consultation will run for four weeks because of the limited time available before the ferry contract ends.",
    "The period is six weeks due to the urgency of the repairs.",
    "The four-week window is set in order to meet the statutory deadline.",
    "This is a targeted consultation because only three harbours are affected.",
    "We propose a shorter period following extensive earlier engagement with keepers.",
    "Seven weeks are given, for we have already consulted keepers on the outline.",
    "It has not been possible to consult for twelve weeks as the treaty takes effect in March.",
    "A 12 week consultation would be disproportionate for so small a change.",
)
UNEXPLAINED = (
    "This is a limited, eight-week consultation on the slots of a harbour.",
    "The Department carried out a 6-week consultation between 4 April and 20 May to seek views on ferries.",
    "The consultation runs for 12 weeks because the Code asks for it.",
    "This six-week consultation is the first step towards a new ferry licence.",
    "We are consulting on changes in order to meet the deadline of the lighthouse treaty.",
    "Informal, targeted invitation for the industry to comment on our proposals.",
    "Please keep your response shorter than 12 pages. The report will be published as soon as possible.",
    "Given the importance of lighthouses, we consult on their future.",
    "This short paper on ferries is published so that everybody can respond.",
    "As the minister announced in May, we are running a six-week consultation.",
    "Due to the storm, the harbour was closed for six weeks.",
    "The consultation closes on 3 May.",
    "The grant is limited to six weeks to allow for harvest.",
    "We consulted keepers for twelve weeks following earlier engagement.",
)
SOFTENED = (
    "We will hold two workshops in June, one of them in the evening.",
    "Public meetings are planned in five towns.",
    "Seminars will be held in the north and the south.",
    "The paper draws on extensive stakeholder engagement over the winter.",
    "This follows an initial consultation held last autumn.",
    "The closing date has been extended to 14 July.",
    "The consultation period was extended by two weeks after requests.",
    "A draft was circulated to keepers in advance of this consultation.",
    "We shared with them an early draft of the rules.",
    "We will accept late responses from small groups.",
    "Late replies will still be considered.",
    "We may consider responses received late from those without post.",
    "Because of the interest shown we have agreed to accept responses up to 14 September.",
    "Due to a delay in printing, we will accept responses to the paper until 20 October.",
)
NOT_SOFTENED = (
    "Please note that late responses will not be accepted.",
    "We will not accept responses received after the closing date.",
    "The franchise may be extended by two years.",
    "This is an informal consultation on draft regulations.",
    "Send your response to the address below by 3 May.",
    "The draft regulations are attached.",
    "Earlier responses would be welcomed.",
    "We met the harbour master.",
)
CONCERNS_SECTOR = (
    "We want to hear from charities and their trustees.",
    "The scheme is open to voluntary organisations.",
    "Voluntary and community groups will run the ferries.",
    "The voluntary, community and social enterprise sector was asked.",
    "What will this mean for the third sector?",
    "Civil society has a part in this.",
    "Loans for social enterprises.",
    "Community groups may take over the lighthouse.",
    "Not-for-profit bodies may apply.",
    "Keepers work beside volunteers at every station.",
    "How can we encourage volunteering?",
    "The share of contracts that VCSEs win.",
)
CONCERNS_OTHERS = (
    "A voluntary purchase scheme for owners near the line.",
    "Charges for voluntary checks of boats.",
    "The community will hear more noise.",
    "The sale may be voluntary or compulsory.",
    "A third of the sector replied.",
)


@pytest.mark.parametrize("sentence", EXPLAINED)
def test_explanation_is_found_where_a_reason_for_a_short_period_is_given(sentence: str) -> None:
    assert finds("explanation-phrases", sentence)


@pytest.mark.parametrize("sentence", UNEXPLAINED)
def test_no_explanation_is_found_where_none_is_given(sentence: str) -> None:
    assert not finds("explanation-phrases", sentence)


def test_every_explanation_pattern_finds_an_invented_sentence() -> None:
    idle = [
        term["means"] for term in VOCABULARIES["explanation-phrases"].terms if not any(re.search(term["pattern"], text, re.IGNORECASE) for text in EXPLAINED)
    ]
    assert idle == []


@pytest.mark.parametrize("sentence", SOFTENED)
def test_softening_is_found_where_something_was_done(sentence: str) -> None:
    assert finds("softening-phrases", sentence)


@pytest.mark.parametrize("sentence", NOT_SOFTENED)
def test_no_softening_is_found_where_nothing_was_done(sentence: str) -> None:
    assert not finds("softening-phrases", sentence)


def test_every_softening_pattern_finds_an_invented_sentence() -> None:
    idle = [
        term["pattern"] for term in VOCABULARIES["softening-phrases"].terms if not any(re.search(term["pattern"], text, re.IGNORECASE) for text in SOFTENED)
    ]
    assert idle == []


@pytest.mark.parametrize("sentence", CONCERNS_SECTOR)
def test_sector_words_find_what_concerns_the_sector(sentence: str) -> None:
    assert finds("sector-words", sentence)


@pytest.mark.parametrize("sentence", CONCERNS_OTHERS)
def test_sector_words_leave_out_what_merely_sounds_like_it(sentence: str) -> None:
    assert not finds("sector-words", sentence)


@pytest.mark.parametrize(
    ("income", "band"),
    [
        (0, "micro"),
        (9_999, "micro"),
        (10_000, "small"),
        (99_999, "small"),
        (100_000, "medium"),
        (999_999, "medium"),
        (1_000_000, "large"),
        (10_000_000, "major"),
        (100_000_000, "super-major"),
        (5_000_000_000, "super-major"),
    ],
)
def test_size_band_begins_at_its_lower_bound(income: int, band: str) -> None:
    bands = VOCABULARIES["size-bands"].terms
    assert [term["band"] for term in bands if term["from"] <= income and (term["below"] is None or income < term["below"])] == [band]


def test_size_bands_follow_one_another_without_gap() -> None:
    bands = VOCABULARIES["size-bands"].terms
    assert [term["below"] for term in bands] == [term["from"] for term in bands[1:]] + [None]


def test_kinds_of_organisation_that_count_as_voluntary_are_those_whose_law_binds_them() -> None:
    kinds = VOCABULARIES["organisation-kinds"].terms
    assert [term["kind"] for term in kinds] == ["cio", "charity", "cic", "society", "public_body", "company", "other"]
    assert [term["kind"] for term in kinds if term["is_voluntary"]] == ["cio", "charity", "cic", "society"]


def test_identifier_schemes_and_name_words_settle_one_kind_each() -> None:
    kinds = VOCABULARIES["organisation-kinds"].terms
    for key in ("id_schemes", "number_prefixes", "name_words"):
        named = [word for term in kinds for word in term[key]]
        assert sorted(named) == sorted(set(named))
        assert [word for word in named if word != word.upper()] == []


def test_general_charities_leave_out_four_classes_known_by_whole_words() -> None:
    classes = VOCABULARIES["general-charity-exclusions"].terms
    assert [term["class"] for term in classes] == ["independent-schools", "government-controlled-bodies", "housing-associations", "places-of-worship"]
    words = [word for term in classes for word in term["name_words"]]
    assert words == [word.upper() for word in dict.fromkeys(words)]
