"""The sample country itself: its public bodies, charities and companies, for every file to draw on."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from opencompact.sample import names

TODAY = "2034-07-01"
WEB = "https://www.sample.example"
CHARITIES_A_SCALE = 330
TWINS = 6
_FIRMS = 150
_MOST_OF_A_NATION = 900


@dataclass(frozen=True)
class Body:
    """A public body. `key` is its entry on the register of government organisations; days are ISO or empty."""

    slug: str
    name: str
    kind: str
    key: str
    started_on: str = ""
    ended_on: str = ""
    successors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Charity:
    """A registered charity: its org-id, the names on the register (main first) and a company number where it is a company too."""

    org_id: str
    names: tuple[str, ...]
    company_number: str = ""

    @property
    def number(self) -> str:
        """The number as a publisher writes it in a charity number column; Northern Ireland's with its NIC."""
        return self.org_id.replace("GB-NIC-", "NIC").rsplit("-", 1)[-1]


@dataclass(frozen=True)
class Charities:
    """So many charities, each made when it is asked for: none is held in memory. `start` is where their names begin."""

    count: int
    start: int

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Charity]:
        return (_charity(place, self.count, self.start) for place in range(self.count))

    def __getitem__(self, place: int) -> Charity:
        if not 0 <= place < self.count:
            raise IndexError(place)
        return _charity(place, self.count, self.start)


@dataclass(frozen=True)
class Firm:
    """A firm that is paid by its name alone, with its company number; `namesakes` are the numbers of companies of the same name.

    They are dissolved, so that the name is the firm's, unless it `is_one_of_several`: then the name alone cannot tell which it is.
    """

    name: str
    number: str
    namesakes: tuple[str, ...] = ()
    is_one_of_several: bool = False


@dataclass(frozen=True)
class Country:
    """Everyone who may pay or be paid. `twins` are charities that share a name with one other charity, so a name alone cannot tell them."""

    bodies: tuple[Body, ...]
    charities: Charities
    twins: tuple[Charity, ...]
    numbered_firms: tuple[tuple[str, str], ...]
    other_firms: tuple[Firm, ...]

    def body(self, slug: str) -> Body:
        """The body of that slug; raises StopIteration for none."""
        return next(body for body in self.bodies if body.slug == slug)


EXAMPLES, AFFAIRS, WORKS = "sample-department-of-examples", "sample-department-for-invented-affairs", "sample-ministry-of-plausible-works"
STATISTICS, LANTERNS, LAMPS = "sample-office-for-pretend-statistics", "sample-department-for-rivers-and-lanterns", "sample-department-for-rivers-and-lamps"
LICENSING, INSPECTORATE, STANDARDS = "sample-lantern-licensing-agency", "sample-quillbrook-rail-inspectorate", "sample-made-up-standards-agency"
VARROWMERE, WEXELWICK, ULMERSHOLT = "sample-borough-of-varrowmere", "sample-city-of-wexelwick", "sample-district-of-ulmersholt"

BODIES = (
    Body(EXAMPLES, "Department of Examples", "department", "D9801"),
    Body(AFFAIRS, "Department for Invented Affairs", "department", "D9802"),
    Body(WORKS, "Ministry of Plausible Works", "department", "D9803"),
    Body(STATISTICS, "Office for Pretend Statistics", "department", "D9804"),
    Body(LANTERNS, "Department for Rivers and Lanterns", "department", "D9805", started_on="2032-10-01"),
    Body(LAMPS, "Department for Rivers and Lamps", "department", "D9806", ended_on="2032-09-30", successors=(LANTERNS,)),
    Body(LICENSING, "Lantern Licensing Agency", "agency", "EA9801"),
    Body(INSPECTORATE, "Quillbrook Rail Inspectorate", "agency", "EA9802", ended_on="2033-03-31", successors=(STANDARDS,)),
    Body(STANDARDS, "Made-up Standards Agency", "agency", "EA9803", started_on="2031"),
    Body(VARROWMERE, "Varrowmere Borough Council", "council", "OT9801"),
    Body(WEXELWICK, "Wexelwick City Council", "council", "OT9802"),
    Body(ULMERSHOLT, "Ulmersholt District Council", "council", "OT9803"),
)


def settle(rng: random.Random, *, charities: int) -> Country:
    """The country with so many charities; the same bodies and firms whatever its size."""
    firms: dict[str, str] = {}
    while len(firms) < 2 * _FIRMS:
        firms.setdefault(names.key(firm := names.firm(rng)), firm)
    people = Charities(charities, rng.randrange(names.NAMES))
    twins = [
        Charity(england(charities + 2 * pair + one), (names.charity(2 * charities + pair, start=people.start),)) for pair in range(TWINS) for one in (0, 1)
    ]
    spread = list(firms.values())
    numbered = tuple((name, f"98{place:06}") for place, name in enumerate(spread[:_FIRMS], start=100_000))
    return Country(BODIES, people, tuple(twins), numbered, tuple(_firm(name, place) for place, name in enumerate(spread[_FIRMS:])))


def _firm(name: str, place: int) -> Firm:
    """One in 25 has a dissolved company of its name beside it, one in 50 a living one."""
    is_one_of_several = place % 50 == 7
    namesakes = (f"98{300_000 + place}",) if is_one_of_several or place % 25 == 3 else ()
    return Firm(name, f"98{200_000 + place}", namesakes, is_one_of_several)


def england(place: int) -> str:
    """An org-id with an E&W number that is not issued: seven digits from 1,900,000 up, then from 1,800,000 and so on, far above those issued."""
    block, step = divmod(place, 100_000)
    return f"GB-CHC-{1_900_000 - 100_000 * block + step * 7919 % 100_000}"


@lru_cache(maxsize=4096)
def _charity(place: int, count: int, start: int) -> Charity:
    """The charity of that place among so many; one in ten has a second name, numbered after all first ones."""
    main = names.charity(place, start=start)
    nation, nth = place % 10, place // 10
    if nation == 8 and nth < _MOST_OF_A_NATION:
        return Charity(f"GB-NIC-{198_000 + nth}", (main,))
    held = (main, names.charity(count + place, start=start)) if place * 7919 % 97 < 10 else (main,)
    if nation == 9 and nth < _MOST_OF_A_NATION:
        return Charity(f"GB-SC-SC{98_000 + nth:06}", held)
    return Charity(england(place), held, f"98{500_000 + place:06}" if main.endswith("Limited") and place < 400_000 else "")
