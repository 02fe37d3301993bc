"""How answers are read, and what is said of those that cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.asking.rules.questions import Question, Refusal, read_answers

CHOICES = (("good", "Good"), ("bad", "Bad"))


@pytest.mark.parametrize(
    ("kind", "text", "read"),
    [
        ("day", "2031-09-30", "2031-09-30"),
        ("day", "30/09/2031", "2031-09-30"),
        ("day", "2031-09-30T00:00:00", "2031-09-30"),
        ("number", "1,200", "1200"),
        ("money", "£1,200.5", "1200.50"),
        ("money", "-3", "-3.00"),
        ("yes_no", "Y", "yes"),
        ("yes_no", "No", "no"),
        ("choice", "Bad", "bad"),
        ("choice", "good", "good"),
        ("address", "https://sample.example/a", "https://sample.example/a"),
        ("text", " words ", "words"),
        ("line", "a line", "a line"),
        ("line", "a\nBcc:  b", "a Bcc: b"),
        ("email", "a.b@sample.example", "a.b@sample.example"),
    ],
)
def test_answer_is_kept_in_its_one_written_form(kind, text, read) -> None:
    assert read_answers([Question("q", "Q", kind, choices=CHOICES)], {"q": text}) == ({"q": read}, ())


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("day", "31/09/2031", "a day such as 2031-09-30 or 30/09/2031"),
        ("day", "soon", "a day such as 2031-09-30 or 30/09/2031"),
        ("number", "a few", "a whole number, without words"),
        ("number", "-1", "a whole number, without words"),
        ("money", "lots", "pounds and pence in figures, such as 12500 or 12500.50"),
        ("money", "NaN", "pounds and pence in figures, such as 12500 or 12500.50"),
        ("money", "1e30", "pounds and pence in figures, such as 12500 or 12500.50"),
        ("yes_no", "maybe", "yes or no"),
        ("choice", "ugly", "one of: Good; Bad"),
        ("email", "a@b", "an e-mail address such as name@department.example"),
        ("email", "a@b.example\nBcc: c@d.example", "an e-mail address such as name@department.example"),
        ("email", "a@b.example,c@d.example", "an e-mail address such as name@department.example"),
        ("address", "sample.example", "a web address that begins with https:// or http://"),
    ],
)
def test_answer_that_cannot_be_read_says_what_was_found_and_expected(kind, text, expected) -> None:
    answers, refusals = read_answers([Question("q", "Q", kind, choices=CHOICES)], {"q": text})
    assert (answers, refusals) == ({}, (Refusal("q", text, expected),))
    assert str(refusals[0]) == f"Found {text!r}; expected {expected}."


def test_empty_answer_is_left_out_unless_it_is_required() -> None:
    answers, refusals = read_answers([Question("a", "A"), Question("b", "B", required=True)], {"a": "", "b": " "})
    assert (answers, [str(each) for each in refusals]) == ({}, ["Nothing is written here; expected an answer in words."])


def test_answer_to_no_question_is_refused_and_never_dropped() -> None:
    assert read_answers([], {"x": "1", "y": ""}) == ({}, (Refusal("x", "1", "no such question"),))


@given(st.dictionaries(st.sampled_from("abcd"), st.text(max_size=30)))
def test_any_text_is_read_or_refused_and_reading_again_changes_nothing(given_answers) -> None:
    questions = [Question("a", "A", "day"), Question("b", "B", "money"), Question("c", "C", "number")]
    answers, refusals = read_answers(questions, given_answers)
    assert {*answers, *(each.name for each in refusals)} == {name for name, text in given_answers.items() if text.strip()}
    assert read_answers(questions, answers) == (answers, ())


def test_who_chose_none_of_many_is_told_the_first_few_and_who_misspelled_one_is_told_all() -> None:
    question = Question("q", "Q", "choice", choices=tuple((letter, letter.upper()) for letter in "abcdefg"), required=True)
    told = [str(read_answers([question], {"q": text})[1][0]) for text in ("", "z")]
    assert told == ["Nothing is written here; expected one of: A; B; C; D; E; or 2 others.", "Found 'z'; expected one of: A; B; C; D; E; F; G."]
