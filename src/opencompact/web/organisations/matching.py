"""The page on which a payment file is matched: its payees found among the organisations of the release; it is read, answered and forgotten."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from threading import Semaphore
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from opencompact.lake import Connection, Lake
from opencompact.organisations.actions.matching import Match, Payee
from opencompact.organisations.actions.offering import Offer, offered
from opencompact.organisations.queries.finding import Row, bodies_called, by_ids, by_numbers
from opencompact.organisations.rules.decided import Known
from opencompact.organisations.rules.numbers import entries_of, one_of
from opencompact.publication.queries import NoRelease
from opencompact.records.actions.decoding import CannotRead
from opencompact.records.actions.opening import open_table, read_amounts
from opencompact.registry import load_catalogue, load_shapes
from opencompact.web.organisations import matched_file, matched_said
from opencompact.web.organisations.matched_file import MOST_HELD, XLSX, Answer, CannotUse, Matched
from opencompact.web.showing import InForce, bare, in_force, masthead

MOST_BYTES, MOST_ROWS = 20 * 2**20, 50_000
WAIT = 20  # seconds that one file waits for another
TEMPLATE = "organisations/match.html"
# What a column can be, in the words of the page; the first is needed.
COLUMNS = {
    "payee_name": "Name of the payee",
    "amount": "Amount",
    "charity_number": "Charity number",
    "company_number": "Company number",
    "postcode": "Postcode of the payee",
    "purpose": "What was paid for",
    "body": "Body that paid",
    "payee_code": "Its vendor number there",
}
_turn = Semaphore(1)


class _InMemory(MemoryFileUploadHandler):
    """Holds what is uploaded in memory, however large: its size is known before; nothing goes to the disk."""

    def handle_raw_input(self, *_: Any, **__: Any) -> None:
        """Take whatever comes."""
        self.activated = True


class Busy(RuntimeError):
    """Another file is being matched."""


@never_cache
@csrf_exempt  # nobody is signed in and no cookie is set: a post from another site is known by its origin
@require_http_methods(["GET", "POST"])
def match(request: HttpRequest) -> HttpResponseBase:
    """Which of the payees on this list are voluntary organisations?"""
    if request.method != "POST":
        return _page(request)
    is_form = request.content_type == "application/x-www-form-urlencoded"
    most = MOST_HELD if is_form else MOST_BYTES
    if _size(request) > most:
        refused = f"We found more than {most // 2**20} megabytes. Give it in parts, or use `opencompact organisations match` on your own computer."
        return _page(request, status=413, refused=refused)
    if not _is_ours(request):
        return _page(request, status=403, refused="The form was sent from another site. Choose the file here.")
    try:
        return _again(request) if is_form else _given(request)
    except (CannotUse, Busy) as refusal:
        return _page(request, status=400 if isinstance(refusal, CannotUse) else 503, refused=str(refusal))


def _given(request: HttpRequest) -> HttpResponseBase:
    """The answer to a file."""
    request.upload_handlers = [_InMemory(request)]
    given = request.FILES.get("file")
    if given is None or not given.name:
        return _page(request, status=400, refused="No file was chosen. Choose one, then press the button.")
    name = re.sub(r"[^\w .,()&'-]", " ", given.name.replace("\\", "/").rsplit("/", 1)[-1])[:120].strip() or "file.csv"
    try:
        table = open_table(given.read(), file_name=name, catalogue=load_catalogue(), most_rows=MOST_ROWS)
    except CannotRead as refusal:
        return _page(request, status=422, refused=f"{name}: we {refusal}.")
    columns = {field: place for field, place in table.columns.items() if field in COLUMNS}
    return _answered(request, Matched(name, table.headers, table.rows, columns))


def _again(request: HttpRequest) -> HttpResponseBase:
    """The answer to a page of ours that comes back: the file to take away, or matched anew by other columns."""
    form = parse_qs(request.read(MOST_HELD).decode("ascii", "replace"), keep_blank_values=True, max_num_fields=20)
    held = matched_file.unsealed(form.get("held", [""])[0])
    wanted = form.get("do", [""])[0]
    if wanted in ("csv", "xlsx") and held.places:
        content = matched_file.as_workbook(held) if wanted == "xlsx" else None
        response: HttpResponseBase = (
            HttpResponse(content, content_type=XLSX)
            if content is not None
            else StreamingHttpResponse(matched_file.as_csv(held), content_type="text/csv; charset=utf-8")
        )
        response.headers["Content-Disposition"] = f'attachment; filename="{matched_file.file_name(held, wanted)}"'
        return response
    chosen = {field: form.get(f"column-{field}", [""])[0] for field in COLUMNS}
    places = {field: int(text) for field, text in chosen.items() if text.isascii() and text.isdigit() and len(text) < 5 and int(text) < len(held.headers)}
    return _answered(request, Matched(held.name, held.headers, held.rows, places))


def _answered(request: HttpRequest, given: Matched) -> HttpResponse:
    """The page of a file's answers; where no column of names is known, the page that asks for it."""
    try:
        release = in_force()
    except NoRelease as refusal:
        return _page(request, status=503, refused=f"There is nothing to match to yet. {refusal}")
    if "payee_name" not in given.columns:
        return _page(request, held=given, sealed=matched_file.sealed(given), chosen=_chosen(given))
    held = _matched(given, release)
    amounts = read_amounts(_column(held, "amount")) if "amount" in held.columns else [None] * len(held.rows)
    return _page(request, held=held, sealed=matched_file.sealed(held), chosen=_chosen(held), **matched_said.context(held, amounts, _column(held, "payee_name")))


def _matched(given: Matched, release: InForce) -> Matched:
    if not _turn.acquire(timeout=WAIT):
        raise Busy("Other files are being matched just now. Wait a minute, then give yours again.")
    try:
        offer = _offer(release)
        con = release.reader.con.cursor()
        numbers = [_entries(given, place) for place in range(len(given.rows))]
        owners = by_numbers(con, [number for each in numbers for number in each])
        known = _known(given, con, [one_of(owners, each) for each in numbers], numbers)
        matches = offer.match(list(_payees(given)), known=known)
        rows = by_ids(con, [match.organisation for match in matches if match.organisation])
    finally:
        _turn.release()
    answers = [_answer(match, rows) for match in matches]
    told = release.reader.release
    return given.with_answers(answers, note=matched_said.note(told, offer), is_sample=told.standing == "sample")


def _offer(release: InForce) -> Offer:
    lake = Lake(Path(settings.OPENCOMPACT_WORKSPACE) / "lake", load_shapes())
    return offered(release.reader.con.cursor(), release=release.checksum, standing=release.reader.release.standing, lake=lake)


def _payees(given: Matched) -> Iterator[Payee]:
    columns = [_column(given, field) for field in ("payee_name", "postcode", "purpose")]
    for name, postcode, purpose in zip(*columns, strict=True):
        yield Payee(name, postcode, purpose)


def _known(given: Matched, con: Connection, owners: Sequence[str], numbers: Sequence[tuple[str, ...]]) -> list[Known]:
    """What each row tells beside the name; a vendor number counts at the body that the same row names."""
    written, vendors = _column(given, "body"), _column(given, "payee_code")
    bodies = bodies_called(con, written)
    return [Known(owner, each, bodies.get(body, ""), vendor) for owner, each, body, vendor in zip(owners, numbers, written, vendors, strict=True)]


def _entries(given: Matched, row: int) -> tuple[str, ...]:
    """The org-ids that the numbers of a row may mean, each number on the register of its column."""
    found = []
    for field, schemes in (("charity_number", ("GB-CHC-", "GB-SC-", "GB-NIC-")), ("company_number", ("GB-COH-",))):
        place = given.columns.get(field)
        found += [each for each in entries_of(given.rows[row][place]) if each.startswith(schemes)] if place is not None else []
    return tuple(found)


def _answer(match: Match, rows: Mapping[str, Row]) -> Answer:
    row = rows.get(match.organisation)
    if row is None:
        return Answer(probability=match.probability, stage=match.stage, why=matched_said.why(match, None))
    return Answer(
        row["organisation_id"],
        row["name"],
        row["kind"],
        row["size_band"],
        bool(row["is_voluntary"]),
        match.probability,
        match.decision,
        match.stage,
        matched_said.why(match, row),
    )


def _column(given: Matched, field: str) -> list[str]:
    place = given.columns.get(field)
    return [row[place].strip() for row in given.rows] if place is not None else [""] * len(given.rows)


def _chosen(given: Matched) -> list[dict[str, Any]]:
    return [{"field": field, "words": words, "place": given.columns.get(field)} for field, words in COLUMNS.items()]


def _page(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    try:
        frame = dict(masthead(in_force()))
    except NoRelease:
        frame = {}
    return bare(request, TEMPLATE, status=status, most=MOST_BYTES // 2**20, most_rows=MOST_ROWS, **context, **frame)


def _size(request: HttpRequest) -> int:
    told = request.headers.get("Content-Length", "")
    return int(told) if told.isascii() and told.isdigit() else 0


def _is_ours(request: HttpRequest) -> bool:
    """Whether a form comes from this site's own page; programs that are no browsers name no origin."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
