"""The plan for files of OCDS releases, whether in packages, in records or one a line: a row for each release, to be merged by process."""

from opencompact.records.rules.plain_releases import TOLD, plain_release
from opencompact.records.rules.plan import Check, Field, Found, Plan
from opencompact.records.rules.release_fields import Record, Release

# A record holds its releases whole, or only their addresses beside the release its publisher compiled
_OF_RECORDS = """(SELECT source_row, CAST(release AS VARCHAR) AS record, CAST(NULL AS VARCHAR[]) AS told FROM (
  SELECT source_row, unnest(CASE WHEN len(json_extract(record, '$.releases[*].ocid')) > 0 THEN json_extract(record, '$.releases[*]')
    ELSE [json_extract(record, '$.compiledRelease')] END) AS release FROM raw
) WHERE release IS NOT NULL)"""


def releases_plan(found: Found) -> Plan:
    """Rows of `release_lines`; packages of records give a row for each release they hold."""
    raw = _OF_RECORDS if found.card.items == "records" else "raw"
    # where a plain release has told it as it was read, it need not be read again
    told = f"coalesce(told, json_extract_string(record, {[f'$.{name}' for name in TOLD]}))"
    fields = (
        Field("ocid", "CASE WHEN told[1][1] NOT IN ('', '{', '[') THEN told[1] END", "ocid", expected="an ocid", required=True),
        Field("release_id", "nullif(told[2], '')"),
        # the lake's clock is UTC
        Field("released_at", "CAST(TRY_CAST(told[3] AS TIMESTAMPTZ) AS TIMESTAMP)", "date", "told[3]", "an ISO instant", "no_such_date"),
        Field("tags", """nullif(translate(told[4], '[]"', ''), '')"""),
        Field("content", "CAST(hash(record) >> 1 AS BIGINT)"),
        Field("is_plain", "is_plain"),
        Field("release", "record"),
    )
    fix = "Give every release an id of its own, as the standard asks."
    checks = (Check("missing", "id", "release_id IS NULL AND ocid IS NOT NULL", "'(empty)'", "a release id", "kept", fix, plain=True),)
    relation = f"SELECT source_row, record, told IS NOT NULL AS is_plain, {told} AS told FROM {raw}"
    if found.card.items == "records":
        return Plan(fields, checks, relation, record=Record, is_of_texts=True)
    return Plan(fields, checks, relation, record=Release, plain=plain_release(), by_row=True, is_of_texts=True)
