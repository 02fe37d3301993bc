"""The five verdicts as shapes: filled circle, half circle, open triangle, dash, hatched question mark; each readable in grey."""

from opencompact.web.pictures import ink
from opencompact.web.words import VERDICT_WORDS

MET, EXPLAINED, UNEXPLAINED, APART, UNKNOWN = "#0b5d7a", "#5b4a8a", "#a63d06", "#4d5a63", "#1d2b33"
COLOURS = {"met": MET, "explained": EXPLAINED, "unexplained": UNEXPLAINED, "not_applicable": APART, "cannot_tell": UNKNOWN}


def symbols() -> str:
    """All five shapes once a page, to be drawn with `use`."""
    drawn = "".join(ink.el("symbol", shape, id=f"v-{word}", viewBox="0 0 20 20") for word, shape in _shapes().items())
    return ink.el("svg", ink.hatch("badge", colour=UNKNOWN), drawn, width=0, height=0, aria_hidden="true", class_="symbols")


def icon(verdict: str) -> str:
    """The shape alone; the word must stand beside it."""
    return ink.el("svg", ink.el("use", href=f"#v-{verdict}"), class_="verdict-shape", width=20, height=20, aria_hidden="true")


def badge(verdict: str) -> str:
    """Shape and word."""
    return ink.el("span", icon(verdict), VERDICT_WORDS[verdict], class_=f"verdict verdict-{verdict.replace('_', '-')}")


def proportions(counts: dict[str, int]) -> str:
    """A bar of the verdicts of several cases, in their order, drawn to fill its box; its figures must stand beside it."""
    total = sum(counts.values()) or 1
    start, parts = 0.0, []
    for word, colour in COLOURS.items():
        wide = 100 * counts.get(word, 0) / total
        if wide:
            fill = "url(#hatch-badge)" if word == "cannot_tell" else colour
            parts.append(ink.el("rect", x=f"{start:.2f}%", width=f"{wide:.2f}%", y=0, height="100%", fill=fill, stroke=colour, stroke_width=0.5))
        start += wide
    return ink.el("svg", *parts, class_="proportions", width="100%", height=8, aria_hidden="true")


def _shapes() -> dict[str, str]:
    ring: ink.Attributes = {"cx": 10.0, "cy": 10.0, "r": 7.5}
    mark = ink.el("path", d="M7 8a3 3 0 1 1 4.4 2.6c-1 .6-1.4 1-1.4 2.2", fill="none", stroke="#fff", stroke_width=5, stroke_linecap="round")
    return {
        "met": ink.el("circle", fill=MET, **ring),
        "explained": ink.el("circle", fill="#fff", stroke=EXPLAINED, stroke_width=2, **ring) + ink.el("path", d="M10 2.5a7.5 7.5 0 0 0 0 15z", fill=EXPLAINED),
        "unexplained": ink.el("path", d="M10 2.6 18 17H2z", fill="#fff", stroke=UNEXPLAINED, stroke_width=2.4, stroke_linejoin="round"),
        "not_applicable": ink.el("path", d="M3 10h14", stroke=APART, stroke_width=3.4),
        "cannot_tell": ink.el("rect", x=1, y=1, width=18, height=18, fill="url(#hatch-badge)", stroke=UNKNOWN, stroke_width=1.5)
        + mark
        + mark.replace('stroke="#fff" stroke-width="5"', f'stroke="{UNKNOWN}" stroke-width="2.4"')
        + ink.el("circle", cx=10, cy=16, r=1.6, fill=UNKNOWN, stroke="#fff", stroke_width=0.6),
    }
