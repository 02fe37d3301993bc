"""The truth about the sample country: counted while its files are written, so that the pipeline's answer can be held to it exactly."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from opencompact.sample.country import Body

RECORDS = ("payments", "grants", "contracts")


@dataclass(frozen=True)
class Payee:
    """Someone paid, as published and as known: who it truly is and the stage that can tell. Numbers as published, empty where none."""

    name: str
    organisation_id: str = ""
    stage: str = "none"
    charity_number: str = ""
    company_number: str = ""

    @property
    def is_voluntary(self) -> bool:
        """Whether it is truly a charity."""
        return self.organisation_id.startswith(("GB-CHC-", "GB-SC-", "GB-NIC-"))


@dataclass
class Sums:
    """What must stand in one public table: rows and pence, by body, and pence to the voluntary sector by body and calendar year."""

    rows: int = 0
    pence: int = 0
    by_body: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    voluntary: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    by_file: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def as_dict(self) -> dict[str, Any]:
        """Amounts as decimal text, keys in order."""
        return {
            "rows": self.rows,
            "total": pounds(self.pence),
            "by_body": {body: {"rows": rows, "total": pounds(pence)} for body, (rows, pence) in sorted(self.by_body.items())},
            "voluntary_total": {body: {year: pounds(pence) for year, pence in sorted(years.items())} for body, years in sorted(self.voluntary.items())},
            "rows_by_file": dict(sorted(self.by_file.items())),
        }


class Truth:
    """Takes down what is planted; use it in a `with`. Lists that grow with the country go straight to disk."""

    def __init__(self, folder: Path, *, root: str) -> None:
        self.folder, self.root = folder, root
        self.sums = {record: Sums() for record in RECORDS}
        self.copies: list[dict[str, str]] = []
        self.unused: list[str] = []
        self.refused: list[str] = []
        self.missing_months: list[dict[str, str]] = []
        self.must_not_appear: list[str] = []
        self._names: dict[Path, str] = {}
        self._links = _open(folder / "truth-links.jsonl")
        self._lists = {name: _open(folder / f"truth-{name}.part") for name in ("consultations", "problems")}

    def __enter__(self) -> "Truth":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for handle in (self._links, *self._lists.values()):
            handle.close()

    def named(self, path: Path) -> str:
        """A file's name as the build gives it: from the folder that holds the country."""
        held = self._names.get(path)
        if held is None:
            held = self._names[path] = f"{self.root}/{path.relative_to(self.folder).as_posix()}"
        return held

    def row(self, record: str, path: Path, row: int, *, body: str, year: str, pence: int, payee: Payee, **more: Any) -> None:
        """A row that must stand in the public table of that record, with its link."""
        sums, name = self.sums[record], self.named(path)
        sums.rows += 1
        sums.pence += pence
        sums.by_file[name] += 1
        sums.by_body[body][0] += 1
        sums.by_body[body][1] += pence
        if payee.is_voluntary:
            sums.voluntary[body][year] += pence
        known = f'"{payee.organisation_id}"' if payee.organisation_id else "null"
        place = "".join(f'"{key}": {json.dumps(value)}, ' for key, value in more.items())
        # by hand, for there are millions: nothing in it needs escaping but the name of the file
        self._links.write(
            f'{{"table": "{record}", "source_file": {json.dumps(name)}, "source_row": {row}, {place}"organisation_id": {known}, "stage": "{payee.stage}"}}\n'
        )

    def problem(self, path: Path, row: int | None, dirt: str, *, header: str = "", reported: bool, loads: bool = True) -> None:
        """Dirt planted. `reported`: the build must list a problem at this place; `loads`: the row (or file) still counts."""
        place = {"source_file": self.named(path), "source_row": row, "field": header, "dirt": dirt, "reported": reported, "loads": loads}
        self._lists["problems"].write(_line(place))

    def consultation(self, facts: dict[str, Any]) -> None:
        """A consultation that must stand in the public table."""
        self._lists["consultations"].write(_line(facts))

    def write(self, *, bodies: Iterable[Body], seed: int, scale: int | str, today: str) -> None:
        """Write truth.json, the lists spliced in from disk."""
        for handle in self._lists.values():
            handle.close()
        payments = {**self.sums["payments"].as_dict(), "missing_months": self.missing_months}
        held = {
            "seed": seed,
            "scale": scale,
            "today": today,
            "bodies": [{"body": body.slug, "name": body.name, "kind": body.kind} | _dates(body) for body in bodies],
            "payments": payments,
            "grants": self.sums["grants"].as_dict(),
            "contracts": self.sums["contracts"].as_dict(),
            "copies": self.copies,
            "unused": sorted(self.unused),
            "refused": sorted(self.refused),
            "must_not_appear": self.must_not_appear,
        }
        with _open(self.folder / "truth.json") as out:
            out.write("{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in held.items()))
            for name in self._lists:
                out.writelines(_spliced(name, self.folder / f"truth-{name}.part"))
            out.write("\n}\n")


def pounds(pence: int) -> str:
    """Pence as pounds: -1205 is `-12.05`."""
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02}"


def _dates(body: Body) -> dict[str, Any]:
    return {"key": body.key, "started_on": body.started_on or None, "ended_on": body.ended_on or None, "successors": list(body.successors)}


def _spliced(name: str, part: Path) -> Iterator[str]:
    yield f",\n{json.dumps(name)}: ["
    with part.open(encoding="utf-8") as lines:
        for place, line in enumerate(lines):
            yield (",\n" if place else "\n") + line.rstrip("\n")
    yield "\n]"
    part.unlink()


def _line(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False) + "\n"


def _open(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8", newline="\n")
