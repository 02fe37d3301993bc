"""Areas put together from what many files tell of each."""

from collections.abc import Iterable, Mapping

from opencompact.values.sql import quoted

LINES = ("area_lines", "area_relations", "area_figure_lines")
# GSS codes: a letter for the nation, two figures for the kind, six for the area; K is for those across nations.
_GSS = "^[EWSNKJLM][0-9]{8}$"


def areas_sql(standing: str, kinds: Iterable[Mapping[str, object]]) -> str:
    """`areas` from `area_lines` and the parts told by `area_relations`: of each code what its latest file tells."""
    prefixes = " ".join(f"WHEN {quoted(str(term['prefix']))} THEN {quoted(str(term['label']))}" for term in kinds)
    kind = f"CASE left(area, 3) {prefixes} ELSE {_latest('kind')} END" if prefixes else _latest("kind")
    above = f"SELECT area, max(other) AS parent FROM area_relations WHERE relation = 'part_of' AND regexp_matches(other, {quoted(_GSS)}) GROUP BY area"
    told = ", ".join(f"{_latest(name)} AS {name}" for name in ("name", "valid_from", "valid_to", "body", "outline", "hex_column", "hex_row"))
    return f"""
SELECT area, {told}, {kind} AS kind, coalesce({_latest("l.parent")}, any_value(p.parent)) AS parent, {quoted(standing)} AS standing
FROM area_lines l LEFT JOIN ({above}) p USING (area) WHERE standing = {quoted(standing)} AND regexp_matches(area, {quoted(_GSS)})
GROUP BY area ORDER BY area"""


def figures_sql(standing: str) -> str:
    """`area_figures` from their lines, each figure once, however many files tell it."""
    return f"""SELECT * FROM area_figure_lines WHERE standing = {quoted(standing)}
QUALIFY row_number() OVER (PARTITION BY area, measure, domain, year ORDER BY source_file, source_row) = 1 ORDER BY area, measure, domain, year"""


def _latest(column: str) -> str:
    return f"(list({column} ORDER BY vintage DESC NULLS LAST, source_file DESC, source_row) FILTER ({column} IS NOT NULL))[1]"
