"""A plain workbook written in memory, where libraries go by way of the disk: text as text, numbers as numbers, no formula, a header that stays in sight."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MOST_TEXT = 32_767  # characters of a cell
Cell = str | float
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What XML 1.0 cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FONT = '<sz val="11"/><name val="Arial"/>'
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def workbook(sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> bytes:
    """The bytes of a workbook of these sheets, by their names; the first row of the first is its header."""
    content = BytesIO()
    numbers = range(1, len(sheets) + 1)
    with ZipFile(content, "w", ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", _types(numbers))
        file.writestr("_rels/.rels", _related([("rId1", "officeDocument", "xl/workbook.xml")]))
        listed = "".join(f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>' for number, name in zip(numbers, sheets, strict=True))
        file.writestr("xl/workbook.xml", f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>')
        places = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
        file.writestr("xl/_rels/workbook.xml.rels", _related([*places, (f"rId{len(sheets) + 1}", "styles", "styles.xml")]))
        file.writestr("xl/styles.xml", _STYLES)
        for number, rows in zip(numbers, sheets.values(), strict=True):
            file.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(rows, has_header=number == 1))
    return content.getvalue()


def _sheet(rows: Iterable[Sequence[Cell]], *, has_header: bool) -> str:
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if has_header else ""
    written = "".join(f"<row>{''.join(_cell(cell, is_bold=has_header and place == 0) for cell in row)}</row>" for place, row in enumerate(rows))
    views = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    return f'{_HEAD}<worksheet xmlns="{_MAIN}">{views}<sheetFormatPr defaultColWidth="18" defaultRowHeight="15"/><sheetData>{written}</sheetData></worksheet>'


def _cell(cell: Cell, *, is_bold: bool) -> str:
    if isinstance(cell, float):
        return f"<c><v>{cell!r}</v></c>"
    style = ' s="1"' if is_bold else ""
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{escape(_ILLEGAL.sub(" ", cell)[:MOST_TEXT], quote=False)}</t></is></c>' if cell else "<c/>"


def _types(numbers: Iterable[int]) -> str:
    sheets = "".join(f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_KIND}.worksheet+xml"/>' for number in numbers)
    return (
        f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>{sheets}'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
    )


def _related(parts: Iterable[tuple[str, str, str]]) -> str:
    listed = "".join(f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for name, kind, target in parts)
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{listed}</Relationships>'
