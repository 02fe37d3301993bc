"""Names of a register written as payment files write them, to train and to test the matcher on: invented noise, and names that only look alike."""

import random

BUSINESS = (
    "HEALTHCARE LTD", "CONSULTING LTD", "SERVICES LTD", "SOLUTIONS LIMITED", "(UK) LTD", "GROUP PLC", "MEDICAL CENTRE", "SURGERY", "HEALTH CENTRE", "NHS TRUST",
    "PCT", "CARE HOME", "NURSING HOME", "HOTEL", "TAXIS", "CATERING", "RECRUITMENT LTD", "PHARMACY", "DENTAL PRACTICE", "PRIMARY SCHOOL", "COUNCIL", "HOUSE",
    "CLINIC", "TRAINING LTD", "ENTERPRISES LTD", "TRADING LTD", "CARE LTD", "HOMECARE LTD", "MEDICAL LTD", "& SONS", "ASSOCIATES", "PARTNERSHIP", "LLP",
)  # fmt: skip
_SHORTER = (("ASSOCIATION", "ASSOC"), ("CENTRE", "CTR"), ("COMMUNITY", "COMM"), ("TRUST", "TST"), ("SOCIETY", "SOC"))
_SMALL = ("THE", "OF", "AND", "FOR", "LTD", "LIMITED", "TRUST", "CHARITY")


def noisy(name: str, chance: random.Random) -> str:
    """The name as a payer might write it."""
    text = name.upper() if chance.random() < 0.7 else name
    if chance.random() < 0.35:
        text = _other_form(text, chance)
    if chance.random() < 0.2 and len(text) > 8:
        text = _mistyped(text, chance)
    if chance.random() < 0.1:
        text = text.replace(" AND ", " & ")
    if chance.random() < 0.08:
        for long, short in _SHORTER:
            text = text.replace(long, short)
    text = _reshaped(text, chance)
    if chance.random() < 0.06:
        text = f"{chance.choice(('S', 'V', 'SUP'))}{chance.randrange(1000, 99999)} {text}"
    if chance.random() < 0.05:
        text += " - " + chance.choice(("GRANT", "MAIN ACCOUNT", "BRANCH", "RE 2031", "NO 2 AC"))
    return text.strip() or name


def look_alike(name: str, chance: random.Random) -> str:
    """A firm, school or health body that shares words with a register's name."""
    words = [word for word in name.upper().split() if word not in _SMALL]
    if not words:
        return "UNKNOWN"
    many = chance.randrange(1, min(3, len(words)) + 1)
    start = chance.randrange(len(words) - many + 1) if chance.random() < 0.3 else 0
    return " ".join(words[start : start + many]) + " " + chance.choice(BUSINESS)


def _other_form(text: str, chance: random.Random) -> str:
    for form in (" LTD", " LIMITED", " CIO", " (THE)"):
        if text.upper().endswith(form):
            return text[: -len(form)]
    return text + chance.choice((" LTD", " LIMITED", " CIC", "", " (THE)", ""))


def _mistyped(text: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(text) - 1)
    return chance.choice((text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:], text[:at] + text[at + 1] + text[at] + text[at + 2 :]))


def _reshaped(text: str, chance: random.Random) -> str:
    words, roll = text.split(), chance.random()
    if roll < 0.08 and len(text) > 34:
        return text[: chance.choice((30, 35))]
    if roll < 0.13 and len(words) >= 3:
        return " ".join(words[1:] + words[:1])
    if roll < 0.17 and len(words) >= 2:
        return "".join(words[:2]) + " " + " ".join(words[2:])
    if roll < 0.20 and 3 <= len(words) <= 8:
        return "".join(word[0] for word in words if word.upper() not in _SMALL)
    if roll < 0.28 and len(words) >= 3:
        gone = chance.randrange(len(words))
        return " ".join(words[:gone] + words[gone + 1 :])
    return text
