"""The office under its readers: 5,000 commitments with 50,000 updates of 200 bodies, 30 people each asking for a list every two seconds, on SQLite."""

import os
import random
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

BODIES, COMMITMENTS, UPDATES, READERS, EVERY, SECONDS = 200, 5_000, 50_000, 30, 2.0, int(os.environ.get("SECONDS", "60"))
LISTS = (
    "/office/",
    "/ledger/",
    "/ledger/?overdue=yes",
    "/ledger/plans/",
    "/asks/",
    "/posts/",
    "/meetings/",
    "/roundtables/",
    "/audits/",
    "/verdicts/",
    "/returns/",
    "/campaigns/",
)
CASES: dict[str, list[str]] = {}
TODAY = datetime.now(UTC)


def prepare(folder: Path) -> None:
    """The sample country's release, and an office filled in one go; kept between runs."""
    workspace = folder / "office"
    if (workspace / "readers.txt").exists():
        return
    opencompact = [sys.executable, "-m", "opencompact.cli"]
    subprocess.run([*opencompact, "sample", "--scale", "1", "--seed", "2031", "--out", str(folder / "office-country")], check=True, stdout=subprocess.DEVNULL)
    build = ["build", "--workspace", str(workspace), "--input", str(folder / "office-country"), "--at", "2034-07-01T09:00:00Z"]
    subprocess.run([*opencompact, *build], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, "-m", "bench.office", str(workspace)], check=True)


def report(folder: Path) -> dict[str, dict[str, float]]:
    """Serve the office in a process of its own, read it from this one, and print the times of each list in milliseconds."""
    workspace, port = folder / "office", _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "opencompact.cli", "serve", "--workspace", str(workspace), "--port", str(port), "--no-open"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        cookies = (workspace / "readers.txt").read_text(encoding="ascii").split()
        end = time.monotonic() + SECONDS
        with ThreadPoolExecutor(READERS) as pool:
            taken = [each for reader in pool.map(lambda i: _read(port, cookies[i], i, end), range(READERS)) for each in reader]
    finally:
        server.terminate()
        server.wait()
    return _said(taken)


def _read(port: int, cookie: str, seed: int, end: float) -> list[tuple[str, int, float]]:
    choose = random.Random(seed)
    found = []
    time.sleep(choose.random() * EVERY)
    while (start := time.monotonic()) < end:
        address = choose.choice(LISTS)
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", address, headers={"Cookie": f"opencompact={cookie}", "Host": "localhost"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        found.append((address, answer.status, (time.monotonic() - start) * 1000))
        time.sleep(max(0.0, EVERY - (time.monotonic() - start)))
    return found


def _said(taken: list[tuple[str, int, float]]) -> dict[str, dict[str, float]]:
    print(f"{'office list':30} {'asked':>6} {'not 200':>8} {'median ms':>10} {'95th ms':>10}")
    results = {}
    for address in (*LISTS, "all"):
        times = [spent for at, _, spent in taken if address in (at, "all")]
        failed = sum(status != 200 for at, status, _ in taken if address in (at, "all"))
        slowest = quantiles(times, n=20)[-1] if len(times) > 1 else float("nan")
        results[f"office {address}"] = {"asked": len(times), "failed": failed, "median_ms": median(times), "p95_ms": slowest}
        print(f"{address:30} {len(times):6} {failed:8} {median(times):10.0f} {slowest:10.0f}", flush=True)
    return results


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(120):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("The server did not start.")


def fill(workspace: Path) -> None:
    """Rows put straight into the tables, since five thousand audited actions would measure something else; every reader signed in."""
    from opencompact.cli._opening import open_office

    open_office(workspace)
    from opencompact.organisations.models import Body
    from opencompact.promises.models import Commitment, Owner, Update
    from opencompact.promises.rules.commitments import KINDS

    choose = random.Random(2031)
    bodies = [f"bench-body-{number:03}" for number in range(BODIES)]
    Body.objects.bulk_create(Body(body=body, name=body.replace("-", " ").title(), kind="department") for body in bodies)
    kinds = sorted(KINDS)
    commitments = Commitment.objects.bulk_create(
        Commitment(
            key=f"bench-{number}",
            kind=kinds[number % len(kinds)],
            title=f"Invented commitment {number}",
            text="Invented for the benchmark.",
            plan=f"plan-{number % 20}",
            due_on=TODAY.date() + timedelta(days=choose.randint(-400, 400)),
            visibility="public",
            recorded_by="bench",
            recorded_at=TODAY - timedelta(days=500),
        )
        for number in range(COMMITMENTS)
    )
    Owner.objects.bulk_create(Owner(commitment=row, body=choose.choice(bodies)) for row in commitments)
    Update.objects.bulk_create(
        (
            Update(
                commitment=commitments[number % COMMITMENTS],
                body="bench-body-000",
                on=TODAY.date() - timedelta(days=400 - number * 400 // UPDATES),
                text="Invented update.",
                delivery=choose.choice(("", "in_progress", "in_progress", "claimed_done")),
                by="bench",
                at=TODAY,
            )
            for number in range(UPDATES)
        ),
        batch_size=2000,
    )
    (workspace / "readers.txt").write_text("\n".join(_reader(number, bodies) for number in range(READERS)), encoding="ascii")


def _reader(number: int, bodies: list[str]) -> str:
    from allauth.mfa.models import Authenticator

    from opencompact.accounts.actions import grant_role
    from opencompact.accounts.models import Account
    from opencompact.accounts.queries import SessionStore

    role = ("central", "auditor", "lead", "sro", "sector", "charity")[number % 6]
    account = Account.objects.create(public_id=f"bench-{number}", email=f"bench-{number}@bench.invalid", name=f"Reader {number}", joined_at=TODAY)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "invented"})
    body = bodies[number] if role in ("lead", "sro", "sector", "charity") else ""
    grant_role(account, role=role, body=body, by="bench", at=datetime.combine(date(2020, 1, 1), datetime.min.time(), UTC), because="the benchmark")
    session = SessionStore()
    session["_auth_user_id"], session["_auth_user_backend"] = str(account.pk), "allauth.account.auth_backends.AuthenticationBackend"
    session["_auth_user_hash"] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
