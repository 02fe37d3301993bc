"""Takes an action plan's tracker from its spreadsheet into the ledger; rows that cannot be read are kept with their place, and the good ones stand."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from zipfile import BadZipFile

from django.db import transaction
from django.utils.text import slugify
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from opencompact.accounts.rules import Viewer, require
from opencompact.audit.actions import record
from opencompact.promises.actions.ledger import Wording, record_commitment, record_update
from opencompact.promises.models import Commitment, ImportProblem
from opencompact.promises.rules.commitments import CannotUpdate
from opencompact.promises.rules.tracker import Action, Trouble, find_header, plain, read_row
from opencompact.registry import load_catalogue
from opencompact.values.rows import first_rows

MOST_BYTES, MOST_ROWS = 20 * 2**20, 20_000


class CannotReadTracker(ValueError):
    """The file is no tracker; the message names the file, what was found and what was expected."""


@dataclass(frozen=True)
class Tracked:
    """What a reading did: actions recorded, actions that stood already, and the rows that could not be read."""

    recorded: int
    known: int
    troubles: int


@transaction.atomic
def read_tracker(content: bytes, *, file: str, plan: str, year_ends_on: date, bodies: Mapping[str, str], by: Viewer, at: datetime) -> Tracked:
    """Record each action of a tracker under `plan`, and its state as told on `year_ends_on` or today. `bodies` are names by slug.

    The same file again changes nothing. Raises NotAllowed, CannotReadTracker.
    """
    require(by, "roll_over")
    terms = load_catalogue().vocabularies
    synonyms = {str(term["field"]): [str(name) for name in term["headers"]] for term in terms["tracker-columns"].terms}
    states = {plain(word): str(term["delivery"]) for term in terms["tracker-states"].terms for word in term["words"]}
    known = {plain(name): slug for slug, name in bodies.items()} | {plain(slug): slug for slug in bodies}
    sheets = _sheets(content, file)
    read = [each for sheet, rows in sheets if (each := _read_sheet(sheet, rows, synonyms, known, states))]
    if not read:
        wanted = "; ".join(f"{field}: {', '.join(names)}" for field, names in synonyms.items() if field in ("action", "owner"))
        raise CannotReadTracker(f"{file}: found no row of headers in {', '.join(sheet for sheet, _ in sheets)}; expected one with columns for {wanted}.")
    digest = hashlib.sha256(content).hexdigest()
    ImportProblem.objects.filter(plan=plan, file=file).delete()
    made = [_record(action, sheet, plan, min(year_ends_on, at.date()), by, at) for sheet, actions, _ in read for action in actions]
    held = [(sheet, trouble) for sheet, _, troubles in read for trouble in troubles]
    ImportProblem.objects.bulk_create(
        ImportProblem(plan=plan, file=file, sha256=digest, sheet=sheet, row=each.row, field=each.field, found=each.found, expected=each.expected, at=at)
        for sheet, each in held
    )
    detail = {"file": file, "sha256": digest, "recorded": sum(made), "troubles": len(held)}
    record(verb="read_tracker", subject=f"plan/{plan}", by=by.account, at=at, because="", detail=detail)
    return Tracked(sum(made), len(made) - sum(made), len(held))


def _sheets(content: bytes, file: str) -> list[tuple[str, list[Sequence[object]]]]:
    if len(content) > MOST_BYTES:
        raise CannotReadTracker(f"{file}: found {len(content) / 2**20:.1f} MB; expected at most {MOST_BYTES // 2**20} MB.")
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheets = [(sheet.title, first_rows(sheet.iter_rows(values_only=True), MOST_ROWS)) for sheet in book.worksheets]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError, SyntaxError) as fault:
        raise CannotReadTracker(
            f"{file}: found a file that is no XLSX workbook, or a damaged one; expected one. Save it as .xlsx and give it again."
        ) from fault
    book.close()
    for title, rows in sheets:
        if len(rows) > MOST_ROWS:
            raise CannotReadTracker(f"{file}, sheet {title}: found more than {MOST_ROWS:,} rows; expected at most so many. Give them in several files.")
    return sheets


def _read_sheet(
    sheet: str, rows: list[Sequence[object]], synonyms: Mapping[str, Sequence[str]], bodies: Mapping[str, str], states: Mapping[str, str]
) -> tuple[str, list[Action], list[Trouble]] | None:
    header = find_header(rows, synonyms)
    if header is None:
        return None
    place, columns = header
    actions: list[Action] = []
    troubles: list[Trouble] = []
    for number, row in enumerate(rows[place + 1 :], start=place + 2):
        action, told = read_row(number, row, columns, bodies=bodies, states=states)
        actions += [action] if action else []
        troubles += told
    return sheet, actions, troubles


def _record(action: Action, sheet: str, plan: str, on: date, by: Viewer, at: datetime) -> bool:
    """Record one action and the state told of it; says whether it was not there yet."""
    name = slugify(action.key) or hashlib.sha256(f"{action.objective}\n{action.text}".encode()).hexdigest()[:10]
    origin = f"plan/{plan}/{slugify(sheet)}/{name}"
    if Commitment.objects.filter(origin=origin).exists():
        return False
    key = f"{plan}-{name}"
    key = key if not Commitment.objects.filter(key=key).exists() else f"{key}-{action.row}"
    title = action.text if len(action.text) <= 120 else f"{action.text[:117]}…"
    wording = Wording(
        plan=plan, objective=action.objective, place=action.place or f"{sheet}, row {action.row}", has_owner=True, has_date=action.due_on is not None
    )
    record_commitment(
        key=key, kind="joint_action", title=title, text=action.text, owners=action.owners, due_on=action.due_on, origin=origin,
        address=action.evidence if action.evidence.startswith("http") else "", wording=wording, by=by, at=at, because=f"read from the tracker of {plan}",
    )  # fmt: skip
    told = action.told or (f"The tracker says: {action.delivery.replace('_', ' ')}." if action.delivery else "")
    if told:
        delivery = action.delivery if action.delivery not in ("", "not_started") else ""
        try:
            record_update(key, body=action.owners[0], on=on, text=told, delivery=delivery, by=by, at=at, because=f"read from the tracker of {plan}")
        except CannotUpdate as refusal:  # a tracker of a year to come: its words are kept, its claim is not
            record_update(key, body=action.owners[0], on=at.date(), text=f"{told} ({refusal})", by=by, at=at, because="")
    return True


@transaction.atomic
def carry_over(plan: str, *, keys: Sequence[str], to: str, due_on: date | None, by: Viewer, at: datetime, because: str) -> list[Commitment]:
    """Carry commitments of one plan on into the next, each a new one that names the old; those carried before stand. Raises NotAllowed."""
    require(by, "roll_over")
    made = []
    for row in Commitment.objects.filter(plan=plan, key__in=keys).prefetch_related("owners").order_by("key"):
        wording = Wording(plan=to, objective=row.objective, undertaking=row.undertaking, carried_from=row.key, has_owner=True, has_date=due_on is not None)
        made.append(
            record_commitment(
                key=f"{to}-{row.key.removeprefix(f'{plan}-')}", kind=row.kind, title=row.title, text=row.text, due_on=due_on,
                owners=[owner.body for owner in row.owners.all()], visibility=row.visibility, origin=f"carried/{to}/{row.key}", wording=wording,
                by=by, at=at, because=because,
            )
        )  # fmt: skip
    return made
