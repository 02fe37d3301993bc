"""An invented register with payees whose truth is planted: a row for each kind of noise, and payees that are not on the register."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from bench.invented_noise import look_alike
from opencompact.sample import names

SHARE_IN, SHARE_WITHHELD = 0.8, 0.1  # of the payees, on the register and of the same makers but not on it; the rest are firms, people
ORGANISATIONS, WITHHELD, PAYEES = 12_000, 1_600, 3_000
_SHORTER = {
    "TRUST": "TST",
    "ASSOCIATION": "ASSOC",
    "SOCIETY": "SOC",
    "COMMUNITY": "COMM",
    "CENTRE": "CTR",
    "FUND": "FND",
    "PROJECT": "PROJ",
    "NETWORK": "NETWK",
}
Noise = Callable[[str, random.Random], str]


@dataclass(frozen=True)
class Planted:
    """A register of (org_id, name), and payees: the name as written, the org-id it is of or nothing, the kind of noise, and a postcode or nothing."""

    register: list[tuple[str, str, str]]
    payees: list[tuple[str, str, str, str]]


def planted(seed: int) -> Planted:
    chance = random.Random(seed)
    start = chance.randrange(names.NAMES)
    makers = [_name(number, start, chance) for number in range(ORGANISATIONS + WITHHELD)]
    postcodes = [
        f"{chance.choice('ABCDEFG')}{chance.choice('LNST')}{chance.randrange(1, 30)} {chance.randrange(1, 10)}{chance.choice('ABDEF')}{chance.choice('HJLN')}"
        for _ in makers
    ]
    ids = [f"GB-CHC-{1_900_000 + number}" for number in range(len(makers))]
    register = [(ids[place], makers[place], postcodes[place]) for place in range(ORGANISATIONS)]
    second = {
        place: f"{names.surname(chance)} {names.surname(chance)} {chance.choice(('House', 'Together', 'Works', 'Connect', 'Steps'))}"
        for place in chance.sample(range(ORGANISATIONS), 1_200)
    }
    recorded = [place for place in second if chance.random() < 2 / 3]
    register += [(ids[place], second[place], postcodes[place]) for place in recorded]
    payees = []
    for _ in range(PAYEES):
        roll = chance.random()
        if roll < SHARE_IN:
            place = min(int(chance.paretovariate(0.3)) - 1, ORGANISATIONS - 1) if chance.random() < 0.2 else chance.randrange(ORGANISATIONS)
            kind, text = _written(makers[place], second.get(place), place in recorded, chance)
            payees.append((text, ids[place], kind, _postcode(postcodes[place], postcodes, chance)))
        elif roll < SHARE_IN + SHARE_WITHHELD:
            place = chance.randrange(ORGANISATIONS, len(makers))
            payees.append((_written(makers[place], None, False, chance)[1], "", "not on the register, alike", _postcode(postcodes[place], postcodes, chance)))
        else:
            text = chance.choice((names.firm(chance), names.person(chance), names.unregistered_group(chance), look_alike(chance.choice(makers), chance)))
            payees.append((text, "", "firm, person or group", ""))
    return Planted(register, payees)


def _name(number: int, start: int, chance: random.Random) -> str:
    """The sample country's name of that number; one in fifty bears the name of another of its kind, so that only its place can tell."""
    return names.charity(number - chance.randrange(1, 400) if number > 400 and chance.random() < 0.02 else number, start=start)


def _postcode(right: str, others: list[str], chance: random.Random) -> str:
    roll = chance.random()
    if roll < 0.25:
        return right
    if roll < 0.30:
        return right[:-3] + f"{chance.randrange(1, 10)}AA"
    return chance.choice(others) if roll < 0.33 else ""


def _written(name: str, second: str | None, is_recorded: bool, chance: random.Random) -> tuple[str, str]:
    if second and chance.random() < 0.8:
        return ("trading name, recorded" if is_recorded else "trading name, unrecorded"), second.upper()
    kind = "cut at 30" if len(name) > 32 and chance.random() < 0.2 else chance.choices(list(NOISE), WEIGHTS)[0]
    text = NOISE[kind](name, chance)
    return kind, text.upper() if chance.random() < 0.7 else text


def _typo(text: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(text) - 1)
    return chance.choice((text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:], text[:at] + text[at + 1] + text[at] + text[at + 2 :]))


def _the(text: str, chance: random.Random) -> str:
    return text.removeprefix("The ") if text.startswith("The ") else chance.choice((f"The {text}", f"{text} (The)"))


def _form(text: str, chance: random.Random) -> str:
    return text.removesuffix(" Limited") + chance.choice(("", " Ltd")) if text.endswith("Limited") else text + chance.choice((" Ltd", " Limited"))


def _shorter(text: str, _: random.Random) -> str:
    return " ".join(_SHORTER.get(word, word) for word in text.upper().split())


def _joined(text: str, chance: random.Random) -> str:
    words = text.split()
    at = chance.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])


def _code(text: str, chance: random.Random) -> str:
    number = chance.randrange(1000, 999_999)
    return chance.choice(
        (
            f"{chance.choice('SV')}{number} {text}",
            f"{number}{text}",
            f"{text} {number}",
            f"{text} AC{number}",
            f"{text} - {chance.choice(('GRANT', 'MAIN ACCOUNT'))}",
        )
    )


def _acronym(text: str, _: random.Random) -> str:
    return "".join(word[0] for word in text.split() if word[0].isalpha()).upper()


NOISE: dict[str, Noise] = {
    "as registered": lambda text, _: text,
    "and for &": lambda text, _: text.replace(" & ", " and ") if " & " in text else text.replace(" and ", " & "),
    "legal form": _form,
    "The": _the,
    "typing error": _typo,
    "short words": _shorter,
    "cut at 30": lambda text, _: text[:30],
    "words joined": _joined,
    "codes glued on": _code,
    "words reordered": lambda text, _: " ".join(text.split()[1:] + text.split()[:1]),
    "initials": _acronym,
}
WEIGHTS = (20, 5, 20, 12, 14, 8, 0, 3, 7, 3, 2)
