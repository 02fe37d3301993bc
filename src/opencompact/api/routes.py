"""The addresses of the API and what each answers."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from ninja import NinjaAPI

from opencompact import __version__
from opencompact.api import answers, cursors, description, organisations, parameters, reading
from opencompact.api.parameters import Asked, BadParameters
from opencompact.api.reading import NotHere, NothingYet, Opened
from opencompact.api.resources import Resource, resources
from opencompact.registry import load_shapes

ROOT = "/api/v1/"
View = Callable[..., HttpResponseBase]
RESOURCES = resources(load_shapes())
WITH_ORIGIN = tuple(name for name, each in RESOURCES.items() if each.has_origin)
_NAME = {"type": "string", "minLength": 1}

api = NinjaAPI(
    title="OpenCompact",
    version=__version__,
    description="Read-only answers from numbered releases of the public record and what it shows of each promise.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


@api.exception_handler(BadParameters)
def _bad(_: HttpRequest, error: BadParameters) -> HttpResponseBase:
    return answers.refused(error)


@api.exception_handler(NotHere)
def _not_here(_: HttpRequest, error: NotHere) -> HttpResponseBase:
    return answers.problem(404, str(error))


@api.exception_handler(NothingYet)
def _nothing_yet(_: HttpRequest, error: NothingYet) -> HttpResponseBase:
    return answers.problem(503, str(error))


def _listed(resource: Resource) -> View:
    names = [column.name for column in resource.columns]

    def listed(request: HttpRequest) -> HttpResponseBase:
        asked = parameters.read(request.GET, (*resource.filters, *parameters.IN_PAGES))
        opened = reading.open_release(asked.release)
        mark = (opened.checksum, resource.slug, asked.spelled)
        after = cursors.place_of(asked.cursor, *mark) if asked.cursor else -1

        def make() -> HttpResponseBase:
            if answers.wants_csv(request, asked):
                return answers.table(opened, resource.slug, names, reading.stream(opened, resource, asked, after=after))
            page = reading.page(opened, resource, asked, after=after, limit=asked.limit or parameters.DEFAULT_LIMIT)
            more = _address(resource, opened, asked, cursors.cursor(*mark, page.after)) if page.after is not None else None
            return answers.json({"release": answers.held(opened), "count": page.count, "next": more, "items": page.rows})

        return answers.answer(request, opened, make)

    return listed


def _address(resource: Resource, opened: Opened, asked: Asked, cursor: str) -> str:
    """The address of the rows that follow; it names the release, so that no new one slips in between two pages."""
    limit = [("limit", str(asked.limit))] if asked.limit else []
    return f"{ROOT}{resource.slug}?{urlencode([*asked.spelled, *limit, ('release', opened.release.number), ('cursor', cursor)])}"


def _named(resource: Resource) -> View:
    def named(request: HttpRequest, name: str) -> HttpResponseBase:
        opened = reading.open_release(parameters.read(request.GET, parameters.IN_RELEASE).release)
        return answers.answer(request, opened, lambda: answers.json({"release": answers.held(opened), "item": reading.one(opened, resource, name)}))

    return named


def organisation(request: HttpRequest, name: str) -> HttpResponseBase:
    """One organisation with the money found for it; as CSV, the money."""
    asked = parameters.read(request.GET, parameters.IN_FORMAT)
    opened = reading.open_release(asked.release)

    def make() -> HttpResponseBase:
        item = reading.one(opened, RESOURCES["organisations"], name)
        money = organisations.money_of(opened, name)
        if answers.wants_csv(request, asked):
            return answers.table(opened, "organisation-money", description.MONEY_COLUMNS, (tuple(row.values()) for row in money))
        return answers.json({"release": answers.held(opened), "item": item, "money": money})

    return answers.answer(request, opened, make)


def origin(request: HttpRequest, table: str, source_file: str, row: str) -> HttpResponseBase:
    """Where a row comes from: the file, its address, checksum and licence, what was read from that row, and what was wrong there."""
    opened = reading.open_release(parameters.read(request.GET, parameters.IN_RELEASE).release)
    place = parameters.row_number(row)
    if place is None:
        raise NotHere(f"Row: found {parameters.shown(row)!r}; expected a whole number from 1, as a spreadsheet numbers rows.")
    if table not in WITH_ORIGIN:
        raise NotHere(f"Table: found {parameters.shown(table)!r}; expected one whose rows were read from files: {', '.join(WITH_ORIGIN)}.")

    def make() -> HttpResponseBase:
        file = reading.one(opened, RESOURCES["sources"], source_file)
        items, problems = (reading.at_place(opened, RESOURCES[each], source_file, place) for each in (table, "problems"))
        if not items and not problems:
            raise NotHere(f"Release {opened.release.number} has nothing in {table} from row {place} of {source_file}, and no problem there.")
        return answers.json({"release": answers.held(opened), "table": table, "source_row": place, "file": file, "items": items, "problems": problems})

    return answers.answer(request, opened, make)


def releases(request: HttpRequest) -> HttpResponseBase:
    """Every release held here, the earliest first, the draft last."""
    parameters.read(request.GET, ())
    return answers.json({"items": [answers.in_full(*each) for each in reading.all_releases()]})


def release(request: HttpRequest, number: str) -> HttpResponseBase:
    """One release, `draft` among them."""
    parameters.read(request.GET, ())
    opened = reading.open_release(number)
    return answers.answer(request, opened, lambda: answers.json(answers.in_full(opened.release, opened.checksum)))


def _add(path: str, view: View, *, name: str, summary: str, extra: dict[str, Any], tag: str) -> None:
    api.get(path, operation_id=name, summary=summary, openapi_extra=extra, tags=[tag])(view)


def _add_releases() -> None:
    every = {"application/json": description.object_of({"items": description.list_of("WholeRelease")}, "Releases")}
    _add("/releases", releases, name="releases", summary="Releases held here", extra=description.operation((), every, missing=False), tag="Releases")
    number = ("number", _NAME, "Its number, or `draft`.")
    one = description.operation((), {"application/json": description.ref("WholeRelease")}, paths=[number])
    _add("/releases/{number}", release, name="release", summary="One release", extra=one, tag="Releases")


def _add_resource(resource: Resource) -> None:
    slug, title = resource.slug, resource.shape.title
    _add(f"/{slug}", _listed(resource), name=f"{slug}-list", summary=title, extra=description.list_operation(resource), tag=title)
    if not resource.id_column:
        return
    has_money = slug == "organisations"
    content = {"item": description.ref(description.row_name(resource)), **({"money": description.list_of("MoneyRow")} if has_money else {})}
    taken = parameters.IN_FORMAT if has_money else parameters.IN_RELEASE
    extra = description.one_operation(content, title, paths=[("name", _NAME, resource.shape.columns[0].meaning)], taken=taken)
    _add(f"/{slug}/{{path:name}}", organisation if has_money else _named(resource), name=slug, summary=f"One of: {title}", extra=extra, tag=title)


def _add_origin() -> None:
    paths: list[tuple[str, dict[str, Any], str]] = [
        ("table", {"enum": list(WITH_ORIGIN)}, "Table the row went to."),
        ("source_file", _NAME, "File as named on the input, its slashes as they are."),
        ("row", {"type": "integer", "minimum": 1, "maximum": parameters.MOST_WHOLE}, "Row as a spreadsheet numbers it; for JSON the place in its list."),
    ]
    anything = {"type": "array", "items": {"type": "object"}}
    content = {
        "table": {"type": "string"},
        "source_row": {"type": "integer"},
        "file": description.ref("SourcesRow"),
        "items": anything,
        "problems": description.list_of("ProblemsRow"),
    }
    extra = description.one_operation(content, "Where a row comes from", paths=paths, taken=parameters.IN_RELEASE)
    _add("/rows/{table}/{path:source_file}/{row}", origin, name="row", summary="Where a row comes from", extra=extra, tag="Provenance")


_add_releases()
for each in RESOURCES.values():
    _add_resource(each)
_add_origin()
