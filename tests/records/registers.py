"""What every plan of a register's card makes of the card's own sample, by table."""

import csv
import io
import json
from collections import defaultdict
from importlib import resources
from typing import Any

from tests.records.plans import found, records, run, table

from opencompact.registry import load_catalogue


def tidied(slug: str, *, file: str = "") -> dict[str, list[dict[str, Any]]]:
    """The rows of each table the card fills from its sample, in the order of the file."""
    card = load_catalogue().sources[slug]
    folder = resources.files("opencompact.catalogue") / "sources" / slug.replace("-", "_") / "sample"
    path = next(entry for entry in sorted(folder.iterdir(), key=lambda one: one.name) if entry.name not in ("expect.yml",) and file in entry.name)
    content = path.read_text(encoding="utf-8-sig")
    if card.format == "json":
        whole = json.loads(content)
        given = whole[card.items] if card.items else whole if isinstance(whole, list) else [whole]
        about, raw = found(slug), records(*given)
    else:
        header, *rows = csv.reader(io.StringIO(content, newline=""), delimiter="\t" if path.name.endswith(".txt") else ",")
        names = tuple(cell.strip() for cell in header)
        about, raw = found(slug, names), table(*(tuple([*row, *[""] * len(names)][: len(names)]) for row in rows))
    plans = load_catalogue().tidies[slug](about)
    made: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for plan in plans if isinstance(plans, tuple) else (plans,):
        made[plan.table or card.table] += run(plan, raw)[0]
    return dict(made)
