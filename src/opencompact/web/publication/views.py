"""Pages of the releases with their downloads, of the search, and about this site."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase

from opencompact.publication import queries
from opencompact.publication.rules.release import DRAFT, BadRelease, Release
from opencompact.web.publication.changes import Changes, read_changes
from opencompact.web.showing import Shown, choice, number, page

CHECKSUMS = "checksums.txt"
PAGE = 20
BEST = 5
KINDS = {
    "body": "Bodies",
    "organisation": "Voluntary organisations",
    "consultation": "Consultations",
    "undertaking": "Promises",
    "agreement": "Agreements",
    "indicator": "Methods",
}


@dataclass(frozen=True)
class File:
    """One file of a release: its path in it, its size in bytes and its checksum."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Held:
    """A release this copy holds, with its files and what changed."""

    release: Release
    files: tuple[File, ...]
    changes: Changes

    @property
    def tables(self) -> list[File]:
        """The tables as CSV, for people."""
        return [file for file in self.files if file.name.startswith("tables/") and file.name.endswith(".csv")]

    @property
    def rest(self) -> list[File]:
        """Everything else but the method pages and the tables in Parquet, which stand in their folders."""
        return [file for file in self.files if "/" not in file.name]


@page
def releases(shown: Shown) -> HttpResponse:
    """How can I have all of it, and check it?"""
    folder = Path(settings.OPENCOMPACT_WORKSPACE) / "releases"
    held = []
    for each in (DRAFT, *reversed(queries.numbers(folder))):
        try:
            place = queries.release_folder(folder, each)
            held.append(Held(queries.read_release(place), tuple(files_of(place)), read_changes(place)))
        except (queries.NoRelease, BadRelease):
            continue
    return shown.page("publication/releases.html", held=held, shown_number=shown.release.number)


def files_of(release: Path) -> list[File]:
    """The files listed in the release's checksums.txt, with their sizes."""
    lines = (release / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    listed = [(name, digest) for digest, _, name in (line.partition("  ") for line in lines) if name]
    return [File(name, (release / name).stat().st_size, digest) for name, digest in listed if (release / name).is_file()]


def download(_: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """One file of a release, as it stands; nothing but what its list of checksums names."""
    folder = Path(settings.OPENCOMPACT_WORKSPACE) / "releases"
    if number != DRAFT and number not in queries.numbers(folder):
        raise Http404("There is no such release.")
    try:
        place = queries.release_folder(folder, number)
    except queries.NoRelease as refusal:
        raise Http404("There is no such release.") from refusal
    digests = {file.name: file.sha256 for file in files_of(place)}
    if name not in digests and name != CHECKSUMS:
        raise Http404("The release lists no such file.")
    release = queries.read_release(place)
    mark = "INVENTED-SAMPLE-" if release.standing == "sample" else ""
    response = FileResponse((place / name).open("rb"), as_attachment=True, filename=f"{mark}opencompact-{number}-{name.replace('/', '-')}")
    if name in digests:
        response.headers["ETag"] = f'"{digests[name]}"'
    response.headers["Cache-Control"] = "public, no-cache" if number == DRAFT else "public, max-age=86400"
    return response


@page
def search(shown: Shown) -> HttpResponse:
    """Where is it? Without a kind the best of each kind, so that no kind crowds out another; with one, all of that kind."""
    text = shown.request.GET.get("q", "")[:200].replace("\x00", "")
    kind = choice(shown.request, "kind", KINDS)
    at = number(shown.request, "page", most=500) or 1
    chosen = [kind] if kind else list(KINDS)
    limit, offset = (PAGE, PAGE * (at - 1)) if kind else (BEST, 0)
    found = [(each, KINDS[each], queries.search(shown.reader, text=text, kinds=(each,), limit=limit, offset=offset)) for each in chosen]
    total = sum(part.total for _, _, part in found)
    return shown.page(
        "publication/search.html",
        asked=text,
        kind=kind,
        kinds=KINDS,
        found=[each for each in found if each[2].total],
        total=total,
        at=at,
        pages=max(1, -(-total // PAGE)),
    )


@page
def about(shown: Shown) -> HttpResponse:
    """What is this?"""
    return shown.page("publication/about.html")


@page
def accessibility(shown: Shown) -> HttpResponse:
    """Can everybody use it?"""
    return shown.page("publication/accessibility.html", contact=settings.OPENCOMPACT_CONTACT)


@page
def privacy(shown: Shown) -> HttpResponse:
    """What does it know about people?"""
    return shown.page("publication/privacy.html", contact=settings.OPENCOMPACT_CONTACT)


def robots(_: HttpRequest) -> HttpResponse:
    """What a crawler may read: pages, not the endless ways to filter them."""
    lines = ("User-agent: *", "Disallow: /challenge/", "Disallow: /row/", "Disallow: /search/", "Disallow: /*?")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
