"""The plans for consultations: tables made for a move of pages between sites, and GOV.UK content items."""

import re

from opencompact.records.rules.plan import NOTHING, Check, Field, Found, Plan, body_sql, iso_day_sql, slug_sql
from opencompact.values.sql import quoted

ATTACHED = re.compile(r"attachment_\d+(_url)?$")
NOT_BEFORE, NOT_AFTER = "DATE '1990-01-01'", "DATE '2100-01-01'"


def consultation_table_plan(found: Found) -> Plan:
    """Rows of `consultation_lines` from a table with one page a row: `old_url`, `title`, `organisation`, `opening_date`, `closing_date`."""
    url, organisation = found.column("old_url"), found.column("organisation")
    title, summary, page = found.column("title"), found.column("summary"), found.column("body")
    answered = found.column("response summary (OPTIONAL)", "response_summary")
    attached = found.columns_like(lambda header: bool(ATTACHED.fullmatch(header.strip())))
    read_on = quoted(found.card.snapshot_on.isoformat()) if found.card.snapshot_on else NOTHING
    body = body_sql(organisation, otherwise=slug_sql(organisation) if organisation else NOTHING)
    opened, closed = found.day("opened_on", "opening_date", required=True), found.day("closed_on", "closing_date", required=True)
    fields = (
        Field(
            "consultation_id",
            f"{body} || '/' || regexp_extract(rtrim({url or NOTHING}, '/'), '[^/]+$')",
            found.header("old_url"),
            url or NOTHING,
            "the page's address",
            required=True,
        ),
        Field("body", body, found.header("organisation"), organisation or NOTHING, "the body's name", required=True),
        Field("bodies", body),
        Field("title", title or NOTHING),
        Field("url", url or NOTHING),
        Field("kind", kind_sql(title or NOTHING)),
        opened,
        closed,
        Field("days_open", "date_diff('day', opened_on, closed_on)"),
        found.day("responded_on", "response date", "response_date"),
        Field("summary", summary or NOTHING),
        Field(
            "page_text",
            f"nullif(concat_ws('\n\n', {summary or NOTHING}, {page or NOTHING}, {answered or NOTHING}), '')",
        ),
        Field("documents", " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in attached) or NOTHING),
        Field("documents_read", "0"),
        Field("read_on", f"CAST({read_on} AS DATE)"),
    )
    return Plan(
        fields,
        _day_checks(found.header("opening_date"), found.header("closing_date"), found.header("response date", "response_date")),
        by_row=True,
    )


def content_item_plan(_found: Found) -> Plan:
    """Rows of `consultation_lines` from a GOV.UK content item of schema `consultation`."""
    item = "json(record)"

    def at(path: str) -> str:
        return f"nullif(json_extract_string({item}, {quoted(path)}), '')"

    organisation = f"regexp_extract(coalesce({at('$.links.organisations[0].base_path')}, ''), '[^/]+$')"
    all_bodies = (
        f"array_to_string(list_transform(json_extract_string({item}, '$.links.organisations[*].base_path'), lambda p: regexp_extract(p, '[^/]+$')), ';')"
    )
    outcome = f"coalesce({iso_day_sql(at('$.details.final_outcome_publication_date'))}, {_outcome_note_sql(item)})"
    text = _plain_sql(
        f"concat_ws(' ', {at('$.description')}, {at('$.details.body')}, array_to_string(json_extract_string({item}, '$.details.change_history[*].note'), '. '))"
    )
    opened, closed = at("$.details.opening_date"), at("$.details.closing_date")
    fields = (
        Field(
            "consultation_id",
            f"{organisation} || '/' || regexp_extract({at('$.base_path')}, '[^/]+$')",
            "base_path",
            at("$.base_path"),
            "the page's path",
            required=True,
        ),
        Field("body", f"nullif({organisation}, '')", "links.organisations", expected="an organisation's path", required=True),
        Field("bodies", all_bodies),
        Field("title", at("$.title")),
        Field("url", f"'https://www.gov.uk' || {at('$.base_path')}"),
        Field("kind", kind_sql(at("$.title"))),
        Field("opened_on", iso_day_sql(opened), "details.opening_date", opened, "an ISO day", "no_such_date", required=True),
        Field("closed_on", iso_day_sql(closed), "details.closing_date", closed, "an ISO day", "no_such_date", required=True),
        Field("days_open", "date_diff('day', opened_on, closed_on)"),
        Field("responded_on", outcome),
        Field("summary", at("$.description")),
        Field("page_text", f"nullif({text}, '')"),
        Field("documents", f"json_array_length({item}, '$.details.documents') + coalesce(json_array_length({item}, '$.details.featured_attachments'), 0)"),
        Field("documents_read", "0"),
        Field("read_on", iso_day_sql(f"coalesce({at('$.updated_at')}, {at('$.public_updated_at')})")),
    )
    return Plan(fields, _day_checks("details.opening_date", "details.closing_date", "details.final_outcome_publication_date"), by_row=True)


def kind_sql(title: str) -> str:
    """What the body called it, by its title: a call for evidence is counted apart, so that a new name does not hide a short consultation."""
    called = "(?i)call for (evidence|information|views)|evidence request|request for evidence"
    return f"CASE WHEN regexp_matches({title}, {quoted(called)}) THEN 'call_for_evidence' ELSE 'consultation' END"


def _outcome_note_sql(item: str) -> str:
    """The day of the first note in the page's history that tells of an outcome, where the page's kind says there is one."""
    notes = f"json_extract({item}, '$.details.change_history[*]')"
    told = f"list_filter({notes}, lambda n: regexp_matches(n->>'$.note', '(?i)response|outcome|decision|summary of'))"
    first = f"list_min(list_transform({told}, lambda n: left(n->>'$.public_timestamp', 10)))"
    return f"CASE WHEN json_extract_string({item}, '$.document_type') = 'consultation_outcome' THEN TRY_CAST({first} AS DATE) END"


def _plain_sql(html: str) -> str:
    return f"trim(regexp_replace(regexp_replace({html}, '<[^>]*>', ' ', 'g'), '\\s+', ' ', 'g'))"


def _day_checks(opening: str, closing: str, response: str) -> tuple[Check, ...]:
    return (
        Check(
            "closes_before_it_opens",
            closing,
            "closed_on < opened_on",
            "closed_on",
            "a day on or after the opening day",
            "kept",
            "Correct one of the two days.",
            plain=True,
        ),
        Check(
            "implausible_day",
            opening,
            f"opened_on NOT BETWEEN {NOT_BEFORE} AND {NOT_AFTER}",
            "opened_on",
            "a day between 1990 and 2099",
            "kept",
            "Correct the year.",
            plain=True,
        ),
        Check(
            "implausible_day",
            closing,
            f"closed_on NOT BETWEEN {NOT_BEFORE} AND {NOT_AFTER}",
            "closed_on",
            "a day between 1990 and 2099",
            "kept",
            "Correct the year.",
            plain=True,
        ),
        Check(
            "implausible_length",
            closing,
            "days_open > 366 AND closed_on <= " + NOT_AFTER,
            "days_open || ' days'",
            "a window of at most a year",
            "kept",
            "Check the year of both days.",
            plain=True,
        ),
        Check(
            "response_before_close",
            response,
            "responded_on <= closed_on",
            "responded_on",
            "a day after the closing day",
            "kept",
            "Check the response's day.",
            plain=True,
        ),
    )
