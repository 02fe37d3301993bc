"""The page that proposes how a file nobody has seen before would be read: a person changes the columns and takes the card away; nothing is kept."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from opencompact.publication.queries import NoRelease
from opencompact.records.actions.decoding import CannotRead
from opencompact.records.actions.previewing import Preview, preview
from opencompact.records.rules.mapped_files import KINDS
from opencompact.records.rules.mapping import card_text
from opencompact.registry import load_catalogue
from opencompact.web.showing import bare, in_force, masthead

MOST_BYTES = 20 * 2**20
TABLES = {kind.word: name for name, kind in KINDS.items()}


@never_cache
@csrf_exempt  # only until its size is known: a form's token can be read only with the whole form
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """How would this file be read?"""
    told = request.headers.get("Content-Length", "")
    if told.isascii() and told.isdigit() and int(told) > MOST_BYTES:
        most = MOST_BYTES // 2**20
        refused = f"We found more than {most} megabytes. Give the first thousand rows, or use `opencompact sources propose` on your own computer."
        return _page(request, status=413, refused=refused)
    return _protected(request)


@csrf_protect
def _protected(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    given, text = request.FILES.get("file"), request.POST.get("beginning", "")
    if given is None and not text:
        return _page(request, status=400, refused="No file was chosen. Choose one, then press the button.")
    name = _name(given.name or "" if given else request.POST.get("name", ""))
    table = TABLES.get(request.POST.get("table", ""), "")
    content = given.read() if given else text.encode()
    try:
        tried = preview(content, file_name=name, catalogue=load_catalogue(), table=table, fix=None if given else _chosen(request, table))
    except CannotRead as refusal:
        return _page(request, status=422, refused=f"{name}: we {refusal}.")
    if request.POST.get("do") == "download":
        answer = HttpResponse(card_text(tried.proposal), content_type="application/yaml; charset=utf-8")
        answer.headers["Content-Disposition"] = 'attachment; filename="source.yml"'
        return answer
    return _page(request, name=name, whole=given is not None, **_context(tried))


def _context(tried: Preview) -> dict[str, Any]:
    proposal, kind = tried.proposal, KINDS[tried.proposal.table]
    places = [(place, header or f"column {place + 1}") for place, header in enumerate(proposal.headers)]
    chosen = [(name, words, proposal.columns.get(name)) for name, words in kind.fields.items()]
    return {
        "tried": tried,
        "kind": kind.word,
        "header_row": proposal.place + 1,
        "places": places,
        "chosen": [{"name": name, "words": words, "place": column.place if column else None, "column": column} for name, words, column in chosen],
        "wanting": [kind.fields[name] for name in proposal.wanting],
        "fields": [kind.fields.get(name, name.replace("_", " ")) for name in tried.fields],
        "rows": [[row.get(name, "") for name in tried.fields] for row in tried.rows],
        "card": card_text(proposal),
    }


def _chosen(request: HttpRequest, table: str) -> dict[str, str]:
    """The column a person chose for each field, as the card points to it; those left out have none."""
    fields = KINDS[table].fields if table else {}
    given = {name: request.POST.get(f"field-{name}", "") for name in fields}
    return {name: f"column {int(place) + 1}" for name, place in given.items() if place.isascii() and place.isdigit() and len(place) < 5}


def _name(text: str) -> str:
    """The file's own name, without what no name has."""
    return re.sub(r"[^\w .,()&'-]", " ", text.replace("\\", "/").rsplit("/", 1)[-1])[:120].strip() or "file.csv"


def _page(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    try:
        frame = dict(masthead(in_force()))
    except NoRelease:
        frame = {}
    return bare(request, "records/mapping.html", status=status, most=MOST_BYTES // 2**20, kinds=TABLES, **context, **frame)
