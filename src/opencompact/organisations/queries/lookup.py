"""What pages ask of who-is-who: one organisation, who it was on a day, what it received, and who received most; plain rows, never written."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from opencompact.lake import Connection
from opencompact.organisations.rules import history

Row = dict[str, Any]

# The three kinds of money are told apart everywhere; what is only probable is left out, because nobody has confirmed it.
_RECEIVED = """
  SELECT 'payments' AS record, body, coalesce(paid_on, try_cast(paid_in_month || '-01' AS DATE)) AS received_on, amount, organisation_id, link_stage
  FROM payments
  UNION ALL SELECT 'grants', body, awarded_on, amount, organisation_id, link_stage FROM grants
  UNION ALL SELECT 'contracts', body, awarded_on, amount, organisation_id, link_stage FROM contracts"""
HISTORY = "organisation_history"
_ACCEPTED = "link_stage IN ('identifier', 'exact', 'reviewed')"


def organisation(con: Connection, *, organisation_id: str) -> Row | None:
    """The organisation's row; None where there is none."""
    found = _rows(con, "SELECT * FROM organisations WHERE organisation_id = ?", organisation_id)
    return found[0] if found else None


def received(con: Connection, *, organisation_id: str) -> list[Row]:
    """What it received: record, body, name of the body, calendar year (null where no day is known), rows and amount in pounds; latest year first."""
    return _rows(
        con,
        f"""SELECT r.record, r.body, coalesce(any_value(b.name), r.body) AS name, year(r.received_on) AS year, count(*) AS rows, sum(r.amount) AS amount
        FROM ({_RECEIVED}) r LEFT JOIN bodies b USING (body) WHERE r.organisation_id = ? AND {_ACCEPTED}
        GROUP BY r.record, r.body, year(r.received_on) ORDER BY year DESC NULLS LAST, r.record, r.body""",
        organisation_id,
    )


def most_received(con: Connection, *, record: str, body: str, limit: int) -> list[Row]:
    """The identified organisations that received most of a body's `payments`, `grants` or `contracts`: ids, names, kinds, rows and pounds."""
    return _rows(
        con,
        f"""SELECT o.organisation_id, o.name, o.kind, o.is_voluntary, count(*) AS rows, sum(r.amount) AS amount
        FROM ({_RECEIVED}) r JOIN organisations o USING (organisation_id) WHERE r.record = ? AND r.body = ? AND {_ACCEPTED}
        GROUP BY ALL ORDER BY amount DESC NULLS LAST, o.organisation_id LIMIT ?""",
        record,
        body,
        limit,
    )


def history_of(con: Connection, *, organisation_id: str, lines: str = HISTORY) -> list[Row]:
    """Every line of an organisation's history, undated ones last; `lines` is the table, or a SELECT, that holds them."""
    return _rows(
        con, f"SELECT * FROM ({_select(lines)}) WHERE organisation_id = ? ORDER BY line, from_on NULLS LAST, to_on, word, told, source_file", organisation_id
    )


def as_of(con: Connection, organisation_id: str, *, on: date, bands: Iterable[Mapping[str, Any]], lines: str = HISTORY) -> Row:
    """Who an organisation was on a day, as the registers held tell it.

    `names` borne then and `undated_names`; `status` then; `accounts` of the financial year the day falls in, with their `band`; `parents` and `twins` (other
    numbers) as far as days are told; `successors`, the chain of what it became, each once, whether before the day or after. Every line has its origin.
    `lines` is the table `organisation_history`, or a SELECT of the same columns.
    """
    held = history_of(con, organisation_id=organisation_id, lines=lines)
    accounts = history.accounts_on(held, on=on)
    return {
        "organisation_id": organisation_id,
        "on": on,
        "is_held": bool(held),
        "names": history.names_on(held, on=on),
        "undated_names": history.undated_names(held),
        "status": history.status_on(held, on=on),
        "accounts": accounts,
        "band": history.band_of(accounts["income"] if accounts else None, bands),
        "parents": history.others_on(held, words=("parent", "federation"), on=on),
        "twins": history.others_on(held, words=history.TWINS, on=on),
        "successors": _successors(con, organisation_id, held, lines),
    }


def _successors(con: Connection, organisation_id: str, held: list[Row], lines: str) -> list[Row]:
    """The steps from one organisation to the next; each organisation is followed once, so a circle of mergers ends."""
    chain: list[Row] = []
    seen, waiting = {organisation_id}, [held]
    while waiting:
        for step in history.steps_from(waiting.pop(0)):
            if step["other_id"] in seen:
                continue
            chain.append(dict(step))
            if step["other_id"]:
                seen.add(step["other_id"])
                waiting.append(history_of(con, organisation_id=step["other_id"], lines=lines))
    return chain


def _select(lines: str) -> str:
    return lines if lines.lstrip().upper().startswith("SELECT") else f"SELECT * FROM {lines}"


def _rows(con: Connection, query: str, *given: object) -> list[Row]:
    answer = con.execute(query, list(given))
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
