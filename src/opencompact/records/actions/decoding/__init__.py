"""From bytes to rows: text, workbooks, archives and JSON, whatever their dirt, with the place of every row kept."""

from opencompact.records.actions.decoding.archives import is_archive, member_bytes, members, refuse_archive
from opencompact.records.actions.decoding.columns import Sheet, blank_columns, neat_columns, table_of
from opencompact.records.actions.decoding.content import DELIMITERS, LINES, CannotRead, Content, Notice, read_bytes
from opencompact.records.actions.decoding.documents import Lines, are_lines, document, read_lines, stored_lines, table_of_records
from opencompact.records.actions.decoding.stored import StoredLines
from opencompact.records.actions.decoding.tables import WORKBOOKS, is_page, is_pdf, is_workbook, sheets
from opencompact.records.actions.decoding.text import TextSheet, decode, text_encoding
from opencompact.records.actions.decoding.workbooks import BookSheet

__all__ = [
    "DELIMITERS",
    "LINES",
    "WORKBOOKS",
    "BookSheet",
    "CannotRead",
    "Content",
    "Lines",
    "Notice",
    "Sheet",
    "StoredLines",
    "TextSheet",
    "are_lines",
    "blank_columns",
    "decode",
    "document",
    "is_archive",
    "is_page",
    "is_pdf",
    "is_workbook",
    "member_bytes",
    "members",
    "neat_columns",
    "read_bytes",
    "read_lines",
    "refuse_archive",
    "sheets",
    "stored_lines",
    "table_of",
    "table_of_records",
    "text_encoding",
]
