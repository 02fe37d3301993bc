"""Runs tests on a real PostgreSQL: a cluster of its own, thrown away at the end. `python -m tests.postgresql tests/accounts …` passes arguments to pytest."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

_QUICK = "-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextmanager
def cluster() -> Iterator[str]:
    """The address of a database of a fresh cluster that listens on a socket of its own folder only."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), default=None)
    if programs is None:
        raise SystemExit("PostgreSQL is not installed; `make test` installs it.")
    folder = Path(tempfile.mkdtemp(prefix="opencompact-postgresql-"))
    # PostgreSQL refuses to run as root, so there it runs as its own user.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    options = _QUICK.format(folder=folder)
    try:
        _run(*as_user, programs / "initdb", "-D", folder / "data", "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        _run(*as_user, programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
        yield f"postgresql://test@{quote(str(folder), safe='')}/postgres"
        _run(*as_user, programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, cwd="/")


def main() -> int:
    """Pytest's own exit code."""
    with cluster() as address:
        done = subprocess.run([sys.executable, "-m", "pytest", "-q", *sys.argv[1:]], env={**os.environ, "OPENCOMPACT_DATABASE": address}, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
