"""The words of invented consultation pages: topics, plain paragraphs, reasons for a short time, and words that show the voluntary sector is concerned."""

import random

from opencompact.values.days import count_in_words

_THINGS = ("Lantern", "Ferry", "Harbour", "Footpath", "Orchard", "Bell", "Kite", "Well", "Weather vane", "Milestone", "Hedge", "Bridge")
_MATTERS = ("Safety Rules", "Licence Fees", "Opening Hours", "Standards", "Inspection Plans", "Funding Formula", "Charges", "Registers")
_PLAIN = (
    "We want to hear from anyone who uses, keeps or repairs one.",
    "The proposals would change how records are kept and who may see them.",
    "The document sets out three options and what each would cost.",
    "Replies may be sent by post or left at any office.",
    "Annex B lists the questions.",
    "We will read every reply and publish what people told us.",
)
_REASONS = (
    "new safety rules take effect in the autumn",
    "the law requires the fees to be set before the end of the financial year",
    "the changes are minor and were discussed with those affected last year",
    "a court has set a date by which the rules must be in place",
    "the present arrangements end before a longer period could be held",
)
_WEEKS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SECTOR = (
    "Charities that run such services are asked for their experience.",
    "We would welcome replies from voluntary and community organisations.",
    "The changes would also affect social enterprises.",
)
EVIDENCE = "Call for Evidence"


def title(rng: random.Random) -> str:
    """A title; of the same words its address is made."""
    return f"{rng.choice(_THINGS)} {rng.choice(_MATTERS)}"


def plain(rng: random.Random) -> list[str]:
    """Two to four sentences that give no reason for any length of time and name nobody of the sector."""
    return rng.sample(_PLAIN, rng.randint(2, 4))


def length_alone(days: int) -> str:
    """A sentence that tells the length and gives no reason."""
    return f"The consultation is open for {count_in_words(days, 'day')}."


def reason(rng: random.Random, days: int) -> str:
    """A sentence that tells why the time is short."""
    weeks, why = _WEEKS[max(1, min(days // 7, 11))], rng.choice(_REASONS)
    plural = "week" if weeks == "one" else "weeks"
    return rng.choice(
        (
            f"This consultation runs for {weeks} {plural}, shorter than the usual 12 weeks, because {why}.",
            f"The consultation period is shorter than 12 weeks because {why}.",
            f"The period has been shortened to {weeks} {plural} because {why}.",
        )
    )


def sector(rng: random.Random) -> str:
    """A sentence that shows the voluntary sector is concerned."""
    return rng.choice(_SECTOR)
