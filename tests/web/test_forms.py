"""The one form of the office: what is known is filled in, what is refused is said beside its field, and axe-worthy markup comes of it."""

from html import unescape

import pytest
from django.template.loader import render_to_string

from opencompact.asking.rules.questions import HELD_WORDS, PUBLIC_WORDS, Question, Refusal
from opencompact.web.forms import Form, blank, read, refused

QUESTIONS = (
    Question("day", "The day", "day", required=True),
    Question("kept", "A remark", held=True),
    Question("grade", "Grade", "choice", choices=(("good", "Good"), ("bad", "Bad"))),
    Question("place", "Place", "choice", choices=tuple((word, word.upper()) for word in "abcde")),
    Question("agreed", "Agreed?", "yes_no"),
    Question("where", "Address", "address", help="Where it can be read."),
    Question("pounds", "Pounds", "money"),
)


def shown(form: Form, **more: object) -> str:
    return unescape(render_to_string("office/form.html", {"form": form, "button": "Keep it", "csrf_token": "t", **more}))


def test_blank_form_has_what_is_known() -> None:
    form = blank(QUESTIONS, {"day": "2031-09-30", "agreed": "yes"})
    assert [field.value for field in form.fields] == ["2031-09-30", "", "", "", "yes", "", ""]
    assert not form.refused
    assert 'value="2031-09-30"' in shown(form)


def test_read_gives_answers_in_their_written_form_and_reads_no_other_field() -> None:
    answers, form = read(QUESTIONS, {"day": "30/09/2031", "pounds": "£1,200", "csrfmiddlewaretoken": "x", "version": "3"})
    assert (answers, form.refused) == ({"day": "2031-09-30", "pounds": "1200.00"}, False)


def test_refused_field_says_found_and_expected_beside_it_and_above() -> None:
    _, form = read(QUESTIONS, {"day": "31 September", "kept": "as written"})
    assert [(field.question.name, field.refusal) for field in form.refusals] == [
        ("day", "Found '31 September'; expected a day such as 2031-09-30 or 30/09/2031.")
    ]
    html = shown(form)
    assert html.count("Found '31 September'") == 2
    assert "as written" in html
    assert 'href="#f-day"' in html


def test_refusal_of_no_field_stands_above_alone() -> None:
    form = refused(QUESTIONS, {}, [Refusal("other", "x", "no such question")])
    assert (form.refusals, form.refused) == ((), True)
    assert "no such question" in shown(form)


@pytest.mark.parametrize(("number", "words"), [(0, PUBLIC_WORDS), (1, HELD_WORDS)])
def test_words_say_whether_a_field_becomes_public(number: int, words: str) -> None:
    form = blank(QUESTIONS, says_visibility=True)
    assert form.fields[number].words == words
    assert words in shown(form)


def test_version_and_place_to_send_to_stand_where_given() -> None:
    html = shown(blank(QUESTIONS), version=4, action="/there/", enctype="multipart/form-data")
    assert '<input type="hidden" name="version" value="4">' in html
    assert 'action="/there/" enctype="multipart/form-data"' in html
    assert 'name="version"' not in shown(blank(QUESTIONS))
