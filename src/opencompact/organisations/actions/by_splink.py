"""Names matched by Splink instead of the matcher of this project, by its maintainers' advice for names of companies; needs the extra `splink`.

Shared words weighed by rarity, Jaro-Winkler, the two rarest words; u from random pairs, m as they come. Splink learns from the register and the file alone.
"""

import logging
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa
import splink.comparison_level_library as levels
import splink.comparison_library as comparisons
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from opencompact.organisations.actions.matching import NO_NAME, NOT_LIKE, Match, Payee, by_number, shipped_scorer
from opencompact.organisations.actions.matching_entries import Entry
from opencompact.organisations.rules.matching_scorer import ACCEPTED, NONE, REVIEW

STAGE = "splink"
Found = list[tuple[int, float] | None]  # for each payee the place of the register's name and Splink's match weight, a log of odds to base 2
_SEED = 1  # of the random pairs, so that the same files give the same answers
_MOST_PAIRS = 2e6
_RECALL, _MOST_PRIOR = 0.6, 0.9  # of true pairs, how many have the same name; the prior of a register and a file of a few names
_LEAST = 0.01  # pairs less likely are not looked at
# Weight of the shared words, and its least share of both names.
_LEVELS = ((18, 0.95), (10, 0.95), (18, 0.8), (10, 0.8), (14, 0.65), (8, 0.65), (8, 0.5))
_BEST = """SELECT payee, arg_max(place, (match_weight, -place)), max(match_weight) FROM (SELECT match_weight,
  CASE WHEN source_dataset_l = 'payees' THEN unique_id_l ELSE unique_id_r END AS payee,
  CASE WHEN source_dataset_l = 'payees' THEN unique_id_r ELSE unique_id_l END AS place FROM {found}) GROUP BY payee"""


def match_by_splink(entries: Sequence[Entry], payees: Sequence[Payee]) -> list[Match]:
    """A match for each payee, in order, by its number or else by Splink; accepted and to review from the thresholds of the scorer shipped.

    Splink compares names alone: postcodes and contexts are not heeded.
    """
    names: dict[str, str] = {}
    for entry in entries:
        names.setdefault(entry.organisation, entry.name)
    numbered = {payee: by_number(payee, names) for payee in dict.fromkeys(payees)}
    asked = list(dict.fromkeys(payee.name for payee, match in numbered.items() if match is None))
    found = dict(zip(asked, weights([entry.name for entry in entries], asked), strict=True))
    return [numbered[payee] or _match(payee.name, found[payee.name], entries) for payee in payees]


def weights(register: Sequence[str], names: Sequence[str]) -> Found:
    """For each name the likeliest of the register and its weight; None where none is near."""
    texts, asked = [plain(name) for name in register], [plain(name) for name in names]
    if not any(texts) or not any(asked):
        return [None] * len(names)
    times = Counter(word for text in texts for word in set(text.split()))
    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        database = DuckDBAPI(con)
        sides = [database.register(_words(each, times, len(texts)), dataset_display_name=side) for side, each in (("payees", asked), ("register", texts))]
        linker = Linker(sides, _settings(_prior(texts, asked)), log_level=logging.ERROR)
        con.execute("SET threads = 1")  # DuckDB draws the same pairs from the same seed on one thread alone
        linker.training.estimate_u_using_random_sampling(max_pairs=_MOST_PAIRS, seed=_SEED)
        con.execute("RESET threads")
        found = linker.inference.predict(threshold_match_probability=_LEAST)
        rows = con.execute(_BEST.format(found=found.physical_name)).fetchall()
    best: Mapping[int, tuple[int, float]] = {payee: (place, weight) for payee, place, weight in rows}
    return [best.get(place) for place in range(len(names))]


def plain(name: str) -> str:
    """A name as it is compared here: capitals, no punctuation, LTD and AND, no THE."""
    words = re.sub(r"[^A-Z0-9]+", " ", name.upper().replace("'", "").replace("&", " AND ")).split()
    return " ".join("LTD" if word == "LIMITED" else word for word in words if word != "THE")


def _prior(texts: Sequence[str], asked: Sequence[str]) -> float:
    """The share of all pairs that are of one organisation, from those of the same name, as Splink reckons it; half a pair where there is none."""
    borne = Counter(text for text in texts if text)
    same = sum(borne[name] for name in asked)
    return min(max(same, 0.5) / _RECALL / (len(texts) * len(asked)), _MOST_PRIOR)


def _settings(prior: float) -> SettingsCreator:
    common = "list_sum(list_transform(list_intersect(words_l, words_r), lambda w: list_extract(weights_r, list_position(words_r, w))))"
    whole = "(list_sum(weights_l) + list_sum(weights_r))"
    shared = [levels.CustomLevel(f"{common} >= {least} AND 2 * {common} >= {share} * {whole}", label_for_charts=f"{least} {share}") for least, share in _LEVELS]
    return SettingsCreator(
        link_type="link_only",
        probability_two_random_records_match=prior,
        comparisons=[
            comparisons.CustomComparison(output_column_name="words", comparison_levels=[levels.NullLevel("words"), *shared, levels.ElseLevel()]),
            comparisons.JaroWinklerAtThresholds("name", [0.97, 0.93, 0.88, 0.8]).configure(term_frequency_adjustments=True),
            comparisons.ArrayIntersectAtSizes("rare", [2, 1]),
        ],
        blocking_rules_to_generate_predictions=[block_on("name"), block_on("rare", arrays_to_explode=["rare"]), block_on("start")],
        retain_matching_columns=False,
    )


def _words(texts: Sequence[str], times: Mapping[str, int], size: int) -> pa.Table:
    """Names with their words, rarest first, and what each weighs."""
    words = [sorted(dict.fromkeys(text.split()), key=lambda word: (times.get(word, 0), word)) for text in texts]
    return pa.table(
        {
            "unique_id": range(len(texts)),
            "name": pa.array([text or None for text in texts], pa.string()),
            "words": pa.array(words, pa.list_(pa.string())),
            "weights": pa.array([[-math.log(max(times.get(word, 0), 1) / size) for word in each] for each in words], pa.list_(pa.float64())),
            "rare": pa.array([each[:2] for each in words], pa.list_(pa.string())),
            "start": pa.array([text[:8] or None for text in texts], pa.string()),
        }
    )


def _match(name: str, found: tuple[int, float] | None, entries: Sequence[Entry]) -> Match:
    if found is None:
        return Match(why=NOT_LIKE if plain(name) else NO_NAME)
    place, weight = found
    entry, scores, probability = entries[place], shipped_scorer(), round(1 / (1 + 2**-weight), 4)
    word = scores.word(probability)
    bar = {ACCEPTED: "", REVIEW: f" Below {scores.accept:.2f}, so a person decides.", NONE: f" Below {scores.review:.2f}: not identified."}[word]
    why = f"By Splink: match weight {weight:.2f} for {plain(entry.name)}.{bar}"
    if word == NONE:
        return Match("", "", probability, NONE, "none", why)
    return Match(entry.same_as or entry.organisation, entry.name, probability, word, STAGE, why)
