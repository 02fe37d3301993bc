"""What a person typed in the search box, as a question the index can take."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")


def match_expression(text: str) -> str:
    """Every word quoted, all of them wanted, the last one a beginning; empty where there is no word.

    Only letters and digits pass, so nothing a person types is read as the index's own syntax.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    return " ".join(f'"{word}"' for word in words) + "*" if words else ""
