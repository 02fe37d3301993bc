"""The office's verbs asked as a person does at the machine."""

from collections.abc import Callable
from pathlib import Path

import pytest

from opencompact.cli import run

Asking = Callable[..., tuple[int, str, str]]


def asking(noun: str, workspace: Path, settings, capsys, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """What `opencompact NOUN …` answers in a workspace: exit code, what is printed, and what is refused."""
    settings.OPENCOMPACT_WORKSPACE = workspace
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # whitenoise warns of it where it is missing
    monkeypatch.setenv("OPENCOMPACT_WORKSPACE", str(workspace))

    def ask(*arguments: str) -> tuple[int, str, str]:
        code, message = run([noun, *arguments, "--workspace", str(workspace)])
        return code, capsys.readouterr().out, message

    return ask
