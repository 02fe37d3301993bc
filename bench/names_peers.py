"""Peers that find names on a register, as their users put them together: exact names, rapidfuzz on names that share a rare word, TF-IDF of 3-letter
pieces, and Splink by the recipe of `opencompact organisations match --by splink`."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process, utils
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

from opencompact.organisations.actions.by_splink import plain, weights

Found = list[tuple[str, float]]  # for each payee the org-id, or nothing, and a score
_RARE, _LOOKED_AT = 3, 400  # words of a payee that names are looked up by, and names looked at for each


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


def splink(register: Sequence[tuple[str, str]], names: Sequence[str]) -> Found:
    """As `opencompact organisations match --by splink` asks it; its match weight is the score."""
    found = weights([name for _, name in register], names)
    return [(register[each[0]][0], each[1]) if each else ("", 0.0) for each in found]


PEERS: dict[str, Callable[[Sequence[tuple[str, str]], Sequence[str]], Found]] = {
    "exact name, normalised": exact,
    "rapidfuzz token_sort, rare words": rapidfuzz_blocked,
    "TF-IDF of 3 letters": tf_idf,
    "Splink": splink,
}
