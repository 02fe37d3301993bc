"""Peers that find names on a register, as their users put them together: exact names, rapidfuzz on names that share a rare word, TF-IDF of 3-letter
pieces, and Splink by its maintainers' advice for names of companies (shared words weighed by rarity, Jaro-Winkler, u from random pairs, m as they come)."""

import logging
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import duckdb
import numpy as np
import pyarrow as pa
from rapidfuzz import fuzz, process, utils
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

Found = list[tuple[str, float]]  # for each payee the org-id, or nothing, and a score from 0 to 1
_RARE, _LOOKED_AT = 3, 400  # words of a payee that names are looked up by, and names looked at for each


def plain(name: str) -> str:
    words = re.sub(r"[^A-Z0-9]+", " ", name.upper().replace("'", "").replace("&", " AND ")).split()
    return " ".join("LTD" if word == "LIMITED" else word for word in words if word != "THE")


def exact(register: Sequence[tuple[str, str]], names: Sequence[str]) -> Found:
    held = {plain(name): org_id for org_id, name in register}
    return [(held.get(plain(name), ""), float(plain(name) in held)) for name in names]


def rapidfuzz_blocked(register: Sequence[tuple[str, str]], names: Sequence[str]) -> Found:
    texts = [utils.default_process(name) for _, name in register]
    times = Counter(word for text in texts for word in set(text.split()))
    by_word: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for word in set(text.split()):
            by_word[word].append(place)
    found = []
    for name in names:
        text = utils.default_process(name)
        rare = sorted((word for word in set(text.split()) if word in times), key=times.__getitem__)[:_RARE]
        among = list(dict.fromkeys(place for word in rare for place in by_word[word][:_LOOKED_AT]))
        best = process.extractOne(text, [texts[place] for place in among], scorer=fuzz.token_sort_ratio)
        found.append((register[among[best[2]]][0], best[1] / 100) if best else ("", 0.0))
    return found


def tf_idf(register: Sequence[tuple[str, str]], names: Sequence[str]) -> Found:
    weighed = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), lowercase=False, dtype=np.float32)
    held = weighed.fit_transform([plain(name) for _, name in register])
    likest = sp_matmul_topn(weighed.transform([plain(name) for name in names]), held.T.tocsr(), top_n=1, threshold=0.3)
    found: Found = [("", 0.0)] * len(names)
    for row in range(len(names)):
        if likest.indptr[row] < likest.indptr[row + 1]:
            at = likest.indptr[row]
            found[row] = (register[likest.indices[at]][0], float(likest.data[at]))
    return found


_LEVELS = ((18, 0.95), (10, 0.95), (18, 0.8), (10, 0.8), (14, 0.65), (8, 0.65), (8, 0.5))  # weight of the shared words, and its least share of both names


def splink(register: Sequence[tuple[str, str]], names: Sequence[str]) -> Found:
    import splink.comparison_level_library as levels
    import splink.comparison_library as comparisons
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    texts = [plain(name) for _, name in register]
    times = Counter(word for text in texts for word in set(text.split()))
    common = "list_sum(list_transform(list_intersect(words_l, words_r), lambda w: list_extract(weights_r, list_position(words_r, w))))"
    whole = "(list_sum(weights_l) + list_sum(weights_r))"
    shared = [levels.CustomLevel(f"{common} >= {least} AND 2 * {common} >= {share} * {whole}", label_for_charts=f"{least} {share}") for least, share in _LEVELS]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            comparisons.CustomComparison(output_column_name="words", comparison_levels=[levels.NullLevel("words"), *shared, levels.ElseLevel()]),
            comparisons.JaroWinklerAtThresholds("name", [0.97, 0.93, 0.88, 0.8]).configure(term_frequency_adjustments=True),
            comparisons.ArrayIntersectAtSizes("rare", [2, 1]),
        ],
        blocking_rules_to_generate_predictions=[block_on("name"), block_on("rare", arrays_to_explode=["rare"]), block_on("start")],
        retain_matching_columns=False,
    )
    with duckdb.connect() as con:
        database = DuckDBAPI(con)
        sides = [
            database.register(_words(each, times, len(texts)), dataset_display_name=side)
            for side, each in (("payees", [plain(name) for name in names]), ("register", texts))
        ]
        linker = Linker(sides, settings, log_level=logging.ERROR)
        linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.6)
        linker.training.estimate_u_using_random_sampling(max_pairs=2e6)
        found = linker.inference.predict(threshold_match_probability=0.01)
        rows = con.execute(
            f"""SELECT payee, max_by(place, match_weight), max(match_weight) FROM (SELECT match_weight,
            CASE WHEN source_dataset_l = 'payees' THEN unique_id_l ELSE unique_id_r END AS payee,
            CASE WHEN source_dataset_l = 'payees' THEN unique_id_r ELSE unique_id_l END AS place FROM {found.physical_name}) GROUP BY payee"""
        ).fetchall()
    best = {payee: (register[place][0], weight) for payee, place, weight in rows}
    return [best.get(place, ("", 0.0)) for place in range(len(names))]


def _words(texts: Sequence[str], times: Counter[str], size: int) -> pa.Table:
    """Names with their words, rarest first, and what each weighs."""
    words = [sorted(set(text.split()), key=times.__getitem__) for text in texts]
    return pa.table(
        {
            "unique_id": range(len(texts)),
            "name": pa.array(texts, pa.string()),
            "words": pa.array(words, pa.list_(pa.string())),
            "weights": pa.array([[-math.log(max(times[word], 1) / size) for word in each] for each in words], pa.list_(pa.float64())),
            "rare": pa.array([each[:2] for each in words], pa.list_(pa.string())),
            "start": pa.array([text[:8] for text in texts], pa.string()),
        }
    )


PEERS: dict[str, Callable[[Sequence[tuple[str, str]], Sequence[str]], Found]] = {
    "exact name, normalised": exact,
    "rapidfuzz token_sort, rare words": rapidfuzz_blocked,
    "TF-IDF of 3 letters": tf_idf,
    "Splink": splink,
}
