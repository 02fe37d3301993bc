"""What who-is-who writes: bodies and areas, links from published names, and the organisations with their history, yearly accounts and declared kinds."""

from typing import Any

from opencompact.lake import Change
from opencompact.organisations.actions.probable import put_candidates
from opencompact.organisations.rules import bodies, declared, disputed, firms, history, kinds, linking, places, settled, yearly
from opencompact.organisations.rules.names import NameRules, cut_sql, name_rules, normalised_sql, spelled_sql
from opencompact.registry import Catalogue
from opencompact.values.identifier import charity_org_id_sql, company_org_id_sql, company_state_sql, read_org_id
from opencompact.values.sql import quoted

_LINES = """
  SELECT payee_name AS name, payee_org_id AS org_id, standing FROM payment_lines
  UNION ALL SELECT recipient_name, recipient_org_id, standing FROM grant_lines
  UNION ALL SELECT supplier_name, supplier_org_id, standing FROM contract_lines"""
_NUMBERS = """
  SELECT payee_org_id AS org_id, charity_number, company_number, standing FROM payment_lines
  UNION ALL SELECT recipient_org_id, charity_number, company_number, standing FROM grant_lines"""
_BODY_LINES = """
  SELECT body, CAST(NULL AS VARCHAR) AS name, standing FROM payment_lines
  UNION ALL SELECT body, funder_name, standing FROM grant_lines
  UNION ALL SELECT body, buyer_name, standing FROM contract_lines
  UNION ALL SELECT unnest(list_distinct([body] || coalesce(string_split(bodies, ';'), []))), NULL, standing FROM consultation_lines"""

# Charities that bear the name of a public body: most are that body, registered as a charity too.
_PUBLIC_NAMES = """
  SELECT c.organisation_id FROM registered c JOIN registered b USING (normalised_name) WHERE b.is_body AND NOT c.is_body"""


def identify(change: Change, *, catalogue: Catalogue) -> None:
    """Put `areas`, `bodies`, `links`, `organisations`, their history, yearly accounts and declared kinds from the lines and the registers of this change.

    Beside `links` stand `own_links` of one body alone, `link_candidates` and what was learned for them, and the `review_queue` of what waits for a person.

    Of the standings real and sample the one that occurs; the build refuses a mix. Example rows enter none.
    """
    standing = _standing(change)
    rules = name_rules(catalogue.vocabularies["name-rules"].terms)
    _put_areas(change, standing, catalogue)
    _put_bodies(change, standing, rules, catalogue)
    _read_companies(change, standing, catalogue)
    _read_register(change, standing, rules)
    _read_published(change, standing, rules, catalogue)
    _put_links(change, standing, rules, catalogue)
    _put_organisations(change, standing, rules, catalogue)
    _put_history(change, standing)
    _put_accounts(change, standing, catalogue)
    _put_declarations(change, standing, catalogue)


def _put_areas(change: Change, standing: str, catalogue: Catalogue) -> None:
    for table in (*places.LINES, *history.LINES, firms.LINES):
        if table not in change.after:  # no card of this catalogue fills it
            change.put_parts(table, [])
    change.put("areas", places.areas_sql(standing, catalogue.vocabularies["area-kinds"].terms))
    change.put("area_figures", places.figures_sql(standing))


def _put_history(change: Change, standing: str) -> None:
    """Public history is small: only of those whom someone was identified as, and of what they became."""
    change.con.execute(f"CREATE OR REPLACE TEMP TABLE reached AS {history.reached_sql(standing)}")
    change.put(
        "organisation_history",
        f"""SELECT * FROM ({history.lines_sql(standing, among="organisation_id IN (FROM reached)")})
        ORDER BY organisation_id, line, from_on, word, told, other_id, source_file, source_row""",
    )


def _put_accounts(change: Change, standing: str, catalogue: Catalogue) -> None:
    """The accounts of those somebody was identified as, at whatever stage."""
    among = "organisation_id IN (SELECT organisation_id FROM links WHERE organisation_id IS NOT NULL)"
    select = yearly.accounts_sql(standing, catalogue.vocabularies["size-bands"].terms, among=among)
    change.put("organisation_accounts", f"SELECT * FROM ({select}) ORDER BY organisation_id, from_on")


def _put_declarations(change: Change, standing: str, catalogue: Catalogue) -> None:
    select = declared.declarations_sql(standing, catalogue.vocabularies["declared-kinds"].terms)
    change.put("organisation_declarations", f"SELECT * FROM ({select}) ORDER BY organisation_id, declared, evidence")


def _standing(change: Change) -> str:
    row = change.con.execute(
        f"""SELECT min(standing) FROM ({_LINES}
          UNION ALL SELECT NULL, NULL, standing FROM register_names UNION ALL SELECT NULL, NULL, standing FROM consultation_lines)
        WHERE standing <> 'example'"""
    ).fetchone()
    return str(row[0]) if row and row[0] else "real"


def _put_bodies(change: Change, standing: str, rules: NameRules, catalogue: Catalogue) -> None:
    aliases: dict[str, str] = {}
    for term in catalogue.vocabularies["body-names"].terms:
        aliases.setdefault(str(term["slug"]), str(term["name"]))
    registered = [
        bodies.Body(*(str(value or "") for value in row))
        for row in change.con.execute(
            """SELECT slug, name, organisation_id, registered_on, removed_on FROM (
              SELECT slug, organisation_id, list(name ORDER BY coalesce(name_kind, 'main') <> 'main', name)[1] AS name,
                min(registered_on) AS registered_on, max(removed_on) AS removed_on
              FROM register_names WHERE slug IS NOT NULL AND standing = ? GROUP BY slug, organisation_id)
            QUALIFY row_number() OVER (PARTITION BY slug ORDER BY removed_on DESC NULLS FIRST, organisation_id, name) = 1""",
            [standing],
        ).fetchall()
    ]
    known = {body.body for body in registered}
    occurring = [
        bodies.Body(body, register_name or aliases.get(body) or published or bodies.readable(body), read_org_id(body).org_id or "")
        for body, published, register_name in change.con.execute(_occurring_sql(), [standing, standing]).fetchall()
        if body not in known
    ]
    turns = bodies.turns([*catalogue.vocabularies["body-history"].terms, *_replacements(change, standing)])
    rows = bodies.with_history([*registered, *occurring], turns, aliases)
    areas = dict(change.con.execute("SELECT body, min(area) FROM areas WHERE body IS NOT NULL GROUP BY body").fetchall())
    terms = catalogue.vocabularies["body-kinds"].terms
    for row in rows:
        row["kind"] = bodies.kind_of(bodies.Body(str(row["body"]), str(row["name"]), row["organisation_id"] or ""), terms, rules)
        row["area"] = areas.get(row["body"]) or areas.get(row["organisation_id"])
        row["standing"] = standing
    change.put_rows("bodies", rows)


def _replacements(change: Change, standing: str) -> list[dict[str, object]]:
    """What a register says replaced a body, as terms of `body-history`: one body carries the record on, several part it."""
    found = change.con.execute(
        """SELECT DISTINCT organisation_id, other_id, coalesce(CAST(happened_on AS VARCHAR), ''),
          CASE WHEN count(DISTINCT other_id) OVER (PARTITION BY organisation_id) = 1 THEN 'merged' ELSE 'split' END
        FROM register_events WHERE event = 'replaced_by' AND other_id IS NOT NULL AND standing = ? ORDER BY ALL""",
        [standing],
    ).fetchall()
    return [dict(zip(("from", "to", "on", "how"), row, strict=True)) for row in found]


def _occurring_sql() -> str:
    return f"""
SELECT l.body, list(l.name ORDER BY l.times DESC, l.name)[1], any_value(r.name)
FROM (SELECT body, name, count(*) FILTER (name IS NOT NULL) AS times FROM ({_BODY_LINES}) WHERE standing = ? AND body <> '' GROUP BY body, name) l
LEFT JOIN (SELECT organisation_id, list(name ORDER BY name_kind <> 'main', name)[1] AS name FROM register_names WHERE standing = ? GROUP BY organisation_id) r
  ON r.organisation_id = l.body
GROUP BY l.body ORDER BY l.body"""


def _read_register(change: Change, standing: str, rules: NameRules) -> None:
    """The names on the registers; of a company known to be a charity they are the charity's."""
    change.con.execute(f"""CREATE OR REPLACE TEMP TABLE registered AS
SELECT DISTINCT coalesce(t.organisation_id, r.organisation_id) AS organisation_id, {normalised_sql("r.name", rules)} AS normalised_name,
  slug IS NOT NULL AS is_body
FROM register_names r LEFT JOIN companies t ON t.company_id = r.organisation_id WHERE standing = {quoted(standing)}""")
    change.con.execute(f"CREATE OR REPLACE TEMP TABLE candidates AS {linking.candidates_sql(rules)}")


def _read_companies(change: Change, standing: str, catalogue: Catalogue) -> None:
    words = [str(term["word"]) for term in catalogue.vocabularies["missing-words"].terms]
    # A register's company number counts only as the companies register writes it: Northern Ireland's export drops letters and noughts.
    change.con.execute(f"""CREATE OR REPLACE TEMP TABLE register_companies AS
SELECT {company_org_id_sql("company_number")} AS company_id, organisation_id, name FROM register_names
WHERE standing = {quoted(standing)} AND {company_state_sql("company_number")} = 'clean'""")
    change.con.execute(f"""CREATE OR REPLACE TEMP TABLE published_numbers AS
SELECT list_distinct([{charity_org_id_sql("charity_number", words)}, CASE WHEN regexp_matches(org_id, '^GB-(CHC|SC|NIC)-') THEN org_id END]) AS charities,
  list_distinct([{company_org_id_sql("company_number", words)}, CASE WHEN starts_with(org_id, 'GB-COH-') THEN org_id END]) AS companies
FROM (SELECT DISTINCT org_id, charity_number, company_number FROM ({_NUMBERS})
  WHERE standing = {quoted(standing)} AND coalesce(org_id, charity_number, company_number) IS NOT NULL)""")
    change.con.execute(f"CREATE OR REPLACE TEMP TABLE companies AS {linking.companies_sql()}")


def _forms(catalogue: Catalogue) -> dict[str, str]:
    return {str(term["pattern"]): str(term["says"]) for term in catalogue.vocabularies["legal-forms"].terms}


def _read_published(change: Change, standing: str, rules: NameRules, catalogue: Catalogue) -> None:
    change.con.execute(f"""CREATE OR REPLACE TEMP TABLE published AS
SELECT *, {cut_sql("spelling", rules)} AS normalised_name, {firms.firm_name_sql("spelling", rules, catalogue.vocabularies["firm-forms"].terms)} AS firm_name,
  {linking.is_withheld_sql("spelling", _forms(catalogue))} AS is_withheld FROM (
  SELECT *, {spelled_sql("published_name", rules)} AS spelling FROM (
    SELECT coalesce(trim(name), '') AS published_name, coalesce(org_id, '') AS published_org_id, count(*) AS times
    FROM ({_LINES}) WHERE standing = {quoted(standing)} GROUP BY ALL))""")


def _put_links(change: Change, standing: str, rules: NameRules, catalogue: Catalogue) -> None:
    con = change.con
    con.execute("""CREATE OR REPLACE TEMP TABLE decided (published_name VARCHAR, published_org_id VARCHAR, organisation_id VARCHAR, because VARCHAR,
  probability DOUBLE, decision VARCHAR, link_stage VARCHAR)""")
    con.execute("CREATE OR REPLACE TEMP VIEW unlinked AS SELECT p.* FROM published p ANTI JOIN decided USING (published_name, published_org_id)")
    con.execute("""CREATE OR REPLACE TEMP VIEW declared AS
SELECT DISTINCT p.normalised_name, p.firm_name, d.organisation_id FROM decided d JOIN published p USING (published_name, published_org_id)
WHERE p.published_org_id <> '' AND d.organisation_id IS NOT NULL""")
    _read_register_files(change, standing)
    decided_names = settled.decided_sql(rules) if "name_decisions" in change.after else settled.NOTHING_SETTLED
    con.execute(f"CREATE OR REPLACE TEMP TABLE decided_names AS {decided_names}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE settled AS {settled.settled_sql()}")
    for stage, sql in (("none", linking.withheld_sql), *linking.STAGES.items()):
        _decide(change, stage, sql())
    con.execute(f"CREATE OR REPLACE TEMP TABLE firms AS {firms.firms_sql(standing, rules, catalogue.vocabularies['firm-forms'].terms)}")
    _decide(change, "exact", linking.firm_sql())
    put_candidates(change, standing=standing, catalogue=catalogue, public_names=_PUBLIC_NAMES)
    _decide(change, "probable", linking.probable_sql())
    con.execute(f"INSERT INTO decided BY NAME {linking.unlinked_sql()}")
    change.put("own_links", settled.own_links_sql(standing))
    _read_reached_companies(change, standing)
    change.put(
        "links",
        f"""SELECT published_name, published_org_id, p.normalised_name, d.organisation_id, d.link_stage, d.probability, d.because, d.decision,
  {settled.PAYEE.format(name="p.normalised_name", number="published_org_id")} AS payee,
  {linking.may_name_sql("p.spelling", "d.organisation_id", _forms(catalogue))} AS may_name, s.register_file, s.register_sha256
FROM published p JOIN decided d USING (published_name, published_org_id) LEFT JOIN stood_on s USING (organisation_id)
ORDER BY published_name, published_org_id""",
    )
    change.put("review_queue", settled.queue_sql(standing, has_sources="sources" in change.after))


def put_decisions(change: Change, rows: list[dict[str, Any]]) -> None:
    """Put `name_decisions`: what people decided in the office, for the links that are made next."""
    change.put_rows("name_decisions", rows)


def put_disputes(change: Change, rows: list[dict[str, Any]]) -> None:
    """Put `name_disputes`: what is disputed in the office and not settled."""
    change.put_rows("name_disputes", rows)


def mark_disputed(change: Change) -> None:
    """Put `disputed_links`: the public rows that stand on a disputed link."""
    change.put("disputed_links", disputed.disputed_sql())


def _decide(change: Change, stage: str, sql: str) -> None:
    change.con.execute(f"INSERT INTO decided BY NAME SELECT *, {quoted(stage)} AS link_stage FROM ({sql})")


def _read_register_files(change: Change, standing: str) -> None:
    """Which file of a register each organisation stands on, and which version of it: the first by name of those with its main name."""
    checksum, join = _checksums(change)
    change.con.execute(f"""CREATE OR REPLACE TEMP TABLE stood_on AS
SELECT organisation_id, register_file, {checksum} AS register_sha256
FROM (SELECT organisation_id, list(source_file ORDER BY coalesce(name_kind, 'main') <> 'main', source_file)[1] AS register_file
  FROM register_names WHERE standing = {quoted(standing)} GROUP BY organisation_id) {join}""")


def _checksums(change: Change) -> tuple[str, str]:
    """SQL of the checksum of `register_file`, and the join it needs; null where no readings are told."""
    if "readings" not in change.after:
        return "CAST(NULL AS VARCHAR)", ""
    return "r.sha256", "LEFT JOIN (SELECT source_file AS register_file, sha256 FROM readings) r USING (register_file)"


def _read_reached_companies(change: Change, standing: str) -> None:
    """`reached_companies`: the ordinary companies that are linked, with their names by the latest file; these files join those of `stood_on`."""
    change.con.execute(f"""CREATE OR REPLACE TEMP TABLE reached_companies AS
SELECT organisation_id, max_by(name, (source_file, source_row)) AS name, max(source_file) AS register_file FROM company_names
WHERE standing = {quoted(standing)} AND organisation_id IN (SELECT organisation_id FROM decided UNION ALL SELECT organisation_id FROM own_links)
  AND organisation_id NOT IN (SELECT organisation_id FROM stood_on)
GROUP BY organisation_id""")
    checksum, join = _checksums(change)
    change.con.execute(f"INSERT INTO stood_on SELECT organisation_id, register_file, {checksum} FROM reached_companies {join}")


def _put_organisations(change: Change, standing: str, rules: NameRules, catalogue: Catalogue) -> None:
    terms = {slug: catalogue.vocabularies[slug].terms for slug in ("organisation-kinds", "general-charity-exclusions", "size-bands")}
    change.put(
        "organisations",
        f"""SELECT organisation_id, name, kind, kind_because, is_voluntary,
  general.is_general AS is_general_charity, general.because AS general_charity_because,
  {kinds.size_band_sql("income", terms["size-bands"])} AS size_band, income, income_year_ends_on, on_register, other_ids, {quoted(standing)} AS standing
FROM (SELECT *, {kinds.general_charity_sql(terms["general-charity-exclusions"], rules)} AS general
FROM (SELECT *, found.kind AS kind, found.because AS kind_because, found.is_voluntary AS is_voluntary
FROM (SELECT *, {kinds.kind_sql(terms["organisation-kinds"], rules)} AS found
FROM (SELECT *, {spelled_sql("name", rules)} AS spelling, organisation_id IN ({_PUBLIC_NAMES}) AS has_public_name FROM ({_organisations_sql(standing)})))))
WHERE trim(name) <> '' AND NOT {linking.is_withheld_sql("spelling", _forms(catalogue))}
ORDER BY organisation_id""",
    )


def _organisations_sql(standing: str) -> str:
    told = f"""SELECT organisation_id, income, income_year_ends_on AS ends FROM register_names WHERE income IS NOT NULL AND standing = {quoted(standing)}
  UNION ALL SELECT organisation_id, income, year_ends_on FROM register_incomes WHERE income IS NOT NULL AND standing = {quoted(standing)}"""
    latest = f"""SELECT organisation_id, list({{'income': income, 'ends': ends}} ORDER BY ends DESC NULLS LAST, income DESC)[1] AS latest
  FROM ({told}) GROUP BY organisation_id"""
    joined = """SELECT organisation_id, string_agg(DISTINCT company_id, ';' ORDER BY company_id) AS other_ids
  FROM (SELECT organisation_id, company_id FROM register_companies UNION ALL SELECT organisation_id, company_id FROM companies) GROUP BY organisation_id"""
    return f"""
SELECT o.*, i.latest.income AS income, i.latest.ends AS income_year_ends_on, j.other_ids
FROM (SELECT organisation_id, list(name ORDER BY coalesce(name_kind, 'main') <> 'main', name)[1] AS name, min(kind) AS register_kind, true AS on_register
  FROM register_names WHERE standing = {quoted(standing)} GROUP BY organisation_id
  UNION ALL SELECT organisation_id, name, {quoted(kinds.FIRM)}, true FROM reached_companies
  UNION ALL
  SELECT l.organisation_id, list(l.published_name ORDER BY p.times DESC, l.published_name) FILTER (l.published_name <> '')[1], NULL, false
  FROM (SELECT published_name, published_org_id, organisation_id FROM links
    UNION SELECT published_name, published_org_id, organisation_id FROM own_links) l JOIN published p USING (published_name, published_org_id)
  WHERE l.organisation_id IS NOT NULL AND l.organisation_id NOT IN (SELECT organisation_id FROM stood_on)
  GROUP BY l.organisation_id) o
LEFT JOIN ({latest}) i USING (organisation_id) LEFT JOIN ({joined}) j USING (organisation_id)"""
