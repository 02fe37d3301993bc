"""Invented names: built from syllables of no known place, so that nobody takes one for a real organisation or person."""

import random

_FIRST = (
    "Varrow", "Quill", "Brindle", "Thessel", "Ombrix", "Wexel", "Yarrin", "Dunsel", "Pellow", "Skarn", "Tavver", "Ulmers", "Kestrin", "Lorrin", "Mabble",
    "Nethrin", "Orvel", "Pindle", "Rustel", "Sorrin", "Fennick", "Gorrel", "Hassen", "Imbrel", "Jessel",
)  # fmt: skip
_MIDDLE = ("", "a", "ing", "er", "en", "ows", "ets")
_LAST = ("mere", "brook", "wick", "dell", "holt", "combe", "strand", "ford", "ley", "hythe", "thorpe", "garth", "fell", "marsh", "stow", "quay")
_CAUSES = (
    "Hall", "Carers", "Advice", "Youth", "Meadow", "Lantern", "Riverside", "Garden", "Kitchen", "Music", "Toy Library", "Night Shelter", "Allotment",
    "Story", "Bicycle", "Orchard", "Sailing", "Weaving", "Bees", "Lighthouse", "Footpath", "Theatre",
)  # fmt: skip
_FORMS = (
    "{place} {cause} Trust", "{place} {cause} Association", "The {place} {cause} Fund", "{place} {cause} Project", "Friends of {place} {cause}",
    "{place} {cause} & {other} Trust", "{place} {cause} and {other} Society", "{place} {cause} Limited", "{place} {cause} Network",
    "The {place} {cause} Circle",
)  # fmt: skip
_SIDES = ("", "North ", "Upper ", "Little ", "Old ", "Nether ")
_STRIDE = 104_729  # a prime that divides no count of parts above, so that steps of it meet every name of a form before any comes twice
_SHIFT = 36_973  # so that names of one place under several forms do not follow one another
NAMES = len(_FORMS) * len(_FIRST) * len(_LAST) * len(_CAUSES) * len(_MIDDLE) * len(_SIDES)

_TRADES = ("Plant Hire", "Stationery", "Surfacing", "Software", "Catering", "Lifts", "Print", "Haulage", "Glazing", "Consulting")
_FIRMS_FIRST = ("Zandric", "Torvex", "Gribbon", "Plenk", "Hodrow", "Jaxby", "Vintra", "Crondal", "Bexil", "Drusk", "Ackrum", "Yelvo")
_FIRMS_LAST = ("", " Ostra", " Kemble-Vox", " Trill", " Onyx Bay", " Duplo-Harn", " Mert", " Zeal")
_LEGAL = ("Ltd", "Limited", "PLC", "LLP")

# Of companies that nobody pays: no syllable of the firms', so that no name comes twice.
_COMPANY_FIRST = (
    "ALDEV", "BRAXO", "CALVI", "DERMO", "ELVAR", "FALKO", "GRENDI", "HOLVA", "ISTRE", "JUNDO", "KARVE", "LOMBRI", "MARVO", "NORVI", "OLSTA", "PERVO",
    "QUANDI", "RESTO", "SALVI", "TORMA", "ULVEN", "VARDO", "WENDRI", "XANDO", "YORVA", "ZELMI", "BOLDRI", "CRAVO", "DUNVA", "ESTRO", "FENDRI", "GALVO",
)  # fmt: skip
_COMPANY_LAST = (
    "NIX", "TEC", "LINE", "MARK", "DALE", "CORE", "VIEW", "POINT", "GATE", "WORTH", "STONE", "BRIDGE", "PORT", "FIELD", "CREST", "HAVEN", "PEAK", "VALE",
    "LOCK", "ROCK", "TREE", "WELL", "WAY", "SIDE",
)  # fmt: skip
_COMPANY_SIDES = (
    "NORTHERN", "SOUTHERN", "EASTERN", "WESTERN", "CENTRAL", "UPLAND", "COASTAL", "URBAN", "RURAL", "MODERN", "CLASSIC", "PRIME", "FIRST", "DIRECT", "EXPRESS",
    "PREMIER", "UNITED", "GLOBAL", "LOCAL", "TOTAL", "RAPID", "BRIGHT", "SILVER", "GOLDEN", "AMBER", "SCARLET", "INDIGO", "VIOLET", "GREEN", "BLUE", "WHITE",
    "GREY", "ROYAL", "NOBLE", "GRAND", "SMART", "CLEAR", "TRUE", "SWIFT", "BOLD",
)  # fmt: skip
_COMPANY_TRADES = (
    "PROPERTIES", "HOLDINGS", "CONSULTING", "BUILDERS", "ELECTRICAL", "PLUMBING", "ROOFING", "JOINERY", "MOTORS", "TRANSPORT", "LOGISTICS", "CLEANING",
    "CATERING", "FOODS", "BAKERY", "BREWERY", "TEXTILES", "FASHION", "JEWELLERY", "FURNITURE", "INTERIORS", "LANDSCAPES", "NURSERIES", "FARMS", "FISHERIES",
    "MINING", "METALS", "PLASTICS", "CHEMICALS", "PAPER", "PUBLISHING", "STUDIOS", "FILMS", "SYSTEMS", "NETWORKS", "SOFTWARE", "ANALYTICS", "RESEARCH",
    "DESIGN", "ARCHITECTS", "SURVEYORS", "ENGINEERING", "INSURANCE", "FINANCE", "INVESTMENTS", "ACCOUNTANCY", "RECRUITMENT", "TRAINING", "SECURITY", "TRAVEL",
    "HOTELS", "LEISURE", "FITNESS", "OPTICIANS", "VETERINARY", "LABORATORIES", "INSTRUMENTS", "MARINE", "AVIATION", "ENERGY",
)  # fmt: skip
_COMPANY_NUMBERS = ("", " TWO", " THREE", " FOUR")
COMPANIES = len(_COMPANY_FIRST) * len(_COMPANY_LAST) * len(_COMPANY_SIDES) * len(_COMPANY_TRADES) * len(_COMPANY_NUMBERS)
_TRADING = ("TRADING", "ENTERPRISES", "SERVICES")
_TRADING_COMPANIES = len(_FIRST) * len(_LAST) * len(_CAUSES) * len(_MIDDLE) * len(_SIDES) * len(_TRADING)

_TITLES = ("Mrs", "Mr", "Ms", "Dr")
_SURNAMES_FIRST = ("Okk", "Tarn", "Wimb", "Jorr", "Skell", "Ebb", "Hoss", "Vand")
_SURNAMES_LAST = ("elby", "wickle", "ottle", "amire", "indle", "uncott")
_GROUPS = ("Knitting Evening", "Walking Party", "Street Party", "Tenants Meeting", "Quiz")


def charity(number: int, *, start: int = 0) -> str:
    """The charity's name of that number, as a register writes it; each number below NAMES has a name of its own. Another `start`, other names.

    Sums in place of a list of names taken: a country of half a million charities needs no memory for them.
    """
    block, step = divmod(number, len(_FORMS))
    form = (3 * step + block) % len(_FORMS)
    rest = (start + block * _STRIDE + form * _SHIFT) % (NAMES // len(_FORMS))
    first, last, cause, middle, side = _parts(rest, _FIRST, _LAST, _CAUSES, _MIDDLE, _SIDES)
    other = _CAUSES[(_CAUSES.index(cause) + 1 + block % (len(_CAUSES) - 1)) % len(_CAUSES)]
    return _FORMS[form].format(place=f"{side}{first}{middle}{last}", cause=cause, other=other)


def firm(rng: random.Random) -> str:
    """An invented company's name with its legal form; shares no syllable with a charity's."""
    return f"{rng.choice(_FIRMS_FIRST)}{rng.choice(_FIRMS_LAST)} {rng.choice(_TRADES)} {rng.choice(_LEGAL)}"


def company(number: int, *, start: int = 0) -> str:
    """The name of that company among those nobody pays, in capitals and without its legal form; each number below COMPANIES has a name of its own."""
    parts = _parts((start + number * _STRIDE) % COMPANIES, _COMPANY_FIRST, _COMPANY_LAST, _COMPANY_SIDES, _COMPANY_TRADES, _COMPANY_NUMBERS)
    first, last, side, trade, nth = parts
    return f"{first}{last} {side} {trade}{nth}"


def trading_company(number: int, *, start: int = 0) -> str:
    """A company's name with the place and the cause of a charity, as its trading arm has, in capitals and without its legal form; no charity is called so."""
    parts = _parts((start + number * _STRIDE) % _TRADING_COMPANIES, _FIRST, _LAST, _CAUSES, _MIDDLE, _SIDES, _TRADING)
    first, last, cause, middle, side, trading = parts
    return f"{side}{first}{middle}{last} {cause} {trading}".upper()


def _parts(place: int, *some: tuple[str, ...]) -> list[str]:
    """One of each, by the digits of the place."""
    parts = []
    for words in some:
        place, nth = divmod(place, len(words))
        parts.append(words[nth])
    return parts


def surname(rng: random.Random) -> str:
    """An invented surname."""
    return rng.choice(_SURNAMES_FIRST) + rng.choice(_SURNAMES_LAST)


def person(rng: random.Random) -> str:
    """An invented person as a ledger writes one: `Mrs T Okkelby` or `OKKELBY, T`."""
    family, initial = surname(rng), rng.choice("ABCDEFGHJKLMNPRSTW")
    return rng.choice((f"{rng.choice(_TITLES)} {initial} {family}", f"{family.upper()}, {initial}"))


def unregistered_group(rng: random.Random) -> str:
    """A group that is on no register."""
    return f"{rng.choice(_FIRMS_FIRST)} {surname(rng)} {rng.choice(_GROUPS)}"


def key(name: str) -> str:
    """What is left of a name when capitals, `The`, `&`, `Ltd` and punctuation are set aside: two register names with one key look alike."""
    words = "".join(letter if letter.isalnum() else " " for letter in name.casefold().replace("&", " and ").replace("'", "")).split()
    return " ".join("limited" if word == "ltd" else word for word in words if word != "the")


def disguised(name: str, *, rng: random.Random) -> str:
    """The same name as a ledger might write it: capitals, with or without `The`, `&`, `Ltd`, doubled spaces. Its key stays the same."""
    for old, new in (("Limited", "Ltd"), (" & ", " and "), (" and ", " & "), ("The ", ""), (" ", "  ")):
        if old in name and rng.random() < 0.3:
            name = name.replace(old, new, 1)
    if not name.startswith("The ") and rng.random() < 0.1:
        name = f"The {name}"
    return name.upper() if rng.random() < 0.5 else name


def damaged(name: str, *, rng: random.Random) -> str:
    """The same name as a system may hand it on: the end cut off, two words run together, a letter doubled, or a code of its own in front."""
    words = name.split()
    kind = rng.randrange(4)
    if kind == 0:
        return name[: -rng.randint(2, 3)].upper()
    if kind == 1:
        place = rng.randrange(len(words) - 1)
        return " ".join([*words[:place], words[place] + words[place + 1], *words[place + 2 :]]).upper()
    if kind == 2:
        longest = max(words, key=len)
        half = len(longest) // 2
        return name.replace(longest, longest[:half] + longest[half - 1 :], 1)
    return f"{rng.randint(10_000, 99_999)} {name.upper()}"


def lookalike(name: str, *, rng: random.Random) -> str:
    """A name of the same place and form with two other causes, which no charity of the country has: every charity's causes are at most two."""
    held = [cause for cause in _CAUSES if cause in name]
    others = [cause for cause in _CAUSES if cause not in held and cause not in ("Hall", "Meadow")]
    for cause in held:
        name = name.replace(cause, f"{rng.choice(others)} {rng.choice(('Rescue', 'Rambling', 'Archive'))}", 1)
    return name
