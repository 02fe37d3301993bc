"""The plan of a card with a mapping: payments, grants and consultations under whatever headers, with no code of their own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from opencompact.records.rules import day_columns as days
from opencompact.records.rules.consultation_files import kind_sql
from opencompact.records.rules.headers import Column, column_at
from opencompact.records.rules.payment_columns import FIELDS as PAYMENT_FIELDS
from opencompact.records.rules.payment_files import payments_plan
from opencompact.records.rules.plan import NOTHING, Check, Field, Found, Plan, amount_sql, body_sql, cell_sql, slug_sql, without_words
from opencompact.values.identifier import charity_org_id_sql, company_org_id_sql
from opencompact.values.sql import quoted


@dataclass(frozen=True)
class Kind:
    """A kind of table a file may be: the vocabulary of its columns, its fields in words, and those without which nothing is gained."""

    word: str
    headers: str
    fields: Mapping[str, str]
    needed: tuple[str, ...]


KINDS = {
    "payment_lines": Kind("payments", "payment-headers", PAYMENT_FIELDS, ("payee_name", "amount")),
    "grant_lines": Kind(
        "grants",
        "grant-column-names",
        {
            "grant_id": "identifier",
            "body": "funder",
            "title": "title",
            "programme": "programme",
            "awarded_on": "date of award",
            "amount": "amount awarded",
            "recipient_name": "recipient",
            "charity_number": "charity number",
            "company_number": "company number",
        },
        ("recipient_name", "amount"),
    ),
    "consultation_lines": Kind(
        "consultations",
        "consultation-column-names",
        {
            "url": "address of the page",
            "body": "body",
            "title": "title",
            "opened_on": "day it opened",
            "closed_on": "day it closed",
            "responded_on": "day of the response",
            "summary": "summary",
        },
        ("title", "opened_on", "closed_on"),
    ),
}


def mapped_plan(found: Found) -> Plan:
    """The plan of a card with a mapping, for payments, grants and consultations."""
    if found.card.table == "payment_lines":
        return payments_plan(found)
    columns = {name: place for name, header in found.card.mapping.items() if (place := column_at(found.headers, header)) is not None}
    found.used.update(found.headers[place] for place in columns.values())
    fields = KINDS[found.card.table].fields
    for name, at in columns.items():
        found.said.append(f"C{Column(name, at, found.headers[at], '').named[1:]} was taken for the {fields.get(name, name)}: its card says so.")
    return _grants(found, columns) if found.card.table == "grant_lines" else _consultations(found, columns)


def _grants(found: Found, columns: Mapping[str, int]) -> Plan:
    text = _text(columns)
    charity, company, words = text("charity_number"), text("company_number"), found.missing_words
    own = f"{quoted(found.card.slug + '/' + found.file_name + '/')} || source_row"
    return Plan(
        (
            Field("grant_id", f"coalesce({text('grant_id')}, {own})", required=True),
            *_body(found, columns),
            Field("funder_name", text("body")),
            Field("title", text("title")),
            Field("programme", text("programme")),
            _day(found, columns, "awarded_on"),
            _money(found, columns, "amount"),
            Field("recipient_name", text("recipient_name"), "the recipient", text("recipient_name"), "the recipient's name", required=True),
            Field("charity_number", charity),
            Field("company_number", company),
            Field("recipient_org_id", f"coalesce({charity_org_id_sql(charity, words)}, {company_org_id_sql(company, words)})"),
        )
    )


def _consultations(found: Found, columns: Mapping[str, int]) -> Plan:
    text = _text(columns)
    page = f"coalesce(nullif(regexp_extract(rtrim({text('url')}, '/'), '[^/]+$'), ''), {slug_sql(text('title'))})"
    body = _body(found, columns)
    order = Check(
        "dates_out_of_order", "", "closed_on < opened_on", "closed_on", "a closing day after the opening day", "kept", "Correct the days.", plain=True
    )
    return Plan(
        (
            Field("consultation_id", f"{body[0].sql} || '/' || {page}", expected="an address or a title", required=True),
            *body,
            Field("bodies", body[0].sql),
            Field("title", text("title")),
            Field("url", text("url")),
            Field("kind", kind_sql(text("title"))),
            _day(found, columns, "opened_on", required=True),
            _day(found, columns, "closed_on", required=True),
            Field("days_open", "date_diff('day', opened_on, closed_on)"),
            _day(found, columns, "responded_on"),
            Field("summary", text("summary")),
        ),
        (order,),
    )


def _text(columns: Mapping[str, int]) -> Callable[[str], str]:
    return lambda name: cell_sql(columns[name]) if name in columns else NOTHING


def _header(found: Found, columns: Mapping[str, int], name: str) -> str:
    return found.headers[columns[name]] if name in columns else name


def _body(found: Found, columns: Mapping[str, int]) -> tuple[Field]:
    column = cell_sql(columns["body"]) if "body" in columns else None
    otherwise = quoted(found.body) if found.body else slug_sql(column) if column else quoted(found.card.slug)
    return (Field("body", body_sql(column, otherwise=otherwise), _header(found, columns, "body"), expected="the body's name", required=True),)


def _day(found: Found, columns: Mapping[str, int], name: str, *, required: bool = False) -> Field:
    if name not in columns:
        return Field(name, days.DAY_TYPE, name, required=required)
    texts = [text for text in found.values(columns[name]) if text and text.strip()]
    style = days.read_days(texts, otherwise=found.card.dates, terms=found.vocabularies["date-styles"].terms)
    column = cell_sql(columns[name])
    return Field(name, days.day_sql(column, style), _header(found, columns, name), column, "a day of the calendar", "no_such_date", required)


def _money(found: Found, columns: Mapping[str, int], name: str) -> Field:
    raw = without_words(cell_sql(columns[name]), found.missing_words) if name in columns else NOTHING
    return Field(name, amount_sql(raw), _header(found, columns, name), raw, "an amount as 1234.56", "not_an_amount", required=True)
