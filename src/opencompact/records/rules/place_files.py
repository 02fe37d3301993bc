"""The plans for reference data of places: areas with their days and outlines, look-ups between them, and figures about them."""

from collections.abc import Mapping

from opencompact.records.rules.plan import NOTHING, Field, Found, Plan
from opencompact.records.rules.register_ids import cell, rows_or_records
from opencompact.values.sql import quoted

Term = Mapping[str, object]


@rows_or_records
def lookup_plan(found: Found) -> tuple[Plan, ...]:
    """`area_relations` from a table of two codes, and both areas where it names them, as the vocabulary `area-lookups` tells of the card."""
    term = _term(found, "area-lookups")
    area, other = cell(found, str(term["area"])), cell(found, str(term["other"])) if term["other"] else NOTHING
    name = cell(found, str(term["other_name"])) if term["other_name"] else NOTHING
    vintage = quoted(str(term["vintage"]))
    fields = (
        Field("area", area, str(term["area"]), area, "a code", "missing", required=True),
        Field("relation", quoted(str(term["relation"]))),
        Field("other", other),
        Field("name", name),
        Field("vintage", vintage),
    )
    # a code that only goes on under itself is no news
    keep = f"{area} IS DISTINCT FROM {other}" if term["relation"] == "becomes" else f"{area} IS NOT NULL" if term["may_be_empty"] else "true"
    named = [(area, str(term["area_name"])), (other, str(term["other_name"]))] if term["names_areas"] else []
    areas = [_named_area(code, cell(found, header), vintage) for code, header in named if header]
    return Plan(fields, keep=keep), *areas


def code_history_plan(found: Found) -> Plan:
    """`area_lines` from the Code History Database: every code with its days and the area above it, at the time."""
    area = cell(found, "GEOGCD")
    fields = (
        Field("area", area, "GEOGCD", area, "a code", "missing", required=True),
        Field("name", cell(found, "GEOGNM")),
        Field("parent", cell(found, "PARENTCD")),
        found.day("valid_from", "OPER_DATE"),
        found.day("valid_to", "TERM_DATE"),
    )
    return Plan(fields)


def code_changes_plan(found: Found) -> Plan:
    """`area_relations` from the changes of the Code History Database: which code an area had before."""
    area = cell(found, "GEOGCD")
    fields = (
        Field("area", area, "GEOGCD", area, "a code", "missing", required=True),
        Field("relation", "'follows'"),
        Field("other", cell(found, "GEOGCD_P")),
        Field("name", cell(found, "GEOGNM_P")),
        found.day("from_on", "OPER_DATE"),
        Field("vintage", cell(found, "YEAR")),
    )
    return Plan(fields)


def equivalents_plan(found: Found) -> Plan:
    """`area_relations` from the equivalents of the Code History Database: the codes older or other lists give the same area."""
    area = cell(found, "GEOGCD")
    headers = [header for header in found.headers if header.startswith("GEOGCD") and header != "GEOGCD"]
    listed = ", ".join(cell(found, header) for header in headers) or NOTHING
    relation = f"""SELECT source_row, area, other FROM (
      SELECT source_row, {area} AS area, unnest(list_distinct([{listed}])) AS other FROM raw)"""
    fields = (Field("area", "area", required=True), Field("relation", "'other_code'"), Field("other", "other", required=True))
    return Plan(fields, relation=relation, keep="area IS NOT NULL AND other IS NOT NULL")


def deprivation_plan(found: Found) -> Plan:
    """`area_figure_lines` of an index of deprivation: each measure of each domain a row, named by the vocabulary `deprivation`."""
    words = found.vocabularies["deprivation"].terms
    area, domain = cell(found, "area_code", "lad19cd"), cell(found, "index_domain")
    year = cell(found, "deprivation_data_year", "year")
    domains = {str(term["word"]).casefold(): str(term["becomes"]) for term in words if term["of"] == "domain"}
    measures = [(str(term["word"]), str(term["becomes"])) for term in words if term["of"] == "measure"]
    given = ", ".join(f"{{'measure': {quoted(name)}, 'told': {cell(found, header)}}}" for header, name in measures)
    told = f"SELECT *, {area} AS area, {domain} AS domain, {year} AS year FROM raw"
    relation = f"SELECT source_row, area, domain, year, unnest([{given}], recursive := true) FROM ({told})"
    return _figures(relation, domain=f"coalesce({_renamed('domain', domains)}, domain)", year="TRY_CAST(year AS BIGINT)")


def deprivation_sheet_plan(found: Found) -> Plan:
    """`area_figure_lines` of a summary sheet of the index of 2015: its headers are `domain - measure`."""
    words = found.vocabularies["deprivation"].terms
    area = cell(found, "Local Authority District code (2013)")
    measures = {str(term["word"]).casefold(): str(term["becomes"]) for term in words if term["of"] == "measure"}
    domains = {str(term["word"]).casefold(): str(term["becomes"]) for term in words if term["of"] == "domain"}
    given = []
    for header in found.headers:
        domain, _, measure = header.rpartition(" - ")
        if domain.casefold() in domains and measure.casefold() in measures:
            told = f"{{'domain': {quoted(domains[domain.casefold()])}, 'measure': {quoted(measures[measure.casefold()])}, 'told': {cell(found, header)}}}"
            given.append(told)
    relation = f"SELECT source_row, area, unnest([{', '.join(given)}], recursive := true) FROM (SELECT *, {area} AS area FROM raw)"
    return _figures(relation, domain="domain", year="2015")


@rows_or_records
def deprivation_scores_plan(found: Found) -> Plan:
    """`area_figure_lines` of average scores of the index of 2015, a column a domain."""
    words = {str(term["word"]): str(term["becomes"]) for term in found.vocabularies["deprivation"].terms if term["of"] == "score"}
    given = ", ".join(f"{{'domain': {quoted(domain)}, 'told': {cell(found, header)}}}" for header, domain in words.items())
    area = cell(found, "LAD2013_CD")
    relation = f"SELECT source_row, {area} AS area, 'deprivation-average-score' AS measure, unnest([{given}], recursive := true) FROM raw"
    return _figures(relation, domain="domain", year="2015")


def features_plan(found: Found) -> Plan:
    """`area_lines` from GeoJSON features: each area with its outline."""
    term = _term(found, "area-layers")
    code, name = (f"record ->> {quoted('$.properties.' + str(term[key]))}" for key in ("area", "name"))
    return _layer(code, name, term, ("outline", "CAST(record -> '$.geometry' AS VARCHAR)"))


def topology_plan(found: Found) -> Plan:
    """`area_lines` from TopoJSON, every layer of it: codes and names. Outlines lie there as shared arcs and are not kept."""
    term = _term(found, "area-layers")
    relation = """SELECT source_row, geometry ->> '$.properties' AS properties FROM (
      SELECT source_row, unnest(CAST(json_extract(record, '$.objects.' || layer || '.geometries') AS JSON[])) AS geometry
      FROM (SELECT source_row, record, unnest(json_keys(record, '$.objects')) AS layer FROM raw))"""
    code, name = (_either("properties", str(term[key])) for key in ("area", "name"))
    return _layer(code, name, term, relation=relation)


def hexagons_plan(found: Found) -> Plan:
    """`area_lines` from HexJSON: each area's place in a layout of hexagons."""
    relation = """SELECT source_row, code, json_extract(record, '$.hexes."' || code || '"') AS hex
      FROM (SELECT source_row, record, unnest(json_keys(record, '$.hexes')) AS code FROM raw)"""
    term = _term(found, "area-layers")
    name = "coalesce(hex ->> '$.ICS22NM', hex ->> '$.n')"
    extras = ("hex_column", "TRY_CAST(hex ->> '$.q' AS BIGINT)"), ("hex_row", "TRY_CAST(hex ->> '$.r' AS BIGINT)")
    return _layer("code", name, term, *extras, relation=relation)


def _figures(relation: str, *, domain: str, year: str) -> Plan:
    fields = (
        Field("area", "area", required=True),
        Field("measure", "measure"),
        Field("domain", domain),
        Field("year", year, required=True),
        Field("value", "TRY_CAST(told AS DOUBLE)", "figure", "told", "a number", "not_a_number", required=True),
    )
    return Plan(fields, relation=relation, keep="nullif(trim(told), '') IS NOT NULL")


def _layer(code: str, name: str, term: Term, *more: tuple[str, str], relation: str = "raw") -> Plan:
    fields = (
        Field("area", f"nullif(trim({code}), '')", str(term["area"]), code, "a code", "missing", required=True),
        Field("name", f"nullif(trim({name}), '')"),
        Field("vintage", quoted(str(term["vintage"])) if term["vintage"] else NOTHING),
        *(Field(column, sql) for column, sql in more),
    )
    return Plan(fields, relation=relation)


def _named_area(code: str, name: str, vintage: str) -> Plan:
    told = f"SELECT source_row, {code} AS area, {name} AS name FROM raw"
    fields = (Field("area", "area", required=True), Field("name", "name"), Field("vintage", vintage))
    relation = f"SELECT min(source_row) AS source_row, area, any_value(name) AS name FROM ({told}) GROUP BY area"
    return Plan(fields, relation=relation, keep="area IS NOT NULL", table="area_lines")


def _term(found: Found, vocabulary: str) -> Term:
    return next(term for term in found.vocabularies[vocabulary].terms if term["card"] == found.card.slug)


def _either(column: str, key: str) -> str:
    return f"coalesce({column} ->> {quoted('$.' + key)}, {column} ->> {quoted('$.' + key.lower())})"


def _renamed(column: str, words: Mapping[str, str]) -> str:
    whens = " ".join(f"WHEN {quoted(word)} THEN {quoted(becomes)}" for word, becomes in words.items())
    return f"CASE lower({column}) {whens} END" if whens else NOTHING
