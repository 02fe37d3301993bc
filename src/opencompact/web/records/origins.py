"""Pages of where things come from: files, problems, and one row of a file."""

from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse

from opencompact.records import queries
from opencompact.web.showing import Shown, found, number, page
from opencompact.web.words import day

FILES = ("/files/", "Files")
PAGE = 100


@page
def files(shown: Shown) -> HttpResponse:
    """Which files does this rest on?"""
    held = queries.files(shown.con)
    states = {state: [row for row in held if row["state"] == state] for state in ("read", "refused", "copy", "unused")}
    return shown.page(
        "records/files.html",
        all=len(held),
        states=states,
        sources=_by_source(states["read"]),
        loaded=sum(row["rows_loaded"] or 0 for row in held),
        refused=sum(row["rows_refused"] or 0 for row in held),
        problems=sum(row["problems"] for row in held),
    )


def _by_source(read: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Files of one source together, with their rows and problems summed."""
    groups = [list(group) for _, group in groupby(sorted(read, key=_source), key=_source)]
    names = ("rows_found", "rows_loaded", "rows_refused", "problems")
    return [{**group[0], "files": group, **{name: sum(row[name] or 0 for row in group) for name in names}} for group in groups]


def _source(row: dict[str, Any]) -> tuple[str, str, str]:
    return row["table_name"] or "", row["title"] or "", row["source"] or ""


@page
def file(shown: Shown, source_file: str) -> HttpResponse:
    """What became of one file?"""
    row = found(queries.file(shown.con, source_file), "No such file was given to this build.")
    kinds = queries.problems_by_kind(shown.con, source_file=source_file)
    total = sum(each["rows"] for each in kinds)
    pages = max(1, -(-total // PAGE))
    at = min(number(shown.request, "page") or 1, pages)
    problems = queries.problems(shown.con, source_file=source_file, limit=PAGE, offset=PAGE * (at - 1))
    return shown.page("records/file.html", crumbs=[FILES], row=row, kinds=kinds, total=total, problems=problems, at=at, pages=pages)


@page
def problems(shown: Shown) -> HttpResponse:
    """What is wrong with the files as published?"""
    kinds = queries.problems_by_kind(shown.con)
    return shown.page("records/problems.html", crumbs=[FILES], kinds=kinds, total=sum(row["rows"] for row in kinds), files=queries.problems_by_file(shown.con))


@page
def row(shown: Shown) -> HttpResponse:
    """Where does this row come from?"""
    name, place = shown.request.GET.get("file", ""), number(shown.request, "row", most=10**7)
    held = found(queries.file(shown.con, name), "No such file was given to this build.")
    made = queries.row_of(shown.con, source_file=name, source_row=place or 0)
    problems = queries.problems_of_row(shown.con, source_file=name, source_row=place or 0)
    return shown.page(
        "records/row.html", crumbs=[FILES, (f"/files/{quote(name)}/", name)], file=held, place=place, made=[_cells(each) for each in made], problems=problems
    )


def _cells(record: dict[str, Any]) -> dict[str, Any]:
    return {"table": record["table"], "cells": [(name, _said(given)) for name, given in record.items() if name not in ("table", "source_file", "source_row")]}


def _said(given: Any) -> Any:  # a value of any column
    if isinstance(given, date):
        return day(given)
    return ("yes" if given else "no") if isinstance(given, bool) else given
