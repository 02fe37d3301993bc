"""When a likely match may not become a link: what the naming rules, the kinds of payees and the rest of the record say against it."""

import math
import re
from collections.abc import Mapping

from opencompact.organisations.rules.names import NameRules, has_words_sql, normalised
from opencompact.values.sql import quoted

# Classes of `payee-words` that a public payee has and its look-alike on a register has not.
PUBLIC_CLASSES = frozenset({"health", "public"})


def held_back(payee: str, register_name: str, organisation_id: str, *, rules: NameRules, classes: Mapping[str, str]) -> str:
    """Why a likely match is not accepted without a person, in words; empty where nothing speaks against it.

    `classes` gives the class of a word of `payee-words`.
    """
    ours, theirs = normalised(payee, rules), normalised(register_name, rules)
    for guards, refuses in ((rules.never, True), (rules.only, False)):
        for guard in guards:
            if _found(guard.of, organisation_id) and _found(guard.pattern, ours) is refuses:
                return guard.because
    over = sorted(word for word in set(ours.split()) - set(theirs.split()) if classes.get(word) in PUBLIC_CLASSES)
    return f"The payee's name says {' and '.join(over)}, and the register's does not: it may be a public body of a like name." if over else ""


def _found(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.ASCII) is not None


def asked_sql(personal: list[str]) -> str:
    """The names worth comparing: those no earlier stage decided, without a person's words, in the order of the alphabet. Reads `unlinked`."""
    return f"""
SELECT DISTINCT published_name FROM unlinked
WHERE normalised_name <> '' AND published_org_id = '' AND NOT {has_words_sql("spelling", personal)} ORDER BY published_name"""


def entries_sql(standing: str, *, most: int) -> str:
    """The register's names to compare with: org-id, name and the org-id that stands for it, in a fixed order. Reads `register_names` and `twins`.

    Beyond `most` names those of companies are left out whose rarest word stands in no name that is asked for (`asked`), so that the register of every
    company fits into memory; what they share with a payee would be common words alone.
    """
    held = f"SELECT DISTINCT organisation_id, name FROM register_names WHERE standing = {quoted(standing)} AND trim(name) <> ''"
    words = "string_split(regexp_replace(upper(name), '[^A-Z0-9 ]', '', 'g'), ' ')"
    return f"""
WITH held AS ({held}),
few AS (SELECT count(*) <= {most} AS is_few FROM held),
words AS (SELECT organisation_id, name, unnest({words}) AS word FROM held, few WHERE NOT is_few AND starts_with(organisation_id, 'GB-COH-')),
times AS (SELECT word, count(*) AS times FROM words WHERE word <> '' GROUP BY word),
rarest AS (SELECT organisation_id, name, min_by(word, (times, word)) AS word FROM words JOIN times USING (word) GROUP BY ALL),
said AS (SELECT DISTINCT unnest({words.replace("(name)", "(published_name)")}) AS word FROM asked),
kept AS (
  SELECT organisation_id, name FROM held, few WHERE is_few OR NOT starts_with(organisation_id, 'GB-COH-')
  UNION ALL SELECT organisation_id, name FROM rarest WHERE word IN (FROM said))
SELECT k.organisation_id, k.name, coalesce(t.stands, '') FROM kept k LEFT JOIN twins t USING (organisation_id) ORDER BY ALL"""


def twins_sql(numbers: str) -> str:
    """For each org-id that is another number of an organisation, the one that stands for both. Reads `companies`; `numbers` is `register_numbers`."""
    return f"""
SELECT organisation_id, min(stands) AS stands FROM (
  SELECT company_id AS organisation_id, organisation_id AS stands FROM companies
  UNION ALL SELECT other_id, organisation_id FROM {numbers} WHERE other_id IS NOT NULL AND relation IN ('company', 'cio_twin', 'dual_registered', 'same_as'))
WHERE organisation_id <> stands GROUP BY organisation_id"""


def shares_sql() -> str:
    """How many names that an earlier stage linked stand on each register, by the letters of its list: what payers here mostly mean. Reads `decided`."""
    return """
SELECT split_part(organisation_id, '-', 2) AS list, count(*) FROM decided WHERE organisation_id IS NOT NULL AND contains(organisation_id, '-') GROUP BY list"""


def shares(counted: Mapping[str, int]) -> dict[str, float]:
    """The log share of each register, rounded to halves so that a few more names change none of them; `""` is that of a register that occurs nowhere."""
    total = sum(counted.values())
    told = {each: _halves(math.log((times + 0.5) / (total + 1.5))) for each, times in counted.items()}
    return told | {"": _halves(math.log(0.5 / (total + 1.5)))}


def _halves(log: float) -> float:
    return round(2 * log) / 2
