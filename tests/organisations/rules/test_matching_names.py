import pytest

from opencompact.organisations.rules.matching_names import initials, is_cut, names_of, spellings, uncoded, uncut, written_out

KNOWN = spellings([{"short": "ASSOC", "long": "ASSOCIATION"}, {"short": "AGE CONCERN", "long": "AGE UK"}])


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("Varrow Carers", ()),
        ("Varrow Carers (formerly Wexel Helpers)", ("Varrow Carers", "Wexel Helpers")),
        ("VC (Wexel)", ("Wexel",)),
        ("Varrow Carers T/A The Lamp", ("Varrow Carers", "The Lamp")),
        ("Varrow Carers - Grant", ("Varrow Carers", "Grant")),
        ("Varrow Carers, Wexel", ("Varrow Carers",)),
        ("S12345 Varrow Carers", ("Varrow Carers",)),
        ("98123Varrow Carers", ("Varrow Carers",)),
        ("Varrow Carers BC18336", ("Varrow Carers",)),
        ("A - B", ()),
    ],
)
def test_name_goes_by_what_stands_in_it(name, others):
    assert names_of(name) == (name, *others)


def test_codes_glued_to_a_name_are_taken_off():
    assert [uncoded(name) for name in ("S12345 Varrow Carers", "98123Varrow Carers BC18336", "Varrow Carers", "12345")] == [*["Varrow Carers"] * 3, "12345"]


def test_name_of_the_length_that_systems_cut_is_also_tried_without_its_last_word():
    cut = "Varrow Carers And Wexel Helper"
    assert (is_cut(cut), uncut(cut)) == (True, ("Varrow Carers And Wexel",))
    assert (is_cut("Varrow Carers"), uncut("Varrow Carers")) == (False, ())


def test_two_words_are_not_cut_to_one():
    assert uncut("Varrowmereandwexelwick Helpersof") == ()


def test_short_words_are_written_out_and_the_last_the_goes():
    assert written_out("VARROW ASSOC THE", KNOWN) == "VARROW ASSOCIATION"
    assert written_out("THE", KNOWN) == "THE"


@pytest.mark.parametrize(
    ("name", "today"),
    [("AGE CONCERN VARROW", "AGE UK VARROW"), ("VARROW AGE CONCERN", "VARROW AGE UK"), ("TEENAGE CONCERN", "TEENAGE CONCERN")],
)
def test_a_federations_former_name_is_written_as_its_present_one(name, today):
    assert written_out(name, KNOWN) == today


def test_initials_are_with_and_without_small_words():
    assert initials(["FRIENDS", "OF", "WEXEL"], frozenset({"OF"})) == ("FOW", "FW")
