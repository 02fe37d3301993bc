"""A spreadsheet of authorities: read, or said why not, row by row."""

from datetime import UTC, date, datetime

from opencompact.asking.rules.questions import Question
from opencompact.judgement.rules.campaigns_sheet import Authority, Trouble, plain, read_sheet, text_of

HEADERS = {"name": ["name", "council"], "nation": ["nation"], "email": ["email", "e mail"], "replied_on": ["replied on"]}
QUESTIONS = (
    Question("grants", "Grants, in pounds", "money", otherwise=(("not_held", "Not held"),)),
    Question("name_of_lead", "Who leads", "line"),
)
NATIONS = ("england-and-wales", "scotland")


def read(*rows: tuple[object, ...]) -> tuple[list[Authority], list[Trouble]]:
    return read_sheet(rows, headers=HEADERS, questions=QUESTIONS, nations=NATIONS)


def test_authorities_are_read_with_their_answers() -> None:
    found = read(
        ("Council", "E-mail", "Nation", "Replied on", "Grants, in pounds", "Who leads"),
        ("Sample Town", "FOI@sample.example", "", None, 1200.0, None),
        ("Sample City", "", "Scotland", datetime(2031, 5, 6, tzinfo=UTC), "NOT HELD", "Sample Lead"),
        ("", None, "", None, "", ""),
    )
    assert found == (
        [
            Authority(2, "Sample Town", "england-and-wales", "foi@sample.example", None, {"grants": "1200.00"}),
            Authority(3, "Sample City", "scotland", "", date(2031, 5, 6), {"grants": "not_held", "name_of_lead": "Sample Lead"}),
        ],
        [],
    )


def test_row_that_cannot_be_read_is_left_out_and_said() -> None:
    found, troubles = read(
        ("name", "nation", "email", "replied on", "grants", "political control"),
        ("Sample Town", "atlantis", "nobody", "soon", "some", "x"),
        ("", "scotland", "", "", "", ""),
        ("Sample Town", "", "", "", "", ""),
        ("Other Town",),
    )
    assert [each.name for each in found] == ["Other Town"]
    assert troubles == [
        Trouble(1, "political control", "a column that is not read", "a name of the list below, or a question"),
        Trouble(2, "grants", "some", "pounds and pence in figures, such as 12500 or 12500.50, or the words: Not held"),
        Trouble(2, "replied_on", "soon", "a day such as 2031-09-30 or 30/09/2031"),
        Trouble(2, "nation", "atlantis", "one of: england-and-wales, scotland; or nothing for england-and-wales"),
        Trouble(2, "email", "nobody", "an e-mail address, or nothing"),
        Trouble(3, "name", "", "the name of the authority"),
        Trouble(4, "name", "Sample Town", "an authority that stands once"),
    ]


def test_sheet_without_names_or_rows_is_refused() -> None:
    assert read() == ([], [Trouble(1, "", "an empty sheet", "a row of headers, then a row for each authority")])
    assert read(("grants",), ("12",)) == ([], [Trouble(1, "name", "no such column", "one of: name, council")])


def test_cells_become_words() -> None:
    assert [text_of(value) for value in (None, 3.0, 3.5, " a ", date(2031, 1, 2))] == ["", "3", "3.5", "a", "2031-01-02"]
    assert plain(" E-Mail  address! ") == "e mail address"
