"""Rows of a table of payments that are none, or stand askew: headers again, totals, notes, values one column to the left, numbers glued to names."""

import re
from collections.abc import Sequence

from opencompact.records.rules.headers import LOOKED_AT
from opencompact.records.rules.payment_columns import Columns
from opencompact.records.rules.plan import NOTHING, Check
from opencompact.values.sql import quoted

GLUED = 0.95  # of the names that must carry a number in the same place for it to be taken off
_GLUED = {
    "before": (r"^(\d{4,})\s*[-–:]?\s+(.*[A-Za-z]{2}.*)$", "^([0-9]{4,})\\s*[-–:]?\\s+(.*[A-Za-z]{2}.*)$", 1, 2),
    "after": (r"^(.*[A-Za-z]{2}.*?)\s*[-–:]?\s*\(?(\d{4,})\)?$", "^(.*[A-Za-z]{2}.*?)\\s*[-–:]?\\s*\\(?([0-9]{4,})\\)?$", 2, 1),
}
_LETTERLESS = "^[0-9.,£() -]+$"


def checks(columns: Columns) -> list[Check]:
    """Rows that are no payments: told alone, and refused."""
    amount, payee, paid, ref = (columns.sql(field) for field in ("amount", "payee_name", "paid_on", "transaction_ref"))
    if not amount:
        return []
    cells = columns.cells
    no_day = " AND ".join(f"{column} IS NULL" for column in (paid, ref) if column) or "true"
    others = [cell for cell in cells if cell != amount.replace("t", "c")]
    # by a pattern: a list of words DuckDB makes a join, for which the letters of every row are put together
    words = "|".join("".join(str(term["word"]).split()) for term in columns.found.vocabularies["total-words"].terms)
    letters = f"regexp_replace(lower(concat_ws('', {', '.join(others) or NOTHING})), '[^a-z]', '', 'g')"
    filled = " + ".join(f"CAST(trim({cell}) <> '' AS INTEGER)" for cell in cells)
    again = [f"lower({column}) = {quoted(columns.header(field).lower())}" for field, column in (("amount", amount), ("payee_name", payee)) if column]
    first = payee or amount
    repeated = " AND ".join(again)
    if not any(map(str.isdigit, columns.header("amount"))):  # then a header is no amount, and most rows are spared
        repeated = f"CASE WHEN amount IS NULL THEN {repeated} END"
    total = f"CASE WHEN {amount} IS NOT NULL AND {no_day} THEN regexp_matches({letters}, '^({words})?$') END"
    note = f"CASE WHEN {amount} IS NULL AND paid_in_month IS NULL THEN {filled} = 1 END"
    return [
        _alone("repeated_header", columns.header("payee_name"), repeated, first, "Leave the header out below the first row."),
        _alone("total_row", columns.header("amount"), total, amount, "Leave totals out of the table, or put them in a file of their own."),
        _alone("foot_note", "", note, f"coalesce({', '.join(cells)})", "Put notes on the page the file is published on."),
    ]


def relation(columns: Columns) -> tuple[str, list[Check]]:
    """The trimmed rows, those mended that stand one column to the left where that is certain, and the problems of all that stand askew.

    Askew is a row with figures alone where the others have the payee's name. It is certain where the column before it has no name of its own and
    holds a text in such rows only, the payee's place holds a number of the form all references have, and the amounts then stand where
    the references were: some of them with pence.
    """
    payee, amount, ref = (columns.sql(field) for field in ("payee_name", "amount", "transaction_ref"))
    values = columns.values("payee_name")
    figures = [text for text in values if re.match(_LETTERLESS, text)]
    if not payee or not amount or not figures or len(figures) > len(values) / 4:
        return columns.trimmed(), []
    askew = f"coalesce(regexp_matches({payee}, '{_LETTERLESS}'), false)"
    refused = _row("shifted_row", columns.header("payee_name"), askew, payee, "row_refused")
    form = _one_form(columns.values("transaction_ref"))
    before = columns.taken["payee_name"].place - 1
    if not (ref and form and before >= 0 and not columns.found.headers[before].strip() and all(re.match(form, text) for text in figures)):
        return columns.trimmed(), [refused]
    places = [columns.taken[field].place for field in ("payee_name", "transaction_ref", "amount")]
    if places != [before + 1, before + 2, before + 3]:
        return columns.trimmed(), [refused]
    left = f"t{before}"
    rows = f"SELECT *, {askew} AND NOT regexp_matches({ref}, '{form}') AND regexp_matches({left}, '[A-Za-z]{{2}}') AS is_askew FROM ({columns.trimmed(before)})"
    sure = f"(SELECT coalesce(bool_or(is_askew AND regexp_matches({ref}, '[.][0-9]{{1,2}}$')), false) FROM ({rows}))"
    moved = ", ".join(f"CASE WHEN is_askew THEN t{place - 1} ELSE t{place} END AS t{place}" for place in places)
    mended = f"SELECT * REPLACE ({moved}) FROM (SELECT * REPLACE (is_askew AND {sure} AS is_askew) FROM ({rows}))"
    return mended, [_row("shifted_row", columns.header("payee_name"), "is_askew", payee, "repaired"), refused]


def payee_and_code(columns: Columns) -> tuple[str | None, str]:
    """SQL of the payee's name and of the number the body gives it: a number glued to nearly every name in the same way is taken off."""
    payee, code = columns.sql("payee_name"), columns.sql("payee_code")
    values = columns.values("payee_name")[:LOOKED_AT]
    for where, (pattern, regex, number, name) in _GLUED.items():
        if payee and not code and len(values) >= 5 and sum(bool(re.match(pattern, text, re.DOTALL)) for text in values) >= GLUED * len(values):
            columns.found.said.append(f"The number {where} each payee's name was taken for the body's number of the payee.")
            return _part(payee, regex, name, otherwise=payee), _part(payee, regex, number, otherwise="NULL")
    return payee, f"CASE WHEN regexp_matches({code}, '[0-9]') THEN {code} END" if code else NOTHING


def _part(column: str, regex: str, group: int, *, otherwise: str) -> str:
    return f"CASE WHEN regexp_matches({column}, {quoted(regex)}) THEN regexp_extract({column}, {quoted(regex)}, {group}) ELSE {otherwise} END"


def _one_form(values: Sequence[str]) -> str:
    """The form of the references, where most are numbers of one length."""
    lengths = [len(text) for text in values if text.isascii() and text.isdigit()]
    usual = max(set(lengths), key=lengths.count, default=0)
    return f"^[0-9]{{{usual}}}$" if lengths and lengths.count(usual) >= 0.75 * len(values) else ""


def _alone(kind: str, header: str, where: str, found: str, fix: str) -> Check:
    return Check(kind, header, where, found, "a payment", "row_refused", fix, alone=True)


def _row(kind: str, header: str, where: str, found: str, consequence: str) -> Check:
    fix = "Check that each value stands under its own header."
    return Check(kind, header, where, found, "the name of a payee", consequence, fix)  # type: ignore[arg-type]  # one of the four words
