"""Which register entries a number as people write it may mean: a charity's, a company's, or an org-id of any list."""

import re
from collections.abc import Iterable, Mapping

from opencompact.values.identifier import read_charity_number, read_company_number, read_org_id

LONGEST = 60
_SAID = re.compile(r"(?i)^(registered\s+)?(charity|company|reg(istration|istered)?)?\s*(number|no|nr|num)?[.:]?\s*")

_ORG_ID = re.compile(r"[A-Z]{2}-[A-Z]{2,8}-[A-Z0-9][A-Z0-9-]*", re.ASCII | re.IGNORECASE)


def entries_of(text: str) -> tuple[str, ...]:
    """The org-ids that a number may mean, each once, an org-id as it stands first.

    Several where registers share a form: 1234567 is a charity's, and a company's that lost its nought.
    """
    bare = _SAID.sub("", text.strip()[:LONGEST])
    as_written = [bare.upper()] if _ORG_ID.fullmatch(bare) else []
    found = [*as_written, *(read(bare).org_id for read in (read_org_id, read_charity_number, read_company_number))]
    return tuple(dict.fromkeys(each for each in found if each))


def one_of(owners: Mapping[str, str], numbers: Iterable[str]) -> str:
    """The organisation that all the numbers name which anybody bears; empty where they name nobody, or several."""
    different = {owners[number] for number in numbers if number in owners}
    return different.pop() if len(different) == 1 else ""


def is_number(text: str) -> bool:
    """Whether a text is a number or org-id rather than a name: it has a digit, and one word."""
    return bool(re.fullmatch(r"[A-Za-z]{0,4}-?[A-Za-z]{0,5}-?[A-Za-z]{0,3}[0-9]{4,}[A-Za-z0-9-]*", text.strip(), re.ASCII))
