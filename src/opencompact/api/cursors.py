"""Where a list goes on: a signed mark that holds for one list of one release and cannot be changed by hand."""

from collections.abc import Sequence

from django.core.signing import BadSignature, Signer

from opencompact.api.parameters import BadParameters, Fault


def cursor(checksum: str, slug: str, filters: Sequence[tuple[str, str]], place: int) -> str:
    """The mark after row `place` of the list; the same for the same arguments, so that an answer stays the same."""
    return _signer().sign_object([checksum[:16], slug, [list(each) for each in filters], place])


def place_of(text: str, checksum: str, slug: str, filters: Sequence[tuple[str, str]]) -> int:
    """The row to go on after; raises BadParameters where the mark was changed, is of another list, or of a draft that was made anew."""
    try:
        release, *of, place = _signer().unsign_object(text)
    except (BadSignature, ValueError) as error:
        raise _bad("a cursor that was not made here, or was changed", "the cursor of an answer before, unchanged") from error
    if of != [slug, [list(each) for each in filters]]:
        raise _bad("the cursor of another list, or of other filters", "the address in `next`, unchanged")
    if release != checksum[:16]:
        raise _bad("a cursor of another release, or of a draft that was made anew since", "to begin again without a cursor")
    return int(place)


def _bad(found: str, expected: str) -> BadParameters:
    return BadParameters([Fault("cursor", found, expected)])


def _signer() -> Signer:
    return Signer(salt="opencompact.api.cursor")
