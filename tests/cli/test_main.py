"""The command itself: every verb has help, wrong use is told plainly, nothing throws a trace at a person."""

from pathlib import Path

import click
import pytest

from opencompact.cli import root, run


def verbs(command: click.Command, name: str = "") -> list[str]:
    if not isinstance(command, click.Group):
        return [name]
    context = click.Context(command)
    return [name, *(verb for child in command.list_commands(context) for verb in verbs(command.get_command(context, child), f"{name} {child}"))]


@pytest.mark.parametrize("verb", verbs(root))
def test_every_verb_has_help(verb, capsys):
    assert run([*verb.split(), "--help"])[0] == 0
    assert "Usage: opencompact" in capsys.readouterr().out


def test_an_unknown_verb_is_wrong_use():
    code, message = run(["juggle"])
    assert (code, "No such command 'juggle'" in message) == (2, True)


def test_a_workspace_without_a_lake_says_what_to_do(tmp_path):
    code, message = run(["lake", "sql", "SELECT 1", "--workspace", str(tmp_path)])
    assert (code, "Run `opencompact build` first" in message) == (3, True)


def test_something_unforeseen_goes_to_a_file_not_to_a_person(monkeypatch):
    def fail():
        raise RuntimeError("injected")

    monkeypatch.setattr("opencompact.registry.load_catalogue", fail)
    code, message = run(["check"])
    assert code == 70
    assert "injected" not in message
    log = message.split("The details are in ")[1].split(";")[0]
    assert "RuntimeError: injected" in Path(log).read_text()
