"""Which public rows stand on a link that somebody disputes, as SQL."""

_MONEY = (("payments", "payee_name"), ("grants", "recipient_name"), ("contracts", "supplier_name"))


def disputed_sql() -> str:
    """`disputed_links`: every row in a disputed name that is linked to the organisation it is said not to be.

    Reads `name_disputes`, `links` and the public rows. A name that is linked is shown, so the public rows bear it as it was published.
    """
    rows = " UNION ".join(
        f"""SELECT n.reference, n.organisation_id, n.received_on, '{table}' AS record, m.source_file, m.source_row
FROM {table} m JOIN names n ON n.organisation_id = m.organisation_id AND n.published_name = trim(m.{name})"""
        for table, name in _MONEY
    )
    return f"""
WITH names AS (
  SELECT DISTINCT d.reference, d.organisation_id, d.received_on, k.published_name FROM name_disputes d JOIN links k USING (normalised_name))
SELECT * FROM ({rows}) ORDER BY ALL"""
