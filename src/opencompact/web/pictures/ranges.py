"""A share with its interval as one mark on a scale from nought to all, to stand in a row of a table beside its figures."""

from opencompact.web.pictures import ink


def mark(share: float, low: float, high: float, *, whole: float | None) -> str:
    """The interval as a bar, the share as a dot, and the share of the whole kind as a dashed line."""
    parts = [ink.el("line", x1="0%", x2="100%", y1=10, y2=10, stroke=ink.LINE)]
    if whole is not None:
        parts.append(ink.el("line", x1=_at(whole), x2=_at(whole), y1=0, y2=20, stroke=ink.HIGHLIGHT, stroke_width=1.5, stroke_dasharray="3 2"))
    parts.append(ink.el("line", x1=_at(low), x2=_at(high), y1=10, y2=10, stroke=ink.CALM, stroke_width=6, stroke_opacity=0.35))
    parts.append(ink.el("circle", cx=_at(share), cy=10, r=5, fill=ink.CALM, stroke="#fff"))
    return ink.el("svg", *parts, class_="range", width="100%", height=20, aria_hidden="true")


def _at(part: float) -> str:
    return f"{2 + part * 96:.1f}%"
