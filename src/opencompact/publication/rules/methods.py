"""The method page of an indicator, from its card: what is asked, of whom, by what rule, with examples worked through."""

from collections.abc import Mapping, Sequence
from typing import Any

from opencompact.registry.cards import Example, Indicator


def method_page(card: Indicator) -> str:
    """The page in Markdown, its sections in the order of the card."""
    sections = [
        f"# {card.title}",
        f"**{card.question}**",
        _section("Why it matters", card.why_it_matters),
        _section("Undertakings it tests", _bullets(card.tests)),
        _section("Unit", f"{card.unit}; better: {card.better}."),
        _section("Population", card.population),
        _section("Denominator", card.denominator),
        _section("Tables it needs", _bullets(card.needs)),
        _section("What it informs", _bullets(card.informs)),
        _section("What it leaves out", _bullets(card.excludes)),
        _section("What it assumes", _bullets(card.assumes)),
        _section("Interval", {"wilson": "Wilson score, 95 %.", "order_statistics": "Order statistics of the median, 95 %.", "none": "None."}[card.interval]),
        _section("Too few to say", f"No value is given for fewer than {card.not_enough_below} cases."),
        _section("The SELECT", f"```sql\n{card.sql.strip()}\n```"),
        _section("Worked examples", "\n\n".join(_example(example) for example in card.examples)),
        f"Version {card.version}, reviewed on {card.reviewed_on}, next review due on {card.review_due_on}.",
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n{text.strip()}" if text.strip() else ""


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _example(example: Example) -> str:
    given = [f"Given `{table}`:\n\n{_table(rows)}" for table, rows in example.given.items()]
    return "\n\n".join([f"### {example.says}", *given, f"Expected:\n\n{_table(example.expect)}"])


def _table(rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return "No rows."
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, ["---"] * len(names), *([_cell(row.get(name)) for name in names] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: Any) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")
