"""Filters and tags by which templates write values, badges and pictures."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.safestring import SafeString, mark_safe

from opencompact.web import labels, words
from opencompact.web.pictures import badges
from opencompact.web.pictures.ink import Picture

register = template.Library()
for written in (
    words.day,
    words.loose_day,
    words.money,
    words.pounds,
    words.percent,
    words.count,
    words.label,
    words.size,
    words.path,
    words.link_stage,
    words.bound,
):
    register.filter(written.__name__, written)
for named in (labels.body_kind, labels.body_kinds, labels.organisation_kind, labels.size_band):
    register.filter(named.__name__, named)


@register.filter
def plural(number: int, nouns: str) -> str:
    """`{{ 3|plural:"body,bodies" }}` is `3 bodies`."""
    return words.plural(number, *nouns.split(","))


@register.filter
def badge(verdict: str | None) -> SafeString | str:
    """The badge of a verdict; a dash in words where there is none."""
    return mark_safe(badges.badge(verdict)) if verdict in words.VERDICT_WORDS else ""  # noqa: S308 - made of our own five words


@register.filter
def shape(verdict: str) -> SafeString:
    """The shape of a verdict alone, where its word stands beside it."""
    return mark_safe(badges.icon(verdict)) if verdict in words.VERDICT_WORDS else mark_safe("")  # noqa: S308 - made of our own five words


@register.filter
def proportions(row: Mapping[str, Any]) -> SafeString:
    """The bar of a row's verdict counts."""
    return mark_safe(badges.proportions({word: row.get(word) or 0 for word in words.VERDICTS}))  # noqa: S308 - made of numbers


@register.simple_tag
def badge_symbols() -> SafeString:
    """The five shapes, once a page."""
    return mark_safe(badges.symbols())  # noqa: S308 - fixed text


@register.filter
def svg(picture: Picture) -> SafeString:
    """The drawing; the picture has escaped every text in it."""
    return mark_safe(picture.svg)  # noqa: S308 - built by pictures.ink, which escapes


@register.filter
def drawing(mark: str) -> SafeString:
    """A small drawing made of numbers alone."""
    return mark_safe(mark)  # noqa: S308 - built by pictures.ranges from numbers


@register.filter
def verdict_word(verdict: str) -> str:
    """`Cannot tell`."""
    return words.VERDICT_WORDS.get(verdict, words.label(verdict))


@register.filter
def verdict_meaning(verdict: str) -> str:
    """What the badge means, in a sentence."""
    return words.VERDICT_MEANINGS.get(verdict, "")


@register.filter
def figure(amount: float | None, unit: str) -> str:
    """A figure in its unit."""
    return words.value(amount, unit)


@register.simple_tag
def challenge(here: str, file: str | None = None, row: int | None = None) -> str:
    """The address of the page with a message about this row, ready to send."""
    asked = {"page": here, **({"file": file} if file else {}), **({"row": row} if row is not None else {})}
    return f"/challenge/?{urlencode(asked)}"


@register.simple_tag
def origin(file: str, row: int | None) -> str:
    """The address of the page about one row of a file."""
    return f"/row/?{urlencode({'file': file, 'row': row})}" if row is not None else f"/files/{words.path(file)}/"
