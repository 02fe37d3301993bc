"""Consultations of the sample country: an archive of 2009 to 2012 in two tables, and pages of 2013, 2016 and 2031 to 2034 as content items."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from opencompact.sample import consultation_words as words
from opencompact.sample.consultation_files import AMERICAN_HEADER, CORRECTIONS_HEADER, american_row, content_item, corrections_row
from opencompact.sample.consultation_wishes import ARCHIVE_WISHES, PAGE_WISHES, Consultation, Wish
from opencompact.sample.country import AFFAIRS, EXAMPLES, INSPECTORATE, LAMPS, LANTERNS, LICENSING, STATISTICS, WORKS, Body, Country
from opencompact.sample.truth import Truth
from opencompact.sample.writing import TableFile, write_json
from opencompact.values.days import TWELVE_WEEKS

AMERICAN, CORRECTIONS, PAGES = 18, 10, 32
_FAR_FUTURE = date(2231, 12, 16)
_ARCHIVE_ENDS = date(2012, 8, 1)  # all archived ones closed before the day the archive was taken
_CLOCK_FROM = date(2016, 2, 1)  # consultations from here on are due a response in 84 days


def write_consultations(folder: Path, country: Country, *, rng: random.Random, times: int, truth: Truth) -> None:
    """Write two tables and a folder of content items; the first few of each are planned, the others fall by chance."""
    american, corrections = folder / "examples-archive-2009-2012.csv", folder / "corrections-2012.csv"
    with TableFile(american, AMERICAN_HEADER) as table:
        for found in _archive(country, (EXAMPLES, AFFAIRS), AMERICAN * times, "ex", rng):
            _take_down(truth, found, american, table.write(american_row(found)), "opening_date")
    with TableFile(corrections, CORRECTIONS_HEADER, line_end="\r\n") as table:
        for found in _archive(country, (WORKS, LAMPS, STATISTICS), CORRECTIONS * times, "cor", rng):
            _take_down(truth, found, corrections, table.write(corrections_row(found)), "opening_date")
    for found in _pages(country, PAGES * times, rng):
        path = folder / "govuk" / f"{found.slug}.json"
        write_json(path, content_item(found, rng=rng))
        _take_down(truth, found, path, 1, "details.closing_date")


def _archive(country: Country, slugs: tuple[str, ...], count: int, mark: str, rng: random.Random) -> Iterator[Consultation]:
    for place in range(count):
        wish = ARCHIVE_WISHES[place] if place < len(ARCHIVE_WISHES) else _by_chance(rng, responses=("", "in_time"))
        opened = wish.opens or date(2009, 1, 5) + timedelta(days=rng.randrange((_ARCHIVE_ENDS - date(2009, 1, 5)).days - wish.days))
        yield _consultation(country.body(rng.choice(slugs)), (), wish, opened, f"{mark}-{place + 1}", rng)


def _pages(country: Country, count: int, rng: random.Random) -> Iterator[Consultation]:
    for place in range(count):
        wish = PAGE_WISHES[place] if place < len(PAGE_WISHES) else _by_chance(rng, responses=("in_time", "late", "overdue"))
        opened = wish.opens or date(2031, 1, 6) + timedelta(days=rng.randrange(700))
        bodies = [country.body(slug) for slug in (EXAMPLES, AFFAIRS, WORKS, STATISTICS, LICENSING, LANTERNS if opened >= date(2032, 10, 1) else LAMPS)]
        bodies += [country.body(INSPECTORATE)] if opened < date(2033, 4, 1) else []
        first, second = rng.sample(bodies, 2)
        yield _consultation(first, (second,) if place % 10 == 3 else (), wish, opened, f"{opened.year}-{place + 1}", rng)


def _by_chance(rng: random.Random, *, responses: tuple[str, ...]) -> Wish:
    is_short = rng.random() < 0.6
    return Wish(
        rng.randint(14, TWELVE_WEEKS - 1) if is_short else rng.randint(TWELVE_WEEKS, 100),
        explained=is_short and rng.random() < 0.45,
        response=rng.choice(responses),
        sector=rng.random() < 0.4,
        kind="call_for_evidence" if rng.random() < 0.05 else "consultation",
        says_length=rng.random() < 0.1,
    )


def _consultation(body: Body, partners: tuple[Body, ...], wish: Wish, opened: date, mark: str, rng: random.Random) -> Consultation:
    title = words.title(rng)
    closed = opened + timedelta(days=wish.days) if wish.days else _FAR_FUTURE
    sentences = words.plain(rng)
    if wish.says_length:
        sentences.append(words.length_alone(wish.days))
    if wish.explained:
        sentences.insert(1, words.reason(rng, wish.days))
    if wish.sector:
        sentences.append(words.sector(rng))
    responded = (
        {"in_time": closed + timedelta(days=rng.randint(20, 84)), "late": closed + timedelta(days=rng.randint(85, 400))}.get(wish.response)
        if wish.days
        else None
    )
    full_title = f"{title}: {words.EVIDENCE}" if wish.kind == "call_for_evidence" else title
    slug = f"sample-{title.lower().replace(' ', '-')}-{mark}"
    return Consultation(slug, body, partners, full_title, opened, closed, responded, tuple(sentences) if wish.held else (), wish)


def _take_down(truth: Truth, found: Consultation, path: Path, row: int, header: str) -> None:
    """The facts the build must find. The response clock runs for those opened since 2016 only."""
    is_short = found.days < TWELVE_WEEKS
    has_clock = found.opened_on >= _CLOCK_FROM
    truth.consultation(
        {
            "consultation_id": f"{found.body.slug}/{found.slug}",
            "source_file": truth.named(path),
            "source_row": row,
            "body": found.body.slug,
            "bodies": ";".join(body.slug for body in (found.body, *found.partners)),
            "kind": found.wish.kind,
            "opened_on": found.opened_on.isoformat(),
            "closed_on": found.closed_on.isoformat(),
            "days_open": found.days,
            "responded_on": found.responded_on.isoformat() if found.responded_on else None,
            "response_state": found.wish.response if has_clock else None,
            "short": is_short,
            "explanation": _explanation(found, is_short=is_short),
            "sector_relevant": found.wish.sector and found.wish.held,
            "spans_christmas": any(
                found.opened_on < date(year, 12, 25) <= found.closed_on for year in range(found.opened_on.year, min(found.closed_on.year, 2100) + 1)
            ),
        }
    )
    if found.closed_on == _FAR_FUTURE:
        truth.problem(path, row, "closes in the 2200s", header=header, reported=True)
    if path.suffix == ".csv":
        truth.problem(path, row, "multi-line cell", header="body", reported=False)


def _explanation(found: Consultation, *, is_short: bool) -> str:
    if not is_short:
        return "not_needed"
    if not found.wish.held:
        return "not_held"
    return "given" if found.wish.explained else "none_found"
