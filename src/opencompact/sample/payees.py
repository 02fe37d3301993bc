"""Who is paid: charities by number or by name, firms, people, public bodies, and names that no record can tell apart."""

import random
from itertools import islice

from opencompact.sample import names
from opencompact.sample.country import CHARITIES_A_SCALE, Charity, Country, Firm
from opencompact.sample.truth import Payee

_REDACTED = ("REDACTED PERSONAL DATA", "DETAILS REDACTED")
_STRAY_NUMBERS = ("19712R", "198", "see website")


def anyone(country: Country, *, rng: random.Random, numbers: bool) -> Payee:
    """A payee by chance; `numbers` says whether the file has columns for numbers."""
    chance = rng.random()
    if chance < 0.34:
        return charity(country, rng=rng, by_number=numbers and rng.random() < 0.6)
    if chance < 0.48 and numbers:
        return firm(country, rng=rng)
    if chance < 0.72:
        return named_firm(rng.choice(country.other_firms))
    if chance < 0.86:
        return person(rng=rng)
    if chance < 0.90:
        return public_body(country, rng=rng)
    if chance < 0.93:
        return twin(country, rng=rng, by_number=numbers and rng.random() < 0.3)
    if chance < 0.95:
        return damaged(country, rng=rng)
    if chance < 0.965:
        return lookalike(country, rng=rng)
    return Payee(rng.choice(_REDACTED)) if chance < 0.98 else Payee(names.unregistered_group(rng))


def charity(country: Country, *, rng: random.Random, by_number: bool) -> Payee:
    """A charity under any of its names in any dress, with its numbers or by its name alone."""
    found = rng.choice(country.charities) if by_number else _english(country, rng)
    return as_payee(found, names.disguised(rng.choice(found.names), rng=rng), by_number=by_number)


def as_payee(found: Charity, name: str, *, by_number: bool) -> Payee:
    """That charity under that name."""
    if by_number:
        return Payee(name, found.org_id, "identifier", found.number, found.company_number)
    return Payee(name, found.org_id, "exact")


def damaged(country: Country, *, rng: random.Random) -> Payee:
    """A charity under a name that a system cut off, ran together or misspelled: only likeness can tell."""
    found = _english(country, rng)
    return Payee(names.damaged(found.names[0], rng=rng), found.org_id, "probable")


def lookalike(country: Country, *, rng: random.Random) -> Payee:
    """A group on no register, of the place of a charity and of its form, with another cause."""
    return Payee(names.lookalike(_english(country, rng).names[0], rng=rng))


def badly_numbered(country: Country, *, rng: random.Random) -> Payee:
    """A charity with something in the number column that is no charity number: its name alone can tell."""
    found = _english(country, rng)
    return Payee(found.names[0], found.org_id, "exact", rng.choice(_STRAY_NUMBERS))


def dressed(country: Country, dress: str, *, rng: random.Random) -> Payee:
    """A charity by name, written as one dress of ledgers has it: capitals, `Ltd`, without `The`, `and` for `&`."""
    old, new = {"Ltd for Limited": ("Limited", "Ltd"), "without The": ("The ", ""), "and for &": (" & ", " and ")}.get(dress, ("", ""))
    some = islice(country.charities, CHARITIES_A_SCALE)
    found = rng.choice([charity for charity in some if old in charity.names[0] and charity.org_id.startswith("GB-CHC-")])
    name = found.names[0].replace(old, new, 1) if old else found.names[0].upper()
    return as_payee(found, name, by_number=False)


def person(*, rng: random.Random) -> Payee:
    """A person, whom no register knows and no page may name."""
    return Payee(names.person(rng))


def firm(country: Country, *, rng: random.Random) -> Payee:
    """A firm with its company number."""
    name, number = rng.choice(country.numbered_firms)
    return Payee(name, f"GB-COH-{number}", "identifier", company_number=number)


def named_firm(firm: Firm, *, company_number: str = "") -> Payee:
    """A firm by its name alone, which tells it unless another company bears the same."""
    known = ("", "none") if firm.is_one_of_several else (f"GB-COH-{firm.number}", "exact")
    return Payee(firm.name, *known, company_number=company_number)


def twin(country: Country, *, rng: random.Random, by_number: bool) -> Payee:
    """One of two charities of the same name: only its number tells which."""
    found = rng.choice(country.twins)
    return as_payee(found, found.names[0], by_number=True) if by_number else Payee(names.disguised(found.names[0], rng=rng))


def public_body(country: Country, *, rng: random.Random) -> Payee:
    """A public body under its name on the register of government organisations."""
    body = rng.choice(country.bodies)
    return Payee(rng.choice((body.name, body.name.upper())), f"GB-GOR-{body.key}", "exact")


def _english(country: Country, rng: random.Random) -> Charity:
    """A charity of England and Wales: an English payer who gives no number may mean somebody else by a name of Scotland's or Northern Ireland's register."""
    while not (found := rng.choice(country.charities)).org_id.startswith("GB-CHC-"):
        pass
    return found
