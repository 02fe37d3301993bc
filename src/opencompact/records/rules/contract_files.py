"""The plan for contract awards in OCDS releases: one row for each supplier of each award, no contact people."""

from opencompact.records.rules.payment_files import number_checks
from opencompact.records.rules.plan import Check, Field, Found, Plan, body_sql, iso_day_sql
from opencompact.values.identifier import company_state_sql, declared_org_id_sql

_SUPPLIERS = "json_extract(award, '$.suppliers[*]')"
_RELATION = f"""
SELECT source_row, release, award, place, supplier, party, buyer, greatest(1, len({_SUPPLIERS})) AS suppliers FROM (
  SELECT source_row, release, award, place,
    {_SUPPLIERS}[place] AS supplier,
    list_filter(json_extract(release, '$.parties[*]'), lambda p: (p->>'$.id') = ({_SUPPLIERS}[place]->>'$.id'))[1] AS party,
    list_filter(json_extract(release, '$.parties[*]'), lambda p: (p->>'$.id') = (release->>'$.buyer.id'))[1] AS buyer
  FROM (
    SELECT source_row, release, award, unnest(generate_series(1, greatest(1, len({_SUPPLIERS})))) AS place FROM (
      SELECT source_row, json(record) AS release, unnest(json_extract(json(record), '$.awards[*]')) AS award FROM raw
    )
  )
)"""
LOST = ("cancelled", "unsuccessful", "pending")


def contracts_plan(found: Found) -> Plan:
    """Rows of `contract_lines` from OCDS releases; releases without an award, and awards not made, are of another kind."""
    words = found.missing_words
    scheme, number = "party->>'$.identifier.scheme'", "party->>'$.identifier.id'"
    declared = f"CASE WHEN {number} IS NOT NULL THEN {scheme} || '-' || ({number}) END"
    buyer_name = "coalesce(release->>'$.buyer.name', buyer->>'$.name')"
    buyer_id = "coalesce((buyer->>'$.identifier.scheme') || '-' || (buyer->>'$.identifier.id'), release->>'$.buyer.id')"
    amount = "TRY_CAST(coalesce(award->>'$.value.amount', award->>'$.value.amountGross') AS DECIMAL(18,2))"
    fields = (
        Field("ocid", "release->>'$.ocid'", "ocid", expected="an ocid", required=True),
        Field("award_id", "coalesce(award->>'$.id', release->>'$.id')", "awards.id", expected="an award id", required=True),
        Field("body", body_sql(buyer_id, otherwise=body_sql(buyer_name, otherwise=buyer_id)), "buyer", expected="a buyer", required=True),
        Field("buyer_name", buyer_name),
        Field("title", "coalesce(award->>'$.title', release->>'$.tender.title')"),
        Field("procurement_method", "release->>'$.tender.procurementMethod'"),
        Field("tender_opens_on", iso_day_sql("(release->>'$.tender.tenderPeriod.startDate')")),
        Field("tender_closes_on", iso_day_sql("(release->>'$.tender.tenderPeriod.endDate')")),
        Field("awarded_on", iso_day_sql("(award->>'$.date')"), "awards.date", "award->>'$.date'", "an ISO day", "no_such_date"),
        Field("published_on", iso_day_sql("coalesce(award->>'$.datePublished', release->>'$.date')")),
        Field("starts_on", iso_day_sql("(award->>'$.contractPeriod.startDate')")),
        Field("ends_on", iso_day_sql("(award->>'$.contractPeriod.endDate')")),
        Field("award_amount", amount, "awards.value.amount", "award->>'$.value.amount'", "an amount", "not_an_amount"),
        Field("amount", "round(award_amount * place / suppliers, 2) - round(award_amount * (place - 1) / suppliers, 2)"),  # to the penny: the shares add up
        Field("suppliers", "suppliers"),
        Field("suitable_for_vcse", "TRY_CAST(release->>'$.tender.suitability.vcse' AS BOOLEAN)"),
        Field("supplier_vcse", "TRY_CAST(party->>'$.details.vcse' AS BOOLEAN)"),
        Field("supplier_scale", "party->>'$.details.scale'"),
        Field("supplier_place", "place", required=True),
        Field("release_id", "release->>'$.id'"),
        Field("released_at", "CAST(TRY_CAST(release->>'$.date' AS TIMESTAMPTZ) AS TIMESTAMP)"),  # the lake's clock is UTC
        Field("currency", "award->>'$.value.currency'"),
        Field("supplier_name", "coalesce(supplier->>'$.name', party->>'$.name')", "awards.suppliers.name", expected="a supplier's name", required=True),
        Field("declared_id", declared),
        Field("supplier_org_id", declared_org_id_sql(declared, words)),
    )
    checks = (
        *number_checks(
            f"CASE WHEN {scheme} = 'GB-COH' THEN {number} END",
            company_state_sql(f"CASE WHEN {scheme} = 'GB-COH' THEN {number} END", words),
            "parties.identifier.id",
            "a company number of 8 characters",
        ),
        Check(
            "not_in_pounds",
            "awards.value.currency",
            "upper(currency) <> 'GBP'",
            "currency",
            "GBP",
            "row_refused",
            "Amounts in other currencies are not added to pounds.",
        ),
        Check(
            "nought_or_less",
            "awards.value.amount",
            "award_amount <= 0",
            "award_amount",
            "an amount above nought",
            "kept",
            "Give the award's value.",
            plain=True,
        ),
        Check("implausible_day", "awards.date", "awarded_on > DATE '2100-01-01'", "awarded_on", "a day before 2100", "kept", "Correct the year.", plain=True),
    )
    kept = f"coalesce(award->>'$.status', '') NOT IN ({', '.join(repr(word) for word in LOST)})"
    return Plan(fields, checks, relation=_RELATION.strip(), keep=kept)
