"""What a page says, as a person reads it."""

import re
from html import unescape
from io import BytesIO
from typing import Any

from openpyxl import load_workbook


def raw(response: Any) -> str:
    """The answer's text, whole."""
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


def words(response: Any) -> str:
    """The answer without tags, doubled spaces and signs for spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", raw(response))).replace("\u00a0", " ").split())


def rows(response: Any, caption: str) -> list[list[str]]:
    """The cells of the body of the table with that caption."""
    table = next((each for each in re.findall(r"<table>.*?</table>", raw(response), re.DOTALL) if f">{caption}<" in each), "")
    body = table.partition("<tbody>")[2]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]
    return [[" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).replace("\u00a0", " ").split()) for cell in row] for row in cells]


def beside(response: Any, field: str) -> str:
    """What is said beside a refused field; empty where it is not refused."""
    found = re.search(rf'id="f-[a-z_]*?{field}-why">(.*?)</p>', raw(response), re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", found[1])).replace("Error:", "").strip() if found else ""


def buttons(response: Any) -> list[str]:
    """What can be pressed on the page, in order."""
    return [unescape(each) for each in re.findall(r"<button[^>]*>([^<]+)</button>", raw(response))]


def sheets(response: Any) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet of a workbook that was answered."""
    book = load_workbook(BytesIO(response.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
