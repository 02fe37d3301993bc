"""What one release of a procurement process is: its kind of notice, the notice's number and address, and what it does."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Release = Mapping[str, Any]
EARLY, OPENS, CANCELS, ENDS = "early", "opens", "cancels", "ends"
_NOTHING: Mapping[str, Any] = {}
_NONE: list[Mapping[str, Any]] = []


@dataclass(frozen=True)
class Notice:
    """One release: `kind` is UK1 to UK17 where its document says so, else a tag; `does` is a word of the vocabulary or empty."""

    kind: str | None
    tags: str
    document_id: str | None
    url: str | None
    does: frozenset[str]


@dataclass(frozen=True)
class NoticeKinds:
    """The vocabulary of kinds: what each does, by kind, in the order of choice among tags; and notices without a number by their tags, once made."""

    does: Mapping[str, str] = field(default_factory=dict)
    unnumbered: dict[tuple[str, ...], Notice] = field(default_factory=dict)


def notice_kinds(terms: Iterable[Mapping[str, Any]]) -> NoticeKinds:
    """The kinds from the vocabulary's terms."""
    return NoticeKinds({str(term["kind"]): str(term["does"]) for term in terms})


def notice_of(release: Release, kinds: NoticeKinds, *, numbered: bool = True) -> Notice:
    """What a release is. With `numbered` its documents are searched for a notice number; a caller that knows there is none spares the search."""
    tags = tuple(tags_of(release))
    document = _numbered(release) if numbered else _NOTHING
    if document:
        return notice_told(tags, document, kinds)
    if tags not in kinds.unnumbered:
        kinds.unnumbered[tags] = notice_told(tags, document, kinds)
    return kinds.unnumbered[tags]


def notice_told(tags: Sequence[str], document: Mapping[str, Any], kinds: NoticeKinds) -> Notice:
    """What a release of these tags is, with the document that bears its notice's number; the document is empty where there is none."""
    number = document.get("noticeType")
    kind = number if isinstance(number, str) else next((tag for tag in kinds.does if tag in tags), tags[0] if tags else None)
    # a tender told anew is numbered UK4 as the first is; its tags tell the two apart
    is_anew = any(tag.endswith(("Update", "Amendment")) for tag in tags)
    does = {kinds.does.get(kind or "", "")} | ({kinds.does.get(tag, "") for tag in tags} - {OPENS})
    return Notice(kind, " ".join(tags), text(document.get("id")), text(document.get("url")), frozenset(does - {""} - ({OPENS} if is_anew else set())))


def tags_of(release: Release) -> list[str]:
    """The tags that are text, whether a list was given or one alone."""
    tags = release.get("tag")
    return [tag for tag in (tags if isinstance(tags, list) else [tags]) if isinstance(tag, str)]


def _numbered(release: Release) -> Mapping[str, Any]:
    """The document that bears the notice's number: of several the one whose id is the release's own."""
    found = [document for document in _documents(release) if document.get("noticeType") is not None]
    return next((document for document in found if document.get("id") == release.get("id")), found[0] if found else _NOTHING)


def _documents(release: Release) -> Iterator[Mapping[str, Any]]:
    for section in ("planning", "tender"):
        yield from rows(part(release, section), "documents")
    for section in ("awards", "contracts"):
        for item in rows(release, section):
            yield from rows(item, "documents")


def part(node: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object under a field; empty where there is none, or something else."""
    value = node.get(name)
    return value if type(value) is dict else _NOTHING


def rows(node: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The objects of a list under a field; what is no object is passed over."""
    value = node.get(name)
    return [item for item in value if type(item) is dict] if value and isinstance(value, list) else _NONE


def says(node: Mapping[str, Any], name: str, word: str) -> bool:
    """Whether a field is this word, or a list that has it."""
    value = node.get(name)
    return word in value if isinstance(value, list) else value == word


def text(value: Any) -> str | None:
    """A text, number or truth as text; null for nothing, an object or a list. Numbers are written so that they can be read back whole."""
    if value is None or type(value) is str:
        return value  # the common cases first: this is asked millions of times
    if value is True or value is False:
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else None
