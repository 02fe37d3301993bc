"""The spreadsheet of what is owed: sent out filled in as far as known, and read back into drafts that nobody sends but the body itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile

from django.http import HttpResponse, HttpResponseBase
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from opencompact.accounts.rules import NotAllowed
from opencompact.asking import actions, queries
from opencompact.asking.queries import Ask
from opencompact.asking.rules.questions import Question
from opencompact.asking.rules.sheets import FIXED, RUN, Fault, Filled, Owed, cells, heads, notes, read_row
from opencompact.audit.actions import ChangedMeanwhile
from opencompact.organisations.queries.office import body_names
from opencompact.values.rows import first_rows
from opencompact.web.asking.kinds import Kind, kinds
from opencompact.web.blocks import Block, Entry, Sheet, Table, Value, shown
from opencompact.web.forms import blank
from opencompact.web.office import Asked, signed_in
from opencompact.web.words import plural

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES, MOST_ROWS, LONGEST_LIST = 10 * 2**20, 20_000, 250
_TITLE = 31  # characters of a sheet's name


class CannotReadSheet(ValueError):
    """The file is no such spreadsheet; the message says what was found and expected."""


@dataclass(frozen=True)
class Came:
    """What a spreadsheet brought: the drafts saved, by body and question, and what could not be read, by sheet."""

    saved: tuple[tuple[str, str], ...]
    faults: tuple[tuple[str, Fault], ...]


@signed_in
def out(who: Asked) -> HttpResponseBase:
    """What is owed, as a spreadsheet: of the bodies one acts for, or of one body for those who ask."""
    body = who.request.GET.get("body", "")
    bodies = [body] if body else sorted(who.viewer.bodies) or None
    response = HttpResponse(workbook(who, bodies), content_type=XLSX)
    name = f"{'INVENTED-SAMPLE-' if who.is_sample else ''}opencompact-asks.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def workbook(who: Asked, bodies: Sequence[str] | None) -> bytes:
    """The workbook's bytes: a sheet for each kind, a row for each question owed."""
    book, names = Workbook(), body_names()
    first = book.active
    owed: dict[str, list[Ask]] = {}
    for ask in queries.owed(who.viewer, bodies=bodies):
        owed.setdefault(ask.kind, []).append(ask)
    for word, held in sorted(owed.items()):
        if kind := kinds().get(word):
            # asks of one kind have one set of questions but for what each names, so the first of each set makes a sheet
            by_set: dict[tuple[Question, ...], list[Ask]] = {}
            for ask in held:
                by_set.setdefault(kind.questions(ask), []).append(ask)
            for place, (questions, rows) in enumerate(by_set.items()):
                _sheet(book.create_sheet(_name(word, place)), questions, [_owed(who, each, kind, names) for each in rows])
    if first is not None and len(book.sheetnames) > 1:
        book.remove(first)
    elif first is not None:
        first.append(["Nothing is owed."])
    held_bytes = BytesIO()
    book.save(held_bytes)
    return held_bytes.getvalue()


def _name(word: str, place: int) -> str:
    return f"{word}{f' {place + 1}' if place else ''}"[:_TITLE]


def _owed(who: Asked, ask: Ask, kind: Kind, names: dict[str, str]) -> Owed:
    row = queries.submissions(who.viewer, ask=ask).filter(state__in=("drafted", "returned", "cleared")).first()
    return Owed(ask.pk, row.version if row else 0, names.get(ask.body, ask.body), ask.title, ask.due_on, row.answers if row else kind.known(ask))


def _sheet(sheet: Worksheet, questions: tuple[Question, ...], rows: list[Owed]) -> None:
    sheet.append(list(heads(questions)))
    sheet.append(list(notes(questions)))
    for owed in rows:
        sheet.append([_safe(value) for value in cells(owed, questions)])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for cell in sheet[2]:
        cell.alignment, cell.font = Alignment(wrap_text=True, vertical="top"), Font(italic=True)
    sheet.freeze_panes = "F3"
    for place, question in enumerate(questions, start=len(FIXED) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 32
        labels = [label for _, label in question.choices] or (["yes", "no"] if question.kind == "yes_no" else [])
        listed = ",".join(labels)
        if labels and len(listed) < LONGEST_LIST and not any("," in label or '"' in label for label in labels):
            choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
            sheet.add_data_validation(choice)
            choice.add(f"{get_column_letter(place)}3:{get_column_letter(place)}{2 + len(rows)}")


def _safe(value: object) -> object:
    """Text that a spreadsheet would run as a formula is kept as text."""
    return f"'{value}" if isinstance(value, str) and value.lstrip().startswith(RUN) else value


@signed_in
def back(who: Asked) -> HttpResponseBase:
    """Give a filled-in spreadsheet back."""
    answer = ["Each row that can be read becomes a draft of its body, to be cleared and sent there. Rows that cannot are named."]
    entry: Block = Entry(blank(()), "Read it", enctype="multipart/form-data", files=(("sheet", "The spreadsheet (.xlsx)"),))
    file = who.request.FILES.get("sheet")
    if who.request.method != "POST" or file is None:
        return shown(who, Sheet("Give a filled-in spreadsheet back", answer, [entry]))
    try:
        came = read_workbook(who, file.read())
    except CannotReadSheet as refusal:
        return shown(who, Sheet("Give a filled-in spreadsheet back", [str(refusal)], [entry]), status=422)
    said = f"{plural(len(came.saved), 'draft')} saved, {plural(len(came.faults), 'cell or row', 'cells or rows')} not read."
    return shown(who, Sheet("What the spreadsheet brought", [said], [*_came(came), entry]), status=200 if came.saved or not came.faults else 422)


def _came(came: Came) -> list[Block]:
    faults: list[tuple[Value, ...]] = [(sheet, fault.row, fault.field, fault.found, fault.expected) for sheet, fault in came.faults]
    return [
        Table("Saved as drafts", ("Body", "What was asked"), list(came.saved), "No row held an answer that could be read."),
        *([Table("Not read", ("Sheet", "#Row", "Field", "Found", "Expected"), faults, "")] if faults else []),
    ]


def read_workbook(who: Asked, content: bytes) -> Came:
    """Read every sheet into drafts; raises CannotReadSheet for what is no workbook."""
    if len(content) > MOST_BYTES:
        raise CannotReadSheet(f"Found a file of {len(content) / 2**20:.1f} MB; expected at most {MOST_BYTES // 2**20} MB.")
    try:
        book = load_workbook(BytesIO(content), read_only=True)  # formulas come as text and are refused
        sheets = [(sheet.title, first_rows(sheet.iter_rows(values_only=True), MOST_ROWS)) for sheet in book.worksheets]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError, SyntaxError) as fault:
        raise CannotReadSheet("Found a file that is no whole XLSX workbook; expected the one you were sent. Save it as .xlsx and give it again.") from fault
    for title, rows in sheets:
        if len(rows) > MOST_ROWS:
            raise CannotReadSheet(f"Found more than {MOST_ROWS:,} rows in the sheet {title}; expected the workbook you were sent.")
    names, saved, faults = body_names(), [], []
    owed = {ask.pk: ask for ask in queries.owed(who.viewer)}
    for title, rows in sheets:
        for number, row in enumerate(rows[2:], start=3):
            ask = owed.get(int(row[0])) if row and isinstance(row[0], int | float) else None
            kind = kinds().get(ask.kind) if ask else None
            if ask is None or kind is None:
                faults += [(title, Fault(number, "Number", str(row[0]), "the number of a question that is still owed"))] if any(row) else []
                continue
            filled, wrong = read_row(number, row, kind.questions(ask))
            wrong += _save(who, ask, kind, filled) if filled else []
            faults += [(title, each) for each in wrong]
            if filled and not wrong:
                saved.append((names.get(ask.body, ask.body), ask.title))
    return Came(tuple(saved), tuple(faults))


def _save(who: Asked, ask: Ask, kind: Kind, filled: Filled) -> list[Fault]:
    try:
        version = filled.version or None
        actions.draft(ask, given=filled.answers, questions=kind.questions(ask), version=version, by=who.viewer, at=who.at)
    except ChangedMeanwhile:
        return [Fault(filled.row, "Version", str(filled.version), "the version that stands: somebody changed the answer since, so take a new spreadsheet")]
    except (NotAllowed, actions.CannotStep) as refusal:
        return [Fault(filled.row, "Number", str(filled.number), str(refusal))]
    return []
