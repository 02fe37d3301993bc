"""The files of `opencompact organisations match`: names and a register read, and the matched file written as it was given, with columns added."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from opencompact.cli import Refused
from opencompact.organisations.actions.matching import Entry, Match, Payee, matcher
from opencompact.organisations.actions.spreading import Workers, match_over

ADDED = ("match_org_id", "match_name", "match_probability", "match_decision", "match_stage", "match_why")


def match_file(
    file: Path, *, name: str, postcode: str | None, context: Sequence[str], register: Path, out: Path, cluster: Workers | None = None
) -> dict[str, int]:
    """Match every row of FILE in order, over the cluster if one is given, and write it to OUT with ADDED columns; gives how many of each decision.

    Raises Refused.
    """
    entries = list(_entries(register))
    header, rows = _read(file)
    wanted = [name, *([postcode] if postcode else []), *context]
    _check(file, header, wanted)
    payees = [Payee(row[name], row[postcode] if postcode else "", " ".join(row[each] for each in context)) for row in rows]
    matches = match_over(cluster, entries=entries, payees=payees) if cluster else matcher(entries).match(payees)
    _write(out, header, rows, matches)
    return {word: sum(match.decision == word for match in matches) for word in ("accepted", "review", "none")}


def _entries(register: Path) -> Iterator[Entry]:
    header, rows = _read(register)
    _check(register, header, ["org_id", "name"])
    for row in rows:
        if row["org_id"] and row["name"]:
            yield Entry(row["org_id"], row["name"], row.get("postcode", ""), row.get("same_as", ""))


def _read(file: Path) -> tuple[list[str], list[dict[str, str]]]:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            with file.open(encoding=encoding, newline="") as held:
                reader = csv.DictReader(held, restval="")
                rows = [{key: value or "" for key, value in row.items() if key is not None} for row in reader]
                return list(reader.fieldnames or ()), rows
        except UnicodeDecodeError:
            continue
        except csv.Error as fault:
            raise Refused(f"{file}: found a row that is no CSV ({fault}); expected comma-separated values with a header.") from fault
    raise Refused(f"{file}: found text that is neither UTF-8 nor Windows-1252; expected a CSV file. Save it as CSV in UTF-8.")


def _check(file: Path, header: Sequence[str], wanted: Iterable[str]) -> None:
    if missing := [each for each in wanted if each not in header]:
        raise Refused(f"{file}: found the columns {', '.join(header) or '(none)'}; expected {', '.join(missing)} too. Name the column as the file writes it.")


def _write(out: Path, header: Sequence[str], rows: Sequence[dict[str, str]], matches: Sequence[Match]) -> None:
    part = out.with_name(f".{out.name}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*header, *ADDED])
        for row, match in zip(rows, matches, strict=True):
            told = (match.organisation, match.name, f"{match.probability:.4f}", match.decision, match.stage, match.why)
            writer.writerow([*(row.get(each, "") for each in header), *told])
    part.replace(out)
