"""The addresses of the reconciliation service and what each answers; nothing asked is kept, and nothing is changed."""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from hashlib import sha256
from typing import Any, Concatenate, ParamSpec
from urllib.parse import quote

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt

from opencompact.api import answers, reading
from opencompact.api.parameters import shown
from opencompact.api.reading import NotHere, NothingYet, Opened
from opencompact.api.reconciliation.asked import BadQuery, TooMany, read_batch, read_fetch, read_one
from opencompact.api.reconciliation.entities import Named, bands, found, kind_name, types, types_of
from opencompact.api.reconciliation.extension import FETCHED, PROPERTIES, extended
from opencompact.api.reconciliation.manifest import ROOT, manifest
from opencompact.organisations.queries.finding import Row, beginning_with, by_ids

P = ParamSpec("P")
Answer = Callable[Concatenate[HttpRequest, Opened, P], HttpResponseBase]

SUGGESTED, MOST_SUGGESTED, MOST_CURSOR = 10, 100, 10_000
CALLBACK = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*(\.[A-Za-z_$][A-Za-z0-9_$]*)*", re.ASCII)
LONGEST_CALLBACK = 100
STYLE = (
    "body{font:15px/1.4 system-ui,Arial,sans-serif;margin:10px;color:#1d2b33}h1{font-size:17px;margin:0 0 6px}"
    "dl{margin:0}dt{float:left;clear:left;width:8em}dd{margin:0 0 0 8.5em}p{margin:6px 0 0}"
)
# The preview stands in the client's own page, so any page may frame it; it loads nothing.
PREVIEW_POLICY = f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; base-uri 'none'; form-action 'none'"


def _service(answer: Answer[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """An answer from the release in use, with what every one says; refusals in plain words."""

    @wraps(answer)
    def served(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            opened = reading.open_release(None)
            response = _with_callback(request, answer(request, opened, *args, **kwargs))
        except NotHere as error:
            return answers.problem(404, str(error))
        except NothingYet as error:
            return answers.problem(503, str(error))
        except BadQuery as error:
            return answers.problem(400, str(error))
        except (TooMany, RequestDataTooBig) as error:
            return answers.problem(413, str(error) if isinstance(error, TooMany) else "The request is too large; ask in smaller batches.")
        response.headers["Cache-Control"] = "no-store"
        response.headers["OpenCompact-Release"] = opened.release.number
        response.headers["OpenCompact-Standing"] = opened.release.standing
        return response

    return served


@csrf_exempt  # it changes nothing and reads no cookie; a form is only how a long question travels
@_service
def endpoint(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """The manifest; or candidates for a batch of queries, or for one; or properties of organisations."""
    given = request.POST if request.method == "POST" else request.GET
    if "queries" in given:
        batch = read_batch(given["queries"])
        return answers.json({key: {"result": each} for key, each in zip(batch, found(opened, list(batch.values())), strict=True)})
    if "query" in given:
        return answers.json({"result": found(opened, [read_one(given["query"])])[0]})
    if "extend" in given:
        fetch = read_fetch(given["extend"])
        return answers.json(extended(by_ids(opened.con(), fetch.ids), fetch.ids, fetch.properties, view=lambda each: _view_address(request, each)))
    if request.method == "POST":
        raise BadQuery("found a form without `queries`, `query` and `extend`; expected one of them, as JSON.")
    return answers.json(manifest(opened, request.build_absolute_uri))


@_service
def suggest_entity(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """Organisations whose name begins so."""
    prefix = _prefix(request)
    rows = beginning_with(opened.con(), prefix, types=[each for each in request.GET.getlist("type") if each], **_stretch(request)) if prefix else []
    return answers.json({"result": [_suggested(row) for row in rows]})


@_service
def suggest_type(request: HttpRequest, _: Opened) -> HttpResponseBase:
    """Types whose name or id begins so."""
    return _listed(request, [{"id": each["id"], "name": each["name"]} for each in types()])


@_service
def suggest_property(request: HttpRequest, _: Opened) -> HttpResponseBase:
    """Properties whose name or id begins so."""
    return _listed(request, [{**each.told, "description": each.meaning} for each in PROPERTIES.values()])


@_service
def properties(request: HttpRequest, _: Opened) -> HttpResponseBase:
    """What can be fetched of organisations; the same for every type."""
    limit = _number(request, "limit", MOST_SUGGESTED, most=MOST_SUGGESTED)
    return answers.json({"type": shown(request.GET.get("type", "")), "properties": [each.told for each in FETCHED][:limit], "limit": limit})


@_service
def view(_: HttpRequest, opened: Opened, name: str) -> HttpResponseBase:
    """The organisation's page; where it has none, as only voluntary organisations do, what the preview shows."""
    row = _row(opened, name)
    return HttpResponseRedirect(f"/organisations/{quote(name)}/") if row["is_voluntary"] else _preview(opened, row)


@xframe_options_exempt
@_service
def preview(_: HttpRequest, opened: Opened, name: str) -> HttpResponseBase:
    """An organisation in a few lines, to stand in another page."""
    return _preview(opened, _row(opened, name))


def _preview(opened: Opened, row: Row) -> HttpResponse:
    told = {"one": row, "kind": kind_name(row["kind"]), "band": bands().get(row["size_band"]), "style": STYLE, "release": opened.release}
    told["income"] = "" if row["income"] is None else f"{row['income']:,.0f}"
    response = HttpResponse(render_to_string("api/preview.html", told))
    response.headers["Content-Security-Policy"] = PREVIEW_POLICY
    return response


def _row(opened: Opened, name: str) -> Row:
    found_rows = by_ids(opened.con(), [name])
    if name not in found_rows:
        raise NotHere(f"Release {opened.release.number} has no organisation {shown(name)!r}.")
    return found_rows[name]


def _suggested(row: Row) -> Named:
    return {"id": row["organisation_id"], "name": row["name"], "description": f"{kind_name(row['kind'])} {row['organisation_id']}", "notable": types_of(row)}


def _listed(request: HttpRequest, items: Sequence[Named]) -> HttpResponse:
    prefix, stretch = _prefix(request).casefold(), _stretch(request)
    fit = [each for each in items if each["id"].startswith(prefix) or any(word.startswith(prefix) for word in _endings(each["name"].casefold()))]
    return answers.json({"result": fit[stretch["offset"] : stretch["offset"] + stretch["limit"]]})


def _endings(name: str) -> list[str]:
    """The name from each of its words on."""
    words = name.split()
    return [" ".join(words[place:]) for place in range(len(words))]


def _prefix(request: HttpRequest) -> str:
    return request.GET.get("prefix", "")[:200].replace("\x00", "").strip()


def _stretch(request: HttpRequest) -> Mapping[str, Any]:
    return {"limit": _number(request, "limit", SUGGESTED, most=MOST_SUGGESTED), "offset": _number(request, "cursor", 0, most=MOST_CURSOR)}


def _number(request: HttpRequest, name: str, otherwise: int, *, most: int) -> int:
    text = request.GET.get(name, "")
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 8 else otherwise


def _view_address(request: HttpRequest, name: str) -> str:
    return request.build_absolute_uri(f"{ROOT}/view/{quote(name)}")


def _with_callback(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer as a call of the function named by `callback`, as pages asked before they could ask across sites; raises BadQuery."""
    name = request.GET.get("callback") if request.method == "GET" else None
    if name is None or not isinstance(response, HttpResponse) or response.headers.get("Content-Type") != answers.JSON:
        return response
    if len(name) > LONGEST_CALLBACK or not CALLBACK.fullmatch(name):
        raise BadQuery(f"callback: found {shown(name)}; expected the name of a function, of letters, digits, _, $ and dots, at most {LONGEST_CALLBACK} long.")
    # The comment keeps the answer from being taken for anything but a script.
    return HttpResponse(b"/**/" + name.encode() + b"(" + response.content + b");", content_type="text/javascript; charset=utf-8")
