"""What makes grants that fit the schema better or worse to use: one SQL sum for all checks, one row of the catalogue for what each means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from opencompact.records.rules.grant_schema import PLACES
from opencompact.values.identifier import OTHER_SCHEMES, charity_state_sql, company_state_sql, declared_state_sql
from opencompact.values.sql import quoted

# What is looked at of each grant; whatever is of another kind, or is not there, is null.
_DATES = '[{"startDate":"VARCHAR","endDate":"VARCHAR","duration":"VARCHAR"}]'
_PLACES = '[{"name":"VARCHAR","geoCode":"VARCHAR","geoCodeType":"VARCHAR"}]'
_ORGANISATION = (
    '[{"id":"VARCHAR","name":"VARCHAR","charityNumber":"VARCHAR","companyNumber":"VARCHAR","postalCode":"VARCHAR","contactName":"VARCHAR",'
    f'"email":"VARCHAR","telephone":"VARCHAR","location":{_PLACES}}}]'
)
_FUNDER = '[{"id":"VARCHAR","name":"VARCHAR","contactName":"VARCHAR","email":"VARCHAR","telephone":"VARCHAR"}]'
_TEXTS = ("id", "title", "description", "currency", "amountAwarded", "awardDate", "fromOpenCall", "dateModified", "dataSource", "regrantType")
STRUCTURE = (
    "{"
    + "".join(f'"{name}":"VARCHAR",' for name in (*_TEXTS, "locationScope", "project", "deiDetails", "grantProgramme", "classifications"))
    + f'"plannedDates":{_DATES},"actualDates":{_DATES},"beneficiaryLocation":{_PLACES},'
    + f'"recipientOrganization":{_ORGANISATION},"fundingOrganization":{_FUNDER},"recipientIndividual":{{"id":"VARCHAR","name":"VARCHAR"}},'
    + '"toIndividualsDetails":{"primaryGrantReason":"VARCHAR","secondaryGrantReason":"VARCHAR","grantPurpose":["VARCHAR"]}}'
)


@dataclass(frozen=True)
class Rules:
    """What the checks take from the catalogue: their terms, the codes by codelist, the lists of org-ids; and the day they are made on."""

    terms: Sequence[Mapping[str, Any]]
    codes: Mapping[str, Sequence[str]]
    lists: Sequence[str]
    on: date

    def number(self, slug: str, name: str) -> int:
        """A bound that the catalogue sets for a check."""
        return int(next(term for term in self.terms if term["slug"] == slug)[name])


def seen_sql() -> str:
    """What the checks look at of each grant of the table `raw` (source_row, record): typed, and without the record itself."""
    return f"""SELECT * EXCLUDE (record, title, description, recipientOrganization, fundingOrganization, beneficiaryLocation), {_SEEN}
FROM (SELECT source_row, record, unnest(json_transform(record, {quoted(STRUCTURE)})) FROM raw)"""


def flagged_sql(rules: Rules) -> str:
    """Of each grant of the table `seen` what each check says, and whom it went to."""
    flags = ",\n  ".join(f'coalesce({condition}, false) AS "{slug}"' for slug, condition in predicates(rules).items())
    return f"SELECT source_row, funder, recipientIndividual IS NOT NULL AS to_person, len(recipients) > 0 AS to_organisation,\n  {flags}\nFROM seen"


def counts_sql(rules: Rules) -> str:
    """One row over the table `flagged`: for each check how many grants it finds; and the grants, recipients and funders there are."""
    told = ",\n  ".join(f'count(*) FILTER ("{slug}") AS "{slug}"' for slug in predicates(rules))
    return f"""SELECT count(*) AS all_grants, count(*) FILTER (to_organisation) AS to_organisations, count(*) FILTER (to_person) AS to_people,
  count(DISTINCT funder) AS funders,
  {told}
FROM flagged"""


def places_sql(slug: str) -> str:
    """The first rows a check finds, over the table `flagged`."""
    return f'SELECT source_row FROM flagged WHERE "{slug}" ORDER BY source_row LIMIT {PLACES}'


# What stands under a key for addresses is wanted there; elsewhere it is a person's more often than not.
_NO_EMAIL_KEYS = """regexp_replace(record, '"[^"]*[eE]mail[^"]*"\\s*:\\s*"[^"]*"', '', 'g')"""
_EMAIL = "[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+\\.[A-Za-z0-9.-]+"
_SEEN = f"""hash(record) AS whole, len(trim(title)) > 140 AS long_title, lower(trim(title)) = lower(trim(description)) AS same_title,
  CASE WHEN contains(record, '@') THEN regexp_matches({_NO_EMAIL_KEYS}, '{_EMAIL}') ELSE false END AS has_email,
  TRY_CAST(amountAwarded AS DOUBLE) AS amount,
  TRY_CAST(left(awardDate, 10) AS DATE) AS awarded,
  TRY_CAST(left(plannedDates[1].startDate, 10) AS DATE) AS starts, TRY_CAST(left(plannedDates[1].endDate, 10) AS DATE) AS ends,
  TRY_CAST(left(actualDates[1].startDate, 10) AS DATE) AS began, TRY_CAST(left(actualDates[1].endDate, 10) AS DATE) AS ended,
  TRY_CAST(plannedDates[1].duration AS DOUBLE) AS months,
  [awardDate, plannedDates[1].startDate, plannedDates[1].endDate, actualDates[1].startDate, actualDates[1].endDate] AS days,
  coalesce(recipientOrganization, []) AS recipients, coalesce(fundingOrganization, []) AS funds, coalesce(beneficiaryLocation, []) AS places,
  fundingOrganization[1].id AS funder, fundingOrganization[1].name AS funder_name"""

_HIDDEN = "[\\s\\x00-\\x1f\u00a0\u200b]"


def predicates(rules: Rules) -> dict[str, str]:
    """For each check the SQL that is true of a grant it finds."""
    return {**_sums(rules), **_identifiers(rules), **_texts(), **_days(rules), **_people(rules), **_gaps(), **_codes(rules)}


def _sums(rules: Rules) -> dict[str, str]:
    return {
        "amount-nought": "amount = 0",
        "amount-negative": "amount < 0",
        "amount-very-large": f"amount > {rules.number('amount-very-large', 'limit')}",
        "several-currencies": "currency <> (SELECT arg_min(currency, source_row) FROM seen)",
        "several-funders": "funder <> (SELECT arg_min(funder, source_row) FROM seen)",
        "funder-of-two-names": "funder IN (SELECT funder FROM seen GROUP BY funder HAVING count(DISTINCT funder_name) > 1)",
        "id-repeated": "id IN (SELECT id FROM seen GROUP BY id HAVING count(*) > 1)",
        "grant-repeated": "whole IN (SELECT whole FROM seen GROUP BY whole HAVING count(*) > 1)",
    }


def _identifiers(rules: Rules) -> dict[str, str]:
    known = f"^(360G|{'|'.join(rules.lists)})-."
    foreign = f"regexp_matches(o.id, {quoted(OTHER_SCHEMES)}) AND NOT regexp_matches(o.id, '^GB-')"
    unknown = f"o.id IS NOT NULL AND NOT regexp_matches(upper(o.id), {quoted(known)}) AND NOT ({foreign})"
    odd = f"regexp_matches(o.id, '{_HIDDEN}')"
    return {
        "id-without-prefix": "id IS NOT NULL AND NOT regexp_matches(upper(id), '^360G-.+')",
        "id-odd-characters": f"regexp_matches(id, '{_HIDDEN}') OR {_any_doubtful('recipients', odd)} OR {_any_doubtful('funds', odd)}",
        "recipient-list-unknown": _any_doubtful("recipients", unknown),
        "funder-list-unknown": _any_doubtful("funds", unknown),
        "charity-number-form": _any_doubtful("recipients", _doubtful("o.charityNumber", "^([2-9][0-9]{5}|1[0-9]{6})$", charity_state_sql("o.charityNumber"))),
        "company-number-form": _any_doubtful("recipients", _doubtful("o.companyNumber", "^[0-9]{8}$", company_state_sql("o.companyNumber"))),
        "identifier-form": " OR ".join(
            _any_doubtful(orgs, _doubtful("o.id", _CLEAN_ID, f"regexp_matches(upper(o.id), '^GB-(CHC|COH|SC|NIC)-') AND {declared_state_sql('o.id')}"))
            for orgs in ("recipients", "funds")
        ),
        "recipient-own-id": _any("recipients", "starts_with(upper(o.id), '360G')"),
        "funder-own-id": _any("funds", "starts_with(upper(o.id), '360G')"),
        "recipient-without-number": _any("recipients", "coalesce(o.charityNumber, o.companyNumber, '') = ''"),
    }


_CLEAN_ID = "^GB-(CHC-([2-9][0-9]{5}|1[0-9]{6})|COH-[0-9]{8})$"


def _doubtful(column: str, clean: str, state: str) -> str:
    """True of numbers that are not in their register's form as written; most are, and are known by a short pattern."""
    return f"CASE WHEN {column} IS NULL OR regexp_matches({column}, {quoted(clean)}) THEN false ELSE {state} IN ('malformed', 'repaired') END"


def _any(orgs: str, condition: str) -> str:
    return f"len(list_filter({orgs}, lambda o: {condition})) > 0"


def _any_doubtful(orgs: str, condition: str) -> str:
    """As `_any`, by a semi-join: inside a lambda every pattern would be made ready anew for each 2,048 grants."""
    return f"source_row IN (SELECT source_row FROM (SELECT source_row, unnest({orgs}) AS o FROM seen) WHERE {condition})"


def _texts() -> dict[str, str]:
    return {
        "title-too-long": "long_title",
        "title-is-description": "same_title",
        "email-in-text": "has_email",
        "contact-details": " OR ".join(_any(orgs, "coalesce(o.contactName, o.email, o.telephone) IS NOT NULL") for orgs in ("recipients", "funds")),
    }


def _days(rules: Rules) -> dict[str, str]:
    on = f"DATE '{rules.on.isoformat()}'"

    def ahead(slug: str) -> str:
        return f"{on} + INTERVAL {rules.number(slug, 'years')} YEAR"

    past = f"{on} - INTERVAL {rules.number('day-long-past', 'years')} YEAR"
    impossible = "regexp_matches(o, '^[0-9]{4}-[0-9]{2}-[0-9]{2}') AND TRY_CAST(left(o, 10) AS DATE) IS NULL"
    return {
        "day-impossible": _any("days", impossible),
        "planned-ends-first": "ends < starts",
        "actual-ends-first": "ended < began",
        "planned-far-ahead": f"greatest(starts, ends) > {ahead('planned-far-ahead')}",
        "actual-far-ahead": f"greatest(began, ended) > {ahead('actual-far-ahead')}",
        "day-long-past": f"least(awarded, starts, ends, began, ended) < {past}",
        "awarded-ahead": f"awarded > {on}",
        "awarded-after-end": "awarded > ends AND (starts IS NULL OR starts <= ends)",
        "months-odd": f"months <= 0 OR months > {rules.number('months-odd', 'limit')}",
        "months-differ": "starts <= ends AND abs(date_diff('day', starts, ends) / 30.4375 - months) > 2",
        "no-duration": "ends IS NULL AND months IS NULL",
    }


def _people(rules: Rules) -> dict[str, str]:
    term = next(term for term in rules.terms if term["slug"] == "person-named")
    words = "|".join(term["words"])
    postcode = "regexp_matches(o.geoCode, '^(?i)\\s*[A-Z]{1,2}[0-9][A-Z0-9]?\\s*[0-9][A-Z]{2}\\s*$')"
    of_person = "recipientIndividual IS NOT NULL"
    return {
        "person-named": f"{of_person} AND recipientIndividual.name IS NOT NULL AND NOT regexp_matches(lower(recipientIndividual.name), {quoted(words)})",
        "person-postcode": f"{of_person} AND {_any('places', postcode)}",
        "person-without-reason": f"{of_person} AND toIndividualsDetails.primaryGrantReason IS NULL AND toIndividualsDetails.grantPurpose IS NULL",
        "person-traits": f"{of_person} AND coalesce(project, deiDetails) IS NOT NULL",
    }


def _gaps() -> dict[str, str]:
    located = "coalesce(o.postalCode, '') <> '' OR len(list_filter(o.location, lambda l: l.geoCode IS NOT NULL AND l.geoCodeType IS NOT NULL)) > 0"
    return {
        "recipient-without-place": _any("recipients", f"NOT coalesce({located}, false)"),
        "no-programme": "coalesce(grantProgramme, '[]') IN ('[]', '')",
        "no-beneficiary-place": "len(places) = 0",
        "place-without-code": _any("places", "o.geoCode IS NULL"),
        "code-without-kind": _any("places", "o.geoCode IS NOT NULL AND o.geoCodeType IS NULL"),
        "no-classification": "coalesce(classifications, '[]') IN ('[]', '')",
        "no-open-call": "fromOpenCall IS NULL",
        "no-last-modified": "dateModified IS NULL",
        "no-data-source": "dataSource IS NULL",
    }


def _codes(rules: Rules) -> dict[str, str]:
    def off(column: str, codelist: str) -> str:
        listed = ", ".join(map(quoted, rules.codes[codelist]))
        return f"{column} IS NOT NULL AND {column} NOT IN ({listed})"

    details = "toIndividualsDetails"
    reasons = " OR ".join(off(f"{details}.{name}GrantReason", "grantToIndividualsReason") for name in ("primary", "secondary"))
    return {
        "reason-code-unknown": f"({reasons})",
        "purpose-code-unknown": _any(f"coalesce({details}.grantPurpose, [])", off("o", "grantToIndividualsPurpose")),
        "regrant-code-unknown": off("regrantType", "regrantType"),
        "scope-code-unknown": off("locationScope", "locationScope"),
        "place-kind-unknown": _any("places", off("o.geoCodeType", "geoCodeType")),
    }
