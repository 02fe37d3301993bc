"""50,000 payees found on a register of 300,000 organisations, and of 600,000; the peers beside it."""

import csv
import random
from pathlib import Path

from bench.invented_noise import noisy

PAYEES, ORGANISATIONS = 50_000, 300_000
CASES = {
    "50,000 payees against 300,000 organisations": ["ours_match", "ours_index", "peer_rapidfuzz_blocked", "peer_tf_idf", "peer_splink"],
    "the same against 600,000": ["ours_match_double", "ours_index_double"],
}
_PLACES, _SURNAMES = 9_000, 6_000
_FORMS = (
    "{place} Parochial Church Council", "{number} {place} Scout Group", "{place} {school} School PTA", "{place} Village Hall", "{place} {cause} Trust",
    "The {surname} Family Charitable Trust", "Friends of {place} {cause}", "{place} Citizens Advice Bureau", "{place} {cause} Limited",
    "{surname} {cause} Community Interest Company", "{place} and {other} {cause} Association",
)  # fmt: skip
_CAUSES = (
    "Carers",
    "Youth Club",
    "Music Society",
    "Hospice",
    "Museum",
    "Allotments",
    "Theatre",
    "Animal Rescue",
    "Food Bank",
    "Playgroup",
    "Credit",
    "Housing",
)
_BEGIN = ("Br", "Cl", "D", "Dr", "F", "G", "Gr", "H", "K", "L", "M", "N", "P", "Pl", "R", "S", "Sh", "St", "T", "Th", "Tr", "W", "Wh")
_END = ("ham", "ton", "wick", "ford", "ley", "worth", "bury", "combe", "stead", "thorpe", "by", "field")


def prepare(folder: Path) -> None:
    chance = random.Random(2031)
    places, surnames = (sorted({_word(chance) for _ in range(3 * many)})[:many] for many in (_PLACES, _SURNAMES))
    rows = [(f"GB-CHC-{1_000_000 + number}", _name(chance, places, surnames)) for number in range(2 * ORGANISATIONS)]
    more = [(org_id, _name(chance, places, surnames)) for org_id, _ in rows if chance.random() < 0.18]
    held = [(org_id, name) for org_id, name in rows + more if int(org_id.rsplit("-", 1)[1]) < 1_000_000 + ORGANISATIONS]
    _write(folder / "names-register.csv", ("org_id", "name"), held)
    _write(folder / "names-register-double.csv", ("org_id", "name"), rows + more)
    payees = [(noisy(chance.choice(held)[1], chance) if chance.random() < 0.8 else _name(chance, places, surnames).upper(),) for _ in range(PAYEES)]
    _write(folder / "names-payees.csv", ("name",), payees)


def _word(chance: random.Random) -> str:
    return chance.choice(_BEGIN) + chance.choice("aeiou") + chance.choice("bdgklmnprstvxz") + chance.choice(("", "er", "in", "en", "ow")) + chance.choice(_END)


def _name(chance: random.Random, places: list[str], surnames: list[str]) -> str:
    place, other = chance.choice(places), chance.choice(places)
    number, school = f"{chance.randrange(1, 60)}th", chance.choice(("Primary", "Junior", "Infant", "Church"))
    return chance.choice(_FORMS).format(place=place, other=other, surname=chance.choice(surnames), cause=chance.choice(_CAUSES), number=number, school=school)


def _write(path: Path, header: tuple[str, ...], rows: list) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def _ours(folder: Path, register: str, payees: int) -> None:
    from opencompact.organisations.actions.matching import Payee, matcher
    from opencompact.organisations.actions.matching_entries import Entry

    held = matcher([Entry(org_id, name) for org_id, name in _read(folder / register)])
    if payees:
        held.match([Payee(name) for (name,) in _read(folder / "names-payees.csv")])


def ours_match(folder: Path) -> None:
    _ours(folder, "names-register.csv", PAYEES)


def ours_index(folder: Path) -> None:
    _ours(folder, "names-register.csv", 0)


def ours_match_double(folder: Path) -> None:
    _ours(folder, "names-register-double.csv", PAYEES)


def ours_index_double(folder: Path) -> None:
    _ours(folder, "names-register-double.csv", 0)


def _peer(folder: Path, name: str) -> None:
    from bench import names_peers

    register = [(org_id, text) for org_id, text in _read(folder / "names-register.csv")]
    getattr(names_peers, name)(register, [text for (text,) in _read(folder / "names-payees.csv")])


def peer_rapidfuzz_blocked(folder: Path) -> None:
    _peer(folder, "rapidfuzz_blocked")


def peer_tf_idf(folder: Path) -> None:
    _peer(folder, "tf_idf")


def peer_splink(folder: Path) -> None:
    _peer(folder, "splink")
