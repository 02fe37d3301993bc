"""`opencompact serve`: the public site of a workspace, on this machine."""

import os
import socket
import webbrowser
from pathlib import Path
from threading import Timer

import click

from opencompact.cli import Refused
from opencompact.cli._opening import open_office


@click.command()
@click.option(
    "--workspace", type=click.Path(path_type=Path, file_okay=False), default="workspace", show_default=True, help="Folder that `opencompact build` wrote."
)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for every one of this machine.")
@click.option("--release", default="", help="Release to show, such as 2026-11; the draft, if not given.")
@click.option("--open/--no-open", "opens", default=None, help="Open the browser; if neither is given, only where there is a display.")
def command(workspace: Path, port: int, host: str, release: str, opens: bool | None) -> None:
    """Show the release of a workspace as a website."""
    folder = workspace.absolute()
    check_release(folder, release)
    check_port(host, port)
    (folder / "static").mkdir(exist_ok=True)  # where gathered static files would stand; the server warns of a missing folder
    os.environ["OPENCOMPACT_WORKSPACE"] = str(folder)
    os.environ["OPENCOMPACT_RELEASE"] = release
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opencompact.settings.web")
    os.environ.setdefault("OPENCOMPACT_HOSTS", ",".join(dict.fromkeys(("localhost", "127.0.0.1", "[::1]", "*" if host in ("0.0.0.0", "::") else host))))  # noqa: S104 - compared, not bound
    open_office(folder)
    address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0', '::') else host}:{port}/"  # noqa: S104 - compared, not bound
    click.echo(f"OpenCompact is at {address}\nPress Ctrl+C to stop.")
    if opens or (opens is None and has_display()):
        Timer(1.0, webbrowser.open, [address]).start()
    serve(host, port)


def check_release(workspace: Path, release: str) -> None:
    """Refuse a workspace that has no such release, before anything is started."""
    from opencompact.publication import queries
    from opencompact.publication.rules.release import DRAFT, BadRelease

    try:
        queries.read_release(queries.release_folder(workspace / "releases", release or DRAFT))
    except (queries.NoRelease, BadRelease) as refusal:
        raise Refused(str(refusal)) from refusal


def check_port(host: str, port: int) -> None:
    """Refuse a port that something else holds."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as refusal:
            raise Refused(
                f"Cannot listen on {host}, port {port}: {refusal.strerror}. Another program may hold it. Try `--port {port + 1 if port < 65535 else 8000}`."
            ) from refusal


def has_display() -> bool:
    """Whether a browser would be seen."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def serve(host: str, port: int) -> None:
    """Serve until stopped."""
    from granian.constants import Interfaces
    from granian.server import Server

    Server("opencompact.web.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, blocking_threads=4, log_access=False).serve()
