"""When a likely match may not become a link: what the naming rules, the kinds of payees and the rest of the record say against it."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from opencompact.organisations.rules.matching_features import CIC, FIRM, Surroundings
from opencompact.organisations.rules.matching_index import SMALL
from opencompact.organisations.rules.matching_names import Spellings, uncoded, written_out
from opencompact.organisations.rules.names import NameRules, has_words_sql, normalised, spelled
from opencompact.values.sql import quoted

# Classes of `payee-words` that a public payee has and its look-alike on a register has not. PRIMARY stands for itself: its class, `health centre`, has
# words such as CENTRE too, which are no sign of a public body.
PUBLIC_CLASSES, PUBLIC_WORDS = frozenset({"health body", "surgery", "public", "teaching"}), frozenset({"PRIMARY"})
# What a charity beside a public body has over its name: `School Fund`, `Hospital League of Friends`. COMMUNITY is of no class.
TRADING_CLASS, GROUP_CLASS = "trading arm", "group company"  # a word of the second tells only of a firm
ANOTHER_CLASSES = frozenset({"church", "support group"})
BESIDE_CLASSES, BESIDE_WORDS = frozenset({"charity", "support group", "church"}), frozenset({"COMMUNITY"})
CHARITIES = re.compile("^GB-(CHC|SC|NIC)-")
_NEAR = 80  # letters alike, of a hundred, from which two words are one with a slip of the pen
_MOST_OVER = 0.5  # of a name's letters that may be in words the other name lacks
_LEAST_WORD = 4  # letters of a word whose beginning is enough, as where a system cut the name off


@dataclass(frozen=True)
class Words:
    """What words mean: the class of each word of `payee-words`, what `name-abbreviations` stand for, and the naming rules."""

    classes: Mapping[str, str]
    spellings: Spellings
    rules: NameRules


def held_back(payee: str, register_name: str, organisation_id: str, *, words: Words, stage: str = "compared") -> str:
    """Why a likely match is not accepted without a person, in words; empty where nothing speaks against it.

    `stage` is how the two are alike: `exact` (the same name, or the same part of both), `initials` or `compared`. The same whole name is never held back.
    Of others, what the naming rules refuse for an exact name they refuse for a likely one. Beyond that a name is not linked where each of the two has a word
    that the other lacks, where one word is all that is known of one of them, unless the one begins with the whole other, and where the one is of a public
    body, of a charity's trading company, or of a church or fund, and the other is not.
    """
    plain, theirs_plain = normalised(payee, words.rules), normalised(register_name, words.rules)
    ours, theirs = (written_out(each, words.spellings).split() for each in (plain, theirs_plain))
    joined, theirs_joined = "".join(ours), "".join(theirs)
    if stage == "exact" and joined == theirs_joined:
        return ""
    for guards, refuses in ((words.rules.never, True), (words.rules.only, False)):
        for guard in guards:
            if _found(guard.of, organisation_id) and _found(guard.pattern, plain) is refuses:
                return guard.because
    if CIC.search(spelled(payee, words.rules)) and CHARITIES.match(organisation_id):
        return "By law a community interest company cannot be a charity."
    if joined == theirs_joined or _is_cut_off(plain, theirs_plain) or stage == "initials":
        return ""
    is_firm = FIRM.search(spelled(payee, words.rules)) is not None and FIRM.search(spelled(register_name, words.rules)) is None
    is_front = stage == "exact" and (joined.startswith(theirs_joined) or theirs_joined.startswith(joined))
    doubt = ("" if is_front else _over(ours, theirs)) or _other_kind(ours, theirs, words.classes, is_firm=is_firm)
    bare = uncoded(payee) if doubt and stage == "exact" else payee
    return doubt if bare == payee else held_back(bare, register_name, organisation_id, words=words, stage=stage)


def _is_cut_off(plain: str, whole: str) -> bool:
    """Whether a name ends in the middle of the other's last word, as where a system keeps so many letters."""
    return len(plain.split()) > 1 and whole.startswith(plain) and " " not in whole[len(plain) :]


def _over(ours: list[str], theirs: list[str]) -> str:
    if min(len(ours), len(theirs)) == 1:
        return "One of the two names is a single word, and the other has more."
    mine, its = _unmatched(ours, theirs), _unmatched(theirs, ours)
    if mine and its:
        return f"Only the payee's name has {' '.join(mine)}, and only the register's {' '.join(its)}: they may be two."
    is_branch = not its and ours[: len(theirs)] == theirs
    if max(_letters(mine) / _letters(ours) if not is_branch else 0.0, _letters(its) / _letters(theirs)) > _MOST_OVER:
        return "More than half of one of the two names is not in the other."
    return ""


def _other_kind(ours: list[str], theirs: list[str], classes: Mapping[str, str], *, is_firm: bool) -> str:
    """Whether a word that one of the two has alone tells another kind of organisation."""
    mine, its = _unmatched(ours, theirs), _unmatched(theirs, ours)
    trading = [word for word in mine if classes.get(word) == TRADING_CLASS or (is_firm and classes.get(word) == GROUP_CLASS)]
    if trading:
        return f"Only the payee's name has {' '.join(trading)}: a charity's trading company is another organisation."
    public = [word for word in mine if _is_public(word, classes)]
    if public:
        return f"Only the payee's name has {' '.join(public)}: it may be a public body of a like name."
    says_so = any(classes.get(word) == "support group" or word.startswith("CHARIT") for word in ours)
    if not says_so and any(_is_public(word, classes) for word in theirs) and any(word in BESIDE_WORDS or classes.get(word) in BESIDE_CLASSES for word in its):
        return "The register's name may be that of a charity beside the payee, such as one that raises money for it."
    another = [word for word in its if classes.get(word) in ANOTHER_CLASSES]
    if another and not any(classes.get(word) in ANOTHER_CLASSES for word in ours):
        return f"Only the register's name has {' '.join(another)}: it may be a church or a fund of a like name."
    return ""


def _is_public(word: str, classes: Mapping[str, str]) -> bool:
    return word in PUBLIC_WORDS or classes.get(word) in PUBLIC_CLASSES


def _letters(words: list[str]) -> int:
    return sum(map(len, words))


def _unmatched(words: list[str], others: list[str]) -> list[str]:
    """The words that the other name lacks; a word is like one of it only where that one is not itself in this name."""
    left = [other for other in others if other not in words]
    return [word for word in words if word not in SMALL and word not in others and not any(_is_near(word, other) for other in left)]


def _is_near(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return len(short) >= _LEAST_WORD and (long.startswith(short) or fuzz.ratio(word, other) >= _NEAR)


def _found(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.ASCII) is not None


def comparable_sql() -> str:
    """The names that no number and no exact name decides, also where a person did.

    Reads `unlinked`, `published`, `decided` and `candidates`.
    """
    return """
SELECT published_name, published_org_id, normalised_name, spelling FROM unlinked
UNION ALL
SELECT p.published_name, p.published_org_id, p.normalised_name, p.spelling
FROM published p JOIN decided d USING (published_name, published_org_id)
WHERE d.link_stage = 'reviewed' AND p.normalised_name NOT IN (SELECT normalised_name FROM candidates WHERE organisation_id IS NOT NULL)"""


def asked_sql(personal: list[str]) -> str:
    """The names worth comparing: those without a number and without a person's words, in the order of the alphabet. Reads `comparable` and `firms`.

    A name that ordinary companies bear is nobody else's, even where it cannot be told which of them it is.
    """
    return f"""
SELECT DISTINCT published_name FROM comparable ANTI JOIN firms USING (published_name, published_org_id)
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
    """How many names that a number or the exact name linked stand on each register, by the letters of its list: what payers here mostly mean.

    Those that a person decided are left out, so that a decision changes nothing that other names were compared with, and firms, as names are not
    compared with ordinary companies'. Reads `decided` and `firms`.
    """
    return """
SELECT split_part(organisation_id, '-', 2) AS list, count(*) FROM decided ANTI JOIN firms USING (published_name, published_org_id)
WHERE organisation_id IS NOT NULL AND contains(organisation_id, '-') AND link_stage <> 'reviewed' GROUP BY list"""


def around(counted: Mapping[str, int]) -> Surroundings:
    """What the links of earlier stages tell of the others: the log share of each register, rounded to halves so that a few more names change none of them.

    When an organisation was registered tells nothing here, since the payments of a record are of many years.
    """
    total = sum(counted.values())
    told = {each: _halves(math.log((times + 0.5) / (total + 1.5))) for each, times in counted.items()}
    return Surroundings(told | {"": _halves(math.log(0.5 / (total + 1.5)))}, np.zeros(0, dtype=np.int64))


def _halves(log: float) -> float:
    return round(2 * log) / 2
